import { notFound } from '../../../../kernel/refusal.ts';
import { workbookType } from '../../../../platform/documents/sheet-form.ts';
import { serve } from '../../../../platform/http/serve.ts';
import { batchesApi } from '../../api-batches.ts';
import { batchReport } from './batch-report.ts';
import { importBatch, readBatchAgain } from './import-batch.ts';
import { registerBatch, withdrawBatch } from './register-batch.ts';
import { reviewBatch } from './review-batch.ts';
import { checkSheet, enterSheet, problemTemplate } from './sheet-import.ts';
import { batchById, textOf } from './store.ts';
import { listBatches, viewBatch } from './view-batch.ts';

export const batchRoutes = serve(batchesApi, {
  listBatches: (reading) =>
    listBatches(reading, { ...reading.query, page: reading.query.page ?? 1, pageSize: reading.query.pageSize ?? 50 }),
  importBatch: (act) => importBatch(act, act.upload),
  readBatch: (reading) => viewBatch(reading, reading.params.id),
  async readBatchText({ db, scope, params }) {
    const batch = await batchById(db, scope, params.id);
    const kept = await textOf(db, batch.jurisdiction, batch.id);
    if (!kept) throw notFound('这份清单的原文还没有读出来。');
    return kept.document;
  },
  async openBatchFile({ db, scope, params, house }) {
    const batch = await batchById(db, scope, params.id);
    if ((await house.files.size(batch.fileSha256)) === null)
      throw notFound(`文件「${batch.fileName}」的登记还在，但文件本身已不在存储目录中。请联系系统管理员从备份恢复。`);
    return { name: batch.fileName, type: 'application/octet-stream', body: house.files.read(batch.fileSha256) };
  },
  readBatchAgain: (act) => readBatchAgain(act, act.params.id),
  reviewBatch: (act) => reviewBatch(act, act.params.id, act.body),
  registerBatch: (act) => registerBatch(act, act.params.id, act.body),
  withdrawBatch: (act) => withdrawBatch(act, act.params.id, act.body),
  batchReport: (reading) => batchReport(reading, reading.params.id, reading.query.as ?? 'xlsx'),
  problemSheetTemplate: async () => ({
    name: '问题隐患导入模板.xlsx',
    type: workbookType,
    body: await problemTemplate(),
  }),
  checkProblemSheet: (act) => checkSheet(act, act.upload),
  enterProblemSheet: (act) => enterSheet(act, act.body),
});

import { notFound } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { type Download, serve } from '../../../platform/http/serve.ts';
import { taskCountsOfPlan } from '../../tasks/server/door.ts';
import { unitsByIds } from '../../units/server/door.ts';
import { plansApi } from '../api.ts';
import { punctuality } from '../filing.ts';
import { adoptPlan } from './adopt-plan.ts';
import { dateEvent } from './date-event.ts';
import { keepForReference, reopenPlan, withdrawPlan } from './end-plan.ts';
import { exportReview } from './export-review.ts';
import { askFilings, fileSubPlan, judgeFiling } from './file-sub-plan.ts';
import { importPlan, readPlanAgain } from './import-plan.ts';
import { hangPlan, mapLine, readMapping } from './map-lines.ts';
import { changesSince, reviewPlan, undoReview } from './review-plan.ts';
import { documentOf, factsOf, listPlans, type PlanRow, planById } from './store.ts';
import { type FilingRow, filingById, filingCounts, listFilings } from './store-filings.ts';
import { stepsOf } from './store-review.ts';
import { listEvents, stagesOfPlan } from './store-schedule.ts';
import { taskSource } from './task-source.ts';

const rowOf = (plan: PlanRow) => ({ ...plan, importedAt: plan.importedAt.toISOString() });

async function withNames(reading: Reading, rows: readonly FilingRow[]) {
  const names = new Map<string, string>();
  for (const code of new Set(rows.map((row) => row.jurisdiction))) {
    const ids = rows.filter((row) => row.jurisdiction === code).map((row) => row.unitId);
    for (const unit of await unitsByIds(reading.db, code, ids)) names.set(unit.id, unit.name);
  }
  return rows.map((row) => {
    const stands = punctuality(row, reading.day);
    return { ...row, unitName: names.get(row.unitId) ?? '（单位已撤销）', late: stands.late, punctuality: stands.says };
  });
}

async function fileOf(reading: Reading, sha256: string | null, name: string | null): Promise<Download> {
  if (sha256 === null || name === null) throw notFound('还没有报送文件。');
  if ((await reading.house.files.size(sha256)) === null)
    throw notFound(`文件「${name}」的登记还在，但文件本身已不在存储目录中。请联系系统管理员从备份恢复。`);
  return { name, type: 'application/octet-stream', body: reading.house.files.read(sha256) };
}

export const plansRoutes = serve(plansApi, {
  async listPlans({ db, scope, query }) {
    const { page = 1, pageSize = 50 } = query;
    const found = await listPlans(db, scope, { ...query, page, pageSize });
    return { ...found, rows: found.rows.map(rowOf), page, pageSize };
  },
  importPlan: (act) => importPlan(act, act.upload),
  async readPlan(reading) {
    const { db, scope, params, day } = reading;
    const plan = await planById(db, scope, params.id);
    const stages = await stagesOfPlan(db, plan.jurisdiction, plan.id);
    const counts = await taskCountsOfPlan(db, scope, plan.id);
    const subPlans = await listPlans(db, scope, { parentPlanId: plan.id, page: 1, pageSize: 200 });
    const mapping =
      scope.units === 'all' && plan.parentPlanId ? await readMapping(reading, plan.id, { page: 1, pageSize: 1 }) : null;
    const total = new Map<string, number>();
    for (const one of counts) total.set(one.state, (total.get(one.state) ?? 0) + one.count);
    return {
      plan: rowOf(plan),
      stages: stages.map((stage) => ({
        ...stage,
        tasks: counts.filter((one) => one.stageId === stage.id).reduce((sum, one) => sum + one.count, 0),
      })),
      subPlans: subPlans.rows.map(rowOf),
      tasks: [...total].map(([state, count]) => ({ state, count })),
      filings: await filingCounts(db, scope, plan.id, day),
      mapping: mapping && { lines: mapping.lines, unmapped: mapping.unmapped },
      facts: scope.units === 'all' ? await factsOf(db, plan.jurisdiction, 'plan', plan.id) : [],
    };
  },
  readPlanAgain: (act) => readPlanAgain(act, act.params.id),
  async openPlanFile(reading) {
    const plan = await planById(reading.db, reading.scope, reading.params.id);
    return fileOf(reading, plan.fileSha256, plan.fileName);
  },
  async readPlanText({ db, scope, params }) {
    const plan = await planById(db, scope, params.id);
    const document = await documentOf(db, plan.jurisdiction, plan.id);
    if (!document) throw notFound('这份方案的原文还没有读出来。');
    return document;
  },
  async readReview(reading) {
    const plan = await planById(reading.db, reading.scope, reading.params.id);
    return {
      plan: rowOf(plan),
      officeName: reading.actor.unitName,
      changes: await changesSince(reading, plan, reading.query.since ?? 0),
    };
  },
  reviewPlan: (act) => reviewPlan(act, act.params.id, act.body),
  undoReview: (act) => undoReview(act, act.params.id, act.body.seq, act.body.version),
  async listReviewSteps({ db, scope, params }) {
    return { rows: await stepsOf(db, await planById(db, scope, params.id)) };
  },
  exportReview: (reading) => exportReview(reading, reading.params.id),
  adoptPlan: (act) => adoptPlan(act, act.params.id, act.body),
  keepPlanForReference: (act) => keepForReference(act, act.params.id),
  reopenPlan: (act) => reopenPlan(act, act.params.id),
  withdrawPlan: (act) => withdrawPlan(act, act.params.id, act.body),
  hangPlan: (act) => hangPlan(act, act.params.id, act.body),
  async readMapping(reading) {
    const { page = 1, pageSize = 50, show } = reading.query;
    const found = await readMapping(reading, reading.params.id, { page, pageSize, show });
    return { ...found, higher: found.higher && rowOf(found.higher) };
  },
  mapLine: (act) => mapLine(act, act.params.id, act.params.line, act.body),
  async listEvents({ db, scope }) {
    return { rows: await listEvents(db, scope) };
  },
  dateEvent: (act) => dateEvent(act, act.params.id, act.body),
  async listFilings(reading) {
    const { page = 1, pageSize = 50 } = reading.query;
    const found = await listFilings(reading.db, reading.scope, { ...reading.query, page, pageSize }, reading.day);
    return { rows: await withNames(reading, found.rows), total: found.total, totalIsCapped: false, page, pageSize };
  },
  askFilings: (act) => askFilings(act, act.params.id, act.body),
  fileSubPlan: (act) => fileSubPlan(act, act.params.id, act.upload),
  judgeFiling: (act) => judgeFiling(act, act.params.id, act.body),
  async openFilingFile(reading) {
    const filing = await filingById(reading.db, reading.scope, reading.params.id);
    return fileOf(reading, filing.fileSha256, filing.fileName);
  },
  readTaskSource: (reading) => taskSource(reading, reading.params.taskId),
});

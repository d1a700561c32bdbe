import { notFound } from '../../kernel/refusal.ts';
import { workbookType } from '../documents/sheet-form.ts';
import { serve } from '../http/serve.ts';
import { workApi } from './api.ts';
import { type LongWork, workOf } from './progress.ts';

const cutOff = '处理到一半时系统停了，没有写入任何内容。请重新开始。';

const shape = (work: LongWork) => ({
  id: work.id,
  kind: work.kind,
  word: work.word,
  state: work.state,
  step: work.step,
  done: work.done,
  total: work.total,
  startedAt: work.startedAt.toISOString(),
  finishedAt: work.finishedAt?.toISOString() ?? null,
  result: work.result,
  says: work.state === 'cut' ? cutOff : (work.refusal?.says ?? null),
  places: [...(work.refusal?.places ?? [])],
  sourceName: work.sourceName,
  reportName: work.reportName,
});

/** How far one's own long work is, what came of it, and the report that it left. */
export const workRoutes = serve(workApi, {
  readWork: async ({ db, actor, params }) => {
    const [work] = await workOf(db, actor, { id: params.id });
    if (!work) throw notFound('没有找到这次处理，它可能是别人发起的。');
    return shape(work);
  },
  listWork: async ({ db, actor, query }) => ({ rows: (await workOf(db, actor, query)).map(shape) }),
  downloadWorkReport: async ({ db, actor, house, params }) => {
    const [work] = await workOf(db, actor, { id: params.id });
    if (!work?.reportSha256 || !work.reportName) throw notFound('这次处理没有留下报告。');
    if ((await house.files.size(work.reportSha256)) === null)
      throw notFound('报告文件已经清理。请重新核对一次，就会再生成。');
    return { name: work.reportName, type: workbookType, body: house.files.read(work.reportSha256) };
  },
});

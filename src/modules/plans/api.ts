import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import type { Block, Loss } from '../../kernel/document.ts';
import { pageOf, paging } from '../../kernel/paging.ts';
import { ById, codes, FactRow, Id } from '../../kernel/shapes.ts';
import type { OpenPoint, Resolutions } from './completeness.ts';
import { type FilingState, filingLifecycle } from './filing.ts';
import { type PlanState, planLifecycle } from './lifecycle.ts';
import type { Operation } from './operation.ts';
import type { Draft, PlanKind, ReviewDoubt, Sheet } from './plan.ts';
import { planKinds } from './plan.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
// Null stands first: the validator turns null into '' where it meets a string first.
const Nullable = <T extends TSchema>(schema: T) => Type.Union([Type.Null(), schema]);
const keys = <T extends string>(of: Readonly<Record<T, unknown>>): readonly T[] => Object.keys(of) as T[];
const State = codes<PlanState>(keys(planLifecycle.states));
const Filing = codes<FilingState>(keys(filingLifecycle.states));
const Kind = codes<PlanKind>(keys(planKinds));
const Version = Type.Integer({ minimum: 0 });
const Words = (maxLength: number) => Type.String({ minLength: 1, maxLength });
const Many = <T>() => Type.Unsafe<T>(Type.Any());

const PlanRow = Type.Object({
  id: Type.String(),
  number: Nullable(Type.String()),
  kind: Kind,
  title: Type.String(),
  documentNumber: Nullable(Type.String()),
  issuer: Nullable(Type.String()),
  issuedOn: Nullable(Type.String()),
  parentPlanId: Nullable(Type.String()),
  parentTitle: Nullable(Type.String()),
  state: State,
  fileName: Type.String(),
  readingStep: Nullable(Type.String()),
  readingError: Nullable(Type.String()),
  lines: Type.Integer(),
  importedByName: Type.String(),
  importedAt: Type.String(),
  adoptedOn: Nullable(Type.String()),
  withDoubts: Type.Integer(),
  endedBecause: Nullable(Type.String()),
  version: Type.Integer(),
});

/** What changed in a review since a version; the first reading is everything since version 0. */
const Changes = Type.Object({
  version: Type.Integer(),
  sheet: Many<Sheet>(),
  drafts: Many<readonly Draft[]>(),
  doubts: Many<readonly ReviewDoubt[]>(),
  known: Many<Resolutions>(),
  lastStep: Nullable(
    Type.Object({ seq: Type.Integer(), says: Type.String(), actorName: Type.String(), mine: Type.Boolean() }),
  ),
});

const FilingRow = Type.Object({
  id: Type.String(),
  planId: Type.String(),
  planTitle: Type.String(),
  title: Type.String(),
  unitId: Type.String(),
  unitName: Type.String(),
  dueOn: Type.String(),
  state: Filing,
  fileName: Nullable(Type.String()),
  filedOn: Nullable(Type.String()),
  filedByName: Nullable(Type.String()),
  says: Nullable(Type.String()),
  late: Type.Boolean(),
  punctuality: Type.String(),
  version: Type.Integer(),
});

const EventRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  date: Nullable(Type.String()),
  setByName: Nullable(Type.String()),
  plans: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
  version: Type.Integer(),
});

const Saved = Type.Object({ id: Type.String(), version: Type.Integer() });

export const plansApi = contract({
  listPlans: {
    method: 'GET',
    path: '/api/plans',
    summary: '方案台账',
    permission: 'plan.read',
    audit: null,
    query: Type.Object({
      ...paging,
      q: Type.Optional(Type.String({ maxLength: 50 })),
      state: Type.Optional(Type.Array(State)),
      sort: Type.Optional(codes(['importedAt', '-importedAt', 'issuedOn', '-issuedOn', 'number', '-number'])),
    }),
    response: pageOf(PlanRow),
  },
  importPlan: {
    method: 'POST',
    path: '/api/plans/import',
    summary: '导入方案文件',
    permission: 'plan.review',
    audit: '导入方案文件',
    upload: true,
    response: Type.Object({
      id: Type.String(),
      /** The same file was imported before: `id` is that plan, and nothing new was made. */
      known: Type.Boolean(),
      title: Type.String(),
      importedByName: Type.String(),
      importedAt: Type.String(),
    }),
  },
  readPlan: {
    method: 'GET',
    path: '/api/plans/:id',
    summary: '方案详情',
    permission: 'plan.read',
    audit: null,
    params: ById,
    response: Type.Object({
      plan: PlanRow,
      stages: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Type.String(),
          text: Type.String(),
          fromOn: Nullable(Type.String()),
          toOn: Nullable(Type.String()),
          event: Nullable(Type.String()),
          tasks: Type.Integer(),
        }),
      ),
      subPlans: Type.Array(PlanRow),
      tasks: Type.Array(Type.Object({ state: Type.String(), count: Type.Integer() })),
      filings: Type.Object({
        asked: Type.Integer(),
        filed: Type.Integer(),
        accepted: Type.Integer(),
        late: Type.Integer(),
      }),
      mapping: Nullable(Type.Object({ lines: Type.Integer(), unmapped: Type.Integer() })),
      facts: Type.Array(FactRow),
    }),
  },
  readPlanAgain: {
    method: 'POST',
    path: '/api/plans/:id/read',
    summary: '重新识读方案文件',
    permission: 'plan.review',
    audit: '重新识读方案文件',
    params: ById,
    response: Saved,
  },
  openPlanFile: {
    method: 'GET',
    path: '/api/plans/:id/file',
    summary: '下载方案原文件',
    permission: 'plan.read',
    audit: null,
    params: ById,
    response: Type.Any(),
    download: true,
  },
  readPlanText: {
    method: 'GET',
    path: '/api/plans/:id/text',
    summary: '方案原文',
    permission: 'plan.read',
    audit: null,
    params: ById,
    response: Type.Object({ text: Type.String(), blocks: Many<readonly Block[]>(), losses: Many<readonly Loss[]>() }),
  },
  readReview: {
    method: 'GET',
    path: '/api/plans/:id/review',
    summary: '方案校核',
    permission: 'plan.review',
    audit: null,
    params: ById,
    query: Type.Object({ since: Type.Optional(Type.Integer({ minimum: 0, default: 0 })) }),
    response: Type.Object({ plan: PlanRow, officeName: Nullable(Type.String()), changes: Changes }),
  },
  reviewPlan: {
    method: 'POST',
    path: '/api/plans/:id/review',
    summary: '修改校核内容',
    permission: 'plan.review',
    audit: '校核方案',
    params: ById,
    body: Type.Object({
      version: Version,
      /** Checked in full by the handler: see `operation.ts`. */
      operations: Type.Unsafe<readonly Operation[]>(Type.Array(Type.Any(), { minItems: 1, maxItems: 50 })),
    }),
    response: Changes,
  },
  undoReview: {
    method: 'POST',
    path: '/api/plans/:id/review/undo',
    summary: '撤销上一步校核',
    permission: 'plan.review',
    audit: '撤销上一步校核',
    params: ById,
    body: Type.Object({ seq: Type.Integer({ minimum: 1 }), version: Version }),
    response: Changes,
  },
  listReviewSteps: {
    method: 'GET',
    path: '/api/plans/:id/review/steps',
    summary: '校核记录',
    permission: 'plan.review',
    audit: null,
    params: ById,
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          seq: Type.Integer(),
          says: Type.String(),
          actorName: Type.String(),
          at: Type.String(),
          undone: Type.Boolean(),
        }),
      ),
    }),
  },
  exportReview: {
    method: 'GET',
    path: '/api/plans/:id/review.xlsx',
    summary: '导出任务分解表',
    permission: 'plan.review',
    audit: null,
    params: ById,
    response: Type.Any(),
    download: true,
  },
  adoptPlan: {
    method: 'POST',
    path: '/api/plans/:id/adopt',
    summary: '采用方案并下达任务',
    permission: 'plan.adopt',
    audit: '采用方案并下达任务',
    params: ById,
    body: Type.Object({ version: Version, withDoubts: Type.Boolean() }),
    response: Type.Object({
      id: Type.String(),
      number: Type.String(),
      tasks: Type.Integer(),
      units: Type.Integer(),
      points: Many<readonly OpenPoint[]>(),
    }),
  },
  keepPlanForReference: {
    method: 'POST',
    path: '/api/plans/:id/reference',
    summary: '留作上级方案对照',
    permission: 'plan.adopt',
    audit: '留作上级方案对照',
    params: ById,
    response: Saved,
  },
  reopenPlan: {
    method: 'POST',
    path: '/api/plans/:id/reopen',
    summary: '恢复校核',
    permission: 'plan.adopt',
    audit: '恢复校核',
    params: ById,
    response: Saved,
  },
  withdrawPlan: {
    method: 'POST',
    path: '/api/plans/:id/withdraw',
    summary: '撤回方案',
    permission: 'plan.adopt',
    audit: '撤回方案',
    params: ById,
    body: Type.Object({ version: Version, reason: Words(500) }),
    response: Saved,
  },
  hangPlan: {
    method: 'POST',
    path: '/api/plans/:id/parent',
    summary: '设定上级方案',
    permission: 'plan.map',
    audit: '设定上级方案',
    params: ById,
    body: Type.Object({ version: Version, parentPlanId: Nullable(Id) }),
    response: Saved,
  },
  readMapping: {
    method: 'GET',
    path: '/api/plans/:id/mapping',
    summary: '上级任务对接表',
    permission: 'plan.read',
    audit: null,
    params: ById,
    query: Type.Object({ ...paging, show: Type.Optional(codes(['all', 'unmapped', 'mapped', 'notOurs'])) }),
    response: Type.Object({
      higher: Nullable(PlanRow),
      lines: Type.Integer(),
      unmapped: Type.Integer(),
      mapped: Type.Integer(),
      notOurs: Type.Integer(),
      local: Type.Array(Type.Object({ id: Type.String(), number: Type.String(), title: Type.String() })),
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          number: Type.String(),
          title: Type.String(),
          text: Type.String(),
          units: Type.String(),
          drafts: Type.Array(Type.String()),
          notOursBecause: Nullable(Type.String()),
          decidedByName: Nullable(Type.String()),
          suggestions: Type.Array(Type.Object({ id: Type.String(), score: Type.Number() })),
        }),
      ),
      total: Type.Integer(),
      page: Type.Integer(),
      pageSize: Type.Integer(),
    }),
  },
  mapLine: {
    method: 'POST',
    path: '/api/plans/:id/mapping/:line',
    summary: '对接一条上级任务',
    permission: 'plan.map',
    audit: '对接上级任务',
    params: Type.Object({ id: Id, line: Words(60) }),
    body: Type.Object({
      /** The local lines that answer it; empty and no reason takes the decision back. */
      drafts: Type.Array(Words(60), { maxItems: 20 }),
      notOursBecause: Type.Optional(Type.String({ maxLength: 300 })),
    }),
    response: Type.Object({ line: Type.String() }),
  },
  listEvents: {
    method: 'GET',
    path: '/api/events',
    summary: '事件表',
    permission: 'event.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(EventRow) }),
  },
  dateEvent: {
    method: 'POST',
    path: '/api/events/:id/date',
    summary: '设定事件日期',
    permission: 'event.date',
    audit: '设定事件日期',
    params: ById,
    body: Type.Object({ version: Version, date: Day }),
    response: Type.Object({ id: Type.String(), version: Type.Integer(), moved: Type.Integer() }),
  },
  listFilings: {
    method: 'GET',
    path: '/api/filings',
    summary: '子方案报送表',
    permission: 'filing.read',
    audit: null,
    query: Type.Object({
      ...paging,
      planId: Type.Optional(Id),
      state: Type.Optional(Type.Array(Filing)),
      late: Type.Optional(Type.Boolean()),
    }),
    response: pageOf(FilingRow),
  },
  askFilings: {
    method: 'POST',
    path: '/api/plans/:id/filings',
    summary: '要求报送子方案',
    permission: 'filing.ask',
    audit: '要求报送子方案',
    params: ById,
    body: Type.Object({
      title: Words(200),
      dueOn: Day,
      unitIds: Type.Array(Id, { maxItems: 500 }),
      groupIds: Type.Array(Id, { maxItems: 50 }),
    }),
    response: Type.Object({ asked: Type.Integer(), already: Type.Integer() }),
  },
  fileSubPlan: {
    method: 'POST',
    path: '/api/filings/:id/file',
    summary: '报送子方案',
    permission: 'filing.file',
    audit: '报送子方案',
    params: ById,
    upload: true,
    response: Saved,
  },
  judgeFiling: {
    method: 'POST',
    path: '/api/filings/:id/judge',
    summary: '审查子方案',
    permission: 'filing.judge',
    audit: '审查子方案',
    params: ById,
    body: Type.Object({
      version: Version,
      verdict: codes(['accept', 'return', 'excuse']),
      reason: Type.Optional(Type.String({ maxLength: 500 })),
    }),
    response: Saved,
  },
  openFilingFile: {
    method: 'GET',
    path: '/api/filings/:id/file',
    summary: '下载报送的子方案',
    permission: 'filing.read',
    audit: null,
    params: ById,
    response: Type.Any(),
    download: true,
  },
  readTaskSource: {
    method: 'GET',
    path: '/api/plans/source/:taskId',
    summary: '任务在方案中的出处',
    permission: 'plan.read',
    audit: null,
    params: Type.Object({ taskId: Id }),
    response: Type.Object({
      source: Nullable(
        Type.Object({
          planId: Type.String(),
          planTitle: Type.String(),
          planNumber: Nullable(Type.String()),
          documentNumber: Nullable(Type.String()),
          address: Type.String(),
          path: Type.Array(Type.String()),
          before: Type.String(),
          start: Type.Integer(),
          end: Type.Integer(),
          sentence: Type.String(),
          after: Type.String(),
          higher: Type.Array(Type.Object({ planTitle: Type.String(), number: Type.String(), title: Type.String() })),
        }),
      ),
    }),
  },
});

import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, FactRow, FileRow, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { lamps } from './lamp.ts';
import { type TaskState, taskLifecycle } from './lifecycle.ts';

const State = codes(Object.keys(taskLifecycle.states) as TaskState[]);
const LampCode = codes(lamps);
const Version = Type.Integer({ minimum: 1 });
const Files = Type.Optional(Type.Array(Id, { maxItems: 50 }));
const many = <T extends TSchema>(schema: T) => Type.Optional(Type.Array(schema, { maxItems: 200 }));

export const taskSorts = ['due', '-due', 'number', '-number', 'closed', '-closed'] as const;

/** Filters of every list, of the export and of the figures' links; all of them together. */
const filters = {
  q: Type.Optional(Text(60)),
  state: many(State),
  lamp: many(LampCode),
  unit: many(Id),
  leadUnit: many(Id),
  sector: many(Text(60)),
  plan: Type.Optional(Id),
  stage: Type.Optional(Id),
  parent: Type.Optional(Id),
  dueFrom: Type.Optional(DayText),
  dueTo: Type.Optional(DayText),
  closedFrom: Type.Optional(DayText),
  closedTo: Type.Optional(DayText),
  /** Closed after or within its deadline. */
  closing: Type.Optional(codes(['late', 'onTime'] as const)),
  person: Type.Optional(codes(['missing'] as const)),
  deadline: Type.Optional(codes(['missing'] as const)),
  /** Tasks that no stage or sector was given. */
  without: Type.Optional(Type.Array(codes(['stage', 'sector'] as const), { maxItems: 2 })),
  /** `led`: one of the units that the reader may see leads, as the figures of the wall count; says nothing where all are seen. */
  mine: Type.Optional(codes(['lead', 'co', 'led'] as const)),
  asOf: Type.Optional(DayText),
  /** All tasks as of the evening of the day: open then, or closed by then. For the lists behind figures. */
  known: Type.Optional(DayText),
  /** One of the governments that the reader may see. */
  jurisdiction: Type.Optional(Text(12)),
  sort: Type.Optional(codes(taskSorts)),
};
export const TaskFilters = Type.Object(filters);

const Row = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  number: Type.String(),
  title: Type.String(),
  state: State,
  lamp: LampCode,
  lampReason: Type.String(),
  leadUnitId: Type.String(),
  leadUnitName: Type.String(),
  coUnitCount: Type.Integer(),
  personName: Nullable(Type.String()),
  sector: Nullable(Type.String()),
  planId: Nullable(Type.String()),
  planTitle: Nullable(Type.String()),
  address: Nullable(Type.String()),
  stageId: Nullable(Type.String()),
  deadlineText: Type.String(),
  firstDueOn: Nullable(Type.String()),
  dueOn: Nullable(Type.String()),
  extensions: Type.Integer(),
  percent: Type.Number(),
  closedOn: Nullable(Type.String()),
  version: Type.Integer(),
});

const Unit = Type.Object({
  unitId: Type.String(),
  name: Type.String(),
  role: codes(['lead', 'responsible', 'territorial'] as const),
  receivedOn: Nullable(Type.String()),
  receivedByName: Nullable(Type.String()),
});
const Attached = Type.Object({
  ...FileRow.properties,
  uploadedByName: Type.String(),
  uploadedAt: Type.String(),
});
const Figure = Type.Object({ name: Text(40), value: Type.Number(), unit: Text(20) });
const Milestone = Type.Object({
  on: DayText,
  percent: Type.Number({ minimum: 0, maximum: 100 }),
  name: Text(60),
});

const View = Type.Object({
  task: Row,
  text: Type.String(),
  origin: Type.Object({
    kind: Type.String(),
    planId: Type.Optional(Type.String()),
    planTitle: Type.Optional(Type.String()),
    address: Type.Optional(Type.String()),
    path: Type.Optional(Type.Array(Type.String())),
    place: Type.Optional(Type.Object({ start: Type.Integer(), end: Type.Integer() })),
    sentence: Type.Optional(Type.String()),
    matter: Type.Optional(
      Type.Object({
        kind: Type.String(),
        id: Type.String(),
        word: Type.String(),
        number: Type.String(),
        title: Type.String(),
        page: Type.String(),
      }),
    ),
  }),
  lampSentence: Type.String(),
  nextStep: Type.String(),
  startedOn: Type.String(),
  receivedOn: Nullable(Type.String()),
  submittedOn: Nullable(Type.String()),
  suspendedOn: Nullable(Type.String()),
  until: Nullable(Type.String()),
  sentBack: Type.Integer(),
  deadlines: Type.Array(
    Type.Object({
      kind: Type.String(),
      text: Type.String(),
      on: Nullable(Type.String()),
      from: Type.Optional(Nullable(Type.String())),
    }),
  ),
  calendarWarning: Nullable(Type.String()),
  quotas: Type.Array(
    Type.Object({
      index: Type.Integer(),
      text: Type.String(),
      words: Type.String(),
      from: Nullable(Type.String()),
      to: Nullable(Type.String()),
      required: Type.Integer(),
      done: Type.Integer(),
      forecast: Type.String(),
    }),
  ),
  targets: Type.Array(
    Type.Object({
      text: Type.String(),
      value: Type.Number(),
      unit: Type.String(),
      actual: Type.Optional(Nullable(Type.Number())),
    }),
  ),
  milestones: Type.Array(Milestone),
  planned: Nullable(Type.Number()),
  curve: Type.Object({
    planned: Type.Array(Type.Object({ on: Type.String(), percent: Type.Number() })),
    actual: Type.Array(Type.Object({ on: Type.String(), percent: Type.Number() })),
  }),
  units: Type.Array(Unit),
  progress: Type.Array(
    Type.Object({
      id: Type.String(),
      day: Type.String(),
      byName: Type.String(),
      unitName: Nullable(Type.String()),
      text: Type.String(),
      figures: Type.Array(Figure),
      percent: Nullable(Type.Number()),
      fileIds: Type.Array(Type.String()),
    }),
  ),
  occurrences: Type.Array(
    Type.Object({
      id: Type.String(),
      heldOn: Type.String(),
      quota: Type.Integer(),
      text: Type.String(),
      byName: Type.String(),
      fileIds: Type.Array(Type.String()),
    }),
  ),
  extensions: Type.Array(
    Type.Object({
      id: Type.String(),
      askedByName: Type.String(),
      askedOn: Type.String(),
      oldDue: Nullable(Type.String()),
      newDue: Type.String(),
      reason: Type.String(),
      decision: Nullable(Type.String()),
      decidedByName: Nullable(Type.String()),
      decidedOn: Nullable(Type.String()),
      opinion: Nullable(Type.String()),
    }),
  ),
  parent: Nullable(Type.Object({ id: Type.String(), number: Type.String(), title: Type.String() })),
  children: Type.Array(Row),
  files: Type.Array(Attached),
  facts: Type.Array(FactRow),
  offers: Type.Array(Offer),
  splitUnits: Type.Array(Type.Object({ unitId: Type.String(), name: Type.String() })),
});

const Done = Type.Object({ id: Type.String(), version: Type.Integer(), state: State });
const seen = { version: Version };
const reason = { reason: Text(500) };

/** One changing route: same path shape, same answer. */
const doing = <B extends TSchema>(
  path: string,
  summary: string,
  permission: 'task.work' | 'task.direct' | 'task.check',
  body: B,
) =>
  ({
    method: 'POST',
    path: `/api/tasks/:id/${path}`,
    summary,
    permission,
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;

export const batchActions = [
  'receive',
  'coReceive',
  'setPerson',
  'approveExtension',
  'pass',
  'suspend',
  'resume',
  'withdraw',
  'fixDeadline',
  'reassign',
] as const;

export const tasksApi = contract({
  listTasks: {
    method: 'GET',
    path: '/api/tasks',
    summary: '任务清单',
    permission: 'task.read',
    audit: null,
    query: Type.Object({
      ...filters,
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1 })),
      pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    }),
    response: Type.Object({
      rows: Type.Array(Row),
      total: Type.Integer(),
      totalIsCapped: Type.Boolean(),
      page: Type.Integer(),
      pageSize: Type.Integer(),
    }),
  },
  exportTasks: {
    method: 'GET',
    path: '/api/tasks.xlsx',
    summary: '导出任务清单表格',
    permission: 'task.export',
    audit: null,
    query: Type.Object({
      ...filters,
      columns: Type.Optional(codes(['plain', 'full'] as const)),
      title: Type.Optional(Text(80)),
    }),
    response: Type.Any(),
    download: true,
  },
  sectorsOfTasks: {
    method: 'GET',
    path: '/api/task-sectors',
    summary: '任务涉及的行业领域和方案',
    permission: 'task.read',
    audit: null,
    response: Type.Object({
      sectors: Type.Array(Type.String()),
      plans: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
      units: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    }),
  },
  home: {
    method: 'GET',
    path: '/api/home',
    summary: '待我处理',
    permission: 'task.read',
    audit: null,
    response: Type.Object({
      today: Type.String(),
      groups: Type.Array(
        Type.Object({
          key: Type.String(),
          title: Type.String(),
          hint: Type.String(),
          total: Type.Integer(),
          totalIsCapped: Type.Boolean(),
          rows: Type.Array(Row),
          /** Query of the task list that shows them all; null where no filter says the same. */
          query: Nullable(Type.Record(Type.String(), Type.Array(Type.String()))),
        }),
      ),
    }),
  },
  viewTask: {
    method: 'GET',
    path: '/api/tasks/:id',
    summary: '任务详情',
    permission: 'task.read',
    audit: null,
    params: ById,
    response: View,
  },
  receiveTask: doing('receive', '签收任务', 'task.work', Type.Object(seen)),
  coReceiveTask: doing('co-receive', '配合单位签收任务', 'task.work', Type.Object({})),
  setTaskPerson: doing(
    'person',
    '明确任务责任人',
    'task.work',
    Type.Object({ ...seen, personId: Type.Optional(Nullable(Id)), personName: Text(30) }),
  ),
  setTaskMilestones: doing(
    'milestones',
    '倒排任务工期',
    'task.work',
    Type.Object({ ...seen, milestones: Type.Array(Milestone, { maxItems: 60 }) }),
  ),
  reportTask: doing(
    'progress',
    '填报任务进展',
    'task.work',
    Type.Object({
      text: Text(4000),
      figures: Type.Optional(Type.Array(Figure, { maxItems: 30 })),
      percent: Type.Optional(Nullable(Type.Number({ minimum: 0, maximum: 100 }))),
      targetActuals: Type.Optional(Type.Array(Nullable(Type.Number()), { maxItems: 50 })),
      fileIds: Files,
    }),
  ),
  recordTaskOccurrence: doing(
    'occurrences',
    '登记任务开展一次',
    'task.work',
    Type.Object({ on: DayText, quota: Type.Integer({ minimum: 0, maximum: 50 }), text: Text(4000), fileIds: Files }),
  ),
  askTaskExtension: doing(
    'extension',
    '申请任务延期',
    'task.work',
    Type.Object({ ...seen, newDue: DayText, ...reason }),
  ),
  decideTaskExtension: doing(
    'extension/decision',
    '审批任务延期',
    'task.check',
    Type.Object({ ...seen, approve: Type.Boolean(), opinion: Text(500) }),
  ),
  fixTaskDeadline: doing('deadline', '确定任务时限', 'task.direct', Type.Object({ ...seen, on: DayText, ...reason })),
  splitTask: doing(
    'split',
    '分办任务',
    'task.work',
    Type.Object({
      ...seen,
      children: Type.Array(
        Type.Object({ unitId: Id, title: Text(200), text: Text(4000), dueOn: Type.Optional(Nullable(DayText)) }),
        { maxItems: 100 },
      ),
    }),
  ),
  disputeTask: doing('dispute', '对任务提出异议', 'task.work', Type.Object({ ...seen, ...reason })),
  settleTask: doing(
    'settlement',
    '裁定任务异议',
    'task.direct',
    Type.Object({ ...seen, keep: Type.Boolean(), unitId: Type.Optional(Nullable(Id)), ...reason }),
  ),
  reassignTask: doing('reassign', '改派任务', 'task.direct', Type.Object({ ...seen, unitId: Id, ...reason })),
  submitTask: doing('submit', '提交任务办结', 'task.work', Type.Object({ ...seen, text: Text(4000), fileIds: Files })),
  passTask: doing('pass', '核查通过任务', 'task.check', Type.Object({ ...seen, opinion: Type.Optional(Text(500)) })),
  sendBackTask: doing('send-back', '退回任务', 'task.check', Type.Object({ ...seen, ...reason })),
  suspendTask: doing('suspend', '暂停任务', 'task.direct', Type.Object({ ...seen, ...reason })),
  resumeTask: doing('resume', '恢复任务', 'task.direct', Type.Object(seen)),
  withdrawTask: doing('withdraw', '撤回任务', 'task.direct', Type.Object({ ...seen, ...reason })),
  batchTasks: {
    method: 'POST',
    path: '/api/tasks/batch',
    summary: '批量办理任务',
    permission: 'task.work',
    audit: '批量办理任务',
    body: Type.Object({
      action: codes(batchActions),
      tasks: Type.Array(Type.Object({ id: Id, version: Version }), { minItems: 1, maxItems: 200 }),
      reason: Type.Optional(Text(500)),
      personName: Type.Optional(Text(30)),
      personId: Type.Optional(Nullable(Id)),
      on: Type.Optional(DayText),
      unitId: Type.Optional(Id),
    }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          number: Type.String(),
          title: Type.String(),
          done: Type.Boolean(),
          says: Type.String(),
        }),
      ),
      done: Type.Integer(),
      refused: Type.Integer(),
    }),
  },
});

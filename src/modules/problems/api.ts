import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, FactRow, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import {
  Done,
  EvidenceList,
  FiveShape,
  Page,
  PlaceIn,
  paging,
  problemFilters,
  RegisterBody,
  RequestShape,
  Row,
  Version,
} from './api-shapes.ts';
import { fiveParts, grades, problemKinds, requestKinds } from './problem.ts';

const seen = { version: Version };
const reason = { reason: Text(500) };

/** One changing route of a problem: same path shape, same answer. */
const doing = <B extends TSchema>(
  path: string,
  summary: string,
  permission: 'problem.work' | 'problem.register' | 'problem.recheck' | 'problem.direct',
  body: B,
) =>
  ({
    method: 'POST',
    path: `/api/problems/:id/${path}`,
    summary,
    permission,
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;

const Photo = Type.Object({
  fileId: Type.String(),
  name: Type.String(),
  type: Type.String(),
  size: Type.Number(),
  role: codes(['before', 'after', 'document'] as const),
  cycle: Type.Integer(),
  takenAt: Nullable(Type.String()),
  takenFrom: Nullable(Type.String()),
  longitude: Nullable(Type.Number()),
  latitude: Nullable(Type.Number()),
  receivedAt: Type.String(),
  byName: Type.String(),
  /** What does not fit: taken long before it was received, taken before the problem was found, the same picture elsewhere. Chinese sentences. */
  doubts: Type.Array(Type.String()),
});

const Progress = Type.Object({
  id: Type.String(),
  day: Type.String(),
  at: Type.String(),
  byName: Type.String(),
  unitName: Nullable(Type.String()),
  text: Type.String(),
  cycle: Type.Integer(),
  fileIds: Type.Array(Type.String()),
});

const View = Type.Object({
  problem: Row,
  text: Type.String(),
  lampSentence: Type.String(),
  nextStep: Type.String(),
  source: Type.Object({
    type: Type.String(),
    word: Type.String(),
    batchId: Nullable(Type.String()),
    batchTitle: Nullable(Type.String()),
    originalNumber: Nullable(Type.String()),
    recordKind: Nullable(Type.String()),
    recordId: Nullable(Type.String()),
    finder: Nullable(Type.String()),
  }),
  handedDown: Type.Boolean(),
  registeredByName: Type.String(),
  finderUnitName: Nullable(Type.String()),
  lateEntryDays: Type.Integer(),
  place: Type.Object({
    address: Nullable(Type.String()),
    areaCode: Nullable(Type.String()),
    longitude: Nullable(Type.Number()),
    latitude: Nullable(Type.Number()),
    grid: Nullable(Type.String()),
  }),
  measures: Nullable(Type.String()),
  judgement: Nullable(
    Type.Object({
      grade: codes(grades),
      criteriaName: Nullable(Type.String()),
      criteriaVersion: Nullable(Type.String()),
      clauses: Type.Array(Type.Object({ code: Type.String(), text: Type.String() })),
      reason: Type.String(),
      byName: Type.String(),
      on: Type.String(),
    }),
  ),
  units: Type.Array(Type.Object({ unitId: Type.String(), name: Type.String(), role: Type.String() })),
  five: FiveShape,
  fiveMissing: Type.Array(Type.String()),
  receivedOn: Nullable(Type.String()),
  done: Nullable(Type.Object({ on: Type.String(), byName: Nullable(Type.String()) })),
  rechecked: Nullable(
    Type.Object({ on: Type.String(), byName: Nullable(Type.String()), unitName: Nullable(Type.String()) }),
  ),
  controlMeasures: Nullable(Type.String()),
  mergedInto: Nullable(Type.Object({ id: Type.String(), number: Type.String(), title: Type.String() })),
  mergedHere: Type.Array(Type.Object({ id: Type.String(), number: Type.String(), title: Type.String() })),
  plan: Nullable(Type.Object({ id: Type.String(), title: Type.String() })),
  task: Nullable(Type.Object({ id: Type.String(), number: Type.String(), title: Type.String() })),
  photos: Type.Array(Photo),
  progress: Type.Array(Progress),
  requests: Type.Array(RequestShape),
  facts: Type.Array(FactRow),
  /** Every action with whether it may be done now and, if not, why. */
  offers: Type.Array(Offer),
  /** Fields that 更正 may still change. */
  correctable: Type.Array(Type.String()),
});

export const problemsApi = contract({
  listProblems: {
    method: 'GET',
    path: '/api/problems',
    summary: '问题隐患台账',
    permission: 'problem.read',
    audit: null,
    query: Type.Object({ ...problemFilters, ...paging }),
    response: Page(Row),
  },
  exportProblems: {
    method: 'GET',
    path: '/api/problems.xlsx',
    summary: '导出问题隐患台账表格',
    permission: 'problem.export',
    audit: null,
    query: Type.Object({
      ...problemFilters,
      /** A saved view whose columns, order and title are used. */
      view: Type.Optional(Id),
      title: Type.Optional(Text(80)),
    }),
    response: Type.Any(),
    download: true,
  },
  exportProblemsCsv: {
    method: 'GET',
    path: '/api/problems.csv',
    summary: '导出问题隐患台账全部数据',
    permission: 'problem.export',
    audit: null,
    query: Type.Object({ ...problemFilters }),
    response: Type.Any(),
    download: true,
  },
  problemChoices: {
    method: 'GET',
    path: '/api/problem-choices',
    summary: '台账筛选和登记时的可选项',
    permission: 'problem.read',
    audit: null,
    response: Type.Object({
      sectors: Type.Array(Type.String()),
      tags: Type.Array(Type.String()),
      areas: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })),
      plans: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
      batches: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })),
      units: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
      /** Days that are proposed as deadline for a general and for a major problem; settings of the jurisdiction. */
      usualDays: Type.Object({ general: Type.Integer(), major: Type.Integer() }),
    }),
  },
  viewProblem: {
    method: 'GET',
    path: '/api/problems/:id',
    summary: '问题详情',
    permission: 'problem.read',
    audit: null,
    params: ById,
    response: View,
  },
  registerProblem: {
    method: 'POST',
    path: '/api/problems',
    summary: '登记问题',
    permission: 'problem.register',
    audit: '登记问题',
    body: RegisterBody,
    /** `known`: this very report (same id) had been registered before; nothing was done again. */
    response: Type.Object({
      ...Done.properties,
      known: Type.Boolean(),
      drawn: Type.Boolean(),
      warnings: Type.Array(Type.String()),
    }),
  },
  receiveProblem: doing('receive', '签收问题', 'problem.work', Type.Object(seen)),
  disputeProblem: doing('dispute', '对问题提出异议', 'problem.work', Type.Object({ ...seen, ...reason })),
  settleProblem: doing(
    'settlement',
    '裁定问题异议',
    'problem.direct',
    Type.Object({ ...seen, keep: Type.Boolean(), unitId: Type.Optional(Nullable(Id)), ...reason }),
  ),
  reassignProblem: doing('reassign', '改派问题', 'problem.direct', Type.Object({ ...seen, unitId: Id, ...reason })),
  correctProblem: doing(
    'correction',
    '更正问题登记内容',
    'problem.register',
    Type.Object({
      ...seen,
      ...reason,
      changes: Type.Object({
        kind: Type.Optional(codes(problemKinds)),
        title: Type.Optional(Text(200)),
        text: Type.Optional(Text(4000)),
        enterpriseId: Type.Optional(Nullable(Id)),
        subject: Type.Optional(Nullable(Text(120))),
        place: Type.Optional(PlaceIn),
        sector: Type.Optional(Nullable(Text(60))),
        tags: Type.Optional(Type.Array(Text(40), { maxItems: 30 })),
        measures: Type.Optional(Nullable(Text(2000))),
        supervisingUnitId: Type.Optional(Nullable(Id)),
      }),
    }),
  ),
  judgeProblem: doing(
    'judgement',
    '判定问题等级',
    'problem.recheck',
    Type.Object({
      ...seen,
      grade: codes(grades),
      criteriaId: Type.Optional(Nullable(Id)),
      clauses: Type.Optional(Type.Array(Text(40), { maxItems: 60 })),
      ...reason,
    }),
  ),
  setProblemPerson: doing('person', '明确问题责任人', 'problem.work', Type.Object({ ...seen, personName: Text(30) })),
  setProblemFive: doing(
    'five',
    '填报五落实',
    'problem.work',
    Type.Object({
      ...seen,
      part: codes(fiveParts),
      text: Text(2000),
      on: DayText,
      fileIds: Type.Array(Id, { maxItems: 20 }),
    }),
  ),
  reportProblem: doing(
    'progress',
    '填报整改进展',
    'problem.work',
    Type.Object({ text: Text(4000), evidence: Type.Optional(EvidenceList) }),
  ),
  askOfProblem: doing(
    'request',
    '提出问题申请',
    'problem.work',
    Type.Object({
      ...seen,
      kind: codes(requestKinds),
      ...reason,
      newDue: Type.Optional(Nullable(DayText)),
      targetId: Type.Optional(Nullable(Id)),
      controlMeasures: Type.Optional(Nullable(Text(2000))),
    }),
  ),
  decideProblemRequest: doing(
    'request/decision',
    '审批问题申请',
    'problem.recheck',
    Type.Object({ ...seen, approve: Type.Boolean(), opinion: Text(500) }),
  ),
  resumeProblem: doing('resume', '恢复整改', 'problem.work', Type.Object({ ...seen, ...reason })),
  reportProblemDone: doing(
    'done',
    '报告整改完成',
    'problem.work',
    Type.Object({ ...seen, text: Text(4000), evidence: Type.Optional(EvidenceList) }),
  ),
  recheckProblem: doing(
    'recheck',
    '复查问题',
    'problem.recheck',
    Type.Object({ ...seen, pass: Type.Boolean(), opinion: Text(1000), evidence: Type.Optional(EvidenceList) }),
  ),
  closeProblem: doing(
    'closing',
    '问题销号',
    'problem.direct',
    Type.Object({ ...seen, approve: Type.Boolean(), opinion: Text(1000) }),
  ),
  reopenProblem: doing(
    'reopening',
    '重新打开问题',
    'problem.direct',
    Type.Object({ ...seen, ...reason, dueOn: DayText }),
  ),
});

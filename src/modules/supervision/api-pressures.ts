import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { pageOf, paging } from '../../kernel/paging.ts';
import { ById, codes, DayText, FactRow, FileRow, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { IssuedLine } from '../letters/api.ts';
import { pressureKinds } from './pressure.ts';
import { pressureStates } from './pressure-lifecycle.ts';
import { ruleKinds } from './pressure-rule.ts';

const State = codes(pressureStates);
const Kind = codes(pressureKinds);
const Files = Type.Optional(Type.Array(Id, { maxItems: 50 }));
const itemKinds = ['problem', 'task', 'filing', 'accident'] as const;

export const pressureFilters = {
  q: Type.Optional(Text(60)),
  kind: Type.Optional(Type.Array(Kind, { maxItems: 10 })),
  state: Type.Optional(Type.Array(State, { maxItems: 20 })),
  unit: Type.Optional(Id),
  rule: Type.Optional(Text(40)),
  /** open: not ended; running: with the unit; late: the reply is late; mine: the reader may lead it on. */
  only: Type.Optional(codes(['mine', 'open', 'running', 'late', 'ended'] as const)),
  servedFrom: Type.Optional(DayText),
  servedTo: Type.Optional(DayText),
  /** As figures of that day count: without leads, and without those withdrawn by then. */
  countedOn: Type.Optional(DayText),
  /** One of the governments that the reader may see. */
  jurisdiction: Type.Optional(Text(12)),
};

export const PressureLine = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  number: Type.String(),
  kind: Kind,
  kindWord: Type.String(),
  state: State,
  unitId: Type.String(),
  unitName: Type.String(),
  addressee: Type.String(),
  matter: Type.String(),
  ruleName: Nullable(Type.String()),
  rung: Type.Integer(),
  figure: Nullable(Type.Integer()),
  suggestedOn: Type.String(),
  proposedByName: Nullable(Type.String()),
  servedOn: Nullable(Type.String()),
  documentNumber: Nullable(Type.String()),
  replyDueOn: Nullable(Type.String()),
  replyLate: Type.Integer(),
  repliedOn: Nullable(Type.String()),
  endedOn: Nullable(Type.String()),
  commitments: Type.Integer(),
  commitmentsDone: Type.Integer(),
  restricted: Type.Boolean(),
  lamp: codes(['red', 'amber', 'green', 'none'] as const),
  lampReason: Type.String(),
  version: Type.Integer(),
});

const Rung = Type.Object({ kind: Kind, afterDays: Type.Integer({ minimum: 0, maximum: 3650 }) });
const ruleFields = {
  code: Type.String({ pattern: '^[a-z][a-z0-9-]{1,39}$' }),
  name: Text(80),
  basis: Text(200),
  kind: codes(ruleKinds),
  about: Type.Array(codes(['problem', 'task'] as const), { maxItems: 2 }),
  threshold: Type.Integer({ minimum: 1, maximum: 10_000 }),
  windowDays: Nullable(Type.Integer({ minimum: 1, maximum: 3660 })),
  quietDays: Type.Integer({ minimum: 1, maximum: 3660 }),
  grades: Type.Array(Text(20), { maxItems: 10 }),
  sectors: Type.Array(Text(60), { maxItems: 50 }),
  ladder: Type.Array(Rung, { minItems: 1, maxItems: 8 }),
  fromOn: DayText,
  toOn: Nullable(DayText),
};
/** A rule as data of a district brings it. */
export const PressureRuleData = Type.Object(ruleFields);
const Rule = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  words: Type.String(),
  ladderWords: Type.String(),
  inForce: Type.Boolean(),
  madeByName: Type.String(),
  madeOn: Type.String(),
  proposed: Type.Integer(),
  ...ruleFields,
});

const Done = Type.Object({ id: Type.String(), number: Type.String(), version: Type.Integer(), state: State });
const Item = Type.Object({
  kind: codes(itemKinds),
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  on: Type.String(),
  count: Type.Integer(),
});
const AttendeeSent = Type.Object({
  name: Text(30),
  post: Text(40),
  unitName: Text(60),
  as: codes(['host', 'called'] as const),
});
const CommitmentSent = Type.Object({ text: Text(300), dueOn: DayText });

const View = Type.Object({
  pressure: PressureLine,
  reason: Type.String(),
  demands: Type.Array(Type.String()),
  proposedOn: Nullable(Type.String()),
  proposedUnitName: Nullable(Type.String()),
  nextStep: Type.String(),
  decision: Nullable(
    Type.Object({
      approved: Type.Boolean(),
      on: Type.String(),
      byName: Type.String(),
      byPost: Nullable(Type.String()),
      opinion: Type.String(),
      recordedByName: Nullable(Type.String()),
    }),
  ),
  ground: Nullable(
    Type.Object({
      day: Type.String(),
      figure: Type.Integer(),
      says: Type.Array(Type.String()),
      sha256: Type.String(),
      rule: Nullable(
        Type.Object({ name: Type.String(), basis: Type.String(), version: Type.Integer(), words: Type.String() }),
      ),
      items: Type.Array(Item),
    }),
  ),
  meeting: Nullable(Type.Object({ on: Type.String(), at: Type.String(), place: Type.String(), host: Type.String() })),
  publication: Nullable(Type.Object({ medium: Type.String(), on: Type.String(), link: Nullable(Type.String()) })),
  receivedOn: Nullable(Type.String()),
  receivedByName: Nullable(Type.String()),
  keepers: Type.Array(Type.Object({ accountId: Type.String(), name: Type.String() })),
  entries: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: codes(['receipt', 'reply', 'returned', 'minutes', 'note', 'urging'] as const),
      word: Type.String(),
      day: Type.String(),
      byName: Type.String(),
      unitName: Nullable(Type.String()),
      text: Type.String(),
      attendees: Type.Array(AttendeeSent),
      promised: Type.Array(CommitmentSent),
      fileIds: Type.Array(Type.String()),
    }),
  ),
  commitments: Type.Array(
    Type.Object({
      text: Type.String(),
      dueOn: Type.String(),
      taskId: Type.String(),
      taskNumber: Type.String(),
      stateWord: Type.String(),
      done: Type.Boolean(),
      late: Type.Integer(),
    }),
  ),
  /** Measures of the same ladder, the lowest rung first, this one included. */
  ladder: Type.Array(
    Type.Object({
      id: Type.String(),
      number: Type.String(),
      kindWord: Type.String(),
      state: State,
      rung: Type.Integer(),
    }),
  ),
  documents: Type.Array(IssuedLine),
  files: Type.Array(FileRow),
  facts: Type.Array(FactRow),
  offers: Type.Array(Offer),
  usual: Type.Object({ copies: Type.String(), host: Type.String(), demands: Type.Array(Type.String()) }),
});

const seen = { version: Type.Integer({ minimum: 1 }) };
const reason = { reason: Text(1000) };
const doing = <B extends TSchema>(
  path: string,
  summary: string,
  permission: 'pressure.propose' | 'pressure.decide' | 'pressure.direct' | 'pressure.answer',
  body: B,
) =>
  ({
    method: 'POST',
    path: `/api/pressures/:id/${path}`,
    summary,
    permission,
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;

export const pressuresApi = contract({
  listPressures: {
    method: 'GET',
    path: '/api/pressures',
    summary: '督促措施清单',
    permission: 'pressure.read',
    audit: null,
    query: Type.Object({ ...pressureFilters, ...paging }),
    response: pageOf(PressureLine),
  },
  pressureFigures: {
    method: 'GET',
    path: '/api/pressure-figures',
    summary: '督促措施各项数字',
    permission: 'pressure.read',
    audit: null,
    response: Type.Object({
      figures: Type.Array(
        Type.Object({
          key: Type.String(),
          name: Type.String(),
          value: Type.Integer(),
          query: Type.Record(Type.String(), Type.String()),
          red: Type.Boolean(),
        }),
      ),
    }),
  },
  pressuresToDo: {
    method: 'GET',
    path: '/api/pressures-to-do',
    summary: '待我办理的督促措施',
    permission: 'pressure.read',
    audit: null,
    response: Type.Object({
      rows: Type.Array(Type.Object({ pressure: PressureLine, action: Type.String(), word: Type.String() })),
    }),
  },
  pressuresOf: {
    method: 'GET',
    path: '/api/pressures-of/:kind/:id',
    summary: '针对一件事项的督促措施',
    permission: 'pressure.read',
    audit: null,
    params: Type.Object({ kind: codes(['problem', 'task'] as const), id: Id }),
    response: Type.Object({ rows: Type.Array(PressureLine) }),
  },
  pressuresOfUnit: {
    method: 'GET',
    path: '/api/units/:id/pressures',
    summary: '单位受到的督促措施',
    permission: 'pressure.read',
    audit: null,
    params: ById,
    response: Type.Object({ rows: Type.Array(PressureLine), open: Type.Integer(), late: Type.Integer() }),
  },
  viewPressure: {
    method: 'GET',
    path: '/api/pressures/:id',
    summary: '督促措施详情',
    permission: 'pressure.read',
    audit: null,
    params: ById,
    response: View,
  },
  pressureKeepers: {
    method: 'GET',
    path: '/api/pressure-keepers',
    summary: '可以知悉线索移交的安委办人员',
    permission: 'pressure.direct',
    audit: null,
    response: Type.Object({ rows: Type.Array(Type.Object({ accountId: Type.String(), name: Type.String() })) }),
  },
  proposePressure: {
    method: 'POST',
    path: '/api/pressures',
    summary: '提请督促措施',
    permission: 'pressure.propose',
    audit: '提请督促措施',
    body: Type.Object({
      kind: Kind,
      unitId: Id,
      addressee: Type.Optional(Nullable(Text(120))),
      matter: Text(80),
      ...reason,
      demands: Type.Array(Text(500), { maxItems: 20 }),
      problemIds: Type.Optional(Type.Array(Id, { maxItems: 50 })),
      taskIds: Type.Optional(Type.Array(Id, { maxItems: 50 })),
      keepers: Type.Optional(Type.Array(Text(60), { maxItems: 10 })),
    }),
    response: Done,
  },
  takeUpPressure: doing(
    'proposal',
    '采纳规则提示并提请',
    'pressure.direct',
    Type.Object({
      ...seen,
      kind: Kind,
      addressee: Text(120),
      matter: Text(80),
      ...reason,
      demands: Type.Array(Text(500), { maxItems: 20 }),
    }),
  ),
  dismissPressure: doing('dismissal', '不采纳规则提示', 'pressure.direct', Type.Object({ ...seen, ...reason })),
  decidePressure: doing(
    'decision',
    '审批督促措施',
    'pressure.decide',
    Type.Object({
      ...seen,
      approve: Type.Boolean(),
      opinion: Text(500),
      approver: Type.Optional(Nullable(Type.Object({ name: Text(30), post: Text(40), on: DayText }))),
    }),
  ),
  retractPressure: doing('retraction', '撤回督促措施提请', 'pressure.propose', Type.Object({ ...seen, ...reason })),
  servePressure: doing(
    'service',
    '印发送达督促措施',
    'pressure.direct',
    Type.Object({
      ...seen,
      copies: Type.Optional(Nullable(Text(300))),
      replyDueOn: Type.Optional(Nullable(DayText)),
      meetOn: Type.Optional(Nullable(DayText)),
      meetAt: Type.Optional(Nullable(Text(20))),
      meetPlace: Type.Optional(Nullable(Text(120))),
      meetHost: Type.Optional(Nullable(Text(60))),
      medium: Type.Optional(Nullable(Text(60))),
      publishedOn: Type.Optional(Nullable(DayText)),
      link: Type.Optional(Nullable(Text(300))),
    }),
  ),
  receivePressure: doing('receipt', '签收督促措施', 'pressure.answer', Type.Object({ ...seen, fileIds: Files })),
  replyPressure: doing(
    'reply',
    '回复督促措施',
    'pressure.answer',
    Type.Object({
      ...seen,
      text: Text(4000),
      promised: Type.Optional(Type.Array(CommitmentSent, { maxItems: 20 })),
      fileIds: Files,
    }),
  ),
  returnReply: doing(
    'reply/return',
    '退回督促措施的回复',
    'pressure.direct',
    Type.Object({ ...seen, ...reason, replyDueOn: DayText }),
  ),
  attendPressure: doing(
    'attendance',
    '登记约谈到场和纪要',
    'pressure.direct',
    Type.Object({
      ...seen,
      heldOn: DayText,
      attendees: Type.Array(AttendeeSent, { maxItems: 40 }),
      text: Text(4000),
      promised: Type.Optional(Type.Array(CommitmentSent, { maxItems: 20 })),
      fileIds: Files,
    }),
  ),
  commitPressure: doing(
    'commitments',
    '确认整改承诺并下达任务',
    'pressure.direct',
    Type.Object({ ...seen, commitments: Type.Array(CommitmentSent, { maxItems: 20 }) }),
  ),
  notePressure: doing(
    'note',
    '记录督促措施跟踪情况',
    'pressure.answer',
    Type.Object({ text: Text(2000), fileIds: Files }),
  ),
  urgePressure: doing(
    'urging',
    '催办督促措施',
    'pressure.direct',
    Type.Object({ ...seen, copies: Type.Optional(Nullable(Text(300))) }),
  ),
  liftPressure: doing('lifting', '解除督促措施', 'pressure.direct', Type.Object({ ...seen, opinion: Text(500) })),
  withdrawPressure: doing('withdrawal', '撤销督促措施', 'pressure.decide', Type.Object({ ...seen, ...reason })),
  listPressureRules: {
    method: 'GET',
    path: '/api/pressure-rules',
    summary: '督促规则',
    permission: 'pressure.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(Rule), hasData: Type.Boolean() }),
  },
  makePressureRule: {
    method: 'POST',
    path: '/api/pressure-rules',
    summary: '新增或修订督促规则',
    permission: 'pressure.rules',
    audit: '新增或修订督促规则',
    body: PressureRuleData,
    response: Type.Object({ id: Type.String(), version: Type.Integer() }),
  },
  loadPressureRules: {
    method: 'POST',
    path: '/api/pressure-rules/load',
    summary: '从本地数据载入督促规则',
    permission: 'pressure.rules',
    audit: '从本地数据载入督促规则',
    body: Type.Object({}),
    response: Type.Object({ made: Type.Integer(), says: Type.String() }),
  },
  endPressureRule: {
    method: 'POST',
    path: '/api/pressure-rules/:id/end',
    summary: '停用督促规则',
    permission: 'pressure.rules',
    audit: '停用督促规则',
    params: ById,
    body: Type.Object({ on: DayText }),
    response: Type.Object({ id: Type.String() }),
  },
});

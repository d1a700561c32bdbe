import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, FactRow, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { rhythmPeriods } from '../filings/rhythm.ts';
import { IssuedLine } from '../letters/api.ts';
import { sectionKeys } from './bulletin-form.ts';
import { type BulletinState, bulletinStates } from './lifecycle.ts';
import { lists } from './snapshot.ts';

const State = codes<BulletinState>(bulletinStates);
const formPeriods = rhythmPeriods.filter((one) => one !== 'special') as Exclude<
  (typeof rhythmPeriods)[number],
  'special'
>[];

const form = {
  name: Text(60),
  basis: Text(200),
  period: codes(formPeriods),
  hour: Text(5),
  sections: Type.Array(codes(sectionKeys), { maxItems: 20 }),
  addressee: Text(300),
  called: Nullable(Text(20)),
  copies: Text(300),
  weights: Type.Object({
    timeliness: Type.Integer({ minimum: 0, maximum: 100 }),
    age: Type.Integer({ minimum: 0, maximum: 100 }),
    firstPass: Type.Integer({ minimum: 0, maximum: 100 }),
    lookBack: Type.Integer({ minimum: 0, maximum: 100 }),
  }),
  atLeast: Type.Integer({ minimum: 0, maximum: 1000 }),
  named: Type.Integer({ minimum: 1, maximum: 20 }),
  requests: Type.Array(Text(500), { maxItems: 20 }),
  fromOn: DayText,
  toOn: Nullable(DayText),
};

export const BulletinLine = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  number: Type.String(),
  title: Type.String(),
  formName: Type.String(),
  period: codes(formPeriods),
  periodFrom: Type.String(),
  periodTo: Type.String(),
  state: State,
  issue: Nullable(Type.Integer()),
  documentNumber: Nullable(Type.String()),
  issuedOn: Nullable(Type.String()),
  submittedByName: Nullable(Type.String()),
  approvedByName: Nullable(Type.String()),
  publishedOn: Nullable(Type.String()),
  version: Type.Integer(),
});

const QueryOf = Nullable(Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())])));
const Figure = Type.Object({
  name: Type.String(),
  kind: codes(['count', 'share', 'change', 'words'] as const),
  words: Type.String(),
  unit: Type.String(),
  of: Nullable(codes(lists)),
  query: QueryOf,
});
const Section = Type.Object({ key: codes(sectionKeys), text: Text(20_000) });
const Chosen = Type.Object({
  filingId: Id,
  at: Type.Integer({ minimum: 0 }),
  kind: codes(['case', 'practice'] as const),
});
const N = Type.Number();
const S = Type.String();
const Ranked = Type.Object({
  unitId: S,
  name: S,
  rank: Type.Integer(),
  score: N,
  timeliness: Nullable(N),
  age: Nullable(N),
  firstPass: Nullable(N),
  lookBack: Nullable(N),
  longest: Type.Integer(),
});
const Share = { all: N, closed: N, open: N, red: N, rate: Nullable(N) };

/** The tables of a snapshot as pages show them. */
const Tables = Type.Object({
  comparisons: Type.Array(Type.Object({ name: S, unit: S, now: N, before: N })),
  units: Type.Array(
    Type.Object({
      unitId: S,
      name: S,
      registered: N,
      closed: N,
      reopened: N,
      open: N,
      red: N,
      longest: N,
      tasksOpen: N,
      tasksRed: N,
      tasksClosed: N,
    }),
  ),
  sectors: Type.Array(Type.Object({ sector: S, registered: N, closed: N, reopened: N, open: N, red: N })),
  stages: Type.Array(Type.Object({ stageId: Nullable(S), planTitle: S, name: S, ...Share })),
  taskSectors: Type.Array(Type.Object({ sector: S, ...Share })),
  overdue: Type.Array(
    Type.Object({
      of: codes(['problems', 'tasks'] as const),
      id: S,
      number: S,
      title: S,
      unitName: S,
      personName: Nullable(S),
      dueOn: S,
      days: N,
    }),
  ),
  listed: Type.Array(Type.Object({ id: S, number: S, matter: S, unitName: S, listedOn: S, limitOn: S, late: N })),
  measures: Type.Array(
    Type.Object({
      id: S,
      word: S,
      number: S,
      unitName: S,
      matter: S,
      servedOn: S,
      documentNumber: Nullable(S),
    }),
  ),
  discipline: Type.Array(Type.Object({ unitId: S, name: S, required: N, onTime: N, late: N, missing: N })),
  missed: Type.Array(
    Type.Object({
      id: S,
      number: S,
      unitName: S,
      rhythmName: S,
      periodWords: S,
      standing: codes(['late', 'missing'] as const),
    }),
  ),
  best: Type.Array(Ranked),
  worst: Type.Array(Ranked),
  ranked: N,
  leftOut: N,
  rule: S,
  stories: Type.Array(
    Type.Object({
      filingId: S,
      at: Type.Integer(),
      kind: codes(['case', 'practice'] as const),
      unitName: S,
      title: S,
      text: S,
    }),
  ),
});

/** Charts drawn from the snapshot alone. */
const Charts = Type.Array(
  Type.Object({
    part: codes(sectionKeys),
    title: S,
    form: codes(['columns', 'bars'] as const),
    names: Type.Array(S),
    series: Type.Array(Type.Object({ name: S, values: Type.Array(N) })),
  }),
);

const Done = Type.Object({ id: S, number: S, version: Type.Integer(), state: State });
const seen = { version: Type.Integer({ minimum: 1 }) };
const doing = <B extends TSchema>(
  path: string,
  summary: string,
  permission: 'bulletin.write' | 'bulletin.decide',
  body: B,
) =>
  ({
    method: 'POST',
    path: `/api/bulletins/:id/${path}`,
    summary,
    permission,
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;

export const bulletinsApi = contract({
  listBulletins: {
    method: 'GET',
    path: '/api/bulletins',
    summary: '通报清单',
    permission: 'bulletin.read',
    audit: null,
    query: Type.Object({
      form: Type.Optional(Id),
      state: Type.Optional(Type.Array(State, { maxItems: 10 })),
      from: Type.Optional(DayText),
      to: Type.Optional(DayText),
      page: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 1 })),
    }),
    response: Type.Object({
      rows: Type.Array(BulletinLine),
      more: Type.Boolean(),
      forms: Type.Array(Type.Object({ id: S, name: S, period: codes(formPeriods) })),
    }),
  },
  bulletinsToDo: {
    method: 'GET',
    path: '/api/bulletins-to-do',
    summary: '待我办理的通报',
    permission: 'bulletin.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(Type.Object({ bulletin: BulletinLine, action: S, word: S })) }),
  },
  viewBulletin: {
    method: 'GET',
    path: '/api/bulletins/:id',
    summary: '通报详情',
    permission: 'bulletin.read',
    audit: null,
    params: ById,
    response: Type.Object({
      bulletin: BulletinLine,
      issuer: S,
      addressee: S,
      copies: S,
      periodWords: S,
      day: S,
      /** The days that were counted, and the hour of the last one at which; 24:00 where it had passed. */
      counted: Type.Object({ from: S, to: S, hour: S }),
      before: Type.Object({ from: S, to: S }),
      /** The reader sees several governments: lists are narrowed to this one, which was counted. */
      within: Nullable(S),
      lower: Type.Boolean(),
      snapshot: Type.Object({ sha256: S, sealed: Type.Boolean(), madeAt: S, madeByName: S }),
      sections: Type.Array(Type.Object({ key: codes(sectionKeys), word: S, text: S, paragraphs: Type.Array(S) })),
      /** Sentences about what in the words does not hold; empty: they are sound. */
      flaws: Type.Array(Type.Object({ where: S, says: S })),
      /** Figures of the first draft that the words no longer name. */
      dropped: Type.Array(S),
      figures: Type.Array(Figure),
      tables: Tables,
      charts: Charts,
      chosen: Type.Array(Chosen),
      opinion: Nullable(S),
      submittedOn: Nullable(S),
      approvedOn: Nullable(S),
      publishAsked: Nullable(Type.Object({ name: S, on: S, channel: S, reason: S })),
      publishedByName: Nullable(S),
      documents: Type.Array(IssuedLine),
      files: Type.Array(Type.Object({ id: S, name: S, size: N })),
      facts: Type.Array(FactRow),
      offers: Type.Array(Offer),
    }),
  },
  makeBulletin: {
    method: 'POST',
    path: '/api/bulletins',
    summary: '起草通报',
    permission: 'bulletin.write',
    audit: '起草通报',
    body: Type.Object({ formId: Id, day: DayText }),
    response: Done,
  },
  editBulletin: doing(
    'words',
    '修改通报文字',
    'bulletin.write',
    Type.Object(
      {
        ...seen,
        sections: Type.Array(Section, { maxItems: 20 }),
        chosen: Type.Array(Chosen, { maxItems: 20 }),
        addressee: Text(300),
        copies: Text(300),
      },
      // figures are not among what can be sent
      { additionalProperties: false },
    ),
  ),
  submitBulletin: doing('submission', '送审通报', 'bulletin.write', Type.Object(seen)),
  takeBackBulletin: doing('take-back', '撤回通报送审', 'bulletin.write', Type.Object(seen)),
  approveBulletin: doing('approval', '审批通报', 'bulletin.decide', Type.Object({ ...seen, opinion: Text(500) })),
  sendBackBulletin: doing('send-back', '退回通报', 'bulletin.decide', Type.Object({ ...seen, reason: Text(500) })),
  issueBulletin: doing('issue', '印发通报', 'bulletin.write', Type.Object(seen)),
  askPublishBulletin: doing(
    'publication',
    '申请公开通报',
    'bulletin.write',
    Type.Object({ ...seen, channel: Text(100), reason: Text(500) }),
  ),
  approvePublishBulletin: doing(
    'publication/approval',
    '批准公开通报',
    'bulletin.decide',
    Type.Object({ ...seen, opinion: Text(500) }),
  ),
  refusePublishBulletin: doing(
    'publication/refusal',
    '不同意公开通报',
    'bulletin.decide',
    Type.Object({ ...seen, reason: Text(500) }),
  ),
  voidBulletin: doing('voiding', '作废通报', 'bulletin.write', Type.Object({ ...seen, reason: Text(500) })),
  draftDocument: {
    method: 'GET',
    path: '/api/bulletins/:id/draft.docx',
    summary: '通报的草稿（Word）',
    permission: 'bulletin.read',
    audit: null,
    params: ById,
    response: Type.Unknown(),
    download: true,
  },
  draftPdf: {
    method: 'GET',
    path: '/api/bulletins/:id/draft.pdf',
    summary: '通报的草稿（PDF）',
    permission: 'bulletin.read',
    audit: null,
    params: ById,
    response: Type.Unknown(),
    download: true,
  },
  openAnnex: {
    method: 'GET',
    path: '/api/bulletins/:id/annexes/:key',
    summary: '通报的附件（Excel）',
    permission: 'bulletin.read',
    audit: null,
    params: Type.Object({ id: Id, key: codes(['units', 'overdue', 'filings'] as const) }),
    response: Type.Unknown(),
    download: true,
  },
  listBulletinForms: {
    method: 'GET',
    path: '/api/bulletin-forms',
    summary: '通报种类',
    permission: 'bulletin.read',
    audit: null,
    response: Type.Object({
      rows: Type.Array(Type.Object({ id: S, jurisdiction: S, ...form, rule: S })),
    }),
  },
  makeBulletinForm: {
    method: 'POST',
    path: '/api/bulletin-forms',
    summary: '新增通报种类',
    permission: 'bulletin.forms',
    audit: '新增通报种类',
    body: Type.Object({ ...form, called: Type.Optional(Nullable(Text(20))) }),
    response: ById,
  },
  endBulletinForm: {
    method: 'POST',
    path: '/api/bulletin-forms/:id/end',
    summary: '停用通报种类',
    permission: 'bulletin.forms',
    audit: '停用通报种类',
    params: ById,
    body: Type.Object({ on: DayText }),
    response: ById,
  },
});

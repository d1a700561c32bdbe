import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, Id, Nullable, Text } from '../../kernel/shapes.ts';
import { IssuedLine } from '../letters/api.ts';
import { type DutyListState, dutyListLifecycle } from './duty-lifecycle.ts';
import { accidentFigureLifecycle, type FigureState } from './figure-lifecycle.ts';
import { type LetterState, letterLifecycle } from './letter-lifecycle.ts';
import { relations } from './responsibility.ts';
import { caseView, Done, DutyItem, Files, Target, Version, Year } from './shapes.ts';

const LetterStates = codes(Object.keys(letterLifecycle.states) as LetterState[]);
const ListStates = codes(Object.keys(dutyListLifecycle.states) as DutyListState[]);
const FigureStates = codes(Object.keys(accidentFigureLifecycle.states) as FigureState[]);
const seen = { version: Version };
const doing = <B extends TSchema>(path: string, summary: string, permission: string, body: B) =>
  ({ method: 'POST', path, summary, permission, audit: summary, params: ById, body, response: Done }) as const;

const Party = Type.Object({ unitId: Nullable(Id), unitName: Text(80), signer: Text(30), post: Text(40) });
const letterBody = {
  relation: codes(relations),
  title: Text(80),
  year: Year,
  partyA: Party,
  partyB: Party,
  targets: Type.Array(Target, { maxItems: 40 }),
  duties: Type.Array(Text(500), { maxItems: 40 }),
};

/** A count that a target was worked out from, with the list that shows exactly these. */
export const TargetPart = Type.Object({
  word: Type.String(),
  count: Type.Integer(),
  to: Nullable(Type.String()),
  query: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())])),
});

const LetterLine = Type.Object({
  id: Type.String(),
  number: Type.String(),
  state: LetterStates,
  year: Type.Integer(),
  relation: codes(relations),
  title: Type.String(),
  partyA: Type.String(),
  partyB: Type.String(),
  signerB: Type.String(),
  targets: Type.Integer(),
  /** Of a signed one: targets that are not met, and those without a result that a person must enter. */
  missed: Type.Integer(),
  unknown: Type.Integer(),
  signedOn: Nullable(Type.String()),
  /** Days since it was made, where it is not signed yet. */
  unsignedDays: Nullable(Type.Integer()),
  version: Type.Integer(),
});

const DutyProgress = Type.Object({
  at: Type.Integer(),
  kind: codes(['standing', 'annual'] as const),
  text: Type.String(),
  times: Type.Integer(),
  dueOn: Nullable(Type.String()),
  done: Type.Integer(),
  late: Type.Boolean(),
});
const DutyListLine = Type.Object({
  id: Type.String(),
  number: Type.String(),
  state: ListStates,
  year: Type.Integer(),
  name: Type.String(),
  post: Type.String(),
  unitName: Type.String(),
  annual: Type.Integer(),
  fulfilled: Type.Integer(),
  late: Type.Integer(),
  version: Type.Integer(),
});

const Offers = caseView.offers;
const FigureLine = Type.Object({
  id: Type.String(),
  number: Type.String(),
  state: FigureStates,
  unitId: Type.String(),
  unitName: Type.String(),
  month: Type.String(),
  accidents: Type.Integer(),
  deaths: Type.Integer(),
  note: Type.String(),
  enteredByName: Type.String(),
  confirmedByName: Nullable(Type.String()),
  confirmedOn: Nullable(Type.String()),
  version: Type.Integer(),
  offers: Offers,
});

export const dutiesApi = contract({
  listLetters: {
    method: 'GET',
    path: '/api/responsibility-letters',
    summary: '责任书清单',
    permission: 'duty.read',
    audit: null,
    query: Type.Object({ year: Type.Optional(Year), only: Type.Optional(codes(['unsigned', 'signed'] as const)) }),
    response: Type.Object({
      rows: Type.Array(LetterLine),
      all: Type.Integer(),
      signed: Type.Integer(),
      unsigned: Type.Integer(),
      years: Type.Array(Type.Integer()),
    }),
  },
  viewLetter: {
    method: 'GET',
    path: '/api/responsibility-letters/:id',
    summary: '责任书详情',
    permission: 'duty.read',
    audit: null,
    params: ById,
    response: Type.Object({
      ...caseView,
      ...letterBody,
      state: LetterStates,
      /** In the order of the targets; empty before the letter is signed. */
      standings: Type.Array(
        Type.Object({
          value: Nullable(Type.Number()),
          met: Nullable(Type.Boolean()),
          by: codes(['ledger', 'hand'] as const),
          says: Type.String(),
          parts: Type.Array(TargetPart),
          note: Type.String(),
          fileIds: Type.Array(Type.String()),
        }),
      ),
      printedOn: Nullable(Type.String()),
      paperNumber: Nullable(Type.String()),
      signedOn: Nullable(Type.String()),
      registeredOn: Nullable(Type.String()),
      signedFileIds: Type.Array(Type.String()),
      documents: Type.Array(IssuedLine),
    }),
  },
  makeLetter: {
    method: 'POST',
    path: '/api/responsibility-letters',
    summary: '拟定责任书',
    permission: 'duty.work',
    audit: '拟定责任书',
    body: Type.Object(letterBody),
    response: Done,
  },
  editLetter: doing(
    '/api/responsibility-letters/:id/text',
    '修改责任书',
    'duty.work',
    Type.Object({ ...seen, ...letterBody }),
  ),
  printLetter: doing('/api/responsibility-letters/:id/print', '印制责任书', 'duty.work', Type.Object(seen)),
  signLetter: doing(
    '/api/responsibility-letters/:id/signing',
    '登记责任书签订',
    'duty.work',
    Type.Object({ ...seen, signedOn: DayText, signerA: Text(30), signerB: Text(30), fileIds: Files }),
  ),
  recordTargetResult: doing(
    '/api/responsibility-letters/:id/results',
    '登记责任目标结果',
    'duty.work',
    Type.Object({
      ...seen,
      target: Type.Integer({ minimum: 0, maximum: 100 }),
      value: Type.Number({ minimum: 0, maximum: 1_000_000 }),
      upTo: DayText,
      note: Text(300),
      fileIds: Files,
    }),
  ),
  endLetter: doing(
    '/api/responsibility-letters/:id/end',
    '终止责任书',
    'duty.work',
    Type.Object({ ...seen, reason: Text(300) }),
  ),
  withdrawLetter: doing(
    '/api/responsibility-letters/:id/withdrawal',
    '撤销责任书',
    'duty.work',
    Type.Object({ ...seen, reason: Text(300) }),
  ),
  listDutyLists: {
    method: 'GET',
    path: '/api/duty-lists',
    summary: '职责清单和工作清单',
    permission: 'duty.read',
    audit: null,
    query: Type.Object({ year: Type.Optional(Year) }),
    response: Type.Object({ rows: Type.Array(DutyListLine), years: Type.Array(Type.Integer()) }),
  },
  viewDutyList: {
    method: 'GET',
    path: '/api/duty-lists/:id',
    summary: '职责清单详情',
    permission: 'duty.read',
    audit: null,
    params: ById,
    response: Type.Object({
      ...caseView,
      state: ListStates,
      year: Type.Integer(),
      personId: Nullable(Type.String()),
      name: Type.String(),
      post: Type.String(),
      unitId: Nullable(Type.String()),
      unitName: Type.String(),
      items: Type.Array(DutyProgress),
      done: Type.Array(
        Type.Object({
          item: Type.Integer(),
          on: Type.String(),
          text: Type.String(),
          reference: Type.String(),
          fileIds: Type.Array(Type.String()),
          byName: Type.String(),
        }),
      ),
      confirmedOn: Nullable(Type.String()),
      confirmedByName: Nullable(Type.String()),
    }),
  },
  makeDutyList: {
    method: 'POST',
    path: '/api/duty-lists',
    summary: '拟定职责清单',
    permission: 'duty.work',
    audit: '拟定职责清单',
    body: Type.Object({
      year: Year,
      personId: Nullable(Id),
      name: Text(30),
      post: Text(40),
      unitId: Nullable(Id),
      items: Type.Array(DutyItem, { maxItems: 80 }),
    }),
    response: Done,
  },
  editDutyList: doing(
    '/api/duty-lists/:id/items',
    '修改职责清单',
    'duty.work',
    Type.Object({ ...seen, items: Type.Array(DutyItem, { maxItems: 80 }) }),
  ),
  confirmDutyList: doing('/api/duty-lists/:id/confirmation', '审定职责清单', 'duty.work', Type.Object(seen)),
  recordDuty: doing(
    '/api/duty-lists/:id/deeds',
    '登记履职',
    'duty.work',
    Type.Object({
      item: Type.Integer({ minimum: 0, maximum: 100 }),
      on: DayText,
      text: Text(500),
      reference: Text(60),
      fileIds: Files,
    }),
  ),
  archiveDutyList: doing('/api/duty-lists/:id/archive', '归档职责清单', 'duty.work', Type.Object(seen)),
  accidentBoard: {
    method: 'GET',
    path: '/api/accident-targets',
    summary: '事故压降目标和数字（可看任意一天）',
    permission: 'accident.read',
    audit: null,
    query: Type.Object({ year: Type.Optional(Year), asOf: Type.Optional(DayText) }),
    response: Type.Object({
      day: Type.String(),
      year: Type.Integer(),
      years: Type.Array(Type.Integer()),
      months: Type.Array(Type.String()),
      rows: Type.Array(
        Type.Object({
          unitId: Type.String(),
          unitName: Type.String(),
          accidents: Type.Integer(),
          deaths: Type.Integer(),
          targetAccidents: Nullable(Type.Integer()),
          targetDeaths: Nullable(Type.Integer()),
          accidentsBefore: Nullable(Type.Integer()),
          deathsBefore: Nullable(Type.Integer()),
          missing: Type.Array(Type.String()),
          over: Type.Boolean(),
        }),
      ),
      figures: Type.Array(FigureLine),
    }),
  },
  setAccidentTarget: {
    method: 'POST',
    path: '/api/accident-targets',
    summary: '下达事故压降目标',
    permission: 'accident.target',
    audit: '下达事故压降目标',
    body: Type.Object({
      unitId: Id,
      year: Year,
      accidents: Type.Integer({ minimum: 0, maximum: 100_000 }),
      deaths: Type.Integer({ minimum: 0, maximum: 100_000 }),
      accidentsBefore: Nullable(Type.Integer({ minimum: 0, maximum: 100_000 })),
      deathsBefore: Nullable(Type.Integer({ minimum: 0, maximum: 100_000 })),
      reason: Text(300),
    }),
    response: Type.Object({ id: Type.String() }),
  },
  enterFigure: {
    method: 'POST',
    path: '/api/accident-figures',
    summary: '填报事故月度数字',
    permission: 'accident.work',
    audit: '填报事故月度数字',
    body: Type.Object({
      unitId: Id,
      month: Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }),
      accidents: Type.Integer({ minimum: 0, maximum: 100_000 }),
      deaths: Type.Integer({ minimum: 0, maximum: 100_000 }),
      note: Text(300),
    }),
    response: Done,
  },
  correctFigure: doing(
    '/api/accident-figures/:id/correction',
    '更正事故月度数字',
    'accident.work',
    Type.Object({
      ...seen,
      accidents: Type.Integer({ minimum: 0, maximum: 100_000 }),
      deaths: Type.Integer({ minimum: 0, maximum: 100_000 }),
      reason: Text(300),
    }),
  ),
  confirmFigure: doing(
    '/api/accident-figures/:id/confirmation',
    '核对事故月度数字',
    'accident.work',
    Type.Object(seen),
  ),
  sendBackFigure: doing(
    '/api/accident-figures/:id/return',
    '退回事故月度数字',
    'accident.work',
    Type.Object({ ...seen, reason: Text(300) }),
  ),
});

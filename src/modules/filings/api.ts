import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { standings } from './filing.ts';
import { type FilingState, filingStates } from './lifecycle.ts';
import { fieldTypes, knownKeys, rhythmPeriods, tellings } from './rhythm.ts';

const State = codes<FilingState>(filingStates);

const Field = Type.Object({
  key: Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,30}$' }),
  label: Text(40),
  type: codes(fieldTypes),
  must: Type.Boolean(),
  unit: Text(10),
  options: Type.Array(Text(40), { maxItems: 30 }),
});
const rhythm = {
  name: Text(60),
  basis: Text(200),
  period: codes(rhythmPeriods),
  reporters: Type.Array(Text(80), { maxItems: 200 }),
  receiver: Text(80),
  hour: Text(5),
  dueAfter: Type.Integer({ minimum: 0, maximum: 60 }),
  dueDay: Nullable(Type.Integer({ minimum: 1, maximum: 28 })),
  opensBefore: Type.Integer({ minimum: 0, maximum: 60 }),
  workdays: Type.Boolean(),
  fields: Type.Array(Field, { maxItems: 40 }),
  known: Type.Array(codes(knownKeys), { maxItems: 20 }),
  narrative: codes(tellings),
  cases: codes(tellings),
  practices: codes(tellings),
  attachments: codes(tellings),
  fromOn: DayText,
  toOn: Nullable(DayText),
};
export const RhythmRow = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  ...rhythm,
  /** Who reports today, by name; names that the organisation does not know stand in `unknown`. */
  units: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  unknown: Type.Array(Type.String()),
  nextDue: Nullable(Type.String()),
});

const Story = Type.Object({ title: Text(80), text: Text(4000) });
const Filled = Type.Object({
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
  narrative: Text(8000),
  cases: Type.Array(Story, { maxItems: 20 }),
  practices: Type.Array(Story, { maxItems: 20 }),
  /** Files that were sent to this report before. */
  fileIds: Type.Optional(Type.Array(Id, { maxItems: 50 })),
});
const Known = Type.Object({
  key: codes(knownKeys),
  word: Type.String(),
  count: Type.Integer(),
  of: codes(['problems', 'tasks'] as const),
  query: Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())])),
});

export const FilingLine = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  number: Type.String(),
  rhythmId: Type.String(),
  rhythmName: Type.String(),
  receiver: Type.String(),
  unitId: Type.String(),
  unitName: Type.String(),
  periodWords: Type.String(),
  periodFrom: Type.String(),
  periodTo: Type.String(),
  opensOn: Type.String(),
  dueOn: Type.String(),
  dueAt: Type.String(),
  state: State,
  standing: codes(standings),
  filedAt: Nullable(Type.String()),
  versions: Type.Integer(),
  version: Type.Integer(),
});

export const filingFilters = {
  rhythm: Type.Optional(Id),
  unit: Type.Optional(Id),
  dueFrom: Type.Optional(DayText),
  dueTo: Type.Optional(DayText),
  standing: Type.Optional(Type.Array(codes(standings), { maxItems: 10 })),
  /** mine: my unit's, open and not yet filed. */
  only: Type.Optional(codes(['mine'] as const)),
  /** How it stood at this hour of the last day: 14:00; 24:00 is the end of it. */
  hour: Type.Optional(Text(5)),
  /** One of the governments that the reader may see. */
  jurisdiction: Type.Optional(Text(12)),
};

const discipline = {
  required: Type.Integer(),
  onTime: Type.Integer(),
  late: Type.Integer(),
  missing: Type.Integer(),
  waiting: Type.Integer(),
};
const Done = Type.Object({ id: Type.String(), number: Type.String(), version: Type.Integer(), state: State });
const seen = { version: Type.Integer({ minimum: 1 }) };
const doing = <B extends TSchema>(
  path: string,
  summary: string,
  permission: 'periodicReport.file' | 'periodicReport.direct',
  body: B,
) =>
  ({
    method: 'POST',
    path: `/api/periodic-reports/:id/${path}`,
    summary,
    permission,
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;

export const filingsApi = contract({
  listReports: {
    method: 'GET',
    path: '/api/periodic-reports',
    summary: '报送情况',
    permission: 'periodicReport.read',
    audit: null,
    query: Type.Object(filingFilters),
    response: Type.Object({
      from: Type.String(),
      to: Type.String(),
      /** The moment as of which everything stands. */
      at: Type.String(),
      rows: Type.Array(FilingLine),
      capped: Type.Boolean(),
      whole: Type.Object(discipline),
      units: Type.Array(Type.Object({ unitId: Type.String(), name: Type.String(), ...discipline })),
      rhythms: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    }),
  },
  reportsToDo: {
    method: 'GET',
    path: '/api/periodic-reports-to-do',
    summary: '待我报送',
    permission: 'periodicReport.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(FilingLine) }),
  },
  listStories: {
    method: 'GET',
    path: '/api/told-stories',
    summary: '典型案例和经验做法',
    permission: 'periodicReport.read',
    audit: null,
    query: Type.Object({
      q: Type.Optional(Text(40)),
      kind: Type.Optional(codes(['case', 'practice'] as const)),
      /** Reports that were due within these days. */
      from: Type.Optional(DayText),
      to: Type.Optional(DayText),
    }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          filingId: Type.String(),
          at: Type.Integer(),
          kind: codes(['case', 'practice'] as const),
          title: Type.String(),
          text: Type.String(),
          unitId: Type.String(),
          unitName: Type.String(),
          rhythmName: Type.String(),
          periodWords: Type.String(),
          files: Type.Integer(),
        }),
      ),
      all: Type.Integer(),
      from: Type.String(),
      to: Type.String(),
    }),
  },
  viewReport: {
    method: 'GET',
    path: '/api/periodic-reports/:id',
    summary: '报送详情',
    permission: 'periodicReport.read',
    audit: null,
    params: ById,
    response: Type.Object({
      filing: FilingLine,
      rhythm: Type.Object(rhythm),
      /** What would be locked if it were filed now; null once it is filed. */
      now: Nullable(Type.Array(Known)),
      /** The newest first. */
      versions: Type.Array(
        Type.Object({
          no: Type.Integer(),
          filled: Filled,
          known: Type.Array(Known),
          knownSha256: Type.String(),
          reason: Nullable(Type.String()),
          byName: Type.String(),
          at: Type.String(),
        }),
      ),
      turns: Type.Array(
        Type.Object({
          kind: Type.String(),
          word: Type.String(),
          at: Type.String(),
          dueAt: Nullable(Type.String()),
          reason: Nullable(Type.String()),
          byName: Type.String(),
        }),
      ),
      files: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), size: Type.Integer() })),
      offers: Type.Array(Offer),
    }),
  },
  fileReport: doing('version', '报送', 'periodicReport.file', Type.Object({ ...seen, filled: Filled })),
  amendReport: doing(
    'amendment',
    '更正报送',
    'periodicReport.file',
    Type.Object({ ...seen, filled: Filled, reason: Text(500) }),
  ),
  returnReport: doing(
    'return',
    '退回报送',
    'periodicReport.direct',
    Type.Object({ ...seen, reason: Text(500), dueOn: DayText, hour: Text(5) }),
  ),
  exemptReport: doing('exemption', '同意免报', 'periodicReport.direct', Type.Object({ ...seen, reason: Text(500) })),
  demandReport: doing('demand', '恢复报送', 'periodicReport.direct', Type.Object({ ...seen, reason: Text(500) })),
  listRhythms: {
    method: 'GET',
    path: '/api/report-rhythms',
    summary: '报送制度',
    permission: 'periodicReport.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(RhythmRow) }),
  },
  makeRhythm: {
    method: 'POST',
    path: '/api/report-rhythms',
    summary: '新增报送制度',
    permission: 'periodicReport.rhythms',
    audit: '新增报送制度',
    body: Type.Object({
      ...rhythm,
      attachments: Type.Optional(codes(tellings)),
      dueDay: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 28 }))),
    }),
    response: ById,
  },
  endRhythm: {
    method: 'POST',
    path: '/api/report-rhythms/:id/end',
    summary: '停用报送制度',
    permission: 'periodicReport.rhythms',
    audit: '停用报送制度',
    params: ById,
    body: Type.Object({ on: DayText }),
    response: ById,
  },
});

import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, FactRow, FileRow, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { IssuedLine } from '../letters/api.ts';
import { FileIds, ItemDone, SchemeShape } from './api-scheme.ts';
import { type AppealState, appealLifecycle } from './appeal-lifecycle.ts';
import { schemeStates } from './lifecycle.ts';
import { partCodes } from './scheme.ts';
import { type VetoState, vetoLifecycle } from './veto-lifecycle.ts';

const State = codes(schemeStates);
const VetoStateCode = codes(Object.keys(vetoLifecycle.states) as VetoState[]);
const AppealStateCode = codes(Object.keys(appealLifecycle.states) as AppealState[]);
const OfUnit = Type.Object({ id: Id, unitId: Id });
const Version = Type.Integer({ minimum: 1 });
const seen = { version: Version };
const AsOf = Type.Object({ asOf: Type.Optional(DayText) });
const Place = Type.Object({ where: Type.String(), says: Type.String() });

/** One scheme of a list. */
export const SchemeLine = Type.Object({
  id: Type.String(),
  number: Type.String(),
  state: State,
  title: Type.String(),
  year: Type.Integer(),
  objectWord: Type.String(),
  from: Type.String(),
  to: Type.String(),
  units: Type.Integer(),
  indicators: Type.Integer(),
  publishedOn: Nullable(Type.String()),
  selfUntil: Nullable(Type.String()),
  appealUntil: Nullable(Type.String()),
  /** What comes next, in a sentence. */
  nextStep: Type.String(),
  version: Type.Integer(),
});

const LedgerQuery = Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]));
const Counted = Type.Object({
  word: Type.String(),
  count: Type.Number(),
  to: Nullable(Type.String()),
  query: LedgerQuery,
});
const Line = Type.Object({
  code: Type.String(),
  name: Type.String(),
  part: codes(partCodes),
  weight: Type.Number(),
  by: codes(['ledger', 'hand'] as const),
  scorer: Nullable(Type.String()),
  rule: Type.String(),
  value: Nullable(Type.Number()),
  valueWords: Type.String(),
  parts: Type.Array(Counted),
  applies: Type.Boolean(),
  max: Type.Number(),
  score: Nullable(Type.Number()),
  says: Type.String(),
});
const Total = Type.Object({
  base: Type.Number(),
  bonus: Type.Number(),
  malus: Type.Number(),
  score: Type.Number(),
  open: Type.Number(),
  waiting: Type.Integer(),
});
const Veto = Type.Object({ id: Type.String(), number: Type.String(), name: Type.String(), effect: Type.String() });
const Standing = {
  rank: Type.Integer(),
  grade: Type.String(),
  gradeName: Type.String(),
  gradeSays: Type.String(),
  coupling: Nullable(Type.String()),
  vetoed: Type.Boolean(),
};

/** A unit's row in the office's table; `scores` in the order of the table's columns, null: waits, absent: does not apply. */
const TableRow = Type.Object({
  unitId: Type.String(),
  name: Type.String(),
  total: Total,
  scores: Type.Array(
    Type.Object({ score: Nullable(Type.Number()), max: Type.Number(), applies: Type.Boolean(), mine: Type.Boolean() }),
  ),
  selfScore: Nullable(Type.Number()),
  vetoes: Type.Array(Veto),
  ...Standing,
});
export const Table = Type.Object({
  day: Type.String(),
  /** The figures were sealed and do not move any more. */
  sealed: Type.Boolean(),
  hash: Nullable(Type.String()),
  total: Type.Number(),
  columns: Type.Array(
    Type.Object({
      code: Type.String(),
      name: Type.String(),
      part: codes(partCodes),
      weight: Type.Number(),
      by: codes(['ledger', 'hand'] as const),
    }),
  ),
  rows: Type.Array(TableRow),
  grades: Type.Array(Type.Object({ code: Type.String(), name: Type.String(), count: Type.Integer() })),
});

const AppealRow = Type.Object({
  id: Type.String(),
  number: Type.String(),
  schemeId: Type.String(),
  schemeTitle: Type.String(),
  unitId: Type.String(),
  unitName: Type.String(),
  code: Type.String(),
  lineName: Type.String(),
  state: AppealStateCode,
  text: Type.String(),
  asked: Nullable(Type.Number()),
  before: Type.Number(),
  after: Nullable(Type.Number()),
  max: Type.Number(),
  filedByName: Type.String(),
  filedOn: Type.String(),
  opinion: Nullable(Type.String()),
  decidedByName: Nullable(Type.String()),
  decidedOn: Nullable(Type.String()),
  offers: Type.Array(Offer),
  version: Type.Integer(),
});
const VetoRow = Type.Object({
  id: Type.String(),
  number: Type.String(),
  unitId: Type.String(),
  unitName: Type.String(),
  code: Type.String(),
  kindName: Type.String(),
  happenedOn: Type.String(),
  grounds: Type.String(),
  state: VetoStateCode,
  enteredByName: Type.String(),
  enteredOn: Type.String(),
  opinion: Nullable(Type.String()),
  decidedByName: Nullable(Type.String()),
  decidedOn: Nullable(Type.String()),
  files: Type.Array(FileRow),
  offers: Type.Array(Offer),
  version: Type.Integer(),
});

const Done = Type.Object({ id: Type.String(), number: Type.String(), version: Type.Integer(), state: State });

const doing = <B extends TSchema, P extends 'assessment.draft' | 'assessment.direct'>(
  path: string,
  summary: string,
  permission: P,
  body: B,
) =>
  ({
    method: 'POST',
    path: `/api/assessments/:id/${path}`,
    summary,
    permission,
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;
const reason = { reason: Text(500) };

export const assessmentApi = contract({
  listSchemes: {
    method: 'GET',
    path: '/api/assessments',
    summary: '考核方案',
    permission: 'assessment.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(SchemeLine) }),
  },
  viewScheme: {
    method: 'GET',
    path: '/api/assessments/:id',
    summary: '考核方案详情',
    permission: 'assessment.read',
    audit: null,
    params: ById,
    response: Type.Object({
      scheme: SchemeLine,
      body: SchemeShape,
      /** The version that waits to be issued, with what changes. */
      pending: Nullable(Type.Object({ body: SchemeShape, reason: Type.String(), byName: Type.String() })),
      rules: Type.Array(Type.Object({ code: Type.String(), rule: Type.String(), units: Type.Integer() })),
      troubles: Type.Array(Place),
      versions: Type.Array(
        Type.Object({
          serial: Type.Integer(),
          state: Type.String(),
          fromOn: Nullable(Type.String()),
          reason: Nullable(Type.String()),
          draftedByName: Type.String(),
          issuedByName: Nullable(Type.String()),
        }),
      ),
      snapshots: Type.Array(
        Type.Object({
          serial: Type.Integer(),
          day: Type.String(),
          hash: Type.String(),
          intact: Type.Boolean(),
          reason: Nullable(Type.String()),
          byName: Type.String(),
          at: Type.String(),
        }),
      ),
      unscored: Type.Integer(),
      selfFiled: Type.Integer(),
      vetoFinding: Nullable(Type.String()),
      documents: Type.Array(IssuedLine),
      offers: Type.Array(Offer),
      facts: Type.Array(FactRow),
    }),
  },
  schemeTable: {
    method: 'GET',
    path: '/api/assessments/:id/table',
    summary: '考核得分总表',
    permission: 'assessment.read',
    audit: null,
    params: ById,
    query: AsOf,
    response: Table,
  },
  unitSheet: {
    method: 'GET',
    path: '/api/assessments/:id/sheets/:unitId',
    summary: '单位考核表（逐项算法）',
    permission: 'assessment.read',
    audit: null,
    params: OfUnit,
    query: AsOf,
    response: Type.Object({
      scheme: SchemeLine,
      unitId: Type.String(),
      unitName: Type.String(),
      day: Type.String(),
      sealed: Type.Boolean(),
      hash: Nullable(Type.String()),
      /** Null before the sheets are opened. */
      sheetId: Nullable(Type.String()),
      sheetVersion: Nullable(Type.Integer()),
      totalOf: Type.Number(),
      lines: Type.Array(
        Type.Object({
          ...Line.properties,
          /** May be scored by the reader now; else why not (null: it is not scored by hand). */
          scoring: Nullable(Offer),
          appealing: Nullable(Offer),
          self: Nullable(
            Type.Object({ score: Type.Number(), text: Type.String(), fileIds: Type.Array(Type.String()) }),
          ),
          /** 对标整改 of points that were lost: the task, or whether one may be made now; null where nothing was lost. */
          rectifying: Nullable(Offer),
          rectified: Nullable(
            Type.Object({
              taskId: Type.String(),
              taskNumber: Type.String(),
              text: Type.String(),
              dueOn: Type.String(),
              byName: Type.String(),
              /** How the task stands; null where the reader may not see it. */
              stateWord: Nullable(Type.String()),
            }),
          ),
          given: Type.Array(
            Type.Object({
              kind: codes(['hand', 'appeal'] as const),
              score: Type.Number(),
              before: Nullable(Type.Number()),
              says: Type.String(),
              byName: Type.String(),
              unitName: Nullable(Type.String()),
              day: Type.String(),
              fileIds: Type.Array(Type.String()),
            }),
          ),
        }),
      ),
      total: Total,
      /** From the lines to the score, step by step. */
      working: Type.Array(Type.Object({ name: Type.String(), says: Type.String() })),
      /** Points claimed for a line scored by hand must be proved with files. */
      selfEvidence: Type.Boolean(),
      vetoes: Type.Array(Veto),
      /** Null while places are not open to the reader. */
      standing: Nullable(Type.Object({ ...Standing, of: Type.Integer() })),
      self: Nullable(
        Type.Object({ text: Type.String(), on: Type.String(), byName: Type.String(), score: Type.Number() }),
      ),
      selfOffer: Offer,
      appeals: Type.Array(AppealRow),
      files: Type.Array(FileRow),
      facts: Type.Array(FactRow),
    }),
  },
  mySheets: {
    method: 'GET',
    path: '/api/my-assessments',
    summary: '本单位的考核得分',
    permission: 'assessment.read',
    audit: null,
    query: AsOf,
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          scheme: SchemeLine,
          unitId: Type.String(),
          unitName: Type.String(),
          day: Type.String(),
          sealed: Type.Boolean(),
          total: Total,
          totalOf: Type.Number(),
          gradeName: Nullable(Type.String()),
          rank: Nullable(Type.Integer()),
          of: Type.Integer(),
          vetoes: Type.Array(Veto),
        }),
      ),
    }),
  },
  assessmentToDo: {
    method: 'GET',
    path: '/api/assessment-to-do',
    summary: '待我办理的考核事项',
    permission: 'assessment.read',
    audit: null,
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          key: Type.String(),
          word: Type.String(),
          title: Type.String(),
          who: Type.String(),
          number: Type.String(),
          to: Type.String(),
          due: Nullable(Type.String()),
        }),
      ),
    }),
  },
  draftScheme: {
    method: 'POST',
    path: '/api/assessments',
    summary: '起草考核方案',
    permission: 'assessment.draft',
    audit: '起草考核方案',
    body: Type.Object({ body: SchemeShape }),
    response: Done,
  },
  editScheme: doing('edit', '修改考核方案草案', 'assessment.draft', Type.Object({ ...seen, body: SchemeShape })),
  publishScheme: doing('publish', '发布考核方案', 'assessment.direct', Type.Object(seen)),
  amendScheme: doing(
    'amend',
    '拟订考核方案新版本',
    'assessment.draft',
    Type.Object({ ...seen, body: SchemeShape, ...reason }),
  ),
  issueSchemeVersion: doing(
    'issue-version',
    '发布考核方案新版本',
    'assessment.direct',
    Type.Object({ ...seen, fromOn: DayText }),
  ),
  withdrawSchemeVersion: doing(
    'withdraw-version',
    '撤回考核方案新版本',
    'assessment.draft',
    Type.Object({ ...seen, ...reason }),
  ),
  dropScheme: doing('drop', '作废考核方案', 'assessment.draft', Type.Object({ ...seen, ...reason })),
  openSelf: doing('open-self', '布置考核自评', 'assessment.direct', Type.Object({ ...seen, until: DayText })),
  collectScores: doing(
    'collect',
    '考核取数封存',
    'assessment.direct',
    Type.Object({ ...seen, day: DayText, reason: Type.Optional(Text(500)) }),
  ),
  finishScoring: doing('finish-scoring', '结束考评打分', 'assessment.direct', Type.Object(seen)),
  showScores: doing('show', '公示考核得分', 'assessment.direct', Type.Object({ ...seen, finding: Text(500) })),
  gradeScheme: doing('grade', '考核定级', 'assessment.direct', Type.Object(seen)),
  announceScheme: doing(
    'announce',
    '公布考核结果',
    'assessment.direct',
    Type.Object({ ...seen, letter: Type.Boolean() }),
  ),
  whatIf: {
    method: 'POST',
    path: '/api/assessment-what-if',
    summary: '试算考核方案（不保存）',
    permission: 'assessment.draft',
    audit: '试算考核方案',
    body: Type.Object({ body: SchemeShape, asOf: Type.Optional(DayText) }),
    response: Type.Object({ table: Table, troubles: Type.Array(Place) }),
  },
  readSchemeFile: {
    method: 'POST',
    path: '/api/assessment-files',
    summary: '读入考核方案文件（不保存）',
    permission: 'assessment.draft',
    audit: '读入考核方案文件',
    upload: true,
    response: Type.Object({ body: SchemeShape, troubles: Type.Array(Place) }),
  },
  exportScheme: {
    method: 'GET',
    path: '/api/assessments/:id/scheme.json',
    summary: '导出考核方案',
    permission: 'assessment.read',
    audit: null,
    params: ById,
    response: Type.Any(),
    download: true,
  },
  schemeForm: {
    method: 'GET',
    path: '/api/assessment-form.xlsx',
    summary: '考核指标表模板',
    permission: 'assessment.draft',
    audit: null,
    response: Type.Any(),
    download: true,
  },
  exportTable: {
    method: 'GET',
    path: '/api/assessments/:id/table.xlsx',
    summary: '导出考核得分总表',
    permission: 'assessment.read',
    audit: null,
    params: ById,
    query: AsOf,
    response: Type.Any(),
    download: true,
  },
  fileSelf: {
    method: 'POST',
    path: '/api/assessments/:id/sheets/:unitId/self',
    summary: '报送考核自评',
    permission: 'assessment.work',
    audit: '报送考核自评',
    params: OfUnit,
    body: Type.Object({
      ...seen,
      text: Text(4000),
      scores: Type.Array(
        Type.Object({ code: Text(20), score: Type.Number(), text: Text(500), fileIds: Type.Optional(FileIds) }),
        { maxItems: 120 },
      ),
    }),
    response: ItemDone,
  },
  verifySheet: {
    method: 'POST',
    path: '/api/assessments/:id/sheets/:unitId/verify',
    summary: '逐项核验自评并打分',
    permission: 'assessment.work',
    audit: '逐项核验自评并打分',
    params: OfUnit,
    body: Type.Object({
      scores: Type.Array(
        Type.Object({ code: Text(20), score: Type.Number(), says: Text(500), fileIds: Type.Optional(FileIds) }),
        { minItems: 1, maxItems: 120 },
      ),
    }),
    response: ItemDone,
  },
  rectifyLine: {
    method: 'POST',
    path: '/api/assessments/:id/sheets/:unitId/rectify',
    summary: '就失分布置整改',
    permission: 'assessment.direct',
    audit: '就失分布置整改',
    params: OfUnit,
    body: Type.Object({ code: Text(20), text: Text(500), dueOn: DayText }),
    response: Type.Object({ ...ItemDone.properties, taskId: Type.String() }),
  },
  scoreLine: {
    method: 'POST',
    path: '/api/assessments/:id/sheets/:unitId/score',
    summary: '考核打分',
    permission: 'assessment.work',
    audit: '考核打分',
    params: OfUnit,
    body: Type.Object({
      code: Text(20),
      score: Type.Number(),
      says: Text(500),
      fileIds: Type.Optional(FileIds),
    }),
    response: ItemDone,
  },
  fileAppeal: {
    method: 'POST',
    path: '/api/assessments/:id/sheets/:unitId/appeal',
    summary: '提出考核申诉',
    permission: 'assessment.work',
    audit: '提出考核申诉',
    params: OfUnit,
    body: Type.Object({ code: Text(20), text: Text(2000), asked: Nullable(Type.Number()) }),
    response: ItemDone,
  },
  listAppeals: {
    method: 'GET',
    path: '/api/assessment-appeals',
    summary: '考核申诉',
    permission: 'assessment.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(AppealRow) }),
  },
  decideAppeal: {
    method: 'POST',
    path: '/api/assessment-appeals/:id/decide',
    summary: '处理考核申诉',
    permission: 'assessment.decide',
    audit: '处理考核申诉',
    params: ById,
    body: Type.Object({ ...seen, uphold: Type.Boolean(), opinion: Text(500), score: Nullable(Type.Number()) }),
    response: ItemDone,
  },
  retractAppeal: {
    method: 'POST',
    path: '/api/assessment-appeals/:id/retract',
    summary: '撤回考核申诉',
    permission: 'assessment.work',
    audit: '撤回考核申诉',
    params: ById,
    body: Type.Object({ ...seen, ...reason }),
    response: ItemDone,
  },
  listVetoes: {
    method: 'GET',
    path: '/api/veto-events',
    summary: '一票否决情形',
    permission: 'assessment.read',
    audit: null,
    query: Type.Object({ unit: Type.Optional(Id), year: Type.Optional(Type.Integer()) }),
    response: Type.Object({
      rows: Type.Array(VetoRow),
      /** What may be entered: kinds of the schemes in force and the units that they assess. */
      kinds: Type.Array(
        Type.Object({
          code: Type.String(),
          name: Type.String(),
          units: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
        }),
      ),
    }),
  },
  enterVeto: {
    method: 'POST',
    path: '/api/veto-events',
    summary: '登记一票否决情形',
    permission: 'assessment.veto',
    audit: '登记一票否决情形',
    body: Type.Object({ unitId: Id, code: Text(20), happenedOn: DayText, grounds: Text(2000) }),
    response: ItemDone,
  },
  decideVeto: {
    method: 'POST',
    path: '/api/veto-events/:id/decide',
    summary: '认定一票否决情形',
    permission: 'assessment.decide',
    audit: '认定一票否决情形',
    params: ById,
    body: Type.Object({ ...seen, confirm: Type.Boolean(), opinion: Text(500) }),
    response: ItemDone,
  },
  retractVeto: {
    method: 'POST',
    path: '/api/veto-events/:id/retract',
    summary: '撤回否决登记',
    permission: 'assessment.veto',
    audit: '撤回否决登记',
    params: ById,
    body: Type.Object({ ...seen, ...reason }),
    response: ItemDone,
  },
  liftVeto: {
    method: 'POST',
    path: '/api/veto-events/:id/lift',
    summary: '撤销否决认定',
    permission: 'assessment.decide',
    audit: '撤销否决认定',
    params: ById,
    body: Type.Object({ ...seen, ...reason }),
    response: ItemDone,
  },
  checkAward: {
    method: 'GET',
    path: '/api/veto-check',
    summary: '评优、晋升前的一票否决核查',
    permission: 'assessment.read',
    audit: null,
    query: Type.Object({ unit: Id, from: DayText, to: DayText }),
    response: Type.Object({
      unitName: Type.String(),
      clear: Type.Boolean(),
      says: Type.String(),
      rows: Type.Array(VetoRow),
    }),
  },
  scoreboard: {
    method: 'GET',
    path: '/api/assessment-board',
    summary: '考核得分大屏',
    permission: 'assessment.read',
    audit: null,
    query: AsOf,
    response: Type.Object({
      day: Type.String(),
      computedAt: Type.String(),
      jurisdictionName: Type.String(),
      boards: Type.Array(Type.Object({ scheme: SchemeLine, table: Table })),
    }),
  },
});

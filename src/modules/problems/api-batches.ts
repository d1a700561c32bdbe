import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, FactRow, Id, Nullable, Text } from '../../kernel/shapes.ts';
import { Page, paging, Version } from './api-shapes.ts';
import { type BatchState, batchStates, type LineState, lineStates, type PointKind, pointKinds } from './batch.ts';
import { grades, problemKinds, sourceTypes } from './problem.ts';

const State = codes(Object.keys(batchStates) as BatchState[]);
const LineStateShape = codes(Object.keys(lineStates) as LineState[]);
const Span = Type.Object({ start: Type.Integer({ minimum: 0 }), end: Type.Integer({ minimum: 0 }) });
const Said = Type.Object({ text: Type.String(), source: Span });
const String_ = Nullable(Type.String());

const BatchRow = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  number: Type.String(),
  state: State,
  /** document: read and reviewed; sheet: imported row by row. */
  way: codes(['document', 'sheet'] as const),
  title: Type.String(),
  sender: String_,
  documentNumber: String_,
  issuedOn: String_,
  receivedOn: Type.String(),
  foundOn: String_,
  finder: String_,
  sourceType: codes(sourceTypes),
  planId: String_,
  tags: Type.Array(Type.String()),
  fileName: Type.String(),
  fileSize: Type.Integer(),
  error: String_,
  step: String_,
  importedByName: Type.String(),
  importedAt: Type.String(),
  registeredOn: String_,
  version: Type.Integer(),
  /** Lines of the list by what became of them. */
  lines: Type.Object({
    all: Type.Integer(),
    open: Type.Integer(),
    registered: Type.Integer(),
    merged: Type.Integer(),
    discarded: Type.Integer(),
  }),
  /** Problems that came of it and how many of them are closed; late: open and past the deadline today. */
  closing: Type.Object({ problems: Type.Integer(), closed: Type.Integer(), late: Type.Integer() }),
});

const Candidate = Type.Object({
  kind: codes(['unit', 'group'] as const),
  id: Type.String(),
  name: Type.String(),
  reason: Type.String(),
});

const Meaning = Type.Object({
  text: Type.String(),
  kind: codes(['unit', 'group', 'nobody', 'unresolved'] as const),
  unitId: String_,
  name: String_,
  unitIds: Type.Array(Type.String()),
  candidates: Type.Array(Candidate),
  /** Settled by a person for this list. */
  settled: Type.Boolean(),
});

const Twin = Type.Object({ id: Type.String(), number: Type.String(), title: Type.String(), state: Type.String() });

const Line = Type.Object({
  id: Type.String(),
  position: Type.Integer(),
  place: Type.String(),
  originalNumber: String_,
  path: Type.Array(Type.String()),
  source: Span,
  state: LineStateShape,
  reason: String_,
  problem: Nullable(Twin),
  kind: codes(problemKinds),
  title: Type.String(),
  text: Type.String(),
  subject: String_,
  enterprise: Nullable(Type.Object({ id: Type.String(), name: Type.String() })),
  /** Enterprises that may be meant, where the name alone did not decide. */
  enterprises: Type.Array(
    Type.Object({ id: Type.String(), number: Type.String(), name: Type.String(), reason: Type.String() }),
  ),
  address: String_,
  sector: String_,
  grade: Nullable(codes(grades)),
  leadUnitId: String_,
  leadUnitName: String_,
  coUnits: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  supervisingUnitId: String_,
  supervisingUnitName: String_,
  person: String_,
  measures: String_,
  dueOn: String_,
  foundOn: String_,
  finder: String_,
  /** What the document itself says, for comparison. */
  said: Type.Object({
    lead: Type.Array(Said),
    co: Type.Array(Said),
    supervising: Nullable(Said),
    due: Nullable(Said),
    found: Nullable(Said),
    grade: Nullable(Said),
    subject: Nullable(Said),
    text: Nullable(Said),
    status: Nullable(Said),
    note: Nullable(Said),
    dueIsCommon: Type.Boolean(),
  }),
  parts: Type.Array(Type.String()),
  twins: Type.Array(Twin),
  points: Type.Array(
    Type.Object({
      kind: codes(Object.keys(pointKinds) as PointKind[]),
      word: Type.String(),
      blocks: Type.Boolean(),
      says: Type.String(),
      about: String_,
    }),
  ),
});

const Changes = Type.Object({
  kind: Type.Optional(codes(problemKinds)),
  title: Type.Optional(Text(200)),
  text: Type.Optional(Text(4000)),
  subject: Type.Optional(Nullable(Text(120))),
  enterpriseId: Type.Optional(Nullable(Id)),
  address: Type.Optional(Nullable(Text(200))),
  sector: Type.Optional(Nullable(Text(60))),
  grade: Type.Optional(codes(grades)),
  leadUnitId: Type.Optional(Nullable(Id)),
  coUnitIds: Type.Optional(Nullable(Type.Array(Id, { maxItems: 50 }))),
  supervisingUnitId: Type.Optional(Nullable(Id)),
  person: Type.Optional(Nullable(Text(30))),
  measures: Type.Optional(Nullable(Text(2000))),
  dueOn: Type.Optional(Nullable(DayText)),
  foundOn: Type.Optional(Nullable(DayText)),
  finder: Type.Optional(Nullable(Text(80))),
});
const Ids = Type.Array(Id, { minItems: 1, maxItems: 2000 });

/** The small steps of a review. */
export const BatchOperation = Type.Union([
  Type.Object({ do: Type.Literal('edit'), lines: Ids, changes: Changes }),
  Type.Object({
    do: Type.Literal('settleMention'),
    text: Text(80),
    /** Null: the wording names no unit and is left out. */
    unitId: Nullable(Id),
    /** The wording means this unit in later lists too. */
    remember: Type.Optional(Type.Boolean()),
  }),
  Type.Object({ do: Type.Literal('subjectIsUnit'), text: Text(80) }),
  Type.Object({
    do: Type.Literal('accept'),
    line: Id,
    kind: codes(Object.keys(pointKinds) as PointKind[]),
  }),
  Type.Object({ do: Type.Literal('discard'), lines: Ids, reason: Text(200) }),
  Type.Object({ do: Type.Literal('restore'), line: Id }),
  Type.Object({ do: Type.Literal('merge'), line: Id, problemId: Id }),
  Type.Object({ do: Type.Literal('split'), line: Id, parts: Type.Array(Text(4000), { minItems: 2, maxItems: 40 }) }),
  Type.Object({ do: Type.Literal('add'), source: Span }),
  Type.Object({
    do: Type.Literal('head'),
    title: Type.Optional(Text(300)),
    sender: Type.Optional(Nullable(Text(120))),
    documentNumber: Type.Optional(Nullable(Text(60))),
    receivedOn: Type.Optional(DayText),
    foundOn: Type.Optional(Nullable(DayText)),
    finder: Type.Optional(Nullable(Text(80))),
    sourceType: Type.Optional(codes(sourceTypes)),
    planId: Type.Optional(Nullable(Id)),
    tags: Type.Optional(Type.Array(Text(40), { maxItems: 10 })),
  }),
]);

const Full = Type.Object({
  batch: BatchRow,
  lines: Type.Array(Line),
  meanings: Type.Array(Meaning),
  facts: Type.Array(FactRow),
  usualDays: Type.Object({ general: Type.Integer(), major: Type.Integer() }),
});

/** Lists of superiors: upload, review beside the text, registration, closure report; and plain workbooks. */
export const batchesApi = contract({
  listBatches: {
    method: 'GET',
    path: '/api/problem-batches',
    summary: '上级反馈问题清单列表',
    permission: 'problem.read',
    audit: null,
    query: Type.Object({
      q: Type.Optional(Text(60)),
      state: Type.Optional(Type.Array(State, { maxItems: 5 })),
      source: Type.Optional(Type.Array(codes(sourceTypes), { maxItems: 20 })),
      ...paging,
    }),
    response: Page(BatchRow),
  },
  /** A file with the form fields `again` (true: import the same file once more) and `receivedOn`. */
  importBatch: {
    method: 'POST',
    path: '/api/problem-batches',
    summary: '导入上级反馈问题清单',
    permission: 'problem.import',
    audit: '导入上级反馈问题清单',
    upload: true,
    response: Type.Object({
      id: Type.String(),
      number: Type.String(),
      title: Type.String(),
      /** This very file was imported before; nothing new was made. */
      known: Type.Boolean(),
      importedByName: Type.String(),
      importedAt: Type.String(),
    }),
  },
  readBatch: {
    method: 'GET',
    path: '/api/problem-batches/:id',
    summary: '上级反馈问题清单详情',
    permission: 'problem.read',
    audit: null,
    params: ById,
    response: Full,
  },
  readBatchText: {
    method: 'GET',
    path: '/api/problem-batches/:id/text',
    summary: '清单原文',
    permission: 'problem.read',
    audit: null,
    params: ById,
    response: Type.Object({
      text: Type.String(),
      blocks: Type.Array(Type.Any()),
      losses: Type.Array(Type.Object({ kind: Type.String(), message: Type.String() })),
    }),
  },
  openBatchFile: {
    method: 'GET',
    path: '/api/problem-batches/:id/file',
    summary: '下载清单原文件',
    permission: 'problem.read',
    audit: null,
    params: ById,
    response: Type.Any(),
    download: true,
  },
  readBatchAgain: {
    method: 'POST',
    path: '/api/problem-batches/:id/reading',
    summary: '重新识读清单',
    permission: 'problem.import',
    audit: '重新识读清单',
    params: ById,
    response: Type.Object({ id: Type.String(), version: Version }),
  },
  reviewBatch: {
    method: 'POST',
    path: '/api/problem-batches/:id/review',
    summary: '校核清单',
    permission: 'problem.import',
    audit: '校核清单',
    params: ById,
    body: Type.Object({ version: Version, operation: BatchOperation }),
    response: Full,
  },
  registerBatch: {
    method: 'POST',
    path: '/api/problem-batches/:id/registration',
    summary: '登记清单中的问题',
    permission: 'problem.import',
    audit: '登记清单中的问题',
    params: ById,
    body: Type.Object({
      version: Version,
      /** True: register what is settled and leave the rest; otherwise an open point stops everything. */
      settledOnly: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({
      id: Type.String(),
      registered: Type.Integer(),
      left: Type.Integer(),
      first: Nullable(Type.String()),
      last: Nullable(Type.String()),
      version: Version,
    }),
  },
  withdrawBatch: {
    method: 'POST',
    path: '/api/problem-batches/:id/withdrawal',
    summary: '作废清单',
    permission: 'problem.import',
    audit: '作废清单',
    params: ById,
    body: Type.Object({ version: Version, reason: Text(200) }),
    response: Type.Object({ id: Type.String(), version: Version }),
  },
  batchReport: {
    method: 'GET',
    path: '/api/problem-batches/:id/report',
    summary: '导出整改情况报告（按来文版式）',
    permission: 'problem.export',
    audit: null,
    params: ById,
    query: Type.Object({ as: Type.Optional(codes(['xlsx', 'docx'] as const)) }),
    response: Type.Any(),
    download: true,
  },
  problemSheetTemplate: {
    method: 'GET',
    path: '/api/problem-sheets/template.xlsx',
    summary: '下载问题隐患导入模板',
    permission: 'problem.import',
    audit: null,
    response: Type.Any(),
    download: true,
  },
  checkProblemSheet: {
    method: 'POST',
    path: '/api/problem-sheets/check',
    summary: '核对问题隐患表格，不写入',
    permission: 'problem.import',
    audit: '核对问题隐患表格',
    upload: true,
    response: Type.Object({ workId: Type.String() }),
  },
  enterProblemSheet: {
    method: 'POST',
    path: '/api/problem-sheets',
    summary: '登记核对过的问题隐患表格',
    permission: 'problem.import',
    audit: '导入问题隐患表格',
    body: Type.Object({
      checkId: Id,
      title: Text(120),
      sourceType: codes(sourceTypes),
      sender: Type.Optional(Nullable(Text(120))),
      /** Rows that say what is in the ledger already: leave them, link them to the existing number, or register anew. */
      duplicates: codes(['skip', 'merge', 'register'] as const),
      /** True to register the good rows although others are wrong; those are listed in the report. */
      leaveOutWrong: Type.Optional(Type.Boolean()),
    }),
    response: Type.Object({ workId: Type.String() }),
  },
});

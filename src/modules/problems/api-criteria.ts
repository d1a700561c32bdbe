import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, DayText, Nullable, Text } from '../../kernel/shapes.ts';

const Clause = Type.Object({ code: Text(40), sector: Nullable(Text(60)), text: Text(4000) });
const CriteriaLine = Type.Object({
  id: Type.String(),
  name: Type.String(),
  version: Type.String(),
  validFrom: Type.String(),
  validTo: Nullable(Type.String()),
  source: Nullable(Type.String()),
  /** Came with the product for trying out; invented wording, no law. */
  sample: Type.Boolean(),
  clauses: Type.Array(Clause),
  /** May be applied today. */
  holds: Type.Boolean(),
});

/** Criteria by which hazards are judged major: texts that people enter, in versions with their days. */
export const criteriaApi = contract({
  listCriteria: {
    method: 'GET',
    path: '/api/problem-criteria',
    summary: '重大隐患判定标准',
    permission: 'problem.read',
    audit: null,
    /** `on`: only those that hold on that day. */
    query: Type.Object({ on: Type.Optional(DayText) }),
    response: Type.Object({ rows: Type.Array(CriteriaLine) }),
  },
  viewCriteria: {
    method: 'GET',
    path: '/api/problem-criteria/:id',
    summary: '判定标准的条文',
    permission: 'problem.read',
    audit: null,
    params: ById,
    response: CriteriaLine,
  },
  readCriteria: {
    method: 'POST',
    path: '/api/problem-criteria/reading',
    summary: '读取判定标准文件',
    permission: 'problem.criteria',
    audit: '读取判定标准文件',
    upload: true,
    /** Nothing is entered: the clauses are shown, corrected and then sent to `addCriteria`. */
    response: Type.Object({
      clauses: Type.Array(Type.Object({ ...Clause.properties, where: Type.String(), doubt: Nullable(Type.String()) })),
      losses: Type.Array(Type.String()),
    }),
  },
  addCriteria: {
    method: 'POST',
    path: '/api/problem-criteria',
    summary: '录入判定标准',
    permission: 'problem.criteria',
    audit: '录入判定标准',
    body: Type.Object({
      name: Text(120),
      version: Text(60),
      validFrom: DayText,
      validTo: Type.Optional(Nullable(DayText)),
      source: Type.Optional(Nullable(Text(300))),
      clauses: Type.Array(Clause, { minItems: 1, maxItems: 2000 }),
    }),
    response: Type.Object({ id: Type.String() }),
  },
  addSampleCriteria: {
    method: 'POST',
    path: '/api/problem-criteria/sample',
    summary: '装入示例判定标准',
    permission: 'problem.criteria',
    audit: '装入示例判定标准',
    response: Type.Object({ id: Type.String() }),
  },
  endCriteria: {
    method: 'POST',
    path: '/api/problem-criteria/:id/end',
    summary: '写明判定标准的废止日期',
    permission: 'problem.criteria',
    audit: '写明判定标准的废止日期',
    params: ById,
    body: Type.Object({ validTo: DayText }),
    response: Type.Object({ id: Type.String() }),
  },
});

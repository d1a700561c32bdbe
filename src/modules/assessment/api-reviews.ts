import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, FactRow, FileRow, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';
import { FileIds, ItemDone } from './api-scheme.ts';
import { reviewPartCodes } from './review.ts';
import { type ReviewState, reviewLifecycle } from './review-lifecycle.ts';

const seen = { version: Type.Integer({ minimum: 1 }) };
const Share = Type.Number({ minimum: 0, maximum: 100 });
const Shares = Type.Object({ units: Share, duties: Share, statement: Share });
const Grades = Type.Array(Type.Object({ name: Text(20), from: Share }), { maxItems: 10 });

const line = {
  id: Type.String(),
  number: Type.String(),
  state: codes(Object.keys(reviewLifecycle.states) as ReviewState[]),
  year: Type.Integer(),
  name: Type.String(),
  post: Type.String(),
  unitName: Type.String(),
  /** Null: not taken yet (in lists), or nothing to tell. */
  score: Nullable(Type.Number()),
  gradeName: Nullable(Type.String()),
  vetoed: Type.Boolean(),
  stated: Type.Boolean(),
  nextStep: Type.String(),
  version: Type.Integer(),
};
const asked = {
  basis: Text(200),
  dutyListId: Nullable(Id),
  shares: Shares,
  units: Type.Array(Type.Object({ unitId: Id, weight: Type.Number({ minimum: 0, maximum: 1000 }) }), { maxItems: 100 }),
  grades: Grades,
  vetoGrade: Nullable(Text(20)),
};

const doing = <
  B extends TSchema,
  P extends 'assessment.draft' | 'assessment.direct' | 'assessment.decide' | 'leaderReview.state',
>(
  path: string,
  summary: string,
  permission: P,
  body: B,
) =>
  ({
    method: 'POST',
    path: `/api/leader-reviews/:id/${path}`,
    summary,
    permission,
    audit: summary,
    params: ById,
    body,
    response: ItemDone,
  }) as const;

/** 领导干部个人考核. */
export const reviewsApi = contract({
  listReviews: {
    method: 'GET',
    path: '/api/leader-reviews',
    summary: '领导干部个人考核',
    permission: 'leaderReview.read',
    audit: null,
    query: Type.Object({ year: Type.Optional(Type.Integer()) }),
    response: Type.Object({
      rows: Type.Array(Type.Object(line)),
      years: Type.Array(Type.Integer()),
      year: Type.Integer(),
      /** Duty lists of the year from which an assessment can be drawn up; for the office. */
      dutyLists: Type.Array(
        Type.Object({
          listId: Type.String(),
          number: Type.String(),
          year: Type.Integer(),
          personId: Nullable(Type.String()),
          name: Type.String(),
          post: Type.String(),
          unitId: Nullable(Type.String()),
          asked: Type.Integer(),
          done: Type.Integer(),
        }),
      ),
    }),
  },
  viewReview: {
    method: 'GET',
    path: '/api/leader-reviews/:id',
    summary: '个人考核详情',
    permission: 'leaderReview.read',
    audit: null,
    params: ById,
    response: Type.Object({
      ...line,
      personId: Nullable(Type.String()),
      unitId: Nullable(Type.String()),
      basis: Type.String(),
      dutyListId: Nullable(Type.String()),
      shares: Shares,
      units: Type.Array(Type.Object({ unitId: Type.String(), unitName: Type.String(), weight: Type.Number() })),
      grades: Grades,
      vetoGrade: Nullable(Type.String()),
      result: Nullable(
        Type.Object({
          lines: Type.Array(
            Type.Object({
              part: codes(reviewPartCodes),
              name: Type.String(),
              share: Type.Number(),
              value: Nullable(Type.Number()),
              score: Type.Number(),
              max: Type.Number(),
              says: Type.String(),
              to: Nullable(Type.String()),
            }),
          ),
          score: Type.Number(),
          gradeName: Type.String(),
          says: Type.String(),
          vetoes: Type.Array(Type.Object({ unitName: Type.String(), number: Type.String(), name: Type.String() })),
        }),
      ),
      taken: Nullable(
        Type.Object({ day: Type.String(), hash: Type.String(), byName: Type.String(), intact: Type.Boolean() }),
      ),
      statement: Nullable(Type.Object({ text: Type.String(), on: Type.String(), fileIds: Type.Array(Type.String()) })),
      statementScore: Nullable(Type.Object({ score: Type.Number(), opinion: Type.String(), byName: Type.String() })),
      opinion: Nullable(Type.String()),
      confirmedOn: Nullable(Type.String()),
      confirmedByName: Nullable(Type.String()),
      offers: Type.Array(Offer),
      files: Type.Array(FileRow),
      facts: Type.Array(FactRow),
    }),
  },
  makeReview: {
    method: 'POST',
    path: '/api/leader-reviews',
    summary: '拟定个人考核',
    permission: 'assessment.draft',
    audit: '拟定个人考核',
    body: Type.Object({
      year: Type.Integer({ minimum: 2000, maximum: 2100 }),
      personId: Nullable(Id),
      name: Text(30),
      post: Text(60),
      unitId: Nullable(Id),
      ...asked,
    }),
    response: ItemDone,
  },
  editReview: doing('edit', '修改个人考核构成', 'assessment.draft', Type.Object({ ...seen, ...asked })),
  issueReview: doing('issue', '下达个人考核', 'assessment.direct', Type.Object(seen)),
  fileStatement: doing(
    'statement',
    '报送述职',
    'leaderReview.state',
    Type.Object({ ...seen, text: Text(8000), fileIds: Type.Optional(FileIds) }),
  ),
  scoreStatement: doing(
    'score-statement',
    '评议述职',
    'assessment.decide',
    Type.Object({ ...seen, score: Type.Number(), opinion: Text(500) }),
  ),
  collectReview: doing('collect', '取数评定个人考核', 'assessment.direct', Type.Object(seen)),
  sendBackReview: doing(
    'send-back',
    '退回个人考核重评',
    'assessment.decide',
    Type.Object({ ...seen, reason: Text(500) }),
  ),
  confirmReview: doing(
    'confirm',
    '核定个人考核结果',
    'assessment.decide',
    Type.Object({ ...seen, opinion: Text(500) }),
  ),
  dropReview: doing('drop', '作废个人考核', 'assessment.draft', Type.Object({ ...seen, reason: Text(500) })),
});

import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, codes, DayText, Id, Nullable, Text } from '../../kernel/shapes.ts';
import { IssuedLine } from '../letters/api.ts';
import { type RequestState, requestLifecycle } from './request-lifecycle.ts';
import { caseView, Done, Files, TaskLine, Version } from './shapes.ts';

const State = codes(Object.keys(requestLifecycle.states) as RequestState[]);
const seen = { version: Version };
const matter = {
  title: Text(80),
  situation: Text(4000),
  proposal: Text(4000),
  answerBy: Type.Optional(Nullable(DayText)),
  fileIds: Files,
};
const doing = <B extends TSchema>(path: string, summary: string, body: B) =>
  ({
    method: 'POST',
    path: `/api/requests/:id/${path}`,
    summary,
    permission: 'request.work',
    audit: summary,
    params: ById,
    body,
    response: Done,
  }) as const;

const Line = Type.Object({
  id: Type.String(),
  number: Type.String(),
  state: State,
  title: Type.String(),
  unitName: Type.String(),
  askedByName: Type.String(),
  on: Type.String(),
  answerBy: Nullable(Type.String()),
  /** Days past the day on which an answer was needed; 0 where none is late. */
  late: Type.Integer(),
  instructedBy: Nullable(Type.String()),
  instructedOn: Nullable(Type.String()),
  version: Type.Integer(),
});

export const requestsApi = contract({
  listRequests: {
    method: 'GET',
    path: '/api/requests',
    summary: '请示清单',
    permission: 'request.read',
    audit: null,
    query: Type.Object({ state: Type.Optional(Type.Array(State, { maxItems: 10 })) }),
    response: Type.Object({ rows: Type.Array(Line) }),
  },
  viewRequest: {
    method: 'GET',
    path: '/api/requests/:id',
    summary: '请示详情',
    permission: 'request.read',
    audit: null,
    params: ById,
    response: Type.Object({
      ...caseView,
      ...Line.properties,
      situation: Type.String(),
      proposal: Type.String(),
      paperNumber: Nullable(Type.String()),
      instruction: Nullable(Type.String()),
      instructedPost: Nullable(Type.String()),
      recordedByName: Nullable(Type.String()),
      outcome: Nullable(Type.String()),
      outcomeOn: Nullable(Type.String()),
      tasks: Type.Array(TaskLine),
      fileIds: Type.Array(Type.String()),
      documents: Type.Array(IssuedLine),
    }),
  },
  askRequest: {
    method: 'POST',
    path: '/api/requests',
    summary: '提出请示',
    permission: 'request.work',
    audit: '提出请示',
    body: Type.Object(matter),
    response: Done,
  },
  supplementRequest: doing('supplement', '补充请示', Type.Object({ ...seen, ...matter })),
  returnRequest: doing('return', '退回请示', Type.Object({ ...seen, reason: Text(500) })),
  recordInstruction: doing(
    'instruction',
    '登记批示',
    Type.Object({
      ...seen,
      instruction: Text(2000),
      by: Type.Optional(Nullable(Type.Object({ name: Text(30), post: Text(40), on: DayText }))),
      work: Nullable(
        Type.Object({
          leadUnitId: Nullable(Id),
          coUnitIds: Type.Array(Id, { maxItems: 60 }),
          text: Text(500),
          dueOn: Nullable(DayText),
        }),
      ),
    }),
  ),
  reportOutcome: doing('outcome', '报告批示落实情况', Type.Object({ ...seen, outcome: Text(2000), fileIds: Files })),
  withdrawRequest: doing('withdrawal', '撤回请示', Type.Object({ ...seen, reason: Text(500) })),
});

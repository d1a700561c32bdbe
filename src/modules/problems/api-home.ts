import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { codes, Nullable } from '../../kernel/shapes.ts';
import { Row } from './api-shapes.ts';

/** What of this room awaits a person; the home page shows it among what other rooms lend it. */
export const problemHomeApi = contract({
  problemHome: {
    method: 'GET',
    path: '/api/problem-home',
    summary: '待我处理的问题',
    permission: 'problem.read',
    audit: null,
    response: Type.Object({
      groups: Type.Array(
        Type.Object({
          key: Type.String(),
          title: Type.String(),
          hint: Type.String(),
          tone: codes(['red', 'amber', 'plain'] as const),
          total: Type.Integer(),
          totalIsCapped: Type.Boolean(),
          rows: Type.Array(Row),
          /** Query of the ledger that shows them all; null where no filter says the same. */
          query: Nullable(Type.Record(Type.String(), Type.Array(Type.String()))),
        }),
      ),
    }),
  },
});

import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { ById, Nullable } from '../../kernel/shapes.ts';

/** Work that takes longer than a request, as the page polls it. */
export const longWorkShape = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  /** What is being done, in Chinese. */
  word: Type.String(),
  /** 'cut': the server stopped while it ran; nothing of it was kept. */
  state: Type.Enum(['running', 'done', 'refused', 'failed', 'cut']),
  /** What it does just now; '' when it has ended. */
  step: Type.String(),
  done: Type.Integer(),
  /** Null while nobody knows how much there is. */
  total: Nullable(Type.Integer()),
  startedAt: Type.String(),
  finishedAt: Nullable(Type.String()),
  /** What the room says came of it; its shape belongs to the kind. */
  result: Type.Unknown(),
  /** Why it was refused or failed; null otherwise. */
  says: Nullable(Type.String()),
  places: Type.Array(Type.Object({ where: Type.String(), says: Type.String() })),
  sourceName: Nullable(Type.String()),
  reportName: Nullable(Type.String()),
});

/** Only who began the work sees it. */
export const workApi = contract({
  readWork: {
    method: 'GET',
    path: '/api/work/:id',
    summary: '较长的处理：进度和结果',
    permission: 'signedIn',
    audit: null,
    params: ById,
    response: longWorkShape,
  },
  listWork: {
    method: 'GET',
    path: '/api/work',
    summary: '本人最近的较长处理',
    permission: 'signedIn',
    audit: null,
    query: Type.Object({ kind: Type.Optional(Type.String({ maxLength: 60 })) }),
    response: Type.Object({ rows: Type.Array(longWorkShape) }),
  },
  downloadWorkReport: {
    method: 'GET',
    path: '/api/work/:id/report',
    summary: '较长处理的逐行报告',
    permission: 'signedIn',
    audit: null,
    params: ById,
    download: true,
    response: Type.Unknown(),
  },
});

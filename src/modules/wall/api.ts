import { Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';

const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });
const Nullable = <T extends ReturnType<typeof Type.String>>(type: T) => Type.Union([type, Type.Null()]);

/** Open tasks by lamp, and what was finished, for one group of tasks. */
const counts = {
  open: Type.Number(),
  red: Type.Number(),
  amber: Type.Number(),
  green: Type.Number(),
  grey: Type.Number(),
  closed: Type.Number(),
};

/** One task as the wall names it: who is late, since when, why, and who is next. */
export const namedTask = Type.Object({
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  unitName: Type.String(),
  personName: Nullable(Type.String()),
  state: Type.String(),
  dueOn: Nullable(Type.String()),
  days: Type.Number(),
  reason: Type.String(),
  next: Type.String(),
});

export const boardView = Type.Object({
  /** The day shown, and the moment at which it was computed. */
  day: Type.String(),
  today: Type.String(),
  computedAt: Type.String(),
  jurisdictionName: Type.String(),
  figures: Type.Object({
    ...counts,
    toReceive: Type.Number(),
    submitted: Type.Number(),
    disputed: Type.Number(),
    assigned: Type.Number(),
    closedLate: Type.Number(),
    closedThatDay: Type.Number(),
    turnedRedThatDay: Type.Number(),
    /** Closed of open and closed, in percent with one decimal; null when nothing was assigned. */
    completion: Type.Union([Type.Number(), Type.Null()]),
  }),
  units: Type.Array(
    Type.Object({
      unitId: Type.String(),
      name: Type.String(),
      areaCode: Nullable(Type.String()),
      ...counts,
      /** Days by which its oldest overdue task is late; 0 when none is. */
      longest: Type.Number(),
      worst: Type.Union([Type.Object({ id: Type.String(), number: Type.String(), title: Type.String() }), Type.Null()]),
    }),
  ),
  stages: Type.Array(
    Type.Object({
      stageId: Type.String(),
      planId: Type.String(),
      planTitle: Type.String(),
      name: Type.String(),
      from: Nullable(Type.String()),
      to: Nullable(Type.String()),
      ...counts,
    }),
  ),
  matrix: Type.Array(Type.Object({ sector: Nullable(Type.String()), stageId: Nullable(Type.String()), ...counts })),
  /** Longest overdue first. */
  late: Type.Array(namedTask),
  /** Due within the next 14 days, soonest first. */
  soon: Type.Array(namedTask),
});

const asOf = Type.Object({
  asOf: Type.Optional(Day),
  planId: Type.Optional(Type.String()),
});

export const wallApi = contract({
  board: {
    method: 'GET',
    path: '/api/wall',
    summary: '挂图：某一天的全部图表数据',
    permission: 'wall.read',
    audit: null,
    query: asOf,
    response: boardView,
  },
  wallPlans: {
    method: 'GET',
    path: '/api/wall/plans',
    summary: '挂图可选的方案',
    permission: 'wall.read',
    audit: null,
    response: Type.Object({ rows: Type.Array(Type.Object({ id: Type.String(), title: Type.String() })) }),
  },
  wallMap: {
    method: 'GET',
    path: '/api/wall/map',
    summary: '挂图底图',
    permission: 'wall.read',
    audit: null,
    response: Type.Object({
      caption: Nullable(Type.String()),
      geoJson: Type.Unknown(),
    }),
  },
  changeMap: {
    method: 'PUT',
    path: '/api/wall/map',
    summary: '更换挂图底图',
    permission: 'wall.map',
    audit: '更换挂图底图',
    body: Type.Object({
      /** 审图号 as printed on the approved map. */
      approval: Type.String({ minLength: 1, maxLength: 60 }),
      /** Property of the features that holds the division code, and the one that holds the name. */
      codeProperty: Type.String({ minLength: 1, maxLength: 60 }),
      nameProperty: Type.String({ minLength: 1, maxLength: 60 }),
      geoJson: Type.Unknown(),
    }),
    response: Type.Object({ features: Type.Number(), unmatched: Type.Array(Type.String()) }),
  },
  wallSheet: {
    method: 'GET',
    path: '/api/wall/sheet.pdf',
    summary: '挂图打印件（A3，PDF）',
    permission: 'wall.read',
    audit: null,
    query: asOf,
    download: true,
    response: Type.Unknown(),
  },
  wallSheetPage: {
    method: 'GET',
    path: '/api/wall/sheet.html',
    summary: '挂图打印件（网页，可由浏览器打印）',
    permission: 'wall.read',
    audit: null,
    query: asOf,
    download: true,
    response: Type.Unknown(),
  },
  wallBook: {
    method: 'GET',
    path: '/api/wall/sheet.xlsx',
    summary: '挂图数据（Excel）',
    permission: 'wall.read',
    audit: null,
    query: asOf,
    download: true,
    response: Type.Unknown(),
  },
});

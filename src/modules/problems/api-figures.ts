import { type TSchema, Type } from 'typebox';
import { contract } from '../../kernel/contract.ts';
import { codes, DayText, Id, Nullable, Text } from '../../kernel/shapes.ts';
import { grades, problemKinds, sourceTypes } from './problem.ts';

const many = <T extends TSchema>(schema: T) => Type.Optional(Type.Array(schema, { maxItems: 200 }));

/** What figures may be narrowed to. Units are lead units: a problem has one, so sums are exact. */
export const figureFilters = {
  leadUnit: many(Id),
  sector: many(Text(60)),
  source: many(codes(sourceTypes)),
  area: many(Text(12)),
  kind: many(codes(problemKinds)),
  grade: Type.Optional(codes(grades)),
  plan: Type.Optional(Id),
  batch: Type.Optional(Id),
  tag: Type.Optional(Text(40)),
};

/** Filters of the ledger under which exactly the counted problems stand: names as in `problemFilters`. */
export const LedgerQuery = Type.Record(Type.String(), Type.Union([Type.String(), Type.Array(Type.String())]));
const counted = { count: Type.Integer(), query: LedgerQuery };
const Part = <T extends TSchema>(key: T) => Type.Object({ key, label: Type.String(), ...counted });
const Share = Type.Object({ ...counted, of: Type.Integer(), share: Nullable(Type.Number()) });

const lamps = { open: Type.Integer(), red: Type.Integer(), amber: Type.Integer(), grey: Type.Integer() };
const flows = {
  registered: Type.Integer(),
  closed: Type.Integer(),
  closedLate: Type.Integer(),
  reopened: Type.Integer(),
  firstChecked: Type.Integer(),
  firstPassed: Type.Integer(),
};
const Oldest = Type.Object({ id: Type.String(), number: Type.String(), title: Type.String(), days: Type.Integer() });

/** Old stock and new debt of a group. */
const debt = {
  /** Open on the evening before the cut. */
  before: Type.Integer(),
  /** Of these still open. */
  remaining: Type.Integer(),
  /** Registered or reopened since. */
  began: Type.Integer(),
  /** Of these still open. */
  fresh: Type.Integer(),
};

const queries = {
  open: LedgerQuery,
  red: LedgerQuery,
  registered: LedgerQuery,
  closed: LedgerQuery,
  remaining: LedgerQuery,
  fresh: LedgerQuery,
};

export const Overview = Type.Object({
  day: Type.String(),
  from: Type.String(),
  cut: Type.String(),
  step: codes(['day', 'week', 'month'] as const),
  computedAt: Type.String(),
  stock: Type.Object({
    ...lamps,
    green: Type.Integer(),
    major: Type.Integer(),
    listed: Type.Integer(),
    query: LedgerQuery,
    lamps: Type.Array(Part(codes(['red', 'amber', 'green', 'grey'] as const))),
    states: Type.Array(Part(Type.String())),
    grades: Type.Array(Part(codes(grades))),
    sources: Type.Array(Part(Type.String())),
    areas: Type.Array(Part(Type.String())),
    ages: Type.Array(Part(Type.String())),
    listedQuery: LedgerQuery,
  }),
  flow: Type.Object({
    registered: Type.Object(counted),
    closed: Type.Object(counted),
    ended: Type.Object(counted),
    reopened: Type.Object(counted),
    closedLate: Share,
    lateEntry: Share,
    onSpot: Share,
    atGrid: Share,
    firstPass: Share,
    series: Type.Array(
      Type.Object({
        from: Type.String(),
        to: Type.String(),
        registered: Type.Integer(),
        closed: Type.Integer(),
        ended: Type.Integer(),
        reopened: Type.Integer(),
        /** Open on the evening of `to`. */
        open: Type.Integer(),
      }),
    ),
  }),
  debt: Type.Object({
    ...debt,
    solved: Type.Integer(),
    solvedShare: Nullable(Type.Number()),
    freshEnded: Type.Integer(),
    freshShare: Nullable(Type.Number()),
    beforeQuery: LedgerQuery,
    remainingQuery: LedgerQuery,
    beganQuery: LedgerQuery,
    freshQuery: LedgerQuery,
  }),
  units: Type.Array(
    Type.Object({
      unitId: Type.String(),
      name: Type.String(),
      ...lamps,
      ...flows,
      ...debt,
      oldest: Nullable(Oldest),
      queries: Type.Object(queries),
    }),
  ),
  sectors: Type.Array(
    Type.Object({
      sector: Type.String(),
      ...lamps,
      ...flows,
      ...debt,
      queries: Type.Object(queries),
    }),
  ),
});

export const figuresApi = contract({
  problemFigures: {
    method: 'GET',
    path: '/api/problem-figures',
    summary: '问题隐患态势（可看任意一天）',
    permission: 'figures.read',
    audit: null,
    query: Type.Object({
      asOf: Type.Optional(DayText),
      /** Flows are counted from this day on; the first of the month eleven months before when absent. */
      from: Type.Optional(DayText),
      /** Line between old stock and new debt: first day of the new; 1 January of the day's year when absent. */
      cut: Type.Optional(DayText),
      step: Type.Optional(codes(['day', 'week', 'month'] as const)),
      ...figureFilters,
    }),
    response: Overview,
  },
  burnDown: {
    method: 'GET',
    path: '/api/problem-figures/burn-down',
    summary: '清零进度',
    permission: 'figures.read',
    audit: null,
    query: Type.Object({
      asOf: Type.Optional(DayText),
      from: Type.Optional(DayText),
      until: Type.Optional(DayText),
      ...figureFilters,
    }),
    response: Type.Object({
      day: Type.String(),
      from: Type.String(),
      until: Nullable(Type.String()),
      open: Type.Integer(),
      began: Type.Integer(),
      ended: Type.Integer(),
      daysLeft: Type.Integer(),
      required: Nullable(Type.Number()),
      recent: Type.Number(),
      zeroOn: Nullable(Type.String()),
      query: LedgerQuery,
      series: Type.Array(Type.Object({ day: Type.String(), open: Type.Integer() })),
    }),
  },
  batchCompletion: {
    method: 'GET',
    path: '/api/problem-figures/batches',
    summary: '各批移交清单的完成情况',
    permission: 'figures.read',
    audit: null,
    query: Type.Object({ asOf: Type.Optional(DayText), by: Type.Optional(codes(['batch', 'plan', 'tag'] as const)) }),
    response: Type.Object({
      day: Type.String(),
      rows: Type.Array(
        Type.Object({
          key: Type.String(),
          name: Type.String(),
          registered: Type.Integer(),
          closed: Type.Integer(),
          open: Type.Integer(),
          red: Type.Integer(),
          otherEnd: Type.Integer(),
          /** Closed of all that is or was to be closed. */
          share: Nullable(Type.Number()),
          query: LedgerQuery,
          openQuery: LedgerQuery,
        }),
      ),
    }),
  },
  problemMap: {
    method: 'GET',
    path: '/api/problem-figures/map',
    summary: '未销号问题分布',
    permission: 'figures.read',
    audit: null,
    query: Type.Object({ asOf: Type.Optional(DayText), ...figureFilters }),
    response: Type.Object({
      day: Type.String(),
      /** Degrees of a cell; longitude and latitude are of its middle. */
      cell: Type.Number(),
      /** Open problems without coordinates. */
      without: Type.Integer(),
      cells: Type.Array(
        Type.Object({
          longitude: Type.Number(),
          latitude: Type.Number(),
          open: Type.Integer(),
          red: Type.Integer(),
          major: Type.Integer(),
          query: LedgerQuery,
        }),
      ),
      areas: Type.Array(
        Type.Object({
          code: Type.String(),
          name: Type.String(),
          open: Type.Integer(),
          red: Type.Integer(),
          major: Type.Integer(),
          query: LedgerQuery,
        }),
      ),
    }),
  },
});

import { type TSchema, Type } from 'typebox';
import { codes, DayText, Id, Nullable, Text } from '../../kernel/shapes.ts';
import { type ProblemState, problemStates } from './lifecycle.ts';
import { fiveParts, grades, problemKinds, requestKinds, sourceTypes } from './problem.ts';

/** Shapes that several contracts of the room use. */
export const Version = Type.Integer({ minimum: 1 });
export const State = codes<ProblemState>(problemStates);
const many = <T extends TSchema>(schema: T) => Type.Optional(Type.Array(schema, { maxItems: 200 }));

/**
 * Turns of a problem's life; `ended`: closed, withdrawn, merged or unfounded; `otherEnd`: these but for closed; `began`:
 * registered or reopened.
 */
export const turns = [
  'registered',
  'rechecked',
  'closed',
  'withdrawn',
  'merged',
  'unfounded',
  'reopened',
  'ended',
  'otherEnd',
  'began',
] as const;
/** late: closed after the deadline, or entered late; passed, failed: recheck; first…: only the first recheck of a cycle. */
export const turnKinds = ['late', 'onTime', 'onSpot', 'atGrid', 'passed', 'failed', 'firstPassed', 'first'] as const;

export const problemLamps = ['red', 'amber', 'green', 'grey', 'none'] as const;
export const problemSorts = ['number', '-number', 'due', '-due', 'found', '-found', 'closed', '-closed'] as const;

/**
 * Filters of every list, export, saved view and of the figures' links; all of them together. A figure opens to the list
 * with exactly its filters. The default order is -number (newest first).
 */
export const problemFilters = {
  q: Type.Optional(Text(60)),
  kind: many(codes(problemKinds)),
  state: many(State),
  /** Red: late on the day; amber: due within the near days; grey: disputed or in the governance plan; none: ended. */
  lamp: many(codes(problemLamps)),
  grade: Type.Optional(codes(grades)),
  source: many(codes(sourceTypes)),
  batch: Type.Optional(Id),
  unit: many(Id),
  leadUnit: many(Id),
  sector: many(Text(60)),
  tag: many(Text(40)),
  area: many(Text(12)),
  /** Left lower corners of map cells of 0.01 degrees, `118.34,31.22`: problems with coordinates in one of them. */
  cell: many(Type.String({ pattern: '^-?\\d{1,3}\\.\\d{2},-?\\d{1,2}\\.\\d{2}$' })),
  grid: Type.Optional(Text(60)),
  enterprise: Type.Optional(Id),
  plan: Type.Optional(Id),
  stage: Type.Optional(Id),
  task: Type.Optional(Id),
  foundFrom: Type.Optional(DayText),
  foundTo: Type.Optional(DayText),
  enteredFrom: Type.Optional(DayText),
  enteredTo: Type.Optional(DayText),
  dueFrom: Type.Optional(DayText),
  dueTo: Type.Optional(DayText),
  closedFrom: Type.Optional(DayText),
  closedTo: Type.Optional(DayText),
  /** Days on which the present run of an open problem began: entered, or reopened for the last time. */
  openedFrom: Type.Optional(DayText),
  openedTo: Type.Optional(DayText),
  /**
   * Problems with such a turn of their life within the days, counted as they were then: unit, sector, grade, kind, source,
   * plan, batch, tag and area are compared with the turn, not with the problem as it is now. For the lists behind figures.
   */
  turn: Type.Optional(codes(turns)),
  turnFrom: Type.Optional(DayText),
  turnTo: Type.Optional(DayText),
  turnIs: Type.Optional(codes(turnKinds)),
  /** listed: 挂牌督办; reopened: by a look-back; onSpot: 立查立改; lateEntry: entered after the allowed days; sentBack: at recheck; request: one is pending. */
  only: Type.Optional(
    Type.Array(codes(['listed', 'reopened', 'onSpot', 'lateEntry', 'sentBack', 'request', 'extended'] as const), {
      maxItems: 7,
    }),
  ),
  /** `led`: one of the units that the reader may see leads. */
  mine: Type.Optional(codes(['lead', 'co', 'led', 'supervised', 'found'] as const)),
  asOf: Type.Optional(DayText),
  /** One of the governments that the reader may see. */
  jurisdiction: Type.Optional(Text(12)),
  sort: Type.Optional(codes(problemSorts)),
};
export const ProblemFilters = Type.Object(problemFilters);

/** A problem as lists show it. */
export const Row = Type.Object({
  id: Type.String(),
  jurisdiction: Type.String(),
  number: Type.String(),
  kind: codes(problemKinds),
  title: Type.String(),
  state: State,
  lamp: codes(problemLamps),
  lampReason: Type.String(),
  grade: codes(grades),
  sourceType: codes(sourceTypes),
  originalNumber: Nullable(Type.String()),
  foundOn: Type.String(),
  enteredOn: Type.String(),
  enterpriseId: Nullable(Type.String()),
  subject: Nullable(Type.String()),
  address: Nullable(Type.String()),
  areaCode: Nullable(Type.String()),
  sector: Nullable(Type.String()),
  tags: Type.Array(Type.String()),
  leadUnitId: Type.String(),
  leadUnitName: Type.String(),
  supervisingUnitId: Nullable(Type.String()),
  supervisingUnitName: Nullable(Type.String()),
  personName: Nullable(Type.String()),
  firstDueOn: Type.String(),
  dueOn: Type.String(),
  extensions: Type.Integer(),
  closedOn: Nullable(Type.String()),
  sentBack: Type.Integer(),
  cycle: Type.Integer(),
  onSpot: Type.Boolean(),
  listed: Type.Boolean(),
  photoId: Nullable(Type.String()),
  version: Type.Integer(),
});

export const Page = <T extends TSchema>(row: T) =>
  Type.Object({
    rows: Type.Array(row),
    total: Type.Integer(),
    totalIsCapped: Type.Boolean(),
    page: Type.Integer(),
    pageSize: Type.Integer(),
  });
export const paging = {
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000, default: 1 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
};

export const EvidenceIn = Type.Object({
  fileId: Id,
  role: codes(['before', 'after', 'document'] as const),
  takenAt: Type.Optional(Nullable(Text(40))),
  takenFrom: Type.Optional(Nullable(codes(['picture', 'device'] as const))),
  longitude: Type.Optional(Nullable(Type.Number({ minimum: -180, maximum: 180 }))),
  latitude: Type.Optional(Nullable(Type.Number({ minimum: -90, maximum: 90 }))),
});
export const EvidenceList = Type.Array(EvidenceIn, { maxItems: 200 });

export const PlaceIn = Type.Object({
  address: Type.Optional(Nullable(Text(200))),
  areaCode: Type.Optional(Nullable(Text(12))),
  longitude: Type.Optional(Nullable(Type.Number({ minimum: -180, maximum: 180 }))),
  latitude: Type.Optional(Nullable(Type.Number({ minimum: -90, maximum: 90 }))),
  grid: Type.Optional(Nullable(Text(60))),
});

/** Body of a registration. What is left out is filled in: enterprise's sector, place, regulator; today as found-on. */
export const RegisterBody = Type.Object({
  id: Type.Optional(Id),
  kind: codes(problemKinds),
  title: Type.Optional(Text(200)),
  text: Text(4000),
  source: codes(sourceTypes),
  originalNumber: Type.Optional(Nullable(Text(80))),
  finder: Type.Optional(Nullable(Text(80))),
  foundOn: Type.Optional(DayText),
  enterpriseId: Type.Optional(Nullable(Id)),
  subject: Type.Optional(Nullable(Text(120))),
  place: Type.Optional(PlaceIn),
  sector: Type.Optional(Nullable(Text(60))),
  tags: Type.Optional(Type.Array(Text(40), { maxItems: 30 })),
  planId: Type.Optional(Nullable(Id)),
  stageId: Type.Optional(Nullable(Id)),
  taskId: Type.Optional(Nullable(Id)),
  grade: Type.Optional(codes(grades)),
  /** Clauses ticked with the criteria they belong to; needed for a major grade. */
  criteriaId: Type.Optional(Nullable(Id)),
  clauses: Type.Optional(Type.Array(Text(40), { maxItems: 60 })),
  measures: Type.Optional(Nullable(Text(2000))),
  leadUnitId: Type.Optional(Nullable(Id)),
  coUnitIds: Type.Optional(Type.Array(Id, { maxItems: 50 })),
  supervisingUnitId: Type.Optional(Nullable(Id)),
  personName: Type.Optional(Nullable(Text(30))),
  /** Required unless fixed on the spot: a problem is not born without a deadline. */
  dueOn: Type.Optional(Nullable(DayText)),
  evidence: Type.Optional(EvidenceList),
  /** 立查立改: fixed while standing there; needs before and after photos, general grade only. */
  fixed: Type.Optional(Nullable(Type.Object({ text: Text(2000) }))),
  /** When the report was made on a device without network, by the device's clock. */
  madeAt: Type.Optional(Nullable(Text(40))),
});

export const Done = Type.Object({ id: Type.String(), number: Type.String(), version: Type.Integer(), state: State });

export const SettledShape = Type.Object({
  text: Type.String(),
  on: Nullable(Type.String()),
  fileIds: Type.Array(Type.String()),
});
export const FiveShape = Type.Object(
  Object.fromEntries(fiveParts.map((part) => [part, Type.Optional(SettledShape)])) as Record<
    (typeof fiveParts)[number],
    ReturnType<typeof Type.Optional<typeof SettledShape>>
  >,
);
export const RequestShape = Type.Object({
  id: Type.String(),
  kind: codes(requestKinds),
  askedByName: Type.String(),
  askedOn: Type.String(),
  oldDue: Nullable(Type.String()),
  newDue: Nullable(Type.String()),
  targetId: Nullable(Type.String()),
  targetNumber: Nullable(Type.String()),
  controlMeasures: Nullable(Type.String()),
  reason: Type.String(),
  decision: Nullable(Type.String()),
  decidedByName: Nullable(Type.String()),
  decidedOn: Nullable(Type.String()),
  opinion: Nullable(Type.String()),
});

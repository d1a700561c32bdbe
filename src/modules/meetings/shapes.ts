import { type Static, Type } from 'typebox';
import { codes, DayText, FactRow, FileRow, Id, Nullable, Offer, Text } from '../../kernel/shapes.ts';

/** Shapes that the contracts of this room share; what is kept in a row's `body` is checked against nothing looser. */
export const Files = Type.Optional(Type.Array(Id, { maxItems: 50 }));
export const Version = Type.Integer({ minimum: 1 });
export const Year = Type.Integer({ minimum: 2000, maximum: 2100 });

/** How somebody who was asked to a meeting came. */
export const comings = ['present', 'substitute', 'leave', 'absent'] as const;
export type Coming = (typeof comings)[number];
export const comingWords: Readonly<Record<Coming, string>> = {
  present: '到会',
  substitute: '派人参会',
  leave: '请假',
  absent: '缺席',
};

export const Attendee = Type.Object({
  unitId: Nullable(Id),
  unitName: Text(80),
  name: Text(30),
  post: Text(40),
  came: Nullable(codes(comings)),
  /** Who came instead, or why he was on leave. */
  note: Text(80),
});
export type Attendee = Static<typeof Attendee>;

/** What is to be spoken about; `item` leads to the record that it was proposed from. */
export const Topic = Type.Object({
  text: Text(200),
  reporter: Text(80),
  item: Nullable(Type.Object({ kind: Text(30), number: Text(40), page: Text(120) })),
});
export type Topic = Static<typeof Topic>;

/** One thing decided. With a lead unit it becomes a task when the minutes are issued. */
export const Decision = Type.Object({
  text: Text(500),
  leadUnitId: Nullable(Id),
  leadUnitName: Text(80),
  coUnitIds: Type.Array(Id, { maxItems: 60 }),
  dueOn: Nullable(DayText),
});
export type DecisionAsked = Static<typeof Decision>;
export type Decision = DecisionAsked & { readonly taskId: string | null; readonly taskNumber: string | null };

/** Targets whose result the ledgers tell: it is computed and cannot be entered. */
export const computedKinds = [
  'deaths',
  'accidents',
  'rectified',
  'majorRectified',
  'taskOnTime',
  'filingOnTime',
] as const;
export type ComputedKind = (typeof computedKinds)[number];
/** A number that a responsibility letter sets. */
export const targetKinds = [...computedKinds, 'rate', 'count', 'other'] as const;
export type TargetKind = (typeof targetKinds)[number];
export const targetWords: Readonly<Record<TargetKind, string>> = {
  deaths: '事故死亡人数',
  accidents: '事故起数',
  rectified: '隐患按期整改率',
  majorRectified: '重大隐患按期整改率',
  taskOnTime: '任务按时办结率',
  filingOnTime: '报送按时率',
  rate: '其他比率',
  count: '其他数量',
  other: '其他',
};
export const isComputed = (kind: TargetKind): kind is ComputedKind => computedKinds.some((one) => one === kind);
export const Target = Type.Object({
  kind: codes(targetKinds),
  name: Text(80),
  value: Type.Number({ minimum: 0, maximum: 1_000_000 }),
  unit: Text(10),
  /** atMost: 不超过; atLeast: 不低于. */
  bound: codes(['atMost', 'atLeast'] as const),
});
export type Target = Static<typeof Target>;

/** A point of a leader's list: what is always his duty, or what he has to do this year, so many times. */
export const DutyItem = Type.Object({
  kind: codes(['standing', 'annual'] as const),
  text: Text(300),
  /** Times in the year; 1 where nothing is said. */
  times: Type.Integer({ minimum: 1, maximum: 366 }),
  dueOn: Nullable(DayText),
});
export type DutyItem = Static<typeof DutyItem>;

/** One line of a duty roster. */
export const Shift = Type.Object({
  day: DayText,
  unitId: Id,
  unitName: Text(80),
  leader: Text(30),
  leaderPhone: Text(30),
  person: Text(30),
  phone: Text(30),
});
export type Shift = Static<typeof Shift>;

/** What every case of this room shows beside what is its own. */
export const caseView = {
  id: Type.String(),
  jurisdiction: Type.String(),
  number: Type.String(),
  version: Type.Integer(),
  nextStep: Type.String(),
  offers: Type.Array(Offer),
  facts: Type.Array(FactRow),
  files: Type.Array(FileRow),
};
export const Done = Type.Object({
  id: Type.String(),
  number: Type.String(),
  version: Type.Integer(),
  state: Type.String(),
});

/** A task that came from here, as it stands now. */
export const TaskLine = Type.Object({
  id: Type.String(),
  number: Type.String(),
  title: Type.String(),
  state: Type.String(),
  stateWord: Type.String(),
  lamp: Type.String(),
  lampReason: Type.String(),
  dueOn: Nullable(Type.String()),
  leadUnitName: Type.String(),
});

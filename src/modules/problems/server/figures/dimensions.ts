import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../../kernel/day.ts';

type Sql = RawBuilder<unknown>;

/** What turns are summed up by. A key is the value as text; '' stands for none (a problem without a sector). */
export const dims = [
  'all',
  'unit',
  'sector',
  'unitSector',
  'plan',
  'batch',
  'tag',
  'unitPlan',
  'unitBatch',
  'unitTag',
] as const;
export type Dim = (typeof dims)[number];
/** '' is every problem; general = all − major; hazard = all − the other kinds. */
export const slices = ['', 'major', 'problem', 'accidentLead'] as const;
export type Slice = (typeof slices)[number];

/** Degrees of a map cell: about one kilometre. */
export const CELL = 0.01;
const DAY_ONE = sql`date '1970-01-01'`;
export const SERIALS = 2 ** 38;

/** Sums over spans (alias s) with the lamps and ages of a day. */
export const stockSums = (on: Day | Sql): Sql => {
  const day = typeof on === 'string' ? sql`${on}::date` : on;
  const lit = sql`s.state <> 'disputed' and s.state <> 'planned'`;
  const count = (condition: Sql): Sql => sql`(count(*) filter (where ${condition}))::int`;
  return sql`count(*)::int as open, ${count(sql`${lit} and s.due_on < ${day}`)} as red,
    ${count(sql`${lit} and s.due_on >= ${day} and s.amber_on <= ${day}`)} as amber, ${count(sql`not (${lit})`)} as grey,
    ${count(sql`s.listed`)} as listed, ${count(sql`s.grade = 'major'`)} as major,
    ${count(sql`s.state = 'toReceive'`)} as to_receive, ${count(sql`s.state = 'underway'`)} as underway,
    ${count(sql`s.state = 'toRecheck'`)} as to_recheck, ${count(sql`s.state = 'toClose'`)} as to_close,
    ${count(sql`s.state = 'disputed'`)} as disputed, ${count(sql`s.state = 'planned'`)} as planned,
    ${count(sql`${day} - s.found_on <= 7`)} as age_7, ${count(sql`${day} - s.found_on between 8 and 30`)} as age_30,
    ${count(sql`${day} - s.found_on between 31 and 90`)} as age_90,
    ${count(sql`${day} - s.found_on between 91 and 180`)} as age_180,
    min(case when ${lit} and s.due_on < ${day} then (s.due_on - ${DAY_ONE}) * ${SERIALS}::bigint + s.serial end) as oldest`;
};

/** Columns of `problem_flow` as sums over turns (alias e), without the last one. */
export const flowSums: Sql = (() => {
  const count = (text: string): Sql => sql.raw(`(count(*) filter (where ${text}))::int`);
  return sql`${count(`e.turn = 'registered'`)} as registered, ${count(`e.turn = 'registered' and e.late`)} as late_entry,
    ${count(`e.turn = 'registered' and e.at_grid`)} as found_at_grid, ${count(`e.turn = 'registered' and e.on_spot`)} as fixed_on_spot,
    ${count(`e.turn = 'closed'`)} as closed, ${count(`e.turn = 'closed' and e.late`)} as closed_late,
    ${count(`e.turn = 'closed' and e.on_spot`)} as closed_on_spot, ${count(`e.turn = 'closed' and e.at_grid`)} as closed_at_grid,
    ${count(`e.turn in ('withdrawn', 'merged', 'unfounded')`)} as other_end, ${count(`e.turn = 'reopened'`)} as reopened,
    ${count(`e.turn = 'rechecked'`)} as rechecked, ${count(`e.turn = 'rechecked' and e.passed`)} as passed,
    ${count(`e.turn = 'rechecked' and e.first`)} as first_checked,
    ${count(`e.turn = 'rechecked' and e.first and e.passed`)} as first_passed`;
})();

export const flowColumns = [
  'registered',
  'late_entry',
  'found_at_grid',
  'fixed_on_spot',
  'closed',
  'closed_late',
  'closed_on_spot',
  'closed_at_grid',
  'other_end',
  'reopened',
  'rechecked',
  'passed',
  'first_checked',
  'first_passed',
  // open ones more than the day before: spans that began less those that ended
  'net',
] as const;
export type FlowColumn = (typeof flowColumns)[number];
export type Flow = Readonly<Record<FlowColumn, number>>;

export const stockColumns = [
  'open',
  'red',
  'amber',
  'grey',
  'listed',
  'major',
  'to_receive',
  'underway',
  'to_recheck',
  'to_close',
  'disputed',
  'planned',
  'age_7',
  'age_30',
  'age_90',
  'age_180',
] as const;
export type StockColumn = (typeof stockColumns)[number];
export type StockSums = Readonly<Record<StockColumn, number>>;

export const names = (columns: readonly string[]): Sql => sql.raw(columns.join(', '));
/** `sum(a)::int as a, …` over an alias. */
export const sums = (columns: readonly string[], alias: string): Sql =>
  sql.raw(columns.map((column) => `coalesce(sum(${alias}.${column}), 0)::int as ${column}`).join(', '));

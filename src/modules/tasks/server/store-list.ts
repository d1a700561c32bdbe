import { sql } from 'kysely';
import { type Day, day as dayFrom } from '../../../kernel/day.ts';
import type { Deadline } from '../../../kernel/deadline.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { TaskState } from '../lifecycle.ts';
import type { TaskOrigin } from '../task.ts';
import { spansOn } from './store-figures.ts';
import {
  allOf,
  asOfDay,
  type Condition,
  type Filters,
  holding,
  inWords,
  plainly,
  type Question,
  questionOf,
  type Sought,
} from './store-filters.ts';

export type { Filters } from './store-filters.ts';

/** A task as lists show it; names of units are put in by the caller. */
export interface LineRow {
  readonly id: string;
  readonly jurisdiction: string;
  readonly number: string;
  readonly title: string;
  readonly text: string;
  readonly state: TaskState;
  readonly leadUnitId: string;
  readonly unitIds: readonly string[];
  readonly personName: string | null;
  readonly sector: string | null;
  readonly planId: string | null;
  readonly stageId: string | null;
  readonly origin: TaskOrigin;
  readonly deadlines: readonly Deadline[];
  readonly firstDueOn: Day | null;
  readonly dueOn: Day | null;
  readonly amberOn: Day | null;
  readonly extensions: number;
  readonly percent: number;
  readonly closedOn: Day | null;
  readonly version: number;
}

/** Largest number that is counted exactly; beyond it a list says 超过. */
export const MOST_COUNTED = 10_000;
/** The same where each hit costs a look at a list of units or at the wording. */
const MOST_COUNTED_SLOWLY = 1_000;
const MOST_COUNTED_IN_TEXT = 300;

/** So many tasks are fetched and sorted sooner than met on a walk along an index in order. */
const FEW = 5_000;

const mostCounted = ({ sought, sight, units, openOnly }: Question): number => {
  if (sought) return MOST_COUNTED_IN_TEXT;
  return (sight || units) && !openOnly ? MOST_COUNTED_SLOWLY : MOST_COUNTED;
};

const sortKeys = {
  due: { column: 'due_on', down: false },
  '-due': { column: 'due_on', down: true },
  number: { column: 'serial', down: false },
  '-number': { column: 'serial', down: true },
  closed: { column: 'closed_on', down: false },
  '-closed': { column: 'closed_on', down: true },
} as const;

/**
 * How the tasks of a question are found.
 * words: all of them through the search index, then sorted. walk: along an index in order until the page is full, looking
 * into the wording on the way. span: among the history of a past day.
 */
type Way = { readonly kind: 'words' | 'walk' } | { readonly kind: 'span'; readonly asOf: Day; readonly rare: boolean };

/** How many tasks the planner expects; it knows how often each unit, sector, plan and pair of characters occurs. */
async function expected(db: Queryable, from: Condition): Promise<number> {
  const plan = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`explain (format json) ${from}`.execute(
    db,
  );
  return plan.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}

const codesOf = (scope: Scope): Condition => sql`any(${[...scope.jurisdictions]}::text[])`;

const PAIRS_HOLD_MS = 10 * 60_000;
let pairs: { readonly share: ReadonlyMap<string, number>; readonly least: number; readonly at: number } | null = null;

/**
 * The share of tasks that hold the sought text, guessed from its rarest pair of characters: the planner takes neighbouring
 * pairs for independent and expects far too few.
 */
async function shareHolding(db: Queryable, sought: Sought | null): Promise<number> {
  if (sought === null) return 1;
  if (pairs === null || performance.now() - pairs.at > PAIRS_HOLD_MS) {
    const stats = await sql<{ pairs: string[] | null; shares: number[] | null }>`
      select most_common_elems::text::text[] as pairs, most_common_elem_freqs as shares from pg_stats
      where schemaname = current_schema and tablename = 'task' and attname = 'search'`.execute(db);
    const { pairs: names, shares } = stats.rows[0] ?? { pairs: null, shares: null };
    const share = new Map((names ?? []).map((pair, at) => [pair, shares?.[at] ?? 0]));
    pairs = { share, least: Math.min(0.001, ...share.values()), at: performance.now() };
  }
  const { share, least } = pairs;
  return Math.min(1, ...sought.pairs.map((pair) => share.get(pair) ?? least));
}

async function wayOf(db: Queryable, scope: Scope, question: Question, today: Day, few: number): Promise<Way> {
  const { filters, sought } = question;
  const asOf = filters.asOf !== undefined && filters.asOf < today ? dayFrom(filters.asOf) : null;
  const share = await shareHolding(db, sought);
  const inScope = sql`t.jurisdiction = ${codesOf(scope)}`;
  if (asOf !== null && !(filters.state?.length === 1 && filters.state[0] === 'closed')) {
    const rare = sought !== null && share * (await expected(db, sql`select 1 from task t where ${inScope}`)) < few / 6;
    return { kind: 'span', asOf, rare };
  }
  const words = inWords(question, sql`''`, today);
  if (words === null || (question.openOnly && !sought)) return { kind: 'walk' };
  const [, ...conditions] = plainly(question, sql`''`, today, false);
  const count = await expected(db, sql`select 1 from task t where ${allOf([inScope, ...conditions])}`);
  return { kind: count * share < few ? 'words' : 'walk' };
}

/**
 * Whether the filters leave so few tasks that all of them are read and then sorted. Walking the whole ledger in the order
 * of numbers or closing days, in the hope of meeting them soon, takes long when unit and sector go badly together.
 */
const isNarrow = ({ filters, openOnly }: Question): boolean =>
  !(filters.sort ?? 'due').endsWith('due') &&
  (openOnly ||
    Boolean(
      filters.leadUnit?.length ||
        filters.sector?.length ||
        filters.plan ||
        filters.person ||
        filters.dueFrom ||
        filters.dueTo,
    ));

/** Whether so few spans of a day remain that all of their tasks are looked up. */
const isFewSpans = ({ filters, sight, units }: Question): boolean =>
  Boolean(
    sight ||
      units ||
      filters.leadUnit?.length ||
      filters.sector?.length ||
      filters.plan ||
      filters.person ||
      filters.state?.length === 1,
  );

/** What a list needs of each task before its page is known; k1 and k2 are what it is sorted by. */
function found(question: Question, way: Way, code: Condition, today: Day, inOrder: boolean): Condition {
  const { filters, sought } = question;
  const { column, down } = sortKeys[filters.sort ?? 'due'];
  const direction = sql.raw(down ? 'desc' : 'asc');
  const order = inOrder ? sql`order by k1 ${direction}, k2 ${direction}` : sql``;
  const key = sql.raw(column);
  if (way.kind === 'span') {
    const { span, task } = asOfDay(question, way.asOf);
    const rare =
      way.rare && sought
        ? [sql`s.task_id in (select t.id from task t where t.jurisdiction = ${code} and ${holding(sql`t`, sought)})`]
        : [];
    const rest = way.rare ? asOfDay({ ...question, sought: null }, way.asOf).task : task;
    const columns = sql`${code} as jurisdiction, s.task_id as id, s.due_on, s.state,
        s.percent::double precision as percent, s.amber_on, s.lead_unit_id,
        ${column === 'closed_on' ? sql`null::date` : sql`s.${key}`} as k1, s.serial as k2`;
    const spans = sql`select * from (${spansOn(code, way.asOf, columns, [...span, ...rare])}) s ${order}`;
    if (rest.length === 0) return spans;
    // In order first: the tasks are looked up one by one until the page is full.
    return sql`select * from (${spans} offset 0) c
      where (select ${allOf(rest)} from task x where x.jurisdiction = c.jurisdiction and x.id = c.id) ${order}`;
  }
  const words = way.kind === 'words' ? inWords(question, code, today) : null;
  // What the search index finds comes in no order, and the sort must not be done by walking another index instead.
  const hidden = words !== null || isNarrow(question);
  const keys = hidden ? sql`t.${key} - 0 as k1, t.serial + 0 as k2` : sql`t.${key} as k1, t.serial as k2`;
  // Only what the covering indexes hold: one column more, and a page costs a walk through the table.
  const closing = filters.asOf !== undefined && filters.asOf < today ? [sql`t.closed_on <= ${filters.asOf}::date`] : [];
  const where = allOf([...(words ?? plainly(question, code, today, true)), ...closing]);
  const tasks = sql`select t.jurisdiction, t.id, t.due_on, ${keys} from task t where ${where} ${order}`;
  if (words !== null || !sought) return tasks;
  return sql`select * from (${tasks} offset 0) c
    where (select ${holding(sql`x`, sought)} from task x where x.jurisdiction = c.jurisdiction and x.id = c.id) ${order}`;
}

/** The same over every government of the scope, one at a time so that each can walk its index in order. */
function foundIn(scope: Scope, of: (code: Condition) => Condition, most: number | null): Condition {
  const limited = (code: Condition) => (most === null ? of(code) : sql`${of(code)} limit ${most}`);
  const [only] = scope.jurisdictions;
  if (scope.jurisdictions.length === 1) return limited(sql`${only}::text`);
  return sql`select x.* from unnest(${[...scope.jurisdictions]}::text[]) as j (code)
    cross join lateral (${limited(sql`j.code`)}) x`;
}

interface Finding {
  /** Up to so many expected tasks are fetched and sorted instead of met on a walk; changes the time, never the answer. */
  readonly few?: number;
  /** false: nobody asks how many there are; the total is then that of the page. */
  readonly counted?: boolean;
}

/** One page of tasks in order. `page` counts from 1. */
export async function listTasks(
  db: Queryable,
  scope: Scope,
  filters: Filters,
  today: Day,
  page: number,
  pageSize: number,
  { few = FEW, counted: counts = true }: Finding = {},
): Promise<{ rows: LineRow[]; total: number; totalIsCapped: boolean }> {
  if (scope.jurisdictions.length === 0 || (scope.units !== 'all' && scope.units.length === 0))
    return { rows: [], total: 0, totalIsCapped: false };
  const question = questionOf(scope, filters);
  const way = await wayOf(db, scope, question, today, few);
  const offset = (page - 1) * pageSize;
  const direction = sql.raw(sortKeys[question.filters.sort ?? 'due'].down ? 'desc' : 'asc');
  const order = sql`k1 ${direction}, k2 ${direction}`;
  const whole = way.kind === 'words' || (way.kind === 'span' && (!question.sought || way.rare || isFewSpans(question)));
  const all = foundIn(scope, (code) => found(question, way, code, today, !whole), whole ? null : offset + pageSize);
  const now = way.kind === 'span' ? sql`p` : sql`t`;
  const result = await sql<LineRow & { total: number | null }>`
    with m as materialized (${all}),
      p as (select * from m order by ${order} limit ${pageSize} offset ${offset})
    select t.id, t.jurisdiction, t.number, t.title, t.text, ${now}.state, ${now}.lead_unit_id as "leadUnitId", t.units as "unitIds",
      t.person_name as "personName", t.sector, t.plan_id as "planId", t.stage_id as "stageId", t.origin, t.deadlines,
      t.first_due_on as "firstDueOn", p.due_on as "dueOn", ${now}.amber_on as "amberOn", t.extensions, ${now}.percent,
      t.closed_on as "closedOn", t.version, ${whole ? sql`(select count(*)::int from m)` : sql`null::int`} as total
    from p join task t on t.jurisdiction = p.jurisdiction and t.id = p.id
    order by p.k1 ${direction}, p.k2 ${direction}`.execute(db);
  const rows = result.rows.map(({ total: _, ...row }) => row);
  if (rows.length < pageSize && (rows.length > 0 || page === 1))
    return { rows, total: offset + rows.length, totalIsCapped: false };
  if (!counts) return { rows, total: offset + rows.length, totalIsCapped: false };
  const counted = result.rows[0]?.total ?? null;
  const most = Math.max(counted === null ? mostCounted(question) : MOST_COUNTED, offset + rows.length);
  const total = counted ?? (await countTasks(db, scope, question, way, today, most));
  return { rows, total: Math.min(total, most), totalIsCapped: total > most };
}

/** How many there are, counted no further than one beyond the limit. */
async function countTasks(
  db: Queryable,
  scope: Scope,
  question: Question,
  way: Way,
  today: Day,
  most: number,
): Promise<number> {
  const unsorted = { ...question, filters: { ...question.filters, sort: undefined } };
  const closed = question.filters.sort?.endsWith('closed') ? question : unsorted;
  const all = foundIn(scope, (code) => found(closed, way, code, today, false), most + 1);
  const counted = await sql<{
    n: number;
  }>`select count(*)::int as n from (select 1 from (${all}) f limit ${most + 1}) c`.execute(db);
  return counted.rows[0]?.n ?? 0;
}

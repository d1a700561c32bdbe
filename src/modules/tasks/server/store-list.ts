import { type RawBuilder, sql } from 'kysely';
import type { Static } from 'typebox';
import { type Day, day as dayFrom } from '../../../kernel/day.ts';
import type { Deadline } from '../../../kernel/deadline.ts';
import { humanNumber } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { TaskFilters } from '../api.ts';
import { bigramsSought, plainForSearch } from '../bigrams.ts';
import type { Lamp } from '../lamp.ts';
import { isOpen, type TaskState } from '../lifecycle.ts';
import type { TaskOrigin } from '../task.ts';

export type Filters = Static<typeof TaskFilters>;
type Condition = RawBuilder<unknown>;

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

const mostCounted = (scope: Scope, filters: Filters): number =>
  filters.q
    ? MOST_COUNTED_IN_TEXT
    : scope.units !== 'all' || (filters.unit && filters.unit.length > 0)
      ? MOST_COUNTED_SLOWLY
      : MOST_COUNTED;

const list = (values: readonly string[]): Condition => sql.join(values.map((value) => sql`${value}`));
const among = (column: Condition, values: readonly string[] | undefined, type = sql`text`): Condition[] => {
  if (values === undefined || values.length === 0) return [];
  const [only] = values;
  return [values.length === 1 ? sql`${column} = ${only}::${type}` : sql`${column} in (${list(values)})`];
};

/** The rule of `lampOf` as SQL over the columns of alias `a` (t or s); the property test compares the two. */
function lampIs(a: Condition, lamp: Lamp, on: Day): Condition {
  const due = sql`(${a}.due_on is null or ${a}.due_on >= ${on}::date)`;
  if (lamp === 'red') return sql`(${a}.state <> 'suspended' and ${a}.due_on < ${on}::date)`;
  if (lamp === 'amber') return sql`(${a}.state <> 'suspended' and ${due} and ${a}.amber_on <= ${on}::date)`;
  if (lamp === 'green')
    return sql`(${a}.state <> 'suspended' and ${due} and (${a}.amber_on is null or ${a}.amber_on > ${on}::date))`;
  return sql`${a}.state = 'suspended'`;
}

/** In the words of the partial indexes; over the state, which every covering index holds. */
const stillOpen = sql`(t.state <> 'closed' and t.state <> 'withdrawn')`;
const ended = sql`t.state in ('closed', 'withdrawn')`;

/** Conditions on what may change from day to day, over `t` or, as of a past day, over the span `s`. */
function changing(a: Condition, isSpan: boolean, filters: Filters, on: Day): Condition[] {
  const where: Condition[] = [
    ...among(sql`${a}.lead_unit_id`, filters.leadUnit, sql`uuid`),
    ...among(sql`${a}.sector`, filters.sector),
    ...(filters.plan ? [sql`${a}.plan_id = ${filters.plan}::uuid`] : []),
    ...(filters.stage ? [sql`${a}.stage_id = ${filters.stage}::uuid`] : []),
    ...(filters.dueFrom ? [sql`${a}.due_on >= ${filters.dueFrom}::date`] : []),
    ...(filters.dueTo ? [sql`${a}.due_on <= ${filters.dueTo}::date`] : []),
    ...(filters.deadline ? [sql`${a}.due_on is null`] : []),
  ];
  const states = filters.state ?? [];
  if (states.length > 0) {
    where.push(...among(sql`${a}.state`, states));
    // Said again in the words of the partial indexes.
    if (!isSpan && states.every(isOpen)) where.push(stillOpen);
    if (!isSpan && states.every((state) => state === 'closed')) where.push(sql`t.closed_on is not null`);
  }
  const wanted = filters.lamp ?? [];
  if (wanted.length > 0) {
    const withEnded = wanted.includes('none');
    const lit = wanted.filter((lamp) => lamp !== 'none').map((lamp) => lampIs(a, lamp, on));
    if (isSpan) where.push(lit.length === 0 ? sql`false` : sql`(${sql.join(lit, sql` or `)})`);
    else if (lit.length === 0) where.push(ended);
    else if (withEnded) where.push(sql`(${ended} or (${stillOpen} and (${sql.join(lit, sql` or `)})))`);
    else where.push(stillOpen, sql`(${sql.join(lit, sql` or `)})`);
  }
  return where;
}

/** Numbers that a search for 任-2026-0007, 2026-0007 or 0007 means; serials alone are tried for the years of use. */
function numbersMeant(sought: string): string[] {
  const [, year, serial] = /^(?:任-?)?(?:(\d{4})-)?(\d{1,8})$/.exec(sought) ?? [];
  if (serial === undefined || (year === undefined && serial.length < 3)) return [];
  const years = year === undefined ? Array.from({ length: 40 }, (_, at) => 2015 + at) : [Number(year)];
  return years.map((one) => humanNumber('任', one, Number(serial)));
}

/** The sought text stands in title or wording, or is a task's number. */
function holding(sought: string): Condition {
  const pairs = bigramsSought(sought);
  const numbers = numbersMeant(sought);
  const isNumber = numbers.length === 0 ? [] : [sql`t.number = any(${numbers}::text[])`];
  if (pairs.length === 0) return isNumber[0] ?? sql`false`;
  const lexemes = pairs.map((pair) => `'${pair.replaceAll("'", "''").replaceAll('\\', '\\\\')}'`).join(' & ');
  const pattern = `%${sought.replaceAll(/[\\%_]/g, '\\$&')}%`;
  // One pair is exact by itself; of several, the text must hold them in a row.
  const inARow = sql`regexp_replace(lower(normalize(t.title || ' ' || t.text, nfkc)), '\\s+', '', 'g') like ${pattern}`;
  const held =
    pairs.length === 1 ? sql`t.search @@ ${lexemes}::tsquery` : sql`t.search @@ ${lexemes}::tsquery and ${inARow}`;
  return sql`(${sql.join([...isNumber, held], sql` or `)})`;
}

function lasting(filters: Filters, common: Common): Condition[] {
  const where: Condition[] = [
    ...(filters.unit && filters.unit.length > 0 ? [takingPart(filters.unit, common.unit)] : []),
    ...(filters.parent ? [sql`t.parent_id = ${filters.parent}::uuid`] : []),
    ...(filters.closedFrom ? [sql`t.closed_on >= ${filters.closedFrom}::date`] : []),
    ...(filters.closedTo ? [sql`t.closed_on <= ${filters.closedTo}::date`] : []),
    ...(filters.person ? [sql`t.person_name is null`] : []),
  ];
  const sought = plainForSearch(filters.q ?? '');
  if (sought !== '') where.push(holding(sought));
  return where;
}

const sortKeys = {
  due: { column: sql`due_on`, down: false },
  '-due': { column: sql`due_on`, down: true },
  number: { column: sql`serial`, down: false },
  '-number': { column: sql`serial`, down: true },
  closed: { column: sql`closed_on`, down: false },
  '-closed': { column: sql`closed_on`, down: true },
} as const;

/**
 * Tasks in which one of the units takes part. Where they are many, walking an index in order finds a page soonest and the
 * index over units must stay out of it; where they are few, that index is the way. The database's own estimate decides.
 */
const takingPart = (units: readonly string[], many: boolean): Condition =>
  many
    ? sql`(${sql.join(
        units.map((unit) => sql`${unit}::uuid = any(t.units)`),
        sql` or `,
      )})`
    : sql`t.units && ${[...units]}::uuid[]`;

const MANY = 3_000;
const ESTIMATE_HOLDS_MS = 10 * 60_000;
const estimates = new Map<string, { readonly many: boolean; readonly at: number }>();

async function areMany(db: Queryable, jurisdictions: readonly string[], units: readonly string[]): Promise<boolean> {
  const key = `${jurisdictions.join()} ${[...units].sort().join()}`;
  const known = estimates.get(key);
  if (known && performance.now() - known.at < ESTIMATE_HOLDS_MS) return known.many;
  const plan = await sql<{ 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }>`
    explain (format json) select 1 from task t
    where t.jurisdiction = any(${[...jurisdictions]}::text[]) and t.units && ${[...units]}::uuid[]`.execute(db);
  const many = (plan.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0) > MANY;
  if (estimates.size > 5_000) estimates.clear();
  estimates.set(key, { many, at: performance.now() });
  return many;
}

/** Which of the unit conditions of a question cover many tasks. */
interface Common {
  readonly scope: boolean;
  readonly unit: boolean;
}

async function commonOf(db: Queryable, scope: Scope, filters: Filters): Promise<Common> {
  const ask = (units: readonly string[]) => areMany(db, scope.jurisdictions, units);
  return {
    scope: scope.units !== 'all' && (await ask(scope.units)),
    unit: filters.unit !== undefined && filters.unit.length > 0 && (await ask(filters.unit)),
  };
}

const scopeUnits = (scope: Scope, common: Common): Condition[] =>
  scope.units === 'all' ? [] : [takingPart(scope.units, common.scope)];

/**
 * Whether the filters leave so few tasks that all of them are read and then sorted. Walking the whole ledger in the order
 * of numbers or closing days, in the hope of meeting them soon, takes long when unit and sector go badly together.
 */
const isNarrow = (filters: Filters): boolean =>
  filters.asOf === undefined &&
  !(filters.sort ?? 'due').endsWith('due') &&
  Boolean(
    filters.leadUnit?.length ||
      filters.sector?.length ||
      filters.plan ||
      filters.person ||
      filters.dueFrom ||
      filters.dueTo,
  );

/** The order as an expression that no index offers. */
const sorted = (column: Condition, down: boolean): Condition =>
  down ? sql`(${column} - 0) desc, (serial + 0) desc` : sql`(${column} - 0), (serial + 0)`;

interface Source {
  readonly from: Condition;
  readonly where: readonly Condition[];
  readonly id: Condition;
  readonly columns: Condition;
  readonly isSpan: boolean;
}

/** Where rows come from: the tasks as they are, or, as of a past day, the spans of that day. */
function sourceOf(scope: Scope, code: Condition, filters: Filters, today: Day, common: Common): Source {
  const asOf = filters.asOf !== undefined && filters.asOf < today ? dayFrom(filters.asOf) : null;
  const closedOnly = filters.state?.length === 1 && filters.state[0] === 'closed';
  if (asOf === null || closedOnly) {
    const closing = asOf === null ? [] : [sql`t.closed_on <= ${asOf}::date`];
    return {
      from: sql`task t`,
      where: [
        sql`t.jurisdiction = ${code}`,
        ...changing(sql`t`, false, filters, today),
        ...lasting(filters, common),
        ...scopeUnits(scope, common),
        ...closing,
        ...(filters.sort?.endsWith('closed') ? [sql`t.closed_on is not null`] : []),
      ],
      id: sql`t.id`,
      // Only what the covering indexes hold: one column more, and a page costs a walk through the table.
      columns: sql`t.due_on, t.serial, t.closed_on`,
      isSpan: false,
    };
  }
  const { unit, ...others } = filters;
  const rest = lasting(others, common);
  const needsTask = rest.length > 0;
  const taking = unit && unit.length > 0 ? [sql`s.units && ${[...unit]}::uuid[]`] : [];
  const sight = scope.units === 'all' ? [] : [sql`s.units && ${[...scope.units]}::uuid[]`];
  return {
    from: needsTask
      ? sql`task_span s join task t on t.jurisdiction = s.jurisdiction and t.id = s.task_id`
      : sql`task_span s`,
    where: [
      sql`s.days @> span_day(${code}, ${asOf}::date)`,
      ...changing(sql`s`, true, filters, asOf),
      ...taking,
      ...sight,
      ...rest,
    ],
    id: sql`s.task_id as id`,
    isSpan: true,
    columns: sql`s.due_on, s.serial, null::date as closed_on, s.state,
      s.percent::double precision as percent, s.amber_on, s.lead_unit_id`,
  };
}

/** Ids and what sorts them, one government at a time so that each can walk its index in order. */
function picked(scope: Scope, filters: Filters, today: Day, order: Condition, most: number, common: Common): Condition {
  const inner = (code: Condition): Condition => {
    const source = sourceOf(scope, code, filters, today, common);
    return sql`select ${code}::text as jurisdiction, ${source.id}, ${source.columns} from ${source.from}
      where ${sql.join(source.where as Condition[], sql` and `)} order by ${order} limit ${most}`;
  };
  const [only] = scope.jurisdictions;
  if (scope.jurisdictions.length === 1) return inner(sql`${only}`);
  return sql`select x.* from unnest(${[...scope.jurisdictions]}::text[]) as j (code)
    cross join lateral (${inner(sql`j.code`)}) x`;
}

/** One page of tasks in order. `page` counts from 1. */
export async function listTasks(
  db: Queryable,
  scope: Scope,
  filters: Filters,
  today: Day,
  page: number,
  pageSize: number,
): Promise<{ rows: LineRow[]; total: number; totalIsCapped: boolean }> {
  if (scope.jurisdictions.length === 0 || (scope.units !== 'all' && scope.units.length === 0))
    return { rows: [], total: 0, totalIsCapped: false };
  const { column, down } = sortKeys[filters.sort ?? 'due'];
  const narrow = isNarrow(filters);
  const walk = (alias: string): Condition =>
    alias === '' && narrow
      ? sorted(column, down)
      : down
        ? sql`${sql.raw(alias)}${column} desc, ${sql.raw(alias)}serial desc`
        : sql`${sql.raw(alias)}${column}, ${sql.raw(alias)}serial`;
  const offset = (page - 1) * pageSize;
  const common = await commonOf(db, scope, filters);
  const from = sourceOf(scope, sql`''`, filters, today, common).isSpan ? sql`p` : sql`t`;
  const found = await sql<LineRow>`
    with p as (select * from (${picked(scope, filters, today, walk(''), offset + pageSize, common)}) q order by ${walk('q.')}
      limit ${pageSize} offset ${offset})
    select t.id, t.jurisdiction, t.number, t.title, t.text, ${from}.state, ${from}.lead_unit_id as "leadUnitId", t.units as "unitIds",
      t.person_name as "personName", t.sector, t.plan_id as "planId", t.stage_id as "stageId", t.origin, t.deadlines,
      t.first_due_on as "firstDueOn", p.due_on as "dueOn", ${from}.amber_on as "amberOn", t.extensions, ${from}.percent,
      t.closed_on as "closedOn", t.version
    from p join task t on t.jurisdiction = p.jurisdiction and t.id = p.id
    order by ${walk('p.')}`.execute(db);
  const rows = found.rows;
  if (rows.length < pageSize && (rows.length > 0 || page === 1))
    return { rows, total: offset + rows.length, totalIsCapped: false };
  const most = Math.max(mostCounted(scope, filters), offset + rows.length);
  const total = await countTasks(db, scope, filters, today, most, common);
  return { rows, total: Math.min(total, most), totalIsCapped: total > most };
}

/** How many there are, counted no further than one beyond the limit. */
export async function countTasks(
  db: Queryable,
  scope: Scope,
  filters: Filters,
  today: Day,
  most: number,
  common: Common,
): Promise<number> {
  const inner = (code: Condition): Condition => {
    const source = sourceOf(scope, code, { ...filters, sort: 'due' }, today, common);
    return sql`select 1 from ${source.from} where ${sql.join(source.where as Condition[], sql` and `)} limit ${most + 1}`;
  };
  const [only] = scope.jurisdictions;
  const from =
    scope.jurisdictions.length === 1
      ? inner(sql`${only}`)
      : sql`select 1 from unnest(${[...scope.jurisdictions]}::text[]) as j (code) cross join lateral (${inner(sql`j.code`)}) x limit ${most + 1}`;
  const counted = await sql<{ n: number }>`select count(*)::int as n from (${from}) c`.execute(db);
  return counted.rows[0]?.n ?? 0;
}

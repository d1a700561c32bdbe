import { type RawBuilder, sql } from 'kysely';
import { addDays, type Day, yearOf } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { TaskState } from '../lifecycle.ts';

type Condition = RawBuilder<unknown>;

/** What figures may be narrowed to. Units are lead units: a task has one, so sums are exact. */
export interface FigureFilters {
  readonly leadUnit?: readonly string[];
  readonly sector?: readonly string[];
  readonly plan?: string;
  readonly stage?: string;
}

export interface UnitFigures {
  readonly unitId: string;
  readonly open: number;
  readonly red: number;
  readonly amber: number;
  readonly grey: number;
  readonly closed: number;
  readonly closedLate: number;
  /** Days by which its oldest overdue task is late; 0 where none is. */
  readonly longestDays: number;
  readonly oldestTaskId: string | null;
}

export interface CellFigures {
  readonly sector: string | null;
  readonly stageId: string | null;
  readonly open: number;
  readonly red: number;
  readonly amber: number;
  readonly grey: number;
}

export interface Figures {
  readonly day: Day;
  readonly open: number;
  readonly byState: Readonly<Partial<Record<TaskState, number>>>;
  readonly red: number;
  readonly amber: number;
  readonly green: number;
  readonly grey: number;
  readonly dueToday: number;
  readonly newlyOverdue: number;
  readonly withoutDeadline: number;
  readonly closed: number;
  readonly closedLate: number;
  readonly closedToday: number;
  /** Closed share of all that is or was to be done, 0–100; null where there is nothing. */
  readonly rate: number | null;
  readonly units: readonly UnitFigures[];
  readonly matrix: readonly CellFigures[];
}

/** A unit's own figures are about the tasks that it leads; co-units read them in the list. */
const leadersOf = (scope: Scope, filters: FigureFilters): readonly string[] | null => {
  const wanted = filters.leadUnit && filters.leadUnit.length > 0 ? filters.leadUnit : null;
  if (scope.units === 'all') return wanted;
  const own: readonly string[] = scope.units;
  return wanted ? own.filter((unit) => wanted.includes(unit)) : own;
};

interface OpenRow {
  level: number;
  state: TaskState | null;
  unit: string | null;
  sector: string | null;
  stage: string | null;
  open: number;
  red: number;
  amber: number;
  grey: number;
  due_today: number;
  new_red: number;
  undated: number;
  oldest: string | null;
}

/** Open tasks as of the evening of a day (as of now for today), from the spans alone. */
async function openFigures(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  leaders: readonly string[] | null,
  on: Day,
): Promise<OpenRow[]> {
  const where: Condition[] = [
    sql`s.days @> span_day(j.code, ${on}::date)`,
    ...(leaders ? [sql`s.lead_unit_id = any(${[...leaders]}::uuid[])`] : []),
    ...(filters.sector && filters.sector.length > 0 ? [sql`s.sector = any(${[...filters.sector]}::text[])`] : []),
    ...(filters.plan ? [sql`s.plan_id = ${filters.plan}::uuid`] : []),
    ...(filters.stage ? [sql`s.stage_id = ${filters.stage}::uuid`] : []),
  ];
  const found = await sql<OpenRow>`
    select grouping(state, lead_unit_id, sector) as level, state, lead_unit_id as unit, sector, stage_id as stage,
      sum(n)::int as open, sum(red)::int as red, sum(amber)::int as amber, sum(grey)::int as grey,
      sum(due_today)::int as due_today, sum(new_red)::int as new_red, sum(undated)::int as undated, min(oldest) as oldest
    from (
      select s.state, s.lead_unit_id, s.sector, s.stage_id, count(*) as n,
        count(*) filter (where s.state <> 'suspended' and s.due_on < ${on}::date) as red,
        count(*) filter (where s.state <> 'suspended' and (s.due_on is null or s.due_on >= ${on}::date)
          and s.amber_on <= ${on}::date) as amber,
        count(*) filter (where s.state = 'suspended') as grey,
        count(*) filter (where s.state <> 'suspended' and s.due_on = ${on}::date) as due_today,
        count(*) filter (where s.state <> 'suspended' and s.due_on = ${addDays(on, -1)}::date) as new_red,
        count(*) filter (where s.due_on is null) as undated,
        min(s.due_on::text || s.task_id::text) filter (where s.state <> 'suspended' and s.due_on < ${on}::date) as oldest
      from unnest(${[...scope.jurisdictions]}::text[]) as j (code)
      cross join lateral (select s.state, s.lead_unit_id, s.sector, s.stage_id, s.due_on, s.amber_on, s.task_id from task_span s where ${sql.join(where, sql` and `)}) s
      group by 1, 2, 3, 4) g
    group by grouping sets ((state), (lead_unit_id), (sector, stage_id))`.execute(db);
  return found.rows;
}

interface ClosedRow {
  unit: string;
  closed: number;
  late: number;
}

/** Closed up to and including a day: years and months from the counts, the running month from the closing days. */
async function closedFigures(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  leaders: readonly string[] | null,
  on: Day,
  by: 'all' | 'unit',
): Promise<ClosedRow[]> {
  const month = `${on.slice(0, 7)}-01`;
  const sectors = filters.sector ?? [];
  const live: Condition[] = [
    sql`t.jurisdiction = any(${[...scope.jurisdictions]}::text[])`,
    sql`t.closed_on <= ${on}::date`,
    ...(leaders ? [sql`t.lead_unit_id = any(${[...leaders]}::uuid[])`] : []),
    ...(sectors.length > 0 ? [sql`t.sector = any(${[...sectors]}::text[])`] : []),
    ...(filters.plan ? [sql`t.plan_id = ${filters.plan}::uuid`] : []),
    ...(filters.stage ? [sql`t.stage_id = ${filters.stage}::uuid`] : []),
  ];
  const byUnit = by === 'unit' || leaders !== null;
  // Counts keep unit and sector together only without a plan; the rare rest is counted from the tasks themselves.
  const direct = byUnit && sectors.length > 0 && (filters.plan !== undefined || filters.stage !== undefined);
  const unit = by === 'unit' ? sql`t.lead_unit_id::text` : sql`''`;
  const running = sql`select ${unit} as unit, count(*)::int as closed, (count(*) filter (where t.closed_late))::int as late
    from task t where ${sql.join([...live, ...(direct ? [] : [sql`t.closed_on >= ${month}::date`])], sql` and `)} group by 1`;
  const kept = sql`select ${by === 'unit' ? sql`c.unit_id` : sql`''`} as unit, sum(c.closed)::int, sum(c.closed_late)::int
    from task_tally c where c.jurisdiction = any(${[...scope.jurisdictions]}::text[])
      and c.plan_id = ${filters.plan ?? ''}
      and c.stage_id = ${filters.stage ?? ''}
      and ${leaders ? sql`c.unit_id = any(${[...leaders]}::text[])` : byUnit ? sql`c.unit_id <> ''` : sql`c.unit_id = ''`}
      and ${sectors.length > 0 ? sql`c.sector = any(${[...sectors]}::text[])` : sql`c.sector = ''`}
      and ((c.period = 'y' and c.first_day < ${`${yearOf(on)}-01-01`}::date)
        or (c.period = 'm' and c.first_day >= ${`${yearOf(on)}-01-01`}::date and c.first_day < ${month}::date))
    group by 1`;
  const found = await sql<ClosedRow>`
    select unit, sum(closed)::int as closed, sum(late)::int as late
    from (${direct ? running : sql`${running} union all ${kept}`}) x (unit, closed, late) group by 1`.execute(db);
  return found.rows;
}

async function closedOn(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  leaders: readonly string[] | null,
  on: Day,
): Promise<number> {
  const found = await sql<{ n: number }>`
    select count(*)::int as n from task t
    where t.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and t.closed_on = ${on}::date
      ${leaders ? sql`and t.lead_unit_id = any(${[...leaders]}::uuid[])` : sql``}
      ${filters.sector && filters.sector.length > 0 ? sql`and t.sector = any(${[...filters.sector]}::text[])` : sql``}
      ${filters.plan ? sql`and t.plan_id = ${filters.plan}::uuid` : sql``}
      ${filters.stage ? sql`and t.stage_id = ${filters.stage}::uuid` : sql``}`.execute(db);
  return found.rows[0]?.n ?? 0;
}

/**
 * All figures of a scope as of a day. Cost depends on the tasks that were open on that day and on those closed in its
 * month, never on how many were closed before. `filters.stage` needs `filters.plan`.
 */
export async function figuresAsOf(db: Queryable, scope: Scope, filters: FigureFilters, on: Day): Promise<Figures> {
  const leaders = leadersOf(scope, filters);
  const [open, closed, closedByUnit, closedToday] = await Promise.all([
    openFigures(db, scope, filters, leaders, on),
    closedFigures(db, scope, filters, leaders, on, 'all'),
    closedFigures(db, scope, filters, leaders, on, 'unit'),
    closedOn(db, scope, filters, leaders, on),
  ]);
  // grouping() gives one bit per column left out: state kept 011, unit kept 101, sector kept 110.
  const states = open.filter((row) => row.level === 0b011);
  const units = open.filter((row) => row.level === 0b101);
  const cells = open.filter((row) => row.level === 0b110);
  const sum = (pick: (row: OpenRow) => number): number => states.reduce((total, row) => total + pick(row), 0);
  const total = sum((row) => row.open);
  const [red, amber, grey] = [sum((row) => row.red), sum((row) => row.amber), sum((row) => row.grey)];
  const done = closed[0] ?? { closed: 0, late: 0 };
  const closedOf = new Map(closedByUnit.map((row) => [row.unit, row]));
  const unitIds = new Set([...units.map((row) => row.unit ?? ''), ...closedOf.keys()]);
  const openOf = new Map(units.map((row) => [row.unit ?? '', row]));
  return {
    day: on,
    open: total,
    byState: Object.fromEntries(states.map((row) => [row.state, row.open])),
    red,
    amber,
    green: total - red - amber - grey,
    grey,
    dueToday: sum((row) => row.due_today),
    newlyOverdue: sum((row) => row.new_red),
    withoutDeadline: sum((row) => row.undated),
    closed: done.closed,
    closedLate: done.late,
    closedToday,
    rate: done.closed + total === 0 ? null : Math.round((done.closed / (done.closed + total)) * 1000) / 10,
    units: [...unitIds]
      .map((unitId) => unitFigures(unitId, openOf.get(unitId), closedOf.get(unitId), on))
      .sort(byLateness),
    matrix: cells.map((row) => ({
      sector: row.sector,
      stageId: row.stage,
      open: row.open,
      red: row.red,
      amber: row.amber,
      grey: row.grey,
    })),
  };
}

const byLateness = (a: UnitFigures, b: UnitFigures): number =>
  b.longestDays - a.longestDays ||
  b.red - a.red ||
  b.amber - a.amber ||
  b.open - a.open ||
  (a.unitId < b.unitId ? -1 : 1);

function unitFigures(unitId: string, open: OpenRow | undefined, closed: ClosedRow | undefined, on: Day): UnitFigures {
  const oldest = open?.oldest ?? null;
  const days = oldest === null ? 0 : Math.round((Date.parse(on) - Date.parse(oldest.slice(0, 10))) / 86_400_000);
  return {
    unitId,
    open: open?.open ?? 0,
    red: open?.red ?? 0,
    amber: open?.amber ?? 0,
    grey: open?.grey ?? 0,
    closed: closed?.closed ?? 0,
    closedLate: closed?.late ?? 0,
    longestDays: days,
    oldestTaskId: oldest === null ? null : oldest.slice(10),
  };
}

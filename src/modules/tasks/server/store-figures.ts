import { type RawBuilder, sql } from 'kysely';
import { type Day, day, daysBetween } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { TaskState } from '../lifecycle.ts';
import { keptFor } from './store-tally.ts';

type Condition = RawBuilder<unknown>;

/** What figures may be narrowed to. Units are lead units: a task has one, so sums are exact. */
export interface FigureFilters {
  readonly leadUnit?: readonly string[];
  readonly sector?: readonly string[];
  readonly plan?: string;
  readonly stage?: string;
}

/** The task of a unit that is late longest, as it is called today. */
export interface OldestTask {
  readonly id: string;
  readonly number: string;
  readonly title: string;
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
  readonly oldestTask: OldestTask | null;
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

/**
 * Spans that lie over a day, of one government (the days of the index hold it too): those that still run, and those that
 * have ended since. Narrowed by `where` over the alias s.
 */
export const spansOn = (code: Condition, on: Day, columns: Condition, where: readonly Condition[]): Condition => {
  const narrowed = where.length === 0 ? sql`` : sql`and ${sql.join(where as Condition[], sql` and `)}`;
  return sql`select ${columns} from task_span s
      where s.jurisdiction = ${code} and s.to_on is null and s.from_on <= ${on}::date ${narrowed}
    union all select ${columns} from task_span s
      where s.to_on is not null and s.days @> span_day(${code}, ${on}::date) ${narrowed}`;
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
  dueToday: number;
  newlyOverdue: number;
  withoutDeadline: number;
  /** Day of the oldest due date and the task's serial in one number. */
  oldest: number | null;
}

const SERIALS = 2 ** 38;

/** Open tasks as of the evening of a day (as of now for today), from the spans alone, counted three ways in one pass. */
async function openFigures(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  leaders: readonly string[] | null,
  on: Day,
): Promise<OpenRow[]> {
  const where: Condition[] = [
    ...(leaders ? [sql`s.lead_unit_id = any(${[...leaders]}::uuid[])`] : []),
    ...(filters.sector && filters.sector.length > 0 ? [sql`s.sector = any(${[...filters.sector]}::text[])`] : []),
    ...(filters.plan ? [sql`s.plan_id = ${filters.plan}::uuid`] : []),
    ...(filters.stage ? [sql`s.stage_id = ${filters.stage}::uuid`] : []),
  ];
  const day = sql`${on}::date`;
  const columns = sql`s.state, s.lead_unit_id, s.sector, s.stage_id, s.due_on, s.amber_on, s.serial`;
  const found = await sql<OpenRow>`
    select grouping(state, lead_unit_id, sector) as level, state, lead_unit_id as unit, sector, stage_id as stage,
      count(*)::int as open, (count(*) filter (where lit and due_on < ${day}))::int as red,
      (count(*) filter (where lit and amber_on <= ${day} and not coalesce(due_on < ${day}, false)))::int as amber,
      (count(*) filter (where not lit))::int as grey, (count(*) filter (where lit and due_on = ${day}))::int as "dueToday",
      (count(*) filter (where lit and due_on = ${day} - 1))::int as "newlyOverdue",
      (count(*) filter (where due_on is null))::int as "withoutDeadline", min(oldest) as oldest
    from (
      select s.state, s.lead_unit_id, s.sector, s.stage_id, s.due_on, s.amber_on, s.state <> 'suspended' as lit,
        case when s.state <> 'suspended' and s.due_on < ${day}
          then (s.due_on - date '1970-01-01') * ${SERIALS}::bigint + s.serial end as oldest
      from unnest(${[...scope.jurisdictions]}::text[]) as j (code)
      cross join lateral (${spansOn(sql`j.code`, on, columns, where)}) s) g
    group by grouping sets ((state), (lead_unit_id), (sector, stage_id))`.execute(db);
  return found.rows;
}

interface ClosedRow {
  unit: string;
  closed: number;
  late: number;
  today: number;
}

/** Closed up to and including a day, by unit: years and months from the counts, the running month from the closing days. */
async function closedFigures(
  db: Queryable,
  scope: Scope,
  filters: FigureFilters,
  leaders: readonly string[] | null,
  on: Day,
): Promise<ClosedRow[]> {
  const { yearsBefore, monthsBefore } = await keptFor(db, scope.jurisdictions, on);
  const sectors = filters.sector ?? [];
  // Within a plan, counts keep unit and sector together by year only: the running year is counted from the closing days.
  const yearly = sectors.length > 0 && (filters.plan !== undefined || filters.stage !== undefined);
  const from = yearly ? yearsBefore : monthsBefore;
  const live: Condition[] = [
    sql`t.jurisdiction = any(${[...scope.jurisdictions]}::text[])`,
    sql`t.closed_on <= ${on}::date`,
    sql`t.closed_on >= least(${from}::date, ${on}::date)`,
    ...(leaders ? [sql`t.lead_unit_id = any(${[...leaders]}::uuid[])`] : []),
    ...(sectors.length > 0 ? [sql`t.sector = any(${[...sectors]}::text[])`] : []),
    ...(filters.plan ? [sql`t.plan_id = ${filters.plan}::uuid`] : []),
    ...(filters.stage ? [sql`t.stage_id = ${filters.stage}::uuid`] : []),
  ];
  const running = sql`select t.lead_unit_id::text as unit, (count(*) filter (where t.closed_on >= ${from}::date))::int as closed,
      (count(*) filter (where t.closed_late and t.closed_on >= ${from}::date))::int as late, (count(*) filter (where t.closed_on = ${on}::date))::int as today
    from task t where ${sql.join(live, sql` and `)} group by t.lead_unit_id`;
  const years = sql`c.period = 'y' and c.first_day < ${yearsBefore}::date`;
  const months = sql`c.period = 'm' and c.first_day >= ${yearsBefore}::date and c.first_day < ${monthsBefore}::date`;
  const kept = sql`select c.unit_id as unit, sum(c.closed)::int, sum(c.closed_late)::int, 0
    from task_tally c where c.jurisdiction = any(${[...scope.jurisdictions]}::text[])
      and c.plan_id = ${filters.plan ?? ''}
      and c.stage_id = ${filters.stage ?? ''}
      and ${leaders ? sql`c.unit_id = any(${[...leaders]}::text[])` : sql`c.unit_id <> ''`}
      and ${sectors.length > 0 ? sql`c.sector = any(${[...sectors]}::text[])` : sql`c.sector = ''`}
      and ${yearly ? sql`(${years})` : sql`((${years}) or (${months}))`}
    group by 1`;
  const found = await sql<ClosedRow>`
    select unit, sum(closed)::int as closed, sum(late)::int as late, sum(today)::int as today
    from (${running} union all ${kept}) x (unit, closed, late, today) group by 1`.execute(db);
  return found.rows;
}

/** The tasks that are late longest, by unit and serial. */
async function oldestTasks(
  db: Queryable,
  scope: Scope,
  serials: readonly number[],
): Promise<ReadonlyMap<string, OldestTask>> {
  if (serials.length === 0) return new Map();
  const found = await sql<OldestTask & { serial: number; unit: string }>`
    select t.id, t.number, t.title, t.serial, s.lead_unit_id as unit from task t join task_span s on s.jurisdiction = t.jurisdiction and s.task_id = t.id
    where t.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and t.serial = any(${[...serials]}::bigint[])`.execute(
    db,
  );
  return new Map(found.rows.map(({ unit, serial, ...task }) => [`${unit} ${serial}`, task]));
}

/**
 * All figures of a scope as of a day. Cost depends on the tasks that were open on that day and on those closed in its
 * month, never on how many were closed before. `filters.stage` needs `filters.plan`.
 */
export async function figuresAsOf(db: Queryable, scope: Scope, filters: FigureFilters, on: Day): Promise<Figures> {
  const leaders = leadersOf(scope, filters);
  const [open, closed] = await Promise.all([
    openFigures(db, scope, filters, leaders, on),
    closedFigures(db, scope, filters, leaders, on),
  ]);
  // grouping() gives one bit per column left out: state kept 011, unit kept 101, sector kept 110.
  const states = open.filter((row) => row.level === 0b011);
  const units = new Map<string, Sums>();
  const oldest = new Map<string, number>();
  for (const row of open.filter((one) => one.level === 0b101)) {
    const unit = row.unit ?? '';
    addTo(units, unit, row);
    if (row.oldest !== null) oldest.set(unit, Math.min(row.oldest, oldest.get(unit) ?? row.oldest));
  }
  const cells = new Map<string, Sums & { sector: string | null; stageId: string | null }>();
  for (const row of open.filter((one) => one.level === 0b110)) {
    const key = `${row.stage}|${row.sector}`;
    addTo(cells, key, row, { sector: row.sector, stageId: row.stage });
  }
  const count = (of: (row: OpenRow) => number): number => states.reduce((sum, row) => sum + of(row), 0);
  const byState: Partial<Record<TaskState, number>> = {};
  for (const row of states) if (row.state) byState[row.state] = (byState[row.state] ?? 0) + row.open;
  const total = count((row) => row.open);
  const sum = (pick: (row: ClosedRow) => number): number => closed.reduce((all, row) => all + pick(row), 0);
  const done = sum((row) => row.closed);
  const tasks = await oldestTasks(
    db,
    scope,
    [...oldest.values()].map((one) => one % SERIALS),
  );
  const closedOf = new Map(closed.map((row) => [row.unit, row]));
  return {
    day: on,
    open: total,
    byState,
    red: count((row) => row.red),
    amber: count((row) => row.amber),
    green: count((row) => row.open - row.red - row.amber - row.grey),
    grey: count((row) => row.grey),
    dueToday: count((row) => row.dueToday),
    newlyOverdue: count((row) => row.newlyOverdue),
    withoutDeadline: count((row) => row.withoutDeadline),
    closed: done,
    closedLate: sum((row) => row.late),
    closedToday: sum((row) => row.today),
    rate: done + total === 0 ? null : Math.round((done / (done + total)) * 1000) / 10,
    units: [...new Set([...units.keys(), ...closedOf.keys()])]
      .map((unitId) => {
        const first = oldest.get(unitId);
        return {
          unitId,
          ...(units.get(unitId) ?? nothing),
          closed: closedOf.get(unitId)?.closed ?? 0,
          closedLate: closedOf.get(unitId)?.late ?? 0,
          longestDays: first === undefined ? 0 : daysBetween(day('1970-01-01'), on) - Math.floor(first / SERIALS),
          oldestTask: first === undefined ? null : (tasks.get(`${unitId} ${first % SERIALS}`) ?? null),
        };
      })
      .sort(byLateness),
    matrix: [...cells.values()],
  };
}

interface Sums {
  open: number;
  red: number;
  amber: number;
  grey: number;
}
const nothing: Sums = { open: 0, red: 0, amber: 0, grey: 0 };

function addTo<T extends object>(sums: Map<string, Sums & T>, key: string, row: OpenRow, names = {} as T): void {
  const sum = sums.get(key) ?? { ...nothing, ...names };
  sum.open += row.open;
  sum.red += row.red;
  sum.amber += row.amber;
  sum.grey += row.grey;
  sums.set(key, sum);
}

const byLateness = (a: UnitFigures, b: UnitFigures): number =>
  b.longestDays - a.longestDays ||
  b.red - a.red ||
  b.amber - a.amber ||
  b.open - a.open ||
  (a.unitId < b.unitId ? -1 : 1);

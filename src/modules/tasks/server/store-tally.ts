import { sql } from 'kysely';
import { addDays, type Day, day as dayFrom, yearOf } from '../../../kernel/day.ts';
import type { Queryable } from '../../../platform/db/connect.ts';

/** A task that was closed, as the counts see it. */
export interface Closing {
  readonly unitId: string;
  readonly sector: string | null;
  readonly planId: string | null;
  readonly stageId: string | null;
  readonly late: boolean;
}

/** The row that every closing writes is spread over so many, so that closings do not wait for each other. */
const SHARDS = 4;

type Key = readonly [
  plan: string,
  stage: string,
  unit: string,
  sector: string,
  period: string,
  day: string,
  shard: number,
];

function keysOf(closing: Closing, day: Day, shard: number): Key[] {
  const sector = closing.sector ?? '';
  const places: [string, string][] = [['', '']];
  if (closing.planId !== null) places.push([closing.planId, '']);
  if (closing.planId !== null && closing.stageId !== null) places.push([closing.planId, closing.stageId]);
  const cells: [string, string, string, string, number][] = places.flatMap(([plan, stage]) => [
    [plan, stage, '', '', shard],
    [plan, stage, closing.unitId, '', 0],
    ...(sector === '' ? [] : [[plan, stage, '', sector, 0] as [string, string, string, string, number]]),
  ]);
  if (sector !== '') cells.push(['', '', closing.unitId, sector, 0]);
  const year = `${day.slice(0, 4)}-01-01`;
  // A unit's sectors within a plan are kept by year only: months of them would be as many as the tasks.
  const yearly =
    sector === ''
      ? []
      : places.slice(1).map(([plan, stage]): Key => [plan, stage, closing.unitId, sector, 'y', year, 0]);
  return [
    ...yearly,
    ...cells.flatMap(([plan, stage, unit, field, part]): Key[] => [
      [plan, stage, unit, field, 'm', `${day.slice(0, 7)}-01`, part],
      [plan, stage, unit, field, 'y', year, part],
    ]),
  ];
}

/**
 * Adds closings to the counts of their month and year. Rows are written in the order of their keys, so that two closings
 * never wait for each other in a circle.
 */
export async function addToTally(
  db: Queryable,
  jurisdiction: string,
  day: Day,
  closings: readonly Closing[],
): Promise<void> {
  const shard = Math.floor(Math.random() * SHARDS);
  const sums = new Map<string, { key: Key; closed: number; late: number }>();
  for (const closing of closings)
    for (const key of keysOf(closing, day, shard)) {
      const text = JSON.stringify(key);
      const sum = sums.get(text) ?? { key, closed: 0, late: 0 };
      sums.set(text, { key, closed: sum.closed + 1, late: sum.late + (closing.late ? 1 : 0) });
    }
  const rows = [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const part = (at: number) => rows.map((row) => row.key[at]);
  await sql`
    insert into task_tally (jurisdiction, plan_id, stage_id, unit_id, sector, period, first_day, shard, closed, closed_late)
    select ${jurisdiction}, x.* from unnest(${part(0)}::text[], ${part(1)}::text[], ${part(2)}::text[], ${part(3)}::text[],
      ${part(4)}::text[], ${part(5)}::date[], ${part(6)}::smallint[], ${rows.map((row) => row.closed)}::int[],
      ${rows.map((row) => row.late)}::int[]) as x
    on conflict (jurisdiction, plan_id, stage_id, unit_id, sector, period, first_day, shard) do update set
      closed = task_tally.closed + excluded.closed, closed_late = task_tally.closed_late + excluded.closed_late`.execute(
    db,
  );
}

/** Up to which days the kept counts of years and months can be used for a day, and from when closings are counted singly. */
export interface Kept {
  /** Years that begin before this day. */
  readonly yearsBefore: Day;
  /** Months from `yearsBefore` on that begin before this day. */
  readonly monthsBefore: Day;
}

/**
 * Kept counts hold a period as a whole: that of a day can be used where nothing was closed after the day, as for today.
 * What was closed from `monthsBefore` on up to the day remains to be counted.
 */
export async function keptFor(db: Queryable, jurisdictions: readonly string[], on: Day): Promise<Kept> {
  const year = yearOf(on);
  const month = dayFrom(`${on.slice(0, 7)}-01`);
  const nextYear = dayFrom(`${year + 1}-01-01`);
  const nextMonth = dayFrom(`${addDays(month, 31).slice(0, 7)}-01`);
  const found = await sql<{ next: Day | null }>`
    select min(x.closed_on) as next from unnest(${[...jurisdictions]}::text[]) as j (code) cross join lateral (
      select t.closed_on from task t where t.jurisdiction = j.code and t.closed_on > ${on}::date
      order by t.closed_on limit 1) x`.execute(db);
  const next = found.rows[0]?.next ?? null;
  if (next === null || next >= nextYear) return { yearsBefore: nextYear, monthsBefore: nextYear };
  const yearsBefore = dayFrom(`${year}-01-01`);
  return { yearsBefore, monthsBefore: next >= nextMonth ? nextMonth : month };
}

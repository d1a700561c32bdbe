import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Queryable } from '../../../platform/db/connect.ts';

/** What one change adds to the counts of its day. */
export interface TallyEntry {
  readonly unitId: string;
  readonly sector: string | null;
  readonly planId: string | null;
  readonly stageId: string | null;
  readonly assigned: number;
  readonly closed: number;
  readonly closedLate: number;
  readonly withdrawn: number;
}

/** Rows that everybody writes are spread over so many, so that closings do not wait for each other. */
const SHARDS = 4;

type Row = TallyEntry & { readonly key: readonly [string, string, string, string, string, string, number] };

function rowsOf(entry: TallyEntry, day: Day, shard: number): Row[] {
  const periods = [
    ['d', day],
    ['m', `${day.slice(0, 7)}-01`],
    ['y', `${day.slice(0, 4)}-01-01`],
  ] as const;
  const plans: [string, string][] = [['', '']];
  if (entry.planId !== null) plans.push([entry.planId, '']);
  if (entry.planId !== null && entry.stageId !== null) plans.push([entry.planId, entry.stageId]);
  const rows: Row[] = [];
  for (const [plan, stage] of plans)
    for (const unit of ['', entry.unitId])
      for (const sector of entry.sector === null ? [''] : ['', entry.sector])
        for (const [period, from] of periods)
          rows.push({
            ...entry,
            key: [plan, stage, unit, sector, period, from, unit === '' && sector === '' ? shard : 0],
          });
  return rows;
}

/**
 * Adds to the counts of the day, of its month and its year, for every combination of lead unit, sector, plan and stage
 * that figures are asked for. Rows are written in the order of their keys, so that two closings never wait in a circle.
 */
export async function addToTally(
  db: Queryable,
  jurisdiction: string,
  day: Day,
  entries: readonly TallyEntry[],
): Promise<void> {
  const shard = Math.floor(Math.random() * SHARDS);
  const sums = new Map<string, Row>();
  for (const row of entries.flatMap((entry) => rowsOf(entry, day, shard))) {
    const key = JSON.stringify(row.key);
    const sum = sums.get(key);
    sums.set(key, {
      ...row,
      assigned: row.assigned + (sum?.assigned ?? 0),
      closed: row.closed + (sum?.closed ?? 0),
      closedLate: row.closedLate + (sum?.closedLate ?? 0),
      withdrawn: row.withdrawn + (sum?.withdrawn ?? 0),
    });
  }
  const rows = [...sums.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const key = (at: number) => rows.map((row) => row.key[at]);
  await sql`
    insert into task_tally (jurisdiction, plan_id, stage_id, unit_id, sector, period, day, shard,
      assigned, closed, closed_late, withdrawn)
    select ${jurisdiction}, x.* from unnest(${key(0)}::text[], ${key(1)}::text[], ${key(2)}::text[], ${key(3)}::text[],
      ${key(4)}::text[], ${key(5)}::date[], ${key(6)}::smallint[], ${rows.map((row) => row.assigned)}::int[],
      ${rows.map((row) => row.closed)}::int[], ${rows.map((row) => row.closedLate)}::int[],
      ${rows.map((row) => row.withdrawn)}::int[]) as x
    on conflict (jurisdiction, plan_id, stage_id, unit_id, sector, period, day, shard) do update set
      assigned = task_tally.assigned + excluded.assigned, closed = task_tally.closed + excluded.closed,
      closed_late = task_tally.closed_late + excluded.closed_late,
      withdrawn = task_tally.withdrawn + excluded.withdrawn`.execute(db);
}

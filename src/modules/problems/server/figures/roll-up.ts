import { sql } from 'kysely';
import { addDays, type Day, daysBetween } from '../../../../kernel/day.ts';
import { type Queryable, transaction } from '../../../../platform/db/connect.ts';
import type { Duty } from '../../../../platform/jobs/duty.ts';
import { keptTo } from './blocks.ts';
import { keepBlocks, keepCodes } from './keep-blocks.ts';
import { keepSums } from './keep-sums.ts';

/**
 * Keeps the figures of finished days ready, up to the day before `today`: sums of turns by unit, sector and so on, and blocks
 * of the history from which any narrowing is counted. Figures are right without it; with it their cost does not grow with the
 * ledger. Bears being run again. Gives how many days were added.
 */
export function rollUpFigures(db: Queryable, jurisdiction: string, today: Day): Promise<number> {
  return transaction(db, async (within) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`problem_kept ${jurisdiction}`}))`.execute(within);
    const to = addDays(today, -1);
    const after = await keptTo(within, jurisdiction);
    if (after !== null && after >= to) return 0;
    const first = after === null ? await firstDay(within, jurisdiction) : addDays(after, 1);
    if (first === null || first > to) return 0;
    // The first time is long on a ledger that has grown large without it.
    await sql`set local statement_timeout = 0`.execute(within);
    await sql`set local work_mem = '512MB'`.execute(within);
    await keepCodes(within, jurisdiction, { after, to });
    await keepBlocks(within, jurisdiction, first, to);
    await keepSums(within, jurisdiction, first, to);
    await sql`
      insert into problem_kept (jurisdiction, flow_day) values (${jurisdiction}, ${to})
      on conflict (jurisdiction) do update set flow_day = excluded.flow_day, stamp = gen_random_uuid()`.execute(within);
    await sql`analyze problem_flow, problem_block_part`.execute(within);
    return daysBetween(first, to) + 1;
  });
}

/** The day of the first thing that happened. */
async function firstDay(db: Queryable, jurisdiction: string): Promise<Day | null> {
  const found = await sql<{ day: Day | null }>`
    select least((select min(day) from problem_turn where jurisdiction = ${jurisdiction}),
      (select min(from_on) from problem_span where jurisdiction = ${jurisdiction})) as day`.execute(db);
  return found.rows[0]?.day ?? null;
}

/** Shortly after midnight: yesterday is over, and what happened on it and was open in its evening is written down. */
export const keepFigures: Duty = {
  name: 'keep-figures',
  word: '汇总前一日的问题数字',
  pattern: '20 0 * * *',
  about: (today) => today,
  run: async (act, day) => `备好 ${await rollUpFigures(act.db, act.actor.jurisdiction, day)} 天的数字`,
};

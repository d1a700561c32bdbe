import { sql } from 'kysely';
import { systemActor } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import type { Act, House } from '../act.ts';
import { perform } from '../perform.ts';

/** Something that is due once for each day and jurisdiction. It takes the day as argument and bears being run again. */
export interface Duty {
  /** 'seal-day' */
  readonly name: string;
  /** 封存当日记录: for the log. */
  readonly word: string;
  /** When it is due, as a cron pattern in Shanghai time. */
  readonly pattern: string;
  /** The day that a run at this moment is about (yesterday for a nightly duty). */
  readonly about: (today: Day) => Day;
  /** Returns a short sentence of what was done. */
  readonly run: (act: Act, day: Day) => Promise<string>;
  /**
   * What lies outside the database, brought up to date after every run, also when another process had done the duty or
   * one died in between; bears being run again.
   */
  readonly afterwards?: (house: House, jurisdiction: string) => Promise<void>;
}

/**
 * Runs a duty for a day, once: the claim is a row in the same transaction as the work, so that of several processes one
 * works and the others wait and then see it done, and a process that dies leaves nothing claimed. Returns the outcome, or
 * null when it had been done before.
 */
export function runOnce(house: House, duty: Duty, day: Day, jurisdiction: string): Promise<string | null> {
  return perform(house, systemActor(asJurisdiction(jurisdiction)), async (act) => {
    const claimed = await sql`
      insert into duty_run (duty, day, jurisdiction, started_at) values (${duty.name}, ${day}, ${jurisdiction}, ${act.now})
      on conflict do nothing returning duty`.execute(act.db);
    if (claimed.rows.length === 0) return null;
    const outcome = await duty.run(act, day);
    await sql`
      update duty_run set finished_at = ${act.now}, outcome = ${outcome}
      where duty = ${duty.name} and day = ${day} and jurisdiction = ${jurisdiction}`.execute(act.db);
    return outcome;
  });
}

/** All jurisdictions of the installation. */
export async function jurisdictionsOf(house: House): Promise<readonly string[]> {
  const found = await sql<{ code: string }>`select code from jurisdiction order by code`.execute(house.db);
  return found.rows.map((row) => row.code);
}

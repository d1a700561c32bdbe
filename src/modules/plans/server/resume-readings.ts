import { sql } from 'kysely';
import { systemActor } from '../../../kernel/actor.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import type { House } from '../../../platform/act.ts';
import { startReading } from './import-plan.ts';

/**
 * Begins again the readings that a former process of this installation left unfinished when it ended; call it once when
 * the server starts. Reading is repeatable: nothing was saved before the end of it.
 */
export async function resumeReadings(house: House): Promise<number> {
  const found = await sql<{ jurisdiction: string; id: string }>`
    select jurisdiction, id from plan where state = 'importing' order by reading_began limit 100`.execute(house.db);
  for (const plan of found.rows) startReading(house, systemActor(asJurisdiction(plan.jurisdiction)), plan.id);
  return found.rows.length;
}

import { sql } from 'kysely';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { inSight } from './store.ts';

export { readingsFinished } from './import-plan.ts';
export { planItems } from './records.ts';
export { resumeReadings } from './resume-readings.ts';
export { stagesOfPlans } from './store-schedule.ts';

export interface PlanCard {
  jurisdiction: string;
  id: string;
  number: string | null;
  title: string;
}

/** Adopted plans in sight, newest first, for filters and headings of other rooms. */
export async function adoptedPlans(db: Queryable, scope: Scope): Promise<PlanCard[]> {
  const found = await sql<PlanCard>`
    select p.jurisdiction, p.id, p.number, p.title from plan p where ${inSight(scope)} and p.state = 'adopted'
    order by p.adopted_on desc, p.number desc limit 500`.execute(db);
  return found.rows;
}

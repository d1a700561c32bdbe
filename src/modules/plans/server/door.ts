import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';

export { readingsFinished } from './import-plan.ts';
export { eventRecord, filingRecord, planItems, planRecord } from './records.ts';
export { resumeReadings } from './resume-readings.ts';
export { type StageRow, stagesOfPlan } from './store-schedule.ts';

export interface PlanCard {
  id: string;
  number: string | null;
  title: string;
}

/** Adopted plans of a jurisdiction, newest first, for filters and headings of other rooms. */
export async function adoptedPlans(db: Queryable, jurisdiction: string): Promise<PlanCard[]> {
  const found = await sql<PlanCard>`
    select id, number, title from plan where jurisdiction = ${jurisdiction} and state = 'adopted'
    order by adopted_on desc, number desc limit 500`.execute(db);
  return found.rows;
}

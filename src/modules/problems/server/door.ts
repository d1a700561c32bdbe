import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { Problem } from '../problem.ts';
import { type Line, type LineRow, lineColumns, linesOf, rowsByIds } from './lines.ts';
import { inScope, problemInScope } from './store.ts';

export type { NewProblem, Problem } from '../problem.ts';
export { addSampleCriteria } from './add-criteria.ts';
export { resumeBatchReadings } from './batches/import-batch.ts';
export { type Registered, registerProblems } from './create-problems.ts';
export { type OverviewOf, overview } from './figures/overview.ts';
export { keepFigures, rollUpFigures } from './figures/roll-up.ts';
export { type BroughtFile, type Deed, type Entry, ProblemHistory } from './history.ts';
export type { Line } from './lines.ts';
export { problemListeners } from './listens.ts';
export { assignChecks } from './look-backs/assign.ts';
export { drawLookBack } from './look-backs/draw.ts';
export { fixSeed } from './look-backs/fix-seed.ts';
export { freezeLookBack } from './look-backs/freeze.ts';
export { recordCheck } from './look-backs/record-check.ts';
export { viewLookBack } from './look-backs/view.ts';
export { markListed } from './mark-listed.ts';
export { issueMeasure, type MeasureInput, sortMeasure, stepMeasure } from './measures/act.ts';
export { problemItems } from './records.ts';
export { reopenProblem } from './reopen.ts';
export { allowancesOf } from './store.ts';

/** The problems with these ids in the scope's jurisdictions. The caller has them from a list of the same scope. */
export async function problemsByIds(db: Queryable, scope: Scope, ids: readonly string[], day: Day): Promise<Line[]> {
  const lists = await Promise.all(scope.jurisdictions.map((jurisdiction) => rowsByIds(db, jurisdiction, ids)));
  return linesOf(db, lists.flat(), day);
}

/** The whole problem as far as the scope lets it be seen; a not-found refusal otherwise. */
export const problemOfScope = (
  db: Queryable,
  scope: Scope,
  id: string,
): Promise<{ readonly jurisdiction: string; readonly problem: Problem }> => problemInScope(db, scope, id);

/** Open major hazards in sight, the most urgent first, at most 2,000: what may or must be listed for supervision. */
export async function majorOpen(db: Queryable, scope: Scope, day: Day): Promise<Line[]> {
  const found = await sql<LineRow>`
    select ${lineColumns} from problem t where ${inScope(scope)} and t.open and t.grade = 'major'
    order by t.due_on, t.serial limit 2000`.execute(db);
  return linesOf(db, found.rows, day);
}

/** Those of the problems that the scope lets be seen; for lists of higher rooms. */
export async function problemsInSight(db: Queryable, scope: Scope, ids: readonly string[], day: Day): Promise<Line[]> {
  if (ids.length === 0) return [];
  const found = await sql<LineRow>`
    select ${lineColumns} from problem t where ${inScope(scope)} and t.id = any(${[...ids]}::uuid[])
    order by t.serial`.execute(db);
  return linesOf(db, found.rows, day);
}

/** By which clauses and when each of the problems was judged; those never judged are absent. The caller may see them. */
export async function judgementsOf(
  db: Queryable,
  jurisdictions: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly clauses: readonly string[]; readonly on: Day }>> {
  const found = await sql<{ id: string; clauses: string[]; on: Day }>`
    select id, jsonb_path_query_array(judgement, '$.clauses[*].code') as clauses, judgement ->> 'on' as "on" from problem
    where jurisdiction = any(${[...jurisdictions]}) and id = any(${[...ids]}::uuid[]) and judgement is not null`.execute(
    db,
  );
  return new Map(found.rows.map((row) => [row.id, { clauses: row.clauses, on: row.on }]));
}

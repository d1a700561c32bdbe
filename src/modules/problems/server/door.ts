import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { Problem } from '../problem.ts';
import { type Line, type LineRow, lineColumns, linesOf, rowsByIds } from './lines.ts';
import { inScope, problemInScope } from './store.ts';

export type { NewProblem, Problem } from '../problem.ts';
export { addSampleCriteria } from './add-criteria.ts';
export { batchReadingsFinished, resumeBatchReadings } from './batches/import-batch.ts';
export {
  overdueProblems,
  reopenedProblems,
  stillOverdueProblems,
  stillUndecided,
  undecidedMajor,
} from './behind.ts';
export { type Registered, registerProblems } from './create-problems.ts';
export { sharedLookups, standingsByUnit, type UnitStanding } from './figures/by-unit.ts';
export { type OverviewOf, overview } from './figures/overview.ts';
export { keepFigures, rollUpFigures } from './figures/roll-up.ts';
export { type BroughtFile, type Deed, type Entry, ProblemHistory } from './history.ts';
export { type Group, problemsInGroups } from './home.ts';
export type { Line } from './lines.ts';
export { list as listProblems } from './list.ts';
export { problemListeners } from './listens.ts';
export { assignChecks } from './look-backs/assign.ts';
export { drawLookBack } from './look-backs/draw.ts';
export { fixSeed } from './look-backs/fix-seed.ts';
export { freezeLookBack } from './look-backs/freeze.ts';
export { qualityAsOf as lookBackQualityOf } from './look-backs/quality.ts';
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

/** The most urgent open major hazards in sight, at most `most`; `dueAfter`: only those with time left after that day. */
export async function majorOpen(
  db: Queryable,
  scope: Scope,
  day: Day,
  asked: { readonly most: number; readonly dueAfter?: Day },
): Promise<Line[]> {
  const found = await sql<LineRow>`
    select ${lineColumns} from problem t where ${inScope(scope)} and t.open and t.grade = 'major'
      ${asked.dueAfter ? sql`and t.due_on > ${asked.dueAfter}::date` : sql``}
    order by t.due_on, t.serial limit ${asked.most}`.execute(db);
  return linesOf(db, found.rows, day);
}

/** What it takes to say whether an open major hazard must be listed; not more, because there may be tens of thousands. */
export interface MajorHazard {
  readonly id: string;
  readonly jurisdiction: string;
  readonly kind: string;
  readonly sector: string | null;
  readonly tags: readonly string[];
  readonly dueOn: Day;
  /** Codes of the clauses by which it was judged; none where it was never judged. */
  readonly clauses: readonly string[];
  /** Since when it counts as major: the day of the judgement, else of its entry. */
  readonly majorOn: Day;
  readonly listed: boolean;
}

/**
 * Every major hazard in sight that was open in the evening of the day, as it stood then; of today where `past` is false.
 * Grade, sector, deadline and plate are those of that day; the clauses are those of the last judgement.
 */
export async function majorHazards(
  db: Queryable,
  scope: Scope,
  day: Day,
  past: boolean,
): Promise<readonly MajorHazard[]> {
  const judged = sql`coalesce(jsonb_path_query_array(t.judgement, '$.clauses[*].code'), '[]') as clauses,
    case when t.judgement ->> 'on' is not null then least((t.judgement ->> 'on')::date, ${day}::date) end as "judgedOn",
    t.entered_on as "enteredOn"`;
  const found = await (past
    ? sql<HazardRow>`
        select t.id, t.jurisdiction, s.kind, s.sector, s.tags, s.due_on as "dueOn", ${judged}, s.listed
        from (${spansThen(scope, day, sql`s.grade = 'major'`)}) s
        join problem t on t.jurisdiction = s.jurisdiction and t.id = s.problem_id`
    : sql<HazardRow>`
        select t.id, t.jurisdiction, t.kind, t.sector, t.tags, t.due_on as "dueOn", ${judged},
          t.listed_on is not null and t.delisted_on is null as listed
        from problem t where ${inScope(scope)} and t.open and t.grade = 'major'`
  ).execute(db);
  return found.rows.map(({ judgedOn, enteredOn, ...row }) => ({ ...row, majorOn: judgedOn ?? enteredOn }));
}

/** Spans over the evening of a day in the sight of the scope, narrowed by a condition over the alias s. */
const spansThen = (scope: Scope, on: Day, narrowed: RawBuilder<unknown>): RawBuilder<unknown> => {
  const jurisdictions = sql`${scope.jurisdictions as readonly string[]}::text[]`;
  const seen = scope.units === 'all' ? sql`true` : sql`s.units && ${scope.units as readonly string[]}::uuid[]`;
  return sql`
    select s.* from problem_span s where s.jurisdiction = any(${jurisdictions}) and s.to_on is null
      and s.from_on <= ${on}::date and ${narrowed} and ${seen}
    union all
    select s.* from unnest(${jurisdictions}) as j (code) cross join lateral (
      select s.* from problem_span s where s.to_on is not null and s.days @> span_day(j.code, ${on}::date)) s
    where ${narrowed} and ${seen}`;
};

/** What lists of higher rooms show of problems as they stood on a past day. */
export interface StoodThen {
  readonly state: Problem['state'];
  readonly dueOn: Day;
  readonly leadUnitId: string;
}

/** The problems with these ids that were open in the evening of the day, as they stood then. */
export async function stoodThen(
  db: Queryable,
  jurisdictions: readonly string[],
  ids: readonly string[],
  on: Day,
): Promise<ReadonlyMap<string, StoodThen>> {
  const found = await sql<StoodThen & { id: string }>`
    select s.problem_id as id, s.state, s.due_on as "dueOn", s.lead_unit_id as "leadUnitId" from problem_span s
    where s.jurisdiction = any(${[...jurisdictions]}) and s.problem_id = any(${[...ids]}::uuid[])
      and s.from_on <= ${on}::date and (s.to_on is null or s.to_on > ${on}::date)`.execute(db);
  return new Map(found.rows.map(({ id, ...row }) => [id, row]));
}

interface HazardRow extends Omit<MajorHazard, 'majorOn'> {
  readonly judgedOn: Day | null;
  readonly enteredOn: Day;
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

/** A problem that was found at an enterprise or place before another one. */
export interface EarlierFind {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly foundOn: Day;
  readonly sector: string | null;
  readonly finderUnitId: string | null;
  readonly finder: string | null;
  readonly registeredByName: string;
  readonly closedOn: Day | null;
  readonly recheckedByName: string | null;
}

/** What was found where the problem is from a day on and before the problem itself, newest first, at most a hundred; the caller may see it. */
export async function foundBefore(
  db: Queryable,
  jurisdiction: string,
  problem: Pick<Problem, 'id' | 'enterpriseId' | 'foundOn'>,
  from: Day,
): Promise<EarlierFind[]> {
  if (problem.enterpriseId === null) return [];
  const found = await sql<EarlierFind>`
    select id, number, title, found_on as "foundOn", sector, finder_unit_id as "finderUnitId", finder,
      registered_by_name as "registeredByName", closed_on as "closedOn", rechecked_by_name as "recheckedByName"
    from problem where jurisdiction = ${jurisdiction} and enterprise_id = ${problem.enterpriseId} and id <> ${problem.id}
      and found_on >= ${from}::date and found_on < ${problem.foundOn}::date
    order by found_on desc, serial desc limit 100`.execute(db);
  return found.rows;
}

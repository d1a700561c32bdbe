import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { RecordLoader } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { type Allowances, allowancesFrom } from '../allowances.ts';
import type { ProblemState } from '../lifecycle.ts';
import type {
  CloseKind,
  Five,
  Grade,
  Judgement,
  Problem,
  ProblemKind,
  ProblemRequest,
  SourceType,
} from '../problem.ts';

interface ProblemRow {
  jurisdiction: string;
  id: string;
  number: string;
  kind: ProblemKind;
  title: string;
  text: string;
  source_type: SourceType;
  batch_id: string | null;
  original_number: string | null;
  record_kind: string | null;
  record_id: string | null;
  finder: string | null;
  handed_down: boolean;
  found_on: Day;
  entered_on: Day;
  registered_by: string;
  registered_by_name: string;
  finder_unit_id: string | null;
  enterprise_id: string | null;
  subject: string | null;
  address: string | null;
  area_code: string | null;
  longitude: number | null;
  latitude: number | null;
  grid: string | null;
  sector: string | null;
  tags: string[];
  plan_id: string | null;
  stage_id: string | null;
  task_id: string | null;
  grade: Grade;
  judgement: Judgement | null;
  measures: string | null;
  lead_unit_id: string;
  co_unit_ids: string[];
  supervising_unit_id: string | null;
  person_name: string | null;
  state: ProblemState;
  first_due_on: Day;
  due_on: Day;
  amber_on: Day;
  extensions: number;
  five: Five;
  evidence: number;
  after_files: number;
  received_on: Day | null;
  done_on: Day | null;
  done_by: string | null;
  done_by_name: string | null;
  done_by_person: string | null;
  done_by_key: boolean;
  rechecked_on: Day | null;
  rechecked_by: string | null;
  rechecked_by_name: string | null;
  rechecked_by_person: string | null;
  rechecked_unit_id: string | null;
  closed_on: Day | null;
  closed_by: string | null;
  closed_by_name: string | null;
  close_kind: CloseKind | null;
  ended_on: Day | null;
  sent_back: number;
  cycle: number;
  opened_on: Day;
  on_spot: boolean;
  drawn: boolean;
  control_measures: string | null;
  merged_into: string | null;
  listed_on: Day | null;
  delisted_on: Day | null;
  at_grid: boolean;
  done_at_grid: boolean;
  moved: number;
  photo_id: string | null;
  version: number;
  workers: Problem['workers'];
  request: ProblemRequest | null;
}

/** Everything that rules ask about a problem, in one statement. Column names of `t` are those of the table `problem`. */
const aggregate = sql`
  t.*, coalesce(w.list, '[]') as workers, r.request
  from problem t
  left join lateral (select jsonb_agg(distinct jsonb_build_object('accountId', by_id, 'personId', by_person)) as list
    from problem_progress where jurisdiction = t.jurisdiction and problem_id = t.id and cycle = t.cycle) w on t.open
  left join lateral (select jsonb_build_object('id', id, 'kind', kind, 'askedBy', asked_by, 'askedByName', asked_by_name,
      'askedByPerson', asked_by_person, 'askedUnitId', asked_unit_id, 'askedOn', asked_on, 'oldDue', old_due, 'newDue', new_due,
      'targetId', target_id, 'controlMeasures', control_measures, 'reason', reason) as request
    from problem_request where jurisdiction = t.jurisdiction and problem_id = t.id and decision is null) r on t.asked is not null`;

const problemOf = (row: ProblemRow): Problem => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  title: row.title,
  text: row.text,
  source: {
    type: row.source_type,
    batchId: row.batch_id,
    originalNumber: row.original_number,
    recordKind: row.record_kind,
    recordId: row.record_id,
    finder: row.finder,
  },
  handedDown: row.handed_down,
  foundOn: row.found_on,
  enteredOn: row.entered_on,
  registeredBy: row.registered_by,
  registeredByName: row.registered_by_name,
  finderUnitId: row.finder_unit_id,
  enterpriseId: row.enterprise_id,
  subject: row.subject,
  place: {
    address: row.address,
    areaCode: row.area_code,
    longitude: row.longitude,
    latitude: row.latitude,
    grid: row.grid,
  },
  sector: row.sector,
  tags: row.tags,
  planId: row.plan_id,
  stageId: row.stage_id,
  taskId: row.task_id,
  grade: row.grade,
  judgement: row.judgement,
  measures: row.measures,
  leadUnitId: row.lead_unit_id,
  coUnitIds: row.co_unit_ids,
  supervisingUnitId: row.supervising_unit_id,
  personName: row.person_name,
  state: row.state,
  firstDueOn: row.first_due_on,
  dueOn: row.due_on,
  amberOn: row.amber_on,
  extensions: row.extensions,
  five: row.five,
  evidence: row.evidence,
  afterFiles: row.after_files,
  workers: row.workers,
  receivedOn: row.received_on,
  doneOn: row.done_on,
  doneBy: row.done_by,
  doneByName: row.done_by_name,
  doneByPerson: row.done_by_person,
  doneByKey: row.done_by_key,
  recheckedOn: row.rechecked_on,
  recheckedBy: row.rechecked_by,
  recheckedByName: row.rechecked_by_name,
  recheckedByPerson: row.rechecked_by_person,
  recheckedUnitId: row.rechecked_unit_id,
  closedOn: row.closed_on,
  closedBy: row.closed_by,
  closedByName: row.closed_by_name,
  closeKind: row.close_kind,
  endedOn: row.ended_on,
  sentBack: row.sent_back,
  cycle: row.cycle,
  openedOn: row.opened_on,
  onSpot: row.on_spot,
  drawn: row.drawn,
  controlMeasures: row.control_measures,
  mergedInto: row.merged_into,
  listedOn: row.listed_on,
  delistedOn: row.delisted_on,
  atGrid: row.at_grid,
  doneAtGrid: row.done_at_grid,
  moved: row.moved,
  photoId: row.photo_id,
  request: row.request,
  version: row.version,
});

/** Condition on a row of `problem` (alias t) for a scope; closed unless opened. */
export const inScope = (scope: Scope) =>
  scope.units === 'all'
    ? sql`t.jurisdiction = any(${scope.jurisdictions as readonly string[]})`
    : sql`t.jurisdiction = any(${scope.jurisdictions as readonly string[]}) and t.units && ${scope.units as readonly string[]}::uuid[]`;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const unknown = () => notFound('没有找到这条问题，可能编号有误，或者它不在您能查看的范围内。');

/** The problem with the government that keeps it, or a not-found refusal; outside the scope is not found. */
export async function problemInScope(
  db: Queryable,
  scope: Scope,
  id: string,
): Promise<{ jurisdiction: string; problem: Problem }> {
  if (!uuid.test(id)) throw notFound();
  const found = await sql<ProblemRow>`select ${aggregate} where ${inScope(scope)} and t.id = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) throw unknown();
  return { jurisdiction: row.jurisdiction, problem: problemOf(row) };
}

/** The problems of one government with these ids, in no order; unknown ids are absent. */
export async function problemsAsTheyStand(
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
): Promise<readonly Problem[]> {
  const found = await sql<ProblemRow>`
    select ${aggregate} where t.jurisdiction = ${jurisdiction} and t.id = any(${[...ids]}::uuid[])`.execute(db);
  return found.rows.map(problemOf);
}

/**
 * Locks the problem's row and reads it in the state in which the lock found it. Two statements: what is read beside the row
 * must not be older than the lock.
 */
export async function lockProblem(db: Queryable, scope: Scope, id: string): Promise<Problem> {
  if (!uuid.test(id)) throw notFound();
  await sql`select 1 from problem t where ${inScope(scope)} and t.id = ${id} for update`.execute(db);
  return (await problemInScope(db, scope, id)).problem;
}

/**
 * All rows that make up each problem, its history for figures included; the columns that follow from the others (search,
 * sight, flags) are left out.
 */
export const problemRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, jsonb_build_object(
      'problem', to_jsonb(t) - 'pairs' - 'plain' - 'units' - 'flags',
      'progress', (select jsonb_agg(to_jsonb(x) order by x.id) from problem_progress x
        where x.jurisdiction = t.jurisdiction and x.problem_id = t.id),
      'requests', (select jsonb_agg(to_jsonb(x) order by x.id) from problem_request x
        where x.jurisdiction = t.jurisdiction and x.problem_id = t.id),
      'evidence', (select jsonb_agg(to_jsonb(x) order by x.file_id) from problem_evidence x
        where x.jurisdiction = t.jurisdiction and x.problem_id = t.id),
      'spans', (select jsonb_agg(to_jsonb(x) - 'days' - 'units' order by x.from_on) from problem_span x
        where x.jurisdiction = t.jurisdiction and x.problem_id = t.id),
      'turns', (select jsonb_agg(to_jsonb(x) - 'units' order by x.seq) from problem_turn x
        where x.jurisdiction = t.jurisdiction and x.problem_id = t.id)) as record
    from problem t where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

/** What the jurisdiction allows, as it was set. */
export async function allowancesOf(db: Queryable, jurisdiction: string): Promise<Allowances> {
  const found = await sql<{ name: string; value: unknown }>`
    select name, value from setting where jurisdiction = ${jurisdiction} and name like 'problems.%'`.execute(db);
  const values = new Map(found.rows.map((row) => [row.name, row.value]));
  return allowancesFrom((name) => values.get(name));
}

/**
 * Another problem of the same government as a target of merging; null when there is none. 'held': it cannot be ended by
 * anybody else until the transaction ends, so that two problems are never merged into each other.
 */
export async function targetOf(
  db: Queryable,
  jurisdiction: string,
  id: string | null | undefined,
  held?: 'held',
): Promise<{ id: string; number: string; title: string; state: ProblemState } | null> {
  if (!id || !uuid.test(id)) return null;
  const found = await sql<{ id: string; number: string; title: string; state: ProblemState }>`
    select id, number, title, state from problem where jurisdiction = ${jurisdiction} and id = ${id}
    ${held ? sql`for share` : sql``}`.execute(db);
  return found.rows[0] ?? null;
}

import { sql } from 'kysely';
import { daysBetween } from '../../../kernel/day.ts';
import { pairsOf, plainForSearch } from '../../../kernel/search-text.ts';
import type { Act } from '../../../platform/act.ts';
import type { Allowances } from '../allowances.ts';
import { amberOf } from '../lamp.ts';
import { isOpen } from '../lifecycle.ts';
import type { Problem } from '../problem.ts';
import { noteChoices } from './note-choices.ts';
import { sightOf } from './sight-of.ts';
import { type Turn, turnsOf } from './turns.ts';

/** Entered later after it was found than the jurisdiction allows. */
export const isLateEntry = (problem: Pick<Problem, 'foundOn' | 'enteredOn'>, allowed: Allowances): boolean =>
  daysBetween(problem.foundOn, problem.enteredOn) > allowed.entryDays;

/** The overlays that hold now, as lists filter by them. */
export const flagsOf = (problem: Problem, allowed: Allowances): string[] => [
  ...(problem.listedOn !== null && problem.delistedOn === null ? ['listed'] : []),
  ...(problem.cycle > 1 ? ['reopened'] : []),
  ...(problem.onSpot ? ['onSpot'] : []),
  ...(isLateEntry(problem, allowed) ? ['lateEntry'] : []),
  ...(problem.sentBack > 0 ? ['sentBack'] : []),
  ...(problem.request ? ['request'] : []),
  ...(problem.extensions > 0 ? ['extended'] : []),
];

/** Everything that a search looks through, in one order. */
const texts = (problem: Problem) => [
  problem.title,
  problem.text,
  problem.subject,
  problem.place.address,
  problem.source.originalNumber,
];

/** The row of the table `problem` without what is given once (number, search): names are those of the columns. */
export const changingColumns = (problem: Problem, allowed: Allowances) => ({
  kind: problem.kind,
  title: problem.title,
  text: problem.text,
  enterprise_id: problem.enterpriseId,
  subject: problem.subject,
  address: problem.place.address,
  area_code: problem.place.areaCode,
  longitude: problem.place.longitude,
  latitude: problem.place.latitude,
  grid: problem.place.grid,
  sector: problem.sector,
  tags: problem.tags,
  plan_id: problem.planId,
  stage_id: problem.stageId,
  task_id: problem.taskId,
  grade: problem.grade,
  judgement: problem.judgement,
  measures: problem.measures,
  lead_unit_id: problem.leadUnitId,
  co_unit_ids: problem.coUnitIds,
  supervising_unit_id: problem.supervisingUnitId,
  person_name: problem.personName,
  state: problem.state,
  open: isOpen(problem.state),
  first_due_on: problem.firstDueOn,
  due_on: problem.dueOn,
  amber_on: amberOf(problem.dueOn, allowed.nearDays),
  extensions: problem.extensions,
  five: problem.five,
  evidence: problem.evidence,
  after_files: problem.afterFiles,
  asked: problem.request?.kind ?? null,
  received_on: problem.receivedOn,
  done_on: problem.doneOn,
  done_by: problem.doneBy,
  done_by_name: problem.doneByName,
  done_by_person: problem.doneByPerson,
  done_by_key: problem.doneByKey,
  rechecked_on: problem.recheckedOn,
  rechecked_by: problem.recheckedBy,
  rechecked_by_name: problem.recheckedByName,
  rechecked_by_person: problem.recheckedByPerson,
  rechecked_unit_id: problem.recheckedUnitId,
  closed_on: problem.closedOn,
  closed_by: problem.closedBy,
  closed_by_name: problem.closedByName,
  close_kind: problem.closeKind,
  ended_on: problem.endedOn,
  sent_back: problem.sentBack,
  cycle: problem.cycle,
  opened_on: problem.openedOn,
  on_spot: problem.onSpot,
  drawn: problem.drawn,
  control_measures: problem.controlMeasures,
  merged_into: problem.mergedInto,
  listed_on: problem.listedOn,
  delisted_on: problem.delistedOn,
  at_grid: problem.atGrid,
  done_at_grid: problem.doneAtGrid,
  moved: problem.moved,
  photo_id: problem.photoId,
  units: sightOf(problem),
  flags: flagsOf(problem, allowed),
  version: problem.version,
});

export const searchColumns = (problem: Problem) => ({
  pairs: pairsOf(...texts(problem)),
  plain: plainForSearch(
    texts(problem)
      .filter((text) => text !== null)
      .join(' '),
  ),
});

/** What a span shows; a change in any of it begins a new one. */
export const spanText = (problem: Problem): string =>
  JSON.stringify([
    problem.kind,
    problem.state,
    problem.grade,
    problem.leadUnitId,
    problem.sector,
    problem.planId,
    problem.stageId,
    problem.enterpriseId,
    problem.place.areaCode,
    problem.place.longitude,
    problem.place.latitude,
    problem.tags,
    problem.dueOn,
    problem.amberOn,
    problem.extensions,
    problem.openedOn,
    problem.listedOn !== null && problem.delistedOn === null,
    sightOf(problem),
  ]);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * The only way to write a changed problem: its row, its history and its turns, together. `before` was locked; `after` may
 * differ in anything but id and number. Only columns that changed are written, so that a progress entry stays cheap.
 * Gives the problem as it now stands.
 */
export async function saveProblem(
  act: Act,
  before: Problem,
  after: Problem,
  allowed: Allowances,
  turns: readonly Turn[] = [],
): Promise<Problem> {
  const problem = {
    ...after,
    amberOn: amberOf(after.dueOn, allowed.nearDays),
    version: before.version + 1,
  };
  const jurisdiction = act.actor.jurisdiction;
  const was: Record<string, unknown> = { ...changingColumns(before, allowed), ...searchColumns(before) };
  const now: Record<string, unknown> = { ...changingColumns(problem, allowed), ...searchColumns(problem) };
  const changed = Object.keys(now).filter((column) => !same(was[column], now[column]));
  const row = Object.fromEntries(changed.map((column) => [column, now[column]]));
  const columns = sql.join(changed.map((column) => sql`${sql.ref(column)} = x.${sql.ref(column)}`));
  await sql`
    update problem t set ${columns} from jsonb_populate_record(null::problem, ${JSON.stringify(row)}::jsonb) x
    where t.jurisdiction = ${jurisdiction} and t.id = ${problem.id}`.execute(act.db);
  const opened = isOpen(before.state) || isOpen(problem.state);
  if (opened && spanText(before) !== spanText(problem)) {
    await moveSpans(act, [problem.id]);
    await noteChoices(act, [problem]);
  }
  for (const turn of turns) await insertTurn(act, turnsOf(act, problem, allowed, turn));
  return problem;
}

/**
 * Ends the current spans of these problems and begins the next ones as their rows now stand; several changes on one day
 * leave one span, as it stood in the evening, and an ended problem has none.
 */
export async function moveSpans(act: Act, ids: readonly string[]): Promise<void> {
  const jurisdiction = act.actor.jurisdiction;
  await sql`delete from problem_span where jurisdiction = ${jurisdiction} and problem_id = any(${[...ids]}::uuid[])
    and from_on = ${act.day}`.execute(act.db);
  await sql`update problem_span set to_on = ${act.day}
    where jurisdiction = ${jurisdiction} and problem_id = any(${[...ids]}::uuid[]) and to_on is null`.execute(act.db);
  await sql`
    insert into problem_span (jurisdiction, problem_id, from_on, kind, state, grade, lead_unit_id, sector, source_type, batch_id,
      plan_id, stage_id, enterprise_id, area_code, tags, due_on, amber_on, extensions, found_on, entered_on, opened_on, listed,
      serial, units, longitude, latitude)
    select t.jurisdiction, t.id, ${act.day}::date, t.kind, t.state, t.grade, t.lead_unit_id, t.sector, t.source_type, t.batch_id,
      t.plan_id, t.stage_id, t.enterprise_id, t.area_code, t.tags, t.due_on, t.amber_on, t.extensions, t.found_on, t.entered_on,
      t.opened_on, t.listed_on is not null and t.delisted_on is null, t.serial, t.units, t.longitude, t.latitude
    from problem t where t.jurisdiction = ${jurisdiction} and t.id = any(${[...ids]}::uuid[]) and t.open`.execute(
    act.db,
  );
}

/** Writes a turn with the next number of its problem. */
async function insertTurn(act: Act, turn: ReturnType<typeof turnsOf>): Promise<void> {
  await sql`
    insert into problem_turn (jurisdiction, day, turn, problem_id, seq, serial, kind, grade, lead_unit_id, sector, source_type,
      batch_id, plan_id, area_code, tags, units, cycle, late, on_spot, at_grid, passed, first, by_id, done_by, rechecked_by,
      rechecked_unit_id)
    select ${act.actor.jurisdiction}, ${act.day}::date, x.turn, x.problem_id,
      (select coalesce(max(b.seq), 0) + 1 from problem_turn b
        where b.jurisdiction = ${act.actor.jurisdiction} and b.problem_id = x.problem_id),
      x.serial, x.kind, x.grade, x.lead_unit_id, x.sector, x.source_type, x.batch_id, x.plan_id, x.area_code, x.tags, x.units,
      x.cycle, x.late, x.on_spot, x.at_grid, x.passed, x.first, x.by_id, x.done_by, x.rechecked_by, x.rechecked_unit_id
    from jsonb_populate_record(null::problem_turn, ${JSON.stringify(turn)}::jsonb) x`.execute(act.db);
}

import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { isOpen } from '../lifecycle.ts';
import { amberOf, dueOf, type Pace } from '../schedule.ts';
import type { Task } from '../task.ts';
import { addToTally, type Closing } from './store-tally.ts';

/** The task with what follows from the rest: due day, day of turning amber, version. */
export function settled(task: Task, pace: Pace): Task {
  const dueOn = dueOf(task);
  return { ...task, dueOn, firstDueOn: task.firstDueOn ?? dueOn, amberOn: amberOf(task, pace) };
}

/** Units in whose scope the task lies: lead, co-units, and the lead unit of the task it was split from. */
export const sightOf = (task: Task): string[] => [
  ...new Set([
    task.leadUnitId,
    ...task.coUnits.map((one) => one.unitId),
    ...(task.parentLeadUnitId === null ? [] : [task.parentLeadUnitId]),
  ]),
];

const spanText = (task: Task): string =>
  JSON.stringify([
    task.state,
    task.leadUnitId,
    task.sector,
    task.planId,
    task.stageId,
    task.dueOn,
    task.amberOn,
    task.percent,
    task.personName === null,
  ]);

/**
 * The only way to write a changed task: its row, its history for the wall and the counts of closed tasks, together.
 * `before` was locked; `after` may differ in anything but id, number and units. Gives the task as it now stands.
 */
export async function saveTask(act: Act, before: Task, after: Task, pace: Pace): Promise<Task> {
  const task = { ...settled(after, pace), version: before.version + 1 };
  const jurisdiction = act.actor.jurisdiction;
  await sql`
    update task set state = ${task.state}, open = ${isOpen(task.state)}, lead_unit_id = ${task.leadUnitId},
      person_id = ${task.personId}, person_name = ${task.personName}, deadlines = ${JSON.stringify(task.deadlines)}::jsonb,
      targets = ${JSON.stringify(task.targets)}::jsonb, milestones = ${JSON.stringify(task.milestones)}::jsonb,
      moved_to = ${task.movedTo}, first_due_on = ${task.firstDueOn}, due_on = ${task.dueOn}, amber_on = ${task.amberOn},
      extensions = ${task.extensions}, percent = ${task.percent}, evidence = ${task.evidence},
      received_on = ${task.receivedOn}, submitted_on = ${task.submittedOn}, submitted_by = ${task.submittedBy},
      closed_on = ${task.closedOn}, ended_on = ${task.endedOn}, suspended_on = ${task.suspendedOn},
      units = ${sightOf(task)}::uuid[], disputed_by = ${task.disputedBy}, sent_back = ${task.sentBack}, version = ${task.version}
    where jurisdiction = ${jurisdiction} and id = ${task.id}`.execute(act.db);
  if (before.leadUnitId !== task.leadUnitId) await moveLead(act, before, task);
  if (isOpen(before.state) && (!isOpen(task.state) || spanText(before) !== spanText(task))) await moveSpan(act, task);
  if (isOpen(before.state) && task.closedOn !== null)
    await addToTally(act.db, jurisdiction, act.day, [closingOf(task)]);
  return task;
}

async function moveLead(act: Act, before: Task, task: Task): Promise<void> {
  const jurisdiction = act.actor.jurisdiction;
  await sql`delete from task_unit where jurisdiction = ${jurisdiction} and task_id = ${task.id}
    and unit_id in (${before.leadUnitId}, ${task.leadUnitId})`.execute(act.db);
  await sql`insert into task_unit (jurisdiction, task_id, unit_id, role)
    values (${jurisdiction}, ${task.id}, ${task.leadUnitId}, 'lead')`.execute(act.db);
}

const closingOf = (task: Task): Closing => ({
  unitId: task.leadUnitId,
  sector: task.sector,
  planId: task.planId,
  stageId: task.stageId,
  late: isLate(task),
});

/** Closed after its last day; what counts is the day of the last submission, not how long the check took. */
const isLate = (task: Task): boolean =>
  task.closedOn !== null && task.dueOn !== null && (task.submittedOn ?? task.closedOn) > task.dueOn;

/** Ends the current span and begins the next; several changes on one day leave one span, as it stood in the evening. */
async function moveSpan(act: Act, task: Task): Promise<void> {
  const jurisdiction = act.actor.jurisdiction;
  await sql`delete from task_span where jurisdiction = ${jurisdiction} and task_id = ${task.id} and from_on = ${act.day}`.execute(
    act.db,
  );
  await sql`update task_span set to_on = ${act.day}
    where jurisdiction = ${jurisdiction} and task_id = ${task.id} and to_on is null`.execute(act.db);
  if (isOpen(task.state)) await insertSpans(act, [task], act.day);
}

/** Begins spans; for new tasks and after changes. */
export async function insertSpans(act: Act, tasks: readonly Task[], from: Day): Promise<void> {
  await sql`
    insert into task_span (jurisdiction, task_id, from_on, state, lead_unit_id, sector, plan_id, stage_id, due_on, amber_on, percent,
      has_person, serial, units)
    select ${act.actor.jurisdiction}, x.id, ${from}, x.state, x.lead, x.sector, x.plan, x.stage, x.due, x.amber, x.percent,
      t.person_name is not null, t.serial, t.units
    from unnest(${tasks.map((one) => one.id)}::uuid[], ${tasks.map((one) => one.state)}::text[],
      ${tasks.map((one) => one.leadUnitId)}::uuid[], ${tasks.map((one) => one.sector)}::text[],
      ${tasks.map((one) => one.planId)}::uuid[], ${tasks.map((one) => one.stageId)}::uuid[],
      ${tasks.map((one) => one.dueOn)}::date[], ${tasks.map((one) => one.amberOn)}::date[],
      ${tasks.map((one) => one.percent)}::real[])
      as x (id, state, lead, sector, plan, stage, due, amber, percent)
    join task t on t.jurisdiction = ${act.actor.jurisdiction} and t.id = x.id`.execute(act.db);
}

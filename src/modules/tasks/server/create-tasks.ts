import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { yearOf } from '../../../kernel/day.ts';
import { notValid, type RefusalPlace } from '../../../kernel/refusal.ts';
import { pairsOf, plainForSearch } from '../../../kernel/search-text.ts';
import type { Act } from '../../../platform/act.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announceMany } from '../../../platform/facts/record.ts';
import type { CoUnit, NewTask, Task } from '../task.ts';
import { insertSpans, settled, sightOf } from './save.ts';
import { paceOf } from './store.ts';

const SERIES = '任';
/** Rows of one statement; keeps messages to the database small. */
const BATCH = 500;

function coUnitsOf(draft: NewTask): CoUnit[] {
  const seen = new Set([draft.leadUnitId]);
  const list: CoUnit[] = [];
  const add = (unitId: string, role: CoUnit['role']): void => {
    if (seen.has(unitId)) return;
    seen.add(unitId);
    list.push({ unitId, role, receivedOn: null });
  };
  for (const unitId of draft.responsibleUnitIds) add(unitId, 'responsible');
  for (const unitId of draft.territorialUnitIds) add(unitId, 'territorial');
  return list;
}

function taskFrom(act: Act, draft: NewTask, number: string): Task {
  return {
    id: randomUUID(),
    number,
    title: draft.title.trim(),
    text: draft.text,
    origin: draft.origin,
    planId: draft.planId,
    stageId: draft.stageId,
    sector: draft.sector,
    state: 'toReceive',
    leadUnitId: draft.leadUnitId,
    personId: draft.personId ?? null,
    personName: draft.personName ?? null,
    startedOn: draft.startedOn ?? act.day,
    deadlines: draft.deadlines,
    quotas: draft.quotas,
    targets: draft.targets,
    until: draft.until ?? null,
    movedTo: null,
    firstDueOn: null,
    dueOn: null,
    amberOn: null,
    extensions: 0,
    percent: 0,
    evidence: 0,
    parentId: draft.parentId ?? null,
    parentLeadUnitId: draft.parentLeadUnitId ?? null,
    parentDueOn: null,
    openChildren: 0,
    childCount: 0,
    receivedOn: null,
    submittedOn: null,
    submittedBy: null,
    closedOn: null,
    endedOn: null,
    suspendedOn: null,
    disputedBy: null,
    sentBack: 0,
    coUnits: coUnitsOf(draft),
    milestones: [],
    occurrences: [],
    request: null,
    version: 1,
  };
}

/**
 * Makes tasks in the transaction of the act: a number, the first span, the counts and one fact each. Thousands at once
 * take seconds. `drafts` in the order in which numbers are to be given; gives id and number in the same order.
 * Throws a not-valid refusal naming the rows that have no title.
 */
export async function createTasks(
  act: Act,
  drafts: readonly NewTask[],
): Promise<{ readonly id: string; readonly number: string }[]> {
  const places: RefusalPlace[] = drafts.flatMap((draft, index) =>
    draft.title.trim() === '' ? [{ where: `第${index + 1}条`, says: '任务名称为空，请补写。' }] : [],
  );
  if (places.length > 0) throw notValid('有任务没有名称，请补写后再下达。', places);
  if (drafts.length === 0) return [];
  const jurisdiction = act.actor.jurisdiction;
  const pace = await paceOf(act.db, jurisdiction);
  const year = yearOf(act.day);
  const numbers = await nextNumbers(act.db, jurisdiction, SERIES, year, drafts.length);
  const tasks = drafts.map((draft, index) => settled(taskFrom(act, draft, numbers[index] ?? ''), pace));
  for (let at = 0; at < tasks.length; at += BATCH) {
    const batch = tasks.slice(at, at + BATCH);
    await insertTasks(act, batch);
    await insertSpans(act, batch, act.day);
  }
  await announceMany(
    act,
    tasks.map((task) => ({
      item: { kind: 'task', id: task.id },
      kind: 'task.assigned',
      says: `${act.actor.name}交办任务${task.number}「${task.title}」${task.dueOn === null ? '，完成时限待定' : `，完成时限${task.dueOn}`}。`,
      to: task.state,
      data: { version: 1, number: task.number, leadUnitId: task.leadUnitId, dueOn: task.dueOn, planId: task.planId },
    })),
  );
  return tasks.map(({ id, number }) => ({ id, number }));
}

async function insertTasks(act: Act, tasks: readonly Task[]): Promise<void> {
  const jurisdiction = act.actor.jurisdiction;
  const rows = tasks.map((task) => ({
    id: task.id,
    serial: serialOf(task.number),
    number: task.number,
    title: task.title,
    text: task.text,
    origin: task.origin,
    plan_id: task.planId,
    stage_id: task.stageId,
    sector: task.sector,
    state: task.state,
    open: true,
    lead_unit_id: task.leadUnitId,
    person_id: task.personId,
    person_name: task.personName,
    started_on: task.startedOn,
    deadlines: task.deadlines,
    quotas: task.quotas,
    targets: task.targets,
    until_on: task.until,
    first_due_on: task.firstDueOn,
    due_on: task.dueOn,
    amber_on: task.amberOn,
    parent_id: task.parentId,
    units: sightOf(task),
    pairs: pairsOf(task.title, task.text),
    plain: plainForSearch(`${task.title} ${task.text}`),
  }));
  await sql`
    insert into task (jurisdiction, id, serial, number, title, text, origin, plan_id, stage_id, sector, state, open,
      lead_unit_id, person_id, person_name, started_on, deadlines, quotas, targets, until_on, first_due_on, due_on,
      amber_on, parent_id, units, pairs, plain, created_at)
    select ${jurisdiction}, x.id, x.serial, x.number, x.title, x.text, x.origin, x.plan_id, x.stage_id, x.sector, x.state,
      x.open, x.lead_unit_id, x.person_id, x.person_name, x.started_on, x.deadlines, x.quotas, x.targets, x.until_on,
      x.first_due_on, x.due_on, x.amber_on, x.parent_id, x.units, x.pairs, x.plain,
      ${act.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (id uuid, serial bigint, number text, title text, text text,
      origin jsonb, plan_id uuid, stage_id uuid, sector text, state text, open boolean, lead_unit_id uuid, person_id uuid,
      person_name text, started_on date, deadlines jsonb, quotas jsonb, targets jsonb, until_on date, first_due_on date,
      due_on date, amber_on date, parent_id uuid, units uuid[], pairs int[], plain text)`.execute(act.db);
  const units = tasks.flatMap((task) => [
    { task_id: task.id, unit_id: task.leadUnitId, role: 'lead', sort: 0 },
    ...task.coUnits.map((one, index) => ({ task_id: task.id, unit_id: one.unitId, role: one.role, sort: index + 1 })),
  ]);
  await sql`
    insert into task_unit (jurisdiction, task_id, unit_id, role, sort)
    select ${jurisdiction}, x.* from jsonb_to_recordset(${JSON.stringify(units)}::jsonb)
      as x (task_id uuid, unit_id uuid, role text, sort int)`.execute(act.db);
}

/** 任-2026-0007 → 202600000007: sorts as people count. */
function serialOf(number: string): number {
  const [, year = '0', serial = '0'] = number.split('-');
  return Number(year) * 100_000_000 + Number(serial);
}

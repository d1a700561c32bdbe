import { sql } from 'kysely';
import { Refusal } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { ItemKind, Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { type Line, linesOf } from './lines.ts';
import { recountTasks } from './recount.ts';
import { inScope, taskInScope, taskRecord } from './store.ts';
import { linesById } from './store-view.ts';

export type { NewTask, TaskMatter, TaskOrigin } from '../task.ts';
export { overdueTasks, stillOpenTasks, stillOverdueTasks } from './behind.ts';
export { createTasks } from './create-tasks.ts';
export { type Group, tasksInGroups } from './home.ts';
export type { Line } from './lines.ts';
export { aroundDue, list as listTasks } from './list.ts';
export { moveDeadlines } from './move-deadlines.ts';
export { type ClosedCell, closedCells } from './store-closed-cells.ts';
export { type CellFigures, type FigureFilters, type Figures, figuresAsOf, type UnitFigures } from './store-figures.ts';

/** May the actor see this task? Whoever takes part in it, or whose office or leadership covers it. */
async function sight(reading: Reading, id: string): Promise<boolean> {
  try {
    await taskInScope(reading.db, reading.scope, id);
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

/** Tasks as the platform sees them: how to load, verify and open their files. */
export const taskKind: ItemKind = {
  record: taskRecord,
  table: 'task',
  called: { word: '任务', column: 'number' },
  series: '任',
  recount: recountTasks,
  sight,
};
export const taskItems: Readonly<Record<string, ItemKind>> = { task: taskKind };

/** All tasks of a plan in the order of their numbers, at most 10,000. The caller has made sure that the plan may be seen. */
export const tasksOfPlan = async (
  db: Queryable,
  jurisdiction: string,
  planId: string,
  day: Reading['day'],
): Promise<Line[]> => linesOf(db, await linesById(db, jurisdiction, { planId }), day);

/** The tasks with these ids in the scope's jurisdictions. The caller has them from a list of the same scope. */
export async function tasksByIds(
  db: Queryable,
  scope: Scope,
  ids: readonly string[],
  day: Reading['day'],
): Promise<Line[]> {
  const lists = await Promise.all(scope.jurisdictions.map((jurisdiction) => linesById(db, jurisdiction, { ids })));
  return linesOf(db, lists.flat(), day);
}

/** How many tasks of the plan stand in which state, by stage; only those in sight. */
export async function taskCountsOfPlan(
  db: Queryable,
  scope: Scope,
  planId: string,
): Promise<{ stageId: string | null; state: string; count: number }[]> {
  const found = await sql<{ stageId: string | null; state: string; count: number }>`
    select t.stage_id as "stageId", t.state, count(*)::int as count from task t
    where ${inScope(scope)} and t.plan_id = ${planId} group by t.stage_id, t.state order by t.state`.execute(db);
  return found.rows;
}

import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import { settledBy } from '../../../kernel/deadline.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { save, tell } from './step.ts';
import { lockTasks } from './store.ts';

/**
 * An event got its date (or lost it): every open task that hangs on it moves, leaving a trace. Gives how many moved.
 * A day that a person had set by hand gives way, since it stood in for the event.
 */
export async function moveDeadlines(
  act: Act,
  event: { readonly eventId: string; readonly date: Day | null; readonly name?: string },
): Promise<number> {
  const jurisdiction = act.actor.jurisdiction;
  const found = await sql<{ id: string }>`
    select id from task where jurisdiction = ${jurisdiction} and open
      and deadlines @> ${JSON.stringify([{ eventId: event.eventId }])}::jsonb`.execute(act.db);
  const tasks = await lockTasks(
    act.db,
    { jurisdictions: [act.actor.jurisdiction], units: 'all' },
    found.rows.map((row) => row.id),
  );
  let moved = 0;
  for (const task of [...tasks.values()].sort((a, b) => (a.number < b.number ? -1 : 1))) {
    const deadlines = task.deadlines.map((one) => settledBy(one, event.eventId, event.date));
    const saved = await save(act, task, { deadlines, movedTo: null });
    const name = event.name ? `「${event.name}」` : '所依据的事件';
    const says = `${who(act)}确定${name}${event.date === null ? '日期待定' : `的日期为${event.date}`}，完成时限由${task.dueOn ?? '待定'}改为${saved.dueOn ?? '待定'}。`;
    await tell(act, task, saved, 'task.deadlineMoved', says, {
      eventId: event.eventId,
      oldDue: task.dueOn,
      newDue: saved.dueOn,
    });
    moved += 1;
  }
  return moved;
}

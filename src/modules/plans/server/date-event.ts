import { day } from '../../../kernel/day.ts';
import { notNow } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce, announceMany } from '../../../platform/facts/record.ts';
import { moveDeadlines } from '../../tasks/server/door.ts';
import { lockEvent, plansOnEvent, saveEventDate } from './store-schedule.ts';

/** Sets or moves the day of an event: stages and the deadlines of all tasks that hang on it follow, each with a fact. */
export async function dateEvent(
  act: Act,
  id: string,
  input: { readonly version: number; readonly date: string },
): Promise<{ id: string; version: number; moved: number }> {
  const event = await lockEvent(act.db, act.actor.jurisdiction, id);
  if (event.version !== input.version) {
    throw notNow(
      `「${event.name}」的日期在您打开之后已由${event.setByName ?? '别人'}改为${event.date ?? '待定'}，请看最新内容后再改。`,
    );
  }
  const date = day(input.date);
  if (event.date === date) throw notNow(`「${event.name}」的日期已经是${date}，没有改动。`);
  const plans = await plansOnEvent(act.db, act.actor.jurisdiction, id);
  await saveEventDate(act, id, date);
  const moved = await moveDeadlines(act, { eventId: id, date, name: event.name });
  const says = `「${event.name}」的日期${event.date === null ? '定' : `由${event.date}改`}为${date}`;
  await announce(act, {
    item: { kind: 'event', id },
    kind: 'event.dated',
    says: `${says}，${moved}条任务的完成时限随之调整`,
    data: { before: event.date, date, moved },
  });
  await announceMany(
    act,
    plans.map((plan) => ({
      item: { kind: 'plan', id: plan.id },
      kind: 'plan.stagesMoved',
      says: `${says}，阶段随之调整`,
    })),
  );
  return { id, version: event.version + 1, moved };
}

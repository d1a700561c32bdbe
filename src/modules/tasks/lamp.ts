import { type Day, dayInWords, daysBetween } from '../../kernel/day.ts';
import { isOpen } from './lifecycle.ts';
import { dueOf, isBehind, type Pace, plannedPercent, quotaStandings, usualPace } from './schedule.ts';
import type { Task } from './task.ts';

export type Lamp = 'red' | 'amber' | 'green' | 'grey' | 'none';

export const lampWords: Readonly<Record<Lamp, string>> = {
  red: '红灯',
  amber: '黄灯',
  green: '绿灯',
  grey: '暂停',
  none: '已了结',
};

export const lamps: readonly Lamp[] = ['red', 'amber', 'green', 'grey', 'none'];

/** Colour of a task on a day from the few columns that lists keep. The SQL of lists and figures says the same. */
export function lampOf(task: Pick<Task, 'state' | 'dueOn' | 'amberOn'>, today: Day): Lamp {
  if (!isOpen(task.state)) return 'none';
  if (task.state === 'suspended') return 'grey';
  if (task.dueOn !== null && today > task.dueOn) return 'red';
  if (task.amberOn !== null && today >= task.amberOn) return 'amber';
  return 'green';
}

/** Short reason for lists: from the columns alone. */
export function lampReason(task: Pick<Task, 'state' | 'dueOn' | 'amberOn'>, today: Day): string {
  const lamp = lampOf(task, today);
  if (lamp === 'none') return '';
  if (lamp === 'grey') return '已暂停，不计时限';
  const { dueOn } = task;
  if (lamp === 'red' && dueOn !== null) return `逾期${daysBetween(dueOn, today)}天`;
  if (lamp === 'amber') {
    if (dueOn !== null && daysBetween(today, dueOn) <= usualPace.nearDays) return nearIn(dueOn, today);
    return '进度落后';
  }
  return dueOn === null ? '时限待定' : `还有${daysBetween(today, dueOn)}天`;
}

const nearIn = (dueOn: Day, today: Day): string =>
  dueOn === today ? '今天到期' : `临期，还有${daysBetween(today, dueOn)}天`;

/** The whole reason for the task's page: why it has this colour, in sentences. */
export function lampSentence(task: Task, today: Day, pace: Pace = usualPace): string {
  const lamp = lampOf(task, today);
  if (lamp === 'none') return '任务已经了结，不再计时。';
  if (lamp === 'grey') return '任务已暂停，暂停期间不计时限。';
  const due = dueOf(task);
  if (lamp === 'red' && due !== null) return `完成时限是${dayInWords(due)}，已经超过${daysBetween(due, today)}天。`;
  const parts: string[] = [];
  if (due !== null && daysBetween(today, due) <= pace.nearDays)
    parts.push(
      due === today ? '今天是完成时限的最后一天' : `距完成时限${dayInWords(due)}还有${daysBetween(today, due)}天`,
    );
  const planned = plannedPercent(task, due, today);
  if (planned !== null && isBehind(task, due, today, pace))
    parts.push(
      `按序时进度应完成${planned}%，实际${task.percent}%，落后${Math.round((planned - task.percent) * 10) / 10}个百分点`,
    );
  for (const one of quotaStandings(task)) {
    if (!one.short || one.pace === null || today <= one.pace) continue;
    parts.push(
      `${one.words}，本期已开展${one.short.done}次，还差${one.short.required - one.short.done}次，照此进度到期完不成`,
    );
  }
  if (lamp === 'amber') return `${parts.join('；') || '临近时限或进度落后'}。`;
  return due === null
    ? '完成时限还没有确定，暂不计时。'
    : `进度正常，距完成时限${dayInWords(due)}还有${daysBetween(today, due)}天。`;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Calendar, calendarOf } from '../../../kernel/calendar.ts';
import { addDays, type Day, daysBetween, earlier, later } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import { subordinateUnits } from '../../units/server/door.ts';
import { lampSentence } from '../lamp.ts';
import { type TaskAction, taskLifecycle } from '../lifecycle.ts';
import { dueOf, plannedPercent, quotaStandings } from '../schedule.ts';
import { judge } from '../situation.ts';
import type { Task } from '../task.ts';
import { linesOf, unitNames } from './lines.ts';
import { paceOf, taskInScope } from './store.ts';
import { type Details, detailsOf, linesById } from './store-view.ts';

let calendar: Calendar | null = null;
function holidays(): Calendar {
  if (calendar) return calendar;
  const folder = join(fileURLToPath(import.meta.url), '..', '..', '..', '..', '..', 'data', 'calendar');
  calendar = calendarOf(
    readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8'))),
  );
  return calendar;
}

const dueWarning = (due: Day | null): string | null => {
  if (due === null) return null;
  const days = holidays();
  return days.warning(due) ?? (days.works(due) ? null : `完成时限${due}是休息日，请提前安排。`);
};

/** Who is next, in one sentence; the page shows it beside the lamp. */
function nextStep(task: Task, leadName: string): string {
  switch (task.state) {
    case 'toReceive':
      return `等${leadName}签收`;
    case 'underway':
      return task.request
        ? '延期申请等安委办审批'
        : task.openChildren > 0
          ? `等分办的${task.openChildren}件任务办结`
          : `由${leadName}办理并填报进展`;
    case 'submitted':
      return task.parentId === null ? '等安委办核查' : '等上一级主办单位或安委办核查';
    case 'disputed':
      return '等安委办裁定';
    case 'suspended':
      return '等安委办恢复';
    default:
      return '已经了结';
  }
}

const shown = (task: Task): number => Math.min(task.childCount, 200);

/** Planned against actual: the plan at its corners, what was reported on its days, up to today. */
function curveOf(task: Task, details: Details, today: Day) {
  const due = dueOf(task);
  const planned: { on: string; percent: number }[] = [];
  if (task.milestones.length > 0) {
    planned.push({ on: task.startedOn, percent: 0 });
    for (const one of task.milestones) planned.push({ on: one.on, percent: one.percent });
  } else if (due !== null && plannedPercent(task, due, due) !== null) {
    planned.push({ on: task.startedOn, percent: 0 }, { on: due, percent: 100 });
  }
  const actual = [{ on: task.startedOn as string, percent: 0 }];
  for (const one of [...details.progress].reverse())
    if (one.percent !== null) actual.push({ on: one.day, percent: one.percent });
  actual.push({ on: task.closedOn ?? later(today, task.startedOn), percent: task.percent });
  return { planned, actual };
}

function quotaViews(task: Task, today: Day) {
  return quotaStandings(task).map((one) => {
    const quota = task.quotas[one.index];
    const { short, due } = one;
    return {
      index: one.index,
      text: quota?.text ?? one.words,
      words: one.words,
      from: short?.from ?? null,
      to: due,
      required: quota?.count ?? 0,
      done: short?.done ?? quota?.count ?? 0,
      forecast: short && due ? forecast(short.from, due, short.done, short.required, today) : '各期次数都已达到。',
    };
  });
}

/** 缺口预测: what the pace so far gives by the end of the period. */
function forecast(from: Day, due: Day, done: number, required: number, today: Day): string {
  const left = required - done;
  if (today > due) return `本期（${from}至${due}）已过，还差${left}次。`;
  if (today < from) return `下一期自${from}开始，到${due}应开展${required}次。`;
  const passed = daysBetween(from, earlier(today, due)) + 1;
  const whole = daysBetween(from, due) + 1;
  const expected = Math.floor((done * whole) / passed);
  const days = daysBetween(today, due);
  if (expected >= required) return `本期到${due}，已开展${done}次，照此进度能完成${required}次。`;
  return `本期到${due}，已开展${done}次，还差${left}次；照此进度到期约${expected}次，剩${days}天里平均每${Math.max(1, Math.floor((days + 1) / left))}天要开展一次。`;
}

/** Everything that the task's page shows, with each action and, where it may not be taken, the reason. */
export async function view(reading: Reading, id: string) {
  const { jurisdiction, task } = await taskInScope(reading.db, reading.scope, id);
  const [details, lines, children, pace] = await Promise.all([
    detailsOf(reading.db, jurisdiction, id),
    linesById(reading.db, jurisdiction, { ids: [id] }),
    linesById(reading.db, jurisdiction, { parentId: id }),
    paceOf(reading.db, jurisdiction),
  ]);
  const below =
    reading.actor.unitId === task.leadUnitId ? await subordinateUnits(reading.db, jurisdiction, task.leadUnitId) : [];
  const splitIds = [...new Set<string>([...below, ...task.coUnits.map((one) => one.unitId)])];
  const names = await unitNames(reading.db, [
    { jurisdiction, unitIds: [...details.units.map((one) => one.unitId), ...splitIds] },
  ]);
  const nameOf = (unitId: string): string => names.get(unitId) ?? '（单位已不存在）';
  const [line] = await linesOf(reading.db, lines, reading.day);
  if (!line) throw new Error('a task that was found has no line');
  const own = jurisdiction === reading.actor.jurisdiction;
  const offers = (Object.keys(taskLifecycle.actions) as TaskAction[]).map((action) => {
    const verdict = judge(task, reading.actor, action, reading.day, null);
    const says = !own ? '这是下级政府的任务，只能查看。' : verdict.may ? '' : verdict.refusal.says;
    return { action, label: taskLifecycle.actions[action], may: own && verdict.may, says };
  });
  return {
    task: line,
    text: task.text,
    origin: { ...task.origin, path: [...(task.origin.path ?? [])] },
    lampSentence: lampSentence(task, reading.day, pace),
    nextStep: nextStep(task, nameOf(task.leadUnitId)),
    startedOn: task.startedOn,
    receivedOn: task.receivedOn,
    submittedOn: task.submittedOn,
    suspendedOn: task.suspendedOn,
    until: task.until,
    sentBack: task.sentBack,
    deadlines: task.deadlines.map(({ kind, text, on, from }) => ({
      kind,
      text,
      on,
      ...(from === undefined ? {} : { from }),
    })),
    calendarWarning: dueWarning(task.dueOn),
    quotas: quotaViews(task, reading.day),
    targets: [...task.targets],
    milestones: [...task.milestones],
    planned: plannedPercent(task, dueOf(task), earlier(reading.day, addDays(reading.day, 0))),
    curve: curveOf(task, details, reading.day),
    units: details.units.map((one) => ({ ...one, name: nameOf(one.unitId) })),
    progress: details.progress,
    occurrences: details.occurrences,
    extensions: details.extensions,
    parent: details.parent,
    children: await linesOf(reading.db, children.slice(0, shown(task)), reading.day),
    files: details.files,
    facts: details.facts,
    offers,
    splitUnits: splitIds.map((unitId) => ({ unitId, name: nameOf(unitId) })),
  };
}

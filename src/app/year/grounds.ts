import { addDays, type Day, daysBetween } from '../../kernel/day.ts';
import type { PressureRule } from '../../modules/supervision/pressure-rule.ts';
import { dayWords, type Recount } from './recount.ts';

/** Why a rule proposed a measure, as it was frozen and as letters print it. */
export interface GroundRow {
  readonly number: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly day: Day;
  readonly figure: number;
  readonly says: readonly string[];
  readonly rule: Pick<PressureRule, 'kind' | 'about' | 'threshold' | 'windowDays' | 'grades' | 'sectors'>;
}

/** What the rule finds at the unit in the evening of the day: since when, for each thing. */
function found(all: Recount, { unitId, day, rule }: GroundRow): Day[] {
  const mine = <T extends { readonly unit: string }>(list: readonly T[]): T[] =>
    list.filter((one) => one.unit === unitId);
  const from = addDays(day, 1 - (rule.windowDays ?? 1));
  const late = (days: number): Day[] =>
    [
      ...(rule.about.includes('problem') ? mine(all.redProblems(day)).map((one) => one.due) : []),
      ...(rule.about.includes('task') ? mine(all.redTasks(day)).flatMap((one) => one.due ?? []) : []),
    ].filter((due) => addDays(due, days) <= day);
  switch (rule.kind) {
    case 'overdue':
      return late(rule.threshold);
    case 'overdueAtOnce':
      return late(1);
    case 'majorUndecided':
      return mine(all.openProblems(day))
        .filter((one) => one.major && !one.listed && addDays(one.majorOn, rule.threshold) <= day)
        .map((one) => one.majorOn);
    case 'reopened':
      return mine(all.turns('reopened', from, day)).map((one) => one.day);
    case 'filingsMissed':
      return all
        .reports(from, day)
        .filter(({ row, is }) => is === 'missing' && row.unitId === unitId)
        .map(({ row }) => row.dueOn);
    default:
      throw new Error(`no second way to count ${rule.kind}`);
  }
}

/** What the ground should say; it is printed in the letter word for word. */
export function groundCounted(all: Recount, row: GroundRow): { figure: number; says: string } {
  const { day, unitName, rule } = row;
  const list = found(all, row);
  const figure = list.length;
  const longest = Math.max(0, ...list.map((on) => daysBetween(on, day)));
  const until = `截至${dayWords(day)}，${unitName}`;
  const within = `${dayWords(addDays(day, 1 - (rule.windowDays ?? 1)))}至${dayWords(day)}，${unitName}`;
  switch (rule.kind) {
    case 'overdue':
      return { figure, says: `${until}有${figure}件事项逾期满${rule.threshold}天，最长逾期${longest}天。` };
    case 'overdueAtOnce':
      return { figure, says: `${until}同时有${figure}件事项逾期，最长逾期${longest}天。` };
    case 'majorUndecided':
      return {
        figure,
        says: `${until}有${figure}件重大隐患满${rule.threshold}天没有决定挂牌督办，也没有销号，最长${longest}天。`,
      };
    case 'reopened':
      return { figure, says: `${within}有${figure}件次问题销号后被重新打开。` };
    case 'filingsMissed':
      return { figure, says: `${within}漏报${figure}次。` };
    default:
      return { figure, says: '' };
  }
}

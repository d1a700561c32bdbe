import { addDays, type Day, dayInWords, daysBetween } from '../../kernel/day.ts';
import { isOpen } from './lifecycle.ts';
import type { Problem } from './problem.ts';

export const problemLamps = ['red', 'amber', 'green', 'grey', 'none'] as const;
export type ProblemLamp = (typeof problemLamps)[number];
export const problemLampWords: Readonly<Record<ProblemLamp, string>> = {
  red: '红灯',
  amber: '黄灯',
  green: '绿灯',
  grey: '不计时',
  none: '已了结',
};

type Timed = Pick<Problem, 'state' | 'dueOn' | 'amberOn'>;

/** First day on which the lamp is amber. */
export const amberOf = (dueOn: Day, nearDays: number): Day => addDays(dueOn, -nearDays);

/**
 * Colour on a day, from the columns that lists keep; the SQL of lists and figures says the same. A dispute stops no clock
 * of its own, but nobody is late while the office has not said whose it is; a governance plan has its own last day.
 */
export function lampOf(problem: Timed, today: Day): ProblemLamp {
  if (!isOpen(problem.state)) return 'none';
  if (problem.state === 'disputed' || problem.state === 'planned') return 'grey';
  if (today > problem.dueOn) return 'red';
  return today >= problem.amberOn ? 'amber' : 'green';
}

/** Short reason for lists. */
export function lampReason(problem: Timed, today: Day): string {
  switch (lampOf(problem, today)) {
    case 'none':
      return '';
    case 'grey':
      return problem.state === 'planned' ? `列入治理计划，至${problem.dueOn}` : '争议待裁，暂不计时';
    case 'red':
      return `逾期${daysBetween(problem.dueOn, today)}天`;
    case 'amber':
      return problem.dueOn === today ? '今天到期' : `临期，还有${daysBetween(today, problem.dueOn)}天`;
    case 'green':
      return `还有${daysBetween(today, problem.dueOn)}天`;
  }
}

/** The whole reason for the problem's page. */
export function lampSentence(problem: Timed & Pick<Problem, 'firstDueOn' | 'extensions'>, today: Day): string {
  const moved =
    problem.firstDueOn === problem.dueOn ? '' : `（最初的时限是${dayInWords(problem.firstDueOn)}，已经改变）`;
  const due = `${dayInWords(problem.dueOn)}${moved}`;
  switch (lampOf(problem, today)) {
    case 'none':
      return '问题已经了结，不再计时。';
    case 'grey':
      return problem.state === 'planned'
        ? `问题已列入治理计划，治理期限到${due}，期间须落实管控措施。`
        : '责任单位有异议，裁定之前不亮灯；整改时限不变。';
    case 'red':
      return `整改时限是${due}，已经超过${daysBetween(problem.dueOn, today)}天。`;
    case 'amber':
      return problem.dueOn === today
        ? `今天是整改时限${due}的最后一天。`
        : `距整改时限${due}还有${daysBetween(today, problem.dueOn)}天。`;
    case 'green':
      return `时间充裕，距整改时限${due}还有${daysBetween(today, problem.dueOn)}天。`;
  }
}

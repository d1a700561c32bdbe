import { addDays, type Day, dayInWords, daysBetween } from '../../kernel/day.ts';
import { asksReply, type Pressure, type PressureKind, pressureWords } from './pressure.ts';

/**
 * What a rule watches: how long something is overdue; how many things are overdue at once; how many problems were reopened
 * within days; how long a major hazard stays without a decision to list it; filings missed, accidents within days.
 */
export const ruleKinds = [
  'overdue',
  'overdueAtOnce',
  'reopened',
  'majorUndecided',
  'filingsMissed',
  'accidents',
] as const;
export type RuleKind = (typeof ruleKinds)[number];
export const ruleKindWords: Readonly<Record<RuleKind, string>> = {
  overdue: '逾期天数',
  overdueAtOnce: '同时逾期件数',
  reopened: '重新打开件数',
  majorUndecided: '重大隐患久拖不决',
  filingsMissed: '漏报次数',
  accidents: '事故起数',
};
/** Kinds that count what happened within the last days. */
export const isWindowed = (kind: RuleKind): boolean => ['reopened', 'filingsMissed', 'accidents'].includes(kind);
/** Kinds whose trouble lasts, so that one can see later whether the measure helped. */
export const isLasting = (kind: RuleKind): boolean => !isWindowed(kind);

/** A rung of the ladder: the measure that is proposed so many days after the reply to the one below was due. */
export interface Rung {
  readonly kind: PressureKind;
  readonly afterDays: number;
}

/** A rule as it holds from one day to another. A change makes the next version under the same code. */
export interface PressureRule {
  readonly id: string;
  readonly code: string;
  readonly version: number;
  readonly name: string;
  /** The document and clause that demand it. */
  readonly basis: string;
  readonly kind: RuleKind;
  /** What is watched by the kinds about being overdue. */
  readonly about: readonly ('problem' | 'task')[];
  /** Days for `overdue` and `majorUndecided`, a count for the others. */
  readonly threshold: number;
  readonly windowDays: number | null;
  /** The same rule leaves a unit alone for so many days after it proposed. At least 1. */
  readonly quietDays: number;
  readonly grades: readonly string[];
  readonly sectors: readonly string[];
  readonly ladder: readonly Rung[];
  readonly fromOn: Day;
  readonly toOn: Day | null;
}

export const inForce = (rule: Pick<PressureRule, 'fromOn' | 'toOn'>, day: Day): boolean =>
  rule.fromOn <= day && (rule.toOn === null || day <= rule.toOn);

/** A record behind a ground, as it stood on the day. */
export interface GroundItem {
  readonly kind: 'problem' | 'task' | 'filing' | 'accident';
  readonly id: string;
  readonly number: string;
  readonly title: string;
  /** Deadline, or the day on which it happened. */
  readonly on: Day;
  /** How much it weighs in the figure: 1, or the accidents of a month. */
  readonly count: number;
}

/** A unit as a rule finds it on a day. `items` may be only the first of many; `figure` counts all. */
export interface Finding {
  readonly unitId: string;
  readonly unitName: string;
  readonly figure: number;
  /** Day on which the newest of them came to count. */
  readonly latest: Day;
  readonly items: readonly GroundItem[];
}

/** Why a measure is proposed, frozen on it. */
export interface Ground {
  /** The same ground has the same key and is never proposed twice. */
  readonly key: string;
  readonly figure: number;
  readonly says: readonly string[];
  readonly items: readonly GroundItem[];
}

/** First and last day of the window of a day. */
export const windowOf = (rule: Pick<PressureRule, 'windowDays'>, day: Day): { from: Day; to: Day } => ({
  from: addDays(day, 1 - (rule.windowDays ?? 1)),
  to: day,
});

/** The rule's condition as a sentence: for the page of rules and for grounds. */
export function ruleInWords(
  rule: Pick<PressureRule, 'kind' | 'threshold' | 'windowDays' | 'about' | 'grades' | 'sectors'>,
): string {
  const what = rule.about.map((one) => (one === 'problem' ? '问题' : '任务')).join('或');
  const which = `${rule.sectors.length > 0 ? `${rule.sectors.join('、')}领域的` : ''}${rule.grades.length === 1 && rule.grades[0] === 'major' ? '重大' : ''}`;
  const within = `${rule.windowDays ?? 0}天内`;
  switch (rule.kind) {
    case 'overdue':
      return `有${which}${what}逾期满${rule.threshold}天`;
    case 'overdueAtOnce':
      return `同时有${rule.threshold}件以上${which}${what}逾期`;
    case 'reopened':
      return `${within}有${rule.threshold}件以上${which}问题被重新打开`;
    case 'majorUndecided':
      return `${rule.sectors.length > 0 ? `${rule.sectors.join('、')}领域的` : ''}重大隐患满${rule.threshold}天没有决定挂牌督办，也没有销号`;
    case 'filingsMissed':
      return `${within}漏报${rule.threshold}次以上`;
    case 'accidents':
      return `${within}发生事故${rule.threshold}起以上`;
  }
}

function groundSays(rule: PressureRule, found: Finding, day: Day): string {
  const { figure, unitName, items } = found;
  const within = (): string => {
    const { from, to } = windowOf(rule, day);
    return `${dayInWords(from)}至${dayInWords(to)}`;
  };
  const oldest = items.reduce<Day | null>((least, one) => (least === null || one.on < least ? one.on : least), null);
  const longest = oldest === null ? 0 : daysBetween(oldest, day);
  switch (rule.kind) {
    case 'overdue':
      return `截至${dayInWords(day)}，${unitName}有${figure}件事项逾期满${rule.threshold}天，最长逾期${longest}天。`;
    case 'overdueAtOnce':
      return `截至${dayInWords(day)}，${unitName}同时有${figure}件事项逾期，最长逾期${longest}天。`;
    case 'reopened':
      return `${within()}，${unitName}有${figure}件次问题销号后被重新打开。`;
    case 'majorUndecided':
      return `截至${dayInWords(day)}，${unitName}有${figure}件重大隐患满${rule.threshold}天没有决定挂牌督办，也没有销号，最长${longest}天。`;
    case 'filingsMissed':
      return `${within()}，${unitName}漏报${figure}次。`;
    case 'accidents':
      return `${within()}，${unitName}发生事故${figure}起。`;
  }
}

/**
 * Does the rule propose a measure against the unit on the day? `last`: the day of the rule's last ground against the unit,
 * `open`: whether a measure from it is still on its way. Something new must have come to count since the last ground, so
 * that running again, or the next day, changes nothing.
 */
export function groundOf(
  rule: PressureRule,
  found: Finding,
  day: Day,
  before: { readonly last: Day | null; readonly open: boolean },
): Ground | null {
  if (!inForce(rule, day) || before.open || rule.ladder.length === 0) return null;
  const least = rule.kind === 'overdue' || rule.kind === 'majorUndecided' ? 1 : rule.threshold;
  if (found.figure < least || found.items.length === 0) return null;
  if (before.last !== null && (found.latest <= before.last || daysBetween(before.last, day) < rule.quietDays))
    return null;
  return {
    key: `${rule.code}/${found.unitId}/${found.latest}`,
    figure: found.figure,
    says: [groundSays(rule, found, day)],
    items: found.items,
  };
}

/** What the ladder asks about the measure on the rung below. `still`: how many of its items are still in the same trouble. */
export type Below = Pick<
  Pressure,
  'id' | 'number' | 'kind' | 'state' | 'rung' | 'servedOn' | 'replyDueOn' | 'unitName'
> & {
  readonly items: readonly GroundItem[];
  readonly still: readonly GroundItem[];
  /** Latest day that an open commitment still has; null where none is open. Nobody is pressed while he keeps his word. */
  readonly promisedTo: Day | null;
};

/**
 * The next rung, where the measure below had no reply in time or no effect: its kind and the ground. Null where the ladder
 * ends, the days have not passed, or the measure is settled.
 */
export function nextRung(
  rule: PressureRule,
  below: Below,
  day: Day,
): { readonly kind: PressureKind; readonly rung: number; readonly ground: Ground } | null {
  const rung = below.rung + 1;
  const next = rule.ladder[rung];
  const due = below.replyDueOn ?? below.servedOn;
  if (!next || due === null || !inForce(rule, day) || day <= addDays(due, next.afterDays)) return null;
  const called = `${below.servedOn === null ? '' : `${dayInWords(below.servedOn)}`}${pressureWords[below.kind]}（${below.number}）`;
  const waits = below.state === 'served' || below.state === 'received';
  const ground = (says: string, items: readonly GroundItem[]): Ground => ({
    key: `ladder/${below.id}/${rung}`,
    figure: items.reduce((sum, one) => sum + one.count, 0),
    says: [says],
    items,
  });
  if (waits && asksReply(below.kind)) {
    const what = below.state === 'served' ? '没有签收' : below.kind === 'interview' ? '没有到场' : '没有回复';
    const says = `${called}送达后，${below.unitName}应于${dayInWords(due)}前答复，至${dayInWords(day)}仍${what}，已逾期${daysBetween(due, day)}天。`;
    return { kind: next.kind, rung, ground: ground(says, below.items) };
  }
  if (!['received', 'replied', 'tracking', 'served'].includes(below.state) || below.still.length === 0) return null;
  if (below.promisedTo !== null && day <= below.promisedTo) return null;
  const says = `${called}送达后，所列${below.items.length}件事项到${dayInWords(day)}仍有${below.still.length}件没有解决。`;
  return { kind: next.kind, rung, ground: ground(says, below.still) };
}

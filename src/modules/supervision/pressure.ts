import type { Day } from '../../kernel/day.ts';
import { daysBetween } from '../../kernel/day.ts';
import type { PressureState } from './pressure-lifecycle.ts';

/** 综合运用提示、警示、督办、约谈、通报、曝光、问责: the kinds of measures, mild ones first. */
export const pressureKinds = [
  'reminder',
  'warning',
  'urging',
  'interview',
  'circular',
  'exposure',
  'accountability',
  'transfer',
] as const;
export type PressureKind = (typeof pressureKinds)[number];
export const pressureWords: Readonly<Record<PressureKind, string>> = {
  reminder: '提示函',
  warning: '警示函',
  urging: '督办单',
  interview: '约谈',
  circular: '通报批评',
  exposure: '曝光',
  accountability: '问责建议',
  transfer: '线索移交',
};

/** Kinds after which the unit, or the organ that they went to, must answer. A circular and an exposure only become known. */
export const asksReply = (kind: PressureKind): boolean => kind !== 'circular' && kind !== 'exposure';
/** Kinds that go to an organ outside (discipline inspection, the appointing organ) and not to the unit they are about. */
export const isOutward = (kind: PressureKind): boolean => kind === 'accountability' || kind === 'transfer';
/** Kinds that only the named people of the office and the leaders may see. */
export const isRestricted = (kind: PressureKind): boolean => kind === 'transfer';

/** An account of the office that may see a restricted measure. */
export interface Keeper {
  readonly accountId: string;
  readonly name: string;
}

/** Something that a unit undertook; in the system it is a task of its own. */
export interface Commitment {
  readonly text: string;
  readonly dueOn: Day;
}

/** Who sat at the table of an interview. */
export interface Attendee {
  readonly name: string;
  readonly post: string;
  readonly unitName: string;
  /** host: who interviews; called: who is interviewed. */
  readonly as: 'host' | 'called';
}

/** One measure of pressure against one unit. Status is stored once; lateness of the reply is derived. */
export interface Pressure {
  readonly id: string;
  readonly number: string;
  readonly kind: PressureKind;
  readonly state: PressureState;
  /** Whom it is about. */
  readonly unitId: string;
  readonly unitName: string;
  /** To whom it goes: the unit itself, or an organ outside. */
  readonly addressee: string;
  /** What it is about, as documents name it: 隐患整改逾期. */
  readonly matter: string;
  readonly reason: string;
  readonly demands: readonly string[];
  /** The rule that proposed it, its lasting code and version; null where a person did. */
  readonly ruleId: string | null;
  readonly ruleCode: string | null;
  readonly ruleVersion: number | null;
  /** Rung of the rule's ladder, 0 the first; and the measure on the rung below. */
  readonly rung: number;
  readonly earlierId: string | null;
  readonly keepers: readonly Keeper[];
  /** Day on which it was proposed, by the rule or by the person. */
  readonly suggestedOn: Day;
  readonly proposedOn: Day | null;
  readonly proposedBy: string | null;
  readonly proposedByName: string | null;
  readonly proposedByPerson: string | null;
  readonly proposedUnitId: string | null;
  readonly proposedUnitName: string | null;
  readonly decidedOn: Day | null;
  readonly decidedByName: string | null;
  readonly decidedByPost: string | null;
  readonly decision: 'approved' | 'refused' | null;
  readonly opinion: string | null;
  readonly recordedBy: string | null;
  readonly recordedByName: string | null;
  readonly servedOn: Day | null;
  readonly documentNumber: string | null;
  readonly replyDueOn: Day | null;
  readonly meetOn: Day | null;
  readonly meetAt: string | null;
  readonly meetPlace: string | null;
  readonly meetHost: string | null;
  readonly medium: string | null;
  readonly publishedOn: Day | null;
  readonly link: string | null;
  readonly receivedOn: Day | null;
  readonly receivedByName: string | null;
  readonly repliedOn: Day | null;
  readonly urged: number;
  readonly endedOn: Day | null;
  readonly version: number;
}

/** Days past the day for the reply; 0 where none is owed or it is still in time. */
export function replyLate(one: Pick<Pressure, 'kind' | 'state' | 'replyDueOn'>, today: Day): number {
  if (!asksReply(one.kind) || one.replyDueOn === null) return 0;
  if (one.state !== 'served' && one.state !== 'received') return 0;
  return Math.max(0, daysBetween(one.replyDueOn, today));
}

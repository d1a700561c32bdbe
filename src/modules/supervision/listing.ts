import type { Day } from '../../kernel/day.ts';
import type { ListingState } from './lifecycle.ts';

/** Whose committee lists: data of the jurisdiction, lowest first; each may be raised to the next. */
export interface Level {
  readonly code: string;
  readonly name: string;
}
export const usualLevels: readonly Level[] = [
  { code: 'county', name: '县级' },
  { code: 'city', name: '市级' },
  { code: 'province', name: '省级' },
];

/** 整改方案的六项内容. */
export const planParts = ['aims', 'methods', 'funds', 'bodies', 'timeLimit', 'safety'] as const;
export type PlanPart = (typeof planParts)[number];
export const planWords: Readonly<Record<PlanPart, string>> = {
  aims: '目标任务',
  methods: '方法措施',
  funds: '经费物资',
  bodies: '机构责任',
  timeLimit: '时限要求',
  safety: '安全措施和应急预案',
};
export type RectificationPlan = Readonly<Record<PlanPart, string>>;

export const escalationKinds = ['higherLevel', 'letter', 'measures'] as const;
export type EscalationKind = (typeof escalationKinds)[number];
export const escalationWords: Readonly<Record<EscalationKind, string>> = {
  higherLevel: '提级督办',
  letter: '发督办函',
  measures: '提出处理建议',
};

/** Somebody who took part in the acceptance: of the listing side, or an expert asked for. */
export interface Acceptor {
  readonly name: string;
  readonly unitName: string;
  readonly post: string;
  readonly as: 'staff' | 'expert';
}

/** What was found on site about one of the requirements. */
export interface Check {
  readonly requirement: string;
  readonly finding: string;
}

/** One on-site acceptance; a failed one names the day by which the work is to be done again. */
export interface Acceptance {
  readonly id: string;
  readonly round: number;
  readonly appliedOn: Day;
  readonly heldOn: Day;
  readonly place: string;
  readonly people: readonly Acceptor[];
  readonly checks: readonly Check[];
  readonly passed: boolean;
  readonly opinion: string;
  readonly retryOn: Day | null;
}

/**
 * 挂牌督办 of one major problem. The limit is not kept here: it is the deadline of the problem and moves only with it.
 * Lateness of every kind is derived (`late.ts`).
 */
export interface Listing {
  readonly id: string;
  readonly number: string;
  readonly problemId: string;
  readonly problemNumber: string;
  readonly state: ListingState;
  readonly level: string;
  /** What is supervised, as documents name it. */
  readonly matter: string;
  readonly requirements: readonly string[];
  readonly reason: string;
  readonly proposedOn: Day;
  readonly proposedBy: string;
  readonly proposedByName: string;
  readonly proposedByPerson: string | null;
  readonly proposedUnitId: string | null;
  readonly proposedUnitName: string | null;
  /** Who approved or refused, as recorded; the account that recorded it may be another person's. */
  readonly decidedOn: Day | null;
  readonly decidedByName: string | null;
  readonly decidedByPost: string | null;
  readonly decision: 'approved' | 'refused' | null;
  readonly opinion: string | null;
  readonly recordedBy: string | null;
  readonly recordedByName: string | null;
  readonly listedOn: Day | null;
  readonly noticeNumber: string | null;
  readonly plan: RectificationPlan | null;
  readonly planFiledOn: Day | null;
  readonly planRecordedOn: Day | null;
  readonly appliedOn: Day | null;
  readonly appliedBy: string | null;
  /** Of the last acceptance. */
  readonly acceptedOn: Day | null;
  readonly acceptedBy: string | null;
  readonly failures: number;
  readonly lastFailedOn: Day | null;
  readonly retryOn: Day | null;
  readonly escalations: number;
  readonly delistedOn: Day | null;
  readonly delistingNumber: string | null;
  readonly endedOn: Day | null;
  readonly version: number;
}

/** What rules ask about the problem that is listed. */
export interface ListedProblem {
  readonly id: string;
  readonly state: string;
  readonly open: boolean;
  readonly major: boolean;
  /** Somebody has asked to withdraw or merge it or to find it untrue, which waits until the plate is off. */
  readonly ending: boolean;
  readonly dueOn: Day;
  readonly leadUnitId: string;
  readonly leadUnitName: string;
  readonly coUnitIds: readonly string[];
  readonly supervisingUnitId: string | null;
  readonly doneOn: Day | null;
  readonly doneByName: string | null;
  readonly closedOn: Day | null;
  /** Enterprise or place, in words. */
  readonly subject: string | null;
}

/** Days that the jurisdiction allows; settings `supervision.acceptanceDays`, `supervision.planDays`. */
export interface Limits {
  readonly acceptanceDays: number;
  readonly planDays: number;
}
export const usualLimits: Limits = { acceptanceDays: 10, planDays: 10 };

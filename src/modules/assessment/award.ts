import type { Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type AwardAction,
  type AwardNeed,
  type AwardPart,
  type AwardState,
  awardLifecycle,
} from './award-lifecycle.ts';
import { type Doer, has, type Person, sameDoer, short } from './situation.ts';

export const awardKinds = { commendation: '表彰奖励', creation: '平安创建' } as const;
export type AwardKind = keyof typeof awardKinds;
export const awardKindCodes = Object.keys(awardKinds) as AwardKind[];

export const nomineeKinds = { unit: '单位', person: '个人', place: '创建对象' } as const;
export type NomineeKind = keyof typeof nomineeKinds;
export const nomineeKindCodes = Object.keys(nomineeKinds) as NomineeKind[];

export const nomineeStates = {
  proposed: '待审查',
  passed: '通过审查',
  refused: '不予通过',
  excluded: '已移出',
  withdrawn: '推荐已撤回',
} as const;
export type NomineeState = keyof typeof nomineeStates;
export const nomineeStateCodes = Object.keys(nomineeStates) as NomineeState[];

/** One candidate. What the veto check found is frozen with the review. */
export interface Nominee {
  /** Unique in the award. */
  readonly key: string;
  readonly kind: NomineeKind;
  /** The unit to which the candidate belongs: whose vetoes count. */
  readonly unitId: string;
  readonly unitName: string;
  /** Of a unit its name; of a person his; of a road, a site, an area what it is called. */
  readonly name: string;
  readonly post: string;
  readonly deeds: string;
  readonly fileIds: readonly string[];
  readonly byName: string;
  readonly byUnitId: string | null;
  readonly on: Day;
  readonly state: NomineeState;
  readonly opinion: string;
  readonly reviewedByName: string | null;
  /** What the check for vetoes found when it was reviewed, in words. */
  readonly checked: string | null;
}

export interface Objection {
  readonly key: string | null;
  readonly text: string;
  readonly byName: string;
  readonly unitName: string | null;
  readonly on: Day;
}

/** One round of awards or of a creation, with its register of candidates. */
export interface Award {
  readonly kind: AwardKind;
  readonly title: string;
  readonly basis: string;
  readonly criteria: string;
  /** How many may be chosen; null: no limit. */
  readonly quota: number | null;
  /** Days between which a veto excludes. */
  readonly from: Day;
  readonly to: Day;
  readonly nominateUntil: Day;
  readonly showDays: number;
  readonly nominees: readonly Nominee[];
  readonly objections: readonly Objection[];
  readonly shownBy: Doer | null;
  readonly shownOn: Day | null;
  readonly showUntil: Day | null;
  readonly decidedOn: Day | null;
  readonly decidedByName: string | null;
  readonly endedWhy: string | null;
}

export interface AwardGiven {
  readonly name?: string;
  readonly unitId?: string | null;
  readonly kind?: NomineeKind;
  readonly deeds?: string;
  readonly reason?: string;
  readonly opinion?: string;
  readonly content?: string;
  readonly pass?: boolean;
}

export const passedOf = (award: Pick<Award, 'nominees'>): Nominee[] =>
  award.nominees.filter((one) => one.state === 'passed');

/** `vetoed`: units that are under a confirmed veto within the award's days, as of today. */
export function judgeAward(
  now: { readonly state: AwardState; readonly body: Award },
  actor: Person,
  action: AwardAction,
  today: Day,
  vetoed: ReadonlySet<string>,
  nominee: Nominee | null,
  given: AwardGiven | null,
): Verdict<AwardState> {
  const { body } = now;
  const passed = passedOf(body);
  const works = actor.unitId !== null && has(actor, 'clerk', 'unitLeader');
  const parts: AwardPart[] = [
    ...(has(actor, 'officer') ? (['office'] as const) : []),
    ...(has(actor, 'leader') ? (['leader'] as const) : []),
    ...(works ? (['unit'] as const) : []),
    ...(works && nominee !== null && nominee.byUnitId === actor.unitId ? (['nominator'] as const) : []),
  ];
  const twice =
    given !== null &&
    body.nominees.some(
      (one) =>
        one.state !== 'withdrawn' &&
        one.kind === given.kind &&
        one.unitId === given.unitId &&
        one.name === (given.name ?? '').trim(),
    );
  const passes = given?.pass !== false;
  const unmet: AwardNeed[] = [
    ...(given !== null && (short(given.name) || short(given.deeds) || !given.unitId || twice)
      ? (['nominee'] as const)
      : []),
    ...(given !== null && short(given.reason) ? (['reason'] as const) : []),
    ...(given !== null && short(given.opinion) ? (['opinion'] as const) : []),
    ...(given !== null && short(given.content) ? (['content'] as const) : []),
    ...(body.nominateUntil < today ? (['stillOpen'] as const) : []),
    ...(body.nominees.every((one) => one.state === 'withdrawn') ? (['anyNominee'] as const) : []),
    ...(nominee !== null && nominee.unitId === actor.unitId ? (['notOwnUnit'] as const) : []),
    ...(given !== null && passes && nominee !== null && vetoed.has(nominee.unitId) ? (['clear'] as const) : []),
    ...(body.nominees.some((one) => one.state === 'proposed') ? (['allReviewed'] as const) : []),
    ...(passed.length === 0 ? (['anyPassed'] as const) : []),
    ...(body.quota !== null && passed.length > body.quota ? (['withinQuota'] as const) : []),
    ...(body.showUntil === null || body.showUntil < today ? (['showOpen'] as const) : []),
    ...(body.showUntil === null || body.showUntil >= today ? (['showOver'] as const) : []),
    ...(passed.some((one) => vetoed.has(one.unitId)) ? (['vetoFree'] as const) : []),
    ...(sameDoer(body.shownBy, actor) ? (['showerApart'] as const) : []),
  ];
  return verdict(awardLifecycle, { state: now.state, action, parts, unmet });
}

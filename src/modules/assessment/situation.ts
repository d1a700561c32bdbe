import { type Actor, hasRole } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type AppealAction,
  type AppealNeed,
  type AppealPart,
  type AppealState,
  appealLifecycle,
} from './appeal-lifecycle.ts';
import { type SchemeAction, type SchemeNeed, type SchemePart, type SchemeState, schemeLifecycle } from './lifecycle.ts';
import { type VetoAction, type VetoNeed, type VetoPart, type VetoState, vetoLifecycle } from './veto-lifecycle.ts';

export type Person = Pick<Actor, 'accountId' | 'personId' | 'roles' | 'unitId' | 'name'>;
export const has = (actor: Person, ...roles: Actor['roles']): boolean => hasRole(actor as Actor, ...roles);
export const short = (text: string | null | undefined): boolean => (text ?? '').trim().length < 2;

/** Somebody who did something earlier: by account, and by person where one person has two accounts. */
export interface Doer {
  readonly accountId: string;
  readonly personId: string | null;
}
export const sameDoer = (doer: Doer | null, actor: Person): boolean =>
  doer !== null && (doer.accountId === actor.accountId || (doer.personId !== null && doer.personId === actor.personId));

/** What the rules ask about a scheme. Days are of the version that holds or waits. */
export interface SchemeFacts {
  readonly state: SchemeState;
  readonly draftedBy: Doer;
  /** Who drafted the version that waits to be issued; null: none waits. */
  readonly pendingBy: Doer | null;
  readonly gradedBy: Doer | null;
  readonly from: Day;
  readonly to: Day;
  readonly currentFrom: Day | null;
  readonly selfUntil: Day | null;
  readonly appealUntil: Day | null;
  readonly sound: boolean;
  /** Lines that wait to be scored by hand. */
  readonly unscored: number;
  readonly openVetoes: number;
  readonly openAppeals: number;
}

/** The unit's sheet or the line that an act is about. */
export interface SheetFacts {
  readonly unitId: string;
  readonly scorerUnitId: string | null;
  /** Of a line: points were lost, and whether a task was made for it already. */
  readonly lost?: boolean;
  readonly rectified?: boolean;
}

/** What a form has filled in; null instead of it: the form is not open yet. */
export interface Given {
  readonly reason?: string;
  readonly content?: string;
  readonly on?: Day | null;
  readonly score?: number | null;
  readonly weight?: number;
  readonly evidence?: boolean;
}

/** What the actor is in relation to the scheme and, where one is meant, to a sheet. */
export function partsOf(actor: Person, sheet: SheetFacts | null): SchemePart[] {
  const parts: SchemePart[] = [];
  if (has(actor, 'officer')) parts.push('office');
  if (has(actor, 'leader')) parts.push('leader');
  if (sheet === null || actor.unitId === null || !has(actor, 'officer', 'clerk', 'unitLeader')) return parts;
  if (actor.unitId === sheet.unitId) parts.push('object');
  if (actor.unitId === sheet.scorerUnitId) parts.push('scorer');
  return parts;
}

function unmetByForm(facts: SchemeFacts, action: SchemeAction, today: Day, given: Given): SchemeNeed[] {
  const { on } = given;
  const inPeriod = on !== null && on !== undefined && on >= facts.from && on <= facts.to;
  return [
    ...(short(given.reason) ? (['reason'] as const) : []),
    ...(short(given.content) ? (['content'] as const) : []),
    ...(action === 'issueVersion' &&
    !(inPeriod && on >= today && (facts.currentFrom === null || on > facts.currentFrom))
      ? (['fromDay'] as const)
      : []),
    ...(on === null || on === undefined || on <= today ? (['selfDay'] as const) : []),
    ...(!inPeriod || on > today ? (['snapshotDay'] as const) : []),
    ...(on === null || on === undefined || on < today ? (['taskDay'] as const) : []),
    ...(given.evidence === true ? [] : (['evidence'] as const)),
    ...(given.score === null ||
    given.score === undefined ||
    !Number.isFinite(given.score) ||
    given.score < 0 ||
    given.score > (given.weight ?? 0)
      ? (['range'] as const)
      : []),
  ];
}

/** Needs of the table that are not met now. `given` null: only what does not depend on a form. */
export function unmetNeeds(
  facts: SchemeFacts,
  actor: Person,
  action: SchemeAction,
  today: Day,
  sheet: SheetFacts | null,
  given: Given | null,
): SchemeNeed[] {
  const unmet: SchemeNeed[] = given === null ? [] : unmetByForm(facts, action, today, given);
  if (!facts.sound) unmet.push('sound');
  if (sameDoer(action === 'issueVersion' ? facts.pendingBy : facts.draftedBy, actor)) unmet.push('otherPerson');
  if (facts.pendingBy === null) unmet.push('pending');
  else unmet.push('noPending');
  if (facts.selfUntil !== null && facts.selfUntil < today) unmet.push('selfOpen');
  if (sheet !== null && actor.unitId === sheet.unitId) unmet.push('notOwnUnit');
  if (facts.unscored > 0) unmet.push('allScored');
  if (facts.openVetoes > 0) unmet.push('vetoesSettled');
  if (facts.appealUntil === null || facts.appealUntil < today) unmet.push('appealOpen');
  if (facts.appealUntil === null || facts.appealUntil >= today) unmet.push('appealOver');
  if (facts.openAppeals > 0) unmet.push('appealsDecided');
  if (sameDoer(facts.gradedBy, actor)) unmet.push('graderApart');
  if (sheet?.lost !== true) unmet.push('lostPoints');
  if (sheet?.rectified === true) unmet.push('notRectified');
  return [...new Set(unmet)];
}

/** May the actor do this to the scheme now? The same verdict greys the button and refuses the request. */
export const judge = (
  facts: SchemeFacts,
  actor: Person,
  action: SchemeAction,
  today: Day,
  sheet: SheetFacts | null,
  given: Given | null,
): Verdict<SchemeState> =>
  verdict(schemeLifecycle, {
    state: facts.state,
    action,
    parts: partsOf(actor, sheet),
    unmet: unmetNeeds(facts, actor, action, today, sheet, given),
  });

export interface VetoFacts {
  readonly state: VetoState;
  readonly enteredBy: Doer;
  readonly files: number;
  /** A scheme to which it belongs is already graded. */
  readonly final: boolean;
}

/** May the actor do this to the veto event now? */
export function judgeVeto(
  facts: VetoFacts,
  actor: Person,
  action: VetoAction,
  given: { readonly opinion?: string; readonly reason?: string } | null,
): Verdict<VetoState> {
  const parts: VetoPart[] = [
    ...(has(actor, 'officer') ? (['office'] as const) : []),
    ...(has(actor, 'leader') ? (['leader'] as const) : []),
    ...(sameDoer(facts.enteredBy, actor) ? (['enterer'] as const) : []),
  ];
  const unmet: VetoNeed[] = [
    ...(given !== null && short(given.opinion) ? (['opinion'] as const) : []),
    ...(given !== null && short(given.reason) ? (['reason'] as const) : []),
    ...(sameDoer(facts.enteredBy, actor) ? (['otherPerson'] as const) : []),
    ...(facts.files === 0 ? (['evidence'] as const) : []),
    ...(facts.final ? (['notFinal'] as const) : []),
  ];
  return verdict(vetoLifecycle, { state: facts.state, action, parts, unmet });
}

export interface AppealFacts {
  readonly state: AppealState;
  readonly unitId: string;
  readonly filedBy: Doer;
  readonly scoredBy: Doer | null;
  readonly max: number;
  readonly before: number;
  /** The scheme is still shown. */
  readonly shown: boolean;
}

/** May the actor do this to the appeal now? */
export function judgeAppeal(
  facts: AppealFacts,
  actor: Person,
  action: AppealAction,
  given: { readonly opinion?: string; readonly reason?: string; readonly score?: number | null } | null,
): Verdict<AppealState> {
  const own = actor.unitId !== null && actor.unitId === facts.unitId;
  const parts: AppealPart[] = [
    ...(has(actor, 'officer') ? (['office'] as const) : []),
    ...(has(actor, 'leader') ? (['leader'] as const) : []),
    ...(own && has(actor, 'officer', 'clerk', 'unitLeader') ? (['appellant'] as const) : []),
  ];
  const score = given?.score;
  const sound = score !== null && score !== undefined && score >= 0 && score <= facts.max && score !== facts.before;
  const unmet: AppealNeed[] = [
    ...(given !== null && short(given.opinion) ? (['opinion'] as const) : []),
    ...(given !== null && short(given.reason) ? (['reason'] as const) : []),
    ...(given !== null && !sound ? (['newScore'] as const) : []),
    ...(own || sameDoer(facts.filedBy, actor) ? (['otherPerson'] as const) : []),
    ...(sameDoer(facts.scoredBy, actor) ? (['scorerApart'] as const) : []),
    ...(facts.shown ? [] : (['stillShown'] as const)),
  ];
  return verdict(appealLifecycle, { state: facts.state, action, parts, unmet });
}

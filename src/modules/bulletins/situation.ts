import { type Actor, hasRole } from '../../kernel/actor.ts';
import type { Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import type { RhythmPeriod } from '../filings/rhythm.ts';
import {
  type BulletinAction,
  type BulletinNeed,
  type BulletinPart,
  type BulletinState,
  bulletinLifecycle,
} from './lifecycle.ts';
import type { Snapshot } from './snapshot.ts';
import { flawsOfText, type Section } from './text.ts';

/** 经验做法 that people chose from what units told. */
export interface Chosen {
  readonly filingId: string;
  readonly at: number;
  readonly kind: 'case' | 'practice';
}

/** Somebody who had a hand in a bulletin. */
export interface Hand {
  readonly accountId: string;
  readonly personId: string | null;
}

export interface Bulletin {
  readonly id: string;
  readonly number: string;
  readonly formId: string;
  readonly formName: string;
  readonly period: RhythmPeriod;
  readonly periodFrom: Day;
  readonly periodTo: Day;
  readonly snapshotId: string;
  readonly title: string;
  readonly state: BulletinState;
  readonly sections: readonly Section[];
  readonly chosen: readonly Chosen[];
  readonly addressee: string;
  readonly copies: string;
  /** Everybody who edited or sent it for approval. */
  readonly hands: readonly Hand[];
  readonly submittedBy: string | null;
  readonly submittedByName: string | null;
  readonly submittedOn: Day | null;
  readonly approvedBy: string | null;
  readonly approvedByName: string | null;
  readonly approvedOn: Day | null;
  readonly opinion: string | null;
  readonly issue: number | null;
  readonly documentNumber: string | null;
  readonly issuedOn: Day | null;
  readonly publishAsked:
    | (Hand & { readonly name: string; readonly on: Day; readonly channel: string; readonly reason: string })
    | null;
  readonly publishedOn: Day | null;
  readonly publishedByName: string | null;
  readonly version: number;
}

type Person = Pick<Actor, 'accountId' | 'personId' | 'roles'>;
const same = (hand: Hand, actor: Person): boolean =>
  hand.accountId === actor.accountId || (hand.personId !== null && hand.personId === actor.personId);

/** What the actor is in relation to the bulletin. */
export function partsOf(bulletin: Pick<Bulletin, 'submittedBy'>, actor: Person): BulletinPart[] {
  const has = (...roles: Actor['roles']): boolean => hasRole(actor as Actor, ...roles);
  return [
    ...(has('officer') ? (['office'] as const) : []),
    ...(has('leader') ? (['leader'] as const) : []),
    ...(bulletin.submittedBy === actor.accountId ? (['submitter'] as const) : []),
  ];
}

/** What a form has filled in; null instead of it: the form is not open yet. */
export interface Given {
  readonly opinion?: string;
  readonly reason?: string;
  readonly channel?: string;
}

const short = (text: string | undefined): boolean => (text ?? '').trim().length < 2;

/** Needs that only another person can meet. */
function notHis(bulletin: Bulletin, actor: Person): BulletinNeed[] {
  const unmet: BulletinNeed[] = [];
  if (bulletin.hands.some((hand) => same(hand, actor))) unmet.push('otherPerson');
  if (bulletin.publishAsked && same(bulletin.publishAsked, actor)) unmet.push('publishApart');
  return unmet;
}

/** Needs that are not met. `sealed`: the snapshot still has the hash under which it was kept. */
export function unmetNeeds(
  bulletin: Bulletin,
  snapshot: Snapshot,
  sealed: boolean,
  actor: Person,
  given: Given | null,
): BulletinNeed[] {
  const unmet: BulletinNeed[] = [];
  if (!sealed) unmet.push('sealed');
  if (flawsOfText(bulletin.sections, snapshot).length > 0) unmet.push('soundText');
  unmet.push(...notHis(bulletin, actor));
  if (given === null) return unmet;
  if (short(given.opinion)) unmet.push('opinion');
  if (short(given.reason)) unmet.push('reason');
  if (short(given.channel) || short(given.reason)) unmet.push('channel');
  return unmet;
}

/** May the actor do this now, and where does it lead? */
export const judge = (
  bulletin: Bulletin,
  snapshot: Snapshot,
  sealed: boolean,
  actor: Person,
  action: BulletinAction,
  given: Given | null,
): Verdict<BulletinState> =>
  verdict(bulletinLifecycle, {
    state: bulletin.state,
    action,
    parts: partsOf(bulletin, actor),
    unmet: unmetNeeds(bulletin, snapshot, sealed, actor, given),
  });

/** Does the next step lie with the actor? What still has to be mended in the words lies with him as well. */
export const awaits = (bulletin: Bulletin, actor: Person, action: BulletinAction): boolean =>
  verdict(bulletinLifecycle, {
    state: bulletin.state,
    action,
    parts: partsOf(bulletin, actor),
    unmet: notHis(bulletin, actor),
  }).may;

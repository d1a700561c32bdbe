import { type Actor, hasRole } from '../../kernel/actor.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type LetterAction,
  type LetterNeed,
  type LetterPart,
  type LetterState,
  letterLifecycle,
} from './letter-lifecycle.ts';
import type { Target } from './shapes.ts';

/** Between whom: the government's head and his deputies, the government and the next lower ones, the government and its departments. */
export const relations = ['deputies', 'lower', 'departments'] as const;
export type Relation = (typeof relations)[number];
export const relationWords: Readonly<Record<Relation, string>> = {
  deputies: '政府主要负责人与分管负责人',
  lower: '本级政府与下级政府',
  departments: '本级政府与本级部门',
};

/** One side of a letter. */
export interface Party {
  readonly unitId: string | null;
  readonly unitName: string;
  readonly signer: string;
  readonly post: string;
}

/** 安全生产目标管理责任书 of a year. */
export interface ResponsibilityLetter {
  readonly relation: Relation;
  readonly title: string;
  readonly partyA: Party;
  readonly partyB: Party;
  readonly targets: readonly Target[];
  /** What the signing unit undertakes, paragraph by paragraph. */
  readonly duties: readonly string[];
  readonly printedOn: string | null;
  readonly paperNumber: string | null;
  readonly signedOn: string | null;
  /** The day on which the signing was recorded. */
  readonly registeredOn: string | null;
  readonly signedFileIds: readonly string[];
  readonly endedOn: string | null;
}

export interface LetterGiven {
  readonly reason?: string;
  readonly partyA?: Party;
  readonly partyB?: Party;
  readonly targets?: readonly Target[];
  readonly signedOn?: string;
  readonly signerA?: string;
  readonly signerB?: string;
  readonly fileIds?: readonly string[];
}

type Person = Pick<Actor, 'roles' | 'unitId'>;
const short = (text: string | null | undefined): boolean => (text ?? '').trim().length < 2;
const plain = (name: string): string => name.replace(/[\s　]/g, '');
const whole = (party: Party): boolean => !short(party.unitName) && !short(party.signer) && !short(party.post);

export function letterParts(letter: Pick<ResponsibilityLetter, 'partyB'>, actor: Person): LetterPart[] {
  const parts: LetterPart[] = [];
  if (hasRole(actor as Actor, 'officer')) parts.push('office');
  if (actor.unitId !== null && actor.unitId === letter.partyB.unitId && hasRole(actor as Actor, 'clerk', 'unitLeader'))
    parts.push('signatory');
  return parts;
}

/** Needs that are not met now. `given` null: only what does not depend on a form. */
export function letterUnmet(letter: ResponsibilityLetter, today: string, given: LetterGiven | null): LetterNeed[] {
  const unmet: LetterNeed[] = [];
  const { partyA = letter.partyA, partyB = letter.partyB, targets = letter.targets } = given ?? {};
  if (!whole(partyA) || !whole(partyB)) unmet.push('parties');
  if (targets.length === 0 || targets.some((one) => short(one.name))) unmet.push('targets');
  if (given === null) return unmet;
  if (short(given.reason)) unmet.push('reason');
  if (!given.signedOn || given.signedOn > today || (letter.printedOn !== null && given.signedOn < letter.printedOn))
    unmet.push('signedDay');
  if ((given.fileIds ?? []).length === 0) unmet.push('signedFile');
  if (
    plain(given.signerA ?? '') !== plain(letter.partyA.signer) ||
    plain(given.signerB ?? '') !== plain(letter.partyB.signer)
  )
    unmet.push('signers');
  return unmet;
}

export const judgeLetter = (
  now: { readonly state: LetterState; readonly body: ResponsibilityLetter },
  actor: Person,
  action: LetterAction,
  today: string,
  given: LetterGiven | null,
): Verdict<LetterState> => {
  const unmet = letterUnmet(now.body, today, given);
  // a form that is about to be filled in may mend what the letter lacks
  const open = action === 'editLetter' && given === null ? [] : unmet;
  return verdict(letterLifecycle, { state: now.state, action, parts: letterParts(now.body, actor), unmet: open });
};

/** 死亡人数不超过2人. */
export const targetInWords = (one: Target): string =>
  `${one.name}${one.bound === 'atMost' ? '不超过' : '不低于'}${one.value}${one.unit}`;

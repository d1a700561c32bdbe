import { type Actor, hasRole } from '../../kernel/actor.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type LetterAction,
  type LetterNeed,
  type LetterPart,
  type LetterState,
  letterLifecycle,
} from './letter-lifecycle.ts';
import { type ComputedKind, isComputed, type Target, targetWords } from './shapes.ts';

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
  /** Results entered by hand, only added to; letters from before there were any have none. */
  readonly results?: readonly TargetResult[];
}

/** A result of a target that no ledger tells, entered by a person with evidence. */
export interface TargetResult {
  /** Place of the target on the letter. */
  readonly target: number;
  readonly value: number;
  /** The day up to which it is. */
  readonly upTo: string;
  readonly note: string;
  readonly fileIds: readonly string[];
  readonly byName: string;
  readonly byUnitName: string;
  /** The unit that undertook the target told it itself. */
  readonly own: boolean;
  /** The day on which it was entered. */
  readonly on: string;
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
  readonly result?: { readonly target: number; readonly value: number; readonly upTo: string };
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
  if (targets.some((one) => meantFor(one) !== null)) unmet.push('computedKind');
  if (given === null) {
    if (letter.targets.every((one) => isComputed(one.kind))) unmet.push('handTarget');
    return unmet;
  }
  unmet.push(...resultUnmet(letter, today, given));
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

/** What is wrong with a result that is to be entered. */
function resultUnmet(letter: ResponsibilityLetter, today: string, { result, fileIds }: LetterGiven): LetterNeed[] {
  const unmet: LetterNeed[] = [];
  const target = result ? letter.targets[result.target] : undefined;
  if (!target || isComputed(target.kind)) unmet.push('handTarget');
  const percent = target?.unit === '%' && (result?.value ?? 0) > 100;
  if (!result || !Number.isFinite(result.value) || result.value < 0 || percent) unmet.push('resultValue');
  if (!result || result.upTo > today || result.upTo < (letter.signedOn ?? today)) unmet.push('resultDay');
  if ((fileIds ?? []).length === 0) unmet.push('resultFile');
  return unmet;
}

const meanings: readonly [RegExp, ComputedKind][] = [
  [/死亡/, 'deaths'],
  [/事故起数/, 'accidents'],
  [/重大.{0,6}隐患.{0,6}(整改|销号)率/, 'majorRectified'],
  [/(隐患|问题).{0,6}(整改|销号)率/, 'rectified'],
  [/任务.{0,6}(办结|完成)率/, 'taskOnTime'],
  [/报送.{0,6}率/, 'filingOnTime'],
];
/** What a target that is meant to be entered by hand would be computed as; null: no ledger tells it. */
export const meantFor = (one: Pick<Target, 'kind' | 'name'>): ComputedKind | null =>
  isComputed(one.kind) ? null : (meanings.find(([words]) => words.test(one.name))?.[1] ?? null);

/** How far a target is on a day: computed from the ledgers, entered by a person, or not known yet. */
export interface Standing {
  readonly value: number | null;
  /** null: nothing to measure, or no result entered. */
  readonly met: boolean | null;
  readonly by: 'ledger' | 'hand';
  /** Where the value is from: 系统计算…, 人工登记…. */
  readonly says: string;
}
export const isMet = (target: Target, value: number): boolean =>
  target.bound === 'atMost' ? value <= target.value : value >= target.value;

/** The result that had been entered last for a target by the evening of a day. */
export const resultOn = (letter: ResponsibilityLetter, target: number, day: string): TargetResult | null =>
  (letter.results ?? []).filter((one) => one.target === target && one.on <= day).at(-1) ?? null;

/** Where a target that no ledger tells stands. */
export function standingByHand(letter: ResponsibilityLetter, at: number, day: string): Standing {
  const target = letter.targets[at];
  const result = resultOn(letter, at, day);
  if (!target || !result) return { value: null, met: null, by: 'hand', says: '没有登记结果' };
  const { value, upTo, byName, byUnitName, own, on } = result;
  const who = `${byUnitName}${byName}`;
  return {
    value,
    met: isMet(target, value),
    by: 'hand',
    says: `人工登记：${who}于${on}登记，截至${upTo}${own ? '，责任单位自报' : ''}`,
  };
}

/** Where a target stands that the ledgers tell. `value` null: there was nothing to measure. */
export const standingByLedger = (target: Target, value: number | null, day: string): Standing => ({
  value,
  met: value === null ? null : isMet(target, value),
  by: 'ledger',
  says: value === null ? '系统计算：没有可算的数据' : `系统计算：${targetWords[target.kind]}，截至${day}`,
});

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

import { type Day, daysBetween } from '../../kernel/day.ts';

/**
 * A kind of problem that the district says must be listed, with the days from and to which it says so. All conditions
 * that are given must hold; an empty list asks nothing. Data, with the document that says so.
 */
export interface ListingRule {
  readonly id: string;
  readonly name: string;
  /** The document and clause that demand it. */
  readonly basis: string;
  readonly sectors: readonly string[];
  readonly kinds: readonly string[];
  readonly tags: readonly string[];
  /** Codes of criteria clauses; a code also stands for those below it: 3 for 3.2. */
  readonly clauses: readonly string[];
  readonly fromOn: Day;
  readonly toOn: Day | null;
  /** Days from the judgement within which the listing is expected. */
  readonly withinDays: number;
}

/** What a rule asks about an open major problem. */
export interface Candidate {
  readonly sector: string | null;
  readonly kind: string;
  readonly tags: readonly string[];
  readonly clauses: readonly string[];
  /** Day on which it was judged major, or registered as such. */
  readonly majorOn: Day;
  readonly listed: boolean;
}

const below = (code: string, of: string): boolean =>
  code === of || code.startsWith(`${of}.`) || code.startsWith(`${of}-`);

/** Does the rule, as it is in force on the day, demand that the problem be listed? */
export function demands(rule: ListingRule, one: Candidate, today: Day): boolean {
  if (today < rule.fromOn || (rule.toOn !== null && today > rule.toOn)) return false;
  if (rule.sectors.length > 0 && (one.sector === null || !rule.sectors.includes(one.sector))) return false;
  if (rule.kinds.length > 0 && !rule.kinds.includes(one.kind)) return false;
  if (rule.tags.length > 0 && !rule.tags.some((tag) => one.tags.includes(tag))) return false;
  return rule.clauses.length === 0 || rule.clauses.some((of) => one.clauses.some((code) => below(code, of)));
}

/** A problem that must be listed: by which rules, since when, and how many days too late it is if it is not. */
export interface Demanded {
  readonly rules: readonly ListingRule[];
  /** Days since it was found to be major. */
  readonly age: number;
  /** Days beyond the shortest of the allowed ones; 0 while there is time or once it is listed. */
  readonly late: number;
}

/** Which rules demand that the problem be listed on the day; null where none does. */
export function demandedOf(rules: readonly ListingRule[], one: Candidate, today: Day): Demanded | null {
  const asking = rules.filter((rule) => demands(rule, one, today));
  if (asking.length === 0) return null;
  const age = Math.max(0, daysBetween(one.majorOn, today));
  const within = Math.min(...asking.map((rule) => rule.withinDays));
  return { rules: asking, age, late: one.listed ? 0 : Math.max(0, age - within) };
}

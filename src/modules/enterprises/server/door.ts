import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { EnterpriseCard } from '../enterprise.ts';
import { indexKnown, keysOf, type Match, matchOne, type Wanted } from '../match.ts';
import { enterpriseByNumber as byNumber, cardsByIds, enterpriseById } from './store.ts';
import { enterprisesAround, pickEnterprises } from './store-list.ts';
import { knownBy } from './store-match.ts';

export type { EnterpriseCard, EnterpriseDraft } from '../enterprise.ts';
export type { Match, MatchCandidate, Wanted } from '../match.ts';
export { createEnterprises, type NewEnterprise, type Registered } from './create-enterprises.ts';
export { enterpriseItems } from './records.ts';
export { registerEnterprise } from './register.ts';

/**
 * Cards of the enterprises with these ids, merged and closed ones included, in no order; unknown ids are left out. For
 * naming what an item of a higher room points to, whose own scope was asked before.
 */
export const enterprisesByIds = (
  db: Queryable,
  jurisdictions: string | readonly string[],
  ids: readonly string[],
): Promise<EnterpriseCard[]> =>
  cardsByIds(db, typeof jurisdictions === 'string' ? [jurisdictions] : jurisdictions, ids);

/**
 * One enterprise as far as the scope lets it be seen, or null: before something is registered about it. What was merged
 * away gives the file that was kept, whoever regulates that: a page or a phone may still hold the old one.
 */
export async function enterpriseInSight(db: Queryable, scope: Scope, id: string): Promise<EnterpriseCard | null> {
  const found = await enterpriseById(db, scope, id);
  if (!found?.mergedInto) return found;
  return (await cardsByIds(db, [found.jurisdiction], [found.mergedInto]))[0] ?? found;
}

/** For each of these ids the file that is kept: its own, or the one into which it was merged; unknown ids are left out. */
export async function keptEnterprises(
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EnterpriseCard>> {
  const own = await cardsByIds(db, [jurisdiction], ids);
  const into = own.flatMap((card) => card.mergedInto ?? []);
  const kept = new Map((await cardsByIds(db, [jurisdiction], into)).map((card) => [card.id, card]));
  return new Map(own.map((card) => [card.id, kept.get(card.mergedInto ?? '') ?? card]));
}

/** The one with this number as far as the scope lets it be seen; what was merged gives the one that was kept. */
export async function enterpriseByNumber(db: Queryable, scope: Scope, number: string): Promise<EnterpriseCard | null> {
  const found = await byNumber(db, scope, number);
  if (found?.mergedInto) return enterpriseById(db, scope, found.mergedInto);
  return found;
}

/**
 * Whom each mention means, in their order, by code or name; former names and merged duplicates lead to the one that is
 * kept. Two statements for a thousand mentions. The whole register of the jurisdiction is compared: the caller decides
 * what of it a person may read.
 */
export async function matchEnterprises(
  db: Queryable,
  jurisdiction: string,
  wanted: readonly Wanted[],
): Promise<readonly Match[]> {
  const matches: Match[] = [];
  for (let at = 0; at < wanted.length; at += 1000) {
    const some = wanted.slice(at, at + 1000);
    const index = indexKnown(await knownBy(db, jurisdiction, keysOf(some)));
    matches.push(...some.map((one) => matchOne(one, index)));
  }
  return matches;
}

/** The one enterprise with this code or name, or null where there is none or several. */
export async function findEnterprise(
  db: Queryable,
  jurisdiction: string,
  wanted: Wanted,
): Promise<EnterpriseCard | null> {
  const [match] = await matchEnterprises(db, jurisdiction, [wanted]);
  if (match?.kind !== 'found') return null;
  const [card] = await cardsByIds(db, [jurisdiction], [match.id]);
  return card ?? null;
}

/** Working enterprises and places in the scope around a point, nearest first, at most `limit` (20). */
export const placesNear = (
  db: Queryable,
  scope: Scope,
  at: { readonly longitude: number; readonly latitude: number; readonly metres?: number; readonly limit?: number },
): Promise<readonly (EnterpriseCard & { readonly metres: number })[]> =>
  enterprisesAround(db, scope, { ...at, metres: at.metres ?? 500, limit: at.limit ?? 20 });

/** Those in the scope that are not closed, newest first, at most `limit`: for a phone that must find them without network. */
export const placesInSight = (db: Queryable, scope: Scope, limit: number): Promise<readonly EnterpriseCard[]> =>
  pickEnterprises(db, scope, { state: ['active', 'stopped'] }, limit);

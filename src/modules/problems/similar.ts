import { pairsOf } from '../../kernel/search-text.ts';

/**
 * How alike two wordings are, 0–1: the share of the shorter one's neighbouring characters that the other has too
 * (overlap coefficient), so that a sentence is found again within a longer one.
 */
export function likeness(one: string, other: string): number {
  const [a, b] = [new Set(pairsOf(one)), new Set(pairsOf(other))];
  const least = Math.min(a.size, b.size);
  if (least === 0) return 0;
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return shared / least;
}

/** From here on a wording is shown as "seems to be the same". */
export const ALIKE = 0.55;

/** Those that are worth a look before another one is registered: the most alike first, at most `most`. */
export function similarFirst<T extends { readonly title: string }>(
  text: string,
  others: readonly T[],
  most = 5,
): readonly { readonly row: T; readonly alike: boolean }[] {
  return others
    .map((row) => ({ row, score: likeness(text, row.title) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ row, score }) => ({ row, alike: score >= ALIKE }));
}

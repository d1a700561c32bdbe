/** A line of a plan with the words by which it is compared. */
export interface Line {
  readonly id: string;
  readonly words: string;
}

export interface Suggestion {
  readonly id: string;
  /** 0 to 1: the share of the higher line's wording that comes back, weighted by how rare it is. */
  readonly score: number;
}

const bigramsOf = (words: string): Set<string> => {
  const plain = words.replace(/[^\p{L}\p{N}]/gu, '');
  const found = new Set<string>();
  for (let index = 0; index + 1 < plain.length; index++) found.add(plain.slice(index, index + 2));
  return found;
};

/** Local lines by the pairs of characters that they contain, built once for many questions. */
export interface LineIndex {
  readonly size: number;
  readonly byPair: ReadonlyMap<string, readonly string[]>;
  readonly pairsOf: ReadonlyMap<string, number>;
}

export function indexLines(lines: readonly Line[]): LineIndex {
  const byPair = new Map<string, string[]>();
  const pairsOf = new Map<string, number>();
  for (const line of lines) {
    const pairs = bigramsOf(line.words);
    pairsOf.set(line.id, pairs.size);
    for (const pair of pairs) {
      const list = byPair.get(pair);
      if (list) list.push(line.id);
      else byPair.set(pair, [line.id]);
    }
  }
  return { size: lines.length, byPair, pairsOf };
}

/**
 * The local lines whose wording is nearest to a higher line, best first: pairs of characters that both have, each
 * weighted by its rarity among the local lines (安全生产 stands in every line and says nothing). It only suggests: a
 * person decides.
 */
export function suggest(higher: Line, local: LineIndex, limit = 3, least = 0.12): readonly Suggestion[] {
  const pairs = bigramsOf(higher.words);
  const weightOf = (holders: number): number => Math.log(1 + local.size / (1 + holders));
  let whole = 0;
  const found = new Map<string, number>();
  for (const pair of pairs) {
    const holders = local.byPair.get(pair);
    const weight = weightOf(holders?.length ?? 0);
    whole += weight;
    for (const id of holders ?? []) found.set(id, (found.get(id) ?? 0) + weight);
  }
  if (whole === 0) return [];
  return [...found]
    .map(([id, weight]) => {
      // A very long local line contains everything a little: its length is held against it, softly.
      const excess = Math.max(1, (local.pairsOf.get(id) ?? 1) / Math.max(1, pairs.size));
      return { id, score: weight / whole / Math.sqrt(Math.sqrt(excess)) };
    })
    .filter((one) => one.score >= least)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, limit);
}

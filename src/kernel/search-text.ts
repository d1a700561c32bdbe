/** Text as search sees it: full-width signs as half-width, lower case, no white space. */
export const plainForSearch = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

const WORDS = /[\p{L}\p{N}]+/gu;

/** Two neighbouring characters (or a single one, `second` 0) as one whole number of 32 bits with sign. */
const codeOf = (first: number, second: number): number =>
  first < 0x10000 && second < 0x10000 ? (first << 16) | second : (first * 31_337 + second * 7919) | 0;

function pairsIn(texts: readonly (string | null | undefined)[]): { singles: Set<number>; pairs: Set<number> } {
  const singles = new Set<number>();
  const pairs = new Set<number>();
  for (const text of texts) {
    for (const [run] of plainForSearch(text ?? '').matchAll(WORDS)) {
      let before: number | null = null;
      for (const sign of run) {
        const code = sign.codePointAt(0) ?? 0;
        singles.add(codeOf(code, 0));
        if (before !== null) pairs.add(codeOf(before, code));
        before = code;
      }
    }
  }
  return { singles, pairs };
}

/**
 * What the search column of a text holds: every pair of neighbouring characters as a number, each once, and every single
 * character. Pairs never reach over a sign that is neither letter nor digit, nor from one text to the next.
 */
export function pairsOf(...texts: readonly (string | null | undefined)[]): number[] {
  const { singles, pairs } = pairsIn(texts);
  return [...singles, ...pairs];
}

/** The pairs that all must occur where the searched text occurs; a single character stands for itself. */
export function pairsSought(text: string): number[] {
  const { singles, pairs } = pairsIn([text]);
  return pairs.size > 0 ? [...pairs] : [...singles];
}

/** Text as search sees it: full-width signs as half-width, lower case, no white space. */
export const plainForSearch = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

const WORDS = /[\p{L}\p{N}]+/gu;

/** Every pair of neighbouring characters, each once: what the search column holds. Single characters are held too. */
export function bigramsOf(...texts: readonly (string | null | undefined)[]): string[] {
  const pairs = new Set<string>();
  for (const text of texts) {
    for (const [run] of plainForSearch(text ?? '').matchAll(WORDS)) {
      const signs = [...run];
      for (let at = 0; at < signs.length; at++) {
        const sign = signs[at] ?? '';
        pairs.add(sign);
        if (at + 1 < signs.length) pairs.add(sign + (signs[at + 1] ?? ''));
      }
    }
  }
  return [...pairs];
}

/** The pairs that all must occur where the searched text occurs; a single character stands for itself. */
export function bigramsSought(text: string): string[] {
  const pairs = bigramsOf(text);
  const long = pairs.filter((pair) => [...pair].length === 2);
  return long.length > 0 ? long : pairs;
}

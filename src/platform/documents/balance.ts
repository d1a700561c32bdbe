/** A line of Chinese does not begin with these, nor end with an opening bracket. */
const notFirst = /^[，。、；：！？）》〉」』】〕％的了和与及或]/;
const notLast = /[（《〈「『【〔]$/;

/**
 * Where a title that is too long for one line is broken, as offsets into the text: between words, into lines as even as
 * they can be, the way official titles are set. Empty where it fits, or where one word alone is too long. `room` and the
 * widths given by `emsOf` are in characters of full width.
 */
export function titleBreaks(text: string, room: number, emsOf: (text: string) => number): number[] {
  const whole = emsOf(text);
  if (whole <= room || room < 2) return [];
  const words = [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(text)].map((one) => one.segment);
  for (let lines = Math.ceil(whole / room); lines <= words.length; lines += 1) {
    const found = evenly(words, lines, room, whole / lines, emsOf);
    if (found) return found;
  }
  return [];
}

/** The cheapest way to set the words in so many lines; null where a line would be too long. */
function evenly(
  words: readonly string[],
  lines: number,
  room: number,
  ideal: number,
  emsOf: (text: string) => number,
): number[] | null {
  interface Way {
    readonly cost: number;
    readonly breaks: readonly number[];
  }
  const offsets = words.reduce<number[]>((all, word) => [...all, (all.at(-1) ?? 0) + word.length], [0]);
  const joined = words.join('');
  let ways = new Map<number, Way>([[0, { cost: 0, breaks: [] }]]);
  for (let line = 1; line <= lines; line += 1) {
    const next = new Map<number, Way>();
    for (const [from, way] of ways)
      for (let to = from + 1; to <= words.length; to += 1) {
        if ((to === words.length) !== (line === lines)) continue;
        const start = offsets[from] ?? 0;
        const end = offsets[to] ?? joined.length;
        const text = joined.slice(start, end);
        const ems = emsOf(text);
        if (ems > room) break;
        const bad = notFirst.test(joined.slice(end)) || notLast.test(text) ? 200 : 0;
        const cost = way.cost + (ems - ideal) ** 2 + (line < lines ? bad : 0);
        if (cost < (next.get(to)?.cost ?? Number.POSITIVE_INFINITY))
          next.set(to, { cost, breaks: line < lines ? [...way.breaks, end] : way.breaks });
      }
    ways = next;
  }
  const best = ways.get(words.length);
  return best ? [...best.breaks] : null;
}

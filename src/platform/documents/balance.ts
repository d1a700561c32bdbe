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
  const words = wordsOf(text);
  for (let lines = Math.ceil(whole / room); lines <= words.length; lines += 1) {
    const found = evenly(words, lines, room, whole / lines, emsOf);
    if (found) return found;
  }
  return [];
}

/** Expressions of official titles that the dictionary of the engine takes for several words. */
const compounds =
  /安全生产|重大火灾隐患|(?:重大|事故|问题|火灾)隐患|挂牌督办|专项整治|人民政府|第[一二三四五六七八九十\d]+(?:次|届|期|季度|批)|\d+(?:年度?|月|日|号|次|期|件|项|个)|（[^（）]{1,6}）/g;

/** The words of a text, in their order; nothing of it is lost. */
function wordsOf(text: string): string[] {
  const split = (piece: string): string[] =>
    [...new Intl.Segmenter('zh', { granularity: 'word' }).segment(piece)].map((one) => one.segment);
  const words: string[] = [];
  let read = 0;
  for (const found of text.matchAll(compounds)) {
    words.push(...split(text.slice(read, found.index)), found[0]);
    read = found.index + found[0].length;
  }
  return [...words, ...split(text.slice(read))];
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
  const offsets = [0];
  for (const word of words) offsets.push((offsets.at(-1) ?? 0) + word.length);
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

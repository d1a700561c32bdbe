/** A printed page: what paged formats (PDF, OFD) know. Units are points; y grows downwards. */
export interface Run {
  readonly text: string;
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

/** A horizontal or vertical ruling. */
export interface Ruling {
  readonly horizontal: boolean;
  /** y of a horizontal, x of a vertical ruling. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly runs: readonly Run[];
  readonly rulings: readonly Ruling[];
}

export interface Line {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

const LATIN = /[0-9A-Za-z]/;

/** Joins runs on one baseline into lines, top to bottom, left to right. */
export function linesOf(runs: readonly Run[]): Line[] {
  const visible = runs.filter((run) => run.text.trim() !== '');
  const sorted = [...visible].sort((a, b) => a.y - b.y || a.x - b.x);
  const groups: Run[][] = [];
  let base = Number.NEGATIVE_INFINITY;
  let size = 0;
  for (const run of sorted) {
    const group = groups.at(-1);
    if (group && run.y - base <= Math.max(size, run.size) * 0.45) {
      group.push(run);
      if (run.size > size) {
        base = run.y;
        size = run.size;
      }
    } else {
      groups.push([run]);
      base = run.y;
      size = run.size;
    }
  }
  return groups.map(lineOf);
}

function lineOf(group: readonly Run[]): Line {
  const runs = [...group].sort((a, b) => a.x - b.x);
  const size = mode(runs);
  let text = '';
  let right = Number.NEGATIVE_INFINITY;
  for (const run of runs) {
    const gap = run.x - right;
    const latin = LATIN.test(text.at(-1) ?? '') && LATIN.test(run.text[0] ?? '');
    if (text !== '' && gap > size * (latin ? 0.2 : 2.5)) text += latin ? ' ' : '\u3000';
    text += run.text;
    right = Math.max(right, run.x + run.width);
  }
  text = tidy(text);
  const widest = runs.reduce((best, run) => (run.text.length > best.text.length ? run : best));
  return { text, left: Math.min(...runs.map((run) => run.x)), right, y: widest.y, size };
}

const HAN = '[\\u2E80-\\u303F\\u3400-\\u9FFF\\uF900-\\uFAFF\\uFF00-\\uFFEF〇]';
const GAPS_IN_HAN = new RegExp(`(?<=${HAN}) +(?=${HAN})`, 'g');
/** Private signs that some typesetting systems use for the point in numbers. */
const PRIVATE_POINT = /(?<=[0-9０-９])\s*[\uE000-\uF8FF\u{F0000}-\u{10FFFF}]\s*(?=[0-9０-９])/gu;
const PRIVATE = /[\uE000-\uF8FF\u{F0000}-\u{10FFFF}]/gu;

/** Letter-spacing between Chinese signs is no blank; look-alike signs of fonts become the real ones. */
function tidy(text: string): string {
  return text
    .replace(/[\u2E80-\u2FDF\uF900-\uFAFF]/g, (sign) => sign.normalize('NFKC'))
    .replace(PRIVATE_POINT, '.')
    .replace(PRIVATE, '□')
    .replace(/[ \t\u00A0]+/g, ' ')
    .replace(GAPS_IN_HAN, '')
    .replaceAll('\u3000', ' ')
    .trim();
}

/** Size of most of the characters. */
function mode(runs: readonly Run[]): number {
  const counts = new Map<number, number>();
  for (const run of runs) counts.set(run.size, (counts.get(run.size) ?? 0) + run.text.length);
  return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** Signs that never begin a line and so pull the sign before them to the next line. */
const NO_LINE_START = /^[、，。；：！？）》”’〉】〕」』…—,.;:!?)\]%％]/;
const NO_LINE_END = /^[（《“‘〈【〔「『([]/;

/** Width, in points, of the smallest piece at the head of the text that cannot be broken. */
export function headWidth(text: string, size: number): number {
  let rest = text;
  let width = 0;
  while (NO_LINE_END.test(rest)) {
    width += size;
    rest = rest.slice(1);
  }
  const word = /^[0-9A-Za-z.%/-]+/.exec(rest)?.[0];
  if (word !== undefined) {
    width += word.length * size * 0.5;
    rest = rest.slice(word.length);
  } else {
    width += size;
    rest = rest.slice(1);
  }
  while (NO_LINE_START.test(rest)) {
    width += size;
    rest = rest.slice(1);
  }
  return width;
}

const LATIN_END = /[0-9A-Za-z%]$/;
const LATIN_START = /^[0-9A-Za-z]/;
const HAN_END = /[\u3400-\u9FFF]$/;
const HAN_START = /^[\u3400-\u9FFF]/;

/** Room that the text needs to begin in the line of `before`: its head, and the gap that stands between Han and Latin. */
export function roomNeeded(before: string, text: string, size: number): number {
  const isMixed = (LATIN_END.test(before) && HAN_START.test(text)) || (HAN_END.test(before) && LATIN_START.test(text));
  return headWidth(text, size) + (isMixed ? size * 0.25 : 0);
}

/** Distance from one sign to the next in a line, letter-spacing included. */
export function advance(line: Line): number {
  let units = 0;
  for (const sign of line.text) units += sign < '\u2000' ? 0.5 : 1;
  const wide = (line.right - line.left) / Math.max(units, 1);
  return units < 4 ? line.size : Math.min(Math.max(line.size, wide), line.size * 2);
}

/** Right end of the line without a closing sign, which may hang over into the margin. */
export function bodyRight(line: Line): number {
  return NO_LINE_START.test(line.text.at(-1) ?? '') ? line.right - line.size : line.right;
}

/** Glues a wrapped line to the text before it; a gap only between two Latin words. */
export function glue(before: string, after: string): string {
  const gap = /[A-Za-z,;]$/.test(before) && /^[A-Za-z]/.test(after) ? ' ' : '';
  return `${before}${gap}${after}`;
}

import { addDays, type Day, yearOf } from '../../../kernel/day.ts';
import { closingDay, type DocumentDays, fillDays } from './phrases.ts';

/** One piece of a document, in order. `rows` of a table: the header first; null = merged with the cell above. */
export type Piece =
  | {
      readonly kind:
        | 'paragraph'
        | 'title'
        | 'notice'
        | 'redhead'
        | 'number'
        | 'to'
        | 'sign'
        | 'date'
        | 'plain'
        | 'annex';
      readonly text: string;
    }
  | { readonly kind: 'heading' | 'item'; readonly text: string }
  | { readonly kind: 'page' }
  | {
      readonly kind: 'table';
      readonly widths: readonly number[];
      readonly rows: readonly (readonly (string | null)[])[];
    };

export interface Template {
  readonly landscape: boolean;
  readonly days: DocumentDays;
  readonly pieces: readonly Piece[];
}

const PLAIN = new Set(['redhead', 'number', 'notice', 'to', 'sign', 'date', 'title', 'plain', 'annex'] as const);
type PlainKind = typeof PLAIN extends Set<infer K> ? K : never;
const isPlain = (word: string): word is PlainKind => (PLAIN as Set<string>).has(word);

const splitRow = (line: string): (string | null)[] =>
  line
    .split('|')
    .map((cell) => cell.trim())
    .map((cell) => (cell === '^' ? null : cell));

/**
 * Reads a template of `data/jurisdictions/<code>/documents/`: `@word text` lines for the parts of an official letter,
 * `# ` for 一、 headings, `## ` for （一） items (the number is left to the word processor), rows `a | b` after `@table`.
 * `@issued -230` is the day of issue relative to `today`, `@until +100` the last day covered (the year's end without it).
 */
export function readTemplate(text: string, today: Day): Template {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const setting = (word: string): number | null => {
    const line = lines.find((each) => each.startsWith(`@${word} `));
    return line === undefined ? null : Number(line.slice(word.length + 2));
  };
  const issued = addDays(today, setting('issued') ?? 0);
  const until = setting('until');
  const days: DocumentDays = {
    today,
    issued,
    lastYear: yearOf(until === null ? closingDay(today) : addDays(today, until)),
  };
  const pieces: Piece[] = [];
  let table: { widths: number[]; rows: (string | null)[][] } | null = null;
  for (const raw of lines) {
    const line = fillDays(raw, days);
    const [, word, rest] = /^@(\w+)\s*(.*)$/.exec(line) ?? [];
    if (word === 'issued' || word === 'until' || word === 'landscape') continue;
    if (word === 'page') pieces.push({ kind: 'page' });
    else if (word === 'table') {
      table = { widths: (rest ?? '').split(' ').map(Number), rows: [] };
      pieces.push({ kind: 'table', ...table });
    } else if (word !== undefined && isPlain(word)) pieces.push({ kind: word, text: rest ?? '' });
    else if (word !== undefined) throw new RangeError(`unknown part of a document: @${word}`);
    else if (line.startsWith('## ')) pieces.push({ kind: 'item', text: line.slice(3) });
    else if (line.startsWith('# ')) pieces.push({ kind: 'heading', text: line.slice(2) });
    else if (table !== null && line.includes('|')) table.rows.push(splitRow(line));
    else pieces.push({ kind: 'paragraph', text: line });
  }
  return { landscape: lines.includes('@landscape'), days, pieces };
}

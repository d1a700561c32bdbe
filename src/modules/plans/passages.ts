import type { SourceDocument, Span } from '../../kernel/document.ts';
import { isFurniture } from './furniture.ts';
import { markerOf } from './numbering.ts';

const widths: Readonly<Record<string, string>> = {
  ',': '，',
  ':': '：',
  '∶': '：',
  '﹕': '：',
  ';': '；',
  '(': '（',
  ')': '）',
  '．': '.',
  '％': '%',
  '﹪': '%',
  '-': '—',
  '–': '—',
  '－': '—',
  '―': '—',
  '─': '—',
  '~': '—',
  '～': '—',
  '〜': '—',
  '﹣': '—',
  '!': '！',
  '?': '？',
  '[': '〔',
  ']': '〕',
  '［': '〔',
  '］': '〕',
  '【': '〔',
  '】': '〕',
};

/**
 * A paragraph as one line of thought: white space gone, punctuation and digits of one width, pieces that a page break cut
 * joined again. Rules read `compact`; every index of it leads back to a character of the document.
 */
export class Passage {
  constructor(
    private readonly source: string,
    readonly compact: string,
    private readonly offsets: readonly number[],
    /** True where the word processor or the reader marks the line as a heading or centres it. */
    readonly set: { readonly outline?: number; readonly centred?: boolean; readonly spaced?: boolean } = {},
  ) {}

  /** Span of document text behind compact[from, to). */
  span(from = 0, to = this.compact.length): Span {
    const first = this.offsets[Math.min(from, this.offsets.length - 1)] ?? 0;
    return { start: first, end: to > from ? (this.offsets[to - 1] ?? first) + 1 : first };
  }

  /** The wording of compact[from, to) as the document writes it, without line breaks. */
  written(from = 0, to = this.compact.length): string {
    let out = '';
    for (let i = from; i < to; i++) {
      const at = this.offsets[i] ?? 0;
      if (i > from) {
        const before = this.offsets[i - 1] ?? 0;
        if (at > before + 1 && at - before < 12 && /^[ \t\u3000\u00a0]+$/.test(this.source.slice(before + 1, at)))
          out += ' ';
      }
      const c = this.source[at] ?? '';
      out += c === '\n' || c === '\r' ? '' : c;
    }
    return out;
  }

  /** The wording of compact[from, to) without any white space: the form of unit names and titles. */
  name(from = 0, to = this.compact.length): string {
    let out = '';
    for (let i = from; i < to; i++) out += this.source[this.offsets[i] ?? 0] ?? '';
    return out.replace(/\s+/g, '');
  }

  /** True where white space stands in the document before compact[index]. */
  gapBefore(index: number): boolean {
    return index > 0 && (this.offsets[index] ?? 0) > (this.offsets[index - 1] ?? 0) + 1;
  }

  /** The part of this passage from compact[from, to) as a passage of its own. */
  part(from: number, to: number): Passage {
    return new Passage(this.source, this.compact.slice(from, to), this.offsets.slice(from, to), this.set);
  }

  /** This passage without the characters at the given indices. */
  without(drop: ReadonlySet<number>): Passage {
    const keep = [...this.offsets.keys()].filter((i) => !drop.has(i));
    return new Passage(
      this.source,
      keep.map((i) => this.compact[i]).join(''),
      keep.map((i) => this.offsets[i] ?? 0),
      this.set,
    );
  }

  /** This passage with another appended, as if no page break stood between them. */
  joined(next: Passage): Passage {
    return new Passage(this.source, this.compact + next.compact, this.offsets.concat(next.offsets), this.set);
  }
}

/** Makes the compact form of text[start, end). `keepBreaks` leaves line breaks in, which separate units in a table cell. */
export function passageOf(
  text: string,
  start: number,
  end: number,
  set: Passage['set'] = {},
  keepBreaks = false,
): Passage {
  const offsets: number[] = [];
  let compact = '';
  for (let i = start; i < end; i++) {
    const c = text[i] ?? '';
    if (c === '[' && text.startsWith('[bookmark:', i)) {
      const close = text.indexOf(']', i);
      if (close > 0 && close - i < 60) {
        i = close;
        continue;
      }
    }
    const code = c.charCodeAt(0);
    if (code === 10 && keepBreaks) {
      if (compact !== '' && !compact.endsWith('\n')) {
        compact += '\n';
        offsets.push(i);
      }
      continue;
    }
    if (code <= 32 || code === 0xa0 || code === 0x3000 || code === 0xfeff || (code >= 0x2000 && code <= 0x200f))
      continue;
    let plain = widths[c] ?? c;
    if (c === ',' && /\d/.test(text[i - 1] ?? '') && /\d{3}/.test(text.slice(i + 1, i + 4))) plain = c;
    else if (
      (code >= 0xff10 && code <= 0xff19) ||
      (code >= 0xff21 && code <= 0xff3a) ||
      (code >= 0xff41 && code <= 0xff5a)
    )
      plain = String.fromCharCode(code - 0xfee0);
    compact += plain;
    offsets.push(i);
  }
  if (/单位|部门|科室|时限/.test(compact)) compact = withColons(compact, offsets);
  const spaced = /^\s*\d{1,2}[ \t\u3000]+[\u4e00-\u9fa5]/.test(text.slice(start, Math.min(end, start + 12)));
  return new Passage(text, compact, offsets, spaced ? { ...set, spaced } : set);
}

const unitLabel =
  /(?:牵头|主办|主责|责任|配合|协办|协助|参与|参加|落实|承办|完成|整改)(?:责任)?(?:单位|部门|科室|时限|时间)/g;

/**
 * 【责任单位】A, 责任单位——A and 责任单位 A say what 责任单位：A says: the sign behind the label becomes the colon that the
 * rules know. `offsets` is kept in step.
 */
function withColons(compact: string, offsets: number[]): string {
  const chars = [...compact];
  if (chars.length !== compact.length) return compact;
  let moved = 0;
  unitLabel.lastIndex = 0;
  for (let m = unitLabel.exec(compact); m; m = unitLabel.exec(compact)) {
    const from = m.index + moved;
    const to = from + m[0].length;
    const next = compact[m.index + m[0].length] ?? '';
    const drop = (at: number) => {
      chars.splice(at, 1);
      offsets.splice(at, 1);
      moved -= 1;
    };
    if (next === '〕' && chars[from - 1] === '〔' && to + 1 < chars.length) {
      if (chars[to + 1] === '：') drop(to);
      else chars[to] = '：';
      drop(from - 1);
    } else if (next === '—' && /[一-龥]/.test(compact.slice(m.index + m[0].length).replace(/^—+/, '')[0] ?? '')) {
      chars[to] = '：';
      while (chars[to + 1] === '—') drop(to + 1);
    } else if (
      /^(?:各|区|市|县|省|镇|乡|街|旗|州|团)/.test(next) &&
      (offsets[to] ?? 0) > (offsets[to - 1] ?? 0) + 1 &&
      (from === 0 ||
        /[。；，！）〕]/.test(chars[from - 1] ?? '') ||
        (offsets[from] ?? 0) > (offsets[from - 1] ?? 0) + 1)
    ) {
      chars.splice(to, 0, '：');
      offsets.splice(to, 0, (offsets[to - 1] ?? 0) + 1);
      moved += 1;
    }
  }
  return chars.join('');
}

const pageNumber = /^(?:—*\d{1,3}—+|—+\d{1,3}—*|第\d{1,3}页(?:[，/]?共\d{1,3}页)?|\d{1,3}\/\d{1,3})$/;
const beginsAnew =
  /^(?:附件|附表|附：|抄送|主送|第[一二三四五六七八九十]+阶段|——|〔?(?:牵头|责任|配合|完成时|协办|参加|参与|落实)[^，。：]{0,8}：|（(?:牵头|责任|配合)[^，。：]{0,6}：|(?:整治|整改|工作|任务|检查|主要|具体)(?:内容|目标|措施|任务|要求|标准)：|[一二三四五六七八九十]是|[★●■◆▲·•*])/;
const label = /^(?:牵头|责任|配合|完成时|协办|参加|参与|落实|主责|时限)[^，。：]{0,8}：/;
const dateLine = /^(?:\d{4}|[二〇○零一九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日$/;
/** An organisation alone on its line: above a date it signs the document. */
const signer = /^[^，。：；、]{4,30}(?:办公室|委员会|政府|局|委|部|会|指挥部|小组|厅|办事处|[支大总]队|公司)$/;
const closed = /[。！？：；…”』」）〕》.]$/;

/** How many brackets or quotes of the text are still open at its end. */
function leftOpen(text: string): boolean {
  let round = 0;
  let title = 0;
  for (const c of text) {
    if (c === '（') round++;
    else if (c === '）') round = Math.max(0, round - 1);
    else if (c === '《') title++;
    else if (c === '》') title = Math.max(0, title - 1);
  }
  return round > 0 || title > 0;
}

/** Whether `next` carries on the sentence that `previous` leaves open (a page or line break cut the paragraph). */
function carriesOn(previous: Passage, next: Passage, full: number): boolean {
  if (previous.compact.length > 8000) return false;
  // What lies far back decides nothing; looking at it again for every line would cost the square of the length.
  const p = previous.compact.slice(-1200);
  const n = next.compact;
  const numbered = markerOf(next);
  const open = leftOpen(p);
  if (open && !numbered && (!beginsAnew.test(n) || label.test(n))) return true;
  if (numbered || beginsAnew.test(n) || dateLine.test(n) || next.set.centred || next.set.outline) return false;
  if (dateLine.test(p)) return false;
  if (label.test(p) && p.endsWith('：') && n.length < 300) return true;
  if (/[，、]$/.test(p)) return true;
  if (closed.test(p) || label.test(previous.compact) || previous.set.outline) return false;
  if (/[。；！]/.test(p)) return true;
  if (full > 0 && p.length >= full - 2) return true;
  const comma = p.includes('，');
  return markerOf(previous) ? comma && p.length >= 60 : comma && p.length >= 30;
}

/** Width at which a text file was hard-wrapped, 0 where its lines are paragraphs. */
function wrappedAt(lines: readonly Passage[]): number {
  if (lines.length < 12) return 0;
  const lengths = lines.map((l) => l.compact.length).sort((a, b) => a - b);
  const width = lengths[Math.floor(lengths.length * 0.9)] ?? 0;
  const near = lengths.filter((n) => n >= width - 3 && n <= width + 2).length;
  return width <= 60 && width >= 18 && near >= lengths.length * 0.5 ? width : 0;
}

const gluedMark = /^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}(?:、|\.(?!\d)))/;
const gluedLabel = /^(?:牵头|责任|配合|主办|协办)(?:单位|部门|科室)：/;

/**
 * Pages that lost their line ends set whole chapters as one paragraph, their numbered items parted by blanks only: such a
 * paragraph is cut before each number, and behind a heading that blanks part from its wording.
 */
function unglued(line: Passage): Passage[] {
  const text = line.compact;
  if (text.length < 120) return [line];
  const marks: number[] = [];
  const cuts: number[] = [];
  for (let i = 1; i < text.length; i++) {
    if (!line.gapBefore(i) || /[、，《“（]/.test(text[i - 1] ?? '')) continue;
    const rest = text.slice(i, i + 10);
    if (gluedMark.test(rest)) marks.push(i);
    else if (gluedLabel.test(rest)) cuts.push(i);
  }
  if (marks.length < 3 && !(marks.length === 2 && /[一二]、/.test(text.slice(marks[0], (marks[0] ?? 0) + 2))))
    return [line];
  for (const at of [0, ...marks]) {
    const mark = gluedMark.exec(text.slice(at, at + 10));
    if (!mark) continue;
    for (let k = at + mark[0].length + 2; k < Math.min(text.length, at + 30); k++) {
      if (/[，。；：]/.test(text[k - 1] ?? '')) break;
      if (line.gapBefore(k)) {
        cuts.push(k);
        break;
      }
    }
  }
  const edges = [...new Set([0, ...marks, ...cuts])].sort((a, b) => a - b);
  return edges.map((from, i) => line.part(from, edges[i + 1] ?? text.length));
}

export type Piece =
  | { readonly kind: 'passage'; readonly passage: Passage }
  | { readonly kind: 'table'; readonly index: number };

/** Cuts the document into passages and tables, in reading order; page numbers fall out, cut paragraphs are joined. */
export function readPieces(doc: SourceDocument): Piece[] {
  const pieces: (Piece | null)[] = [];
  const lines: Passage[] = [];
  doc.blocks.forEach((block, index) => {
    if (block.kind === 'table') {
      pieces.push({ kind: 'table', index });
      return;
    }
    const set = {
      ...(block.outline ? { outline: block.outline } : {}),
      ...(block.centred ? { centred: true } : {}),
    };
    let from = block.start;
    while (from <= block.end) {
      const stop = doc.text.indexOf('\n', from);
      const to = stop < 0 || stop > block.end ? block.end : stop;
      const line = passageOf(doc.text, from, to, set);
      if (line.compact !== '' && !pageNumber.test(line.compact)) {
        for (const passage of unglued(line)) pieces.push({ kind: 'passage', passage });
        lines.push(line);
      }
      from = to + 1;
    }
  });
  const full = wrappedAt(lines);
  const joined: Piece[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (!piece) continue;
    const last = joined.at(-1);
    if (piece.kind === 'passage' && /^\d{1,3}$/.test(piece.passage.compact)) {
      // A number alone on its line is a page number, unless a short heading follows that it numbers.
      continue;
    }
    const page = joined.length < 40 && last?.kind === 'passage' && isFurniture(last.passage.compact);
    const after = pieces[i + 1];
    const signs =
      piece.kind === 'passage' &&
      after?.kind === 'passage' &&
      dateLine.test(after.passage.compact) &&
      signer.test(piece.passage.compact);
    if (
      piece.kind === 'passage' &&
      last?.kind === 'passage' &&
      !page &&
      !signs &&
      carriesOn(last.passage, piece.passage, full)
    )
      joined[joined.length - 1] = { kind: 'passage', passage: last.passage.joined(piece.passage) };
    else joined.push(piece);
  }
  return joined;
}

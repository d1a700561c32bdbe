import type { SourceDocument } from '../../kernel/document.ts';
import { DocumentBuilder } from './builder.ts';
import { type Grid, gridFromRows, gridText, type Paragraph, type RaggedCell } from './grid.ts';
import type { Limits } from './limits.ts';
import { DocumentRefused } from './refused.ts';
import { withTabbedTables } from './tabbed.ts';
import { decodeText } from './text.ts';

type Item = { readonly paragraph: Paragraph } | { readonly table: Grid };

const BLOCKS = new Set(
  'p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd section article header footer main aside nav blockquote pre center form fieldset address figure figcaption body html caption'.split(
    ' ',
  ),
);
/** Elements whose content is never text of the document. */
const SILENT = new Set(['script', 'style', 'head', 'title', 'noscript', 'template', 'svg', 'math', 'select', 'xml']);
const NAMED: Record<string, string> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  ldquo: '“',
  rdquo: '”',
  lsquo: '‘',
  rsquo: '’',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  middot: '·',
  times: '×',
  ensp: ' ',
  emsp: '\u3000',
  permil: '‰',
  deg: '°',
};

interface OpenTable {
  readonly rows: RaggedCell[][];
  cell?: { columnSpan: number; rowSpan: number; items: Item[] };
}

/** Reads a web page, or what Word saved as one, into paragraphs and tables. */
export function readHtml(bytes: Uint8Array, limits: Limits): SourceDocument {
  const source = decode(bytes);
  const builder = new DocumentBuilder(limits);
  const reader = new HtmlReader(builder);
  reader.read(source);
  const document = builder.finish('html');
  return { ...document, blocks: withTabbedTables(document.text, document.blocks) };
}

function decode(bytes: Uint8Array): string {
  const head = String.fromCharCode(...bytes.subarray(0, 2048));
  const declared = /charset\s*=\s*["']?\s*([A-Za-z0-9_-]+)/i.exec(head)?.[1];
  if (declared && !/^utf-?16/i.test(declared)) {
    try {
      const label = /^gb/i.test(declared) ? 'gb18030' : declared;
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // The page declares another encoding than it has: it is told by the bytes.
    }
  }
  const text = decodeText(bytes);
  if (text === undefined)
    throw new DocumentRefused('damaged', '网页文件的编码无法识别，请在浏览器中打开后另存为 .docx 或 .txt 再导入。');
  return text;
}

class HtmlReader {
  private text = '';
  private outline = 0;
  private centred = false;
  private readonly tables: OpenTable[] = [];
  private readonly builder: DocumentBuilder;

  constructor(builder: DocumentBuilder) {
    this.builder = builder;
  }

  read(source: string): void {
    let at = 0;
    while (at < source.length) {
      const open = source.indexOf('<', at);
      if (open !== at) this.write(source.slice(at, open < 0 ? undefined : open));
      if (open < 0) break;
      at = this.tag(source, open);
    }
    while (this.tables.length > 0) this.closeTable();
    this.endParagraph();
  }

  /** Handles what begins with `<` and returns where reading goes on. */
  private tag(source: string, open: number): number {
    if (source.startsWith('<!--', open)) {
      const end = source.indexOf('-->', open + 4);
      return end < 0 ? source.length : end + 3;
    }
    const close = source.indexOf('>', open);
    const match = /^<(\/?)([A-Za-z][A-Za-z0-9:]*)/.exec(source.slice(open, open + 40));
    if (close < 0 || !match) {
      if (close < 0 || !/[!?]/.test(source[open + 1] ?? '')) {
        this.write('<');
        return open + 1;
      }
      return close + 1;
    }
    const name = (match[2] ?? '').toLowerCase();
    const isEnd = match[1] === '/';
    if (!isEnd && SILENT.has(name) && source[close - 1] !== '/') {
      const end = new RegExp(`</${name}\\s*>`, 'gi');
      end.lastIndex = close;
      const found = end.exec(source);
      return found ? found.index + found[0].length : close + 1;
    }
    if (isEnd) this.close(name);
    else this.open(name, source.slice(open, close));
    return close + 1;
  }

  private write(raw: string): void {
    const text = raw.replace(/[\r\n\t ]+/g, ' ').replace(/&(#x?[0-9a-fA-F]{1,7}|[A-Za-z]{2,8});?/g, entity);
    if (this.text === '' || this.text.endsWith('\n')) this.text += text.replace(/^ +/, '');
    else this.text += text;
  }

  private open(name: string, tag: string): void {
    if (name === 'br') this.text += '\n';
    else if (name === 'table') {
      this.endParagraph();
      this.tables.push({ rows: [] });
    } else if (name === 'tr') {
      this.closeCell();
      this.tables.at(-1)?.rows.push([]);
    } else if (name === 'td' || name === 'th') {
      this.closeCell();
      const table = this.tables.at(-1);
      if (!table) return;
      if (table.rows.length === 0) table.rows.push([]);
      table.cell = { columnSpan: spanOf(tag, 'colspan'), rowSpan: spanOf(tag, 'rowspan'), items: [] };
    } else if (BLOCKS.has(name)) {
      this.endParagraph();
      this.outline = /^h[1-6]$/.test(name) ? Number(name[1]) : 0;
      this.centred = name === 'center' || /align\s*[:=]\s*["']?\s*center/i.test(tag);
    }
  }

  private close(name: string): void {
    if (name === 'td' || name === 'th' || name === 'tr') this.closeCell();
    else if (name === 'table') this.closeTable();
    else if (BLOCKS.has(name)) this.endParagraph();
  }

  private endParagraph(): void {
    const text = this.text
      .replace(/ +/g, ' ')
      .replace(/ *\n */g, '\n')
      .replace(/^\n+|[\s]+$/g, '');
    this.text = '';
    if (text.trim() !== '') {
      const { outline, centred } = this;
      this.emit({ paragraph: { text, centred, ...(outline > 0 ? { outline } : {}) } });
    }
    this.outline = 0;
  }

  private emit(item: Item): void {
    const table = this.tables.at(-1);
    if (table) {
      // Words that stand in a table but in no cell are kept with the cell before them, or are lost between rows.
      if (table.cell) table.cell.items.push(item);
    } else if ('paragraph' in item) {
      const { text, ...rest } = item.paragraph;
      for (const line of text.split('\n')) if (line.trim() !== '') this.builder.paragraph({ text: line, ...rest });
    } else this.builder.table(item.table);
  }

  private closeCell(): void {
    const table = this.tables.at(-1);
    if (!table?.cell) return;
    this.endParagraph();
    const { columnSpan, rowSpan, items } = table.cell;
    table.cell = undefined;
    const text = items.map((item) => ('paragraph' in item ? item.paragraph.text : gridText(item.table))).join('\n');
    table.rows.at(-1)?.push({ text: text.trim(), columnSpan, rowSpan });
  }

  private closeTable(): void {
    this.closeCell();
    const table = this.tables.pop();
    this.text = '';
    const rows = (table?.rows ?? []).filter((row) => row.length > 0);
    const [only] = rows;
    if (rows.length === 1 && only?.length === 1 && only[0]) {
      this.emit({ paragraph: { text: only[0].text } });
    } else if (rows.length > 0) this.emit({ table: gridFromRows(rows) });
  }
}

function spanOf(tag: string, name: string): number {
  const value = Number(new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, 'i').exec(tag)?.[1] ?? 1);
  return Math.min(Math.max(value, 1), 1000);
}

function entity(whole: string, body: string): string {
  if (!body.startsWith('#')) return NAMED[body] ?? whole;
  const code = /^#x/i.test(body) ? Number.parseInt(body.slice(2), 16) : Number.parseInt(body.slice(1), 10);
  if (code === 160) return ' ';
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '';
}

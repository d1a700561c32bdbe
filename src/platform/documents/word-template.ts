import { DEFAULT_LIMITS } from './limits.ts';
import { DocumentRefused } from './refused.ts';
import { attribute, decodeEntities, readRelations } from './xml.ts';
import { parseXml, type XmlElement, type XmlNode } from './xml-tree.ts';
import { ZipContainer } from './zip.ts';

/** Templates are small; a picture of a seal or emblem has room. */
const LIMITS = { ...DEFAULT_LIMITS, fileBytes: 20_000_000, zipEntries: 500, unzippedBytes: 120_000_000 };
const NAMESPACE =
  /xmlns:([A-Za-z0-9]+)\s*=\s*["'](?:http:\/\/schemas\.openxmlformats\.org|http:\/\/purl\.oclc\.org\/ooxml)\/wordprocessingml\/(?:2006\/)?main["']/;

/** One part of a .docx that holds running text: the body, a header, a footer. */
export interface TextPart {
  readonly name: string;
  readonly kind: 'body' | 'header' | 'footer';
  readonly tree: XmlElement;
  /** Prefix of the word processor's own elements, colon included: 'w:'. */
  readonly prefix: string;
}

export interface WordTemplate {
  /** All entries of the container in their order. */
  readonly entries: ReadonlyMap<string, Uint8Array>;
  readonly parts: readonly TextPart[];
}

/** A piece of visible text with the element that holds it; `parent` null marks what no blank may run across. */
export interface Segment {
  readonly element: XmlElement;
  readonly parent: XmlElement | null;
  readonly start: number;
  readonly text: string;
}

/** A paragraph with where it stands, as a person would look for it. */
export interface Place {
  readonly part: TextPart;
  readonly paragraph: XmlElement;
  readonly parent: XmlElement;
  /** The innermost table row around it, and what holds the row. */
  readonly row: { readonly element: XmlElement; readonly parent: XmlElement } | null;
  readonly where: string;
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** A blank where it stands in the text of its paragraph. */
export interface BlankAt {
  readonly start: number;
  readonly end: number;
  /** As written, braces included. */
  readonly written: string;
  readonly name: string;
  /** Column of a list: the part after the point. */
  readonly field: string | null;
}

const BLANK = /\{\{([^{}]*)\}\}/g;
/** Stands for what a blank cannot run across: a tab, a line break, a picture. */
const BARRIER = '\ufffc';

/** The blanks of a text in their order. */
export const blanksIn = (text: string): BlankAt[] =>
  [...text.matchAll(BLANK)].map((match) => {
    const inner = (match[1] ?? '').replace(/[\s\u3000\u200b\ufeff]+/g, '');
    const point = inner.search(/[.．]/);
    return {
      start: match.index,
      end: match.index + match[0].length,
      written: match[0],
      name: point < 0 ? inner : inner.slice(0, point),
      field: point < 0 ? null : inner.slice(point + 1),
    };
  });

/** Opens a .docx as a template. Throws DocumentRefused for what is no .docx, holds macros or reaches outside. */
export function openTemplate(bytes: Uint8Array): WordTemplate {
  if (bytes.length > LIMITS.fileBytes)
    throw new DocumentRefused('too-large', '模板超过20 MB，请去掉或缩小其中的图片。');
  const zip = new ZipContainer(bytes, LIMITS);
  const entries = new Map<string, Uint8Array>();
  for (const name of zip.entries.keys()) if (!name.endsWith('/')) entries.set(name, contentOf(zip, name));
  const main = [...readRelations(zip, '').values()].find((one) => one.type === 'officeDocument')?.target;
  if (main === undefined || !entries.has(main) || !/wordprocessingml/.test(textOf(entries.get('[Content_Types].xml'))))
    throw new DocumentRefused('unknown', '模板应当是 Word 文档（.docx）。请在办公软件中另存为 .docx 后再传。');
  refuseDangers(entries);
  const parts: TextPart[] = [];
  for (const [name, kind] of [
    [main, 'body'] as const,
    ...[...readRelations(zip, main).values()].flatMap((one) =>
      one.type === 'header' || one.type === 'footer' ? [[one.target, one.type] as const] : [],
    ),
  ]) {
    const content = entries.get(name);
    if (!content || parts.some((part) => part.name === name)) continue;
    const text = textOf(content);
    const prefix = NAMESPACE.exec(text.slice(0, 8000))?.[1];
    if (prefix === undefined)
      throw new DocumentRefused('unknown', '模板的内部格式不是通常的 Word 文档，请在办公软件中另存为 .docx 后再传。');
    parts.push({ name, kind, tree: parseXml(text), prefix: `${prefix}:` });
  }
  return { entries, parts };
}

function contentOf(zip: ZipContainer, name: string): Uint8Array {
  const pieces: Uint8Array[] = [];
  zip.stream(name, (piece) => pieces.push(piece.slice()));
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

const textOf = (bytes: Uint8Array | undefined): string => {
  if (!bytes) return '';
  const wide =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
  const text = new TextDecoder(wide ?? 'utf-8').decode(bytes);
  return wide === null ? text : text.replace(/^(<\?xml[^>]*encoding=)(["'])[^"']*\2/, '$1$2UTF-8$2');
};

/** A template is opened on every officer's machine: nothing in it may run or fetch anything. */
function refuseDangers(entries: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, content] of entries) {
    if (/vbaProject\.bin$|\.ole$|\/embeddings\/|activeX\//i.test(name))
      throw new DocumentRefused('macro', '模板里带有宏或嵌入的对象，不能用作公文模板。请另存为不带宏的 .docx 后再传。');
    if (name.endsWith('.rels'))
      for (const relation of textOf(content).matchAll(/<Relationship\b([^>]*)>/g)) {
        const of = relation[1] ?? '';
        if (attribute(of, 'TargetMode') !== 'External' || /\/hyperlink$/.test(attribute(of, 'Type') ?? '')) continue;
        throw new DocumentRefused(
          'external',
          '模板引用了文件以外的内容（外部图片或模板），不能使用。请改为插入图片本身后再传。',
        );
      }
    else if (/^word\/.*\.xml$/.test(name)) {
      const text = textOf(content);
      const field = /(?:instrText[^>]*>|w:instr=["'])\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b/i.exec(
        text,
      );
      if (field || /<w:altChunk\b/.test(text))
        throw new DocumentRefused('external', '模板里有自动引入外部内容的域，不能使用。请删去后再传。');
    }
  }
}

const nothing: ReadonlySet<XmlElement> = new Set();
const isElement = (node: XmlNode): node is XmlElement => node.kind === 'element';

/** All paragraphs of a part in reading order, those in tables and text boxes included; `without` names what is left aside. */
export function placesOf(part: TextPart, without: ReadonlySet<XmlElement> = nothing): Place[] {
  const places: Place[] = [];
  const { prefix } = part;
  const count = { paragraph: 0, table: 0 };
  interface Around {
    readonly row: Place['row'];
    readonly table: string | null;
  }
  const walk = (parent: XmlElement, around: Around): void => {
    let rows = 0;
    let cells = 0;
    for (const child of parent.children) {
      if (!isElement(child) || without.has(child)) continue;
      if (child.name === `${prefix}p`) {
        if (around.table === null) count.paragraph += 1;
        places.push(placeOf(part, child, parent, around.row, around.table ?? `第${count.paragraph}段`));
        // text boxes hold paragraphs of their own
        for (const inner of child.children) if (isElement(inner)) walk(inner, around);
      } else if (child.name === `${prefix}tbl`) {
        count.table += 1;
        walk(child, { row: around.row, table: `第${count.table}个表格` });
      } else if (child.name === `${prefix}tr`) {
        rows += 1;
        walk(child, {
          row: { element: child, parent },
          table: `${(around.table ?? '').replace(/第\d+行.*$/, '')}第${rows}行`,
        });
      } else if (child.name === `${prefix}tc`) {
        cells += 1;
        walk(child, { row: around.row, table: `${around.table ?? ''}第${cells}格` });
      } else walk(child, around);
    }
  };
  walk(part.tree, { row: null, table: null });
  return places;
}

function placeOf(part: TextPart, paragraph: XmlElement, parent: XmlElement, row: Place['row'], stands: string): Place {
  const segments: Segment[] = [];
  let text = '';
  const add = (element: XmlElement, inside: XmlElement | null, words: string): void => {
    segments.push({ element, parent: inside, start: text.length, text: words });
    text += words;
  };
  const local = (name: string): string => (name.startsWith(part.prefix) ? name.slice(part.prefix.length) : '');
  const walk = (from: XmlElement): void => {
    for (const child of from.children) {
      if (!isElement(child)) continue;
      const name = local(child.name);
      if (name === 't')
        add(child, from, decodeEntities(child.children.map((one) => (one.kind === 'raw' ? one.raw : '')).join('')));
      else if (
        ['tab', 'br', 'cr', 'drawing', 'pict', 'object', 'fldChar'].includes(name) &&
        from.name === `${part.prefix}r`
      )
        add(child, null, BARRIER);
      else if (name !== 'p' && name !== 'pPr' && name !== 'rPr') walk(child);
    }
  };
  walk(paragraph);
  const of = { body: '', header: '页眉', footer: '页脚' }[part.kind];
  const shown = text.replaceAll(BARRIER, ' ').trim();
  const where = `${of}${stands}${shown === '' ? '' : `「${shown.length > 24 ? `${shown.slice(0, 24)}…` : shown}」`}`;
  return { part, paragraph, parent, row, where, text, segments };
}

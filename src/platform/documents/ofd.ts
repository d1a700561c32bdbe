import type { SourceDocument } from '../../kernel/document.ts';
import { DocumentBuilder } from './builder.ts';
import type { Limits } from './limits.ts';
import type { Page, Ruling, Run } from './page.ts';
import { layoutPages } from './page-layout.ts';
import { multiply } from './pdf-rulings.ts';
import { DocumentRefused } from './refused.ts';
import { attribute, readXmlEntry, resolvePath } from './xml.ts';
import type { ZipContainer } from './zip.ts';

const POINTS_PER_MM = 72 / 25.4;

/** Reads the text objects of an OFD file (GB/T 33190) page by page and lays them out like a PDF. */
export function readOfd(zip: ZipContainer, limits: Limits): SourceDocument {
  const builder = new DocumentBuilder(limits);
  const pages: Page[] = [];
  for (const root of texts(zip, 'OFD.xml', 'DocRoot')) {
    const document = resolvePath('', root);
    const folder = document.slice(0, document.lastIndexOf('/') + 1);
    const area = numbers(texts(zip, document, 'PhysicalBox')[0] ?? '');
    for (const location of pageLocations(zip, document)) {
      pages.push(readPage(zip, resolvePath(location.startsWith('/') ? '' : folder, location), area));
    }
  }
  if (pages.length === 0) {
    throw new DocumentRefused('damaged', '这份 OFD 文件里找不到页面，可能已损坏，请重新导出后再导入。');
  }
  if (pages.every((page) => page.runs.length === 0)) {
    throw new DocumentRefused('scan', '这份 OFD 文件只有图片，没有文字。请要文字版，或先做文字识别（OCR）后再导入。');
  }
  layoutPages(pages, builder);
  return builder.finish('ofd');
}

/** Text contents of all elements with this name. */
function texts(zip: ZipContainer, part: string, element: string): string[] {
  const found: string[] = [];
  let open = false;
  readXmlEntry(zip, part, {
    open(name) {
      if (name === element) {
        open = true;
        found.push('');
      }
    },
    close(name) {
      if (name === element) open = false;
    },
    text(text) {
      if (open) found[found.length - 1] += text.trim();
    },
  });
  return found;
}

function pageLocations(zip: ZipContainer, document: string): string[] {
  const locations: string[] = [];
  let inPages = false;
  readXmlEntry(zip, document, {
    open(name, attributes) {
      if (name === 'Pages') inPages = true;
      else if (name === 'Page' && inPages) locations.push(attribute(attributes, 'BaseLoc') ?? '');
    },
    close(name) {
      if (name === 'Pages') inPages = false;
    },
  });
  return locations;
}

interface OpenObject {
  /** Upper left corner of the object on the page, millimetres. */
  readonly origin: readonly [number, number];
  readonly matrix: readonly number[];
  readonly size: number;
  readonly isText: boolean;
}

function readPage(zip: ZipContainer, part: string, area: readonly number[]): Page {
  const runs: Run[] = [];
  const rulings: Ruling[] = [];
  let box = area;
  let object: OpenObject | undefined;
  let code: { x: number; y: number; deltas: number[] } | undefined;
  let abbreviated = false;
  let inBox = false;
  readXmlEntry(zip, part, {
    open(name, attributes) {
      if (name === 'PhysicalBox') inBox = true;
      else if (name === 'TextObject' || name === 'PathObject') {
        const [x = 0, y = 0] = numbers(attribute(attributes, 'Boundary') ?? '');
        const matrix = numbers(attribute(attributes, 'CTM') ?? '');
        object = {
          origin: [x, y],
          matrix: matrix.length === 6 ? matrix : [1, 0, 0, 1, 0, 0],
          size: Number(attribute(attributes, 'Size') ?? 4),
          isText: name === 'TextObject',
        };
      } else if (name === 'TextCode') {
        code = {
          x: Number(attribute(attributes, 'X') ?? code?.x ?? 0),
          y: Number(attribute(attributes, 'Y') ?? code?.y ?? 0),
          deltas: deltasOf(attribute(attributes, 'DeltaX') ?? ''),
        };
      } else if (name === 'AbbreviatedData') abbreviated = true;
    },
    close(name) {
      if (name === 'PhysicalBox') inBox = false;
      else if (name === 'TextObject' || name === 'PathObject') object = undefined;
      else if (name === 'TextCode') code = undefined;
      else if (name === 'AbbreviatedData') abbreviated = false;
    },
    text(text) {
      if (inBox && numbers(text).length === 4) box = numbers(text);
      if (object?.isText && code && text.trim() !== '') runs.push(runOf(object, code, text));
      if (object && !object.isText && abbreviated) addPath(rulings, object, text);
    },
  });
  const [, , width = 210, height = 297] = box;
  return { width: width * POINTS_PER_MM, height: height * POINTS_PER_MM, runs, rulings };
}

function numbers(text: string): number[] {
  return text.trim() === '' ? [] : text.trim().split(/\s+/).map(Number);
}

/** Distances between signs; "g 3 5" stands for three times 5. */
function deltasOf(text: string): number[] {
  const deltas: number[] = [];
  const parts = text.trim().split(/\s+/);
  for (let at = 0; at < parts.length; at += 1) {
    if (parts[at] === 'g') {
      const times = Math.min(Number(parts[at + 1]) || 0, 10_000);
      for (let each = 0; each < times; each += 1) deltas.push(Number(parts[at + 2]));
      at += 2;
    } else if (parts[at] !== '') deltas.push(Number(parts[at]));
  }
  return deltas;
}

function place(object: OpenObject, x: number, y: number): [number, number] {
  const [, , , , px = 0, py = 0] = multiply(object.matrix, [1, 0, 0, 1, x, y]);
  return [(px + object.origin[0]) * POINTS_PER_MM, (py + object.origin[1]) * POINTS_PER_MM];
}

function runOf(object: OpenObject, code: { x: number; y: number; deltas: readonly number[] }, text: string): Run {
  const [a = 1, b = 0, c = 0, d = 1] = object.matrix;
  const [x, y] = place(object, code.x, code.y);
  const size = Math.round(object.size * Math.hypot(c, d) * POINTS_PER_MM * 10) / 10;
  const moved = code.deltas.slice(0, text.length - 1).reduce((sum, delta) => sum + delta, 0);
  const width = moved * Math.hypot(a, b) * POINTS_PER_MM + (code.deltas.length > 0 ? size : size * text.length);
  return { text, x, y, width, size };
}

/** Straight lines of a path ("M x y L x y …") that are level or upright. */
function addPath(rulings: Ruling[], object: OpenObject, data: string): void {
  const tokens = data.trim().split(/\s+/);
  let last: [number, number] | undefined;
  let first: [number, number] | undefined;
  for (let at = 0; at < tokens.length; ) {
    const step = tokens[at];
    if (step === 'M' || step === 'S' || step === 'L') {
      const next = place(object, Number(tokens[at + 1]), Number(tokens[at + 2]));
      if (step === 'L' && last) addRuling(rulings, last, next);
      else first = next;
      last = next;
      at += 3;
    } else {
      if (step === 'C' && first && last) addRuling(rulings, last, first);
      at += step === 'B' ? 7 : step === 'Q' ? 5 : step === 'A' ? 8 : 1;
    }
  }
}

function addRuling(rulings: Ruling[], from: readonly [number, number], to: readonly [number, number]): void {
  const [dx, dy] = [Math.abs(from[0] - to[0]), Math.abs(from[1] - to[1])];
  if (dy < 0.7 && dx > 3) {
    rulings.push({ horizontal: true, at: from[1], from: Math.min(from[0], to[0]), to: Math.max(from[0], to[0]) });
  } else if (dx < 0.7 && dy > 3) {
    rulings.push({ horizontal: false, at: from[0], from: Math.min(from[1], to[1]), to: Math.max(from[1], to[1]) });
  }
}

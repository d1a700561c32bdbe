import type { SourceDocument } from '../../kernel/document.ts';
import { DocumentBuilder } from './builder.ts';
import type { Limits } from './limits.ts';
import { addSheet, type SheetCell, type SheetMerge } from './sheet-grid.ts';
import { numberText } from './sheet-number.ts';
import { attribute, readRelations, readXmlEntry } from './xml.ts';
import type { ZipContainer } from './zip.ts';

const LAST_ROW = 1_048_575;

/** One visible worksheet with its cells in reading order. */
export interface XlsxSheet {
  readonly name: string;
  readonly cells: readonly SheetCell[];
  readonly merges: readonly SheetMerge[];
}

/** The visible worksheets of a SpreadsheetML container, cell by cell; `hidden` hears the names of the others. */
export function readXlsxSheets(zip: ZipContainer, hidden: (name: string) => void = () => {}): XlsxSheet[] {
  const main =
    [...readRelations(zip, '').values()].find((relation) => relation.type === 'officeDocument')?.target ??
    'xl/workbook.xml';
  const relations = readRelations(zip, main);
  const part = (type: string): string => [...relations.values()].find((each) => each.type === type)?.target ?? '';
  const strings = readSharedStrings(zip, part('sharedStrings'));
  const formats = readFormats(zip, part('styles'));
  let epoch1904 = false;
  const sheets: { name: string; target: string }[] = [];
  readXmlEntry(zip, main, {
    open(name, attributes) {
      if (name === 'workbookPr') epoch1904 = /^(1|true)$/.test(attribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const target = relations.get(attribute(attributes, 'id') ?? '')?.target;
      const state = attribute(attributes, 'state') ?? 'visible';
      const caption = attribute(attributes, 'name') ?? '';
      if (state !== 'visible') hidden(caption);
      else if (target !== undefined) sheets.push({ name: caption, target });
    },
    close() {},
  });
  return sheets.map(({ name, target }) => ({ name, ...readSheet(zip, target, strings, formats, epoch1904) }));
}

/** Reads a SpreadsheetML container sheet by sheet; only cells with text are kept. */
export function readXlsx(zip: ZipContainer, limits: Limits): SourceDocument {
  const builder = new DocumentBuilder(limits);
  const sheets = readXlsxSheets(zip, (name) => builder.loss('hidden-sheet', `隐藏的工作表“${name}”没有读取。`));
  for (const sheet of sheets) addSheet(builder, sheet.name, sheet.cells, sheet.merges);
  if ([...zip.entries.keys()].some((name) => /vbaProject\.bin$/i.test(name))) {
    builder.loss('macro', '文件带有宏，宏已忽略，只读取了表格内容。');
  }
  return builder.finish('xlsx');
}

function readSharedStrings(zip: ZipContainer, part: string): string[] {
  const strings: string[] = [];
  let parts: string[] = [];
  let inText = false;
  let phonetic = false;
  readXmlEntry(zip, part, {
    open(name) {
      if (name === 'si') parts = [];
      else if (name === 'rPh') phonetic = true;
      else if (name === 't') inText = !phonetic;
    },
    close(name) {
      if (name === 'si') strings.push(cleanCell(parts.join('')));
      else if (name === 'rPh') phonetic = false;
      else if (name === 't') inText = false;
    },
    text(text) {
      if (inText) parts.push(text);
    },
  });
  return strings;
}

function cleanCell(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
      hex === '000D' ? '' : String.fromCharCode(Number(`0x${hex}`)),
    );
}

/** Number format of each cell style, as a format code. */
function readFormats(zip: ZipContainer, part: string): string[] {
  const codes = new Map<string, string>();
  const formats: string[] = [];
  let inCells = false;
  readXmlEntry(zip, part, {
    open(name, attributes) {
      if (name === 'numFmt')
        codes.set(attribute(attributes, 'numFmtId') ?? '', attribute(attributes, 'formatCode') ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = attribute(attributes, 'numFmtId') ?? '0';
        formats.push(codes.get(id) ?? `#${id}`);
      }
    },
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return formats;
}

function readSheet(
  zip: ZipContainer,
  part: string,
  strings: readonly string[],
  formats: readonly string[],
  epoch1904: boolean,
): { cells: SheetCell[]; merges: SheetMerge[] } {
  const cells: SheetCell[] = [];
  const merges: SheetMerge[] = [];
  let row = -1;
  let column = -1;
  let type = 'n';
  let style = 0;
  let value: string[] = [];
  let inValue = false;
  let phonetic = false;
  readXmlEntry(zip, part, {
    open(name, attributes) {
      switch (name) {
        case 'row':
          row = Number(attribute(attributes, 'r') ?? row + 2) - 1;
          column = -1;
          break;
        case 'c': {
          const at = parseAddress(attribute(attributes, 'r') ?? '');
          column = at?.column ?? column + 1;
          if (at) row = at.row;
          type = attribute(attributes, 't') ?? 'n';
          style = Number(attribute(attributes, 's') ?? 0);
          value = [];
          break;
        }
        case 'v':
          inValue = true;
          break;
        case 'rPh':
          phonetic = true;
          break;
        case 't':
          inValue = !phonetic;
          break;
        case 'mergeCell': {
          const [from, to] = (attribute(attributes, 'ref') ?? '').split(':').map(parseAddress);
          if (from && to) merges.push({ top: from.row, left: from.column, bottom: to.row, right: to.column });
          break;
        }
      }
    },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'c' && value.length > 0 && row >= 0 && row <= LAST_ROW) {
        const raw = value.join('');
        const text = cellText(raw, type, strings, formats[style] ?? '', epoch1904);
        if (text !== '') cells.push({ row, column, text });
      }
    },
    text(text) {
      if (inValue) value.push(text);
    },
  });
  return { cells, merges };
}

function cellText(raw: string, type: string, strings: readonly string[], format: string, epoch1904: boolean): string {
  switch (type) {
    case 's':
      return strings[Number(raw)] ?? '';
    case 'inlineStr':
    case 'str':
      return cleanCell(raw);
    case 'b':
      return raw === '1' ? '是' : '否';
    case 'e':
      return '';
    case 'd':
      return raw.slice(0, 10);
    default:
      return numberText(Number(raw), format, epoch1904);
  }
}

function parseAddress(address: string): { row: number; column: number } | undefined {
  const match = /^\$?([A-Z]{1,3})\$?([0-9]{1,7})$/.exec(address);
  if (!match) return undefined;
  let column = 0;
  for (const letter of match[1] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return { row: Number(match[2]) - 1, column: column - 1 };
}

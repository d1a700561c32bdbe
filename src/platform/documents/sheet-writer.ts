import { Zip } from 'fflate';
import { PackedEntry } from './packed-entry.ts';

/** What a cell holds: text, a number, a day (shown as a date), or nothing. Text is never a formula. */
export type SheetValue = string | number | { readonly day: string } | null;

export interface SheetColumn {
  readonly header: string;
  /** In characters. */
  readonly width: number;
}

export type SheetRow = readonly SheetValue[];

export interface SheetBook {
  readonly sheet: string;
  /** Lines above the header, merged over its width: the title first, then whatever the district prints below it. */
  readonly titles: readonly string[];
  readonly columns: readonly SheetColumn[];
  readonly paper: 'A4' | 'A3';
  /** All rows, or some at a time where they are fetched from somewhere. */
  readonly rows: Iterable<SheetRow> | AsyncIterable<Iterable<SheetRow>>;
}

/** Rows of one worksheet; what is more goes on in another one. */
const MOST_ROWS = 1_000_000;
const CHUNK = 256 * 1024;
const DAY_MS = 86_400_000;

const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no other control characters
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');

/** C for 2, AA for 26. */
function letters(index: number): string {
  let name = '';
  for (let rest = index + 1; rest > 0; rest = Math.floor((rest - 1) / 26))
    name = String.fromCharCode(65 + ((rest - 1) % 26)) + name;
  return name;
}

const styles = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="4"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="18"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font><font><sz val="11"/><name val="宋体"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFEDF2F9"/></patternFill></fill></fills>
<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="6"><xf xfId="0"/>
<xf xfId="0" fontId="1" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>
<xf xfId="0" fontId="2" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>
<xf xfId="0" fontId="0" borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>
<xf xfId="0" fontId="0" borderId="1" numFmtId="164" applyBorder="1" applyNumberFormat="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf>
<xf xfId="0" fontId="3" applyFont="1" applyAlignment="1"><alignment horizontal="right" vertical="center"/></xf></cellXfs></styleSheet>`;

function valueCell(at: string, value: SheetValue): string {
  if (value === null || value === '') return `<c r="${at}" s="3"/>`;
  if (typeof value === 'number') return `<c r="${at}" s="3"><v>${value}</v></c>`;
  if (typeof value === 'object') {
    const serial = (Date.parse(`${value.day}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / DAY_MS;
    return Number.isFinite(serial) ? `<c r="${at}" s="4"><v>${serial}</v></c>` : textCell(at, value.day, 3);
  }
  return textCell(at, value, 3);
}

const textCell = (at: string, text: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text.slice(0, 32_767))}</t></is></c>`;

/**
 * A workbook as it grows: rows are taken one by one and written out, so that a million of them need no memory. Landscape,
 * as wide as the paper, the header repeated on every page and kept in sight; days are real dates.
 */
export async function* writeBook(book: SheetBook): AsyncGenerator<Buffer> {
  let ready: Uint8Array[] = [];
  let failed: Error | null = null;
  const zip = new Zip((error, data) => {
    if (error) failed = error;
    else ready.push(data);
  });
  const take = function* (): Generator<Buffer> {
    if (failed) throw failed;
    const pieces = ready;
    ready = [];
    for (const piece of pieces) if (piece.length > 0) yield Buffer.from(piece);
  };
  const add = (name: string): PackedEntry => {
    const entry = new PackedEntry(name);
    zip.add(entry);
    return entry;
  };
  const file = async (name: string, text: string): Promise<void> => {
    const entry = add(name);
    await entry.push(text);
    await entry.end();
  };
  const width = Math.max(1, book.columns.length);
  const last = letters(width - 1);
  const head = book.titles.length + 1;
  const names: string[] = [];
  const begin = (): string => {
    const columns = book.columns
      .map((column, index) => `<col min="${index + 1}" max="${index + 1}" width="${column.width}" customWidth="1"/>`)
      .join('');
    const titles = book.titles
      .map(
        (title, index) =>
          `<row r="${index + 1}"${index === 0 ? ' ht="32" customHeight="1"' : ''}>${textCell(`A${index + 1}`, title, index === 0 ? 1 : 5)}</row>`,
      )
      .join('');
    const headers = book.columns
      .map((column, index) => textCell(`${letters(index)}${head}`, column.header, 2))
      .join('');
    return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="${head}" topLeftCell="A${head + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns}</cols><sheetData>${titles}<row r="${head}">${headers}</row>`;
  };
  const merges = book.titles.map((_, index) => `<mergeCell ref="A${index + 1}:${last}${index + 1}"/>`).join('');
  const paper = book.paper === 'A3' ? 8 : 9;
  const end = `</sheetData>${book.titles.length > 0 && width > 1 ? `<mergeCells count="${book.titles.length}">${merges}</mergeCells>` : ''}<pageMargins left="0.4" right="0.4" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="${paper}" orientation="landscape" fitToWidth="1" fitToHeight="0"/><headerFooter><oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter></headerFooter></worksheet>`;
  const open = (): PackedEntry => {
    names.push(names.length === 0 ? book.sheet : `${book.sheet}（续${names.length}）`);
    return add(`xl/worksheets/sheet${names.length}.xml`);
  };
  const places = book.columns.map((_, index) => letters(index));
  let entry = open();
  let row = head;
  let held = begin();
  // One piece is packed while the next one is made.
  let packing = Promise.resolve();
  const parts = Symbol.asyncIterator in book.rows ? book.rows : [book.rows];
  try {
    for await (const part of parts)
      for (const values of part) {
        if (row - head >= MOST_ROWS) {
          await packing;
          await entry.push(held + end);
          await entry.end();
          entry = open();
          held = begin();
          row = head;
        }
        row += 1;
        held += `<row r="${row}">`;
        for (let index = 0; index < width; index++) held += valueCell(`${places[index]}${row}`, values[index] ?? null);
        held += '</row>';
        if (held.length < CHUNK) continue;
        await packing;
        packing = entry.push(held);
        held = '';
        yield* take();
      }
    await packing;
    await entry.push(held + end);
    await entry.end();
  } finally {
    packing.catch(() => {});
    entry.abandon();
  }
  const sheets = names
    .map(
      (name, index) =>
        `<sheet name="${escapeXml(name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31))}" sheetId="${index + 1}" r:id="r${index + 1}"/>`,
    )
    .join('');
  const prints = names
    .map((name, index) => {
      const quoted = escapeXml(
        `'${name
          .replace(/[\\/?*[\]:]/g, ' ')
          .slice(0, 31)
          .replace(/'/g, "''")}'`,
      );
      return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${quoted}!$1:$${head}</definedName>`;
    })
    .join('');
  await file(
    'xl/workbook.xml',
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>${sheets}</sheets><definedNames>${prints}</definedNames></workbook>`,
  );
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packages = 'http://schemas.openxmlformats.org/package/2006/relationships';
  await file(
    'xl/_rels/workbook.xml.rels',
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="${packages}">${names.map((_, index) => `<Relationship Id="r${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="s" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  );
  await file('xl/styles.xml', styles);
  await file(
    '_rels/.rels',
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="${packages}"><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  await file(
    '[Content_Types].xml',
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${names.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
  );
  zip.end();
  yield* take();
}

/** The whole workbook at once, for small ones. */
export async function bookBytes(book: SheetBook): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of writeBook(book)) pieces.push(piece);
  return Buffer.concat(pieces);
}

import { readdirSync, readFileSync } from 'node:fs';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import type { SourceDocument } from '../../kernel/document.ts';
import { paragraph, wordFile } from '../../platform/documents/fixtures.ts';
import { chromiumPath, printPage } from '../../platform/documents/print.ts';
import { readDocument } from '../../platform/documents/read.ts';
import type { FeedbackLine } from './feedback.ts';
import { readFeedback } from './feedback-read.ts';

type Line = string | { readonly caption?: string; readonly table: readonly (readonly string[])[] };
interface Case {
  readonly says: string;
  readonly files: readonly ('docx' | 'xlsx' | 'pdf')[];
  readonly lines: readonly Line[];
  readonly head: Record<string, string>;
  readonly expect: readonly Record<string, unknown>[];
}

const folder = new URL('./feedback-cases/', import.meta.url);
const cases = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Case);
const today = day('2026-11-20');

interface Cell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
  readonly rows: number;
  readonly columns: number;
}

function cellsOf(table: readonly (readonly string[])[]): Cell[] {
  return table.flatMap((line, row) =>
    line.flatMap((text, column) => {
      if (text === '↑' || text === '←') return [];
      let columns = 1;
      while (table[row]?.[column + columns] === '←') columns++;
      let rows = 1;
      while (table[row + rows]?.[column] === '↑') rows++;
      return [{ row, column, text, rows, columns }];
    }),
  );
}

function docx(lines: readonly Line[]): Uint8Array {
  const body = lines.map((line) => {
    if (typeof line === 'string') return paragraph(line);
    const cells = cellsOf(line.table);
    const rows = line.table.map((words, row) => {
      const out: string[] = [];
      for (let column = 0; column < words.length; column++) {
        const cell = cells.find((each) => each.column === column && each.row <= row && row < each.row + each.rows);
        if (!cell) continue;
        const merge = cell.rows > 1 ? `<w:vMerge${cell.row === row ? ' w:val="restart"' : ''}/>` : '';
        const span = cell.columns > 1 ? `<w:gridSpan w:val="${cell.columns}"/>` : '';
        out.push(`<w:tc><w:tcPr>${span}${merge}</w:tcPr>${paragraph(cell.row === row ? cell.text : '')}</w:tc>`);
      }
      return `<w:tr>${out.join('')}</w:tr>`;
    });
    return `<w:tbl>${rows.join('')}</w:tbl>`;
  });
  return wordFile(body.join(''));
}

async function xlsx(lines: readonly Line[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const titles = lines.filter((line) => typeof line === 'string');
  for (const [index, line] of lines.filter((each) => typeof each !== 'string').entries()) {
    const sheet = book.addWorksheet(line.caption ?? `清单${index + 1}`);
    const width = line.table[0]?.length ?? 1;
    let top = 1;
    for (const title of index === 0 ? titles : []) {
      sheet.getCell(top, 1).value = title;
      sheet.mergeCells(top, 1, top, width);
      top += 1;
    }
    for (const cell of cellsOf(line.table)) {
      const at = sheet.getCell(top + cell.row, cell.column + 1);
      // Slashed dates are real dates of the sheet, as somebody types them.
      const m = /^(\d{4})\/(\d{1,2})\/(\d{1,2})$/.exec(cell.text);
      at.value = m ? new Date(Date.UTC(Number(m[1]), Number(m[2]) - 1, Number(m[3]))) : cell.text;
      if (m) at.numFmt = 'yyyy/m/d';
      if (cell.rows > 1 || cell.columns > 1)
        sheet.mergeCells(top + cell.row, cell.column + 1, top + cell.row + cell.rows - 1, cell.column + cell.columns);
    }
  }
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function pdf(lines: readonly Line[]): Promise<Uint8Array> {
  const body = lines.map((line) => {
    if (typeof line === 'string') return `<p>${line}</p>`;
    const cells = cellsOf(line.table);
    const rows = line.table.map(
      (_, row) =>
        `<tr>${cells
          .filter((each) => each.row === row)
          .map((each) => `<td rowspan="${each.rows}" colspan="${each.columns}">${each.text}</td>`)
          .join('')}</tr>`,
    );
    return `<table>${rows.join('')}</table>`;
  });
  const css =
    '@page{size:A4 landscape;margin:15mm}body{font:12pt "Noto Sans CJK SC",sans-serif}table{border-collapse:collapse;width:100%}td{border:1px solid #000;padding:3pt}p{text-indent:2em;margin:4pt 0}';
  return new Uint8Array(await printPage(`<!doctype html><meta charset="utf-8"><style>${css}</style>${body.join('')}`));
}

const make = { docx: async (lines: readonly Line[]) => docx(lines), xlsx, pdf };

/** What the expectation names, out of what was read. */
function seen(line: FeedbackLine | undefined, wanted: Record<string, unknown>): Record<string, unknown> {
  if (!line) return {};
  const all: Record<string, unknown> = {
    number: line.originalNumber,
    place: line.place,
    text: line.text?.text ?? null,
    subject: line.subject?.text ?? null,
    address: line.address?.text ?? null,
    category: line.category?.text ?? null,
    heading: line.path.at(-1) ?? null,
    grade: line.grade?.means ?? null,
    units: line.lead.map((unit) => unit.text),
    unitFrom: line.unitFrom,
    co: line.co.map((unit) => unit.text),
    supervising: line.supervising?.text ?? null,
    person: line.person?.text ?? null,
    measures: line.measures?.text ?? null,
    due: line.due?.on ?? null,
    dueSaid: line.due?.text ?? null,
    found: line.found?.on ?? null,
    finder: line.finder?.text ?? null,
    closed: line.status?.closed ?? false,
    several: line.several.length,
  };
  return Object.fromEntries(Object.keys(wanted).map((key) => [key, all[key]]));
}

const strip = (value: Record<string, unknown>): Record<string, unknown> => {
  const { doubts: _, ...rest } = value;
  return rest;
};

async function read(one: Case, format: 'docx' | 'xlsx' | 'pdf'): Promise<SourceDocument> {
  const doc = await readDocument(await make[format](one.lines), `清单.${format}`);
  // The printer's font draws both variants with one glyph, so that the file itself says the other character.
  return format === 'pdf' ? { ...doc, text: doc.text.replaceAll('戶', '户') } : doc;
}

describe('上级反馈问题清单的识读', () => {
  for (const one of cases) {
    for (const format of one.files) {
      it.skipIf(format === 'pdf' && chromiumPath() === null)(
        `${one.says}（.${format}）：逐条读对`,
        { timeout: 60_000 },
        async () => {
          const doc = await read(one, format);
          const feedback = readFeedback(doc, today);
          const wanted = one.expect.map(strip);
          expect(feedback.lines.map((line, index) => seen(line, wanted[index] ?? { text: 1 }))).toEqual(wanted);
          const head: Record<string, unknown> = { ...feedback.head, dueOn: feedback.head.due?.on ?? null };
          expect(Object.fromEntries(Object.keys(one.head).map((key) => [key, head[key]]))).toEqual(one.head);
          for (const line of feedback.lines) {
            for (const said of [line.text, line.measures, line.person, line.due]) {
              if (!said || (said === line.text && /\n|^$/.test(said.text))) continue;
              const there = doc.text.slice(said.source.start, said.source.end).replace(/\s/g, '');
              expect(there).toContain(said.text.replace(/\s/g, '').slice(0, 6));
            }
          }
        },
      );
    }
  }
  it('没有问题的文件读不出任何一条', () => {
    const text = '关于召开全区安全生产工作会议的通知\n各镇、街道：\n定于11月25日召开会议，请准时参加。';
    let at = 0;
    const blocks = text.split('\n').map((line) => {
      const start = at;
      at += line.length + 1;
      return { kind: 'paragraph' as const, start, end: start + line.length };
    });
    expect(readFeedback({ format: 'txt', text, blocks, losses: [] }, today).lines).toEqual([]);
  });
});

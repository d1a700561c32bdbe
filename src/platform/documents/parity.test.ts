import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import {
  AlignmentType,
  Document,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  VerticalAlignTable,
  WidthType,
} from 'docx';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SourceDocument, TableBlock } from '../../kernel/document.ts';
import { extractPlan } from '../../modules/plans/extract.ts';
import { listText, PLAN_TEXT } from './parity-material.ts';
import { readDocument } from './read.ts';

const SEEDS = new URL('../../../../shared/seeds/', import.meta.url);
const places = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'soffice'));
const soffice = [...places, '/usr/lib/libreoffice/program/soffice'].find((path) => existsSync(path));

/** What a task says, white space left aside: the same whatever program made the file. */
function tasksOf(document: SourceDocument): string[] {
  const bare = (text: string): string => text.replace(/\s+/g, '');
  const { tasks, stages } = extractPlan(document);
  const lines = tasks.map((task) => {
    const units = (list: readonly { text: string }[]): string => list.map((unit) => unit.text).join('、');
    return [
      bare(task.text),
      `牵头 ${units(task.lead)}`,
      `责任 ${units(task.responsible)}`,
      `时限 ${task.deadlines.map((each) => `${bare(each.text)} ${each.date}`).join('、')}`,
      `频次 ${task.quotas.map((each) => `${each.count}/${each.per}`).join('、')}`,
      `指标 ${task.targets.map((each) => `${each.value}${each.unit}`).join('、')}`,
    ].join('；');
  });
  return [...lines, ...stages.map((stage) => `阶段 ${bare(stage.name)}`)];
}

const run = promisify(execFile);

async function convert(folder: string, names: readonly string[], to: string, filter: readonly string[]): Promise<void> {
  if (!soffice || names.length === 0) return;
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, `profile-${to}`)).href}`;
  const files = names.map((name) => join(folder, name));
  await run(soffice, [profile, '--headless', ...filter, '--convert-to', to, '--outdir', join(folder, to), ...files]);
}

/** The document as a word processor holds it: paragraphs, and real tables on lying pages. */
async function wordFileOf(document: SourceDocument): Promise<Buffer> {
  const lines = (text: string): Paragraph[] => text.split('\n').map((line) => new Paragraph(line));
  const children = document.blocks.map((block) => {
    const text = document.text.slice(block.start, block.end);
    if (block.kind === 'paragraph') return new Paragraph({ text, alignment: AlignmentType.CENTER });
    const rows = Array.from({ length: block.rows }, (_, row) => {
      const cells = block.cells
        .filter((cell) => cell.row === row)
        .map(
          ({ start, end, rowSpan, columnSpan, column }) =>
            new TableCell({
              children: lines(document.text.slice(start, end)),
              rowSpan,
              columnSpan,
              verticalAlign: VerticalAlignTable.CENTER,
              width: { size: widthOf(block, document, column), type: WidthType.DXA },
            }),
        );
      return new TableRow({ children: cells, tableHeader: row === 0, cantSplit: true });
    });
    const columnWidths = Array.from({ length: block.columns }, (_, column) => widthOf(block, document, column));
    return new Table({ rows, columnWidths, width: { size: 13_000, type: WidthType.DXA } });
  });
  const page = { size: { orientation: PageOrientation.LANDSCAPE } };
  return Packer.toBuffer(new Document({ sections: [{ properties: { page }, children }] }));
}

/** Widths as a person draws them: by the square root of the longest wording in the column. */
function widthOf(table: TableBlock, document: SourceDocument, column: number): number {
  const longest = (at: number): number =>
    Math.max(
      2,
      ...table.cells
        .filter((cell) => cell.column === at && cell.row > 0)
        .flatMap((cell) => document.text.slice(cell.start, cell.end).split('\n'))
        .map((line) => line.length),
    );
  const shares = Array.from({ length: table.columns }, (_, at) => Math.sqrt(longest(at)));
  return Math.round((13_000 * (shares[column] ?? 1)) / shares.reduce((sum, each) => sum + each, 0));
}

async function workbookOf(document: SourceDocument): Promise<Uint8Array> {
  const sheet = new ExcelJS.Workbook().addWorksheet('清单');
  let row = 1;
  for (const block of document.blocks) {
    if (block.kind === 'paragraph') {
      const text = document.text.slice(block.start, block.end);
      if (text.trim() !== '') sheet.getCell(row, 1).value = text;
      if (text.trim() !== '') row += 1;
      continue;
    }
    for (const cell of block.cells) {
      const [top, left] = [row + cell.row, cell.column + 1];
      sheet.getCell(top, left).value = document.text.slice(cell.start, cell.end);
      if (cell.rowSpan > 1 || cell.columnSpan > 1)
        sheet.mergeCells(top, left, top + cell.rowSpan - 1, left + cell.columnSpan - 1);
    }
    row += block.rows;
  }
  return new Uint8Array(await sheet.workbook.xlsx.writeBuffer());
}

describe.skipIf(!soffice)('同一份方案存成不同格式，提取出同样的任务（没有安装 LibreOffice 时跳过）', () => {
  let folder = '';
  const sources = new Map<string, SourceDocument>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guatu-parity-'));
    const texts = new Map<string, Buffer>([
      ['百日行动方案', Buffer.from(PLAN_TEXT)],
      ['攻坚任务清单', Buffer.from(listText())],
    ]);
    const seeds = existsSync(SEEDS) ? (await readdir(SEEDS)).filter((name) => name.endsWith('.txt')) : [];
    for (const name of seeds) texts.set(basename(name, '.txt'), await readFile(new URL(name, SEEDS)));
    for (const format of ['docx', 'doc', 'pdf', 'xlsx']) await mkdir(join(folder, format));
    const tables: string[] = [];
    for (const [name, bytes] of texts) {
      await writeFile(join(folder, `${name}.txt`), bytes);
      const source = await readDocument(bytes, `${name}.txt`);
      sources.set(name, source);
      if (!source.blocks.some((block) => block.kind === 'table')) continue;
      tables.push(`${name}（表格）.docx`);
      sources.set(`${name}（表格）`, source);
      await writeFile(join(folder, `${name}（表格）.docx`), await wordFileOf(source));
      await writeFile(join(folder, 'docx', `${name}（表格）.docx`), await wordFileOf(source));
      await writeFile(join(folder, 'xlsx', `${name}（表格）.xlsx`), await workbookOf(source));
    }
    const plain = [...texts.keys()].map((name) => `${name}.txt`);
    const filter = ['--infilter=Text (encoded):UTF8,LF,,,'];
    await Promise.all(
      ['docx', 'doc', 'pdf'].map(async (to) => {
        await convert(folder, plain, to, filter);
        if (to !== 'docx') await convert(folder, tables, to, []);
      }),
    );
  }, 120_000);

  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

  test.each(['docx', 'doc', 'pdf', 'xlsx'])(
    '%s',
    async (format) => {
      const names = await readdir(join(folder, format));
      expect(names.length).toBeGreaterThanOrEqual(format === 'xlsx' ? 1 : sources.size);
      const check = async (name: string): Promise<void> => {
        const source = sources.get(basename(name, `.${format}`));
        if (!source) throw new Error(name);
        const document = await readDocument(await readFile(join(folder, format, name)), name);
        expect(tasksOf(document), name).toEqual(tasksOf(source));
      };
      for (let at = 0; at < names.length; at += 3) await Promise.all(names.slice(at, at + 3).map(check));
    },
    60_000,
  );

  test('提取结果不是空的', () => {
    for (const name of ['百日行动方案', '攻坚任务清单']) {
      const source = sources.get(name);
      expect(source ? tasksOf(source).length : 0, name).toBeGreaterThan(4);
    }
  });
});

import ExcelJS from 'exceljs';
import type { Reading } from '../../../platform/act.ts';
import type { RuleColumn } from '../cells.ts';
import type { Dated } from '../sheet.ts';
import { books } from './books.ts';
import type { PlainBook } from './plain.ts';

const ROWS_WITH_CHOICES = 200;

function sheetOf(
  workbook: ExcelJS.Workbook,
  name: string,
  columns: readonly RuleColumn[],
  rows: readonly Readonly<Record<string, string>>[],
): void {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = columns.map((column) => ({
    key: column.key,
    header: column.needed ? `${column.names[0]} *` : (column.names[0] ?? ''),
    width: column.width,
    style: { numFmt: '@', alignment: { wrapText: true, vertical: 'top' } },
  }));
  sheet.getRow(1).font = { bold: true };
  for (const row of rows) sheet.addRow(row);
  for (const [at, column] of columns.entries()) {
    if (!column.choices?.length) continue;
    for (let row = 2; row <= ROWS_WITH_CHOICES; row += 1)
      sheet.getCell(row, at + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        showErrorMessage: false,
        formulae: [`"${column.choices.join(',')}"`],
      };
  }
}

function helpOf(workbook: ExcelJS.Workbook, plain: readonly PlainBook[]): void {
  const help = workbook.addWorksheet('填写说明');
  help.columns = [{ width: 16 }, { width: 22 }, { width: 100 }];
  const say = (...cells: string[]) => {
    const row = help.addRow(cells);
    row.alignment = { wrapText: true, vertical: 'top' };
    return row;
  };
  say(
    '总的说明',
    '',
    '一张工作表一类规定，一行一条；用不到的工作表可以删去。表头不要改，带星号的必填，日期写成 2026-01-05。',
  ).font = {
    bold: true,
  };
  say('', '', '导入前先核对，有一处不对就一行也不写入。同一张表反复导入不会重复。');
  say('', '', '名称相同、内容改了的，是下一版：起始日期要晚于现行的一版，现行的一版到前一天为止，已经办理的不变。');
  say('', '', '表中没有的现行规定不受影响；要停用的，填写截止日期。');
  for (const { sheet } of [...books, ...plain]) {
    say(sheet.name, '', '').font = { bold: true };
    for (const column of sheet.columns)
      say('', column.names[0] ?? '', `${column.needed ? '必填。' : ''}${column.fill}`);
  }
}

/** Everything of the reader's government in force or to come, as one workbook that reads the same elsewhere. */
export async function exportBook(reading: Reading, plain: readonly PlainBook[], everything = true): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  for (const book of books) {
    const rules: readonly Dated[] = everything
      ? (await book.there(reading)).filter((rule) => rule.toOn === null || rule.toOn >= reading.day)
      : [];
    sheetOf(
      workbook,
      book.sheet.name,
      book.sheet.columns,
      [...rules]
        .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.fromOn < b.fromOn ? -1 : 1))
        .map((rule) => book.sheet.write(rule)),
    );
  }
  for (const one of plain)
    sheetOf(
      workbook,
      one.sheet.name,
      one.sheet.columns,
      (await one.there(reading)).map(({ item, content, means, set }) => ({
        item,
        content: everything || set ? content : '',
        means,
      })),
    );
  helpOf(workbook, plain);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

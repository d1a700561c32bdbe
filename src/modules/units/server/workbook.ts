import ExcelJS from 'exceljs';
import { notValid, Refusal } from '../../../kernel/refusal.ts';
import { DEFAULT_LIMITS } from '../../../platform/documents/limits.ts';
import { DocumentRefused } from '../../../platform/documents/refused.ts';
import { ZipContainer } from '../../../platform/documents/zip.ts';
import { unitClasses } from '../group.ts';
import { columnNames, type Sheet, type SheetKind, sheetWords } from '../import-sheets.ts';
import { postDuties, unitKinds } from '../unit.ts';

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_ROWS = 20_000;
const limits = { ...DEFAULT_LIMITS, fileBytes: MOST_BYTES, zipEntries: 500, unzippedBytes: 80 * 1024 * 1024 };

/** The visible worksheets of an .xlsx as text. Throws Refusal for anything that is no such file, is too large or hostile. */
export async function readWorkbook(bytes: Buffer): Promise<Sheet[]> {
  if (bytes.length > MOST_BYTES)
    throw new Refusal('too-large', '表格超过 10 MB，组织机构不会有这么多内容。请检查文件后再导入。');
  if (bytes.length === 0) throw notValid('文件是空的，请重新选择。');
  if (bytes.readUInt32BE(0) === 0xd0cf11e0)
    throw notValid('这是旧格式（.xls）或加了密码的表格。请在 WPS 或 Excel 中另存为不加密码的 .xlsx 再导入。');
  try {
    // Counted while inflating, before the library unpacks it all into memory.
    const zip = new ZipContainer(bytes, limits);
    for (const name of zip.entries.keys()) zip.stream(name, () => {});
    if (!zip.has('xl/workbook.xml'))
      throw new DocumentRefused('unknown', '这个文件不是 .xlsx 表格。请下载空白模板填写后导入。');
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer, {
      ignoreNodes: ['dataValidations', 'conditionalFormatting', 'hyperlinks'],
    });
    return workbook.worksheets.filter((sheet) => sheet.state === 'visible').map(sheetOf);
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof DocumentRefused) throw notValid(error.message);
    throw notValid('表格打不开，文件可能已损坏，或者不是 .xlsx 格式。请在 WPS 或 Excel 中另存为 .xlsx 再导入。');
  }
}

function sheetOf(sheet: ExcelJS.Worksheet): Sheet {
  if (sheet.actualRowCount > MOST_ROWS)
    throw new Refusal('too-large', `工作表「${sheet.name}」超过 ${MOST_ROWS} 行，请分几次导入。`);
  const rows: { row: number; cells: string[] }[] = [];
  sheet.eachRow((line, row) => {
    const cells: string[] = [];
    line.eachCell((cell, column) => {
      if (column <= 60) cells[column - 1] = textOf(cell);
    });
    rows.push({ row, cells: Array.from(cells, (cell) => cell ?? '') });
  });
  return { name: sheet.name, rows };
}

function textOf(cell: ExcelJS.Cell): string {
  const value = cell.type === ExcelJS.ValueType.Formula ? cell.result : cell.value;
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === 'object') {
    if ('richText' in value) return value.richText.map((part) => part.text).join('');
    if ('text' in value) return String(value.text);
    return '';
  }
  return String(value);
}

const widths: Readonly<Record<string, number>> = {
  name: 30,
  members: 60,
  aliases: 30,
  kinds: 24,
  class: 30,
  target: 30,
  alias: 30,
  unit: 30,
  parent: 24,
};

/** The empty workbook that people fill in: one sheet for each kind, with choices, and one that explains. */
export async function templateWorkbook(): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const help = workbook.addWorksheet('填写说明');
  help.getColumn(1).width = 100;
  for (const text of [
    '一、「单位」必填单位名称和类别；上级单位可以是本表中的单位，也可以是系统里已有的单位。',
    `二、类别填写：${Object.values(unitKinds).join('、')}。`,
    `三、「人员」一人一行，同一人在几个单位任职就写几行；岗位填写：${Object.values(postDuties).join('、')}。`,
    '四、「别名」写文件中常见的其他写法，例如「区应急局」指「区应急管理局」；一个写法只能指一个单位或分组。',
    '五、「分组」写名单（成员单位用顿号隔开，或一行一个）或规则（单位类别）。',
    `六、分组如代表文件中的一类单位，请在该列填写：${Object.values(unitClasses).join('、')}。`,
    '七、日期写成 2026-01-05 的样子。再次导入同一张表不会重复登记，改动的内容会更新。',
  ])
    help.addRow([text]).getCell(1).alignment = { wrapText: true, vertical: 'top' };
  for (const kind of Object.keys(sheetWords) as SheetKind[]) {
    const sheet = workbook.addWorksheet(sheetWords[kind], { views: [{ state: 'frozen', ySplit: 1 }] });
    const columns = Object.entries(columnNames[kind] as Record<string, readonly string[]>);
    sheet.columns = columns.map(([column, [header]]) => ({
      header,
      width: widths[column] ?? 16,
      style: { numFmt: '@' },
    }));
    sheet.getRow(1).font = { bold: true };
    const choices: Readonly<Record<string, readonly string[]>> = {
      kind: Object.values(unitKinds),
      duty: Object.values(postDuties),
    };
    for (const [index, [column]] of columns.entries()) {
      // A comma would split the choice in two, so kinds whose word has one are typed by hand.
      const words = (choices[column] ?? []).filter((word) => !word.includes('、'));
      if (words.length === 0) continue;
      for (let row = 2; row <= 300; row += 1)
        sheet.getCell(row, index + 1).dataValidation = {
          type: 'list',
          allowBlank: true,
          showErrorMessage: false,
          formulae: [`"${words.join(',')}"`],
        };
    }
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

import { fork } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import ExcelJS from 'exceljs';
import { notValid, Refusal } from '../../kernel/refusal.ts';
import type { RowTrouble, SheetText } from '../../kernel/sheet-form.ts';
import { childProgram } from './child-program.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { DocumentRefused } from './refused.ts';
import { readXlsxSheets } from './xlsx.ts';
import { ZipContainer } from './zip.ts';

/** The type of a workbook in a download. */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const MOST_BYTES = 60 * 1024 * 1024;
const MOST_ROWS = 200_000;
const MOST_COLUMNS = 120;
const limits = { ...DEFAULT_LIMITS, fileBytes: MOST_BYTES, zipEntries: 2000, unzippedBytes: 600 * 1024 * 1024 };

/**
 * The visible worksheets of an .xlsx as text: dates as 2026年1月5日, merged cells filled with the value of the first one.
 * Blocks while it reads; `readSheetFile` does it in a process of its own. Throws Refusal (Chinese) for anything that is no
 * such file, is too large or hostile.
 */
export function readSheets(bytes: Buffer): SheetText[] {
  if (bytes.length > MOST_BYTES) throw new Refusal('too-large', '表格超过 60 MB，请删去图片或分几次导入。');
  if (bytes.length === 0) throw notValid('文件是空的，请重新选择。');
  if (bytes.length >= 4 && bytes.readUInt32BE(0) === 0xd0cf11e0)
    throw notValid('这是旧格式（.xls）或加了密码的表格。请在 WPS 或 Excel 中另存为不加密码的 .xlsx 再导入。');
  const notASheet = '这个文件不是 .xlsx 表格。请下载空白模板填写后导入。';
  if (bytes.length < 4 || bytes.readUInt32BE(0) !== 0x504b0304) throw notValid(notASheet);
  try {
    const zip = new ZipContainer(bytes, limits);
    if (!zip.has('xl/workbook.xml')) throw new DocumentRefused('unknown', notASheet);
    return readXlsxSheets(zip).map(({ name, cells, merges }) => {
      const rows = new Map<number, string[]>();
      const put = (row: number, column: number, text: string): void => {
        if (column >= MOST_COLUMNS) return;
        const line = rows.get(row) ?? [];
        line[column] = text;
        rows.set(row, line);
      };
      const firsts = new Map(merges.map((merge) => [`${merge.top}:${merge.left}`, merge]));
      for (const cell of cells) {
        const merge = firsts.get(`${cell.row}:${cell.column}`);
        if (!merge) put(cell.row, cell.column, cell.text);
        else
          for (let row = merge.top; row <= Math.min(merge.bottom, merge.top + MOST_ROWS); row++)
            for (let column = merge.left; column <= Math.min(merge.right, MOST_COLUMNS); column++)
              put(row, column, cell.text);
        if (rows.size > MOST_ROWS)
          throw new Refusal('too-large', `工作表「${name}」超过 ${MOST_ROWS} 行，请分几次导入。`);
      }
      return {
        name,
        rows: [...rows.entries()]
          .sort(([a], [b]) => a - b)
          .map(([row, line]) => ({ row: row + 1, cells: Array.from(line, (cell) => cell ?? '') })),
      };
    });
  } catch (error) {
    if (error instanceof Refusal) throw error;
    if (error instanceof DocumentRefused) throw notValid(error.message);
    throw notValid('表格打不开，文件可能已损坏，或者不是 .xlsx 格式。请在 WPS 或 Excel 中另存为 .xlsx 再导入。');
  }
}

/** What the reading process tells. */
export type SheetMessage =
  | { readonly sheets: SheetText[] }
  | { readonly refused: { readonly kind: Refusal['kind']; readonly says: string } };

const SECONDS = 120;
const MEMORY_MB = 1024;

/** So small a file can hold up the server no longer than a glance, whatever it inflates to. */
const SMALL_BYTES = 64 * 1024;

/**
 * The same for a file on disk: a small one at once, any other in a process of its own with a limit of time and memory, so
 * that the server goes on answering.
 */
export async function readSheetFile(path: string): Promise<SheetText[]> {
  const { size } = await stat(path);
  return size <= SMALL_BYTES ? readSheets(await readFile(path)) : readApart(path);
}

function readApart(path: string): Promise<SheetText[]> {
  return new Promise((resolve, reject) => {
    let outcome: (() => void) | null = null;
    let said = '';
    const program = childProgram(new URL('./sheet-child.ts', import.meta.url), MEMORY_MB);
    const child = fork(program.path, [path], {
      execArgv: program.execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      serialization: 'advanced',
    });
    const timer = setTimeout(() => {
      outcome = () => reject(notValid('读这张表格超过两分钟仍未完成，已停止。请分成几份再导入。'));
      child.kill('SIGKILL');
    }, SECONDS * 1000);
    child.stderr?.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-4000);
    });
    child.on('message', (message: SheetMessage) => {
      outcome =
        'sheets' in message
          ? () => resolve(message.sheets)
          : () => reject(new Refusal(message.refused.kind, message.refused.says));
    });
    child.on('error', (error) => {
      outcome = () => reject(error);
    });
    child.on('close', () => {
      clearTimeout(timer);
      if (outcome) return outcome();
      const outOfMemory = /heap out of memory|Allocation failed/i.test(said);
      if (!outOfMemory && said !== '') console.error(`reading a sheet failed: ${said}`);
      reject(notValid(outOfMemory ? '表格太大，读不下来。请分成几份再导入。' : '读这张表格时出了差错，没有读出内容。'));
    });
  });
}

/** One column of a template. */
export interface TemplateColumn {
  readonly header: string;
  readonly width?: number;
  /** Marked with * and in bold. */
  readonly needed?: boolean;
  /** Offered as a list in each cell; anything else may still be written. */
  readonly choices?: readonly string[];
}

const TEMPLATE_ROWS = 500;

/** An empty workbook to fill in: a sheet that explains, and the sheet with its headers, all cells as text. */
export async function templateWorkbook(template: {
  readonly sheet: string;
  readonly columns: readonly TemplateColumn[];
  readonly help: readonly string[];
}): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet(template.sheet, { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = template.columns.map(({ header, width, needed }) => ({
    header: needed ? `${header} *` : header,
    width: width ?? 16,
    style: { numFmt: '@' },
  }));
  sheet.getRow(1).font = { bold: true };
  const lists = workbook.addWorksheet('可选值', { state: 'hidden' });
  for (const [index, { choices }] of template.columns.entries()) {
    if (!choices?.length) continue;
    const letters = lists.getColumn(index + 1).letter;
    for (const [at, choice] of choices.entries()) lists.getCell(at + 1, index + 1).value = choice;
    for (let row = 2; row <= TEMPLATE_ROWS; row++)
      sheet.getCell(row, index + 1).dataValidation = {
        type: 'list',
        allowBlank: true,
        showErrorMessage: false,
        formulae: [`可选值!$${letters}$1:$${letters}$${choices.length}`],
      };
  }
  const help = workbook.addWorksheet('填写说明');
  help.getColumn(1).width = 110;
  for (const text of template.help) help.addRow([text]).getCell(1).alignment = { wrapText: true, vertical: 'top' };
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

/** The most troubles that a report lists; more are never mended one by one. */
const MOST_TROUBLES = 50_000;

/** Every remark with its cell address, one line each, and what came of each row where `outcomes` are given. */
export async function troubleWorkbook(
  troubles: readonly RowTrouble[],
  outcomes: readonly {
    readonly sheet: string;
    readonly row: number;
    readonly name: string;
    readonly outcome: string;
  }[] = [],
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const add = (name: string, widths: readonly number[], header: readonly string[]): ExcelJS.Worksheet => {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.addRow([...header]).font = { bold: true };
    for (const [index, width] of widths.entries()) sheet.getColumn(index + 1).width = width;
    return sheet;
  };
  const remarks = add(
    '核对结果',
    [16, 8, 10, 20, 8, 60, 60],
    ['工作表', '行', '单元格', '列', '级别', '问题', '怎样改'],
  );
  for (const one of troubles.slice(0, MOST_TROUBLES))
    remarks.addRow([
      one.sheet,
      one.row,
      one.cell,
      one.column,
      one.level === 'wrong' ? '错误' : '提醒',
      one.says,
      one.mend,
    ]);
  if (troubles.length > MOST_TROUBLES)
    remarks.addRow(['', '', '', '', '', `另有 ${troubles.length - MOST_TROUBLES} 处没有列出`]);
  if (outcomes.length > 0) {
    const lines = add('逐行结果', [16, 8, 44, 60], ['工作表', '行', '名称', '结果']);
    for (const one of outcomes) lines.addRow([one.sheet, one.row, one.name, one.outcome]);
  }
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

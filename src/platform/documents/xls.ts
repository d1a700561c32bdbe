import { read } from '@e965/xlsx';
import type { SourceDocument } from '../../kernel/document.ts';
import { DocumentBuilder } from './builder.ts';
import type { Limits } from './limits.ts';
import { DocumentRefused } from './refused.ts';
import { addSheet, type SheetCell } from './sheet-grid.ts';
import { numberText } from './sheet-number.ts';

/** Reads an Excel 97–2003 workbook with its merged cells. */
export function readXls(bytes: Uint8Array, limits: Limits): SourceDocument {
  const workbook = open(bytes);
  const builder = new DocumentBuilder(limits);
  const epoch1904 = workbook.Workbook?.WBProps?.date1904 === true;
  for (const [index, name] of workbook.SheetNames.entries()) {
    const sheet = workbook.Sheets[name];
    if (!sheet) continue;
    if (workbook.Workbook?.Sheets?.[index]?.Hidden) {
      builder.loss('hidden-sheet', `隐藏的工作表“${name}”没有读取。`);
      continue;
    }
    const cells: SheetCell[] = [];
    const rows: unknown[] = Array.isArray(sheet['!data']) ? sheet['!data'] : [];
    for (const [row, line] of rows.entries()) {
      if (!Array.isArray(line)) continue;
      for (const [column, cell] of line.entries()) {
        const text = cellText(cell, epoch1904);
        if (text !== '') cells.push({ row, column, text });
      }
    }
    const merges = (sheet['!merges'] ?? []).map(({ s, e }) => ({ top: s.r, left: s.c, bottom: e.r, right: e.c }));
    addSheet(builder, name, cells, merges);
  }
  if (workbook.vbaraw) builder.loss('macro', '文件带有宏，宏已忽略，只读取了表格内容。');
  return builder.finish('xls');
}

function open(bytes: Uint8Array): ReturnType<typeof read> {
  try {
    return read(bytes, {
      type: 'array',
      dense: true,
      cellNF: true,
      cellHTML: false,
      cellFormula: false,
      bookVBA: true,
    });
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message)) {
      throw new DocumentRefused(
        'encrypted',
        '工作簿设有打开密码，无法读取。请先在 Excel 或 WPS 中去掉密码，另存后再导入。',
      );
    }
    throw new DocumentRefused('damaged', '工作簿已损坏，读不出来。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再导入。');
  }
}

function cellText(cell: unknown, epoch1904: boolean): string {
  if (typeof cell !== 'object' || cell === null) return '';
  const value: unknown = Reflect.get(cell, 'v');
  const format: unknown = Reflect.get(cell, 'z');
  const type: unknown = Reflect.get(cell, 't');
  if (type === 'e' || type === 'z') return '';
  if (typeof value === 'string') return value.replace(/\r\n?/g, '\n');
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return numberText(value, typeof format === 'string' ? format : '', epoch1904);
  return '';
}

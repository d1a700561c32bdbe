import ExcelJS from 'exceljs';
import type { Board } from '../sheet.ts';

/** A3 in the numbering of SpreadsheetML, which the library's own list of sizes lacks. */
const A3 = 8 as ExcelJS.PaperSize;

type Cell = string | number | null;

function addSheet(
  book: ExcelJS.Workbook,
  name: string,
  title: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  widths: readonly number[],
): void {
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: { paperSize: A3, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
  });
  sheet.mergeCells(1, 1, 1, head.length);
  const top = sheet.getCell(1, 1);
  top.value = title;
  top.font = { bold: true, size: 14 };
  sheet.getRow(2).values = [...head];
  sheet.getRow(2).font = { bold: true };
  rows.forEach((row, index) => {
    sheet.getRow(index + 3).values = [...row];
  });
  widths.forEach((width, index) => {
    sheet.getColumn(index + 1).width = width;
  });
  sheet.eachRow((row, number) => {
    if (number === 1) return;
    row.eachCell({ includeEmpty: true }, (cell) => {
      cell.border = {
        top: { style: 'thin' },
        left: { style: 'thin' },
        bottom: { style: 'thin' },
        right: { style: 'thin' },
      };
      cell.alignment = {
        vertical: 'top',
        wrapText: true,
        horizontal: typeof cell.value === 'number' ? 'right' : 'left',
      };
    });
  });
}

/** The figures of the wall as a workbook: one sheet each for the figures, the units, the matrix, the stages and the late tasks. */
export async function wallBook(board: Board): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.creator = '挂图 Guatu';
  const asOf = `（截至 ${board.day}）`;
  const { figures } = board;
  addSheet(
    book,
    '总览',
    `${board.jurisdictionName}挂图总览${asOf}`,
    ['指标', '数值'],
    [
      ['下达任务', figures.assigned],
      ['在办', figures.open],
      ['逾期', figures.red],
      ['临期或进度落后', figures.amber],
      ['正常', figures.green],
      ['暂停', figures.grey],
      ['待签收', figures.toReceive],
      ['待核查', figures.submitted],
      ['争议待裁', figures.disputed],
      ['已办结', figures.closed],
      ['其中逾期办结', figures.closedLate],
      ['办结率（%）', figures.completion],
      ['当日办结', figures.closedThatDay],
      ['当日转为逾期', figures.turnedRedThatDay],
    ],
    [22, 12],
  );
  addSheet(
    book,
    '责任单位',
    `责任单位${asOf}`,
    ['责任单位', '在办', '逾期', '临期或落后', '正常', '暂停', '已办结', '最长逾期（天）', '逾期最久的任务'],
    board.units.map((unit) => [
      unit.name,
      unit.open,
      unit.red,
      unit.amber,
      unit.green,
      unit.grey,
      unit.closed,
      unit.longest,
      unit.worst ? `${unit.worst.number} ${unit.worst.title}` : null,
    ]),
    [28, 8, 8, 12, 8, 8, 8, 14, 60],
  );
  const stageName = new Map(board.stages.map((stage) => [stage.stageId, `${stage.planTitle}·${stage.name}`]));
  addSheet(
    book,
    '行业领域×阶段',
    `行业领域×阶段${asOf}`,
    ['行业领域', '阶段', '在办', '逾期', '临期或落后', '正常', '暂停', '已办结'],
    board.matrix.map((cell) => [
      cell.sector ?? '综合',
      cell.stageId === null ? '未分阶段' : (stageName.get(cell.stageId) ?? ''),
      cell.open,
      cell.red,
      cell.amber,
      cell.green,
      cell.grey,
      cell.closed,
    ]),
    [20, 50, 8, 8, 12, 8, 8, 8],
  );
  addSheet(
    book,
    '阶段',
    `阶段${asOf}`,
    ['方案', '阶段', '自', '至', '在办', '逾期', '临期或落后', '正常', '已办结'],
    board.stages.map((stage) => [
      stage.planTitle,
      stage.name,
      stage.from,
      stage.to,
      stage.open,
      stage.red,
      stage.amber,
      stage.green,
      stage.closed,
    ]),
    [40, 40, 12, 12, 8, 8, 12, 8, 8],
  );
  const task = (one: Board['late'][number]): Cell[] => [
    one.number,
    one.title,
    one.unitName,
    one.personName,
    one.dueOn,
    one.days,
    one.reason,
    one.next,
  ];
  const head = (days: string): string[] => ['编号', '任务', '责任单位', '责任人', '完成时限', days, '原因', '下一步'];
  const widths = [16, 50, 24, 12, 12, 10, 30, 24];
  addSheet(book, '逾期任务', `逾期任务${asOf}`, head('逾期天数'), board.late.map(task), widths);
  addSheet(book, '近期到期', `近期到期${asOf}`, head('剩余天数'), board.soon.map(task), widths);
  return Buffer.from(await book.xlsx.writeBuffer());
}

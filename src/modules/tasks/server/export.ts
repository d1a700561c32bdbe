import ExcelJS from 'exceljs';
import type { Reading } from '../../../platform/act.ts';
import type { Download } from '../../../platform/http/serve.ts';
import { lampOf, lampReason, lampWords } from '../lamp.ts';
import { taskLifecycle } from '../lifecycle.ts';
import type { LineRow } from './line-row.ts';
import { deadlineWords, unitNames } from './lines.ts';
import { soundFilters } from './list.ts';
import { type Filters, listTasks } from './store-list.ts';

const plainHeads = [
  ['序号', 6],
  ['目标项目', 16],
  ['目标任务', 22],
  ['具体内容', 60],
  ['责任部门', 30],
  ['备注', 18],
] as const;
const fullHeads = [
  ['牵头单位', 16],
  ['完成时限', 12],
  ['状态', 10],
  ['灯号', 18],
  ['进展', 8],
  ['责任人', 10],
  ['任务编号', 15],
] as const;

/** Most rows of one export; more is no table that anybody reads. */
const MOST_ROWS = 10_000;

const projectOf = (row: LineRow): string => row.origin.path?.[0] ?? row.sector ?? row.origin.planTitle ?? '';
const goalOf = (row: LineRow): string => row.origin.path?.[1] ?? row.title;

/** Runs of rows from `from` to `to` (both included) whose keys are equal. */
function runs(keys: readonly string[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  keys.forEach((key, at) => {
    const last = found.at(-1);
    if (last && keys[at - 1] === key) last.to = at;
    else found.push({ from: at, to: at });
  });
  return found;
}

/** The filtered list as .xlsx in the layout of a 目标任务清单, 目标项目 and 目标任务 merged over their rows. */
export async function exportTasks(
  reading: Reading,
  query: Filters & { readonly columns?: 'plain' | 'full'; readonly title?: string },
): Promise<Download> {
  const { columns = 'full', title, ...rest } = query;
  const filters = soundFilters(reading, rest);
  const { rows } = await listTasks(
    reading.db,
    reading.scope,
    { ...filters, sort: filters.sort ?? 'number' },
    reading.day,
    { page: 1, pageSize: MOST_ROWS, counted: false },
  );
  const names = await unitNames(reading.db, rows);
  const nameOf = (id: string): string => names.get(id) ?? '';
  const heads = [...plainHeads, ...(columns === 'full' ? fullHeads : [])];
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('目标任务清单', {
    views: [{ state: 'frozen', ySplit: 2 }],
    pageSetup: {
      paperSize: 9,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:2',
    },
  });
  sheet.columns = heads.map(([, width]) => ({ width }));
  sheet.addRow([title ?? '目标任务清单']);
  sheet.mergeCells(1, 1, 1, heads.length);
  sheet.addRow(heads.map(([head]) => head));
  const on =
    filters.asOf !== undefined && filters.asOf < reading.day ? (filters.asOf as typeof reading.day) : reading.day;
  const projects = rows.map(projectOf);
  let project = 0;
  rows.forEach((row, at) => {
    if (at === 0 || projects[at] !== projects[at - 1]) project += 1;
    const others = row.unitIds.filter((id) => id !== row.leadUnitId).map(nameOf);
    const plain = [
      project,
      projectOf(row),
      goalOf(row),
      row.text || row.title,
      [nameOf(row.leadUnitId), ...others].filter((name) => name !== '').join('、'),
      deadlineWords(row),
    ];
    const lamp = lampOf(row, on);
    const full = [
      nameOf(row.leadUnitId),
      row.dueOn ?? '待定',
      taskLifecycle.states[row.state],
      [lampWords[lamp], lampReason(row, on)].filter((word) => word !== '').join('：'),
      `${row.percent}%`,
      row.personName ?? '',
      row.number,
    ];
    // Text stays text: a cell that begins with = + - @ must never become a formula.
    sheet.addRow(columns === 'full' ? [...plain, ...full] : plain);
  });
  const goals = rows.map((row) => `${projectOf(row)}\n${goalOf(row)}`);
  for (const { from, to } of runs(projects))
    for (const column of [1, 2]) if (to > from) sheet.mergeCells(from + 3, column, to + 3, column);
  for (const { from, to } of runs(goals)) if (to > from) sheet.mergeCells(from + 3, 3, to + 3, 3);
  dress(sheet);
  return {
    name: `${title ?? '任务清单'}-${on}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Buffer.from(await book.xlsx.writeBuffer()),
  };
}

function dress(sheet: ExcelJS.Worksheet): void {
  const line = { style: 'thin' as const };
  sheet.eachRow((row, number) => {
    row.eachCell({ includeEmpty: true }, (cell) => {
      cell.alignment = { wrapText: true, vertical: 'middle', horizontal: number <= 2 ? 'center' : 'left' };
      if (number > 1) cell.border = { top: line, left: line, bottom: line, right: line };
      if (number === 1) cell.font = { size: 16, bold: true };
      if (number === 2) cell.font = { bold: true };
    });
  });
  sheet.getRow(1).height = 30;
}

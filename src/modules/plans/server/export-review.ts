import exceljs from 'exceljs';
import type { Reading } from '../../../platform/act.ts';
import type { Download } from '../../../platform/http/serve.ts';
import { openPoints, pointKinds } from '../completeness.ts';
import type { Draft, Mention } from '../plan.ts';
import { readMentions } from './resolve.ts';
import { planById } from './store.ts';
import { doubtsOf, draftsOf, mentionsInPlan, sheetOf } from './store-review.ts';

const columns = [
  ['序号', 8],
  ['目标项目', 22],
  ['目标任务', 28],
  ['具体内容', 60],
  ['牵头单位', 18],
  ['责任单位', 32],
  ['属地单位', 20],
  ['完成时限', 18],
  ['频次要求', 16],
  ['责任人', 12],
  ['未了事项', 40],
] as const;

const names = (mentions: readonly Mention[]): string => mentions.map((mention) => mention.text).join('、');

/** The lines under review as a table of the usual layout (目标任务清单), with what is still open in the last column. */
export async function exportReview(reading: Reading, id: string): Promise<Download> {
  const { db } = reading;
  const plan = await planById(db, reading.scope, id);
  const sheet = await sheetOf(db, plan);
  const drafts = await draftsOf(db, plan, { keptOnly: true });
  const open = new Map<string, string[]>();
  if (sheet) {
    const known = await readMentions(db, plan.jurisdiction, await mentionsInPlan(db, plan), sheet, reading.day);
    for (const point of openPoints(drafts, await doubtsOf(db, plan), sheet, known)) {
      if (point.draft !== null) open.set(point.draft, [...(open.get(point.draft) ?? []), pointKinds[point.kind].word]);
    }
  }
  const book = new exceljs.Workbook();
  const page = book.addWorksheet('任务分解表', {
    pageSetup: { paperSize: 8 as never, orientation: 'landscape', fitToPage: true, fitToHeight: 0 },
  });
  page.mergeCells(1, 1, 1, columns.length);
  page.getCell(1, 1).value = `${plan.title}任务分解表`;
  page.getCell(1, 1).font = { size: 16, bold: true };
  page.getCell(1, 1).alignment = { horizontal: 'center' };
  page.getRow(2).values = columns.map(([title]) => title);
  page.getRow(2).font = { bold: true };
  for (const [index, [, width]] of columns.entries()) page.getColumn(index + 1).width = width;
  for (const [index, draft] of drafts.entries()) page.addRow(rowOf(draft, index + 1, open.get(draft.id) ?? []));
  page.eachRow((row, number) => {
    if (number < 2) return;
    row.eachCell({ includeEmpty: true }, (cell) => {
      cell.alignment = { wrapText: true, vertical: 'middle' };
      cell.border = {
        top: { style: 'thin' },
        left: { style: 'thin' },
        bottom: { style: 'thin' },
        right: { style: 'thin' },
      };
    });
  });
  page.views = [{ state: 'frozen', ySplit: 2 }];
  return {
    name: `${plan.title}任务分解表.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Buffer.from(await book.xlsx.writeBuffer()),
  };
}

// A cell that begins like a formula would be run by spreadsheet programs; it is written as text.
const plain = (text: string): string => (/^[=+\-@\t]/.test(text) ? `'${text}` : text).slice(0, 32_000);

const rowOf = (draft: Draft, index: number, open: readonly string[]): (string | number)[] => [
  index,
  plain(draft.path.join(' / ')),
  plain(draft.title),
  plain(draft.text),
  names(draft.lead),
  names(draft.responsible),
  names(draft.territorial),
  draft.deadlines
    .map((deadline) => (deadline.date ? `${deadline.text}（${deadline.date}）` : deadline.text))
    .join('；'),
  draft.quotas.map((quota) => quota.text).join('；'),
  draft.person?.name ?? '',
  [...new Set(open)].join('、'),
];

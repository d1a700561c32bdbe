import { Readable } from 'node:stream';
import { dayInWords, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { workbookType } from '../../../platform/documents/sheet-form.ts';
import { type SheetValue, writeBook } from '../../../platform/documents/sheet-writer.ts';
import { type Download, serve } from '../../../platform/http/serve.ts';
import { problemsApi } from '../api.ts';
import {
  allColumns,
  type ColumnShown,
  csvCell,
  type ExportLine,
  shownColumns,
  usualColumns,
  type ViewColumn,
} from '../view-columns.ts';
import { exportRows, exportRowsByIds } from './export-rows.ts';
import { soundFilters } from './list.ts';
import type { Filters } from './store-filters.ts';
import { listRows } from './store-list.ts';
import { viewInSight } from './views/store.ts';

type Asked = Parameters<typeof soundFilters>[1];

/** Characters of a .csv that are sent together. */
const PIECE = 64 * 1024;

const wantsProgress = (columns: readonly ViewColumn[]): boolean =>
  columns.some((column) => column.field === 'progress');

/** Rows of a list of a past day or of turns are found page by page; so many at most. */
const MOST_PAST = 50_000;
const PAGE = 1000;

/** The rows of an export: today's through a cursor, a past day's as the list finds them, with what the problems hold now. */
async function* rowsOf(reading: Reading, filters: Filters, progress: boolean): AsyncGenerator<readonly ExportLine[]> {
  const { db, scope, day } = reading;
  const past = filters.asOf !== undefined && filters.asOf < day;
  if (!past && filters.turn === undefined) {
    yield* exportRows(db, scope, filters, day, { progress });
    return;
  }
  for (let page = 1; ; page++) {
    const found = await listRows(db, scope, filters, day, { page, pageSize: PAGE, counted: page === 1 });
    if (page === 1 && (found.totalIsCapped || found.total > MOST_PAST))
      throw notValid(`按过去某一天导出一次最多${MOST_PAST}条，请增加筛选条件。`);
    const full = new Map(
      (
        await exportRowsByIds(
          db,
          scope,
          found.rows.map((row) => row.id),
          progress,
        )
      ).map((line) => [line.id, line]),
    );
    yield found.rows.flatMap((row) => {
      const line = full.get(row.id);
      if (line === undefined) return [];
      // What that evening's list said of the problem, over what it holds today.
      const { state, grade, dueOn, amberOn, extensions, closedOn } = row;
      return [{ ...line, state, grade, dueOn, amberOn, extensions, closedOn }];
    });
    if (found.rows.length < PAGE) return;
  }
}

/** The cells of the rows that were read together: a promise for each row would cost more than its cells. */
async function* values(
  reading: Reading,
  filters: Filters,
  columns: readonly ColumnShown[],
  progress: boolean,
): AsyncGenerator<Iterable<SheetValue[]>> {
  const asOf = filters.asOf === undefined ? null : parseDay(filters.asOf);
  const on = asOf !== null && asOf < reading.day ? asOf : reading.day;
  let index = 0;
  function* cells(lines: readonly ExportLine[]): Generator<SheetValue[]> {
    for (const line of lines) {
      index += 1;
      yield columns.map((column) => column.value(line, index, on));
    }
  }
  for await (const lines of rowsOf(reading, filters, progress)) yield cells(lines);
}

const safeName = (text: string): string => text.replace(/[\\/:*?"<>|\n]/g, ' ').trim();

/** 台账 as .xlsx: the filtered list in the columns of a view, or in the usual ones; every row, however many there are. */
export async function exportProblems(
  reading: Reading,
  query: Asked & { readonly view?: string; readonly title?: string },
): Promise<Download> {
  const { view: viewId, title: asked, ...own } = query;
  const view = viewId === undefined ? null : await viewInSight(reading, viewId);
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  const filters = soundFilters(
    reading,
    view
      ? {
          ...view.filters,
          ...(view.sort ? { sort: view.sort } : {}),
          ...(view.planId ? { plan: view.planId } : {}),
          ...given,
        }
      : own,
  );
  const columns = view?.columns ?? usualColumns;
  const shown = shownColumns(columns);
  const title = asked?.trim() || view?.title || '问题隐患台账';
  const on =
    filters.asOf !== undefined && filters.asOf < reading.day ? (parseDay(filters.asOf) ?? reading.day) : reading.day;
  const book = writeBook({
    sheet: title,
    titles: [title, `截至${dayInWords(on)}${reading.actor.unitName ? `　${reading.actor.unitName}` : ''}`],
    columns: shown.map(({ header, width }) => ({ header, width })),
    paper: view?.paper ?? 'A3',
    rows: values(reading, filters, shown, wantsProgress(columns)),
  });
  return {
    name: `${safeName(title)}-${on}.xlsx`,
    type: workbookType,
    body: Readable.from(book, { objectMode: false }),
  };
}

/** Everything that a problem holds, one line each, as CSV with the mark by which spreadsheets know UTF-8. */
export async function exportProblemsCsv(reading: Reading, query: Asked): Promise<Download> {
  const filters = soundFilters(reading, query);
  const shown = shownColumns(allColumns);
  async function* lines(): AsyncGenerator<Buffer> {
    let held = `\ufeff${shown.map((column) => csvCell(column.header)).join(',')}\r\n`;
    for await (const rows of values(reading, filters, shown, true)) {
      for (const row of rows) held += `${row.map(csvCell).join(',')}\r\n`;
      if (held.length < PIECE) continue;
      yield Buffer.from(held);
      held = '';
    }
    if (held !== '') yield Buffer.from(held);
  }
  return {
    name: `问题隐患台账-${reading.day}.csv`,
    type: 'text/csv; charset=utf-8',
    body: Readable.from(lines(), { objectMode: false }),
  };
}

export const exportRoutes = serve(
  { exportProblems: problemsApi.exportProblems, exportProblemsCsv: problemsApi.exportProblemsCsv },
  {
    exportProblems: (reading) => exportProblems(reading, reading.query),
    exportProblemsCsv: (reading) => exportProblemsCsv(reading, reading.query),
  },
);

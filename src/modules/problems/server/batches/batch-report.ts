import {
  AlignmentType,
  Document,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { dayInWords } from '../../../../kernel/day.ts';
import { notNow } from '../../../../kernel/refusal.ts';
import type { Reading } from '../../../../platform/act.ts';
import { workbookType } from '../../../../platform/documents/sheet-form.ts';
import type { Download } from '../../../../platform/http/serve.ts';
import { unitsByIds } from '../../../units/server/door.ts';
import { numberOf } from '../../batch.ts';
import { type Outcome, proseTable, type ReportCell, type ReportTable, reportTable } from '../../batch-report.ts';
import { type ProblemState, problemLifecycle } from '../../lifecycle.ts';
import { batchById, countsOf, type LineRow, linesOfBatch, textOf } from './store.ts';

interface Done {
  id: string;
  number: string;
  state: ProblemState;
  leadUnitId: string;
  dueOn: string;
  doneOn: string | null;
  closedOn: string | null;
  told: string | null;
}

async function problemsOf(reading: Reading, jurisdiction: string, ids: readonly string[]): Promise<Map<string, Done>> {
  const found = await sql<Done>`
    select p.id, p.number, p.state, p.lead_unit_id as "leadUnitId", p.due_on as "dueOn", p.done_on as "doneOn",
      p.closed_on as "closedOn", (select text from problem_progress g where g.jurisdiction = p.jurisdiction
        and g.problem_id = p.id order by g.at desc limit 1) as told
    from problem p where p.jurisdiction = ${jurisdiction} and p.id = any(${[...ids]}::uuid[])`.execute(reading.db);
  return new Map(found.rows.map((row) => [row.id, row]));
}

function outcomeOf(line: LineRow, problems: ReadonlyMap<string, Done>): Outcome {
  if (line.state === 'discarded') return { status: `未登记：${line.reason ?? ''}`, doneOn: '', closed: '—' };
  const problem = line.problemId === null ? undefined : problems.get(line.problemId);
  if (!problem) return { status: '尚未登记', doneOn: '', closed: '否' };
  const word = problemLifecycle.states[problem.state];
  const told = problem.told ? `：${problem.told}` : '';
  const closed = problem.state === 'closed';
  return {
    status: `${closed ? '已整改' : word}${told}（${problem.number}）`,
    doneOn: problem.doneOn ?? problem.closedOn ?? '',
    closed: closed ? '是' : '否',
  };
}

/** Outcomes of several lines that came of one row (a split one), as one. */
function joined(outcomes: readonly Outcome[]): Outcome | null {
  const [only] = outcomes;
  if (!only) return null;
  if (outcomes.length === 1) return only;
  const days = outcomes.map((one) => one.doneOn);
  return {
    status: outcomes.map((one, index) => `${index + 1}.${one.status}`).join('\n'),
    doneOn: days.every((day) => day !== '') ? ([...days].sort().at(-1) ?? '') : '',
    closed: outcomes.every((one) => one.closed === '是' || one.closed === '—') ? '是' : '否',
  };
}

/**
 * 整改情况报告 to the superior: his own tables, columns and wording, with what became of each line. Lists in prose get a
 * table of their own.
 */
export async function batchReport(reading: Reading, id: string, as: 'xlsx' | 'docx'): Promise<Download> {
  const { db, scope, day } = reading;
  const batch = await batchById(db, scope, id);
  const kept = await textOf(db, batch.jurisdiction, id);
  if (!kept || batch.way === 'sheet')
    throw notNow('这一批是表格导入的，请在问题台账中按批次导出；来文版式的报告只用于上级来文清单。');
  const lines = await linesOfBatch(db, batch.jurisdiction, id);
  const problems = await problemsOf(
    reading,
    batch.jurisdiction,
    lines.flatMap((line) => line.problemId ?? []),
  );
  const units = new Map<string, string>(
    (await unitsByIds(db, batch.jurisdiction, [...new Set([...problems.values()].map((one) => one.leadUnitId))])).map(
      (unit) => [unit.id, unit.name],
    ),
  );
  const byRow = new Map<string, LineRow[]>();
  const prose: LineRow[] = [];
  for (const line of lines) {
    if (!line.said.row) prose.push(line);
    else {
      const key = `${line.said.row.block}:${line.said.row.row}`;
      byRow.set(key, [...(byRow.get(key) ?? []), line]);
    }
  }
  const tables: ReportTable[] = kept.feedback.tables.flatMap((layout) => {
    const block = kept.document.blocks[layout.block];
    if (block?.kind !== 'table') return [];
    return [
      reportTable(kept.document.text, block, layout, (row) =>
        joined((byRow.get(`${layout.block}:${row}`) ?? []).map((line) => outcomeOf(line, problems))),
      ),
    ];
  });
  if (prose.length > 0)
    tables.unshift(
      proseTable(
        prose.map((line) => {
          const problem = line.problemId === null ? undefined : problems.get(line.problemId);
          return {
            number: numberOf({ said: line.said, position: line.position }),
            text: line.draft.text,
            unit: problem ? (units.get(problem.leadUnitId) ?? '') : line.said.lead.map((one) => one.text).join('、'),
            due: problem?.dueOn ?? line.draft.dueOn ?? line.said.due?.text ?? '',
            outcome: outcomeOf(line, problems),
          };
        }),
      ),
    );
  const closing = (await countsOf(db, [batch.jurisdiction], [id], day)).get(id)?.closing ?? {
    problems: 0,
    closed: 0,
    late: 0,
  };
  const title = `${batch.title}整改情况`;
  const says = `共${closing.problems}条，已销号${closing.closed}条，销号率${closing.problems === 0 ? 0 : Math.round((closing.closed / closing.problems) * 1000) / 10}%${closing.late > 0 ? `，逾期未销号${closing.late}条` : ''}（截至${dayInWords(day)}）`;
  const name = `${title}-${day}.${as}`.replace(/[\\/:*?"<>|\n]/g, ' ');
  if (as === 'docx')
    return {
      name,
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      body: await asWord(title, says, tables),
    };
  return { name, type: workbookType, body: await asBook(title, says, tables) };
}

async function asBook(title: string, says: string, tables: readonly ReportTable[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const line = { style: 'thin' as const };
  const border = { top: line, left: line, bottom: line, right: line };
  const used = new Set<string>();
  for (const [index, table] of tables.entries()) {
    let name = (table.caption ?? (tables.length > 1 ? `清单${index + 1}` : '整改情况'))
      .replace(/[\\/?*[\]:]/g, ' ')
      .slice(0, 28);
    while (used.has(name)) name = `${name}-${index + 1}`.slice(-31);
    used.add(name);
    const sheet = book.addWorksheet(name, {
      pageSetup: { paperSize: 9, orientation: 'landscape', fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    });
    for (const [row, text] of [title, says].entries()) {
      sheet.getCell(row + 1, 1).value = text;
      if (table.columns > 1) sheet.mergeCells(row + 1, 1, row + 1, table.columns);
      sheet.getCell(row + 1, 1).alignment = {
        horizontal: row === 0 ? 'center' : 'right',
        vertical: 'middle',
        wrapText: true,
      };
    }
    sheet.getCell(1, 1).font = { size: 16, bold: true };
    const heads = table.cells.filter((cell) => cell.header).map((cell) => cell.row + cell.rowSpan);
    if (heads.length > 0) sheet.pageSetup.printTitlesRow = `1:${Math.max(...heads) + 2}`;
    for (const cell of table.cells) {
      const at = sheet.getCell(cell.row + 3, cell.column + 1);
      // Text stays text: a cell that begins with = + - @ must never become a formula.
      at.value = cell.text;
      if (cell.rowSpan > 1 || cell.columnSpan > 1)
        sheet.mergeCells(cell.row + 3, cell.column + 1, cell.row + cell.rowSpan + 2, cell.column + cell.columnSpan);
      at.border = border;
      at.alignment = { wrapText: true, vertical: 'middle', horizontal: cell.header ? 'center' : 'left' };
      if (cell.header) at.font = { bold: true };
    }
    for (let column = 0; column < table.columns; column++) {
      const longest = Math.max(
        6,
        ...table.cells
          .filter((cell) => cell.column === column && cell.columnSpan === 1)
          .map((cell) => cell.text.length),
      );
      sheet.getColumn(column + 1).width = Math.min(44, longest * 2 + 2);
    }
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** Cells by their first row, from left to right. */
function rowsOf(table: ReportTable): Map<number, ReportCell[]> {
  const rows = new Map<number, ReportCell[]>();
  for (const cell of [...table.cells].sort((a, b) => a.column - b.column)) {
    const row = rows.get(cell.row);
    if (row) row.push(cell);
    else rows.set(cell.row, [cell]);
  }
  return rows;
}

async function asWord(title: string, says: string, tables: readonly ReportTable[]): Promise<Buffer> {
  const words = (text: string, bold: boolean, size = 21): Paragraph[] =>
    text
      .split('\n')
      .map((part) => new Paragraph({ children: [new TextRun({ text: part, bold, size, font: '仿宋' })] }));
  const document = new Document({
    sections: [
      {
        properties: { page: { size: { orientation: PageOrientation.LANDSCAPE } } },
        children: [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            children: [new TextRun({ text: title, bold: true, size: 36, font: '方正小标宋简体' })],
          }),
          new Paragraph({
            alignment: AlignmentType.RIGHT,
            children: [new TextRun({ text: says, size: 21, font: '仿宋' })],
          }),
          ...tables
            .map((table) => ({ table, byRow: rowsOf(table) }))
            .flatMap(({ table, byRow }) => [
              ...(table.caption ? words(table.caption, true) : []),
              new Table({
                width: { size: 100, type: WidthType.PERCENTAGE },
                rows: Array.from({ length: table.rows }, (_, row) => {
                  const cells = byRow.get(row) ?? [];
                  return new TableRow({
                    tableHeader: cells.length > 0 && cells.every((cell) => cell.header),
                    children: cells.map(
                      (cell) =>
                        new TableCell({
                          rowSpan: cell.rowSpan,
                          columnSpan: cell.columnSpan,
                          verticalAlign: VerticalAlign.CENTER,
                          children: words(cell.text, cell.header),
                        }),
                    ),
                  });
                }),
              }),
              new Paragraph({}),
            ]),
        ],
      },
    ],
  });
  return Buffer.from(await Packer.toBuffer(document));
}

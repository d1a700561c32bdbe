import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Reading } from '../../../../platform/act.ts';
import type { Download } from '../../../../platform/http/serve.ts';
import type { measuresApi } from '../../api-measures.ts';
import { problemLifecycle } from '../../lifecycle.ts';
import {
  type Measure,
  type MeasureAction,
  type MeasureNeed,
  measureKindWords,
  measureLifecycle,
} from '../../measure.ts';
import { noUnit, unitNames } from '../lines.ts';
import { measureVerdict } from './act.ts';
import { listMeasureRows, type MeasureFilter, measureInScope } from './store.ts';

type Line = Static<typeof measuresApi.listMeasures.response>['rows'][number];

async function linesOf(reading: Reading, rows: readonly Measure[]): Promise<Line[]> {
  const names = await unitNames(
    reading.db,
    rows.map((row) => ({ jurisdiction: row.jurisdiction, unitIds: [row.leadUnitId, ...row.coUnitIds] })),
  );
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    kind: row.kind,
    title: row.title,
    proposal: row.proposal,
    sector: row.sector,
    leadUnitId: row.leadUnitId,
    leadUnitName: names.get(row.leadUnitId) ?? noUnit,
    coUnitNames: row.coUnitIds.map((id) => names.get(id) ?? noUnit),
    personName: row.personName,
    dueOn: row.dueOn,
    late: row.dueOn !== null && row.dueOn < reading.day && !measureLifecycle.final.includes(row.state),
    problems: row.problemIds.length,
    state: row.state,
    documentTitle: row.documentTitle,
    documentNumber: row.documentNumber,
    issuedOn: row.issuedOn,
    sortedOn: row.sortedOn,
    version: row.version,
  }));
}

export async function listMeasures(
  reading: Reading,
  query: MeasureFilter & { readonly page?: number; readonly pageSize?: number },
) {
  const { page = 1, pageSize = 50, ...filter } = query;
  const { rows, states, total } = await listMeasureRows(reading.db, reading.scope, filter, page, pageSize);
  return { rows: await linesOf(reading, rows), states, total, totalIsCapped: false, page, pageSize };
}

/** 制度措施清单 as a workbook, all that the filters find. */
export async function exportMeasures(reading: Reading, filter: MeasureFilter): Promise<Download> {
  const { rows } = await listMeasureRows(reading.db, reading.scope, filter, 1, 10_000);
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('制度措施清单', { views: [{ state: 'frozen', ySplit: 1 }] });
  sheet.columns = [
    { header: '序号', width: 6 },
    { header: '编号', width: 16 },
    { header: '类别', width: 8 },
    { header: '事项', width: 44 },
    { header: '牵头单位', width: 20 },
    { header: '责任人', width: 12 },
    { header: '措施建议', width: 50 },
    { header: '时限', width: 12 },
    { header: '状态', width: 12 },
    { header: '出台文件', width: 36 },
    { header: '关联问题', width: 10 },
  ];
  for (const [index, line] of (await linesOf(reading, rows)).entries())
    sheet.addRow([
      index + 1,
      line.number,
      measureKindWords[line.kind],
      line.title,
      line.leadUnitName,
      line.personName,
      line.proposal,
      line.dueOn,
      measureLifecycle.states[line.state],
      [line.documentTitle, line.documentNumber, line.issuedOn].filter((text) => text !== null).join(' '),
      line.problems,
    ]);
  sheet.getRow(1).font = { bold: true };
  sheet.eachRow((row) => {
    row.alignment = { vertical: 'top', wrapText: true };
  });
  return {
    name: `制度措施清单${reading.day}.xlsx`,
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: Buffer.from(await book.xlsx.writeBuffer()),
  };
}

const actions = Object.keys(measureLifecycle.actions) as MeasureAction[];

export async function viewMeasure(reading: Reading, id: string) {
  const { db, scope, actor } = reading;
  const measure = await measureInScope(db, scope, id);
  const [lines, facts, problems] = await Promise.all([
    linesOf(reading, [measure]),
    sql<{ at: Date; says: string; actorName: string; unitName: string | null }>`
      select at, says, actor_name as "actorName", unit_name as "unitName" from fact
      where jurisdiction = ${measure.jurisdiction} and item_kind = 'measure' and item_id = ${id} order by seq desc`.execute(
      db,
    ),
    sql<{ id: string; number: string; title: string; unitId: string; state: keyof typeof problemLifecycle.states }>`
      select id, number, title, lead_unit_id as "unitId", state from problem
      where jurisdiction = ${measure.jurisdiction} and id = any(${[...measure.problemIds]}::uuid[])
        and (${scope.units === 'all' ? null : [...scope.units]}::uuid[] is null
          or units && ${scope.units === 'all' ? [] : [...scope.units]}::uuid[])
      order by serial`.execute(db),
  ]);
  const [line] = lines;
  if (!line) throw new Error('a measure without its line');
  const names = await unitNames(db, [
    { jurisdiction: measure.jurisdiction, unitIds: problems.rows.map((row) => row.unitId) },
  ]);
  const unmet: MeasureNeed[] = [
    ...(measure.proposal === null ? (['proposal'] as const) : []),
    ...(measure.proposedBy === actor.accountId ? (['deciderApart'] as const) : []),
  ];
  return {
    measure: line,
    text: measure.text,
    coUnitIds: [...measure.coUnitIds],
    sortedByName: measure.sortedByName,
    problems: problems.rows.map(({ unitId, ...row }) => ({
      ...row,
      leadUnitName: names.get(unitId) ?? noUnit,
      state: problemLifecycle.states[row.state],
    })),
    facts: facts.rows.map((fact) => ({ ...fact, at: fact.at.toISOString() })),
    offers:
      measure.jurisdiction === actor.jurisdiction
        ? actions.map((action) => {
            const found = measureVerdict(actor, measure, action, unmet);
            return {
              action,
              label: measureLifecycle.actions[action],
              may: found.may,
              says: found.may ? '' : found.refusal.says,
            };
          })
        : [],
  };
}

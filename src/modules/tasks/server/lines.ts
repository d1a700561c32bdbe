import type { Static } from 'typebox';
import type { Day } from '../../../kernel/day.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { unitsByIds } from '../../units/server/door.ts';
import type { tasksApi } from '../api.ts';
import { lampOf, lampReason } from '../lamp.ts';
import type { LineRow } from './line-row.ts';

export type Line = Static<typeof tasksApi.listTasks.response>['rows'][number];

/** Names of units in several governments' rows; an unknown id shows as such and breaks nothing. */
export async function unitNames(
  db: Queryable,
  wanted: readonly { readonly jurisdiction: string; readonly unitIds: readonly string[] }[],
): Promise<ReadonlyMap<string, string>> {
  const byPlace = new Map<string, Set<string>>();
  for (const { jurisdiction, unitIds } of wanted) {
    const set = byPlace.get(jurisdiction) ?? new Set<string>();
    for (const id of unitIds) set.add(id);
    byPlace.set(jurisdiction, set);
  }
  const names = new Map<string, string>();
  for (const [jurisdiction, ids] of byPlace)
    for (const unit of await unitsByIds(db, jurisdiction, [...ids])) names.set(unit.id, unit.shortName ?? unit.name);
  return names;
}

export const deadlineWords = (row: Pick<LineRow, 'deadlines'>): string =>
  row.deadlines.map((one) => one.text).join('；');

/** Rows as the API gives them: with lamp, reason and names. `day` is the day as of which the rows were read. */
export async function linesOf(db: Queryable, rows: readonly LineRow[], day: Day): Promise<Line[]> {
  const names = await unitNames(
    db,
    rows.map((row) => ({ jurisdiction: row.jurisdiction, unitIds: [row.leadUnitId] })),
  );
  return rows.map((row) => ({
    id: row.id,
    jurisdiction: row.jurisdiction,
    number: row.number,
    title: row.title,
    state: row.state,
    lamp: lampOf(row, day),
    lampReason: lampReason(row, day),
    leadUnitId: row.leadUnitId,
    leadUnitName: names.get(row.leadUnitId) ?? '（单位已不存在）',
    coUnitCount: Math.max(0, row.unitIds.length - 1),
    personName: row.personName,
    sector: row.sector,
    planId: row.planId,
    planTitle: row.origin.planTitle ?? null,
    address: row.origin.address ?? null,
    stageId: row.stageId,
    deadlineText: deadlineWords(row),
    firstDueOn: row.firstDueOn,
    dueOn: row.dueOn,
    extensions: row.extensions,
    percent: row.percent,
    closedOn: row.closedOn,
    version: row.version,
  }));
}

import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Day } from '../../../kernel/day.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { unitsByIds } from '../../units/server/door.ts';
import type { Row } from '../api-shapes.ts';
import { lampOf, lampReason } from '../lamp.ts';
import type { ProblemState } from '../lifecycle.ts';
import type { Grade, ProblemKind, SourceType } from '../problem.ts';

/** A problem as lists show it. */
export type Line = Static<typeof Row>;

/** A row of the table as lists read it: names are those of the contract. */
export interface LineRow {
  id: string;
  jurisdiction: string;
  number: string;
  kind: ProblemKind;
  title: string;
  state: ProblemState;
  grade: Grade;
  sourceType: SourceType;
  originalNumber: string | null;
  foundOn: Day;
  enteredOn: Day;
  enterpriseId: string | null;
  subject: string | null;
  address: string | null;
  areaCode: string | null;
  sector: string | null;
  tags: string[];
  leadUnitId: string;
  supervisingUnitId: string | null;
  personName: string | null;
  firstDueOn: Day;
  dueOn: Day;
  amberOn: Day;
  extensions: number;
  closedOn: Day | null;
  sentBack: number;
  cycle: number;
  onSpot: boolean;
  listed: boolean;
  photoId: string | null;
  version: number;
}

/** The columns of `LineRow` from `problem` (alias t). */
export const lineColumns = sql`t.id, t.jurisdiction, t.number, t.kind, t.title, t.state, t.grade, t.source_type as "sourceType",
  t.original_number as "originalNumber", t.found_on as "foundOn", t.entered_on as "enteredOn", t.enterprise_id as "enterpriseId",
  t.subject, t.address, t.area_code as "areaCode", t.sector, t.tags, t.lead_unit_id as "leadUnitId",
  t.supervising_unit_id as "supervisingUnitId", t.person_name as "personName", t.first_due_on as "firstDueOn", t.due_on as "dueOn",
  t.amber_on as "amberOn", t.extensions, t.closed_on as "closedOn", t.sent_back as "sentBack", t.cycle, t.on_spot as "onSpot",
  (t.listed_on is not null and t.delisted_on is null) as listed, t.photo_id as "photoId", t.version`;

/** Names of units in several governments' rows; an unknown id shows as such and breaks nothing. */
export async function unitNames(
  db: Queryable,
  wanted: readonly { readonly jurisdiction: string; readonly unitIds: readonly (string | null)[] }[],
): Promise<ReadonlyMap<string, string>> {
  const byPlace = new Map<string, Set<string>>();
  for (const { jurisdiction, unitIds } of wanted) {
    const set = byPlace.get(jurisdiction) ?? new Set<string>();
    for (const id of unitIds) if (id !== null) set.add(id);
    byPlace.set(jurisdiction, set);
  }
  const names = new Map<string, string>();
  for (const [jurisdiction, ids] of byPlace)
    if (ids.size > 0)
      for (const unit of await unitsByIds(db, jurisdiction, [...ids])) names.set(unit.id, unit.shortName ?? unit.name);
  return names;
}

export const noUnit = '（单位已不存在）';

/** Rows as the API gives them: with lamp, reason and names. `day` is the day as of which the rows were read. */
export async function linesOf(db: Queryable, rows: readonly LineRow[], day: Day): Promise<Line[]> {
  const names = await unitNames(
    db,
    rows.map((row) => ({ jurisdiction: row.jurisdiction, unitIds: [row.leadUnitId, row.supervisingUnitId] })),
  );
  return rows.map(({ amberOn, ...row }) => ({
    ...row,
    lamp: lampOf({ ...row, amberOn }, day),
    lampReason: lampReason({ ...row, amberOn }, day),
    leadUnitName: names.get(row.leadUnitId) ?? noUnit,
    supervisingUnitName: row.supervisingUnitId === null ? null : (names.get(row.supervisingUnitId) ?? noUnit),
  }));
}

/** Rows by id in the order of their numbers; the caller has made sure that they may be seen. */
export async function rowsByIds(db: Queryable, jurisdiction: string, ids: readonly string[]): Promise<LineRow[]> {
  if (ids.length === 0) return [];
  const found = await sql<LineRow>`
    select ${lineColumns} from problem t where t.jurisdiction = ${jurisdiction} and t.id = any(${[...ids]}::uuid[])
    order by t.serial limit 10000`.execute(db);
  return found.rows;
}

import type { Static } from 'typebox';
import type { Queryable } from '../../../platform/db/connect.ts';
import { unitsByIds } from '../../units/server/door.ts';
import type { FilingLine } from '../api.ts';
import { standingAt } from '../filing.ts';
import { periodInWords } from '../rhythm.ts';
import type { FilingRow } from './store.ts';

export type LineOf = Static<typeof FilingLine>;

/** Names of units of some filings, by unit id. */
export async function namesOf(db: Queryable, rows: readonly FilingRow[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const jurisdiction of new Set(rows.map((row) => row.jurisdiction))) {
    const ids = [...new Set(rows.filter((row) => row.jurisdiction === jurisdiction).map((row) => row.unitId))];
    for (const unit of await unitsByIds(db, jurisdiction, ids)) names.set(unit.id, unit.shortName ?? unit.name);
  }
  return names;
}

/** Filings as lists show them, as they stood at a moment. */
export async function linesOf(db: Queryable, rows: readonly FilingRow[], at: Date): Promise<LineOf[]> {
  const names = await namesOf(db, rows);
  return rows.map((row) => ({
    id: row.id,
    jurisdiction: row.jurisdiction,
    number: row.number,
    rhythmId: row.rhythmId,
    rhythmName: row.rhythmName,
    receiver: row.receiver,
    unitId: row.unitId,
    unitName: names.get(row.unitId) ?? '（单位已不存在）',
    periodWords: periodInWords(row.period, row.periodFrom, row.periodTo),
    periodFrom: row.periodFrom,
    periodTo: row.periodTo,
    opensOn: row.opensOn,
    dueOn: row.dueOn,
    dueAt: row.dueAt.toISOString(),
    state: row.state,
    standing: standingAt(row.dueAt, row.turns, at),
    filedAt: row.turns.filter((turn) => turn.kind === 'filed' && turn.at <= at)[0]?.at.toISOString() ?? null,
    versions: row.versions,
    version: row.version,
  }));
}

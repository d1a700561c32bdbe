import { addDays, type Day } from '../../../kernel/day.ts';
import { holds } from '../../../kernel/permission.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { ItemKind, Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { type Discipline, disciplineOf, type Standing, standingAt } from '../filing.ts';
import { filingsPermissions } from '../permissions.ts';
import { momentOf } from '../rhythm.ts';
import { linesOf, namesOf } from './lines.ts';
import { recountFilings } from './recount.ts';
import { filingById, filingRecord, filingsOf, rhythmRecord } from './store.ts';

export {
  beginRhythm,
  openFilings,
  openFilingsDuty,
  remindAgainDuty,
  remindAheadDuty,
  remindFilingsDuty,
} from './open.ts';
export { endRhythm, makeRhythm } from './rhythms.ts';
export { rhythmsOf } from './store.ts';
export { storiesOf, type ToldStory } from './stories.ts';

/** One filing that did not come in time, for grounds and annexes. */
export interface MissedFiling {
  readonly id: string;
  readonly number: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly rhythmName: string;
  readonly periodWords: string;
  readonly dueOn: Day;
  readonly standing: Standing;
}
export interface UnitDiscipline extends Discipline {
  readonly unitId: string;
  readonly name: string;
  readonly missingIds: readonly string[];
  readonly lateIds: readonly string[];
}

/**
 * 报送纪律: by unit, what was due on days `from`–`to` and how it came, as of the end of `to` or of the moment `at`. Units
 * with nothing due are absent; those with most missing stand first.
 */
export async function missedFilings(
  db: Queryable,
  scope: Scope,
  from: Day,
  to: Day,
  at: Date = new Date(momentOf(addDays(to, 1), '00:00').getTime() - 1),
): Promise<readonly UnitDiscipline[]> {
  const rows = await filingsOf(db, scope, { from, to });
  const names = await namesOf(db, rows);
  const units = new Map<string, { standing: Standing; id: string }[]>();
  for (const row of rows) {
    const list = units.get(row.unitId) ?? [];
    list.push({ standing: standingAt(row.dueAt, row.turns, at), id: row.id });
    units.set(row.unitId, list);
  }
  return [...units]
    .map(([unitId, list]) => ({
      unitId,
      name: names.get(unitId) ?? '（单位已不存在）',
      ...disciplineOf(list.map((one) => one.standing)),
      missingIds: list.filter((one) => one.standing === 'missing').map((one) => one.id),
      lateIds: list.filter((one) => one.standing === 'late').map((one) => one.id),
    }))
    .sort((a, b) => b.missing - a.missing || b.late - a.late || (a.unitId < b.unitId ? -1 : 1));
}

/** The filings with these ids in the scope, as they stood at a moment. */
export async function filingsByIds(
  db: Queryable,
  scope: Scope,
  ids: readonly string[],
  at: Date,
): Promise<MissedFiling[]> {
  if (ids.length === 0) return [];
  const lines = await linesOf(db, await filingsOf(db, scope, { ids }), at);
  return lines.map((line) => ({
    id: line.id,
    number: line.number,
    unitId: line.unitId,
    unitName: line.unitName,
    rhythmName: line.rhythmName,
    periodWords: line.periodWords,
    dueOn: line.dueOn as Day,
    standing: line.standing,
  }));
}

async function sight(reading: Reading, id: string): Promise<boolean> {
  if (!holds(filingsPermissions, reading.actor, 'periodicReport.read')) return false;
  try {
    await filingById(reading.db, reading.scope, id);
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

/** The kinds of items that this room keeps, for the platform. */
export const filingItems: Readonly<Record<string, ItemKind>> = {
  periodicReport: {
    record: filingRecord,
    table: 'periodic_report',
    called: { word: '报送', column: 'number' },
    series: '送',
    recount: recountFilings,
    sight,
  },
  rhythm: { record: rhythmRecord, table: 'rhythm', called: { word: '报送制度', column: 'name' } },
};

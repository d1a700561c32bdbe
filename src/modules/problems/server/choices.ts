import { sql } from 'kysely';
import type { Reading } from '../../../platform/act.ts';
import { adoptedPlans } from '../../plans/server/door.ts';
import { areaNames } from './figures/names.ts';
import { noUnit, unitNames } from './lines.ts';
import { allowancesOf } from './store.ts';

interface Choice {
  jurisdiction: string;
  kind: 'sector' | 'tag' | 'area' | 'unit' | 'plan' | 'batch';
  value: string;
}

/** Values that occur in the problems in sight; each was noted when it first occurred (`note-choices.ts`). */
async function choicesIn({ db, scope }: Reading): Promise<readonly Choice[]> {
  const units = scope.units === 'all' ? sql`` : sql`and unit_id = any(${scope.units as readonly string[]}::uuid[])`;
  const found = await sql<Choice>`
    select distinct jurisdiction, kind, value from problem_choice
    where jurisdiction = any(${scope.jurisdictions as readonly string[]}) ${units} order by kind, value limit 5000`.execute(
    db,
  );
  return found.rows;
}

/** Batches of a superior's list that occur, by their titles. */
async function batchTitles(reading: Reading, ids: readonly string[]): Promise<{ id: string; title: string }[]> {
  if (ids.length === 0) return [];
  const found = await sql<{ id: string; title: string }>`
    select id, title from problem_batch where jurisdiction = any(${reading.scope.jurisdictions as readonly string[]})
      and id = any(${[...ids]}::uuid[])`.execute(reading.db);
  return found.rows;
}

/** What the ledger can be filtered by, and what a registration proposes. */
export async function choices(reading: Reading) {
  const found = await choicesIn(reading);
  const of = (kind: Choice['kind']): string[] => [
    ...new Set(found.filter((row) => row.kind === kind).map((row) => row.value)),
  ];
  const units = found.filter((row) => row.kind === 'unit');
  const [names, plans, batches, allowed, areas] = await Promise.all([
    unitNames(
      reading.db,
      units.map((row) => ({ jurisdiction: row.jurisdiction, unitIds: [row.value] })),
    ),
    adoptedPlans(reading.db, reading.scope),
    batchTitles(reading, of('batch')),
    allowancesOf(reading.db, reading.actor.jurisdiction),
    areaNames(reading.db, reading.scope, of('area')),
  ]);
  return {
    sectors: of('sector'),
    tags: of('tag'),
    areas: of('area').map((code) => ({ code, name: areas.get(code) ?? code })),
    plans: plans.map(({ id, title }) => ({ id, title })),
    batches,
    units: units
      .map((row) => ({ id: row.value, name: names.get(row.value) ?? noUnit }))
      .sort((a, b) => a.name.localeCompare(b.name, 'zh')),
    usualDays: { ...allowed.usualDays },
  };
}

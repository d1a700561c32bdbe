import { sql } from 'kysely';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { unitsByIds, unitsOfArea } from '../../../units/server/door.ts';

/** Names of towns by division code, after the unit that stands for them; unknown codes are absent. */
export async function areaNames(
  db: Queryable,
  scope: Scope,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(
    scope.jurisdictions.flatMap((jurisdiction) =>
      codes
        .filter((code) => code !== '')
        .map(async (code) => {
          const units = await unitsByIds(db, jurisdiction, await unitsOfArea(db, jurisdiction, code));
          const towns = units.filter((unit) => unit.kind === 'town' || unit.kind === 'zone');
          const unit = towns.find((one) => one.areaCode === code) ?? towns[0];
          return unit ? [[code, unit.shortName ?? unit.name] as const] : [];
        }),
    ),
  );
  return new Map(found.flat());
}

/** Titles of plans and batches by id. */
export async function titlesOf(
  db: Queryable,
  scope: Scope,
  by: 'batch' | 'plan',
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const codes = [...scope.jurisdictions];
  const found =
    by === 'plan'
      ? await sql<{ id: string; title: string }>`select id, title from plan
          where jurisdiction = any(${codes}::text[]) and id = any(${[...ids]}::uuid[])`.execute(db)
      : await sql<{ id: string; title: string }>`select id, title from problem_batch
          where jurisdiction = any(${codes}::text[]) and id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.title]));
}

import { sql } from 'kysely';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { townsOf } from '../../../units/server/door.ts';

/** Names of towns by division code, after the unit that stands for them; unknown codes are absent. */
export async function areaNames(
  db: Queryable,
  scope: Scope,
  codes: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  if (codes.every((code) => code === '')) return names;
  const towns = (await Promise.all(scope.jurisdictions.map((jurisdiction) => townsOf(db, jurisdiction)))).flat();
  for (const code of codes) {
    if (code === '') continue;
    const unit = towns.find((town) => town.areaCode === code) ?? towns.find((town) => town.areaCode.startsWith(code));
    if (unit) names.set(code, unit.shortName ?? unit.name);
  }
  return names;
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

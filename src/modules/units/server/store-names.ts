import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { UnitClass } from '../group.ts';
import type { Named } from '../mention.ts';

export interface AliasRow {
  key: string;
  alias: string;
  unitId: string | null;
  groupId: string | null;
}

/**
 * Everything that a mention can mean on `day`: units that exist then, groups, and their other names. Enterprises
 * are many and rarely mentioned: only those whose name or alias is exactly among `keys` are read.
 */
export async function namesOn(
  db: Queryable,
  jurisdiction: string,
  day: string,
  keys: readonly string[],
): Promise<Named[]> {
  const aliases = await sql<AliasRow>`
    select key, alias, unit_id as "unitId", group_id as "groupId" from alias where jurisdiction = ${jurisdiction}`.execute(
    db,
  );
  const aliased = aliases.rows
    .filter((row) => keys.includes(row.key))
    .flatMap((row) => (row.unitId ? [row.unitId] : []));
  const units = await sql<{ id: string; name: string; shortName: string | null }>`
    select id, name, short_name as "shortName" from unit
    where jurisdiction = ${jurisdiction} and (valid_from is null or valid_from <= ${day}::date)
      and (valid_to is null or valid_to >= ${day}::date)
      and (kind <> 'enterprise' or name_key = any(${[...keys]}::text[]) or id = any(${aliased}::uuid[]))
    order by sort, pinyin, id`.execute(db);
  const groups = await sql<{ id: string; name: string; class: UnitClass | null }>`
    select id, name, class from unit_group
    where jurisdiction = ${jurisdiction} and (valid_to is null or valid_to >= ${day}::date) order by pinyin, id`.execute(
    db,
  );
  const unitAliases = new Map<string, string[]>();
  const groupAliases = new Map<string, string[]>();
  for (const row of aliases.rows) {
    const [map, id] = row.unitId ? [unitAliases, row.unitId] : [groupAliases, row.groupId ?? ''];
    map.set(id, [...(map.get(id) ?? []), row.alias]);
  }
  return [
    ...units.rows.map(
      (row): Named => ({
        ref: 'unit',
        id: row.id,
        name: row.name,
        shortName: row.shortName,
        aliases: unitAliases.get(row.id) ?? [],
        class: null,
      }),
    ),
    ...groups.rows.map(
      (row): Named => ({
        ref: 'group',
        id: row.id,
        name: row.name,
        shortName: null,
        aliases: groupAliases.get(row.id) ?? [],
        class: row.class,
      }),
    ),
  ];
}

export async function aliasByKey(db: Queryable, jurisdiction: string, key: string): Promise<AliasRow | null> {
  const found = await sql<AliasRow>`
    select key, alias, unit_id as "unitId", group_id as "groupId" from alias
    where jurisdiction = ${jurisdiction} and key = ${key}`.execute(db);
  return found.rows[0] ?? null;
}

/** Other names of a unit or group, in alphabetical order. */
export async function aliasesOf(
  db: Queryable,
  jurisdiction: string,
  of: { unitId: string } | { groupId: string },
): Promise<string[]> {
  const found =
    'unitId' in of
      ? await sql<{ alias: string }>`
          select alias from alias where jurisdiction = ${jurisdiction} and unit_id = ${of.unitId} order by alias`.execute(
          db,
        )
      : await sql<{ alias: string }>`
          select alias from alias where jurisdiction = ${jurisdiction} and group_id = ${of.groupId} order by alias`.execute(
          db,
        );
  return found.rows.map((row) => row.alias);
}

export async function saveAlias(db: Queryable, jurisdiction: string, row: AliasRow, day: string): Promise<void> {
  await sql`
    insert into alias (jurisdiction, key, alias, unit_id, group_id, valid_from)
    values (${jurisdiction}, ${row.key}, ${row.alias}, ${row.unitId}, ${row.groupId}, ${day})
    on conflict (jurisdiction, key) do update set alias = excluded.alias, unit_id = excluded.unit_id,
      group_id = excluded.group_id, valid_from = excluded.valid_from`.execute(db);
}

/** Takes the alias out of use; that it was used is kept in the facts of its unit or group. */
export async function removeAlias(db: Queryable, jurisdiction: string, key: string): Promise<void> {
  await sql`delete from alias where jurisdiction = ${jurisdiction} and key = ${key}`.execute(db);
}

/** All other names of one unit come to mean another one (units merged). */
export async function moveAliases(db: Queryable, jurisdiction: string, from: string, to: string): Promise<void> {
  await sql`update alias set unit_id = ${to} where jurisdiction = ${jurisdiction} and unit_id = ${from}`.execute(db);
}

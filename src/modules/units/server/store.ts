import { type RawBuilder, sql } from 'kysely';
import type { UnitId } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { UnitCard, UnitKind } from '../unit.ts';

/** A row of the table `unit` with the names that the contract uses. */
export interface UnitRow {
  id: string;
  jurisdiction: string;
  name: string;
  shortName: string | null;
  kind: UnitKind;
  areaCode: string;
  parentId: string | null;
  parentName: string | null;
  sort: number;
  phone: string | null;
  address: string | null;
  validFrom: string | null;
  validTo: string | null;
  mergedInto: string | null;
  version: number;
}

const columns = sql`u.id, u.jurisdiction, u.name, u.short_name as "shortName", u.kind, u.area_code as "areaCode",
  u.parent_id as "parentId", p.name as "parentName", u.sort, u.phone, u.address, u.valid_from as "validFrom",
  u.valid_to as "validTo", u.merged_into as "mergedInto", u.version`;

/** Escapes what `like` would read as a wild card. */
export const likeText = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** Rows of `alias` that the scope lets through; `units` limits by the id column that is given. */
export const within = (scope: Scope, table: string, unitColumn: string): RawBuilder<unknown> =>
  scope.units === 'all'
    ? sql`${sql.ref(`${table}.jurisdiction`)} = any(${[...scope.jurisdictions]}::text[])`
    : sql`${sql.ref(`${table}.jurisdiction`)} = any(${[...scope.jurisdictions]}::text[])
        and ${sql.ref(`${table}.${unitColumn}`)} = any(${[...scope.units]}::uuid[])`;

export interface UnitFilter {
  readonly q?: string;
  readonly kind?: readonly string[];
  readonly areaCode?: string;
  readonly parentId?: string;
  readonly ended?: boolean;
  readonly day: string;
}

/** Most rows that a list counts: beyond it the page says 超过1万条. */
export const COUNT_CAP = 10_000;

/** Units of a page with the count (at most COUNT_CAP + 1). */
export async function listUnits(
  db: Queryable,
  scope: Scope,
  filter: UnitFilter,
  page: number,
  pageSize: number,
): Promise<{ rows: UnitRow[]; counted: number }> {
  const where: RawBuilder<unknown>[] = [within(scope, 'u', 'id')];
  const q = filter.q?.trim();
  if (q) {
    const like = `%${likeText(q)}%`;
    const typed = `%${likeText(q.toLowerCase())}%`;
    where.push(sql`(u.name like ${like} or u.short_name like ${like} or u.initials like ${typed} or u.pinyin like ${typed}
      or exists (select 1 from alias a where a.jurisdiction = u.jurisdiction and a.unit_id = u.id and a.alias like ${like}))`);
  }
  if (filter.kind?.length) where.push(sql`u.kind = any(${[...filter.kind]}::text[])`);
  if (filter.areaCode) where.push(sql`u.area_code like ${`${likeText(filter.areaCode)}%`}`);
  if (filter.parentId) where.push(sql`u.parent_id = ${filter.parentId}`);
  where.push(
    filter.ended
      ? sql`u.valid_to < ${filter.day}::date`
      : sql`(u.valid_to is null or u.valid_to >= ${filter.day}::date)`,
  );
  const condition = sql.join(where, sql` and `);
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from unit u where ${condition} limit ${COUNT_CAP + 1}) c`.execute(db);
  const rows = await sql<UnitRow>`
    select ${columns} from unit u left join unit p on p.jurisdiction = u.jurisdiction and p.id = u.parent_id
    where ${condition} order by u.jurisdiction, u.sort, u.pinyin, u.id
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
  return { rows: rows.rows, counted: counted.rows[0]?.n ?? 0 };
}

export async function unitById(db: Queryable, scope: Scope, id: string): Promise<UnitRow | null> {
  const found = await sql<UnitRow>`
    select ${columns} from unit u left join unit p on p.jurisdiction = u.jurisdiction and p.id = u.parent_id
    where ${within(scope, 'u', 'id')} and u.id = ${id}`.execute(db);
  return found.rows[0] ?? null;
}

/** Locks the unit for the rest of the transaction; null when the jurisdiction has no such unit. */
export async function lockUnit(db: Queryable, jurisdiction: string, id: string): Promise<UnitRow | null> {
  const locked = await sql`select 1 from unit where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(
    db,
  );
  if (locked.rows.length === 0) return null;
  return unitById(db, { jurisdictions: [jurisdiction as Scope['jurisdictions'][number]], units: 'all' }, id);
}

const card = sql`id, name, short_name as "shortName", kind, area_code as "areaCode", parent_id as "parentId"`;

/** Units that exist on `day`, enterprises left out: for trees and pickers. */
export async function unitTree(
  db: Queryable,
  jurisdiction: string,
  day: string,
): Promise<(UnitCard & { search: string })[]> {
  const found = await sql<UnitCard & { search: string }>`
    select ${card}, initials || ' ' || pinyin as search from unit
    where jurisdiction = ${jurisdiction} and kind <> 'enterprise' and (valid_to is null or valid_to >= ${day}::date)
    order by sort, pinyin, id`.execute(db);
  return found.rows;
}

export async function enterprisesByArea(
  db: Queryable,
  jurisdiction: string,
  day: string,
): Promise<{ areaCode: string; count: number }[]> {
  const found = await sql<{ areaCode: string; count: number }>`
    select area_code as "areaCode", count(*)::int as count from unit
    where jurisdiction = ${jurisdiction} and kind = 'enterprise' and (valid_to is null or valid_to >= ${day}::date)
    group by 1 order by 1`.execute(db);
  return found.rows;
}

export async function jurisdictionName(db: Queryable, jurisdiction: string): Promise<string> {
  const found = await sql<{ name: string }>`select name from jurisdiction where code = ${jurisdiction}`.execute(db);
  return found.rows[0]?.name ?? '';
}

/** Cards of the units with these ids, ended ones included, in no order; unknown ids are left out. */
export async function unitsByIds(db: Queryable, jurisdiction: string, ids: readonly string[]): Promise<UnitCard[]> {
  if (ids.length === 0) return [];
  const found = await sql<UnitCard>`
    select ${card} from unit where jurisdiction = ${jurisdiction} and id = any(${[...ids]}::uuid[])`.execute(db);
  return found.rows;
}

/** Ids of the units below the given one at any depth, itself not included, ended ones included. */
export async function subordinateUnits(db: Queryable, jurisdiction: string, unitId: string): Promise<UnitId[]> {
  const found = await sql<{ id: UnitId }>`
    with recursive below as (
      select id from unit where jurisdiction = ${jurisdiction} and parent_id = ${unitId}
      union
      select u.id from unit u join below b on u.parent_id = b.id where u.jurisdiction = ${jurisdiction})
    select id from below where id <> ${unitId}`.execute(db);
  return found.rows.map((row) => row.id);
}

/** The units that stand for a piece of land: towns, subdistricts and zones, by division code. */
export async function townsOf(db: Queryable, jurisdiction: string): Promise<UnitCard[]> {
  const found = await sql<UnitCard>`
    select ${card} from unit where jurisdiction = ${jurisdiction} and kind in ('town', 'zone')
    order by length(area_code), sort, id`.execute(db);
  return found.rows;
}

/** Ids of the units whose division code begins with `areaCode` (a town's nine digits give the town and all in it). */
export async function unitsOfArea(db: Queryable, jurisdiction: string, areaCode: string): Promise<UnitId[]> {
  const found = await sql<{ id: UnitId }>`
    select id from unit where jurisdiction = ${jurisdiction} and area_code like ${`${likeText(areaCode)}%`}
    order by sort, pinyin, id`.execute(db);
  return found.rows.map((row) => row.id);
}

export interface UnitValues {
  readonly id: string;
  readonly name: string;
  readonly nameKey: string;
  readonly shortName: string | null;
  readonly kind: string;
  readonly areaCode: string;
  readonly parentId: string | null;
  readonly sort: number;
  readonly phone: string | null;
  readonly address: string | null;
  readonly pinyin: string;
  readonly initials: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly mergedInto: string | null;
  readonly version: number;
}

/** Writes the unit as it is given: a new row, or all columns of the existing one. */
export async function saveUnit(db: Queryable, jurisdiction: string, unit: UnitValues): Promise<void> {
  await sql`
    insert into unit (jurisdiction, id, name, name_key, short_name, kind, area_code, parent_id, sort, phone, address,
      pinyin, initials, valid_from, valid_to, merged_into, version)
    values (${jurisdiction}, ${unit.id}, ${unit.name}, ${unit.nameKey}, ${unit.shortName}, ${unit.kind}, ${unit.areaCode},
      ${unit.parentId}, ${unit.sort}, ${unit.phone}, ${unit.address}, ${unit.pinyin}, ${unit.initials},
      ${unit.validFrom}, ${unit.validTo}, ${unit.mergedInto}, ${unit.version})
    on conflict (jurisdiction, id) do update set name = excluded.name, name_key = excluded.name_key,
      short_name = excluded.short_name, kind = excluded.kind, area_code = excluded.area_code,
      parent_id = excluded.parent_id, sort = excluded.sort, phone = excluded.phone, address = excluded.address,
      pinyin = excluded.pinyin, initials = excluded.initials, valid_from = excluded.valid_from,
      valid_to = excluded.valid_to, merged_into = excluded.merged_into, version = excluded.version`.execute(db);
}

/** The existing unit of that name key, or null. */
export async function currentUnitNamed(
  db: Queryable,
  jurisdiction: string,
  key: string,
): Promise<{ id: string; name: string } | null> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from unit where jurisdiction = ${jurisdiction} and name_key = ${key} and valid_to is null`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

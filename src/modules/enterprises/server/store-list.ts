import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { enterpriseKey } from '../enterprise.ts';
import { type EnterpriseRow, enterpriseColumns, within } from './store.ts';

export interface EnterpriseFilter {
  readonly q?: string;
  readonly ids?: readonly string[];
  readonly kind?: string;
  readonly sector?: readonly string[];
  readonly unit?: string;
  readonly regulator?: string;
  readonly town?: string;
  readonly grid?: string;
  readonly risk?: readonly string[];
  readonly state?: readonly string[];
  readonly lacks?: 'confirmed' | 'code' | 'position' | 'regulator';
  readonly sort?: 'number' | '-number' | 'name' | '-name';
}

/** Most rows that a list counts: beyond it the page says 超过1万条. */
export const COUNT_CAP = 10_000;

const likeText = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

const lacking = {
  confirmed: sql`e.confirmed_on is null`,
  code: sql`e.credit_code is null`,
  position: sql`e.latitude is null`,
  regulator: sql`e.regulator_unit_id is null`,
} as const;

/** Typed text finds the name, the number, the code, the address, a former name, and pinyin where it is only letters. */
function typed(q: string): RawBuilder<unknown> {
  const like = `%${likeText(q)}%`;
  const key = `%${likeText(enterpriseKey(q))}%`;
  const hits = [
    sql`e.name_key like ${key}`,
    sql`e.number = ${q}`,
    sql`e.address like ${like}`,
    sql`exists (select 1 from enterprise_name n where n.jurisdiction = e.jurisdiction and n.enterprise_id = e.id and n.name_key like ${key})`,
  ];
  if (/^[0-9A-Za-z-]+$/.test(q)) {
    hits.push(
      sql`e.initials like ${`%${likeText(q.toLowerCase())}%`}`,
      sql`e.credit_code like ${`${likeText(q.toUpperCase())}%`}`,
    );
    if (q.length >= 4)
      hits.push(sql`e.pinyin like ${`%${likeText(q.toLowerCase())}%`}`, sql`e.number like ${`%${likeText(q)}`}`);
  }
  return sql`(${sql.join(hits, sql` or `)})`;
}

function condition(scope: Scope, filter: EnterpriseFilter): RawBuilder<unknown> {
  const q = filter.q?.trim() ?? '';
  const states = (filter.state ?? []).filter((one) => one !== 'merged');
  const merged = filter.state?.includes('merged') ?? false;
  const where: RawBuilder<unknown>[] = [within(scope)];
  if (q !== '') where.push(typed(q));
  if (filter.ids) where.push(sql`e.id = any(${[...filter.ids]}::uuid[])`);
  if (filter.kind) where.push(sql`e.kind = ${filter.kind}`);
  if (filter.sector?.length) where.push(sql`e.sector = any(${[...filter.sector]}::text[])`);
  if (filter.unit) where.push(sql`(e.regulator_unit_id = ${filter.unit} or e.town_unit_id = ${filter.unit})`);
  if (filter.regulator) where.push(sql`e.regulator_unit_id = ${filter.regulator}`);
  if (filter.town) where.push(sql`e.town_unit_id = ${filter.town}`);
  if (filter.grid) where.push(sql`e.grid = ${filter.grid}`);
  if (filter.risk?.length) where.push(sql`e.risk = any(${[...filter.risk]}::text[])`);
  if (filter.lacks) where.push(lacking[filter.lacks]);
  // Those that were merged show only when they are asked for, or found by their very number.
  const open =
    states.length > 0 ? sql`e.merged_into is null and e.state = any(${states}::text[])` : sql`e.merged_into is null`;
  if (merged && states.length === 0) where.push(sql`e.merged_into is not null`);
  else if (merged) where.push(sql`(e.merged_into is not null or (${open}))`);
  else where.push(sql`(${open} or e.number = ${q})`);
  return sql.join(where, sql` and `);
}

const orders = {
  number: sql`e.serial, e.id`,
  '-number': sql`e.serial desc, e.id`,
  name: sql`e.pinyin, e.serial`,
  '-name': sql`e.pinyin desc, e.serial`,
} as const;

/** One page with the count (at most COUNT_CAP + 1). */
export async function listEnterprises(
  db: Queryable,
  scope: Scope,
  filter: EnterpriseFilter,
  page: number,
  pageSize: number,
): Promise<{ rows: EnterpriseRow[]; counted: number }> {
  const where = condition(scope, filter);
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from enterprise e where ${where} limit ${COUNT_CAP + 1}) c`.execute(db);
  const rows = await sql<EnterpriseRow>`
    select ${enterpriseColumns} from enterprise e where ${where} order by ${orders[filter.sort ?? '-number']}
    limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
  return { rows: rows.rows, counted: counted.rows[0]?.n ?? 0 };
}

/** Up to `limit` in the order of the filter, without counting. */
export async function pickEnterprises(
  db: Queryable,
  scope: Scope,
  filter: EnterpriseFilter,
  limit: number,
): Promise<EnterpriseRow[]> {
  const rows = await sql<EnterpriseRow>`
    select ${enterpriseColumns} from enterprise e where ${condition(scope, filter)}
    order by ${orders[filter.sort ?? '-number']} limit ${limit}`.execute(db);
  return rows.rows;
}

/** Values that occur in the scope, for the filters: sectors, grids, regulators and towns. */
export async function valuesIn(
  db: Queryable,
  scope: Scope,
): Promise<{ sectors: string[]; grids: string[]; regulators: string[]; towns: string[] }> {
  const found = await sql<{ what: string; value: string }>`
    select distinct what, value from enterprise e cross join lateral (values ('sector', e.sector), ('grid', e.grid),
      ('regulator', e.regulator_unit_id::text), ('town', e.town_unit_id::text)) as v (what, value)
    where ${within(scope)} and v.value is not null order by 1, 2 limit 3000`.execute(db);
  const of = (what: string) => found.rows.filter((row) => row.what === what).map((row) => row.value);
  return { sectors: of('sector'), grids: of('grid'), regulators: of('regulator'), towns: of('town') };
}

const METRES_PER_DEGREE = 111_320;

/** Working enterprises and places around a point, nearest first. Plane geometry: exact enough for a few kilometres. */
export async function enterprisesAround(
  db: Queryable,
  scope: Scope,
  at: { readonly longitude: number; readonly latitude: number; readonly metres: number; readonly limit: number },
): Promise<(EnterpriseRow & { metres: number })[]> {
  const up = at.metres / METRES_PER_DEGREE;
  const narrowing = Math.max(0.01, Math.cos((at.latitude * Math.PI) / 180));
  const across = up / narrowing;
  const found = await sql<EnterpriseRow & { metres: number }>`
    select * from (
      select ${enterpriseColumns}, round(${METRES_PER_DEGREE}::float8 * sqrt(power(e.latitude - ${at.latitude}::float8, 2)
        + power((e.longitude - ${at.longitude}::float8) * ${narrowing}::float8, 2)))::int as metres
      from enterprise e
      where ${within(scope)} and e.merged_into is null and e.state <> 'closed'
        and e.latitude between ${at.latitude - up}::float8 and ${at.latitude + up}::float8
        and e.longitude between ${at.longitude - across}::float8 and ${at.longitude + across}::float8) n
    where metres <= ${at.metres} order by metres, number limit ${at.limit}`.execute(db);
  return found.rows;
}

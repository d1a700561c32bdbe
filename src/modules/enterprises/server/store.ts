import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { EnterpriseCard, EnterpriseKind, EnterpriseSize, EnterpriseState, RiskColour } from '../enterprise.ts';

/** A row of the table `enterprise` with the names that the contract uses. */
export interface EnterpriseRow {
  id: string;
  jurisdiction: string;
  number: string;
  serial: number;
  kind: EnterpriseKind;
  name: string;
  creditCode: string | null;
  sector: string | null;
  industry: string | null;
  address: string | null;
  areaCode: string;
  longitude: number | null;
  latitude: number | null;
  grid: string | null;
  gridCode: string | null;
  regulatorUnitId: string | null;
  townUnitId: string | null;
  legalPerson: string | null;
  safetyHead: string | null;
  safetyPhone: string | null;
  size: EnterpriseSize | null;
  headcount: number | null;
  risk: RiskColour | null;
  state: EnterpriseState;
  stateOn: string;
  registeredOn: string;
  confirmedOn: string | null;
  confirmedBy: string | null;
  mergedInto: string | null;
  mergedOn: string | null;
  note: string | null;
  version: number;
}

const columns = sql`e.id, e.jurisdiction, e.number, e.serial, e.kind, e.name, e.credit_code as "creditCode", e.sector,
  e.industry, e.address, e.area_code as "areaCode", e.longitude, e.latitude, e.grid, e.grid_code as "gridCode",
  e.regulator_unit_id as "regulatorUnitId", e.town_unit_id as "townUnitId", e.legal_person as "legalPerson",
  e.safety_head as "safetyHead", e.safety_phone as "safetyPhone", e.size, e.headcount, e.risk, e.state,
  e.state_on as "stateOn", e.registered_on as "registeredOn", e.confirmed_on as "confirmedOn",
  e.confirmed_by as "confirmedBy", e.merged_into as "mergedInto", e.merged_on as "mergedOn", e.note, e.version`;

/** Rows that the scope lets through: for units those of which one is the regulator or the town. */
export const within = ({ jurisdictions, units }: Scope): RawBuilder<unknown> => {
  if (units !== 'all' && units.length === 0) return sql`false`;
  const inside = sql`e.jurisdiction = any(${[...jurisdictions]}::text[])`;
  if (units === 'all') return inside;
  const own = sql`${[...units]}::uuid[]`;
  return sql`(${inside} and (e.regulator_unit_id = any(${own}) or e.town_unit_id = any(${own})))`;
};

export async function enterpriseById(db: Queryable, scope: Scope, id: string): Promise<EnterpriseRow | null> {
  const found = await sql<EnterpriseRow>`
    select ${columns} from enterprise e where ${within(scope)} and e.id = ${id}`.execute(db);
  return found.rows[0] ?? null;
}

export async function enterpriseByNumber(db: Queryable, scope: Scope, number: string): Promise<EnterpriseRow | null> {
  const found = await sql<EnterpriseRow>`
    select ${columns} from enterprise e where ${within(scope)} and e.number = ${number} order by e.jurisdiction limit 1`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

/** Locks the row for the rest of the transaction; null when the scope has no such enterprise. */
export async function lockEnterprise(db: Queryable, scope: Scope, id: string): Promise<EnterpriseRow | null> {
  const found = await sql<EnterpriseRow>`
    select ${columns} from enterprise e where ${within(scope)} and e.id = ${id} for update`.execute(db);
  return found.rows[0] ?? null;
}

/** The same for many, in the order of ids. */
export async function lockMany(db: Queryable, scope: Scope, ids: readonly string[]): Promise<EnterpriseRow[]> {
  if (ids.length === 0) return [];
  const found = await sql<EnterpriseRow>`
    select ${columns} from enterprise e where ${within(scope)} and e.id = any(${[...ids]}::uuid[])
    order by e.id for update`.execute(db);
  return found.rows;
}

/** Cards of the enterprises with these ids in the jurisdiction, in no order; unknown ids are left out. */
export async function cardsByIds(
  db: Queryable,
  jurisdictions: readonly string[],
  ids: readonly string[],
): Promise<EnterpriseCard[]> {
  if (ids.length === 0) return [];
  const found = await sql<EnterpriseRow>`
    select ${columns} from enterprise e
    where e.jurisdiction = any(${[...jurisdictions]}::text[]) and e.id = any(${[...ids]}::uuid[])`.execute(db);
  return found.rows;
}

/** The columns that a new row or a changed one writes, named as in the table. */
export interface EnterpriseValues {
  readonly id: string;
  readonly number: string;
  readonly serial: number;
  readonly kind: string;
  readonly name: string;
  readonly name_key: string;
  readonly name_core: string;
  readonly credit_code: string | null;
  readonly sector: string | null;
  readonly industry: string | null;
  readonly address: string | null;
  readonly address_key: string;
  readonly area_code: string;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly grid: string | null;
  readonly grid_code: string | null;
  readonly regulator_unit_id: string | null;
  readonly town_unit_id: string | null;
  readonly legal_person: string | null;
  readonly safety_head: string | null;
  readonly safety_phone: string | null;
  readonly size: string | null;
  readonly headcount: number | null;
  readonly risk: string | null;
  readonly state: string;
  readonly state_on: string;
  readonly registered_on: string;
  readonly confirmed_on: string | null;
  readonly confirmed_by: string | null;
  readonly merged_into: string | null;
  readonly merged_on: string | null;
  readonly pinyin: string;
  readonly initials: string;
  readonly note: string | null;
  readonly version: number;
}

const written: readonly (keyof EnterpriseValues)[] = [
  'id',
  'number',
  'serial',
  'kind',
  'name',
  'name_key',
  'name_core',
  'credit_code',
  'sector',
  'industry',
  'address',
  'address_key',
  'area_code',
  'longitude',
  'latitude',
  'grid',
  'grid_code',
  'regulator_unit_id',
  'town_unit_id',
  'legal_person',
  'safety_head',
  'safety_phone',
  'size',
  'headcount',
  'risk',
  'state',
  'state_on',
  'registered_on',
  'confirmed_on',
  'confirmed_by',
  'merged_into',
  'merged_on',
  'pinyin',
  'initials',
  'note',
  'version',
];
const names = sql.join(written.map((name) => sql.ref(name)));

/** Writes many rows in one statement: new ones, or all columns of existing ones. */
export async function saveEnterprises(
  db: Queryable,
  jurisdiction: string,
  rows: readonly EnterpriseValues[],
): Promise<void> {
  if (rows.length === 0) return;
  const changed = sql.join(
    written.filter((name) => name !== 'id').map((name) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`),
  );
  await sql`
    insert into enterprise (jurisdiction, ${names})
    select ${jurisdiction}, ${sql.join(written.map((name) => sql`r.${sql.ref(name)}`))}
    from jsonb_populate_recordset(null::enterprise, ${JSON.stringify(rows)}::jsonb) r
    on conflict (jurisdiction, id) do update set ${changed}`.execute(db);
}

export interface StateRow {
  readonly enterpriseId: string;
  readonly state: EnterpriseState;
  readonly fromOn: string;
  readonly reason: string | null;
}

/** Adds a state to each enterprise's history. */
export async function addStates(db: Queryable, jurisdiction: string, rows: readonly StateRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`
    insert into enterprise_state (jurisdiction, enterprise_id, seq, state, from_on, reason)
    select ${jurisdiction}, n.id, coalesce((select max(seq) from enterprise_state s
        where s.jurisdiction = ${jurisdiction} and s.enterprise_id = n.id), 0) + 1, n.state, n.from_on, n.reason
    from unnest(${rows.map((row) => row.enterpriseId)}::uuid[], ${rows.map((row) => row.state)}::text[],
      ${rows.map((row) => row.fromOn)}::date[], ${rows.map((row) => row.reason)}::text[]) as n (id, state, from_on, reason)`.execute(
    db,
  );
}

export async function statesOf(
  db: Queryable,
  jurisdiction: string,
  id: string,
): Promise<{ state: EnterpriseState; fromOn: string; reason: string | null }[]> {
  const found = await sql<{ state: EnterpriseState; fromOn: string; reason: string | null }>`
    select state, from_on as "fromOn", reason from enterprise_state
    where jurisdiction = ${jurisdiction} and enterprise_id = ${id} order by seq desc`.execute(db);
  return found.rows;
}

/** Keeps a former name; `untilOn`: the last day on which it was the name. */
export async function addFormerName(
  db: Queryable,
  jurisdiction: string,
  former: { readonly enterpriseId: string; readonly name: string; readonly nameKey: string; readonly untilOn: string },
): Promise<void> {
  await sql`
    insert into enterprise_name (jurisdiction, enterprise_id, seq, name, name_key, until_on)
    select ${jurisdiction}, ${former.enterpriseId}, coalesce(max(seq), 0) + 1, ${former.name}, ${former.nameKey}, ${former.untilOn}
    from enterprise_name where jurisdiction = ${jurisdiction} and enterprise_id = ${former.enterpriseId}`.execute(db);
}

export async function formerNamesOf(
  db: Queryable,
  jurisdiction: string,
  id: string,
): Promise<{ name: string; untilOn: string }[]> {
  const found = await sql<{ name: string; untilOn: string }>`
    select name, until_on as "untilOn" from enterprise_name
    where jurisdiction = ${jurisdiction} and enterprise_id = ${id} order by seq desc`.execute(db);
  return found.rows;
}

/** Those that were merged into this one, latest first. */
export async function duplicatesOf(
  db: Queryable,
  jurisdiction: string,
  id: string,
): Promise<{ id: string; number: string; name: string; mergedOn: string }[]> {
  const found = await sql<{ id: string; number: string; name: string; mergedOn: string }>`
    select id, number, name, merged_on as "mergedOn" from enterprise
    where jurisdiction = ${jurisdiction} and merged_into = ${id} order by merged_on desc, serial`.execute(db);
  return found.rows;
}

/** Locks those that point to this one, so that they can be pointed on. */
export async function lockDuplicates(db: Queryable, jurisdiction: string, id: string): Promise<EnterpriseRow[]> {
  const found = await sql<EnterpriseRow>`
    select ${columns} from enterprise e where e.jurisdiction = ${jurisdiction} and e.merged_into = ${id}
    order by e.id for update`.execute(db);
  return found.rows;
}

export { columns as enterpriseColumns };

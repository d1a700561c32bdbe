import { type RawBuilder, sql } from 'kysely';
import type { Role } from '../../../kernel/actor.ts';
import type { Queryable } from '../../../platform/db/connect.ts';

export interface AccountRow {
  id: string;
  jurisdiction: string;
  login: string;
  name: string;
  personId: string | null;
  unitId: string | null;
  unitName: string | null;
  roles: Role[];
  areaCode: string | null;
  passwordHash: string;
  mustChangePassword: boolean;
  disabledAt: Date | null;
  version: number;
}

const columns = sql`a.id, a.jurisdiction, a.login, a.name, a.person_id as "personId", a.unit_id as "unitId",
  u.name as "unitName", a.roles, a.area_code as "areaCode", a.password_hash as "passwordHash",
  a.must_change_password as "mustChangePassword", a.disabled_at as "disabledAt", a.version`;
const tables = sql`account a left join unit u on u.jurisdiction = a.jurisdiction and u.id = a.unit_id`;

const COUNT_CAP = 10_000;
const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

/** The account behind a login of the whole installation, or null. */
export async function accountOfLogin(db: Queryable, login: string): Promise<AccountRow | null> {
  const found = await sql<AccountRow>`
    select ${columns} from login_name l join ${tables} on true
    where l.login = ${login} and a.jurisdiction = l.jurisdiction and a.id = l.account_id`.execute(db);
  return found.rows[0] ?? null;
}

export async function accountById(db: Queryable, jurisdiction: string, id: string): Promise<AccountRow | null> {
  const found = await sql<AccountRow>`
    select ${columns} from ${tables} where a.jurisdiction = ${jurisdiction} and a.id::text = ${id}`.execute(db);
  return found.rows[0] ?? null;
}

/** Locks the account until the transaction ends; null when this jurisdiction has none. */
export async function lockAccount(db: Queryable, jurisdiction: string, id: string): Promise<AccountRow | null> {
  const locked = await sql`
    select 1 from account where jurisdiction = ${jurisdiction} and id::text = ${id} for update`.execute(db);
  return locked.rows.length === 0 ? null : accountById(db, jurisdiction, id);
}

/** Reserves the login; false when somebody has it already, in whatever jurisdiction. */
export async function reserveLogin(
  db: Queryable,
  login: string,
  jurisdiction: string,
  accountId: string,
): Promise<boolean> {
  const taken = await sql`
    insert into login_name (login, jurisdiction, account_id) values (${login}, ${jurisdiction}, ${accountId})
    on conflict do nothing returning login`.execute(db);
  return taken.rows.length > 0;
}

export async function saveAccount(db: Queryable, row: Omit<AccountRow, 'unitName'>): Promise<void> {
  await sql`
    insert into account (jurisdiction, id, login, name, person_id, unit_id, roles, area_code, password_hash,
      must_change_password, disabled_at, version)
    values (${row.jurisdiction}, ${row.id}, ${row.login}, ${row.name}, ${row.personId}, ${row.unitId},
      ${[...row.roles]}::text[], ${row.areaCode}, ${row.passwordHash}, ${row.mustChangePassword}, ${row.disabledAt}, ${row.version})
    on conflict (jurisdiction, id) do update set name = excluded.name, person_id = excluded.person_id,
      unit_id = excluded.unit_id, roles = excluded.roles, area_code = excluded.area_code,
      password_hash = excluded.password_hash, must_change_password = excluded.must_change_password,
      disabled_at = excluded.disabled_at, version = excluded.version`.execute(db);
}

/** What the installation has to tell everybody, such as that it is still being filled. */
export async function noticeOf(db: Queryable): Promise<string | null> {
  const found = await sql<{
    value: unknown;
  }>`select value from setting where jurisdiction = '-' and name = 'notice'`.execute(db);
  const value = found.rows[0]?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

export interface AccountFilter {
  readonly q?: string;
  readonly role?: string;
  readonly unitId?: string;
  readonly state?: 'usable' | 'disabled' | 'locked' | 'initial';
  readonly id?: string;
  readonly now: Date;
}

export type AccountLine = Omit<AccountRow, 'passwordHash'> & { lockedUntil: Date | null; lastSignedInAt: Date | null };

/** Accounts of one jurisdiction, those still in use first. */
export async function listAccounts(
  db: Queryable,
  jurisdiction: string,
  filter: AccountFilter,
  page: number,
  pageSize: number,
): Promise<{ rows: AccountLine[]; counted: number }> {
  const where: RawBuilder<unknown>[] = [sql`a.jurisdiction = ${jurisdiction}`];
  const locked = sql`exists (select 1 from login_guard g where g.kind = 'login' and g.key = a.login and g.locked_until > ${filter.now})`;
  if (filter.id) where.push(sql`a.id::text = ${filter.id}`);
  if (filter.role) where.push(sql`${filter.role} = any(a.roles)`);
  if (filter.unitId) where.push(sql`a.unit_id = ${filter.unitId}`);
  if (filter.state === 'disabled') where.push(sql`a.disabled_at is not null`);
  if (filter.state === 'usable') where.push(sql`a.disabled_at is null`);
  if (filter.state === 'initial') where.push(sql`a.disabled_at is null and a.must_change_password`);
  if (filter.state === 'locked') where.push(locked);
  const q = filter.q?.trim();
  if (q) {
    const like = likeText(q);
    where.push(
      sql`(a.login like ${likeText(q.toLowerCase())} or a.name like ${like} or u.name like ${like} or u.short_name like ${like})`,
    );
  }
  const condition = sql.join(where, sql` and `);
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from ${tables} where ${condition} limit ${COUNT_CAP + 1}) c`.execute(db);
  const rows = await sql<AccountLine>`
    select ${columns}, (select g.locked_until from login_guard g
        where g.kind = 'login' and g.key = a.login and g.locked_until > ${filter.now}) as "lockedUntil",
      (select max(s.started_at) from session s where s.jurisdiction = a.jurisdiction and s.account_id = a.id) as "lastSignedInAt"
    from ${tables} where ${condition}
    order by a.disabled_at is not null, a.login limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
  return { rows: rows.rows, counted: counted.rows[0]?.n ?? 0 };
}

/** Enabled system administrators of the jurisdiction; their rows stay locked, so that two acts do not remove the last two. */
export async function lockAdministrators(db: Queryable, jurisdiction: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from account where jurisdiction = ${jurisdiction} and 'systemAdmin' = any(roles) and disabled_at is null
    order by id for update`.execute(db);
  return found.rows.map((row) => row.id);
}

/** Units among these that have no enabled account with the role of a clerk. */
export async function unitsWithoutClerk(
  db: Queryable,
  jurisdiction: string,
  unitIds: readonly string[],
): Promise<{ id: string; name: string; shortName: string | null }[]> {
  const found = await sql<{ id: string; name: string; shortName: string | null }>`
    select u.id, u.name, u.short_name as "shortName" from unit u
    where u.jurisdiction = ${jurisdiction} and u.id = any(${[...unitIds]}::uuid[]) and not exists (
      select 1 from account a where a.jurisdiction = u.jurisdiction and a.unit_id = u.id
        and 'clerk' = any(a.roles) and a.disabled_at is null)
    order by u.sort, u.pinyin, u.id`.execute(db);
  return found.rows;
}

/** An account that a case may be given to. */
export interface AccountCard {
  readonly accountId: string;
  readonly personId: string | null;
  readonly name: string;
  readonly unitId: string | null;
  readonly unitName: string | null;
}

/** Accounts of a government that may sign in and hold one of the roles, by unit and name; at most 200. */
export async function checkingAccounts(
  db: Queryable,
  jurisdiction: string,
  roles: readonly Role[],
  asked: { readonly id?: string; readonly q?: string },
): Promise<AccountCard[]> {
  const found = await sql<AccountCard>`
    select a.id::text as "accountId", a.person_id as "personId", a.name, a.unit_id as "unitId", coalesce(u.short_name, u.name) as "unitName" from ${tables}
    where a.jurisdiction = ${jurisdiction} and a.disabled_at is null and a.roles && ${[...roles]}::text[]
      and (${asked.id ?? null}::text is null or a.id::text = ${asked.id ?? null})
      and (${asked.q ?? null}::text is null or a.name like ${likeText(asked.q ?? '')} or u.name like ${likeText(asked.q ?? '')})
    order by u.name nulls last, a.name limit 200`.execute(db);
  return found.rows;
}

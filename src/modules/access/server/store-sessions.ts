import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';
import { forgetMinutes, type GuardKind } from '../lockout.ts';

export interface SessionRow {
  id: string;
  accountId: string;
  tokenHash: string;
  address: string;
  startedAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
  endedAt: Date | null;
}

const columns = sql`id, account_id as "accountId", token_hash as "tokenHash", address, started_at as "startedAt",
  last_seen_at as "lastSeenAt", expires_at as "expiresAt", ended_at as "endedAt"`;

export async function sessionOf(db: Queryable, jurisdiction: string, tokenHash: string): Promise<SessionRow | null> {
  const found = await sql<SessionRow>`
    select ${columns} from session where jurisdiction = ${jurisdiction} and token_hash = ${tokenHash}`.execute(db);
  return found.rows[0] ?? null;
}

export async function beginSession(
  db: Queryable,
  jurisdiction: string,
  row: Omit<SessionRow, 'endedAt' | 'lastSeenAt'>,
): Promise<void> {
  await sql`
    insert into session (jurisdiction, token_hash, id, account_id, address, started_at, last_seen_at, expires_at)
    values (${jurisdiction}, ${row.tokenHash}, ${row.id}, ${row.accountId}, ${row.address}, ${row.startedAt},
      ${row.startedAt}, ${row.expiresAt})`.execute(db);
}

export async function touchSession(db: Queryable, jurisdiction: string, tokenHash: string, now: Date): Promise<void> {
  await sql`
    update session set last_seen_at = ${now}
    where jurisdiction = ${jurisdiction} and token_hash = ${tokenHash} and last_seen_at < ${now}`.execute(db);
}

export async function endSession(db: Queryable, jurisdiction: string, tokenHash: string, now: Date): Promise<void> {
  await sql`
    update session set ended_at = ${now}
    where jurisdiction = ${jurisdiction} and token_hash = ${tokenHash} and ended_at is null`.execute(db);
}

/** Ends sessions of an account: all but `except` (a token hash), or only the one with the id. Gives how many. */
export async function endSessionsOf(
  db: Queryable,
  jurisdiction: string,
  accountId: string,
  now: Date,
  which: { readonly except?: string; readonly id?: string } = {},
): Promise<number> {
  const ended = await sql<{ id: string }>`
    update session set ended_at = ${now}
    where jurisdiction = ${jurisdiction} and account_id::text = ${accountId} and ended_at is null and expires_at > ${now}
      and token_hash is distinct from ${which.except ?? null}::text
      and (${which.id ?? null}::text is null or id::text = ${which.id ?? null}::text)
    returning id`.execute(db);
  return ended.rows.length;
}

export async function openSessionsOf(
  db: Queryable,
  jurisdiction: string,
  accountId: string,
  now: Date,
  idleSince: Date,
): Promise<SessionRow[]> {
  const found = await sql<SessionRow>`
    select ${columns} from session
    where jurisdiction = ${jurisdiction} and account_id::text = ${accountId} and ended_at is null
      and expires_at > ${now} and last_seen_at > ${idleSince}
    order by last_seen_at desc`.execute(db);
  return found.rows;
}

export interface Guard {
  readonly failures: number;
  readonly lockedUntil: Date | null;
}

/** What has been counted so far; failures that are long ago are forgotten. */
export async function guardOf(db: Queryable, kind: GuardKind, key: string, now: Date): Promise<Guard> {
  const since = new Date(now.getTime() - forgetMinutes(kind) * 60_000);
  const found = await sql<{ failures: number; lockedUntil: Date | null }>`
    select failures, locked_until as "lockedUntil" from login_guard
    where kind = ${kind} and key = ${key} and last_failed_at > ${since}`.execute(db);
  return found.rows[0] ?? { failures: 0, lockedUntil: null };
}

/** Counts one more failure and gives the count; guards that nobody touched for two days are swept away. */
export async function countFailure(db: Queryable, kind: GuardKind, key: string, now: Date): Promise<number> {
  const since = new Date(now.getTime() - forgetMinutes(kind) * 60_000);
  const counted = await sql<{ failures: number }>`
    insert into login_guard (kind, key, failures, last_failed_at) values (${kind}, ${key}, 1, ${now})
    on conflict (kind, key) do update set last_failed_at = ${now}, locked_until = null,
      failures = case when login_guard.last_failed_at > ${since} then login_guard.failures + 1 else 1 end
    returning failures`.execute(db);
  await sql`
    delete from login_guard where last_failed_at < ${new Date(now.getTime() - 2 * 86_400_000)}`.execute(db);
  return counted.rows[0]?.failures ?? 1;
}

export async function closeUntil(db: Queryable, kind: GuardKind, key: string, until: Date): Promise<void> {
  await sql`update login_guard set locked_until = ${until} where kind = ${kind} and key = ${key}`.execute(db);
}

/** Forgets the failures of a login; true when it was closed or had any. */
export async function clearGuard(db: Queryable, kind: GuardKind, key: string): Promise<boolean> {
  const cleared = await sql`delete from login_guard where kind = ${kind} and key = ${key} returning key`.execute(db);
  return cleared.rows.length > 0;
}

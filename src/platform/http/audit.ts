import { sql } from 'kysely';
import type { Actor } from '../../kernel/actor.ts';
import type { Queryable } from '../db/connect.ts';

export interface AuditEntry {
  readonly actor: Actor | null;
  readonly at: Date;
  readonly action: string;
  readonly route: string;
  readonly target: string | null;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly says: string | null;
  readonly address: string;
}

/** Requests without a signed-in account are kept under this place, since they belong to no jurisdiction yet. */
export const outside = '-';

/** Writes one line of the audit log. Inside the act's transaction when it was done; on its own when it was refused. */
export const audit = (db: Queryable, entry: AuditEntry): Promise<void> => auditMany(db, [entry]);

/** Writes many lines of the audit log at once. */
export async function auditMany(db: Queryable, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into audit_entry (jurisdiction, at, account_id, account_name, action, route, target, outcome, says, address)
    select * from unnest(${entries.map((one) => one.actor?.jurisdiction ?? outside)}::text[],
      ${entries.map((one) => one.at)}::timestamptz[], ${entries.map((one) => one.actor?.accountId ?? null)}::text[],
      ${entries.map((one) => one.actor?.name ?? null)}::text[], ${entries.map((one) => one.action)}::text[],
      ${entries.map((one) => one.route)}::text[], ${entries.map((one) => one.target)}::text[],
      ${entries.map((one) => one.outcome)}::text[], ${entries.map((one) => one.says)}::text[],
      ${entries.map((one) => one.address)}::text[])`.execute(db);
}

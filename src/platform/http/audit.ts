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
export async function audit(db: Queryable, entry: AuditEntry): Promise<void> {
  const { actor, at, action, route, target, outcome, says, address } = entry;
  await sql`
    insert into audit_entry (jurisdiction, at, account_id, account_name, action, route, target, outcome, says, address)
    values (${actor?.jurisdiction ?? outside}, ${at}, ${actor?.accountId ?? null}, ${actor?.name ?? null}, ${action}, ${route},
      ${target}, ${outcome}, ${says}, ${address})`.execute(db);
}

import { type RawBuilder, sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';
import { outside } from '../../../platform/http/audit.ts';

export interface AuditFilter {
  readonly from?: string;
  readonly to?: string;
  readonly accountId?: string;
  readonly outcome?: string;
  readonly q?: string;
}

export interface AuditLine {
  id: string;
  at: Date;
  accountId: string | null;
  accountName: string | null;
  action: string;
  target: string | null;
  outcome: 'done' | 'refused' | 'failed';
  says: string | null;
  address: string | null;
}

const COUNT_CAP = 10_000;

/**
 * The log of a jurisdiction, newest first, with attempts of people who had not signed in. Attempts to sign in that the
 * server kept without saying who was tried stand there a second time with the login, and are left out.
 */
export async function listAudit(
  db: Queryable,
  jurisdiction: string,
  filter: AuditFilter,
  page: number,
  pageSize: number,
): Promise<{ rows: AuditLine[]; counted: number }> {
  const where: RawBuilder<unknown>[] = [
    sql`(jurisdiction = ${jurisdiction} or (jurisdiction = ${outside} and not (route = 'signIn' and target is null)))`,
  ];
  if (filter.from) where.push(sql`at >= ${filter.from}::date`);
  if (filter.to) where.push(sql`at < ${filter.to}::date + 1`);
  if (filter.accountId) where.push(sql`account_id = ${filter.accountId}`);
  if (filter.outcome) where.push(sql`outcome = ${filter.outcome}`);
  const q = filter.q?.trim();
  if (q) {
    const like = `%${q.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    where.push(
      sql`(action like ${like} or account_name like ${like} or target like ${like} or says like ${like} or address like ${like})`,
    );
  }
  const condition = sql.join(where, sql` and `);
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from audit_entry where ${condition} limit ${COUNT_CAP + 1}) c`.execute(db);
  const rows = await sql<AuditLine>`
    select id::text as id, at, account_id as "accountId", account_name as "accountName", action, target, outcome, says, address
    from audit_entry where ${condition}
    order by at desc, id desc limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
  return { rows: rows.rows, counted: counted.rows[0]?.n ?? 0 };
}

export interface FactLine {
  seq: number;
  at: Date;
  day: string;
  actorName: string;
  unitName: string | null;
  kind: string;
  says: string;
}

/** What happened to one account, newest first. */
export async function factsOfAccount(db: Queryable, jurisdiction: string, id: string): Promise<FactLine[]> {
  const found = await sql<FactLine>`
    select seq, at, day, actor_name as "actorName", unit_name as "unitName", kind, says from fact
    where jurisdiction = ${jurisdiction} and item_kind = 'account' and item_id = ${id} order by seq desc limit 500`.execute(
    db,
  );
  return found.rows;
}

import { sql } from 'kysely';
import type { Act } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { roleWords } from '../account.ts';
import { createAccount, type NewAccount } from './create-account.ts';

export interface FirstAccount extends NewAccount {
  /** Shown beside the role on the login page of a demonstration. */
  readonly unitName?: string;
}

export interface FirstAccountCreated {
  readonly login: string;
  readonly name: string;
  readonly role: string;
  readonly unit: string;
  readonly password: string;
}

/** The two hands that every installation begins with; they create all other accounts. */
export const usualAdministrators: readonly FirstAccount[] = [
  { login: 'admin', name: '系统管理员', roles: ['systemAdmin'] },
  { login: 'audit', name: '审计管理员', roles: ['auditAdmin'] },
];

const SETTING = 'demonstrationAccounts';

/**
 * The accounts that a new installation begins with, each with a random password that the caller shows once.
 * Only a demonstration keeps the passwords in the clear, for its login page, and does not ask for them to be changed.
 */
export async function createFirstAccounts(
  act: Act,
  drafts: readonly FirstAccount[] = usualAdministrators,
): Promise<readonly FirstAccountCreated[]> {
  const demonstration = act.house.kind === 'demonstration';
  const made: FirstAccountCreated[] = [];
  for (const draft of drafts) {
    const { login, initialPassword } = await createAccount(act, draft, { keepPassword: demonstration });
    const role = draft.roles.map((one) => roleWords[one]).join('、');
    made.push({ login, name: draft.name, role, unit: draft.unitName ?? '', password: initialPassword });
  }
  if (demonstration) {
    const kept = [
      ...(await demonstrationAccounts(act.db, act.actor.jurisdiction)),
      ...made.map(({ name: _, ...row }) => row),
    ];
    await sql`
      insert into setting (jurisdiction, name, value) values (${act.actor.jurisdiction}, ${SETTING}, ${JSON.stringify(kept)}::jsonb)
      on conflict (jurisdiction, name) do update set value = excluded.value`.execute(act.db);
  }
  return made;
}

export interface DemonstrationAccount {
  readonly login: string;
  readonly password: string;
  readonly role: string;
  readonly unit: string;
}

/** What the login page of a demonstration offers; empty on a real installation. */
export async function demonstrationAccounts(
  db: Queryable,
  jurisdiction?: string,
): Promise<readonly DemonstrationAccount[]> {
  const found = await sql<{ value: DemonstrationAccount[] }>`
    select value from setting where name = ${SETTING}
      and (${jurisdiction ?? null}::text is null or jurisdiction = ${jurisdiction ?? null}::text) order by jurisdiction`.execute(
    db,
  );
  return found.rows.flatMap((row) => row.value);
}

/** A password that was changed is no longer offered. */
export async function withdrawDemonstrationAccount(db: Queryable, jurisdiction: string, login: string): Promise<void> {
  await sql`
    update setting set value = (select coalesce(jsonb_agg(one), '[]') from jsonb_array_elements(value) one where one ->> 'login' <> ${login})
    where jurisdiction = ${jurisdiction} and name = ${SETTING}`.execute(db);
}

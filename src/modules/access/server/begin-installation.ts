import { sql } from 'kysely';
import { systemActor } from '../../../kernel/actor.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import { notAllowed, notNow } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { sha256 } from '../../../platform/facts/canonical.ts';
import { createUnit } from '../../units/server/door.ts';
import { createFirstAccounts, usualAdministrators } from './first-accounts.ts';

/** So many wrong codes make the code void; a restart of the service shows a new one. */
const mostTries = 10;

/** True while nobody has said whose installation this is. */
export async function awaitsSetup(db: Queryable): Promise<boolean> {
  const found = await sql`select 1 from jurisdiction limit 1`.execute(db);
  return found.rows.length === 0;
}

/**
 * Whoever holds the code from the terminal names the government and its committee office; the first accounts come with
 * random passwords that are shown once and must be changed. Works once.
 */
export async function beginInstallation(
  act: Act,
  body: {
    readonly code: string;
    readonly jurisdiction: string;
    readonly name: string;
    readonly level: string;
    readonly office: string;
  },
): Promise<{ accounts: { login: string; role: string; password: string }[] }> {
  const kept = await sql<{ value: string; tries: number }>`
    select value #>> '{}' as value, coalesce((select (value #>> '{}')::int from setting where jurisdiction = '-' and name = 'setupTries'), 0) as tries
    from setting where jurisdiction = '-' and name = 'setupCode' for update`.execute(act.db);
  const setup = kept.rows[0];
  if (!setup || !(await awaitsSetup(act.db))) throw notNow('安装已经建立，请用账号登录。');
  if (setup.tries >= mostTries) throw notAllowed('安装码输错次数太多，已经作废。请重新启动服务，用终端上新的安装码。');
  if (sha256(body.code.replace(/\s/g, '')) !== setup.value) {
    act.afterRefusal(async (db) => {
      await sql`
        insert into setting (jurisdiction, name, value) values ('-', 'setupTries', '1')
        on conflict (jurisdiction, name) do update set value = to_jsonb((setting.value #>> '{}')::int + 1)`.execute(db);
    });
    throw notAllowed('安装码不对。请核对启动服务的终端上显示的八位数字。');
  }
  await sql`insert into jurisdiction (code, name, level) values (${body.jurisdiction}, ${body.name.trim()}, ${body.level})`.execute(
    act.db,
  );
  const founder: Act = { ...act, actor: { ...systemActor(asJurisdiction(body.jurisdiction)), roles: ['officer'] } };
  const office = await createUnit(founder, { name: body.office, kind: 'committeeOffice' });
  const made = await createFirstAccounts(founder, [
    ...usualAdministrators,
    { login: 'office', name: '安委办', roles: ['officer'], unitId: office.id },
  ]);
  await sql`delete from setting where jurisdiction = '-' and name in ('setupCode', 'setupTries')`.execute(act.db);
  return { accounts: made.map(({ login, role, password }) => ({ login, role, password })) };
}

import { notNow } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { spelling } from '../../units/server/door.ts';
import { createAccount } from './create-account.ts';
import { accountOfLogin, unitsWithoutClerk } from './store.ts';

/**
 * One account of a clerk for each of the units that has none, with the initials of the unit's name as login and a
 * random password each: how an office begins. The answer is the only place where the passwords are seen.
 */
export async function createClerkAccounts(
  act: Act,
  unitIds: readonly string[],
): Promise<{ rows: { id: string; login: string; unitName: string; initialPassword: string }[] }> {
  const units = await unitsWithoutClerk(act.db, act.actor.jurisdiction, unitIds);
  if (units.length === 0) throw notNow('所选单位都已有可用的经办人账号，没有建立新账号。');
  const rows = [];
  for (const unit of units) {
    const stem = spelling(unit.shortName ?? unit.name).initials.slice(0, 24) || 'unit';
    let login = stem.length < 2 ? `${stem}1` : stem;
    for (let next = 2; (await accountOfLogin(act.db, login)) !== null; next += 1) login = `${stem}${next}`;
    const made = await createAccount(act, {
      login,
      name: `${unit.shortName ?? unit.name}经办人`.slice(0, 30),
      roles: ['clerk'],
      unitId: unit.id,
    });
    rows.push({ ...made, unitName: unit.name });
  }
  return { rows };
}

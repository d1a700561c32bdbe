import type { Actor } from '../../kernel/actor.ts';
import { systemActor } from '../../kernel/actor.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import {
  accountOfLogin,
  actorOf,
  createAccount,
  createFirstAccounts,
  type FirstAccountCreated,
} from '../../modules/access/server/door.ts';
import type { House } from '../../platform/act.ts';
import { perform } from '../../platform/perform.ts';
import type { District } from './district.ts';
import type { Organisation } from './organisation.ts';
import { ScriptMistake } from './player.ts';

/** The people of the story, by login and by the key of the unit whose matters they handle. */
export interface Cast {
  readonly shown: readonly FirstAccountCreated[];
  readonly byLogin: (login: string) => Actor;
  /** Who handles matters for the unit; undefined where nobody of it has an account. */
  readonly clerkOf: (unitId: string) => Actor | undefined;
  readonly headOf: (unitId: string) => Actor | undefined;
}

/**
 * Gives the district's people their accounts with random passwords. Passwords of the accounts that the file marks as
 * shown are offered on the login page; the others are known to nobody until an administrator resets them.
 */
export async function openAccounts(house: House, district: District, organisation: Organisation): Promise<Cast> {
  const system = systemActor(asJurisdiction(district.jurisdiction));
  const drafts = district.accounts.map((account) => {
    const person = district.people.find((one) => one.key === account.person);
    if (person === undefined) throw new ScriptMistake(`no person ${account.person}`);
    const administrator = account.roles.some((role) => role === 'systemAdmin' || role === 'auditAdmin');
    const unit = district.units.find((one) => one.key === person.unit);
    return {
      shown: account.shown === true,
      login: account.login,
      name: person.name,
      roles: account.roles,
      personId: organisation.person(person.key),
      unitId: administrator ? null : organisation.unit(person.unit),
      unitName: unit?.short ?? '',
    };
  });
  const shown = await perform(house, system, async (act) => {
    const made = await createFirstAccounts(
      act,
      drafts.filter((one) => one.shown),
    );
    for (const { shown: offered, unitName: _, ...draft } of drafts) if (!offered) await createAccount(act, draft);
    return made;
  });
  const actors = new Map<string, Actor>();
  for (const { login } of drafts) {
    const row = await accountOfLogin(house.db, login);
    if (row !== null) actors.set(login, await actorOf(house.db, row));
  }
  const having = (role: 'clerk' | 'officer' | 'unitLeader') => (unitId: string) =>
    [...actors.values()].find((actor) => actor.unitId === unitId && actor.roles.includes(role));
  return {
    shown,
    byLogin: (login) => {
      const actor = actors.get(login);
      if (actor === undefined) throw new ScriptMistake(`no account ${login}`);
      return actor;
    },
    clerkOf: (unitId) => having('clerk')(unitId) ?? having('officer')(unitId),
    headOf: having('unitLeader'),
  };
}

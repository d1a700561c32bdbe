import type { Actor } from '../../kernel/actor.ts';
import { accountOfLogin, actorOf } from '../../modules/access/server/door.ts';
import type { House } from '../../platform/act.ts';
import type { District } from './district.ts';

/** Who acts for whom in the district. */
export class People {
  readonly #ofUnit = new Map<string, Actor[]>();
  constructor(actors: readonly Actor[]) {
    for (const actor of actors)
      if (actor.unitId !== null) this.#ofUnit.set(actor.unitId, [...(this.#ofUnit.get(actor.unitId) ?? []), actor]);
  }

  with(unitId: string, ...roles: Actor['roles']): Actor[] {
    return (this.#ofUnit.get(unitId) ?? []).filter((actor) => roles.some((role) => actor.roles.includes(role)));
  }

  /** Whether somebody there can work on a problem and somebody else can be found to recheck it. */
  has(unitId: string): boolean {
    return this.with(unitId, 'clerk', 'officer').length > 0;
  }
}

/** Everybody of the district who has an account. */
export async function peopleOf(house: House, district: District): Promise<People> {
  const actors: Actor[] = [];
  for (const { login } of district.accounts) {
    const account = await accountOfLogin(house.db, login);
    if (account !== null) actors.push(await actorOf(house.db, account));
  }
  return new People(actors);
}

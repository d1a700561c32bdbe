import type { Actor } from '../kernel/actor.ts';
import { scopeOf } from '../kernel/scope.ts';
import type { Act, House, Reading } from './act.ts';
import { transaction } from './db/connect.ts';

/** The situation of somebody who reads. */
export const reading = (house: House, actor: Actor): Reading => ({
  house,
  db: house.db,
  actor,
  scope: scopeOf(actor),
  day: house.clock.today(),
  now: house.clock.now(),
});

/**
 * Runs one act in one transaction: all of it is saved with its facts, or nothing. Effects asked for with `afterCommit`
 * run after the commit, in order; a failing effect is logged and does not undo the act.
 */
export async function perform<T>(house: House, actor: Actor, run: (act: Act) => Promise<T>): Promise<T> {
  let effects: (() => Promise<void>)[] = [];
  const result = await transaction(house.db, async (db) => {
    effects = [];
    return run({
      ...reading(house, actor),
      db,
      afterCommit: (effect) => {
        effects.push(effect);
      },
    });
  });
  for (const effect of effects) {
    await effect().catch((error: unknown) => console.error('an effect after commit failed', error));
  }
  return result;
}

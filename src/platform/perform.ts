import type { Actor } from '../kernel/actor.ts';
import { scopeOf } from '../kernel/scope.ts';
import type { Act, House, Reading } from './act.ts';
import { type Queryable, transaction } from './db/connect.ts';

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
  let remains: ((db: Queryable) => Promise<void>)[] = [];
  const result = await transaction(house.db, async (db) => {
    effects = [];
    remains = [];
    return run({
      ...reading(house, actor),
      db,
      afterCommit: (effect) => {
        effects.push(effect);
      },
      afterRefusal: (effect) => {
        remains.push(effect);
      },
    });
  }).catch(async (error: unknown) => {
    for (const effect of remains) await effect(house.db);
    throw error;
  });
  for (const effect of effects) {
    await effect().catch((error: unknown) => console.error('an effect after commit failed', error));
  }
  return result;
}

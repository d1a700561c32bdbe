import { exchangeListeners } from '../modules/exchange/server/door.ts';
import { problemListeners } from '../modules/problems/server/door.ts';
import type { Listener } from '../platform/act.ts';

/** The listeners of several rooms; a fact that several hear is heard in the order of the rooms. */
function together(
  ...rooms: readonly Readonly<Record<string, readonly Listener[]>>[]
): Readonly<Record<string, readonly Listener[]>> {
  const heard: Record<string, readonly Listener[]> = {};
  for (const room of rooms)
    for (const [kind, listeners] of Object.entries(room)) heard[kind] = [...(heard[kind] ?? []), ...listeners];
  return heard;
}

/**
 * Who hears which fact: calls go down the floors, facts go up. A listener runs in the transaction of the fact: it notes
 * what follows from it and talks to nobody.
 */
export const listeners: Readonly<Record<string, readonly Listener[]>> = together(problemListeners, exchangeListeners);

import { exchangeListeners } from '../modules/exchange/server/door.ts';
import type { Listener } from '../platform/act.ts';

/**
 * Who hears which fact: calls go down the floors, facts go up. A listener runs in the transaction of the fact: it notes
 * what follows from it and talks to nobody.
 */
export const listeners: Readonly<Record<string, readonly Listener[]>> = { ...exchangeListeners };

import type { Listener } from '../platform/act.ts';

/**
 * Who hears which fact: calls go down the floors, facts go up. Empty while no higher room has to react inside the
 * transaction of a lower one; the wall reads what tasks keep.
 */
export const listeners: Readonly<Record<string, readonly Listener[]>> = {};

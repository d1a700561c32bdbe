import { setTimeout as pause } from 'node:timers/promises';

/** A long computation works so long at a time… */
const WORK_MS = 3;
/** …and then rests so long, so that whoever asks for a page meanwhile is answered nearly as soon as ever. */
const REST_MS = 4;

/**
 * For a computation that would hold up the process: call what this gives between small steps, and others have their turn
 * (`const turn = takingTurns(); for (…) { …; await turn(); }`).
 */
export function takingTurns(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < WORK_MS) return;
    await pause(REST_MS);
    since = performance.now();
  };
}

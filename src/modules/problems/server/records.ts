import { holds } from '../../../kernel/permission.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { ItemKind, Reading } from '../../../platform/act.ts';
import { problemsPermissions } from '../permissions.ts';
import { batchItems } from './batches/records.ts';
import { criteriaItems } from './criteria.ts';
import { lookBackItems } from './look-backs/records.ts';
import { measureItems } from './measures/store.ts';
import { recountProblems } from './recount.ts';
import { problemInScope, problemRecord } from './store.ts';

/** May the actor see this problem? Whoever takes part in it, or whose office or leadership covers it. */
async function sight(reading: Reading, id: string): Promise<boolean> {
  try {
    await problemInScope(reading.db, reading.scope, id);
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

/** Problems as the platform sees them: how to load, verify and open their files. */
export const problemKindItem: ItemKind = {
  record: problemRecord,
  table: 'problem',
  called: { word: '问题', column: 'number' },
  series: '问',
  recount: recountProblems,
  sight,
  // photos come first, words last: whoever may register may send files for a problem that is about to be registered
  awaits: async (reading) => holds(problemsPermissions, reading.actor, 'problem.register'),
};

/** Every kind of item of the room. */
export const problemItems: Readonly<Record<string, ItemKind>> = {
  problem: problemKindItem,
  ...batchItems,
  ...criteriaItems,
  ...lookBackItems,
  ...measureItems,
};

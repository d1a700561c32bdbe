import { holds } from '../../../kernel/permission.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { ItemKind, Reading } from '../../../platform/act.ts';
import { bulletinsPermissions } from '../permissions.ts';
import { recountSnapshots } from './recount.ts';
import { bulletinById, bulletinRecord, formRecord, rowRecord } from './store.ts';

export { approve, edit, submit } from './act.ts';
export { endForm, makeForm } from './forms.ts';
export { issue } from './issue.ts';
export { makeBulletinsDuty, makeDue } from './make.ts';
export { formsOf } from './store.ts';
export { toDo as bulletinsToDo, view as viewBulletin } from './view.ts';

async function sight(reading: Reading, id: string): Promise<boolean> {
  if (!holds(bulletinsPermissions, reading.actor, 'bulletin.read')) return false;
  try {
    await bulletinById(reading, id);
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

/** The kinds of items that this room keeps, for the platform. */
export const bulletinItems: Readonly<Record<string, ItemKind>> = {
  bulletin: {
    record: bulletinRecord,
    table: 'bulletin',
    called: { word: '通报', column: 'number' },
    series: '报',
    sight,
    closed: true,
  },
  bulletinSnapshot: {
    record: rowRecord('bulletin_snapshot'),
    table: 'bulletin_snapshot',
    called: { word: '快照', column: 'sha256' },
    recount: recountSnapshots,
  },
  bulletinForm: {
    record: formRecord,
    table: 'bulletin_form',
    called: { word: '通报种类', column: 'name' },
  },
};

import { holds } from '../../../kernel/permission.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { ItemKind, Reading } from '../../../platform/act.ts';
import { problemOfScope } from '../../problems/server/door.ts';
import { supervisionPermissions } from '../permissions.ts';
import { pressureItems } from './pressures/records.ts';
import { listingById, listingRecord, rowRecord } from './store.ts';

/** Whoever may read listings and sees the problem sees its listing. */
async function sight(reading: Reading, id: string): Promise<boolean> {
  if (!holds(supervisionPermissions, reading.actor, 'listing.read')) return false;
  try {
    const listing = await listingById(reading.db, reading.scope, id);
    await problemOfScope(reading.db, reading.scope, listing.problemId);
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

/** The kinds of items that this room keeps, for the platform. */
export const supervisionItems: Readonly<Record<string, ItemKind>> = {
  ...pressureItems,
  listing: {
    record: listingRecord,
    table: 'listing',
    called: { word: '挂牌督办', column: 'number' },
    series: '督',
    sight,
  },
  listingRule: {
    record: rowRecord('listing_rule'),
    table: 'listing_rule',
    called: { word: '应挂牌规则', column: 'name' },
  },
};

import type { Queryable } from '../../../../platform/db/connect.ts';
import { unitsByIds } from '../../../units/server/door.ts';

/** Short names of units by id, over several governments; unknown ids are absent. */
export async function unitNames(
  db: Queryable,
  jurisdictions: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const lists = await Promise.all(jurisdictions.map((jurisdiction) => unitsByIds(db, jurisdiction, ids)));
  return new Map(lists.flat().map((unit) => [unit.id as string, unit.shortName ?? unit.name]));
}

import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { WallMap } from '../map.ts';

/** The map under the wall of one jurisdiction, and what stands under it: 示意图, or the approval number. */
export interface StoredMap {
  readonly caption: string;
  readonly geoJson: WallMap;
}

const name = 'wallMap';

export async function loadMap(db: Queryable, jurisdiction: string): Promise<StoredMap | null> {
  const found = await sql<{ value: StoredMap }>`
    select value from setting where jurisdiction = ${jurisdiction} and name = ${name}`.execute(db);
  return found.rows[0]?.value ?? null;
}

export async function saveMap(db: Queryable, jurisdiction: string, map: StoredMap): Promise<void> {
  await sql`
    insert into setting (jurisdiction, name, value) values (${jurisdiction}, ${name}, ${JSON.stringify(map)}::jsonb)
    on conflict (jurisdiction, name) do update set value = excluded.value`.execute(db);
}

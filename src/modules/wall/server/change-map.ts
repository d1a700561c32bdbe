import { sql } from 'kysely';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { unitsOfArea } from '../../units/server/door.ts';
import { readMap } from '../map.ts';
import { saveMap } from './store.ts';

/** Imports a customer's approved map with its number; the former one stays in the facts by its hash only. */
export async function changeMap(
  act: Act,
  body: {
    readonly approval: string;
    readonly codeProperty: string;
    readonly nameProperty: string;
    readonly geoJson: unknown;
  },
): Promise<{ features: number; unmatched: string[] }> {
  const { jurisdiction } = act.actor;
  const map = readMap(body.geoJson, body.codeProperty, body.nameProperty);
  // one map per jurisdiction: two imports at once wait for each other, so that their facts form one chain
  await sql`select pg_advisory_xact_lock(hashtext(${`wallMap ${jurisdiction}`}))`.execute(act.db);
  await saveMap(act.db, jurisdiction, { caption: `审图号：${body.approval.trim()}`, geoJson: map });
  const unmatched: string[] = [];
  for (const { properties } of map.features)
    if ((await unitsOfArea(act.db, jurisdiction, properties.code)).length === 0) unmatched.push(properties.name);
  await announce(act, {
    item: { kind: 'wallMap', id: jurisdiction },
    kind: 'wallMap.changed',
    says: `更换挂图底图，审图号 ${body.approval.trim()}，${map.features.length} 个图形`,
  });
  return { features: map.features.length, unmatched };
}

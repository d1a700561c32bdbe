import { sql } from 'kysely';
import { notNow } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';

/** Refuses when the item was changed after the page showed it, and says who changed what. */
export async function refuseStale(
  act: Act,
  kind: string,
  item: { readonly id: string; readonly name: string; readonly version: number },
  seen: number,
): Promise<void> {
  if (item.version === seen) return;
  const last = await sql<{ actorName: string; says: string; at: Date }>`
    select actor_name as "actorName", says, at from fact
    where jurisdiction = ${act.actor.jurisdiction} and item_kind = ${kind} and item_id = ${item.id}
    order by seq desc limit 5`.execute(act.db);
  const latest = last.rows[0];
  const what = latest ? `，最近一次是${latest.actorName}「${latest.says}」` : '';
  throw notNow(`「${item.name}」在您打开之后已有变化${what}。请看最新情况后再操作。`, { facts: last.rows });
}

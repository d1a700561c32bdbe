import { sql } from 'kysely';
import type { Day } from '../../kernel/day.ts';
import type { Fact, NewFact } from '../../kernel/fact.ts';
import type { Act } from '../act.ts';
import { canonical, imageOf, sha256 } from './canonical.ts';

/** What is hashed, in this order: every column that tells who did what, the image of the item, and the hash before. */
export interface FactRow {
  jurisdiction: string;
  itemKind: string;
  itemId: string;
  seq: number;
  at: Date;
  day: string;
  actorId: string;
  actorName: string;
  unitId: string | null;
  unitName: string | null;
  kind: string;
  from: string | null;
  to: string | null;
  says: string;
  data: unknown;
  image: string;
  previous: string;
}

/** Before the first fact of an item stands this. */
export const beginning = '0'.repeat(64);

export const hashOf = (row: FactRow): string =>
  sha256(
    canonical([
      row.jurisdiction,
      row.itemKind,
      row.itemId,
      row.seq,
      row.at,
      row.day,
      row.actorId,
      row.actorName,
      row.unitId,
      row.unitName,
      row.kind,
      row.from,
      row.to,
      row.says,
      row.data ?? null,
      row.image,
      row.previous,
    ]),
  );

/**
 * Writes one fact in the transaction of the change and lets the listeners hear it. Call it AFTER the rows were changed,
 * while the item's row is locked: the fact carries the hash of the rows as they now are.
 */
export async function announce(act: Act, fact: NewFact): Promise<Fact> {
  const jurisdiction = act.actor.jurisdiction;
  const load = act.house.records[fact.item.kind];
  const image = load ? imageOf(await load(act.db, jurisdiction, fact.item.id)) : imageOf(null);
  const last = await sql<{ seq: number; hash: string }>`
    select seq, hash from fact
    where jurisdiction = ${jurisdiction} and item_kind = ${fact.item.kind} and item_id = ${fact.item.id}
    order by seq desc limit 1`.execute(act.db);
  const previous = last.rows[0];
  const row: FactRow = {
    jurisdiction,
    itemKind: fact.item.kind,
    itemId: fact.item.id,
    seq: (previous?.seq ?? 0) + 1,
    at: act.now,
    day: act.day,
    actorId: act.actor.accountId,
    actorName: act.actor.name,
    unitId: act.actor.unitId,
    unitName: act.actor.unitName,
    kind: fact.kind,
    from: fact.from ?? null,
    to: fact.to ?? null,
    says: fact.says,
    data: fact.data === undefined ? null : JSON.parse(canonical(fact.data)),
    image,
    previous: previous?.hash ?? beginning,
  };
  const hash = hashOf(row);
  await sql`
    insert into fact (jurisdiction, item_kind, item_id, seq, at, day, actor_id, actor_name, unit_id, unit_name,
      kind, from_state, to_state, says, data, image, previous, hash)
    values (${row.jurisdiction}, ${row.itemKind}, ${row.itemId}, ${row.seq}, ${row.at}, ${row.day}, ${row.actorId},
      ${row.actorName}, ${row.unitId}, ${row.unitName}, ${row.kind}, ${row.from}, ${row.to}, ${row.says},
      ${row.data === null ? null : JSON.stringify(row.data)}::jsonb, ${row.image}, ${row.previous}, ${hash})`.execute(act.db);
  const written: Fact = {
    ...fact,
    seq: row.seq,
    at: row.at,
    day: row.day as Day,
    actorId: row.actorId,
    actorName: row.actorName,
    unitId: row.unitId,
    unitName: row.unitName,
    hash,
  };
  for (const listener of act.house.listeners[fact.kind] ?? []) await listener(act, written);
  return written;
}

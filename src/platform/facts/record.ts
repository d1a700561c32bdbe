import { sql } from 'kysely';
import type { Fact, NewFact } from '../../kernel/fact.ts';
import type { Act, ItemKind } from '../act.ts';
import type { Queryable } from '../db/connect.ts';
import { prepared } from '../db/prepared.ts';
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

/** Hash of the last fact of a jurisdiction, or `beginning`: what nobody could know before, for draws. */
export async function lastHash(db: Queryable, jurisdiction: string): Promise<string> {
  const found = await sql<{ hash: string }>`
    select hash from fact where jurisdiction = ${jurisdiction} order by day desc, at desc, item_id, seq desc limit 1`.execute(
    db,
  );
  return found.rows[0]?.hash ?? beginning;
}

/** The text that is hashed; `data` stands in it as it was written, so that it is written only once. */
const hashed = (row: Omit<FactRow, 'data'>, data: string): string => {
  const before = canonical([
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
  ]);
  return `${before.slice(0, -1)},${data},${JSON.stringify(row.image)},${JSON.stringify(row.previous)}]`;
};

export const hashOf = (row: FactRow): string => sha256(hashed(row, canonical(row.data)));

/** The hashes of items of one kind as they now stand: their rows as the room loads them, and the files that belong to them. */
export async function currentImages(
  db: Queryable,
  kind: ItemKind | undefined,
  jurisdiction: string,
  itemKind: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const records = kind ? await kind.record(db, jurisdiction, ids) : new Map<string, unknown>();
  const files = await sql<{ item_id: string; files: unknown }>`
    select item_id, jsonb_agg(jsonb_build_array(id, sha256, name, size, type, uploaded_by, uploaded_at) order by uploaded_at, id) as files
    from file where jurisdiction = ${jurisdiction} and item_kind = ${itemKind} and item_id = any(${ids})
    group by item_id`.execute(db);
  const filesOf = new Map(files.rows.map((row) => [row.item_id, row.files]));
  return new Map(ids.map((id) => [id, imageOf([records.get(id) ?? null, filesOf.get(id) ?? []])]));
}

/**
 * Writes one fact in the transaction of the change and lets the listeners hear it. Call it AFTER the rows were changed,
 * while the item's row is locked: the fact carries the hash of the rows as they now are.
 */
export async function announce(act: Act, fact: NewFact): Promise<Fact> {
  const [written] = await announceMany(act, [fact]);
  if (!written) throw new Error('a fact was not written');
  return written;
}

/** Writes one fact for each of many different items in a few statements; then the listeners hear them in order. */
export async function announceMany(act: Act, facts: readonly NewFact[]): Promise<readonly Fact[]> {
  const written: Fact[] = [];
  for (const itemKind of new Set(facts.map((fact) => fact.item.kind))) {
    const same = facts.filter((fact) => fact.item.kind === itemKind);
    for (let at = 0; at < same.length; at += 500)
      written.push(...(await write(act, itemKind, same.slice(at, at + 500))));
  }
  for (const fact of written) for (const listener of act.house.listeners[fact.kind] ?? []) await listener(act, fact);
  return written;
}

/** The last link of the chain of each item that has one. */
async function lastOf(
  db: Queryable,
  jurisdiction: string,
  itemKind: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, { readonly seq: number; readonly hash: string }>> {
  const last = await sql<{ item_id: string; seq: number; hash: string }>`
    select asked.item_id, f.seq, f.hash from unnest(${ids}::text[]) as asked (item_id)
    cross join lateral (
      select seq, hash from fact
      where jurisdiction = ${jurisdiction} and item_kind = ${itemKind} and item_id = asked.item_id
      order by seq desc limit 1) f`.execute(db);
  return new Map(last.rows.map((row) => [row.item_id, row]));
}

async function write(act: Act, itemKind: string, facts: readonly NewFact[]): Promise<readonly Fact[]> {
  const jurisdiction = act.actor.jurisdiction;
  const ids = facts.map((fact) => fact.item.id);
  if (new Set(ids).size !== ids.length) throw new RangeError('announceMany takes one fact for each item');
  const known = facts.flatMap((fact) => (fact.first === undefined ? [fact.item.id] : []));
  const images =
    known.length === 0
      ? new Map<string, string>()
      : await currentImages(act.db, act.house.items[itemKind], jurisdiction, itemKind, known);
  const before = known.length === 0 ? null : await lastOf(act.db, jurisdiction, itemKind, known);
  const rows = facts.map((fact) => {
    const previous = before?.get(fact.item.id);
    const actor = fact.by ?? act.actor;
    const data = canonical(fact.data);
    const row: Omit<FactRow, 'data'> = {
      jurisdiction,
      itemKind,
      itemId: fact.item.id,
      seq: (previous?.seq ?? 0) + 1,
      at: fact.at ?? act.now,
      day: act.day,
      actorId: actor.accountId,
      actorName: actor.name,
      unitId: actor.unitId,
      unitName: actor.unitName,
      kind: fact.kind,
      from: fact.from ?? null,
      to: fact.to ?? null,
      says: fact.says,
      image: fact.first ?? images.get(fact.item.id) ?? imageOf(null),
      previous: previous?.hash ?? beginning,
    };
    return { ...row, data: fact.data === undefined ? null : data, hash: sha256(hashed(row, data)) };
  });
  const column = <K extends keyof (typeof rows)[number]>(name: K) => rows.map((row) => row[name]);
  await insertFacts(act.db, [
    jurisdiction,
    itemKind,
    act.day,
    ids,
    column('seq'),
    column('at'),
    column('actorId'),
    column('actorName'),
    column('unitId'),
    column('unitName'),
    column('kind'),
    column('from'),
    column('to'),
    column('says'),
    column('data'),
    column('image'),
    column('previous'),
    column('hash'),
  ]);
  return facts.map(({ by = act.actor, first: _first, ...fact }, index) => ({
    ...fact,
    seq: rows[index]?.seq ?? 0,
    at: fact.at ?? act.now,
    day: act.day,
    actorId: by.accountId,
    actorName: by.name,
    unitId: by.unitId,
    unitName: by.unitName,
    hash: rows[index]?.hash ?? '',
  }));
}

const insertFacts = prepared(
  'insert-facts',
  `insert into fact (jurisdiction, item_kind, item_id, seq, at, day, actor_id, actor_name, unit_id, unit_name,
    kind, from_state, to_state, says, data, image, previous, hash)
  select $1, $2, t.item_id, t.seq, t.at, $3::date, t.actor_id, t.actor_name, t.unit_id, t.unit_name, t.kind, t.from_state,
    t.to_state, t.says, t.data, t.image, t.previous, t.hash
  from unnest($4::text[], $5::int[], $6::timestamptz[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[],
    $13::text[], $14::text[], $15::jsonb[], $16::text[], $17::text[], $18::text[])
    as t (item_id, seq, at, actor_id, actor_name, unit_id, unit_name, kind, from_state, to_state, says, data, image, previous, hash)`,
  { later: true },
);

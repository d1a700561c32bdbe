import { sql } from 'kysely';
import type { Day } from '../../../../kernel/day.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';

/** The last day that is kept; null: none is. */
export async function keptTo(db: Queryable, jurisdiction: string): Promise<Day | null> {
  const found = await sql<{ day: Day }>`
    select flow_day as day from problem_kept where jurisdiction = ${jurisdiction}`.execute(db);
  return found.rows[0]?.day ?? null;
}

/** Bytes of blocks that this process holds ready, over all governments. */
const HELD = 256 * 2 ** 20;

/** Blocks never change under their stamp, so they are held as long as there is room; the longest unused go first. */
const held = new Map<string, { readonly value: Promise<unknown>; bytes: number }>();
let bytesHeld = 0;

/** What `make` gives, made once for the key while there is room. `sizeOf`: bytes that it takes. */
export function hold<T>(key: string, make: () => Promise<T>, sizeOf: (value: T) => number): Promise<T> {
  const known = held.get(key);
  if (known) {
    held.delete(key);
    held.set(key, known);
    return known.value as Promise<T>;
  }
  const value = make();
  const entry = { value, bytes: 0 };
  held.set(key, entry);
  value.then(
    (made) => {
      entry.bytes = sizeOf(made);
      bytesHeld += entry.bytes;
      for (const [old, { bytes }] of held) {
        if (bytesHeld <= HELD) break;
        if (old === key) continue;
        held.delete(old);
        bytesHeld -= bytes;
      }
    },
    () => held.delete(key),
  );
  return value;
}

/** A block while the one that holds its rows was being written anew: asked again, it is there. */
export class BlockReplaced extends Error {}

/** Runs a question over blocks, again where one was replaced in the meantime. */
export async function overBlocks<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof BlockReplaced) || tries === 3) throw error;
    }
}

export interface BlockHead {
  readonly firstDay: Day;
  readonly stamp: string;
}

/** Which of these blocks there are; where nothing was open or happened there is none. */
export async function headsOf(
  db: Queryable,
  jurisdiction: string,
  what: 'stock' | 'flow',
  firstDays: readonly Day[],
): Promise<BlockHead[]> {
  if (firstDays.length === 0) return [];
  const found = await sql<BlockHead>`
    select first_day as "firstDay", stamp from problem_block
    where jurisdiction = ${jurisdiction} and what = ${what} and first_day = any(${[...firstDays]}::date[])
    order by first_day`.execute(db);
  return found.rows;
}

/** Rows of a block as bytes; serials in eight of them, the highest first. */
export function bytesOf(
  db: Queryable,
  jurisdiction: string,
  what: 'stock' | 'flow',
  { firstDay, stamp }: BlockHead,
  part: 'body' | 'more' | 'serials',
): Promise<Uint8Array> {
  return hold(
    `${stamp} ${part}`,
    async () => {
      const found = await sql<{ text: string }>`
        select ${part === 'serials' ? sql`encode(serials, 'hex')` : sql.ref(part)} as text from problem_block
        where jurisdiction = ${jurisdiction} and what = ${what} and first_day = ${firstDay}::date and stamp = ${stamp}`.execute(
        db,
      );
      const text = found.rows[0]?.text;
      if (text === undefined) throw new BlockReplaced();
      return Buffer.from(text, part === 'serials' ? 'hex' : 'latin1');
    },
    (bytes) => bytes.length,
  );
}

export const isHeld = (key: string): boolean => held.has(key);

/** Holds these blocks ready that are not yet, asked for in one statement; each is then had by `bytesOf`. */
export async function holdTogether(
  db: Queryable,
  jurisdiction: string,
  what: 'stock' | 'flow',
  heads: readonly BlockHead[],
  part: 'body' | 'more',
): Promise<void> {
  const missing = heads.filter(({ stamp }) => !isHeld(`${stamp} ${part}`));
  if (missing.length < 2) return;
  const found = sql<{ stamp: string; text: string }>`
    select stamp, ${sql.ref(part)} as text from problem_block where jurisdiction = ${jurisdiction} and what = ${what}
      and first_day = any(${missing.map((head) => head.firstDay)}::date[])`
    .execute(db)
    .then(({ rows }) => new Map(rows.map(({ stamp, text }) => [stamp, text])));
  await Promise.all(
    missing.map(({ stamp }) =>
      hold(
        `${stamp} ${part}`,
        async () => {
          const text = (await found).get(stamp);
          if (text === undefined) throw new BlockReplaced();
          return Buffer.from(text, 'latin1');
        },
        (bytes) => bytes.length,
      ),
    ),
  );
}

/** Serials of the rows at these places of a block of stock, in their order. */
export async function serialsAt(
  db: Queryable,
  jurisdiction: string,
  { firstDay, stamp }: BlockHead,
  places: readonly number[],
): Promise<number[]> {
  if (places.length === 0) return [];
  const found = await sql<{ serials: string }>`
    select string_agg(encode(substring(b.serials from p.place * 8 + 1 for 8), 'hex'), '' order by p.at) as serials
    from problem_block b cross join unnest(${[...places]}::int[]) with ordinality p (place, at)
    where b.jurisdiction = ${jurisdiction} and b.what = 'stock' and b.first_day = ${firstDay}::date and b.stamp = ${stamp}`.execute(
    db,
  );
  const hex = found.rows[0]?.serials;
  if (!hex) throw new BlockReplaced();
  return places.map((_, at) => Number.parseInt(hex.slice(at * 16, at * 16 + 16), 16));
}

const kinds = ['unit', 'sector', 'source', 'area', 'plan', 'batch', 'tags', 'cell'] as const;
export type CodeKind = (typeof kinds)[number];

/** What the codes of blocks stand for. */
export class Codes {
  readonly #values = new Map<CodeKind, string[]>(kinds.map((kind) => [kind, ['']]));
  readonly #codes = new Map<CodeKind, Map<string, number>>(kinds.map((kind) => [kind, new Map()]));
  #last = 0;
  readonly #blocks = new Set<string>();

  /** Whether all codes that stand in these blocks were read: a block is written after its codes and never changes. */
  knowAll(heads: readonly BlockHead[]): boolean {
    return heads.every(({ stamp }) => this.#blocks.has(stamp));
  }

  /** Reads what was added since. Codes are given under a lock, so ids come in order. */
  async refresh(db: Queryable, jurisdiction: string, heads: readonly BlockHead[]): Promise<this> {
    const found = await sql<{ what: CodeKind; value: string; code: number; id: number }>`
      select what, value, code, id from problem_code where jurisdiction = ${jurisdiction} and id > ${this.#last} order by id`.execute(
      db,
    );
    for (const { what, value, code, id } of found.rows) {
      this.valuesOf(what)[code] = value;
      this.#codes.get(what)?.set(value, code);
      this.#last = Math.max(this.#last, id);
    }
    for (const { stamp } of heads) this.#blocks.add(stamp);
    return this;
  }

  /** Values by code; at 0 stands '' for none. */
  valuesOf(kind: CodeKind): string[] {
    return this.#values.get(kind) as string[];
  }

  codeOf(kind: CodeKind, value: string): number | undefined {
    return this.#codes.get(kind)?.get(value);
  }
}

const known = new WeakMap<object, Map<string, Codes>>();

/** The codes of one government, at least all that stand in these blocks, which were found before. */
export async function codesOf(db: Queryable, jurisdiction: string, heads: readonly BlockHead[]): Promise<Codes> {
  const own = known.get(db) ?? new Map<string, Codes>();
  known.set(db, own);
  const codes = own.get(jurisdiction) ?? new Codes();
  own.set(jurisdiction, codes);
  return codes.knowAll(heads) ? codes : codes.refresh(db, jurisdiction, heads);
}

import { sql } from 'kysely';
import type { Day } from '../../../../kernel/day.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { type Asking, once } from './filters.ts';
import { hold, holdAll } from './hold.ts';

/** The last day that is kept; null: none is. */
export async function keptTo(db: Queryable, jurisdiction: string): Promise<Day | null> {
  const found = await sql<{ day: Day }>`
    select flow_day as day from problem_kept where jurisdiction = ${jurisdiction}`.execute(db);
  return found.rows[0]?.day ?? null;
}

/** A block while the one that holds its rows was being written anew: asked again, it is there. */
export class BlockReplaced extends Error {}

export interface BlockHead {
  readonly firstDay: Day;
  readonly stamp: string;
}

type What = 'stock' | 'flow';

/** Which blocks there are of these days; where nothing was open or happened there is none. */
export async function headsOf(
  db: Queryable,
  jurisdiction: string,
  what: What,
  firstDays: readonly Day[],
): Promise<BlockHead[]> {
  if (firstDays.length === 0) return [];
  const found = await sql<BlockHead>`
    select first_day as "firstDay", stamp from problem_block
    where jurisdiction = ${jurisdiction} and what = ${what} and first_day = any(${[...firstDays]}::date[])
    order by first_day`.execute(db);
  return found.rows;
}

const kinds = ['unit', 'sector', 'source', 'area', 'plan', 'batch', 'tags', 'cell'] as const;
export type CodeKind = (typeof kinds)[number];

/** What the codes of blocks stand for. */
export class Codes {
  readonly #values = new Map<CodeKind, string[]>(kinds.map((kind) => [kind, ['']]));
  readonly #codes = new Map<CodeKind, Map<string, number>>(kinds.map((kind) => [kind, new Map()]));

  add(what: CodeKind, value: string, code: number): void {
    this.valuesOf(what)[code] = value;
    this.#codes.get(what)?.set(value, code);
  }

  /** Values by code; at 0 stands '' for none. */
  valuesOf(kind: CodeKind): string[] {
    return this.#values.get(kind) as string[];
  }

  codeOf(kind: CodeKind, value: string): number | undefined {
    return this.#codes.get(kind)?.get(value);
  }
}

/** All codes of one government. */
export async function codesOf(db: Queryable, jurisdiction: string): Promise<Codes> {
  const found = await sql<{ what: CodeKind; value: string; code: number }>`
    select what, value, code from problem_code where jurisdiction = ${jurisdiction}`.execute(db);
  const codes = new Codes();
  for (const { what, value, code } of found.rows) codes.add(what, value, code);
  return codes;
}

/** What is kept of one government's finished days: up to which, in which blocks by first day, and what their codes stand for. */
export interface KeptDays {
  readonly last: Day;
  readonly heads: Readonly<Record<What, ReadonlyMap<Day, BlockHead>>>;
  readonly codes: Codes;
}

/** While the stamp is the same, blocks and codes are: they are read once. */
async function readKept(db: Queryable, jurisdiction: string): Promise<KeptDays | null> {
  const found = await sql<{ day: Day; stamp: string }>`
    select flow_day as day, stamp from problem_kept where jurisdiction = ${jurisdiction}`.execute(db);
  const [row] = found.rows;
  if (row === undefined) return null;
  const known = await hold(
    `kept ${row.stamp}`,
    async () => {
      const blocks = await sql<BlockHead & { what: What }>`
        select what, first_day as "firstDay", stamp from problem_block where jurisdiction = ${jurisdiction}`.execute(
        db,
      );
      const heads = { stock: new Map<Day, BlockHead>(), flow: new Map<Day, BlockHead>() };
      for (const { what, ...head } of blocks.rows) heads[what].set(head.firstDay, head);
      // after the blocks: all their codes are there then
      return { heads, codes: await codesOf(db, jurisdiction) };
    },
    ({ heads, codes }) =>
      200 * (heads.stock.size + heads.flow.size + kinds.reduce((sum, kind) => sum + codes.valuesOf(kind).length, 0)),
  );
  return { last: row.day, ...known };
}

const keptKey = (jurisdiction: string): string => `kept ${jurisdiction}`;

/** The same, once for a page; null where nothing is kept, or spans shall be counted. */
export const keptDays = async (db: Queryable, jurisdiction: string, asking: Asking): Promise<KeptDays | null> =>
  asking.way === 'spans' ? null : once(asking, keptKey(jurisdiction), () => readKept(db, jurisdiction));

/** Runs a question over what is kept, again where a block was replaced in the meantime. */
export async function overBlocks<T>(
  db: Queryable,
  jurisdiction: string,
  asking: Asking,
  run: (kept: KeptDays) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    const kept = await keptDays(db, jurisdiction, asking);
    try {
      if (kept === null) throw new BlockReplaced();
      return await run(kept);
    } catch (error) {
      if (!(error instanceof BlockReplaced) || tries === 3) throw error;
      asking.shared?.delete(keptKey(jurisdiction));
    }
  }
}

export type Column = 'body' | 'more' | 'serials';
const nothing = new Uint8Array(0);

/** In which shares a block lies: of units, and of flow also of sectors. */
export type Shares = 'stock' | 'flow' | 'flowBySector';

/**
 * The share of a block that one unit has, or one sector, by its code; `more` and `serials` (eight bytes each, the highest first)
 * where they were asked for.
 */
export interface Part {
  readonly share: number;
  readonly body: Uint8Array;
  readonly more: Uint8Array;
  readonly serials: Uint8Array;
}

/**
 * The shares with these codes in these blocks, in the order of both; those without rows are left out. What is not held yet is
 * read in one statement. Throws BlockReplaced.
 */
export async function partsOf(
  db: Queryable,
  jurisdiction: string,
  what: Shares,
  heads: readonly BlockHead[],
  codes: readonly number[],
  columns: readonly Column[],
): Promise<Part[][]> {
  const wanted = heads.flatMap((head) =>
    columns.flatMap((column) =>
      codes.map((share) => ({ head, column, share, key: `${head.stamp} ${what} ${share} ${column}` })),
    ),
  );
  const bytes = await holdAll(
    wanted.map(({ key }) => key),
    async (missing) => {
      const asked = missing.map((place) => wanted[place] as (typeof wanted)[number]);
      const found = await readParts(db, jurisdiction, what, asked);
      return asked.map(({ key }) => found.get(key) ?? nothing);
    },
    (one) => one.length + 200,
  );
  let at = 0;
  return heads.map(() => {
    const of: Partial<Record<Column, Uint8Array[]>> = {};
    for (const column of columns) {
      of[column] = bytes.slice(at, at + codes.length);
      at += codes.length;
    }
    return codes.flatMap((share, place) => {
      const body = of.body?.[place] ?? nothing;
      if (body.length === 0) return [];
      return [{ share, body, more: of.more?.[place] ?? nothing, serials: of.serials?.[place] ?? nothing }];
    });
  });
}

/** What is wanted, by key; absent where a block has nothing in the share. */
async function readParts(
  db: Queryable,
  jurisdiction: string,
  what: Shares,
  wanted: readonly {
    readonly head: BlockHead;
    readonly column: Column;
    readonly share: number;
    readonly key: string;
  }[],
): Promise<Map<string, Uint8Array>> {
  const columns = [...new Set(wanted.map(({ column }) => column))];
  const heads = [...new Set(wanted.map(({ head }) => head))];
  const shares = [...new Set(wanted.map(({ share }) => share))];
  const shown = columns.map((column) =>
    column === 'serials' ? sql`encode(p.serials, 'hex') as serials` : sql.ref(`p.${column}`),
  );
  const found = await sql<{ stamp: string; share: number | null } & Record<Column, string>>`
    select b.stamp, p.share, ${sql.join(shown)} from problem_block b
    left join problem_block_part p on p.jurisdiction = b.jurisdiction and p.what = ${what} and p.first_day = b.first_day
      and p.share = any(${shares}::int[])
    where b.jurisdiction = ${jurisdiction} and b.what = ${what === 'stock' ? 'stock' : 'flow'}
      and b.first_day = any(${heads.map(({ firstDay }) => firstDay)}::date[])
      and b.stamp = any(${heads.map(({ stamp }) => stamp)}::uuid[])`.execute(db);
  const stamps = new Set(found.rows.map(({ stamp }) => stamp));
  if (heads.some(({ stamp }) => !stamps.has(stamp))) throw new BlockReplaced();
  const parts = new Map<string, Uint8Array>();
  for (const row of found.rows)
    if (row.share !== null)
      for (const column of columns)
        parts.set(
          `${row.stamp} ${what} ${row.share} ${column}`,
          Buffer.from(row[column], column === 'serials' ? 'hex' : 'latin1'),
        );
  return parts;
}

/** Rows of one unit's share: `count` from the place `row` on. */
export interface Stretch {
  readonly unit: number;
  readonly row: number;
  readonly count: number;
}

/** Serials of the rows of these stretches of a block of stock, in their order. */
export async function serialsAt(
  db: Queryable,
  jurisdiction: string,
  { firstDay, stamp }: BlockHead,
  stretches: readonly Stretch[],
): Promise<number[][]> {
  if (stretches.length === 0) return [];
  const of = (pick: (one: Stretch) => number) => sql`${stretches.map(pick)}::int[]`;
  const found = await sql<{ serials: string }>`
    select encode(substring(p.serials from s.place * 8 + 1 for s.rows * 8), 'hex') as serials
    from unnest(${of((one) => one.unit)}, ${of((one) => one.row)}, ${of((one) => one.count)}) with ordinality s (unit, place, rows, at)
    join problem_block_part p on p.jurisdiction = ${jurisdiction} and p.what = 'stock' and p.first_day = ${firstDay}::date
      and p.share = s.unit
    where exists (select 1 from problem_block b where b.jurisdiction = ${jurisdiction} and b.what = 'stock'
      and b.first_day = ${firstDay}::date and b.stamp = ${stamp})
    order by s.at`.execute(db);
  if (found.rows.length !== stretches.length) throw new BlockReplaced();
  return found.rows.map(({ serials }) =>
    Array.from({ length: serials.length / 16 }, (_, at) => Number.parseInt(serials.slice(at * 16, at * 16 + 16), 16)),
  );
}

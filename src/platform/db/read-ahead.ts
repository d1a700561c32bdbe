import { open } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from './connect.ts';

/** PostgreSQL keeps a table or index in files of this size: name, name.1, name.2 … */
const SEGMENT = 2 ** 30;
const PIECE = 2 ** 20;
const PAGE = 8192;
/** After a start people come first. */
const BEGIN_MS = 10_000;
/** Between pieces nothing is read for half as long as the last one took: whoever asks meanwhile finds the disk free. */
const REST = 0.5;
/** Of the memory that programs could still have; what the system's cache holds it gives back to whoever asks. */
const SHARE = 0.75;
/** Of the server's own memory; the rest is left to what is asked meanwhile. */
const OWN_SHARE = 0.9;

interface Stored {
  readonly id: number;
  /** Within the folder of the server's data. */
  readonly path: string;
  readonly size: number;
}

/** Asked for no more often than this counts as not asked for. */
const RARELY = 100;

/**
 * What people asked for before comes first, and of that indexes and what lies beside tables, then tables, each the small ones first: a
 * byte of theirs is asked for most often.
 */
async function storedIn({ pool }: Database): Promise<{ folder: string; stored: Stored[] }> {
  const folder = await pool.query<{ data_directory: string }>('show data_directory');
  const { rows } = await pool.query<Stored>(`
    with asked as (select relid as id, idx_scan as times from pg_stat_all_tables
      union all select indexrelid, idx_scan from pg_stat_all_indexes)
    select x.id, x.path, x.size from (
      select c.oid::int8 as id, pg_relation_filepath(c.oid) as path, pg_relation_size(c.oid) as size, c.relkind = 'r' as last,
        coalesce(a.times, 0) > ${RARELY} as used
      from pg_class c left join asked a on a.id = c.oid
      where c.relkind in ('r', 'i', 't', 'm') and c.relpersistence = 'p'
        and c.relnamespace in (to_regnamespace(current_schema), to_regnamespace('pg_toast'))) x
    where x.size > 0 order by x.used desc, x.last, x.size`);
  return { folder: folder.rows[0]?.data_directory ?? '', stored: rows };
}

/** After a piece that had to come from the disk others are given time; what was in memory already costs nothing. */
async function thenRest(begun: number): Promise<void> {
  const took = performance.now() - begun;
  if (took > 1) await wait(took * REST);
}

/** Reads a stretch of one file and forgets it; what is gone meanwhile is left out. */
async function readPart(file: string, from: number, to: number, buffer: Buffer, stopped: () => boolean): Promise<void> {
  const opened = await open(file, 'r').catch(() => null);
  if (opened === null) return;
  try {
    for (let at = from; at < to && !stopped(); ) {
      const begun = performance.now();
      const { bytesRead } = await opened.read(buffer, 0, Math.min(PIECE, to - at), at);
      if (bytesRead === 0) return;
      at += bytesRead;
      await thenRest(begun);
    }
  } finally {
    await opened.close();
  }
}

/** How many bytes the server may be told to take into its own memory; 0 where it cannot be told. */
async function ownRoom({ pool }: Database): Promise<number> {
  try {
    await pool.query('create extension if not exists pg_prewarm with schema public');
  } catch {
    return 0;
  }
  const { rows } = await pool.query<{ bytes: number }>(
    `select pg_size_bytes(current_setting('shared_buffers'))::float8 as bytes
      where to_regprocedure('public.pg_prewarm(regclass, text, text, int8, int8)') is not null`,
  );
  return (rows[0]?.bytes ?? 0) * OWN_SHARE;
}

/** The server takes a stretch into its own memory; of what was dropped meanwhile nothing. */
async function takeIn(
  { pool }: Database,
  { id }: Stored,
  from: number,
  to: number,
  stopped: () => boolean,
): Promise<void> {
  const [first, last] = [Math.ceil(from / PAGE), Math.floor(to / PAGE)];
  for (let at = first; at < last && !stopped(); at += PIECE / PAGE) {
    const begun = performance.now();
    const end = Math.min(last, at + PIECE / PAGE) - 1;
    const { rowCount } = await pool.query(
      `select public.pg_prewarm(c.oid::regclass, 'buffer', 'main', $2::int8, $3::int8) from pg_class c
        where c.oid = $1::int8::oid and pg_relation_size(c.oid) > $3::int8 * ${PAGE}`,
      [id, at, end],
    );
    if (rowCount === 0) return;
    await thenRest(begun);
  }
}

/**
 * Reads what the embedded database has stored once from the first to the last byte, so that the first person who asks does not wait for the disk
 * row by row: as far as it goes into the memory of the server itself, which stays there, then into the system's cache (`bytes`: most of
 * what is free); of what does not fit the end of the table, where its newest rows lie. For a server on this machine whose files this
 * process may read. Gives how many bytes were read.
 */
export async function readAhead(
  database: Database,
  options: { readonly bytes?: number; readonly own?: number; readonly stopped?: () => boolean } = {},
): Promise<number> {
  const stopped = options.stopped ?? (() => false);
  if (stopped()) return 0;
  const { folder, stored } = await storedIn(database);
  const buffer = Buffer.allocUnsafe(PIECE);
  let own = Math.floor(Math.min(options.own ?? Number.POSITIVE_INFINITY, await ownRoom(database)));
  let cache = Math.floor(options.bytes ?? Math.max(0, freemem() - own) * SHARE);
  let read = 0;
  for (const one of stored) {
    if (own + cache < PIECE || stopped()) break;
    const taken = Math.min(one.size, own);
    const cached = Math.min(one.size - taken, cache);
    await takeIn(database, one, one.size - taken, one.size, stopped);
    const [begin, end] = [one.size - taken - cached, one.size - taken];
    for (let segment = Math.floor(begin / SEGMENT); segment * SEGMENT < end && !stopped(); segment += 1) {
      const file = join(folder, segment === 0 ? one.path : `${one.path}.${segment}`);
      const first = segment * SEGMENT;
      await readPart(file, Math.max(0, begin - first), Math.min(SEGMENT, end - first), buffer, stopped);
    }
    own -= taken;
    cache -= cached;
    read += taken + cached;
  }
  return stopped() ? 0 : read;
}

/** Does so a while after the start, beside everything else; gives how to stop it. Its failure harms nobody and is only logged. */
export function startReadAhead(database: Database, log: (line: string) => void): () => Promise<void> {
  let over = false;
  let done: Promise<unknown> = Promise.resolve();
  const timer = setTimeout(() => {
    done = readAhead(database, { stopped: () => over }).catch((error: unknown) =>
      log(`数据库文件没有预先读入内存：${error instanceof Error ? error.message : String(error)}`),
    );
  }, BEGIN_MS);
  timer.unref();
  return async () => {
    over = true;
    clearTimeout(timer);
    await done;
  };
}

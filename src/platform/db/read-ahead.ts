import { open } from 'node:fs/promises';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from './connect.ts';

/** PostgreSQL keeps a table or index in files of this size: name, name.1, name.2 … */
const SEGMENT = 2 ** 30;
const PIECE = 2 ** 20;
/** After a start people come first. */
const BEGIN_MS = 10_000;
/** Between pieces nothing is read for half as long as the last one took: whoever asks meanwhile finds the disk free. */
const REST = 0.5;
/** Of the memory that programs could still have; what the system's cache holds it gives back to whoever asks. */
const SHARE = 0.75;

interface Stored {
  /** Within the folder of the server's data. */
  readonly path: string;
  readonly size: number;
}

/** Indexes and what lies beside tables first, then tables, each the small ones first: a byte of theirs is asked for most often. */
async function storedIn({ pool }: Database): Promise<{ folder: string; stored: Stored[] }> {
  const folder = await pool.query<{ data_directory: string }>('show data_directory');
  const { rows } = await pool.query<Stored>(`
    select x.path, x.size from (
      select pg_relation_filepath(c.oid) as path, pg_relation_size(c.oid) as size, c.relkind = 'r' as last from pg_class c
      where c.relkind in ('r', 'i', 't', 'm') and c.relpersistence = 'p'
        and c.relnamespace in (to_regnamespace(current_schema), to_regnamespace('pg_toast'))) x
    where x.size > 0 order by x.last, x.size`);
  return { folder: folder.rows[0]?.data_directory ?? '', stored: rows };
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
      const took = performance.now() - begun;
      // what was in memory already costs nothing
      if (took > 1) await wait(took * REST);
    }
  } finally {
    await opened.close();
  }
}

/**
 * Reads the files of the embedded database once from the first to the last byte, so that the system's cache holds them and the first
 * person who asks does not wait for the disk row by row; of what does not fit into `bytes` (most of the memory that is free),
 * the end of the last table, where its newest rows lie. For a server on this machine whose files this process may read.
 * Gives how many bytes were read.
 */
export async function readAhead(
  database: Database,
  options: { readonly bytes?: number; readonly stopped?: () => boolean } = {},
): Promise<number> {
  const stopped = options.stopped ?? (() => false);
  const { folder, stored } = await storedIn(database);
  const buffer = Buffer.allocUnsafe(PIECE);
  const room = Math.floor(options.bytes ?? freemem() * SHARE);
  let left = room;
  for (const { path, size } of stored) {
    if (left < PIECE || stopped()) break;
    const begin = Math.max(0, size - left);
    for (let segment = Math.floor(begin / SEGMENT); segment * SEGMENT < size && !stopped(); segment += 1) {
      const file = join(folder, segment === 0 ? path : `${path}.${segment}`);
      const first = segment * SEGMENT;
      await readPart(file, Math.max(0, begin - first), Math.min(SEGMENT, size - first), buffer, stopped);
    }
    left -= size - begin;
  }
  return Math.round(room - left);
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

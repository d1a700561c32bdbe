import { createReadStream, readFileSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PoolClient } from 'pg';
import type { Database } from '../platform/db/connect.ts';
import { copyOut } from '../platform/db/copy.ts';
import { appliedMigrations, STRUCTURE_LOCK } from '../platform/db/migrate.ts';
import { DatabaseTrouble } from '../platform/db/trouble.ts';
import { ArchiveWriter } from './archive.ts';
import { FORMAT, HEAD, MANIFEST, MANIFEST_HASH, type Manifest, type TablePart } from './backup-manifest.ts';

/** What was saved; `damagedFiles` are uploaded files whose content no longer fits the hash they are named by. */
export type BackupResult = { to: string; tables: number; rows: number; files: number; damagedFiles: string[] };

/** Tables of the product in the order of their names: those of extensions and of the driver are not among them. */
export const OWN_TABLES = `
  select c.relname as name,
         (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
           where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c
   where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')
   order by c.relname`;

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Saves data and uploaded files into the one file `to` (.tar.gz) while the product is running: all tables as they were
 * at one moment (a REPEATABLE READ snapshot), then every file, which covers all files that the rows of that moment
 * name. `progress` receives Chinese lines. The file appears under its name only when it is complete and on the disk.
 * Throws DatabaseTrouble when the database has no structure yet, or the disk is full.
 */
export async function backup(options: {
  database: Database;
  filesDir: string;
  to: string;
  progress?: (line: string) => void;
}): Promise<BackupResult> {
  const say = options.progress ?? (() => {});
  const archive = new ArchiveWriter(options.to);
  const client = await options.database.pool.connect();
  let clean = false;
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0');
    await client.query('select pg_advisory_lock_shared($1)', [STRUCTURE_LOCK]);
    await client.query('begin isolation level repeatable read read only; set local row_security = off');
    const manifest = await describe(client);
    const { format, productVersion, createdAt } = manifest;
    await addJson(archive, HEAD, { product: 'guatu', format, productVersion, createdAt });
    await saveTables(client, archive, manifest, say);
    await client.query('commit');
    const damagedFiles = await saveFiles(options.filesDir, archive, manifest, say);
    const { sha256 } = await addJson(archive, MANIFEST, manifest);
    await archive.add(MANIFEST_HASH, 64, [Buffer.from(sha256)]);
    await archive.finish();
    clean = true;
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    say(`备份完成：${manifest.tables.length} 张表、${rows} 行、${manifest.files.length} 个文件，存于 ${options.to}。`);
    return { to: options.to, tables: manifest.tables.length, rows, files: manifest.files.length, damagedFiles };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') {
      throw new DatabaseTrouble(`磁盘空间不足，备份没有完成：${options.to}。请换一个位置或清理磁盘后重做。`, { cause });
    }
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' || (cause as NodeJS.ErrnoException).code === 'EACCES') {
      throw new DatabaseTrouble(
        `备份没有完成，无法读写：${(cause as Error).message}。请检查目录是否存在、是否有权限。`,
        { cause },
      );
    }
    throw cause;
  } finally {
    if (!clean) await archive.discard();
    // Ends the session, and with it the snapshot, the lock and the settings above.
    client.release(true);
  }
}

function productVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

async function describe(client: PoolClient): Promise<Manifest> {
  const migrations = await appliedMigrations(client);
  if (migrations.length === 0)
    throw new DatabaseTrouble('数据库里还没有数据结构，没有可备份的内容。请先启动一次本系统。');
  const now = await client.query<{ now: Date }>('select now() as now');
  const partitions = await client.query<Manifest['partitions'][number]>(`
    select c.relname as name, p.relname as parent, pg_get_expr(c.relpartbound, c.oid) as bound
      from pg_class c join pg_inherits i on i.inhrelid = c.oid join pg_class p on p.oid = i.inhparent
     where c.relnamespace = 'public'::regnamespace and c.relispartition and c.relkind = 'r' order by c.relname`);
  return {
    format: FORMAT,
    productVersion: productVersion(),
    createdAt: (now.rows[0]?.now ?? new Date()).toISOString(),
    migrations,
    tables: [],
    partitions: partitions.rows,
    sequences: [],
    files: [],
  };
}

async function addJson(archive: ArchiveWriter, entry: string, value: unknown) {
  const bytes = Buffer.from(`${JSON.stringify(value, null, 1)}\n`);
  return archive.add(entry, bytes.length, [bytes]);
}

async function saveTables(
  client: PoolClient,
  archive: ArchiveWriter,
  manifest: Manifest,
  say: (line: string) => void,
): Promise<void> {
  const { rows: tables } = await client.query<{ name: string; columns: string[] }>(OWN_TABLES);
  for (const [index, { name, columns }] of tables.entries()) {
    const table: TablePart = { name, columns, rows: 0, parts: [] };
    for await (const piece of copyOut(client, `copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`)) {
      // In COPY text a line feed inside a value is written as \n, so every real one ends a row.
      for (const byte of piece) if (byte === 10) table.rows++;
      const entry = `tables/${index}-${name}/${table.parts.length}`.slice(0, 99);
      table.parts.push(await archive.add(entry, piece.length, [piece]));
    }
    manifest.tables.push(table);
    say(`备份数据 ${index + 1}/${tables.length}：${name}，${table.rows} 行`);
  }
  // Sequences are not part of a snapshot. Read after the rows, they are at least as far as the rows.
  const { rows: sequences } = await client.query<{ name: string }>(
    `select sequencename as name from pg_sequences where schemaname = 'public' order by 1`,
  );
  for (const { name } of sequences) {
    const state = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${quoted(name)}`,
    );
    for (const { last, called } of state.rows) manifest.sequences.push({ name, last, called });
  }
}

async function listFiles(filesDir: string): Promise<string[]> {
  const found: string[] = [];
  const walk = async (below: string): Promise<void> => {
    const entries = await readdir(join(filesDir, below), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      // Uploads on their way are named by no row yet.
      if (entry.isDirectory() && path !== 'incoming') await walk(path);
      else if (entry.isFile()) found.push(path);
    }
  };
  await walk('').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  return found;
}

async function saveFiles(
  filesDir: string,
  archive: ArchiveWriter,
  manifest: Manifest,
  say: (line: string) => void,
): Promise<string[]> {
  const damaged: string[] = [];
  const paths = await listFiles(filesDir);
  for (const [index, path] of paths.entries()) {
    const entry = /^[\x21-\x7e]{1,90}$/.test(path) ? `files/${path}` : `files/_${index}`;
    const file = await open(join(filesDir, path));
    try {
      const { size } = await file.stat();
      const content = createReadStream('', { fd: file.fd, autoClose: false, start: 0 }) as AsyncIterable<Buffer>;
      const part = await archive.add(entry, size, content);
      manifest.files.push({ ...part, path });
      if (/^[0-9a-f]{64}$/.test(basename(path)) && basename(path) !== part.sha256) damaged.push(path);
    } finally {
      await file.close();
    }
    if ((index + 1) % 100 === 0 || index + 1 === paths.length) say(`备份文件 ${index + 1}/${paths.length}`);
  }
  for (const path of damaged)
    say(`注意：文件 ${path} 的内容与登记的校验值不符，已按现状备份，请执行 guatu verify 查明。`);
  return damaged;
}

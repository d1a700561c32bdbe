import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { type Database, SESSION_NAME } from '../platform/db/connect.ts';
import { copyIn } from '../platform/db/copy.ts';
import { knownMigrations, type Migration, runMigrations, STRUCTURE_LOCK } from '../platform/db/migrate.ts';
import { DatabaseTrouble } from '../platform/db/trouble.ts';
import { BrokenArchive, contentOf, type Entry, type Part, readArchive } from './archive.ts';
import { OWN_TABLES, quoted } from './backup.ts';
import { FORMAT, HEAD, MANIFEST, MANIFEST_HASH, type Manifest } from './backup-manifest.ts';

/** What was restored; `keptAside` is the schema that holds the data that was there before, null when there was none. */
export type RestoreResult = {
  createdAt: string;
  productVersion: string;
  tables: number;
  rows: number;
  files: number;
  keptAside: string | null;
};

type Say = (line: string) => void;
type Seen = Part & { lines: number };

// --- before anything is touched ----------------------------------------------------------------------------------

/**
 * Reads the whole archive and returns its manifest when every piece is there and unchanged (size, SHA-256, number of
 * rows) and this program knows every migration in it. Touches nothing. Throws DatabaseTrouble (Chinese) otherwise.
 */
export async function verifyBackup(
  from: string,
  progress: Say = () => {},
  migrations = knownMigrations(),
): Promise<Manifest> {
  try {
    return await readThrough(from, progress, migrations);
  } catch (cause) {
    if (cause instanceof BrokenArchive || cause instanceof SyntaxError) {
      throw new DatabaseTrouble(`备份文件 ${from} 已损坏或不完整，没有恢复，现有数据没有改动。请换用另一份备份。`, {
        cause,
      });
    }
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') {
      throw new DatabaseTrouble(`找不到备份文件 ${from}。请检查路径。`, { cause });
    }
    throw cause;
  }
}

async function readThrough(from: string, progress: Say, migrations: Migration[]): Promise<Manifest> {
  progress('正在核对备份文件……');
  const seen = new Map<string, Seen>();
  let head: { product?: string; format?: number } | undefined;
  let manifestText: Buffer | undefined;
  let manifestHash = '';
  for await (const entry of readArchive(from)) {
    if (head === undefined && entry.entry !== HEAD) throw new BrokenArchive('no head');
    if (entry.entry === HEAD) {
      head = JSON.parse((await contentOf(entry)).toString('utf8')) as typeof head;
      if (head?.product !== 'guatu') throw new BrokenArchive('another product');
      if (head.format !== FORMAT) {
        throw new DatabaseTrouble(
          `备份文件的格式是第 ${head.format} 版，本程序只认识第 ${FORMAT} 版。请换用更新版本的程序恢复。`,
        );
      }
    } else if (entry.entry === MANIFEST) manifestText = await contentOf(entry);
    else if (entry.entry === MANIFEST_HASH) manifestHash = (await contentOf(entry)).toString('latin1');
    else seen.set(entry.entry, await measure(entry));
  }
  if (manifestText === undefined) throw new BrokenArchive('no manifest');
  if (createHash('sha256').update(manifestText).digest('hex') !== manifestHash) throw new BrokenArchive('manifest');
  const manifest = JSON.parse(manifestText.toString('utf8')) as Manifest;
  compare(manifest, seen);
  checkMigrations(manifest, migrations);
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  progress(
    `核对无误：${manifest.createdAt} 的备份，${manifest.tables.length} 张表、${rows} 行、${manifest.files.length} 个文件。`,
  );
  return manifest;
}

async function measure({ entry, size, content }: Entry): Promise<Seen> {
  const hash = createHash('sha256');
  let lines = 0;
  for await (const piece of content) {
    hash.update(piece);
    if (entry.startsWith('tables/')) for (const byte of piece) if (byte === 10) lines++;
  }
  return { entry, size, sha256: hash.digest('hex'), lines };
}

function compare(manifest: Manifest, seen: Map<string, Seen>): void {
  const left = new Map(seen);
  const check = (part: Part): number => {
    const found = left.get(part.entry);
    if (found === undefined || found.size !== part.size || found.sha256 !== part.sha256)
      throw new BrokenArchive(part.entry);
    left.delete(part.entry);
    return found.lines;
  };
  for (const table of manifest.tables) {
    if (table.parts.reduce((sum, part) => sum + check(part), 0) !== table.rows) throw new BrokenArchive(table.name);
  }
  for (const file of manifest.files) {
    check(file);
    if (!safePath(file.path)) throw new BrokenArchive(file.path);
  }
  if (left.size > 0) throw new BrokenArchive(`not in the manifest: ${[...left.keys()][0]}`);
}

function safePath(path: string): boolean {
  return (
    path !== '' &&
    !/[\\:\0]/.test(path) &&
    path.split('/').every((step) => step !== '' && step !== '.' && step !== '..')
  );
}

function checkMigrations(manifest: Manifest, migrations: Migration[]): void {
  const known = new Map(migrations.map((one) => [one.name, one]));
  const unknown = manifest.migrations.filter((one) => !one.name.endsWith('/codes.sql') && !known.has(one.name));
  if (unknown.length > 0) {
    throw new DatabaseTrouble(
      `备份来自更新的版本（${manifest.productVersion}），含有本程序不认识的结构升级 ${unknown.map((one) => one.name).join('、')}。请换用该版本或更新的程序恢复，现有数据没有改动。`,
    );
  }
  const changed = manifest.migrations.find((one) => {
    const own = known.get(one.name);
    return own !== undefined && !own.repeatable && own.sha256 !== one.sha256;
  });
  if (changed !== undefined) {
    throw new DatabaseTrouble(
      `备份的数据结构 ${changed.name} 与本程序的不同，不能恢复。请用备份时的程序版本恢复，现有数据没有改动。`,
    );
  }
}

// --- restoring ---------------------------------------------------------------------------------------------------

/**
 * Restores a backup made by backup(): verifies all of it first (see verifyBackup), then loads structure, rows and
 * sequences in one transaction, so the database is either wholly the restored one or wholly the old one. Structure
 * that is newer in this program than in the backup is added at the end. Files are added to `filesDir`; a different
 * file under the same path is kept in `<filesDir>-before-<moment>`.
 *
 * Into an empty database without more ado. With `replace`, data that is there stays aside in the schema
 * `before_<moment>` of the same database. All other processes of the product must be stopped.
 * Throws DatabaseTrouble (Chinese) and changes nothing when the archive is damaged or unknown, the database is not
 * empty and `replace` is not set, or another process of the product is connected.
 */
export async function restore(options: {
  from: string;
  database: Database;
  filesDir: string;
  replace?: boolean;
  progress?: Say;
  migrations?: Migration[];
}): Promise<RestoreResult> {
  const say = options.progress ?? (() => {});
  const migrations = options.migrations ?? knownMigrations();
  const manifest = await verifyBackup(options.from, say, migrations);
  const moment = new Date().toISOString().replace(/[-:]|\.\d+Z/g, '');
  const files = new FilesIn(options.filesDir, moment);
  const client = await options.database.pool.connect();
  try {
    await client.query('set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0');
    await client.query('select pg_advisory_lock($1)', [STRUCTURE_LOCK]);
    await refuseOthers(client);
    await client.query('begin');
    const keptAside = await makeRoom(client, options.replace ?? false, `before_${moment.toLowerCase()}`, say);
    await buildStructure(client, manifest, migrations);
    const finish = await openTables(client, manifest);
    await load(client, options.from, manifest, files, say);
    await finish();
    await setSequences(client, manifest);
    await runMigrations(client, migrations, (work) => work());
    await client.query('commit');
    // Queries on fresh rows are slow until the server knows their numbers; failing here costs only speed.
    await client.query('analyze').catch(() => {});
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    say(`恢复完成：${manifest.tables.length} 张表、${rows} 行、${manifest.files.length} 个文件。`);
    if (keptAside !== null) say(`原有数据保留在库内的 ${keptAside} 中，确认无误后可以删除。`);
    const { createdAt, productVersion, tables } = manifest;
    return { createdAt, productVersion, tables: tables.length, rows, files: manifest.files.length, keptAside };
  } catch (cause) {
    await client.query('rollback').catch(() => {});
    await files.undo();
    if (cause instanceof DatabaseTrouble) throw cause;
    const full = (cause as { code?: string }).code === 'ENOSPC' || (cause as { code?: string }).code === '53100';
    throw new DatabaseTrouble(
      full
        ? '磁盘空间不足，恢复没有完成，已退回原状。请清理磁盘后重做。'
        : `恢复没有完成，已退回原状：${(cause as Error).message}`,
      { cause },
    );
  } finally {
    client.release(true);
  }
}

async function refuseOthers(client: PoolClient): Promise<void> {
  const { rows } = await client.query(
    `select 1 from pg_stat_activity where datname = current_database() and application_name like 'guatu %'
      and application_name <> $1`,
    [SESSION_NAME],
  );
  if (rows.length === 0) return;
  throw new DatabaseTrouble(
    '本系统正在运行，恢复期间的新数据会丢失。请先停止所有正在运行的本系统进程，再执行恢复；现有数据没有改动。',
  );
}

/**
 * The beginning of an `alter … set schema` for everything in public that is the product's. Object by object, because
 * extensions must stay where they are (they often belong to the database's administrator). What belongs to a table
 * (indexes, its own sequences) moves along by itself.
 */
const OWN_OBJECTS = `
  with own as (select 'public'::regnamespace as schema)
  select case when c.relkind in ('r', 'p') then 'alter table ' when c.relkind = 'v' then 'alter view '
              when c.relkind = 'm' then 'alter materialized view ' else 'alter sequence ' end || c.oid::regclass as move
    from pg_class c, own
   where c.relnamespace = own.schema and c.relkind in ('r', 'p', 'v', 'm', 'S')
     and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid
       and (d.deptype = 'e' or c.relkind = 'S' and d.deptype in ('a', 'i')))
  union all
  select 'alter statistics ' || s.stxnamespace::regnamespace || '.' || quote_ident(s.stxname) from pg_statistic_ext s, own
   where s.stxnamespace = own.schema
  union all
  select 'alter routine ' || p.oid::regprocedure from pg_proc p, own
   where p.pronamespace = own.schema
     and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  union all
  select case t.typtype when 'd' then 'alter domain ' else 'alter type ' end || t.oid::regtype from pg_type t, own
   where t.typnamespace = own.schema
     and (t.typtype in ('e', 'd', 'r') or t.typtype = 'c' and (select relkind from pg_class where oid = t.typrelid) = 'c')
     and not exists (select 1 from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')`;

/** Moves what is there aside; everything happens inside the open transaction. */
async function makeRoom(client: PoolClient, replace: boolean, aside: string, say: Say): Promise<string | null> {
  const { rows: tables } = await client.query<{ name: string }>(OWN_TABLES);
  let filled = false;
  for (const { name } of tables) {
    if (name === 'guatu_migration') continue;
    filled ||= (await client.query(`select 1 from ${quoted(name)} limit 1`)).rows.length > 0;
  }
  if (filled && !replace) {
    throw new DatabaseTrouble(
      '目标数据库里已有数据，没有恢复。要用备份替换它，请加 --replace（原数据会保留在一旁）；或用 --data 指定一个新的数据目录。',
    );
  }
  await client.query(`create schema ${aside}; set local search_path = public`);
  const { rows: moves } = await client.query<{ move: string }>(OWN_OBJECTS);
  for (const { move } of moves) await client.query(`${move} set schema ${aside}`);
  if (filled) {
    say(`原有数据将保留在 ${aside} 中。`);
    return aside;
  }
  await client.query(`drop schema ${aside} cascade`);
  return null;
}

/** The structure as it was in the backup: exactly its migrations, its partitions, and no rows of the scripts' own. */
async function buildStructure(client: PoolClient, manifest: Manifest, migrations: Migration[]): Promise<void> {
  const wanted = new Set(manifest.migrations.map((one) => one.name));
  await runMigrations(
    client,
    migrations.filter((one) => wanted.has(one.name)),
    (work) => work(),
  );
  for (const { name, parent, bound } of manifest.partitions) {
    const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
      quoted(name),
    ]);
    if (!rows[0]?.there) await client.query(`create table ${quoted(name)} partition of ${quoted(parent)} ${bound}`);
  }
  const { rows: present } = await client.query<{ name: string; columns: string[] }>(OWN_TABLES);
  const shape = (tables: { name: string; columns: string[] }[]) =>
    JSON.stringify(
      tables.map(({ name, columns }) => [name, [...columns].sort()]).sort((a, b) => (`${a[0]}` < `${b[0]}` ? -1 : 1)),
    );
  if (shape(present) !== shape(manifest.tables)) {
    throw new DatabaseTrouble(
      '备份里的表与本程序建出的表不一致，没有恢复，现有数据没有改动。请用备份时的程序版本恢复。',
    );
  }
  await client.query(`truncate ${present.map(({ name }) => quoted(name)).join(', ')}`);
}

/**
 * Takes foreign keys and triggers off while rows are loaded in any order, and returns what puts them back (foreign
 * keys are checked then over all rows).
 */
async function openTables(client: PoolClient, manifest: Manifest): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ on: string; name: string; definition: string }>(`
    select conrelid::regclass::text as on, conname as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`);
  for (const key of keys) await client.query(`alter table ${key.on} drop constraint ${quoted(key.name)}`);
  const { rows: triggers } = await client.query<{ on: string; name: string; state: string }>(`
    select tgrelid::regclass::text as on, tgname as name, tgenabled as state
      from pg_trigger t join pg_class c on c.oid = t.tgrelid
     where not tgisinternal and tgenabled <> 'D' and c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`);
  for (const { name } of manifest.tables) await client.query(`alter table ${quoted(name)} disable trigger user`);
  const how: Record<string, string> = { O: 'enable', R: 'enable replica', A: 'enable always' };
  return async () => {
    for (const one of triggers) {
      await client.query(`alter table ${one.on} ${how[one.state] ?? 'enable'} trigger ${quoted(one.name)}`);
    }
    for (const key of keys)
      await client.query(`alter table ${key.on} add constraint ${quoted(key.name)} ${key.definition}`);
  };
}

async function* checked(entry: Entry, part: Part): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const piece of entry.content) {
    hash.update(piece);
    yield piece;
  }
  // It was right a moment ago: the file is being changed, or the disk is failing.
  if (hash.digest('hex') !== part.sha256) throw new DatabaseTrouble('备份文件在恢复过程中发生了变化，已退回原状。');
}

async function load(client: PoolClient, from: string, manifest: Manifest, files: FilesIn, say: Say): Promise<void> {
  const entries = readArchive(from);
  let next = await entries.next();
  const pass = async (part: Part, use: (content: AsyncGenerator<Buffer>) => Promise<void>): Promise<void> => {
    while (!next.done && next.value.entry !== part.entry) {
      await contentOf(next.value);
      next = await entries.next();
    }
    if (next.done) throw new DatabaseTrouble('备份文件在恢复过程中发生了变化，已退回原状。');
    await use(checked(next.value, part));
    next = await entries.next();
  };
  for (const [index, { name, columns, rows, parts }] of manifest.tables.entries()) {
    let loaded = 0;
    for (const part of parts) {
      await pass(part, async (content) => {
        loaded += await copyIn(client, `copy ${quoted(name)} (${columns.map(quoted).join(', ')}) from stdin`, content);
      });
    }
    if (loaded !== rows) throw new DatabaseTrouble(`表 ${name} 应有 ${rows} 行，只装入 ${loaded} 行，已退回原状。`);
    say(`恢复数据 ${index + 1}/${manifest.tables.length}：${name}，${rows} 行`);
  }
  for (const [index, file] of manifest.files.entries()) {
    await pass(file, (content) => files.put(file.path, file.sha256, content));
    if ((index + 1) % 100 === 0 || index + 1 === manifest.files.length)
      say(`恢复文件 ${index + 1}/${manifest.files.length}`);
  }
  await entries.return(undefined);
}

async function setSequences(client: PoolClient, manifest: Manifest): Promise<void> {
  for (const { name, last, called } of manifest.sequences) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(name), last, called]);
  }
}

/** Adds files to a folder so that it can be undone: nothing that was there is overwritten. */
class FilesIn {
  readonly #dir: string;
  readonly #aside: string;
  readonly #undo: (() => Promise<void>)[] = [];

  constructor(dir: string, moment: string) {
    this.#dir = dir;
    this.#aside = `${dir}-before-${moment}`;
  }

  async put(path: string, sha256: string, content: AsyncGenerator<Buffer>): Promise<void> {
    const to = join(this.#dir, path);
    const coming = `${to}.restoring`;
    await mkdir(dirname(to), { recursive: true });
    this.#undo.push(() => rm(coming, { force: true }));
    await pipeline(content, createWriteStream(coming, { flush: true }));
    if (existsSync(to)) {
      if ((await hashOf(to)) === sha256) return rm(coming);
      const aside = join(this.#aside, path);
      await mkdir(dirname(aside), { recursive: true });
      await rename(to, aside);
      this.#undo.push(() => rename(aside, to));
    }
    await rename(coming, to);
    this.#undo.push(() => rm(to, { force: true }));
  }

  async undo(): Promise<void> {
    // What cannot be put back stays in the folder aside; it is never deleted.
    for (const step of this.#undo.reverse()) await step().catch(() => {});
  }
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClientBase } from 'pg';
import type { Database } from './connect.ts';
import { DatabaseTrouble } from './trouble.ts';

/** One script of the database's structure. `name` is unique over all rooms: 'platform/db/20261122T0900-create-….sql'. */
export type Migration = { name: string; sql: string; sha256: string; repeatable: boolean };

/** One line of the table guatu_migration. */
export type AppliedMigration = { name: string; sha256: string };

const SOURCE = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const NAME = /^\d{8}T\d{4}-[a-z0-9]+(-[a-z0-9]+)*\.sql$/;
/** Advisory lock around changes of structure. Any fixed number: all processes of this product use the same one. */
export const STRUCTURE_LOCK = 7_114_201;

function readScript(source: string, file: string, repeatable: boolean): Migration {
  const sql = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
  const name = relative(source, file).split(sep).join('/').replace('/server/', '/').replace('/migrations/', '/');
  return { name, sql, sha256: createHash('sha256').update(sql).digest('hex'), repeatable };
}

function fileName(migration: Migration): string {
  return migration.name.slice(migration.name.lastIndexOf('/') + 1);
}

/**
 * All migrations of all rooms in the order of their timestamps, then the repeatable code tables (`codes.sql`) in the
 * order of their rooms. Throws DatabaseTrouble for a badly named file. `source` is the folder `src`.
 */
export function knownMigrations(source = SOURCE): Migration[] {
  const folders = [
    ...rooms(join(source, 'platform')),
    ...rooms(join(source, 'modules')).map((room) => join(room, 'server')),
  ];
  const once: Migration[] = [];
  const codes: Migration[] = [];
  for (const folder of folders) {
    const migrations = join(folder, 'migrations');
    for (const name of existsSync(migrations) ? readdirSync(migrations).sort() : []) {
      if (!name.endsWith('.sql')) continue;
      if (!NAME.test(name))
        throw new DatabaseTrouble(`迁移脚本 ${name} 的名字不合规则，应形如 20261122T0900-create-tasks.sql。`);
      once.push(readScript(source, join(migrations, name), false));
    }
    if (existsSync(join(folder, 'codes.sql'))) codes.push(readScript(source, join(folder, 'codes.sql'), true));
  }
  once.sort((a, b) => (fileName(a) < fileName(b) ? -1 : fileName(a) > fileName(b) ? 1 : a.name < b.name ? -1 : 1));
  return [...once, ...codes];
}

function rooms(parent: string): string[] {
  if (!existsSync(parent)) return [];
  return readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(parent, entry.name))
    .sort();
}

/**
 * Brings the database to the structure this program knows and returns the names of the scripts it ran (none when it
 * was up to date). Safe to call from several processes at once: one works, the others wait. A script with an older
 * timestamp that arrives later is run too. Throws DatabaseTrouble when a script that was already run has been changed,
 * when the database is newer than the program, or when a script fails (that script then left nothing behind).
 */
export async function migrate(database: Database, known = knownMigrations()): Promise<string[]> {
  const client = await database.pool.connect();
  try {
    await client.query(`set statement_timeout = 0; set lock_timeout = 0`);
    await client.query('select pg_advisory_lock($1)', [STRUCTURE_LOCK]);
    return await runMigrations(client, known, (work) => inTransaction(client, work));
  } finally {
    // Ends the session, and with it the lock and the settings above.
    client.release(true);
  }
}

/** The scripts the database has seen; empty for an empty database. */
export async function appliedMigrations(client: Pick<ClientBase, 'query'>): Promise<AppliedMigration[]> {
  const exists = await client.query<{ there: boolean }>(`select to_regclass('guatu_migration') is not null as there`);
  if (!exists.rows[0]?.there) return [];
  return (await client.query<AppliedMigration>('select name, sha256 from guatu_migration order by name')).rows;
}

/**
 * Runs what is missing through `client`; `each` decides on the transaction around one script. Used by migrate() with
 * one transaction per script and by a restore that does everything in a single one.
 */
export async function runMigrations(
  client: ClientBase,
  known: Migration[],
  each: (work: () => Promise<void>) => Promise<void>,
): Promise<string[]> {
  await client.query(`create table if not exists guatu_migration (
    name text primary key, sha256 text not null, applied_at timestamptz not null default now())`);
  const applied = new Map((await appliedMigrations(client)).map((one) => [one.name, one.sha256]));
  refuseSurprises(known, applied);
  const done: string[] = [];
  for (const migration of known) {
    if (applied.get(migration.name) === migration.sha256) continue;
    await each(async () => {
      await client.query(migration.sql).catch((cause: unknown) => {
        throw new DatabaseTrouble(
          `数据库结构升级到 ${migration.name} 时失败，已撤回这一步：${(cause as Error).message}`,
          {
            cause,
          },
        );
      });
      await client.query(
        `insert into guatu_migration (name, sha256) values ($1, $2)
         on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()`,
        [migration.name, migration.sha256],
      );
    });
    done.push(migration.name);
  }
  return done;
}

function refuseSurprises(known: Migration[], applied: Map<string, string>): void {
  const names = new Set(known.map((one) => one.name));
  const foreign = [...applied.keys()].filter((name) => !names.has(name) && !name.endsWith('/codes.sql'));
  if (foreign.length > 0) {
    throw new DatabaseTrouble(
      `数据库比本程序新：它已执行过本程序不认识的结构升级 ${foreign.join('、')}。请换用更新版本的程序，数据没有改动。`,
    );
  }
  for (const one of known) {
    const before = applied.get(one.name);
    if (before !== undefined && before !== one.sha256 && !one.repeatable) {
      throw new DatabaseTrouble(
        `迁移脚本 ${one.name} 在执行之后被改过，数据库与程序不再一致。请还原这个文件，把改动写成一个新的迁移脚本。`,
      );
    }
  }
}

async function inTransaction(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('begin');
  try {
    await work();
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

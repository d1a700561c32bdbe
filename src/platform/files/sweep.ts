import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { ItemKind } from '../act.ts';
import type { Queryable } from '../db/connect.ts';
import type { Duty } from '../jobs/duty.ts';
import type { FileStore } from './store.ts';

const DAY_MS = 86_400_000;

/**
 * Removes what uploads left behind that were refused or cut off: bytes to which no row points. Only those that are one
 * to seven days old: younger ones may belong to an act under way, and older ones are left alone, so that files survive
 * a database that was set back by mistake. Returns how many were removed.
 */
export async function sweep(
  db: Queryable,
  items: Readonly<Record<string, ItemKind>>,
  files: FileStore,
  now: Date,
): Promise<number> {
  const due = async (path: string): Promise<boolean> => {
    const age = now.getTime() - ((await stat(path).catch(() => null))?.mtimeMs ?? now.getTime());
    return age > DAY_MS && age < 7 * DAY_MS;
  };
  let removed = 0;
  for (const below of await readdir(files.folder)) {
    if (below !== 'incoming' && !/^[0-9a-f]{2}$/.test(below)) continue;
    const names: string[] = [];
    for (const name of await readdir(join(files.folder, below)))
      if (await due(join(files.folder, below, name))) names.push(name);
    const wanted = below === 'incoming' ? new Set<string>() : await pointedAt(db, items, names);
    for (const name of names.filter((one) => !wanted.has(one))) {
      await rm(join(files.folder, below, name), { force: true });
      removed += 1;
    }
  }
  return removed;
}

/** Which of the files some row names. */
async function pointedAt(
  db: Queryable,
  items: Readonly<Record<string, ItemKind>>,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  if (names.length === 0) return new Set();
  const sources = [
    sql`select sha256 from file where sha256 = any(${names})`,
    sql`select source_sha256 from long_work where source_sha256 = any(${names})`,
    sql`select report_sha256 from long_work where report_sha256 = any(${names})`,
    ...Object.values(items).flatMap(({ table, keeps }) =>
      keeps
        ? [sql`select ${sql.ref(keeps.sha256)} from ${sql.table(table)} where ${sql.ref(keeps.sha256)} = any(${names})`]
        : [],
    ),
  ];
  const found = await sql<{ sha256: string }>`
    select distinct sha256 from (${sql.join(sources, sql` union all `)}) as f (sha256)`.execute(db);
  return new Set(found.rows.map((row) => row.sha256));
}

/** The folder belongs to the whole installation; whichever jurisdiction comes first does it, the others find nothing. */
export const sweepFiles: Duty = {
  name: 'sweep-files',
  word: '清理没有登记的上传文件',
  pattern: '20 3 * * *',
  about: (today) => today,
  run: async (act) => `清理 ${await sweep(act.db, act.house.items, act.house.files, act.now)} 个`,
};

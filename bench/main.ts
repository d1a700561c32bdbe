import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { connectDatabase, type Database } from '../src/platform/db/connect.ts';
import { startEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { asTable, type Measured } from './measured.ts';
import { measureOpening } from './opening.ts';
import { measureReading } from './reading.ts';
import { type Seeded, seedTasks } from './seed-tasks.ts';
import { measureTasks } from './tasks.ts';

const log = (line: string): void => console.error(line);

/** A million tasks and a tenth of them, with as many open ones, on an embedded database of their own. */
async function tasks(): Promise<Measured[]> {
  const kept = process.env.BENCH_DATA;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'guatu-bench-'));
  if (!kept) chmodSync(dataDir, 0o755);
  const embedded = await startEmbedded({ dataDir, log });
  const database = await connectDatabase({ url: embedded.url });
  try {
    await migrate(database);
    const seeded = (await keptSeed(database)) ?? (await seedAndKeep(database));
    return await measureTasks(database, seeded, 600, (line) => log(`  slow: ${line}`));
  } finally {
    await database.close();
    await embedded.stop();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}

type Pair = [Seeded, Seeded];

async function seedAndKeep(database: Database): Promise<Pair> {
  log('seeding 1,000,000 and 100,000 tasks, each with 20,000 open ones');
  const [many, few] = await seedTasks(
    database,
    [
      { jurisdiction: '990102', count: 1_000_000, open: 20_000 },
      { jurisdiction: '990103', count: 100_000, open: 20_000 },
    ],
    log,
  );
  if (!many || !few) throw new Error('nothing was seeded');
  await database.pool.query('create table if not exists bench_seed (seeded jsonb not null)');
  await database.pool.query('insert into bench_seed values ($1)', [JSON.stringify([many, few])]);
  return [many, few];
}

/** What an earlier run left in `BENCH_DATA`. */
async function keptSeed({ pool }: Database): Promise<Pair | null> {
  const there = await pool.query<{ there: boolean }>(`select to_regclass('bench_seed') is not null as there`);
  if (!there.rows[0]?.there) return null;
  const found = await pool.query<{ seeded: Pair }>('select seeded from bench_seed');
  return found.rows[0]?.seeded ?? null;
}

const sections: Readonly<Record<string, () => Promise<Measured[]>>> = {
  reading: measureReading,
  opening: measureOpening,
  tasks,
};

/** `npm run bench [-- reading opening tasks]`: prints the table; 1 where a limit is missed. */
async function main(args: readonly string[]): Promise<number> {
  const named = args.filter((arg) => !arg.startsWith('--'));
  const unknown = named.find((name) => !(name in sections));
  if (unknown) {
    log(`no section ${unknown}; there are ${Object.keys(sections).join(', ')}`);
    return 2;
  }
  const rows: Measured[] = [];
  const before = loadavg()[0] ?? 0;
  for (const [name, run] of Object.entries(sections)) {
    if (named.length > 0 && !named.includes(name)) continue;
    log(`measuring: ${name}`);
    rows.push(...(await run()));
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB memory, Node ${process.versions.node}; load before ${before.toFixed(1)}, after ${(loadavg()[0] ?? 0).toFixed(1)}`;
  console.log(`${asTable(rows)}\n\n${machine}`);
  return rows.every((row) => row.ok) ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));

import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { connectDatabase, type Database } from '../src/platform/db/connect.ts';
import { startEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { asTable, type Measured } from './measured.ts';
import { measureOffice } from './office.ts';
import { measureOpening } from './opening.ts';
import { measureProblems } from './problems.ts';
import { measureReading } from './reading.ts';
import { type SeededProblems, seedProblems } from './seed-problems.ts';
import { type Seeded, seedTasks } from './seed-tasks.ts';
import { measureTasks } from './tasks.ts';

const log = (line: string): void => console.error(line);

/**
 * Runs on an embedded database of its own, filled once: in a folder that `BENCH_DATA` names and that is kept, or in one that
 * is removed again.
 */
async function onFilled<Seed>(
  name: string,
  fill: (database: Database) => Promise<Seed>,
  measure: (database: Database, seed: Seed, url: string) => Promise<Measured[]>,
): Promise<Measured[]> {
  const kept = process.env.BENCH_DATA;
  const dataDir = kept ?? mkdtempSync(join(tmpdir(), 'guatu-bench-'));
  if (!kept) chmodSync(dataDir, 0o755);
  const embedded = await startEmbedded({ dataDir, log });
  const database = await connectDatabase({ url: embedded.url });
  try {
    await migrate(database);
    const seed = (await keptSeed<Seed>(database, name)) ?? (await keep(database, name, await fill(database)));
    return await measure(database, seed, embedded.url);
  } finally {
    await database.close();
    await embedded.stop();
    if (!kept) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function keep<Seed>({ pool }: Database, name: string, seed: Seed): Promise<Seed> {
  await pool.query('create table if not exists bench_seed (name text primary key, seeded jsonb not null)');
  await pool.query('insert into bench_seed values ($1, $2)', [name, JSON.stringify(seed)]);
  return seed;
}

/** What an earlier run left in `BENCH_DATA`. */
async function keptSeed<Seed>({ pool }: Database, name: string): Promise<Seed | null> {
  const there = await pool.query<{ there: boolean }>(`select to_regclass('bench_seed') is not null as there`);
  if (!there.rows[0]?.there) return null;
  const found = await pool.query<{ seeded: Seed }>('select seeded from bench_seed where name = $1', [name]);
  return found.rows[0]?.seeded ?? null;
}

/** A million tasks and a tenth of them, with as many open ones. */
const tasks = (): Promise<Measured[]> =>
  onFilled(
    'tasks',
    async (database): Promise<[Seeded, Seeded]> => {
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
      return [many, few];
    },
    (database, seeded) => measureTasks(database, seeded, 600, (line) => log(`  slow: ${line}`)),
  );

/** Ten million problems (or `BENCH_PROBLEMS`) and a hundred thousand, 2 % of them open. */
const problems = (): Promise<Measured[]> =>
  onFilled(
    'problems',
    async (database): Promise<[SeededProblems, SeededProblems]> => {
      const count = Number(process.env.BENCH_PROBLEMS ?? 10_000_000);
      log(`seeding ${count} and 100,000 problems, 2 % of them open`);
      const [many, few] = await seedProblems(
        database,
        [
          { jurisdiction: '990112', count },
          { jurisdiction: '990113', count: 100_000 },
        ],
        log,
      );
      if (!many || !few) throw new Error('nothing was seeded');
      return [many, few];
    },
    (database, seeded, url) => measureProblems(database, url, seeded, 600, (line) => log(`  slow: ${line}`)),
  );

/** A million problems (or `BENCH_PROBLEMS`) and fifty thousand tasks of one government: its bulletin, its scores, its morning. */
const office = (): Promise<Measured[]> =>
  onFilled(
    'office',
    async (database): Promise<SeededProblems> => {
      const count = Number(process.env.BENCH_PROBLEMS ?? 1_000_000);
      log(`seeding ${count} problems and 50,000 tasks`);
      const [seeded] = await seedProblems(database, [{ jurisdiction: '990122', count }], log);
      if (!seeded) throw new Error('nothing was seeded');
      await seedTasks(database, [{ jurisdiction: '990122', count: 50_000, open: 2_000 }], log);
      return seeded;
    },
    (database, seeded) => measureOffice(database, seeded, (line) => log(`  slow: ${line}`)),
  );

const sections: Readonly<Record<string, () => Promise<Measured[]>>> = {
  reading: measureReading,
  opening: measureOpening,
  tasks,
  problems,
  office,
};

/** `npm run bench [-- reading opening tasks problems office]`: prints the table; 1 where a limit is missed. */
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

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Actor } from '../src/kernel/actor.ts';
import { addDays, day } from '../src/kernel/day.ts';
import { figuresAsOf, taskKind } from '../src/modules/tasks/server/door.ts';
import { home } from '../src/modules/tasks/server/home.ts';
import { list } from '../src/modules/tasks/server/list.ts';
import { receive } from '../src/modules/tasks/server/receive.ts';
import { report } from '../src/modules/tasks/server/report.ts';
import { choices } from '../src/modules/tasks/server/sectors.ts';
import { connectDatabase } from '../src/platform/db/connect.ts';
import { startEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { perform, reading } from '../src/platform/perform.ts';
import { testActor, testHouse } from '../src/platform/testing.ts';
import { type Seeded, seedTasks } from './seed-tasks.ts';

/** One line of the bench's table: milliseconds. */
export interface Measured {
  readonly name: string;
  readonly times: readonly number[];
  readonly limit: number;
}

export const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;

type Query = Parameters<typeof list>[1];
const sorts = ['due', '-due', 'number', '-number', 'closed', '-closed'] as const;

/** Every combination that a person can click together, drawn evenly; the same for the same seed. */
function* questions(seeded: Seeded, count: number): Generator<Query> {
  let state = 42;
  const next = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  const words = ['危险化学品', '演练', '液氨储罐', '检查', '老旧小区隐患', '责任书', '锅炉', '燃气'];
  for (let at = 0; at < count; at++) {
    const query: Record<string, unknown> = { sort: pick(sorts) };
    const maybe = (chance: number, set: () => void): void => {
      if (next(100) < chance) set();
    };
    maybe(30, () =>
      Object.assign(query, {
        state: [pick(['toReceive', 'underway', 'submitted', 'closed', 'withdrawn', 'suspended'])],
      }),
    );
    maybe(25, () => Object.assign(query, { lamp: [pick(['red', 'amber', 'green', 'grey', 'none'])] }));
    maybe(25, () => Object.assign(query, { leadUnit: [pick(seeded.units)] }));
    maybe(15, () => Object.assign(query, { unit: [pick(seeded.units)] }));
    maybe(25, () => Object.assign(query, { sector: [pick(seeded.sectors)] }));
    maybe(25, () => {
      const plan = next(8);
      Object.assign(query, { plan: seeded.plans[plan] });
      maybe(50, () => Object.assign(query, { stage: seeded.stages[plan * 4 + next(4)] }));
    });
    maybe(15, () => Object.assign(query, { person: 'missing' }));
    maybe(15, () => Object.assign(query, { q: pick(words) }));
    maybe(20, () => {
      const from = addDays(day('2020-11-22'), next(2100));
      Object.assign(query, { dueFrom: from, dueTo: addDays(from, 1 + next(200)) });
    });
    maybe(10, () => Object.assign(query, { asOf: addDays(day('2021-06-01'), next(1900)) }));
    maybe(20, () => Object.assign(query, { page: 1 + next(20) }));
    yield query as Query;
  }
}

/** Lists, figures and actions over a seeded database. */
export async function measureTasks(
  database: Awaited<ReturnType<typeof connectDatabase>>,
  seeded: Seeded,
  rounds = 400,
  slow: (line: string) => void = () => {},
): Promise<Measured[]> {
  const house = await testHouse(database.db, { today: seeded.today, items: { task: taskKind } });
  const jurisdiction = seeded.jurisdiction;
  const officer = testActor({ roles: ['officer'], unitId: seeded.units[0], jurisdiction, name: '办' });
  const clerks = seeded.units.map((unitId) => testActor({ roles: ['clerk'], unitId, jurisdiction, name: '经' }));
  const actors: Actor[] = [officer, ...clerks.slice(0, 5)];
  const timed = async (run: () => Promise<unknown>): Promise<number> => {
    const begun = performance.now();
    await run();
    return performance.now() - begun;
  };
  const pages: number[] = [];
  for (const query of questions(seeded, rounds)) {
    const actor = actors[pages.length % actors.length] ?? officer;
    const took = await timed(() => list(reading(house, actor), query));
    pages.push(took);
    if (took > 60) slow(`${took.toFixed(0)} ms ${actor.roles[0]} ${JSON.stringify(query)}`);
  }
  const figures: number[] = [];
  const today = day(seeded.today);
  for (let at = 0; at < 60; at++) {
    const on = at % 2 === 0 ? today : addDays(today, -31 * at);
    const filters = [
      {},
      { plan: seeded.plans[0] ?? '' },
      { sector: [seeded.sectors[1] ?? ''] },
      { leadUnit: [seeded.units[2] ?? ''] },
    ][at % 4];
    const actor = actors[at % actors.length] ?? officer;
    const took = await timed(() => figuresAsOf(database.db, reading(house, actor).scope, filters ?? {}, on));
    figures.push(took);
    if (took > 60) slow(`${took.toFixed(0)} ms figures ${on} ${JSON.stringify(filters)}`);
  }
  const homes: number[] = [];
  for (let at = 0; at < 30; at++)
    homes.push(await timed(() => home(reading(house, actors[at % actors.length] ?? officer))));
  const choosing: number[] = [];
  for (let at = 0; at < 10; at++) choosing.push(await timed(() => choices(reading(house, officer))));
  const open = await sql<{ id: string; version: number; lead: string }>`
    select id, version, lead_unit_id as lead from task where jurisdiction = ${jurisdiction} and open and state = 'toReceive' limit 100`.execute(
    database.db,
  );
  const acts: number[] = [];
  for (const { id, version, lead } of open.rows) {
    const clerk = clerks.find((one) => one.unitId === lead);
    if (!clerk) continue;
    acts.push(await timed(() => perform(house, clerk, (act) => receive(act, { id, version }))));
    acts.push(await timed(() => perform(house, clerk, (act) => report(act, { id, text: '已开展检查', percent: 40 }))));
  }
  return [
    { name: '任务清单，任意筛选排序范围', times: pages, limit: 60 },
    { name: '挂图数字，任意一天', times: figures, limit: 60 },
    { name: '待我处理', times: homes, limit: 60 },
    { name: '筛选项', times: choosing, limit: 60 },
    { name: '一次办理', times: acts, limit: 30 },
  ];
}

export const asTable = (rows: readonly Measured[]): string =>
  rows
    .map(({ name, times, limit }) =>
      [name, times.length, percentile(times, 0.5), percentile(times, 0.95), Math.max(...times), limit]
        .map((cell) => (typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(1) : cell))
        .join(' | '),
    )
    .join('\n');

if (import.meta.filename === process.argv[1]) {
  const count = Number(process.argv[2] ?? 1_000_000);
  const dataDir = process.env.BENCH_DIR ?? mkdtempSync(join(tmpdir(), 'guatu-bench-'));
  const embedded = await startEmbedded({ dataDir });
  const database = await connectDatabase({ url: embedded.url, statementSeconds: 600 });
  try {
    await migrate(database);
    const begun = Date.now();
    const seeded = await seedTasks(database, count);
    console.log(`seeded ${count} in ${((Date.now() - begun) / 1000).toFixed(0)} s`);
    console.log(JSON.stringify(seeded));
    const rows = await measureTasks(database, seeded, 400, (line) => console.log(`  slow: ${line}`));
    console.log(`名称 | 次数 | p50 | p95 | 最长 | 上限（毫秒）\n${asTable(rows)}`);
  } finally {
    await database.close();
    if (process.env.BENCH_KEEP !== '1') await embedded.stop();
  }
}

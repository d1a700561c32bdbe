import { addDays, day } from '../src/kernel/day.ts';
import { overview, rollUpFigures } from '../src/modules/problems/server/door.ts';
import { burnDown } from '../src/modules/problems/server/figures/burn-down.ts';
import { problemMap } from '../src/modules/problems/server/figures/map.ts';
import { connectDatabase, type Database } from '../src/platform/db/connect.ts';
import { readAhead } from '../src/platform/db/read-ahead.ts';
import { reading } from '../src/platform/perform.ts';
import { testActor, testHouse } from '../src/platform/testing.ts';
import { addressOf, dice, type Query } from './asking.ts';
import { type Measured, percentile, timesWithin } from './measured.ts';
import { measureRegistering } from './registering.ts';
import type { SeededProblems } from './seed-problems.ts';
import { openServer } from './server.ts';
import { measureExport, measureImport } from './sheets.ts';

const sorts = ['number', '-number', 'due', '-due', 'found', '-found', 'closed', '-closed'] as const;
/** Rare, middling and common texts of two and more characters. */
const words = [
  '通道',
  '灭火器',
  '液氨储罐',
  '未接地',
  '整改',
  '危险化学品仓库',
  '锈蚀严重',
  '临边防护超期未检',
  '粉尘收集系统绝缘老化，应当更换',
  '扶梯',
  '2023-00012345',
];

/** Every combination that a person can click together on the ledger. */
export function* problemQuestions(seeded: SeededProblems, count: number, seed: number): Generator<Query> {
  const next = dice(seed);
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  for (let at = 0; at < count; at++) {
    const query: Record<string, string | number | readonly string[]> = next(3) === 0 ? {} : { sort: pick(sorts) };
    const maybe = (chance: number, set: () => Record<string, string | number | readonly string[]>): void => {
      if (next(100) < chance) Object.assign(query, set());
    };
    maybe(30, () => ({
      state: [pick(['toReceive', 'underway', 'toRecheck', 'closed', 'closed', 'withdrawn', 'planned'])],
    }));
    maybe(20, () => ({ lamp: [pick(['red', 'amber', 'green', 'grey', 'none'])] }));
    maybe(25, () => ({ leadUnit: [pick(seeded.units)] }));
    maybe(10, () => ({ unit: [pick(seeded.units)] }));
    maybe(20, () => ({ sector: [pick(seeded.sectors)] }));
    maybe(15, () => ({ area: [pick(seeded.areas)] }));
    maybe(15, () => ({ source: [pick(['patrol', 'grid', 'guidance', 'tipoff'])] }));
    maybe(10, () => ({ kind: [pick(['hazard', 'problem', 'accidentLead'])] }));
    maybe(10, () => ({ grade: pick(['major', 'general']) }));
    maybe(8, () => ({ tag: [pick(['五个责任', '回头看'])] }));
    maybe(8, () => ({ only: [pick(['onSpot', 'lateEntry', 'extended', 'sentBack'])] }));
    maybe(5, () => ({ enterprise: pick(seeded.enterprises) }));
    maybe(5, () => ({ grid: `网格${next(600)}` }));
    maybe(12, () => {
      const plan = next(8);
      const within: Record<string, string> = { plan: seeded.plans[plan] ?? '' };
      if (next(2) === 0) within.stage = seeded.stages[plan * 4 + next(4)] ?? '';
      return within;
    });
    maybe(15, () => {
      const from = addDays(day('2020-11-22'), next(2100));
      const name = pick(['due', 'found', 'entered', 'closed']);
      return { [`${name}From`]: from, [`${name}To`]: addDays(from, 1 + next(200)) };
    });
    maybe(10, () => ({ q: pick(words) }));
    maybe(8, () => ({ asOf: addDays(day('2021-06-01'), next(1900)) }));
    maybe(15, () => ({ page: 1 + next(20) }));
    yield query;
  }
}

/**
 * What the page of figures asks: any units, sectors, kind, grade, plan and tag together, today or on any past day, from any
 * day on, old and new divided on any day, by day, week or month; overview, burn-down (also of a campaign), map and campaigns.
 */
export function* figureQuestions(
  seeded: SeededProblems,
  count: number,
  seed: number,
  span: number,
): Generator<{ readonly path: string; readonly query: Query }> {
  const next = dice(seed);
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  const some = <T>(from: readonly T[], most: number): T[] => Array.from({ length: 1 + next(most) }, () => pick(from));
  for (let at = 0; at < count; at++) {
    const query: Record<string, string | number | readonly string[]> = {};
    const maybe = (chance: number, set: () => Record<string, string | number | readonly string[]>): void => {
      if (next(100) < chance) Object.assign(query, set());
    };
    const asOf = addDays(day(seeded.today), -next(span));
    maybe(50, () => ({ asOf }));
    const path = pick(['', '', '/burn-down', '/map', '/batches']);
    if (path === '/batches') {
      query.by = pick(['batch', 'plan', 'tag']);
      yield { path: `/api/problem-figures${path}`, query };
      continue;
    }
    maybe(30, () => ({ leadUnit: some(seeded.units, 5) }));
    maybe(30, () => ({ sector: some(seeded.sectors, 5) }));
    maybe(25, () => ({ kind: [pick(['hazard', 'problem', 'accidentLead'])] }));
    maybe(25, () => ({ grade: pick(['major', 'general']) }));
    maybe(20, () => ({ plan: pick(seeded.plans) }));
    maybe(15, () => ({ tag: pick(['五个责任', '回头看', '百日行动']) }));
    maybe(10, () => ({ source: some(['patrol', 'grid', 'guidance', 'tipoff'], 2) }));
    maybe(10, () => ({ area: some(seeded.areas, 3) }));
    const until = typeof query.asOf === 'string' ? query.asOf : seeded.today;
    if (path !== '/map') maybe(25, () => ({ from: addDays(day(until), -next(400)) }));
    if (path === '') {
      maybe(25, () => ({ cut: addDays(day(until), -next(700)) }));
      maybe(40, () => ({ step: pick(['day', 'week', 'month']) }));
    } else if (path === '/burn-down') maybe(50, () => ({ until: addDays(day(until), 1 + next(90)) }));
    yield { path: `/api/problem-figures${path}`, query };
  }
}

/** Days back from today for which figures of the large ledger are asked; the small one has 219 of them. */
const FIGURE_DAYS = 2000;

interface Times {
  readonly lists: number[];
  readonly searches: number[];
  readonly figures: number[];
  readonly homes: number[];
}

/**
 * Asks a seeded ledger, each question through the whole server: session, permission, handler, shape of the answer. The
 * office and clerks of five units take turns. `rounds` pages of the ledger, a fifth as many searches.
 */
async function askLedger(
  database: Database,
  seeded: SeededProblems,
  rounds: number,
  seed: number,
  slow: (line: string) => void,
  figureDays = 200,
): Promise<Times> {
  const { ask: send, close } = await openServer(database, seeded, slow);
  const ask = (who: number, url: string, limit?: number): Promise<number> =>
    send(who, url, limit === undefined ? {} : { limit });
  const times: Times = { lists: [], searches: [], figures: [], homes: [] };
  try {
    for (let at = 0; at < 6; at++) await Promise.all([ask(at, '/api/problems'), ask(at, '/api/problems?q=通道')]);
    let turn = 0;
    for (const query of problemQuestions(seeded, rounds, seed))
      times.lists.push(await ask(turn++ % 6, addressOf('/api/problems', query), 60));
    for (let at = 0; at < rounds / 5; at++) {
      const sort = sorts[at % sorts.length] ?? 'number';
      const q = words[Math.floor(at / sorts.length) % words.length] ?? '';
      times.searches.push(await ask(at % 6, addressOf('/api/problems', { q, sort }), 150));
    }
    for (let at = 0; at < rounds / 10; at++) times.homes.push(await ask(at % 6, '/api/problem-home', 60));
    // the first of all reads what figures keep; everybody's pages afterwards find it read
    for (const { path, query } of figureQuestions(seeded, 12, seed + 1, 30)) await ask(0, addressOf(path, query));
    for (const { path, query } of figureQuestions(seeded, rounds / 2, seed, figureDays))
      times.figures.push(await ask(turn++ % 6, addressOf(path, query), 60));
  } finally {
    await close();
  }
  return times;
}

/**
 * Figures under many narrowings, on many days, found through what is kept and counted from the history itself: overview,
 * burn-down and map, of the office and of a unit.
 */
async function figuresDiffer(database: Database, seeded: SeededProblems, questions: number): Promise<string[]> {
  const base = await testHouse(database.db, { today: seeded.today });
  const actors = [
    testActor({ roles: ['officer'], unitId: seeded.units[0] ?? null, jurisdiction: seeded.jurisdiction, name: '办' }),
    testActor({ roles: ['clerk'], unitId: seeded.units[4] ?? null, jurisdiction: seeded.jurisdiction, name: '经' }),
  ];
  const wrong: string[] = [];
  let at = 0;
  for (const { query } of figureQuestions(seeded, questions, 11, 200)) {
    const actor = actors[at++ % 3 === 2 ? 1 : 0] ?? actors[0];
    if (actor === undefined) continue;
    const { by: _by, until: _until, ...asked } = query;
    const of = async (way?: 'spans'): Promise<string> => {
      const now = reading(base, actor);
      const { computedAt: _, ...found } = await overview(now, asked as Parameters<typeof overview>[1], way);
      const curve = await burnDown(now, asked as Parameters<typeof burnDown>[1], way);
      return JSON.stringify([found, curve, await problemMap(now, asked as Parameters<typeof problemMap>[1], way)]);
    };
    if ((await of()) !== (await of('spans'))) wrong.push(`${JSON.stringify(asked)} ${actor.name}`);
  }
  return wrong;
}

const middle = (times: readonly number[]): number => percentile(times, 0.5);

/** All limits about the ledger of problems, over one jurisdiction with very many and one with few. */
export async function measureProblems(
  database: Database,
  url: string,
  [many, few]: readonly [SeededProblems, SeededProblems],
  rounds = 600,
  slow: (line: string) => void = () => {},
): Promise<Measured[]> {
  await keepFigures(url, [many, few], slow);
  // What the product does by itself in the first minutes after its start.
  const begun = performance.now();
  const read = await readAhead(database);
  slow(`${(read / 1e9).toFixed(1)} GB read ahead: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
  // A first round warms up the process, so that the smaller ledger does not look slower than it is.
  await askLedger(database, few, 60, 7, () => {});
  const small = await askLedger(database, few, rounds, 42, slow);
  const large = await askLedger(database, many, rounds, 42, slow, FIGURE_DAYS);
  const growth = middle(large.lists) / middle(small.lists);
  const growthOfFigures = middle(large.figures) / middle(small.figures);
  const wrong = await figuresDiffer(database, few, 30);
  return [
    timesWithin('problem ledger page: any filter, sort, scope', large.lists, 60),
    timesWithin('problem ledger: first page of a search of two or more characters, any sort', large.searches, 150),
    {
      name: 'problem ledger page: very many against 100,000 problems',
      shown: `× ${growth.toFixed(2)} (p50)`,
      limit: '≤ × 1.5',
      ok: growth <= 1.5,
    },
    timesWithin('problem figures: overview, burn-down, map, campaigns; any narrowing, any past day', large.figures, 60),
    {
      name: 'problem figures: very many against 100,000 problems',
      shown: `× ${growthOfFigures.toFixed(2)} (p50)`,
      limit: '—',
      ok: true,
    },
    timesWithin('待我处理 of problems: office and clerks', large.homes, 60),
    {
      name: 'problem figures through what is kept, against the history counted anew (30 narrowings)',
      shown: wrong.length === 0 ? 'equal' : wrong.join('; '),
      limit: 'equal',
      ok: wrong.length === 0,
    },
    ...(await measureExport(database, url, many)),
    ...(await measureImport(database, many.today)),
    ...(await measureRegistering(database, url, many)),
  ];
}

/** What the nightly duty would have kept: sums of all finished days, and the mornings of the last month. */
async function keepFigures(url: string, all: readonly SeededProblems[], log: (line: string) => void): Promise<void> {
  const patient = await connectDatabase({ url, statementSeconds: 7200, max: 2 });
  try {
    for (const { jurisdiction, today } of all) {
      const begun = Date.now();
      await rollUpFigures(patient.db, jurisdiction, day(today));
      log(`figures of ${jurisdiction} kept: ${((Date.now() - begun) / 1000).toFixed(1)} s`);
    }
    await patient.pool.query('analyze problem_flow, problem_block');
  } finally {
    await patient.close();
  }
}

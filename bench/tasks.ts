import { sql } from 'kysely';
import type { Actor } from '../src/kernel/actor.ts';
import { addDays, day } from '../src/kernel/day.ts';
import { figuresAsOf } from '../src/modules/tasks/server/door.ts';
import type { Database } from '../src/platform/db/connect.ts';
import { reading } from '../src/platform/perform.ts';
import { addressOf, dice, type Query } from './asking.ts';
import { type Measured, percentile, timesWithin } from './measured.ts';
import { differences } from './recount.ts';
import type { Seeded } from './seed-tasks.ts';
import { openServer } from './server.ts';

const sorts = ['due', '-due', 'number', '-number', 'closed', '-closed'] as const;
const words = [
  '危险化学品',
  '演练',
  '液氨储罐',
  '检查',
  '老旧小区隐患',
  '责任书',
  '锅炉',
  '燃气',
  '加油站点风险',
  '2023-0001234',
];

/** Every combination that a person can click together. */
export function* questions(seeded: Seeded, count: number, seed: number): Generator<Query> {
  const next = dice(seed);
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  for (let at = 0; at < count; at++) {
    const query: Record<string, string | number | readonly string[]> = { sort: pick(sorts) };
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
    yield query;
  }
}

export interface Times {
  readonly lists: number[];
  readonly figures: number[];
  readonly boards: number[];
  readonly homes: number[];
  readonly choices: number[];
  readonly acts: number[];
}

/**
 * Asks a seeded jurisdiction everything, each through the whole server: session, permission, handler, shape of the answer;
 * an act with its transaction, fact, audit line and key. Several people take turns: the office, and clerks of five units.
 */
export async function askEverything(
  database: Database,
  seeded: Seeded,
  rounds: number,
  seed: number,
  slow: (line: string) => void,
): Promise<Times> {
  const { house, people, ask: send, close } = await openServer(database, seeded, slow);
  const ask = (who: number, url: string, body?: object): Promise<number> =>
    send(who, url, { limit: 60, ...(body ? { body } : {}) });
  const times: Times = { lists: [], figures: [], boards: [], homes: [], choices: [], acts: [] };
  try {
    // First questions prepare connections and caches of the process.
    for (let at = 0; at < 6; at++) await Promise.all([ask(at, '/api/home'), ask(at, '/api/wall')]);
    let turn = 0;
    for (const query of questions(seeded, rounds, seed))
      times.lists.push(await ask(turn++ % 6, addressOf('/api/tasks', query)));
    const today = day(seeded.today);
    for (let at = 0; at < 80; at++) {
      const asOf = at % 2 === 0 ? today : addDays(today, -27 * at);
      const filters = [
        {},
        { plan: seeded.plans[0] ?? '' },
        { sector: [seeded.sectors[1] ?? ''] },
        { leadUnit: [seeded.units[2] ?? ''] },
      ][Math.floor(at / 2) % 4];
      const begun = performance.now();
      await figuresAsOf(database.db, reading(house, people[at % 6] as Actor).scope, filters ?? {}, asOf);
      times.figures.push(performance.now() - begun);
      const plan: Query = at % 3 === 2 ? { planId: seeded.plans[at % 8] ?? '' } : {};
      times.boards.push(await ask(Math.floor(at / 2) % 6, addressOf('/api/wall', { asOf, ...plan })));
    }
    for (let at = 0; at < 48; at++) times.homes.push(await ask(at % 6, '/api/home'));
    for (let at = 0; at < 12; at++) times.choices.push(await ask(at % 6, '/api/task-sectors'));
    const open = await sql<{ id: string; version: number; lead: string }>`
      select id, version, lead_unit_id as lead from task where jurisdiction = ${seeded.jurisdiction} and state = 'toReceive'
      order by serial desc limit 60`.execute(database.db);
    for (const { id, version, lead } of open.rows) {
      const who = seeded.units.indexOf(lead) + 1;
      const act = async (path: string, by: number, seen: number, body: object): Promise<void> => {
        times.acts.push(await ask(by, `/api/tasks/${id}/${path}`, { version: seen, ...body }));
      };
      await act('receive', who, version, {});
      await act('progress', who, version + 1, { text: '已组织检查，发现问题3项', percent: 100 });
      await act('submit', who, version + 2, { text: '已全部完成' });
      // The unit that works never checks its own task.
      if (who !== 1) await act('pass', 0, version + 3, { text: '同意办结' });
    }
  } finally {
    await close();
  }
  return times;
}

const middle = (times: readonly number[]): number => percentile(times, 0.5);

/** All limits about tasks, over a jurisdiction with many and one with few closed tasks and as many open ones. */
export async function measureTasks(
  database: Database,
  [many, few]: readonly [Seeded, Seeded],
  rounds = 600,
  slow: (line: string) => void = () => {},
): Promise<Measured[]> {
  const small = await askEverything(database, few, 60, 7, slow);
  const large = await askEverything(database, many, rounds, 42, slow);
  const wrong = await differences(database.db, many);
  // Every second question is about today; the shorter history knows no older days.
  const today = (times: readonly number[]): readonly number[] => times.filter((_, at) => at % 2 === 0);
  const ratio = (name: string, of: (times: Times) => readonly number[]): Measured => {
    const value = middle(today(of(large))) / middle(today(of(small)));
    return { name, shown: `× ${value.toFixed(2)} (p50)`, limit: '≤ × 2', ok: value <= 2 };
  };
  return [
    timesWithin('list page: any filter, sort, scope', large.lists, 60),
    timesWithin('figures of any day', large.figures, 60),
    timesWithin('the whole board of any day', large.boards, 60),
    timesWithin('待我处理 of any role', large.homes, 60),
    timesWithin('choices of the filters', large.choices, 60),
    timesWithin('one action through its route', large.acts, 30),
    ratio('figures of today: 980,000 ended tasks against 80,000, as many open', (times) => times.figures),
    ratio('board of today: the same', (times) => times.boards),
    {
      name: 'figures against a recount, 8 days × 3 scopes',
      shown: wrong.length === 0 ? 'equal' : wrong.slice(0, 3).join('; '),
      limit: 'equal',
      ok: wrong.length === 0,
    },
  ];
}

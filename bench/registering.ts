import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { addDays, day } from '../src/kernel/day.ts';
import type { Database } from '../src/platform/db/connect.ts';
import { testActor } from '../src/platform/testing.ts';
import type { Done, Order } from './clients.ts';
import { atLeast, type Measured } from './measured.ts';
import type { SeededProblems } from './seed-problems.ts';
import { listenAs } from './server.ts';

const CLIENTS = 8;
const SECONDS = 8;

/** Clients in a process of their own, so that the server has its own. */
const ordered = (order: Order): Promise<Done> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('./clients.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
    child.once('message', (done) => resolve(done as Done));
    child.once('error', reject);
    child.send(order);
  });

/**
 * Registering through the HTTP API into the large ledger, each with its own key, fact, audit line, span and turn, by 8 clients;
 * beside it two inserts and a commit by as many clients on the same server.
 */
export async function measureRegistering(database: Database, url: string, seeded: SeededProblems): Promise<Measured[]> {
  const { jurisdiction, units } = seeded;
  const officer = testActor({ roles: ['officer'], unitId: units[0] ?? null, jurisdiction, name: '办' });
  const { origin, close } = await listenAs(database, officer, seeded.today);
  const bodies = units.map((leadUnitId, at) => ({
    kind: 'hazard',
    text: `现场检查发现${['配电箱未接地', '疏散通道被占用', '灭火器超期未检'][at % 3]}，要求立即整改。`,
    source: 'patrol',
    leadUnitId,
    sector: seeded.sectors[at % seeded.sectors.length],
    dueOn: addDays(day(seeded.today), 15),
  }));
  try {
    const port = Number(new URL(origin).port);
    const register = (seconds: number): Promise<Done> =>
      ordered({ what: 'register', port, clients: CLIENTS, seconds, bodies });
    await register(2);
    const done = await register(SECONDS);
    if (done.refused !== null) throw new Error(`registering was refused: ${done.refused.slice(0, 300)}`);
    for (const name of ['bench_one', 'bench_two'])
      await database.pool.query(`create table if not exists ${name} (id uuid primary key, text text not null)`);
    const bare = await ordered({ what: 'bare', url, clients: CLIENTS, seconds: SECONDS });
    const rate = done.count / done.seconds;
    const bareRate = bare.count / bare.seconds;
    return [
      atLeast('registering through the API, 8 clients', rate, 1000, 'a second'),
      {
        name: 'the same against two inserts and a commit by 8 clients',
        shown: `× ${(rate / bareRate).toFixed(2)} (of ${bareRate.toFixed(0)} a second)`,
        limit: '≥ × 0.5',
        ok: rate >= bareRate / 2,
      },
    ];
  } finally {
    await close();
  }
}

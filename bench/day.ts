import { makeHouse, rooms } from '../src/app/house.ts';
import type { Actor } from '../src/kernel/actor.ts';
import type { Database } from '../src/platform/db/connect.ts';
import { createServer } from '../src/platform/http/server.ts';
import { testActor, testHouse } from '../src/platform/testing.ts';
import { type Measured, timesWithin } from './measured.ts';
import type { SeededProblems } from './seed-problems.ts';

const ROUNDS = 200;

/** The office's day through the whole server, the office and clerks of five units taking turns. */
export async function measureDay(
  database: Database,
  seeded: SeededProblems,
  slow: (line: string) => void,
): Promise<Measured[]> {
  const base = await testHouse(database.db, { today: seeded.today });
  const house = makeHouse({ db: database.db, files: base.files, clock: base.clock, kind: 'demonstration' });
  const { jurisdiction } = seeded;
  const officer = testActor({ roles: ['officer'], unitId: seeded.units[0] ?? null, jurisdiction, name: '办' });
  const clerks = seeded.units
    .slice(0, 5)
    .map((unitId) => testActor({ roles: ['clerk'], unitId, jurisdiction, name: '经' }));
  const actors = new Map<string, Actor>([officer, ...clerks].map((actor, at) => [String(at), actor]));
  const server = await createServer({
    house,
    rooms,
    authenticate: async (token) => {
      const actor = actors.get(token);
      return actor ? { actor, mustChangePassword: false } : null;
    },
    beforePasswordChange: [],
    log: slow,
  });
  const ask = async (who: number): Promise<number> => {
    const begun = performance.now();
    const answer = await server.inject({
      method: 'GET',
      url: '/api/day',
      cookies: { guatu: String(who) },
      headers: { 'x-guatu': '1' },
    });
    if (answer.statusCode !== 200) throw new Error(`/api/day: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
    return performance.now() - begun;
  };
  try {
    for (let at = 0; at < 12; at++) await ask(at % 6);
    const office: number[] = [];
    const units: number[] = [];
    for (let at = 0; at < ROUNDS; at++) {
      office.push(await ask(0));
      units.push(await ask(1 + (at % 5)));
    }
    return [
      timesWithin('the day (今日) of the office', office, 80),
      timesWithin('the day (今日) of a unit', units, 80),
    ];
  } finally {
    await server.close();
  }
}

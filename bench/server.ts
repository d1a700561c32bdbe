import { makeHouse, rooms } from '../src/app/house.ts';
import type { Actor } from '../src/kernel/actor.ts';
import type { House } from '../src/platform/act.ts';
import type { Database } from '../src/platform/db/connect.ts';
import { createServer } from '../src/platform/http/server.ts';
import { testActor, testHouse } from '../src/platform/testing.ts';
import type { Seeded } from './seed-tasks.ts';

/**
 * Asks as one of the people; gives the milliseconds it took. What is not answered with 200 fails the bench. `body` makes it
 * a POST with a key of its own; what takes more than `limit` milliseconds is told.
 */
export type Ask = (
  who: number,
  url: string,
  options?: { readonly body?: object; readonly limit?: number },
) => Promise<number>;

/** The whole server over a seeded jurisdiction: session, permission, handler, shape of the answer. */
export interface BenchServer {
  readonly house: House;
  /** The office first, then a clerk of each unit. */
  readonly people: readonly Actor[];
  readonly ask: Ask;
  close(): Promise<void>;
}

/** The whole server as one person sees it, listening on a free port. */
export async function listenAs(
  { db }: Database,
  actor: Actor,
  today: string,
): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const { clock, files } = await testHouse(db, { today });
  const server = await createServer({
    house: makeHouse({ db, files, clock, kind: 'demonstration' }),
    rooms,
    authenticate: async () => ({ actor, mustChangePassword: false }),
    beforePasswordChange: [],
    log: () => {},
  });
  return { origin: await server.listen({ port: 0, host: '127.0.0.1' }), close: () => server.close() };
}

export async function openServer({ db }: Database, seeded: Seeded, slow: (line: string) => void): Promise<BenchServer> {
  const { clock, files } = await testHouse(db, { today: seeded.today });
  const house = makeHouse({ db, files, clock, kind: 'demonstration' });
  const { jurisdiction } = seeded;
  const people = [
    testActor({ roles: ['officer'], unitId: seeded.units[0] ?? null, jurisdiction, name: '办' }),
    ...seeded.units.map((unitId) => testActor({ roles: ['clerk'], unitId, jurisdiction, name: '经' })),
  ];
  const server = await createServer({
    house,
    rooms,
    authenticate: async (token) => {
      const actor = people[Number(token)];
      return actor ? { actor, mustChangePassword: false } : null;
    },
    beforePasswordChange: [],
    log: slow,
  });
  const ask: Ask = async (who, url, { body, limit = Number.POSITIVE_INFINITY } = {}) => {
    const begun = performance.now();
    const answer = await server.inject({
      method: body ? 'POST' : 'GET',
      url,
      cookies: { guatu: String(who) },
      headers: { 'x-guatu': '1', ...(body ? { 'idempotency-key': crypto.randomUUID() } : {}) },
      ...(body ? { payload: body } : {}),
    });
    const took = performance.now() - begun;
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`);
    if (took > limit) slow(`${took.toFixed(0)} ms ${people[who]?.roles[0]} ${decodeURIComponent(url)}`);
    return took;
  };
  return { house, people, ask, close: () => server.close() };
}

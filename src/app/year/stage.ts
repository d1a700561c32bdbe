import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, hasRole } from '../../kernel/actor.ts';
import { rehearsalClock } from '../../kernel/clock.ts';
import { addDays, type Day } from '../../kernel/day.ts';
import { asJurisdiction, type JurisdictionCode } from '../../kernel/ids.ts';
import { accountOfLogin, actorOf } from '../../modules/access/server/door.ts';
import type { House } from '../../platform/act.ts';
import { connectDatabase, type Database } from '../../platform/db/connect.ts';
import { freshDatabase, type TestDatabase } from '../../platform/db/testing.ts';
import { openFileStore } from '../../platform/files/store.ts';
import { houseOn } from '../demo/adoption.ts';
import { readDistrict } from '../demo/district.ts';
import { People } from '../demo/people.ts';
import type { Moment } from '../demo/player.ts';
import { seedDemonstration } from '../demo/seed.ts';
import { makeHouse } from '../house.ts';

/** The demonstration district with two processes on one database, and the people who act in the year. */
export interface Stage {
  readonly database: TestDatabase;
  /** Connected apart, as another process is. */
  readonly second: Database;
  readonly house: House;
  readonly otherHouse: House;
  readonly folder: string;
  readonly jurisdiction: JurisdictionCode;
  readonly first: Day;
  readonly today: Day;
  readonly officer: Actor;
  readonly colleague: Actor;
  readonly leader: Actor;
  readonly clerks: readonly Actor[];
  readonly people: People;
  /** Goes on with the story of the tasks up to and with a day. */
  readonly tellTasks: (until: Day) => Promise<number>;
  /** Where the time went, in milliseconds. */
  readonly spent: Map<string, number>;
}

/** Runs something and notes under which name its time went. */
export async function timed<T>({ spent }: Pick<Stage, 'spent'>, name: string, run: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  try {
    return await run();
  } finally {
    spent.set(name, (spent.get(name) ?? 0) + performance.now() - begun);
  }
}

/** Somebody at a minute of a day. */
export const at = (stage: Stage, on: Day, minute: number, actor: Actor): Moment => ({
  house: houseOn(stage.house, on, minute),
  actor,
});

export const dataOf = async <T>(jurisdiction: string, name: string): Promise<T> =>
  JSON.parse(
    await readFile(new URL(`../../../data/jurisdictions/${jurisdiction}/${name}.json`, import.meta.url), 'utf8'),
  );

/** The district as it is before the first morning of the year; its tasks' story is told up to then. */
export async function openStage(today: Day, days: number): Promise<Stage> {
  const first = addDays(today, -days);
  const spent = new Map<string, number>();
  const database = await freshDatabase();
  const second = await connectDatabase({ url: database.url, max: 4 });
  const folder = await mkdtemp(join(tmpdir(), 'guatu-year-'));
  const files = await openFileStore(folder);
  const parts = { files, clock: rehearsalClock(today), kind: 'demonstration' } as const;
  const house = makeHouse({ ...parts, db: database.db });
  let tellTasks: Stage['tellTasks'] = async () => 0;
  await timed({ spent }, 'seed', () =>
    seedDemonstration(house, today, () => {}, {
      until: addDays(first, -1),
      goOn: (tell) => {
        tellTasks = tell;
      },
    }),
  );
  const district = await readDistrict();
  const actors: Actor[] = [];
  for (const { login } of district.accounts) {
    const account = await accountOfLogin(house.db, login);
    if (account !== null) actors.push(await actorOf(house.db, account));
  }
  const [officer, colleague] = actors.filter((one) => hasRole(one, 'officer'));
  const leader = actors.find((one) => hasRole(one, 'leader'));
  if (!officer || !colleague || !leader) throw new Error('the district has no office');
  return {
    database,
    second,
    house,
    otherHouse: makeHouse({ ...parts, db: second.db }),
    folder,
    jurisdiction: asJurisdiction(district.jurisdiction),
    first,
    today,
    officer,
    colleague,
    leader,
    clerks: actors.filter((one) => hasRole(one, 'clerk') && !hasRole(one, 'officer')),
    people: new People(actors),
    tellTasks: (until) => tellTasks(until),
    spent,
  };
}

export async function closeStage(stage: Stage): Promise<void> {
  await stage.second.close();
  await stage.database.drop();
  await rm(stage.folder, { recursive: true, force: true });
}

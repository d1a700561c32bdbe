import { setTimeout as pause } from 'node:timers/promises';
import { day } from '../src/kernel/day.ts';
import { rollUpFigures } from '../src/modules/problems/server/door.ts';
import type { Database } from '../src/platform/db/connect.ts';
import { addressOf } from './asking.ts';
import { assessmentWork } from './assessment.ts';
import { bulletinWork } from './bulletins.ts';
import { atMost, type Measured, percentile, timesWithin } from './measured.ts';
import { problemQuestions } from './problems.ts';
import type { SeededProblems } from './seed-problems.ts';
import { type Ask, openServer } from './server.ts';

/** Each piece of work is repeated so often at least, and so long; the slowest counts. */
const RUNS = 5;
const WORKING_MS = 5000;
const MORNINGS = 200;
/** What everybody waits before asking again. */
const THINKING_MS = 50;
const ALONE_MS = 6000;

/** A piece of the office's work over the filled ledger. */
export interface Work {
  readonly name: string;
  /** Seconds. */
  readonly limit: number;
  run(): Promise<unknown>;
}

/**
 * A government's office over a filled ledger: its weekly bulletin, the scores of all its units, the first page of the
 * morning; and how much longer the pages of others take meanwhile, in the same process.
 */
export async function measureOffice(
  database: Database,
  seeded: SeededProblems,
  slow: (line: string) => void,
): Promise<Measured[]> {
  const { house, ask, close } = await openServer(database, seeded, slow);
  await rollUpFigures(database.db, seeded.jurisdiction, day(seeded.today));
  try {
    const works = [...(await bulletinWork(house, seeded)), ...(await assessmentWork(house, seeded))];
    const morning = await mornings(ask);
    // the first time they read from the disk
    await others(ask, seeded, () => pause(ALONE_MS));
    const alone = await others(ask, seeded, () => pause(ALONE_MS));
    const rows: Measured[] = [];
    for (const work of works) {
      let longest = 0;
      const meanwhile = await others(ask, seeded, async () => {
        const since = performance.now();
        for (let run = 0; run < RUNS || performance.now() - since < WORKING_MS; run += 1) {
          const begun = performance.now();
          await work.run();
          longest = Math.max(longest, performance.now() - begun);
          await pause(THINKING_MS);
        }
      });
      rows.push(atMost(`${work.name}, others working`, longest / 1000, work.limit, 's'));
      rows.push(slowed(`pages of others meanwhile (${work.name})`, meanwhile, alone));
    }
    return [...morning, ...rows];
  } finally {
    await close();
  }
}

async function mornings(ask: Ask): Promise<Measured[]> {
  for (let at = 0; at < 12; at++) await ask(at % 6, '/api/day');
  const office: number[] = [];
  const units: number[] = [];
  for (let at = 0; at < MORNINGS; at++) {
    office.push(await ask(0, '/api/day'));
    units.push(await ask(1 + (at % 5), '/api/day'));
  }
  return [timesWithin('the day (今日) of the office', office, 80), timesWithin('the day (今日) of a unit', units, 80)];
}

/** How long the pages of two other users take while `work` goes on: lists of problems, one after the other. */
async function others(ask: Ask, seeded: SeededProblems, work: () => Promise<void>): Promise<number[]> {
  const times: number[] = [];
  let going = true;
  const user = async (who: number): Promise<void> => {
    while (going)
      for (const query of problemQuestions(seeded, 200, who)) {
        if (!going) return;
        times.push(await ask(who, addressOf('/api/problems', query)));
        await pause(THINKING_MS);
      }
  };
  const users = Promise.all([user(1), user(2)]);
  await work();
  going = false;
  await users;
  return times;
}

function slowed(name: string, meanwhile: readonly number[], alone: readonly number[]): Measured {
  const ratio = (share: number): number => percentile(meanwhile, share) / percentile(alone, share);
  const shown = (times: readonly number[]): string =>
    `p50 ${percentile(times, 0.5).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)}, longest ${Math.max(...times).toFixed(0)}, n ${times.length}`;
  return {
    name,
    shown: `× ${ratio(0.5).toFixed(2)} (p50), × ${ratio(0.95).toFixed(2)} (p95): ${shown(meanwhile)}; alone ${shown(alone)}`,
    limit: '≤ × 2 (p50 and p95)',
    ok: ratio(0.5) <= 2 && ratio(0.95) <= 2,
  };
}

import { Cron } from 'croner';
import type { House } from '../platform/act.ts';
import { jurisdictionsOf, runOnce } from '../platform/jobs/duty.ts';
import { duties } from './schedule.ts';

/**
 * Runs every timed duty at its hour, and once at the start for what was missed while nothing ran. Several processes may
 * do this on one database: each duty is done once. Returns how to stop.
 */
export async function startDuties(house: House, log: (line: string) => void): Promise<() => Promise<void>> {
  let running: Promise<void> = Promise.resolve();
  const run = (names: readonly string[]): Promise<void> => {
    running = running.then(() => runAll(house, names, log));
    return running;
  };
  const timers = duties.map(
    (duty) => new Cron(duty.pattern, { timezone: 'Asia/Shanghai', protect: true }, () => run([duty.name])),
  );
  await run(duties.map((duty) => duty.name));
  return async () => {
    for (const timer of timers) timer.stop();
    await running;
  };
}

async function runAll(house: House, names: readonly string[], log: (line: string) => void): Promise<void> {
  for (const jurisdiction of await jurisdictionsOf(house)) {
    for (const duty of duties.filter((one) => names.includes(one.name))) {
      const day = duty.about(house.clock.today());
      const outcome = await runOnce(house, duty, day, jurisdiction).catch(
        (error: unknown) => `没有办成：${error instanceof Error ? error.message : String(error)}`,
      );
      if (outcome !== null) log(`${duty.word}（${jurisdiction}，${day}）：${outcome}`);
    }
  }
}

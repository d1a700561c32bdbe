import { Cron } from 'croner';
import type { House } from '../platform/act.ts';
import { type Duty, jurisdictionsOf, runOnce } from '../platform/jobs/duty.ts';

/**
 * Runs every timed duty at its hour, and once at the start for what was missed while nothing ran. Several processes may
 * do this on one database: each duty is done once. Returns how to stop.
 */
export async function startDuties(
  house: House,
  duties: readonly Duty[],
  log: (line: string) => void,
): Promise<() => Promise<void>> {
  let running: Promise<void> = Promise.resolve();
  const run = (due: readonly Duty[]): Promise<void> => {
    running = running
      .then(() => runAll(house, due, log))
      .catch((error: unknown) => log(`定时事项没有办成：${reasonOf(error)}`));
    return running;
  };
  const timers = duties.map(
    (duty) => new Cron(duty.pattern, { timezone: 'Asia/Shanghai', protect: true }, () => run([duty])),
  );
  await run(duties);
  return async () => {
    for (const timer of timers) timer.stop();
    await running;
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function runAll(house: House, due: readonly Duty[], log: (line: string) => void): Promise<void> {
  for (const jurisdiction of await jurisdictionsOf(house)) {
    for (const duty of due) {
      const day = duty.about(house.clock.today());
      const outcome = await runOnce(house, duty, day, jurisdiction)
        .then(async (done) => {
          await duty.afterwards?.(house, jurisdiction);
          return done;
        })
        .catch((error: unknown) => `没有办成：${reasonOf(error)}`);
      if (outcome !== null) log(`${duty.word}（${jurisdiction}，${day}）：${outcome}`);
    }
  }
}

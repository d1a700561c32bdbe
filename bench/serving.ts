import { connectDatabase } from '../src/platform/db/connect.ts';
import { testActor } from '../src/platform/testing.ts';
import { listenAs } from './server.ts';

/** What this process serves: the office of one government. It answers with its `origin`. */
export interface Serve {
  readonly url: string;
  readonly jurisdiction: string;
  readonly unitId: string | null;
  readonly today: string;
}

/** Megabytes that the system counts as this process's: in all, and more than when the watching began. */
export interface Memory {
  readonly grown: number;
  readonly peak: number;
}

const MB = 2 ** 20;

async function serve({ url, jurisdiction, unitId, today }: Serve): Promise<string> {
  const database = await connectDatabase({ url });
  const actor = testActor({ roles: ['officer'], unitId, jurisdiction, name: '办' });
  return (await listenAs(database, actor, today)).origin;
}

let [before, peak] = [0, 0];

/** `watch`: cleared once, so that garbage of the start does not hide what is needed later; then looked at often. */
process.on('message', (order: Serve | 'watch' | 'tell') => {
  if (order === 'watch') {
    global.gc?.();
    before = process.memoryUsage.rss();
    setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 20);
    process.send?.('watching');
  } else if (order === 'tell') {
    peak = Math.max(peak, process.memoryUsage.rss());
    process.send?.({ grown: (peak - before) / MB, peak: peak / MB } satisfies Memory);
  } else void serve(order).then((origin) => process.send?.({ origin }));
});
process.on('disconnect', () => process.exit());

import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase } from '../platform/db/connect.ts';
import { startEmbedded } from '../platform/db/embedded.ts';
import { processesWorkingIn } from '../platform/db/processes.ts';
import { verify } from '../platform/facts/verify.ts';
import { openFileStore } from '../platform/files/store.ts';
import { itemKinds } from './house.ts';
import { accountsIn, ask, dataFolder, formOf, guatu, type Running, signIn, startProduct, stop } from './testing.ts';

/** KILLS=100 for the full run. */
const KILLS = Number(process.env.KILLS ?? 6);
const dataDir = dataFolder();
const cluster = join(dataDir, 'database/cluster');

/** What a client wants done, once; `answered` when the product said that it is. */
interface Deed {
  readonly key: string;
  readonly client: Client;
  readonly task: string;
  readonly kind: 'report' | 'file';
  answered: boolean;
}

interface Client {
  readonly login: string;
  cookie: string;
  readonly tasks: readonly string[];
}

let product: Running & { readonly origin: string };
let clients: Client[] = [];

beforeAll(async () => {
  product = await startProduct(dataDir);
  for (const { login, password, role } of accountsIn(product.said())) {
    if (!role.includes('经办')) continue;
    const cookie = await signIn(product.origin, login, password);
    const { body } = await ask(product.origin, cookie, '/api/tasks?state=underway&mine=lead&pageSize=50');
    const tasks = (body.rows as { id: string }[]).map((row) => row.id);
    if (tasks.length > 0) clients.push({ login, cookie, tasks });
  }
  clients = clients.slice(0, 5);
}, 180_000);
afterAll(async () => {
  await stop(product);
  rmSync(dataDir, { recursive: true, force: true });
});

/** Sends the deed's request; the same bytes each time, so that a resent one is recognised. */
async function send(deed: Deed): Promise<void> {
  const { client, task, key } = deed;
  const path = deed.kind === 'report' ? `/api/tasks/${task}/progress` : `/api/files?itemKind=task&itemId=${task}`;
  const body = deed.kind === 'report' ? { text: key } : formOf(`${key}.txt`, `现场记录 ${key}`);
  const { status, body: said } = await ask(product.origin, client.cookie, path, { body, key });
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(said)}`);
  deed.answered = true;
}

/** Every client acts without a pause, now and then twice at once with the same key, until the product is gone. */
async function underLoad(): Promise<{ deeds: Deed[]; over: Promise<void> }> {
  const deeds: Deed[] = [];
  const over = Promise.all(
    clients.flatMap((client) =>
      [0, 1].map(async (line) => {
        for (let n = 0; ; n += 1) {
          const task = client.tasks[(n + line) % client.tasks.length] ?? '';
          const deed: Deed = {
            ...{ key: randomUUID(), client, task, kind: n % 4 === 3 ? 'file' : 'report', answered: false },
          };
          deeds.push(deed);
          const twice = n % 5 === 4 ? [send(deed), send(deed)] : [send(deed)];
          const ends = await Promise.allSettled(twice);
          if (!ends.some((end) => end.status === 'fulfilled')) return;
        }
      }),
    ),
  ).then(() => {});
  return { deeds, over };
}

/** How often each deed is in the database. */
async function effectsOf(deeds: readonly Deed[]): Promise<Map<string, number>> {
  const keys = deeds.map((deed) => deed.key);
  const embedded = await startEmbedded({ dataDir: join(dataDir, 'database') });
  const database = await connectDatabase({ url: embedded.url, max: 1 });
  const found = await sql<{ key: string; n: number }>`
    select text as key, count(*)::int as n from task_progress where text = any(${keys}) group by 1
    union all
    select replace(name, '.txt', ''), count(*)::int from file where replace(name, '.txt', '') = any(${keys}) group by 1`.execute(
    database.db,
  );
  const { findings } = await verify(
    database.db,
    itemKinds,
    await openFileStore(join(dataDir, 'files')),
    () => {},
    join(dataDir, 'seals.log'),
  );
  expect(findings).toEqual([]);
  await database.close();
  await embedded.stop();
  return new Map(found.rows.map((row) => [row.key, row.n]));
}

test('系统正在办理时核对，也没有发现', async () => {
  const { deeds, over } = await underLoad();
  const { code, said } = await guatu(['verify'], { GUATU_DATA: dataDir });
  expect(said).toContain('没有发现改动');
  expect(code).toBe(0);
  product.child.kill('SIGKILL');
  await over;
  expect(deeds.filter((deed) => deed.answered).length).toBeGreaterThan(10);
  await product.ended;
  product = await startProduct(dataDir);
}, 60_000);

test(
  `忙时被强行终止${KILLS}次：每件已答复的办理都在、只办一次，没有答复的重发后也只办一次，核对没有发现`,
  async () => {
    let acknowledged = 0;
    let resent = 0;
    for (let round = 0; round < KILLS; round += 1) {
      const { deeds, over } = await underLoad();
      await wait(150 + Math.random() * 900);
      const alsoServer = round % 2 === 1;
      product.child.kill('SIGKILL');
      if (alsoServer) for (const pid of processesWorkingIn(cluster) ?? []) process.kill(pid, 'SIGKILL');
      await product.ended;
      await over;
      product = await startProduct(dataDir);
      const answered = deeds.filter((deed) => deed.answered);
      const open = deeds.filter((deed) => !deed.answered);
      for (const deed of [...open, ...answered.slice(-3)]) await send(deed);
      const effects = await effectsOf(deeds);
      expect(deeds.filter((deed) => effects.get(deed.key) !== 1)).toEqual([]);
      acknowledged += answered.length;
      resent += open.length;
    }
    console.log(`${KILLS} kills: ${acknowledged} acknowledged actions, ${resent} resent, each there once`);
    expect(acknowledged).toBeGreaterThan(KILLS);
    expect(resent).toBeGreaterThan(0);
  },
  60_000 + KILLS * 20_000,
);

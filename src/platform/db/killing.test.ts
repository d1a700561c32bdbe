import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { afterAll, expect, test } from 'vitest';
import { connectDatabase } from './connect.ts';
import { startEmbedded } from './embedded.ts';
import { processesWorkingIn } from './processes.ts';

/** KILLS=100 for the full run. */
const KILLS = Number(process.env.KILLS ?? 8);
const WRITER = fileURLToPath(new URL('writer-to-kill.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'guatu-kill-'));
chmodSync(folder, 0o755);
const dataDir = join(folder, 'database');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Writer = { child: ChildProcess; acknowledged: number[]; first: Promise<void>; ended: Promise<void> };

function startWriter(): Writer {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, dataDir], { stdio: ['ignore', 'pipe', 'pipe'] });
  const acknowledged: number[] = [];
  let rest = '';
  let said = '';
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const first = new Promise<void>((done, fail) => {
    child.stdout?.on('data', (data: Buffer) => {
      const lines = (rest + data.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (/^\d+$/.test(line)) acknowledged.push(Number(line));
      if (acknowledged.length > 0) done();
    });
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString();
    });
    void ended.then(() => fail(new Error(`the writer ended before its first row: ${said}`)));
  });
  return { child, acknowledged, first, ended };
}

async function reopenAndRead(): Promise<Set<number>> {
  const embedded = await startEmbedded({ dataDir });
  try {
    const database = await connectDatabase({ url: embedded.url });
    const { rows } = await sql<{ id: number }>`select id from acknowledged`.execute(database.db);
    await database.close();
    return new Set(rows.map((row) => row.id));
  } finally {
    await embedded.stop();
  }
}

test.each([
  ['只杀掉本系统进程，数据库留在后台', false],
  ['连同整个数据库一起杀掉', true],
])(
  '%s：重新打开后，每一条已确认的记录都在',
  async (_name, alsoServer) => {
    const rounds = Math.ceil(KILLS / 2);
    const acknowledged: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const writer = startWriter();
      await writer.first;
      await wait(50 + Math.random() * 400);
      writer.child.kill('SIGKILL');
      if (alsoServer) {
        // The writer's own server: every process that works in this test's data folder.
        for (const pid of processesWorkingIn(join(dataDir, 'cluster')) ?? []) process.kill(pid, 'SIGKILL');
      }
      await writer.ended;
      acknowledged.push(...writer.acknowledged);
      // Every other round the next writer itself has to take over what is left.
      if (round % 2 === 1 || round === rounds - 1) {
        const present = await reopenAndRead();
        expect(acknowledged.filter((id) => !present.has(id))).toEqual([]);
      }
    }
    expect(acknowledged.length).toBeGreaterThan(rounds);
  },
  KILLS * 15_000,
);

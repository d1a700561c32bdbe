import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import { connectDatabase } from './connect.ts';
import { startEmbedded } from './embedded.ts';
import { isRunning, processesWorkingIn } from './processes.ts';

const HOLDER = fileURLToPath(new URL('writer-to-kill.ts', import.meta.url));
const cleanings: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const clean of cleanings.splice(0).reverse()) await clean();
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-embedded-'));
  chmodSync(folder, 0o755);
  cleanings.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function start(dataDir: string, log?: (line: string) => void) {
  const embedded = await startEmbedded({ dataDir, log });
  cleanings.push(() => embedded.stop());
  return embedded;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

async function holder(dataDir: string): Promise<{ child: ChildProcess; said: string; ended: Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', HOLDER, dataDir, 'hold'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const said = await new Promise<string>((done) => {
    child.stdout?.once('data', (data: Buffer) => done(data.toString().trim()));
    void ended.then(() => done(''));
  });
  return { child, said, ended };
}

test('数据库首次启动自动建立，停止后再次启动数据仍在', async () => {
  const dataDir = join(newFolder(), 'database');
  const lines: string[] = [];
  const first = await start(dataDir, (line) => lines.push(line));
  expect(lines.join()).toContain('正在建立数据库');
  const database = await connectDatabase({ url: first.url });
  await database.pool.query('create table kept as select 1 as x');
  const { rows } = await database.pool.query('show fsync');
  expect(rows).toEqual([{ fsync: 'on' }]);
  await database.close();
  await first.stop();
  expect(await answers(first.url)).toBe(false);
  const second = await start(dataDir);
  expect(second.adopted).toBe(false);
  const again = await connectDatabase({ url: second.url });
  expect((await again.pool.query('select x from kept')).rows).toEqual([{ x: 1 }]);
  await again.close();
});

test('密码文件只有本用户能读，数据库只在本机应答', async () => {
  const dataDir = newFolder();
  const { url } = await start(dataDir);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, 'run')).mode & 0o777).toBe(0o700);
  expect(await answers(url.replace(/:[^:@/]+@/, ':wrong@'))).toBe(false);
  const database = await connectDatabase({ url });
  expect((await database.pool.query('show listen_addresses')).rows).toEqual([{ listen_addresses: '' }]);
  await database.close();
});

test('第二个进程使用同一数据目录时借用数据库，它结束时不停掉数据库', async () => {
  const dataDir = newFolder();
  const { url } = await start(dataDir);
  const second = await holder(dataDir);
  expect(second.said).toBe('adopted');
  second.child.kill('SIGTERM');
  await second.ended;
  expect(await answers(url)).toBe(true);
});

test('收到 SIGTERM 时数据库正常停止', async () => {
  const dataDir = newFolder();
  const { child, ended, said } = await holder(dataDir);
  expect(said).toBe('started');
  child.kill('SIGTERM');
  await ended;
  expect(child.exitCode).toBe(143);
  expect(existsSync(join(dataDir, 'cluster', 'postmaster.pid'))).toBe(false);
  expect(processesWorkingIn(join(dataDir, 'cluster')) ?? []).toEqual([]);
});

test('上次进程被强行结束，数据库仍在运行：下次启动接管并负责停止', async () => {
  const dataDir = newFolder();
  const { child, ended } = await holder(dataDir);
  child.kill('SIGKILL');
  await ended;
  const lines: string[] = [];
  const adopted = await start(dataDir, (line) => lines.push(line));
  expect(adopted.adopted).toBe(true);
  expect(lines.join()).toContain('接管');
  await adopted.stop();
  expect(await answers(adopted.url)).toBe(false);
});

test('两个进程同时启动同一个数据目录，只有一个启动数据库', async () => {
  const dataDir = newFolder();
  const both = await Promise.all([holder(dataDir), holder(dataDir)]);
  expect(both.map((one) => one.said).sort()).toEqual(['adopted', 'started']);
  for (const one of both.sort((a) => (a.said === 'adopted' ? -1 : 1))) {
    one.child.kill('SIGTERM');
    await one.ended;
  }
});

test('残留的锁文件指向别的程序的进程号时，自动清理后启动', async () => {
  const dataDir = newFolder();
  const first = await start(dataDir);
  const pidFile = join(dataDir, 'cluster', 'postmaster.pid');
  const lock = readFileSync(pidFile, 'utf8');
  const socketLock = readFileSync(join(dataDir, 'run', '.s.PGSQL.5432.lock'), 'utf8');
  await first.stop();
  // The process number of the old server now belongs to this very test.
  const recycled = (text: string) => text.replace(/^\d+/, String(process.ppid));
  expect(isRunning(process.ppid)).toBe(true);
  mkdirSync(join(dataDir, 'run'));
  writeFileSync(pidFile, recycled(lock));
  writeFileSync(join(dataDir, 'run', '.s.PGSQL.5432.lock'), recycled(socketLock));
  expect(await answers((await start(dataDir)).url)).toBe(true);
});

test('套接字被清理掉、又没有主人的数据库，先停掉再启动', async () => {
  const dataDir = newFolder();
  const { child, ended } = await holder(dataDir);
  child.kill('SIGKILL');
  await ended;
  rmSync(join(dataDir, 'run'), { recursive: true });
  const again = await start(dataDir);
  expect(again.adopted).toBe(false);
  expect(await answers(again.url)).toBe(true);
});

test('数据目录很深时，套接字放到短路径下，照常启动', async () => {
  const deep = join(newFolder(), 'a'.repeat(60), 'b'.repeat(60));
  mkdirSync(deep, { recursive: true });
  expect(await answers((await start(deep)).url)).toBe(true);
});

test('数据目录是别的大版本时，说明用备份与恢复迁移，不改动数据', async () => {
  const dataDir = newFolder();
  const first = await start(dataDir);
  await first.stop();
  writeFileSync(join(dataDir, 'cluster', 'PG_VERSION'), '16\n');
  await expect(startEmbedded({ dataDir })).rejects.toThrow(/PostgreSQL 16 .*guatu backup.*guatu restore/);
});

test('目录里有别的文件时不当作数据库使用', async () => {
  const dataDir = newFolder();
  mkdirSync(join(dataDir, 'cluster'));
  writeFileSync(join(dataDir, 'cluster', '资料.txt'), '');
  await expect(startEmbedded({ dataDir })).rejects.toThrow('不是数据库');
  expect(existsSync(join(dataDir, 'cluster', '资料.txt'))).toBe(true);
});

test.runIf(process.getuid?.() === 0)('root 的私有目录数据库进程进不去，数据改放别处并说明', async () => {
  const secret = newFolder();
  chmodSync(secret, 0o700);
  const dataDir = join(secret, 'var');
  const lines: string[] = [];
  const first = await start(dataDir, (line) => lines.push(line));
  const { at } = JSON.parse(readFileSync(join(dataDir, 'location.json'), 'utf8')) as { at: string };
  cleanings.splice(-1, 0, () => rmSync(at, { recursive: true, force: true }));
  expect(lines.join()).toContain(at);
  expect(await answers(first.url)).toBe(true);
});

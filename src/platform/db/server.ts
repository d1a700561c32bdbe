import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, prepareBinaries, type ServerUser } from './binaries.ts';
import { environment, postmasterPid, readRecord, type ServerRecord, USER, writeRecord } from './cluster.ts';
import { type Place, socketFolder } from './place.ts';
import { isRunning, isSameRunning, markOf, processesWorkingIn } from './processes.ts';
import { DatabaseTrouble, startupTrouble } from './trouble.ts';

const DATABASE = 'guatu';
const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 30_000;

/** Address of the product's database on this server, password included. */
export function urlOf(place: Place, record: ServerRecord): string {
  const password = encodeURIComponent(readFileSync(place.secret, 'utf8').trim());
  return record.socketDir === null
    ? `postgresql://${USER}:${password}@127.0.0.1:${record.port}/${DATABASE}`
    : `postgresql://${USER}:${password}@/${DATABASE}?host=${encodeURIComponent(record.socketDir)}`;
}

function client(place: Place, record: ServerRecord, database: string): pg.Client {
  return new pg.Client({
    host: record.socketDir ?? '127.0.0.1',
    port: record.port,
    user: USER,
    password: readFileSync(place.secret, 'utf8').trim(),
    database,
    connectionTimeoutMillis: 5000,
  });
}

/** 'up' only for a server that works on this very cluster; 'busy' while it starts, recovers or shuts down. */
async function probe(place: Place, record: ServerRecord): Promise<'up' | 'busy' | 'down'> {
  const connection = client(place, record, 'postgres');
  connection.on('error', () => {});
  try {
    await connection.connect();
    const { rows } = await connection.query<{ data_directory: string }>('show data_directory');
    return resolve(rows[0]?.data_directory ?? '') === resolve(place.cluster) ? 'up' : 'down';
  } catch (error) {
    return (error as { code?: string }).code === '57P03' ? 'busy' : 'down';
  } finally {
    await connection.end().catch(() => {});
  }
}

/** The server of this cluster when one is running and answers; one that nobody can reach any more is stopped. */
export async function findRunning(place: Place): Promise<ServerRecord | undefined> {
  const record = readRecord(place);
  const until = Date.now() + START_LIMIT_MS;
  while (record !== undefined && existsSync(place.secret) && Date.now() < until) {
    const state = await probe(place, record);
    if (state === 'up') return record;
    if (state === 'down') break;
    await wait(100);
  }
  const pid = postmasterPid(place);
  if (pid === undefined || !isRunning(pid) || !processesWorkingIn(place.cluster)?.includes(pid)) return undefined;
  // It runs but cannot be reached: its socket was deleted, or the record is lost. Nobody can use it any more.
  if (record !== undefined && isSameRunning(record.owner) && record.owner.pid !== process.pid) {
    throw new DatabaseTrouble(
      '数据库正在运行但无法连接（它的套接字文件可能被清理）。请先停止正在运行的本系统，再重新启动。',
    );
  }
  await shutDown(pid);
  return undefined;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address !== null && typeof address === 'object' ? done(address.port) : fail(new Error())));
    });
  });
}

/** Bytes of all files in a folder. */
function storedBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { withFileTypes: true, recursive: true }).reduce(
    (sum, entry) =>
      sum + (entry.isFile() ? (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0) : 0),
    0,
  );
}

/** Memory that this process and its children may have, in bytes: of a container what it is given. */
const memoryGiven = (): number => Math.min(totalmem(), process.constrainedMemory() || Number.POSITIVE_INFINITY);

/**
 * What the server may keep in memory, by the memory of the machine and what it has stored, in bytes: a quarter, between 128 MB and 4 GB, of
 * which it takes what it needs. A large ledger gets up to half of the memory: what the system's cache holds may be taken back
 * at any time.
 */
export function memorySettings(total: number, stored: number): Record<string, string> {
  const inMegabytes = (bytes: number): number => Math.floor(bytes / 1_048_576);
  const megabytes = inMegabytes(total);
  const usual = Math.min(4096, Math.max(128, Math.floor(megabytes / 4)));
  const shared = Math.max(usual, Math.min(Math.floor(megabytes / 2), inMegabytes(stored * 1.25)));
  return {
    shared_buffers: `${shared}MB`,
    effective_cache_size: `${Math.max(shared, Math.floor(megabytes * 0.75))}MB`,
    work_mem: megabytes >= 4096 ? '24MB' : '8MB',
    maintenance_work_mem: megabytes >= 4096 ? '256MB' : '64MB',
    // after each checkpoint every page that is touched goes into the log whole: on a large machine checkpoints are rarer
    max_wal_size: megabytes >= 8192 ? '2GB' : '512MB',
  };
}

function serverSettings(place: Place, socketDir: string | null, port: number, major: number): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: socketDir === null ? '127.0.0.1' : '',
    ...(socketDir === null ? {} : { unix_socket_directories: socketDir, unix_socket_permissions: '0700' }),
    max_connections: '100',
    ...memorySettings(memoryGiven(), storedBytes(join(place.cluster, 'base'))),
    jit: 'off',
    // Lists are short and many people ask at once: one process for a question.
    max_parallel_workers_per_gather: '0',
    random_page_cost: '1.1',
    // After each checkpoint every page that is touched goes into the log whole; so they come more rarely.
    checkpoint_timeout: '15min',
    // Pages that lists need are asked for ahead; three readers, the usual number, leave a disk waiting.
    ...(major >= 18 ? { effective_io_concurrency: '64', io_method: 'sync' } : {}),
    log_min_messages: 'warning',
    log_min_error_statement: 'panic',
    logging_collector: 'on',
    log_directory: place.log,
    log_filename: 'server-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Starts the server and waits until it answers. Throws DatabaseTrouble with what it said. */
export async function launch(place: Place, binaries: Binaries, user: ServerUser | undefined): Promise<ServerRecord> {
  const socketDir = process.platform === 'win32' ? null : socketFolder(place, user);
  const record = { owner: markOf(), socketDir, port: socketDir === null ? await freePort() : 5432 };
  const settings = serverSettings(place, socketDir, record.port, binaries.major);
  const startLog = join(place.log, 'start.log');
  const until = Date.now() + START_LIMIT_MS;
  for (;;) {
    writeRecord(place, record);
    const output = openSync(startLog, 'w', 0o600);
    // Windows refuses to run a server for an administrator; pg_ctl gives up those rights first.
    const [program, args] =
      process.platform === 'win32'
        ? [binaries.pgCtl, ['start', '-W', '-D', place.cluster, '-o', settings.map((one) => `"${one}"`).join(' ')]]
        : [binaries.postgres, ['-D', place.cluster, ...settings]];
    // A session of its own: Ctrl-C in the terminal reaches only us, and we stop the server after our own work.
    const child = spawn(program, args, {
      ...user,
      cwd: place.cluster,
      env: environment(),
      stdio: ['ignore', output, output],
      detached: true,
      windowsHide: true,
    });
    closeSync(output);
    let ended = false;
    child.once('exit', (status) => {
      ended = process.platform !== 'win32' || status !== 0;
    });
    child.once('error', () => {
      ended = true;
    });
    child.unref();
    while (!ended && Date.now() < until) {
      if ((await probe(place, record)) === 'up') return record;
      await wait(15);
    }
    const said = lastWords(place, startLog);
    // After a kill of the whole server its last children need a moment to go; only then may a new one start.
    const retry = ended && Date.now() < until - START_LIMIT_MS + 15_000 && /still in use|already exists/i.test(said);
    if (!retry) {
      if (!ended) child.kill('SIGQUIT');
      throw startupTrouble(said, place.log);
    }
    await wait(200);
  }
}

function lastWords(place: Place, startLog: string): string {
  const logs = readdirSync(place.log)
    .filter((name) => name.startsWith('server-'))
    .map((name) => join(place.log, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const read = (file: string | undefined) => (file === undefined ? '' : readFileSync(file, 'utf8').slice(-2000));
  const recent = logs[0] !== undefined && Date.now() - statSync(logs[0]).mtimeMs < START_LIMIT_MS ? logs[0] : undefined;
  return `${read(recent)}\n${read(startLog).replace(/^.*(redirecting log output|HINT: +Future log).*$/gm, '')}`;
}

/** Makes the product's database on the server when it is not there yet. */
export async function createDatabase(place: Place, record: ServerRecord): Promise<void> {
  const connection = client(place, record, 'postgres');
  await connection.connect();
  try {
    const { rowCount } = await connection.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await connection.query(`create database ${DATABASE}`);
  } finally {
    await connection.end();
  }
}

/** Fast shutdown: open transactions are rolled back, everything committed is written; at once when it takes too long. */
export async function shutDown(pid: number, place?: Place, user?: ServerUser): Promise<void> {
  if (process.platform === 'win32' && place !== undefined) {
    const { pgCtl } = prepareBinaries(place.root, user);
    spawnSync(pgCtl, ['stop', '-m', 'fast', '-w', '-D', place.cluster], { windowsHide: true });
    return;
  }
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    const until = Date.now() + STOP_LIMIT_MS;
    while (Date.now() < until) {
      if (!isRunning(pid)) return;
      await wait(15);
    }
  }
}

import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Binaries, prepareBinaries, reachable, type ServerUser } from './binaries.ts';
import { isRunning, isSameRunning, markOf, type ProcessMark, processesWorkingIn } from './processes.ts';
import { DatabaseTrouble, startupTrouble } from './trouble.ts';

/** A running PostgreSQL of our own. */
export type EmbeddedDatabase = {
  /** Connection address for connectDatabase(); contains the password, so it is not to be printed. */
  url: string;
  /** True when the server was already running (started by another process, or left behind by one that was killed). */
  adopted: boolean;
  /** Stops the server, but only when this process is responsible for it. May be called twice. Close pools first. */
  stop(): Promise<void>;
};

type ServerRecord = { owner: ProcessMark; socketDir: string | null; port: number };
type Place = { root: string; cluster: string; log: string; secret: string; record: string; lock: string };
type Log = (line: string) => void;

const USER = 'guatu';
const DATABASE = 'guatu';
const START_LIMIT_MS = 90_000;
const STOP_LIMIT_MS = 30_000;
// A new cluster takes 40 MB and writes ahead; one that exists should still be readable when space is short.
const LEAST_FREE_MB = { first: 150, later: 32 };

/**
 * Starts the PostgreSQL that comes with the product on `dataDir` (created when missing, never shared with other
 * things) or adopts the one already running there. Works as root (the server then runs as the owner of `dataDir`, or
 * as nobody) and as any other user. `log` receives Chinese progress lines.
 *
 * Who stops it: the process that started it, or the one that adopted it after its starter had died. A second process
 * on the same `dataDir` uses the server and leaves it alone. The caller stops it on SIGTERM and SIGINT (or passes
 * `stopOnSignals`); when this process ends in another way without stop(), the server is asked to shut down; after
 * kill -9 it keeps running and the next start adopts it.
 *
 * Throws DatabaseTrouble (Chinese) when the disk is full, the folder belongs to somebody else or to another major
 * version, or the server does not come up.
 */
export async function startEmbedded(options: {
  dataDir: string;
  log?: Log;
  stopOnSignals?: boolean;
}): Promise<EmbeddedDatabase> {
  try {
    return await startOrAdopt(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof DatabaseTrouble || code === undefined) throw error;
    if (code === 'ENOSPC') throw startupTrouble('No space left on device', options.dataDir);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw startupTrouble('Permission denied', options.dataDir);
    throw new DatabaseTrouble(`数据库没有启动成功：${message}。`, { cause: error });
  }
}

async function startOrAdopt(options: Parameters<typeof startEmbedded>[0]): Promise<EmbeddedDatabase> {
  const log = options.log ?? (() => {});
  const asked = resolve(options.dataDir);
  makeFolder(asked);
  const user = serverUser(asked);
  const place = placeOf(whereToKeep(asked, user, log), user);
  const unlock = await lockStart(place.lock);
  try {
    const running = await findRunning(place);
    if (running !== undefined) {
      const mine = !isSameRunning(running.owner);
      if (mine) writeRecord(place, { ...running, owner: markOf() });
      log(mine ? '接管了上次异常退出后仍在运行的数据库。' : '数据库已由另一个进程启动，直接使用。');
      return handle(place, user, running, true, mine, options.stopOnSignals ?? false);
    }
    const binaries = prepareBinaries(place.root, user);
    const first = !existsSync(join(place.cluster, 'PG_VERSION'));
    checkFreeSpace(place.root, first ? LEAST_FREE_MB.first : LEAST_FREE_MB.later);
    if (first) createCluster(place, binaries, user, log);
    checkVersion(place, binaries);
    clearStaleLocks(place);
    const record = await launch(place, binaries, user);
    await createDatabase(place, record);
    return handle(place, user, record, false, true, options.stopOnSignals ?? false);
  } finally {
    unlock();
  }
}

// --- folders and users -------------------------------------------------------------------------------------------

function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o711 });
  } catch (cause) {
    throw new DatabaseTrouble(`无法建立数据目录 ${dir}。请检查上级目录的权限和磁盘空间。`, { cause });
  }
}

/** PostgreSQL refuses to run as root, so root lends it another user: always the same one for the same data. */
function serverUser(dir: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const cluster = join(dir, 'cluster');
  const { uid, gid } = statSync(existsSync(cluster) ? cluster : dir);
  // initdb wants a user that the system has a name for.
  const known = uid !== 0 && spawnSync('id', ['-nu', String(uid)]).status === 0;
  return known ? { uid, gid } : { uid: 65534, gid: 65534 };
}

/**
 * A folder below, say, /root cannot be entered by the server's user however it is owned. The cluster then lives under
 * /var/lib/guatu and the data folder keeps a note of the place.
 */
function whereToKeep(asked: string, user: ServerUser | undefined, log: Log): string {
  const note = join(asked, 'location.json');
  if (existsSync(note)) {
    const { from, at } = JSON.parse(readFileSync(note, 'utf8')) as { from: string; at: string };
    if (from !== asked && existsSync(join(from, 'location.json'))) {
      throw new DatabaseTrouble(
        `数据目录 ${asked} 是从 ${from} 复制来的，两者指向同一份数据库（${at}），不能同时使用。请用备份与恢复来复制数据。`,
      );
    }
    if (!existsSync(at)) throw new DatabaseTrouble(`数据目录记录的数据库位置 ${at} 不存在，请恢复该目录或从备份恢复。`);
    return at;
  }
  if (user === undefined || existsSync(join(asked, 'cluster'))) return asked;
  if (reachable(dirname(asked), user)) return asked;
  // What is temporary stays where temporary things are cleared away.
  const base = asked.startsWith(tmpdir() + sep) ? join(tmpdir(), 'guatu-') : '/var/lib/guatu/';
  const at = base + createHash('sha256').update(asked).digest('hex').slice(0, 12);
  makeFolder(at);
  if (statSync(at).uid !== 0) throw new DatabaseTrouble(`目录 ${at} 属于其他用户，不能存放数据。请删除它后重新启动。`);
  writeFileSync(note, JSON.stringify({ from: asked, at }));
  log(`数据目录 ${asked} 位于其他用户无法进入的目录下，数据库文件改放在 ${at}。`);
  return at;
}

function placeOf(root: string, user: ServerUser | undefined): Place {
  if (user !== undefined) {
    // The server's user passes through this folder; listing it stays reserved to its owner.
    const { mode } = statSync(root);
    if ((mode & 0o011) !== 0o011) chmodSync(root, (mode & 0o777) | 0o011);
  }
  const log = join(root, 'log');
  mkdirSync(log, { recursive: true, mode: 0o700 });
  own(log, user);
  return {
    root,
    cluster: join(root, 'cluster'),
    log,
    secret: join(root, 'secret'),
    record: join(root, 'server.json'),
    lock: join(root, 'start.lock'),
  };
}

function own(path: string, user: ServerUser | undefined): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/** Socket paths are limited to about 100 bytes by the system, so a deep data folder gets a short one elsewhere. */
function socketFolder(place: Place, user: ServerUser | undefined): string {
  const near = join(place.root, 'run');
  const hash = createHash('sha256').update(place.root).digest('hex').slice(0, 12);
  const dir = Buffer.byteLength(near) < 80 ? near : join(tmpdir(), `guatu-run-${hash}`);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const owner = statSync(dir).uid;
  const mine = process.getuid?.() ?? owner;
  if (owner !== mine && owner !== user?.uid) {
    throw new DatabaseTrouble(`目录 ${dir} 属于其他用户，不能用来存放数据库的套接字。请删除它后重新启动。`);
  }
  own(dir, user);
  chmodSync(dir, 0o700);
  return dir;
}

function checkFreeSpace(dir: string, needed: number): void {
  const { bavail, bsize } = statfsSync(dir);
  const free = Math.floor((bavail * bsize) / 1048576);
  if (free >= needed) return;
  throw new DatabaseTrouble(
    `数据目录 ${dir} 所在磁盘只剩 ${free} MB，少于数据库启动所需的 ${needed} MB。请清理磁盘后重新启动，数据没有丢失。`,
  );
}

// --- the cluster -------------------------------------------------------------------------------------------------

function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP, TMPDIR } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, TMPDIR, LC_ALL: process.platform === 'linux' ? 'C.UTF-8' : 'C' };
}

function createCluster(place: Place, binaries: Binaries, user: ServerUser | undefined, log: Log): void {
  if (existsSync(place.cluster) && readdirSync(place.cluster).length > 0) {
    throw new DatabaseTrouble(`目录 ${place.cluster} 里有文件，但不是数据库。请换一个数据目录，或从备份恢复。`);
  }
  log('首次启动，正在建立数据库……');
  const password = randomBytes(24).toString('base64url');
  // Built aside and renamed, so that a half-made cluster is never taken for a whole one.
  const making = `${place.cluster}.making`;
  const passwordFile = join(place.log, 'initial-password');
  const tries =
    process.platform === 'linux'
      ? [['--locale=C.UTF-8'], ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']]
      : [['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']];
  let said = '';
  try {
    for (const locale of tries) {
      rmSync(making, { recursive: true, force: true });
      mkdirSync(making, { mode: 0o700 });
      own(making, user);
      writeFileSync(passwordFile, password, { mode: 0o600 });
      own(passwordFile, user);
      const args = ['-D', making, '-U', USER, '--encoding=UTF8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
      const result = spawnSync(binaries.initdb, [...args, ...locale], {
        ...user,
        cwd: making,
        env: environment(),
        encoding: 'utf8',
        windowsHide: true,
      });
      said = `${result.stdout ?? ''}\n${result.stderr ?? ''}\n${result.error?.message ?? ''}`;
      if (result.status !== 0) continue;
      writeFileSync(place.secret, password, { mode: 0o600 });
      own(place.secret, user);
      rmSync(place.cluster, { recursive: true, force: true });
      renameSync(making, place.cluster);
      return;
    }
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(making, { recursive: true, force: true });
  }
  throw startupTrouble(said, place.log);
}

function checkVersion(place: Place, binaries: Binaries): void {
  const found = Number.parseInt(readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8'), 10);
  if (found === binaries.major) return;
  throw new DatabaseTrouble(
    `数据目录 ${place.root} 是 PostgreSQL ${found} 的格式，本版本程序自带的是 PostgreSQL ${binaries.major}，不能直接打开。` +
      '请用原来版本的程序执行 guatu backup 做一份备份，再用本版本在新的数据目录执行 guatu restore 恢复。原数据没有改动。',
  );
}

function postmasterPid(place: Place): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(place.cluster, 'postmaster.pid'), 'utf8'), 10);
    return pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * PostgreSQL clears its own lock files when their process is dead. It stops when another program has meanwhile got
 * the same process number (usual in containers, where numbers start again); only that case is cleared here, and only
 * when it is sure that no process works on this cluster.
 */
function clearStaleLocks(place: Place): void {
  const pid = postmasterPid(place);
  const working = processesWorkingIn(place.cluster);
  if (working !== undefined && working.length > 0) return;
  if (working === undefined && pid !== undefined && isRunning(pid)) return;
  if (pid !== undefined && isRunning(pid)) unlinkSync(join(place.cluster, 'postmaster.pid'));
  const record = readRecord(place);
  if (record?.socketDir && existsSync(record.socketDir)) {
    for (const name of readdirSync(record.socketDir)) {
      if (name.startsWith('.s.PGSQL.')) rmSync(join(record.socketDir, name), { force: true });
    }
  }
}

// --- running servers ---------------------------------------------------------------------------------------------

function readRecord(place: Place): ServerRecord | undefined {
  try {
    return JSON.parse(readFileSync(place.record, 'utf8')) as ServerRecord;
  } catch (error) {
    // Only a missing or torn record counts as none; one that may not be read could belong to a server in use.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function writeRecord(place: Place, record: ServerRecord): void {
  writeFileSync(`${place.record}.new`, JSON.stringify(record), { mode: 0o644 });
  renameSync(`${place.record}.new`, place.record);
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

async function findRunning(place: Place): Promise<ServerRecord | undefined> {
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

async function lockStart(file: string): Promise<() => void> {
  const until = Date.now() + START_LIMIT_MS;
  for (;;) {
    try {
      const opened = openSync(file, 'wx', 0o600);
      writeFileSync(opened, JSON.stringify(markOf()));
      closeSync(opened);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    if (!lockIsHeld(file)) rmSync(file, { force: true });
    else if (Date.now() > until) {
      throw new DatabaseTrouble(`另一个进程一直在启动同一个数据目录的数据库（${file}）。请等它完成或停止它。`);
    } else await wait(50);
  }
}

function lockIsHeld(file: string): boolean {
  try {
    const text = readFileSync(file, 'utf8');
    if (text !== '') return isSameRunning(JSON.parse(text) as ProcessMark);
    // Just created, its writer has not filled it in yet, or died in between.
    return Date.now() - statSync(file).mtimeMs < 5000;
  } catch {
    return false;
  }
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

function serverSettings(place: Place, socketDir: string | null, port: number): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: socketDir === null ? '127.0.0.1' : '',
    ...(socketDir === null ? {} : { unix_socket_directories: socketDir, unix_socket_permissions: '0700' }),
    max_connections: '100',
    jit: 'off',
    max_wal_size: '512MB',
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

async function launch(place: Place, binaries: Binaries, user: ServerUser | undefined): Promise<ServerRecord> {
  const socketDir = process.platform === 'win32' ? null : socketFolder(place, user);
  const record = { owner: markOf(), socketDir, port: socketDir === null ? await freePort() : 5432 };
  const settings = serverSettings(place, socketDir, record.port);
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

async function createDatabase(place: Place, record: ServerRecord): Promise<void> {
  const connection = client(place, record, 'postgres');
  await connection.connect();
  try {
    const { rowCount } = await connection.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await connection.query(`create database ${DATABASE}`);
  } finally {
    await connection.end();
  }
}

function handle(
  place: Place,
  user: ServerUser | undefined,
  record: ServerRecord,
  adopted: boolean,
  mine: boolean,
  stopOnSignals: boolean,
): EmbeddedDatabase {
  const password = encodeURIComponent(readFileSync(place.secret, 'utf8').trim());
  const url =
    record.socketDir === null
      ? `postgresql://${USER}:${password}@127.0.0.1:${record.port}/${DATABASE}`
      : `postgresql://${USER}:${password}@/${DATABASE}?host=${encodeURIComponent(record.socketDir)}`;
  if (!mine) return { url, adopted, stop: async () => {} };

  const pid = postmasterPid(place);
  const mark = pid === undefined ? undefined : markOf(pid);
  const onExit = () => {
    if (mark !== undefined && isSameRunning(mark)) process.kill(mark.pid, 'SIGINT');
  };
  process.once('exit', onExit);
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      if (mark !== undefined && isSameRunning(mark)) await shutDown(mark.pid, place, user);
      process.off('exit', onExit);
      try {
        if (record.socketDir !== null) rmdirSync(record.socketDir);
      } catch {
        // Somebody has already started the next server in it.
      }
    })();
    return stopping;
  };
  if (stopOnSignals) {
    for (const [signal, status] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
    ] as const) {
      process.once(signal, () => void stop().finally(() => process.exit(status)));
    }
  }
  return { url, adopted, stop };
}

/** Fast shutdown: open transactions are rolled back, everything committed is written; at once when it takes too long. */
async function shutDown(pid: number, place?: Place, user?: ServerUser): Promise<void> {
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

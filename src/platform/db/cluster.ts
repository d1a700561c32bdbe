import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Binaries, ServerUser } from './binaries.ts';
import { type Log, own, type Place } from './place.ts';
import { isRunning, type ProcessMark, processesWorkingIn } from './processes.ts';
import { DatabaseTrouble, startupTrouble } from './trouble.ts';

/** Name of the administrator of an embedded cluster, who also owns the database. */
export const USER = 'guatu';

/** Who is responsible for the running server, and where it answers: a socket folder, or a port on 127.0.0.1. */
export type ServerRecord = { owner: ProcessMark; socketDir: string | null; port: number };

/** What the programs of PostgreSQL get to see of our environment. */
export function environment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP, TMP, TMPDIR } = process.env;
  return { PATH, SystemRoot, TEMP, TMP, TMPDIR, LC_ALL: process.platform === 'linux' ? 'C.UTF-8' : 'C' };
}

/** A password lost in a power cut would lock everybody out, so it is on the disk before the cluster appears. */
function writeDurably(file: string, text: string): void {
  const opened = openSync(file, 'w', 0o600);
  writeFileSync(opened, text);
  fsyncSync(opened);
  closeSync(opened);
}

function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const opened = openSync(dir, 'r');
  fsyncSync(opened);
  closeSync(opened);
}

/** Makes a new cluster: UTF-8, code point order, password required. Throws DatabaseTrouble. */
export function createCluster(place: Place, binaries: Binaries, user: ServerUser | undefined, log: Log): void {
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
      writeDurably(place.secret, password);
      own(place.secret, user);
      rmSync(place.cluster, { recursive: true, force: true });
      renameSync(making, place.cluster);
      syncFolder(place.root);
      return;
    }
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(making, { recursive: true, force: true });
  }
  throw startupTrouble(said, place.log);
}

/** Throws DatabaseTrouble when the cluster was made by another major version. */
export function checkVersion(place: Place, binaries: Binaries): void {
  const found = Number.parseInt(readFileSync(join(place.cluster, 'PG_VERSION'), 'utf8'), 10);
  if (found === binaries.major) return;
  throw new DatabaseTrouble(
    `数据目录 ${place.root} 是 PostgreSQL ${found} 的格式，本版本程序自带的是 PostgreSQL ${binaries.major}，不能直接打开。` +
      '请用原来版本的程序执行 guatu backup 做一份备份，再用本版本在新的数据目录执行 guatu restore 恢复。原数据没有改动。',
  );
}

/** Process number in the cluster's own lock file; the process may be long dead. */
export function postmasterPid(place: Place): number | undefined {
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
export function clearStaleLocks(place: Place): void {
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

export function readRecord(place: Place): ServerRecord | undefined {
  try {
    return JSON.parse(readFileSync(place.record, 'utf8')) as ServerRecord;
  } catch (error) {
    // Only a missing or torn record counts as none; one that may not be read could belong to a server in use.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function writeRecord(place: Place, record: ServerRecord): void {
  writeFileSync(`${place.record}.new`, JSON.stringify(record), { mode: 0o644 });
  renameSync(`${place.record}.new`, place.record);
}

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { reachable, type ServerUser } from './binaries.ts';
import { DatabaseTrouble } from './trouble.ts';

/** The files of one embedded database. `secret`: its password; `record`: who started it and where it answers. */
export type Place = { root: string; cluster: string; log: string; secret: string; record: string; lock: string };

export type Log = (line: string) => void;

/** Decides where the files of the database for this data folder lie and as which user its server runs. */
export function findPlace(dataDir: string, log: Log): { place: Place; user: ServerUser | undefined } {
  const asked = resolve(dataDir);
  makeFolder(asked);
  const user = serverUser(asked);
  return { place: placeOf(whereToKeep(asked, user, log), user), user };
}

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

/** Gives a file or folder to the server's user, when that is another one than ours. */
export function own(path: string, user: ServerUser | undefined): void {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/** Socket paths are limited to about 100 bytes by the system, so a deep data folder gets a short one elsewhere. */
export function socketFolder(place: Place, user: ServerUser | undefined): string {
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

/** Throws DatabaseTrouble when the disk below `dir` has less than `needed` megabytes left. */
export function checkFreeSpace(dir: string, needed: number): void {
  const { bavail, bsize } = statfsSync(dir);
  const free = Math.floor((bavail * bsize) / 1048576);
  if (free >= needed) return;
  throw new DatabaseTrouble(
    `数据目录 ${dir} 所在磁盘只剩 ${free} MB，少于数据库启动所需的 ${needed} MB。请清理磁盘后重新启动，数据没有丢失。`,
  );
}

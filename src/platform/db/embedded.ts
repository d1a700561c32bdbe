import { existsSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { prepareBinaries, type ServerUser } from './binaries.ts';
import {
  checkVersion,
  clearStaleLocks,
  createCluster,
  postmasterPid,
  type ServerRecord,
  writeRecord,
} from './cluster.ts';
import { checkFreeSpace, findPlace, type Log, type Place } from './place.ts';
import { isSameRunning, markOf } from './processes.ts';
import { createDatabase, findRunning, launch, shutDown, urlOf } from './server.ts';
import { lockStart } from './start-lock.ts';
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
  const { place, user } = findPlace(options.dataDir, log);
  const unlock = await lockStart(place.lock);
  try {
    const running = await findRunning(place);
    if (running !== undefined) {
      const mine = !isSameRunning(running.owner);
      if (mine) writeRecord(place, { ...running, owner: markOf() });
      await createDatabase(place, running);
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

function handle(
  place: Place,
  user: ServerUser | undefined,
  record: ServerRecord,
  adopted: boolean,
  mine: boolean,
  stopOnSignals: boolean,
): EmbeddedDatabase {
  const url = urlOf(place, record);
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

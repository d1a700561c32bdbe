import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { isSameRunning, markOf, type ProcessMark } from './processes.ts';
import { DatabaseTrouble } from './trouble.ts';

const WAIT_LIMIT_MS = 90_000;

/** Lets only one process at a time start the database of a folder; returns what lets the next one in. */
export async function lockStart(file: string): Promise<() => void> {
  const until = Date.now() + WAIT_LIMIT_MS;
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

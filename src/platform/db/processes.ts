import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

/** A process that can be recognised again: process numbers are reused, the pair with the start time is not. */
export type ProcessMark = { pid: number; startedAt: string };

/** Start time of a process in kernel ticks, '' where the system does not tell (not Linux) or the process is gone. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** The mark of a process, by default this one. */
export function markOf(pid = process.pid): ProcessMark {
  return { pid, startedAt: startTime(pid) };
}

/** Is a process of this number running? One that has ended but was not yet collected by its parent counts as ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return process.platform !== 'linux';
  }
}

/** Is exactly this process (not a later one with the same number) still running? */
export function isSameRunning(mark: ProcessMark): boolean {
  return isRunning(mark.pid) && (mark.startedAt === '' || startTime(mark.pid) === mark.startedAt);
}

/**
 * Numbers of all running processes whose working directory is `dir`. Every process of a PostgreSQL server works in
 * its data directory, so this finds the server and its children even when all lock files are gone or lie.
 * Linux only; elsewhere undefined (not known).
 */
export function processesWorkingIn(dir: string): number[] | undefined {
  if (process.platform !== 'linux') return undefined;
  let real: string;
  try {
    real = realpathSync(dir);
  } catch {
    return [];
  }
  const found: number[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      if (readlinkSync(`/proc/${name}/cwd`) === real && isRunning(Number(name))) found.push(Number(name));
    } catch {
      // Processes of other users cannot be looked at; the server's own user is ours or we are root.
    }
  }
  return found;
}

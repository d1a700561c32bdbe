import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PROGRAMS = ['soffice', 'libreoffice', '/usr/lib/libreoffice/program/soffice', '/opt/libreoffice/program/soffice'];

/**
 * Converts a file with LibreOffice in a folder and profile of its own. `undefined` where LibreOffice is not installed,
 * takes longer than `timeoutMs` (it is then killed with all its children) or makes nothing of the file.
 */
export async function convertWithSoffice(
  bytes: Uint8Array,
  from: string,
  to: string,
  timeoutMs: number,
): Promise<Uint8Array | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'guatu-convert-'));
  try {
    const input = join(folder, `input.${from}`);
    await writeFile(input, bytes, { mode: 0o600 });
    for (const program of PROGRAMS) {
      const outcome = await run(program, folder, input, to, timeoutMs);
      if (outcome === 'missing') continue;
      const name = (await readdir(join(folder, 'out')).catch(() => [])).find((each) => each.endsWith(`.${to}`));
      return name === undefined ? undefined : new Uint8Array(await readFile(join(folder, 'out', name)));
    }
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function run(
  program: string,
  folder: string,
  input: string,
  to: string,
  timeoutMs: number,
): Promise<'done' | 'missing'> {
  const profile = pathToFileURL(join(folder, 'profile')).href;
  const flags = ['--headless', '--norestore', '--nolockcheck', '--nodefault', '--nofirststartwizard'];
  const args = [
    `-env:UserInstallation=${profile}`,
    ...flags,
    '--convert-to',
    to,
    '--outdir',
    join(folder, 'out'),
    input,
  ];
  return new Promise((resolve) => {
    // A group of its own: the launcher starts a second process, which must die with it.
    const child = spawn(program, args, { stdio: 'ignore', detached: true, env: { ...process.env, HOME: folder } });
    const killGroup = (): void => {
      if (child.pid === undefined) return;
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const timer = setTimeout(killGroup, timeoutMs);
    process.once('exit', killGroup);
    const end = (outcome: 'done' | 'missing'): void => {
      clearTimeout(timer);
      process.off('exit', killGroup);
      resolve(outcome);
    };
    child.once('error', () => end('missing'));
    child.once('exit', () => end('done'));
  });
}

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const PROGRAMS = ['soffice', 'libreoffice', '/usr/lib/libreoffice/program/soffice', '/opt/libreoffice/program/soffice'];

/** Whether LibreOffice stands where it would be looked for. */
export const officeInstalled = (): boolean =>
  PROGRAMS.some((program) =>
    isAbsolute(program)
      ? existsSync(program)
      : (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program))),
  );

/** Free typefaces that stand in for those of official documents where these are not installed; nobody need configure it. */
const instead = {
  仿宋_GB2312: ['仿宋', 'FangSong', 'Zhuque Fangsong (technical preview)', 'Noto Serif CJK SC', 'Source Han Serif SC'],
  方正小标宋简体: ['方正小标宋_GBK', 'Source Han Serif SC', 'Noto Serif CJK SC'],
  楷体_GB2312: ['楷体', 'KaiTi', 'LXGW WenKai', 'Noto Serif CJK SC', 'Source Han Serif SC'],
  黑体: ['SimHei', 'Source Han Sans SC', 'Noto Sans CJK SC'],
  宋体: ['SimSun', 'Source Han Serif SC', 'Noto Serif CJK SC'],
};
const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>${Object.entries(
  instead,
)
  .map(
    ([family, others]) =>
      `<alias binding="same"><family>${family}</family><accept>${others.map((one) => `<family>${one}</family>`).join('')}</accept></alias>`,
  )
  .join('')}</fontconfig>`;

/**
 * Converts a file with LibreOffice in a folder and profile of its own. `undefined` where LibreOffice is not installed,
 * takes longer than `timeoutMs` (it is then killed with all its children) or makes nothing of the file.
 */
export const convertWithSoffice = async (
  bytes: Uint8Array,
  from: string,
  to: string,
  timeoutMs: number,
): Promise<Uint8Array | undefined> => (await convertAllWithSoffice([bytes], from, to, timeoutMs))[0];

/** The same for several files at once, which is much faster than one after another: LibreOffice starts only once. */
export async function convertAllWithSoffice(
  files: readonly Uint8Array[],
  from: string,
  to: string,
  timeoutMs: number,
): Promise<readonly (Uint8Array | undefined)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'guatu-convert-'));
  try {
    await writeFile(join(folder, 'fonts.conf'), FONTS);
    const inputs = files.map((_, at) => join(folder, `input${at}.${from}`));
    for (const [at, input] of inputs.entries()) await writeFile(input, files[at] ?? '', { mode: 0o600 });
    for (const program of PROGRAMS) {
      const outcome = await run(program, folder, inputs, to, timeoutMs);
      if (outcome === 'missing') continue;
      return await Promise.all(
        files.map((_, at) =>
          readFile(join(folder, 'out', `input${at}.${to}`)).then(
            (made) => new Uint8Array(made),
            () => undefined,
          ),
        ),
      );
    }
    return files.map(() => undefined);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

function run(
  program: string,
  folder: string,
  inputs: readonly string[],
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
    ...inputs,
  ];
  return new Promise((resolve) => {
    // A group of its own: the launcher starts a second process, which must die with it.
    const child = spawn(program, args, {
      stdio: 'ignore',
      detached: true,
      env: { ...process.env, HOME: folder, FONTCONFIG_FILE: join(folder, 'fonts.conf') },
    });
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

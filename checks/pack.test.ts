import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packed } from '../tools/pack.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'guatu-pack-'));
  mkdirSync(join(root, 'src/room'), { recursive: true });
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'src/room/words.txt'), '讲话');
  says('一');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const says = (word: string): void =>
  writeFileSync(
    join(root, 'src/room/main.ts'),
    `import { readFileSync } from 'node:fs';
    const word: string = '${word}';
    console.log(word, readFileSync(new URL('./words.txt', import.meta.url), 'utf8'));
    if (process.argv[2]) throw new Error('broken');`,
  );

const run = (folder: string, ...args: string[]): string =>
  execFileSync(process.execPath, ['--enable-source-maps', join(folder, 'room.main.mjs'), ...args], {
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();

const pack = (): Promise<string> => packed(root, ['room/main.ts']);

describe('the packed server', () => {
  it('finds what lies beside the source of a module', async () => {
    expect(run(await pack())).toBe('一 讲话');
  });

  it('is made anew when a source has changed, and only then', async () => {
    const first = await pack();
    expect(await pack()).toBe(first);
    says('二二');
    const second = await pack();
    expect(second).not.toBe(first);
    expect(run(second)).toBe('二二 讲话');
    // a process that was started before goes on reading its own pack
    expect(run(first)).toBe('一 讲话');
  });

  it('keeps the last three', async () => {
    for (const word of ['二', '三三', '四四四', '五五五五']) {
      says(word);
      await pack();
    }
    expect(readdirSync(join(root, 'dist/server'))).toHaveLength(3);
  });

  it('is made once when several processes ask at the same time', async () => {
    const places = await Promise.all([pack(), pack(), pack()]);
    expect(new Set(places).size).toBe(1);
    expect(readdirSync(join(root, 'dist/server'))).toHaveLength(1);
  });

  it('names the line of the source where something broke', async () => {
    const place = await pack();
    expect(() => run(place, 'break')).toThrow(/src\/room\/main\.ts:4/);
  });
});

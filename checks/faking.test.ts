import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const usual = 'src/modules/problems/server/faking.test.ts';

/** Rows of the table: | 7 | way | what happens | [file] `name of the test` | */
const rows = readFileSync(join(root, 'docs/faking.md'), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, number, , happens, test] = line.split('|').map((cell) => cell.trim());
    const named = /^(?:\[(?<file>[^\]]+)\] )?`(?<name>[^`]+)`$/.exec(test ?? '')?.groups;
    return /^\d+$/.test(number ?? '') ? [{ number, happens, file: named?.file ?? usual, name: named?.name ?? '' }] : [];
  });

describe('造假办法一览（docs/faking.md）', () => {
  it('至少三十种，编号连续，每一种写明结果', () => {
    expect(rows.length).toBeGreaterThanOrEqual(30);
    expect(rows.map((row) => Number(row.number))).toEqual(rows.map((_, at) => at + 1));
    expect(rows.filter((row) => !row.happens)).toEqual([]);
  });

  it('每一种点名的测试都真的有，没有跳过', () => {
    const missing = rows.filter(({ file, name }) => {
      const path = join(root, file);
      const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
      return name === '' || !text.includes(`it('${name}'`);
    });
    expect(missing).toEqual([]);
  });

  it('造假测试都写进了一览', () => {
    const tests = [...readFileSync(join(root, usual), 'utf8').matchAll(/\bit\('([^']+)'/g)].map((found) => found[1]);
    const told = new Set(rows.map((row) => row.name));
    expect(tests.filter((name) => !told.has(name ?? ''))).toEqual([]);
  });
});

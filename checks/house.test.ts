import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../tools/catalogue.ts';

const files = execFileSync(
  'git',
  ['-c', 'core.quotepath=off', 'ls-files', '--cached', '--others', '--exclude-standard'],
  {
    cwd: root,
    encoding: 'utf8',
  },
)
  .split('\n')
  .filter(Boolean);
const sources = files.filter((file) => /^(src|bin|tools|checks|e2e|bench)\/.*\.(ts|tsx|mjs)$/.test(file));
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

describe('屋内规矩', () => {
  it('没有叫 utils、helpers、common、misc、manager 的文件或文件夹', () => {
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|managers?)(\.|\/)/i.test(file))).toEqual([]);
  });

  it('没有只转出口的 index 文件', () => {
    expect(sources.filter((file) => /\/index\.tsx?$/.test(file))).toEqual([]);
  });

  it('代码里没有机器路径和软件仓库地址', () => {
    const leaks = files
      .filter((file) => /\.(ts|tsx|mjs|json|md|sql|yml|html)$/.test(file))
      .filter((file) => /\/work\/[a-z.]|"resolved": *"https?:/.test(read(file)) && file !== 'checks/house.test.ts');
    expect(leaks).toEqual([]);
  });

  it('规则里不读现在几点，日子由外面给', () => {
    const clocks = sources.filter(
      (file) => /^src\/(kernel|modules\/[^/]+\/[^/]+\.ts$)/.test(file) && !/\.test\.ts$|kernel\/clock\.ts/.test(file),
    );
    expect(clocks.filter((file) => /Date\.now\(|new Date\(\)/.test(read(file)))).toEqual([]);
  });

  it('只有仓储文件里有本房间的 SQL 之外，页面里没有 SQL', () => {
    expect(sources.filter((file) => file.includes('/pages/') && /\bsql`/.test(read(file)))).toEqual([]);
  });

  it('没有 any，没有关掉类型检查的注释', () => {
    expect(
      sources.filter((file) => /@ts-(ignore|nocheck)/.test(read(file)) && file !== 'checks/house.test.ts'),
    ).toEqual([]);
  });

  it('根目录不超过二十来项，看一眼就知道有什么', () => {
    expect(new Set(files.map((file) => file.split('/')[0])).size).toBeLessThanOrEqual(30);
  });
});

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { floors } from '../src/modules.ts';

const root = resolve(import.meta.dirname, '..');

/** Runs the walls over a tree and gives the names of the broken ones; dependency-cruiser exits with their number. */
function brokenWalls(folder: string): string[] {
  const arguments_ = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'src'];
  const output = (() => {
    try {
      return execFileSync(join(root, 'node_modules/.bin/depcruise'), arguments_, {
        cwd: folder,
        encoding: 'utf8',
        maxBuffer: 1 << 28,
      });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  })();
  const { summary } = JSON.parse(output) as {
    summary: { totalCruised: number; violations: { from: string; rule: { name: string } }[] };
  };
  expect(summary.totalCruised).toBeGreaterThan(0);
  return summary.violations.map((one) => `${one.rule.name} ${one.from}`);
}

describe('房子的墙', () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'guatu-walls-'));
    mkdirSync(join(copy, 'src'));
    for (const name of ['.dependency-cruiser.mjs', 'package.json', 'tsconfig.base.json', 'src/modules.ts'])
      cpSync(join(root, name), join(copy, name));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  const planted: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['规则读文件', { 'src/modules/tasks/a.ts': "import 'node:fs';" }, 'rules-know-no-node src/modules/tasks/a.ts'],
    [
      '规则用平台',
      { 'src/modules/tasks/a.ts': "import '../../platform/x.ts';", 'src/platform/x.ts': 'export {};' },
      'rules-stay-pure src/modules/tasks/a.ts',
    ],
    [
      '页面引用服务端',
      { 'src/modules/tasks/pages/A.tsx': "import '../server/s.ts';", 'src/modules/tasks/server/s.ts': 'export {};' },
      'pages-know-no-server src/modules/tasks/pages/A.tsx',
    ],
    [
      '页面引用 Node',
      { 'src/modules/tasks/pages/A.tsx': "import 'node:fs';" },
      'pages-know-no-node src/modules/tasks/pages/A.tsx',
    ],
    [
      '低层引用高层',
      { 'src/modules/units/a.ts': "import '../tasks/b.ts';", 'src/modules/tasks/b.ts': 'export {};' },
      'floor-of-units src/modules/units/a.ts',
    ],
    [
      '绕过门进别的房间',
      {
        'src/modules/plans/server/a.ts': "import '../../tasks/server/store.ts';",
        'src/modules/tasks/server/store.ts': 'export {};',
      },
      'door src/modules/plans/server/a.ts',
    ],
    [
      '自己走自己的门',
      { 'src/modules/tasks/server/a.ts': "import './door.ts';", 'src/modules/tasks/server/door.ts': 'export {};' },
      'own-door src/modules/tasks/server/a.ts',
    ],
    [
      '手机页面引用办公页面',
      { 'src/field/a.ts': "import '../platform/web/x.ts';", 'src/platform/web/x.ts': 'export {};' },
      'field-stays-small src/field/a.ts',
    ],
    ['手机页面引用组件库', { 'src/field/a.ts': "import 'antd';" }, 'field-stays-small src/field/a.ts'],
    [
      '手机页面引用服务端',
      { 'src/field/a.ts': "import '../modules/tasks/server/s.ts';", 'src/modules/tasks/server/s.ts': 'export {};' },
      'field-stays-small src/field/a.ts',
    ],
    [
      '内核引用房间',
      { 'src/kernel/a.ts': "import '../modules/tasks/b.ts';", 'src/modules/tasks/b.ts': 'export {};' },
      'ground-knows-no-room src/kernel/a.ts',
    ],
    [
      '只有类型的循环',
      {
        'src/modules/tasks/a.ts': "import type { B } from './b.ts'; export type A = B;",
        'src/modules/tasks/b.ts': "import type { A } from './a.ts'; export type B = A;",
      },
      'no-circle src/modules/tasks/a.ts',
    ],
  ];
  it.each(planted)('%s会被发现', (_name, files, expected) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(copy, name)), { recursive: true });
      writeFileSync(join(copy, name), content);
    }
    const broken = brokenWalls(copy);
    for (const name of Object.keys(files)) rmSync(join(copy, name));
    expect(broken).toContain(expected);
  });

  it('现有代码没有一处越墙', () => {
    expect(brokenWalls(root)).toEqual([]);
  }, 60_000);

  it('楼层表与房间一一对应，每个房间都有说明', () => {
    const rooms = readdirSync(join(root, 'src/modules'));
    expect(rooms.sort()).toEqual(floors.map((one) => one.room).sort());
    for (const room of rooms)
      expect(existsSync(join(root, 'src/modules', room, 'README.md')), `${room}/README.md`).toBe(true);
  });
});

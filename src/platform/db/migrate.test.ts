import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectDatabase } from './connect.ts';
import { knownMigrations, migrate } from './migrate.ts';
import { freshDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
let source: string;
beforeEach(async () => {
  database = await freshDatabase({ empty: true });
  source = mkdtempSync(join(tmpdir(), 'guatu-migrations-'));
});
afterEach(async () => {
  await database.drop();
  rmSync(source, { recursive: true, force: true });
});

function script(path: string, text: string): void {
  mkdirSync(dirname(join(source, path)), { recursive: true });
  writeFileSync(join(source, path), text);
}
const run = () => migrate(database, knownMigrations(source));

test('从空库建出全部结构，再执行一次什么都不做', async () => {
  const done = await migrate(database);
  expect(done).toContain('platform/db/20261122T0900-create-foundation.sql');
  expect(await migrate(database)).toEqual([]);
});

test('各室的脚本按时间先后执行，晚到的旧脚本也会补上', async () => {
  script('modules/b/server/migrations/20260102T0900-create-b.sql', 'create table b (x int)');
  script('modules/a/server/migrations/20260103T0900-fill-b.sql', 'insert into b values (1)');
  expect(await run()).toEqual(['modules/b/20260102T0900-create-b.sql', 'modules/a/20260103T0900-fill-b.sql']);
  script('platform/c/migrations/20260101T0900-create-c.sql', 'create table c (x int)');
  expect(await run()).toEqual(['platform/c/20260101T0900-create-c.sql']);
});

test('已执行的脚本被改动时拒绝启动', async () => {
  script('platform/c/migrations/20260101T0900-create-c.sql', 'create table c (x int)');
  await run();
  script('platform/c/migrations/20260101T0900-create-c.sql', 'create table c (x text)');
  await expect(run()).rejects.toThrow('执行之后被改过');
});

test('数据库比程序新时拒绝启动', async () => {
  script('platform/c/migrations/20260101T0900-create-c.sql', 'create table c (x int)');
  await run();
  rmSync(join(source, 'platform'), { recursive: true });
  await expect(run()).rejects.toThrow('数据库比本程序新');
});

test('脚本中途出错，这一步什么都不留下', async () => {
  script('platform/c/migrations/20260101T0900-create-c.sql', 'create table c (x int); select 1/0;');
  await expect(run()).rejects.toThrow('20260101T0900-create-c.sql 时失败');
  expect((await database.pool.query(`select to_regclass('c') as c`)).rows).toEqual([{ c: null }]);
});

test('代码表脚本改动后重新执行', async () => {
  script('modules/a/server/migrations/20260101T0900-create-code.sql', 'create table code (x text primary key)');
  script('modules/a/server/codes.sql', `insert into code values ('1') on conflict do nothing`);
  expect(await run()).toHaveLength(2);
  script('modules/a/server/codes.sql', `insert into code values ('1'), ('2') on conflict do nothing`);
  expect(await run()).toEqual(['modules/a/codes.sql']);
  expect((await database.pool.query('select x from code order by x')).rows).toEqual([{ x: '1' }, { x: '2' }]);
});

test('多个进程同时启动，每个脚本只执行一次', async () => {
  script('platform/c/migrations/20260101T0900-create-c.sql', 'create table c (x int); select pg_sleep(0.2)');
  const others = await Promise.all([1, 2, 3].map(() => connectDatabase({ url: database.url })));
  const done = await Promise.all(others.map((one) => migrate(one, knownMigrations(source))));
  expect(done.flat()).toEqual(['platform/c/20260101T0900-create-c.sql']);
  await Promise.all(others.map((one) => one.close()));
});

test('脚本名字不合规则时指出来', () => {
  script('platform/c/migrations/create c.sql', '');
  expect(() => knownMigrations(source)).toThrow('迁移脚本 create c.sql 的名字不合规则');
});

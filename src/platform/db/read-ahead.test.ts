import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAhead, startReadAhead } from './read-ahead.ts';
import { freshDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('启动以后把数据库文件读入内存：索引和附表在前，放不下的只读最新的一段', async () => {
  await database.pool.query('create table read_twice (id int primary key, text text)');
  await database.pool.query(`insert into read_twice select n, repeat('x', 500) from generate_series(1, 8000) n`);
  const size = await database.pool.query<{ size: number }>(
    `select sum(pg_relation_size(oid))::float8 as size from pg_class where relname in ('read_twice', 'read_twice_pkey')`,
  );
  const least = size.rows[0]?.size ?? 0;
  expect(least).toBeGreaterThan(4_000_000);
  expect(await readAhead(database, { own: 0, bytes: 2 ** 30 })).toBeGreaterThanOrEqual(least);
  expect(await readAhead(database, { own: 0, bytes: 3_000_000 })).toBeLessThanOrEqual(3_000_000);
  expect(await readAhead(database, { stopped: () => true })).toBe(0);
});

test('数据库自己的内存放得下的，读进它自己的内存，放不下的才留给系统缓存', async () => {
  const read = await readAhead(database, { own: 2 ** 26, bytes: 0 });
  expect(read).toBeGreaterThan(4_000_000);
  expect(read).toBeLessThanOrEqual(2 ** 26);
  const plan = await database.pool.query<{ 'QUERY PLAN': string }>(
    'explain (analyze, buffers) select count(*) from read_twice',
  );
  const text = plan.rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(text).toMatch(/shared hit=\d+/);
  expect(text).not.toMatch(/shared.* read=/);
});

test('还没有开始读就停止，停止不用等待', async () => {
  const lines: string[] = [];
  await startReadAhead(database, (line) => lines.push(line))();
  expect(lines).toEqual([]);
});

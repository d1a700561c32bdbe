import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectDatabase, transaction } from './connect.ts';
import { freshDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

test('数据库里的日期按“年-月-日”文字读出，时刻读成时间，大整数读成数字', async () => {
  const { rows } = await sql<Record<string, unknown>>`
    select date '2026-02-28' as day, array[date '2026-01-01'] as days, 42::int8 as small, 9007199254740993::int8 as large,
      timestamptz '2026-11-22 23:30+00' as moment, (timestamptz '2026-11-22 23:30+00')::date as local_day,
      array[1::int8, 2] as numbers, 0.1::numeric as exact`.execute(database.db);
  expect(rows[0]).toEqual({
    day: '2026-02-28',
    days: ['2026-01-01'],
    small: 42,
    large: '9007199254740993',
    moment: new Date('2026-11-22T23:30:00Z'),
    local_day: '2026-11-23',
    numbers: [1, 2],
    exact: '0.1',
  });
});

test('事务中途出错，什么都不会留下', async () => {
  const failing = transaction(database.db, async (within) => {
    await sql`insert into setting (jurisdiction, name, value) values ('110000', 'a', '1')`.execute(within);
    throw new Error('stop');
  });
  await expect(failing).rejects.toThrow('stop');
  const { rows } = await sql`select 1 from setting`.execute(database.db);
  expect(rows).toHaveLength(0);
});

test('两个事务互相等待时自动重做，两边都成功', async () => {
  await sql`insert into number_series values ('110000', 'x', 2026, 0), ('110000', 'y', 2026, 0)`.execute(database.db);
  const raise = (first: string, second: string) =>
    transaction(database.db, async (within) => {
      await sql`update number_series set last = last + 1 where series = ${first}`.execute(within);
      await sql`select pg_sleep(0.3)`.execute(within);
      await sql`update number_series set last = last + 1 where series = ${second}`.execute(within);
    });
  await Promise.all([raise('x', 'y'), raise('y', 'x')]);
  const { rows } = await sql<{ last: number }>`select last from number_series order by series`.execute(database.db);
  expect(rows.map((row) => row.last)).toEqual([2, 2]);
});

test('连接不上数据库时用中文说明原因', async () => {
  await expect(connectDatabase({ url: 'postgresql://a:b@127.0.0.1:1/x' })).rejects.toThrow(
    '连接不上数据库：对方没有应答',
  );
});

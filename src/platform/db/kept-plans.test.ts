import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transaction } from './connect.ts';
import { prepared } from './prepared.ts';
import { freshDatabase, type TestDatabase } from './testing.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await sql`create table entry (k int primary key, word text not null)`.execute(database.db);
});
afterAll(() => database.drop());

const enter = prepared('enter-later', 'insert into entry values ($1, $2)', { later: true });
const kept = async (): Promise<number[]> =>
  (await sql<{ k: number }>`select k from entry order by k`.execute(database.db)).rows.map((row) => row.k);

test('不等答复的语句随下一条一起送出：后面的语句看得到它写的', async () => {
  const seen = await transaction(database.db, async (db) => {
    await enter(db, [1, '甲']);
    await enter(db, [2, '乙']);
    return (await sql<{ n: number }>`select count(*)::int as n from entry`.execute(db)).rows[0]?.n;
  });
  expect(seen).toBe(2);
  expect(await kept()).toEqual([1, 2]);
});

test('后面没有别的语句时，随提交一起送出', async () => {
  await transaction(database.db, (db) => enter(db, [3, '丙']));
  expect(await kept()).toEqual([1, 2, 3]);
});

test('它失败了，由下一条或者提交报出它自己的错误，整个事务不留痕迹，连接还能用', async () => {
  const next = transaction(database.db, async (db) => {
    await enter(db, [4, '丁']);
    await enter(db, [1, '重复']);
    await sql`select 1`.execute(db);
  });
  await expect(next).rejects.toMatchObject({ code: '23505', constraint: 'entry_pkey' });
  const commit = transaction(database.db, async (db) => {
    await enter(db, [5, '戊']);
    await enter(db, [6, null]);
  });
  await expect(commit).rejects.toMatchObject({ code: '23502' });
  expect(await kept()).toEqual([1, 2, 3]);
});

test('中途放弃的事务，没有送出的就不再送出', async () => {
  const given = transaction(database.db, async (db) => {
    await enter(db, [7, '庚']);
    throw new Error('stop');
  });
  await expect(given).rejects.toThrow('stop');
  await transaction(database.db, async () => {});
  expect(await kept()).toEqual([1, 2, 3]);
});

test('不在事务里的，照常马上执行', async () => {
  await enter(database.db, [8, '辛']);
  await expect(enter(database.db, [8, '辛'])).rejects.toMatchObject({ code: '23505' });
  expect(await kept()).toEqual([1, 2, 3, 8]);
});

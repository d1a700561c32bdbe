import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../kernel/actor.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { House } from '../act.ts';
import { freshDatabase, type TestDatabase } from '../db/testing.ts';
import { announce } from '../facts/record.ts';
import { verify } from '../facts/verify.ts';
import { onDay, testAct, testActor, testHouse } from '../testing.ts';
import { fileRoutes } from './routes.ts';
import { forgetWaiting, holdItem } from './waiting.ts';

let database: TestDatabase;
let house: House;
const grid = testActor({ roles: ['gridWorker'], unitId: randomUUID(), name: '网格员', accountId: 'g1' });
const other = testActor({ roles: ['gridWorker'], unitId: randomUUID(), name: '另一网格员', accountId: 'g2' });
const leader = testActor({ roles: ['leader'], unitId: randomUUID(), name: '领导', accountId: 'l1' });

beforeAll(async () => {
  database = await freshDatabase();
  await sql`create table note (jurisdiction text, id uuid, primary key (jurisdiction, id))`.execute(database.db);
  house = await testHouse(database.db, {
    today: '2026-03-01',
    items: {
      note: {
        table: 'note',
        record: async (_db, _jurisdiction, ids) => new Map(ids.map((id) => [id, { id }])),
        sight: async (reading, id) =>
          (await sql`select 1 from note where id = ${id}::uuid`.execute(reading.db)).rows.length > 0,
        awaits: async (reading) => reading.actor.roles.includes('gridWorker'),
      },
    },
  });
});
afterAll(async () => database.drop());

const route = (name: string) =>
  fileRoutes.find((one) => one.name === name)?.handle as unknown as (situation: unknown) => Promise<{ id: string }>;

async function send(who: Actor, itemId: string, text: string, on = '2026-03-01'): Promise<string> {
  const { sha256, size } = await house.files.put(Readable.from([Buffer.from(text)]), 1000);
  const upload = { name: '说明.txt', size, sha256, fields: {} };
  return testAct(onDay(house, on), who, async (act) => {
    const added = await route('addFile')({ ...act, query: { itemKind: 'note', itemId }, upload });
    return added.id;
  });
}
const open = (who: Actor, id: string) => testAct(house, who, (act) => route('openFile')({ ...act, params: { id } }));
const refused = async (run: Promise<unknown>): Promise<string> => {
  try {
    await run;
    return 'done';
  } catch (error) {
    if (error instanceof Refusal) return error.says;
    throw error;
  }
};

describe('先传照片、后登记', () => {
  it('登记之前，只有上传的人自己能打开；别的账号不能往里添，不能登记的人不能传', async () => {
    const id = randomUUID();
    const file = await send(grid, id, '甲');
    expect(await refused(open(grid, file))).toBe('done');
    expect(await refused(open(other, file))).toContain('没有找到');
    expect(await refused(open(leader, file))).toContain('没有找到');
    expect(await refused(send(other, id, '乙'))).toContain('另一个账号');
    expect(await refused(send(leader, randomUUID(), '丙'))).toContain('没有找到');
  });

  it('登记之后照常：第一条记录把等着的附件一并核在内，以后上传的各有记录', async () => {
    const id = randomUUID();
    await send(grid, id, '丁');
    await testAct(house, grid, async (act) => {
      await holdItem(act.db, act.actor.jurisdiction, 'note', id);
      await sql`insert into note values (${act.actor.jurisdiction}, ${id})`.execute(act.db);
      await announce(act, { item: { kind: 'note', id }, kind: 'note.made', says: '登记。' });
    });
    const later = await send(other, id, '戊');
    expect(await refused(open(leader, later))).toBe('done');
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });

  it('等了一周还没有登记的清理掉，登记了的留着', async () => {
    const kept = await sql<{
      n: number;
    }>`select count(*)::int as n from file f join note n on n.id = f.item_id::uuid`.execute(house.db);
    await send(grid, randomUUID(), '己', '2026-03-10');
    const gone = await testAct(onDay(house, '2026-03-12'), leader, (act) => forgetWaiting(act));
    expect(gone).toBe(1);
    const left = await sql<{ n: number }>`select count(*)::int as n from file`.execute(house.db);
    expect(left.rows[0]?.n).toBe((kept.rows[0]?.n ?? 0) + 1);
  });
});

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notValid, Refusal } from '../../kernel/refusal.ts';
import type { House } from '../act.ts';
import { freshDatabase, type TestDatabase } from '../db/testing.ts';
import { perform } from '../perform.ts';
import { testAct, testActor, testHouse } from '../testing.ts';
import { orderWork, startWork, type Work, workEnded, workOf } from './progress.ts';
import { workRoutes } from './routes.ts';

let database: TestDatabase;
let house: House;
const officer = testActor({ roles: ['officer'], name: '经办' });

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db);
});
afterAll(() => database.drop());

async function begin(run: (work: Work) => Promise<unknown>): Promise<string> {
  return testAct(house, officer, async (act) => {
    const id = await orderWork(act, { kind: 'test.work', word: '试办', given: { n: 1 } });
    act.afterCommit(async () => startWork(house, officer, id, run));
    return id;
  });
}
const now = async (id: string) => (await workOf(database.db, officer, { id }))[0];

describe('较长的处理', () => {
  it('进行中看得到做到哪一步，做完看得到结果', async () => {
    let go = (): void => {};
    const gate = new Promise<void>((open) => {
      go = open;
    });
    const id = await begin(async (work) => {
      await work.step('逐行核对', 10);
      await new Promise((wait) => setTimeout(wait, 300));
      await work.reached(4);
      await gate;
      return { rows: 10 };
    });
    for (let round = 0; round < 50 && (await now(id))?.done !== 4; round++)
      await new Promise((wait) => setTimeout(wait, 50));
    expect(await now(id)).toMatchObject({ state: 'running', step: '逐行核对', done: 4, total: 10, given: { n: 1 } });
    go();
    await workEnded(id);
    expect(await now(id)).toMatchObject({ state: 'done', result: { rows: 10 }, done: 10, refusal: null });
  });

  it('办不成的说出原因和出处；程序出错的只说没有办成，不露内情', async () => {
    const refused = await begin(async () => {
      throw notValid('第3行不对。', [{ where: 'C3', says: '不是日期' }]);
    });
    const failed = await begin(async () => {
      throw new Error('secret');
    });
    await workEnded(refused);
    await workEnded(failed);
    expect(await now(refused)).toMatchObject({
      state: 'refused',
      refusal: { says: '第3行不对。', places: [{ where: 'C3' }] },
    });
    const work = await now(failed);
    expect(work?.state).toBe('failed');
    expect(JSON.stringify(work)).not.toContain('secret');
  });

  it('写入和“已完成”同生同灭：写到一半出错，什么都不留', async () => {
    const id = await begin((work) =>
      perform(work.house, work.actor, async (act) => {
        await sql`insert into setting (jurisdiction, name, value) values ('990102', 'half', '1')`.execute(act.db);
        await work.settle(act.db, { written: 1 });
        throw new Refusal('not-now', '临到最后不行。');
      }),
    );
    await workEnded(id);
    expect(await now(id)).toMatchObject({ state: 'refused', result: null });
    const left = await sql`select 1 from setting where name = 'half'`.execute(database.db);
    expect(left.rows).toEqual([]);
  });

  it('报告留给发起的人下载；别人看不到这次处理', async () => {
    const id = await begin(async (work) => {
      await work.report('报告.xlsx', Buffer.from('rows'));
      return null;
    });
    await workEnded(id);
    expect(await now(id)).toMatchObject({ reportName: '报告.xlsx' });
    const other = testActor({ roles: ['officer'], accountId: 'other' });
    expect(await workOf(database.db, other, { id })).toEqual([]);
    const route = workRoutes.find((one) => one.name === 'downloadWorkReport');
    const ask = (actor: typeof officer) =>
      route?.handle({ house, db: database.db, actor, params: { id } } as never) as Promise<{ name: string }>;
    expect((await ask(officer)).name).toBe('报告.xlsx');
    await expect(ask(other)).rejects.toBeInstanceOf(Refusal);
  });

  it('系统中途停掉的，过一会儿显示为中断，不会永远“进行中”', async () => {
    const id = await testAct(house, officer, (act) => orderWork(act, { kind: 'test.work', word: '停电' }));
    expect((await now(id))?.state).toBe('running');
    await sql`update long_work set heard_at = clock_timestamp() - interval '6 minutes' where id = ${id}`.execute(
      database.db,
    );
    expect((await now(id))?.state).toBe('cut');
  });
});

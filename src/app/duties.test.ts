import { readFile, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../kernel/actor.ts';
import { rehearsalClock } from '../kernel/clock.ts';
import { addDays, type Day, day } from '../kernel/day.ts';
import { asJurisdiction } from '../kernel/ids.ts';
import type { House } from '../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../platform/db/testing.ts';
import { announce } from '../platform/facts/record.ts';
import { verify } from '../platform/facts/verify.ts';
import { type FileStore, openFileStore } from '../platform/files/store.ts';
import { sweep } from '../platform/files/sweep.ts';
import { type Duty, runOnce } from '../platform/jobs/duty.ts';
import { testAct } from '../platform/testing.ts';
import { itemKinds, makeHouse } from './house.ts';
import { begin, dataFolder, stop } from './testing.ts';

const places = ['990101', '990102'];
const today = day(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));
const dataDir = dataFolder();
let database: TestDatabase;
let files: FileStore;
let house: House;

const on = (date: Day): House => ({ ...house, clock: rehearsalClock(date) });
const happen = (jurisdiction: string, date: Day, id: string) =>
  testAct(on(date), systemActor(asJurisdiction(jurisdiction)), (act) =>
    announce(act, { item: { kind: 'thing', id }, kind: 'thing.done', says: '办了一件' }),
  );

beforeAll(async () => {
  database = await freshDatabase();
  files = await openFileStore(join(dataDir, 'files'));
  house = makeHouse({ db: database.db, files, clock: rehearsalClock(today), kind: 'demonstration' });
  await sql`insert into installation (id, kind) values (1, 'demonstration')`.execute(database.db);
  for (const code of places) {
    await sql`insert into jurisdiction (code, name, level) values (${code}, '某区', 'district')`.execute(database.db);
    for (let back = 5; back > 0; back -= 1) await happen(code, addDays(today, -back), `${code}-${back}`);
  }
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const runs = async () =>
  (
    await sql<{ duty: string; jurisdiction: string; finished: boolean }>`
      select duty, jurisdiction, finished_at is not null as finished from duty_run order by 1, 2`.execute(database.db)
  ).rows;
const working = () => begin(['work'], { GUATU_DATA: dataDir, DATABASE_URL: database.url });

describe('定时事项', () => {
  it('两个进程同时办理：每件只办一次，封存和存根都完整', async () => {
    const both = [working(), working()];
    await Promise.all(both.map((one) => one.until(/定时事项已启动/)));
    const said = both.map((one) => one.said()).join('\n');
    expect(said).not.toContain('没有办成');
    for (const code of places) {
      expect(said.match(new RegExp(`封存前一日的记录（${code}，`, 'g'))).toHaveLength(1);
      expect(said).toMatch(new RegExp(`封存前一日的记录（${code}，\\S+）：封存了 5 天的记录`));
    }
    expect(await Promise.all(both.map(stop))).toEqual([0, 0]);
    const done = await runs();
    expect(done.every((one) => one.finished)).toBe(true);
    expect(done.filter((one) => one.duty === 'seal-day').map((one) => one.jurisdiction)).toEqual(places);
    const stubs = join(dataDir, 'seals.log');
    const lines = (await readFile(stubs, 'utf8')).split('\n').filter((line) => /^\d/.test(line));
    expect(new Set(lines).size).toBe(10);
    const { findings, seals } = await verify(database.db, itemKinds, files, () => {}, stubs);
    expect([findings, seals]).toEqual([[], 10]);
  }, 60_000);

  it('再启动一次：什么也不重做', async () => {
    const before = await runs();
    const again = working();
    await again.until(/定时事项已启动/);
    expect(again.said()).not.toContain('封存前一日的记录');
    expect(await stop(again)).toBe(0);
    expect(await runs()).toEqual(before);
  }, 60_000);

  it('办到一半时进程被杀：不留下登记，另一个进程接着办成', async () => {
    const [code = ''] = places;
    const day = addDays(today, 1);
    const client = await database.pool.connect();
    await client.query('begin');
    await client.query(
      `insert into duty_run (duty, day, jurisdiction, started_at) values ('seal-day', $1, $2, now())`,
      [day, code],
    );
    const pid = (await client.query('select pg_backend_pid() as pid')).rows[0].pid;
    const duty: Duty = { ...sealing, about: () => day };
    const waiting = runOnce(house, duty, day, code);
    await wait(300);
    client.on('error', () => {});
    await sql`select pg_terminate_backend(${pid})`.execute(database.db);
    expect(await waiting).toBe('办成');
    client.release(true);
    expect(await runOnce(house, duty, day, code)).toBeNull();
  });

  it('办理中出错：整件撤回，下次还会办', async () => {
    const [code = ''] = places;
    const day = addDays(today, 2);
    let fails = true;
    const duty: Duty = {
      ...sealing,
      name: 'try',
      run: async (act) => {
        await announce(act, { item: { kind: 'thing', id: 'half' }, kind: 'thing.done', says: '一半' });
        if (fails) throw new Error('断了');
        return '办成';
      },
    };
    await expect(runOnce(house, duty, day, code)).rejects.toThrow('断了');
    expect((await sql`select 1 from fact where item_id = 'half'`.execute(database.db)).rows).toEqual([]);
    fails = false;
    expect(await runOnce(house, duty, day, code)).toBe('办成');
    expect((await sql`select 1 from fact where item_id = 'half'`.execute(database.db)).rows).toHaveLength(1);
  });

  it('演练时不办理定时事项', async () => {
    const rehearsing = begin(['work'], {
      GUATU_DATA: dataDir,
      DATABASE_URL: database.url,
      GUATU_TODAY: '2031-01-01',
    });
    await rehearsing.until(/定时事项已启动/);
    expect(rehearsing.said()).toContain('演练');
    expect(await stop(rehearsing)).toBe(0);
    expect((await sql`select 1 from seal where day > ${today}`.execute(database.db)).rows).toEqual([]);
  }, 60_000);
});

const sealing: Duty = {
  name: 'seal-day',
  word: '封存',
  pattern: '10 0 * * *',
  about: (now) => now,
  run: async () => '办成',
};

describe('没有登记的上传文件', () => {
  const put = async (text: string, days: number): Promise<string> => {
    const { sha256 } = await files.put(Readable.from([Buffer.from(text)]), 1000);
    const then = new Date(Date.now() - days * 86_400_000);
    await utimes(files.path(sha256), then, then);
    return sha256;
  };

  it('过了一天的清掉；有登记的、刚传的、一周以前的都留着', async () => {
    const orphan = await put('被拒绝的上传', 2);
    const fresh = await put('刚传的', 0);
    const old = await put('很久以前的', 30);
    const attached = await put('附件', 2);
    const plan = await put('方案', 2);
    await sql`insert into file (jurisdiction, id, sha256, name, size, type, item_kind, item_id, uploaded_by, uploaded_by_name, uploaded_at)
      values ('990101', gen_random_uuid(), ${attached}, 'a.txt', 6, 'text/plain', 'task', 'x', 'y', 'z', now())`.execute(
      database.db,
    );
    await sql`insert into plan (jurisdiction, id, kind, title, state, file_sha256, file_name, file_size, imported_by, imported_by_name, imported_at)
      values ('990101', gen_random_uuid(), 'plan', '方案', 'reviewing', ${plan}, 'b.txt', 6, 'y', 'z', now())`.execute(
      database.db,
    );
    expect(await sweep(database.db, itemKinds, files, new Date())).toBe(1);
    const there = await Promise.all([orphan, fresh, old, attached, plan].map((one) => files.size(one)));
    expect(there.map((size) => size !== null)).toEqual([false, true, true, true, true]);
  });
});

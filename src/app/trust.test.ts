import { appendFile, cp, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemActor } from '../kernel/actor.ts';
import { rehearsalClock } from '../kernel/clock.ts';
import { addDays, day } from '../kernel/day.ts';
import { asJurisdiction } from '../kernel/ids.ts';
import type { House } from '../platform/act.ts';
import { type Queryable, transaction } from '../platform/db/connect.ts';
import { freshDatabase, type TestDatabase } from '../platform/db/testing.ts';
import { beginning, type FactRow, hashOf } from '../platform/facts/record.ts';
import { rootOf, sealHash } from '../platform/facts/seal.ts';
import { type Verified, verify } from '../platform/facts/verify.ts';
import { openFileStore } from '../platform/files/store.ts';
import { runOnce } from '../platform/jobs/duty.ts';
import { testAct } from '../platform/testing.ts';
import { seedDemonstration } from './demo/seed.ts';
import { itemKinds, makeHouse } from './house.ts';
import { dutiesWith } from './schedule.ts';

const J = '990102';
const today = day('2026-11-22');
let database: TestDatabase;
let house: House;
let folder: string;
let stubs: string;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'guatu-trust-'));
  stubs = join(folder, 'seals.log');
  const files = await openFileStore(join(folder, 'files'));
  house = makeHouse({ db: database.db, files, clock: rehearsalClock(today), kind: 'demonstration' });
  await seedDemonstration(house, today);
  for (const duty of dutiesWith(stubs)) {
    await runOnce(house, duty, duty.about(today), J);
    await duty.afterwards?.(house, J);
  }
}, 120_000);
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

class Undo extends Error {}
type Tampering = (db: Queryable) => Promise<unknown>;

/** Tampers as somebody with full rights over the database would, past its guards; verifies; takes it back. */
async function afterwards(tamper: Tampering): Promise<Verified> {
  let result: Verified | null = null;
  await transaction(house.db, async (db) => {
    for (const table of ['fact', 'seal', 'audit_entry'])
      await sql`alter table ${sql.table(table)} disable trigger user`.execute(db);
    await tamper(db);
    result = await verify(db, itemKinds, house.files, () => {}, stubs);
    throw new Undo();
  }).catch((error: unknown) => {
    if (!(error instanceof Undo)) throw error;
  });
  if (result === null) throw new Error('nothing was verified');
  return result;
}

const run =
  (text: string): Tampering =>
  async (db) => {
    const done = await sql.raw(text).execute(db);
    expect(Number(done.numAffectedRows ?? 0), text).toBeGreaterThan(0);
  };

/** A task with a long history, and one that still runs. */
const busy = `(select item_id from fact where item_kind = 'task' group by item_id order by count(*) desc, item_id limit 1)`;
const closed = `(select id from task where state = 'closed' order by serial limit 1)`;
const underway = `(select id from task where state = 'underway' and due_on is not null order by serial limit 1)`;
const ofTask = (id: string): string => `item_kind = 'task' and item_id = ${id}::text`;
const last = (id: string): string => `(select max(seq) from fact where ${ofTask(id)})`;

async function factOf(db: Queryable, id: string, seq: string): Promise<FactRow & { hash: string }> {
  const found = await sql<FactRow & { hash: string }>`
    select jurisdiction, item_kind as "itemKind", item_id as "itemId", seq, at, day, actor_id as "actorId",
      actor_name as "actorName", unit_id as "unitId", unit_name as "unitName", kind, from_state as "from", to_state as "to",
      says, data, image, previous, hash
    from fact where ${sql.raw(ofTask(id))} and seq = ${sql.raw(seq)}`.execute(db);
  const [fact] = found.rows;
  if (!fact) throw new Error('no such fact');
  return fact;
}

async function insertFact(db: Queryable, f: FactRow & { hash: string }): Promise<void> {
  await sql`insert into fact (jurisdiction, item_kind, item_id, seq, at, day, actor_id, actor_name, unit_id, unit_name, kind,
      from_state, to_state, says, data, image, previous, hash)
    values (${f.jurisdiction}, ${f.itemKind}, ${f.itemId}, ${f.seq}, ${f.at}, ${f.day}, ${f.actorId}, ${f.actorName}, ${f.unitId},
      ${f.unitName}, ${f.kind}, ${f.from}, ${f.to}, ${f.says}, ${JSON.stringify(f.data)}::jsonb, ${f.image}, ${f.previous}, ${f.hash})`.execute(
    db,
  );
}

/** Rewrites the chain of an item so that every hash fits again: only the seals still know better. */
async function rechain(db: Queryable, id: string): Promise<void> {
  const count = (await factOf(db, id, last(id))).seq;
  let previous = beginning;
  for (let seq = 1; seq <= count; seq += 1) {
    const fact = { ...(await factOf(db, id, String(seq))), previous };
    previous = hashOf(fact);
    await sql`update fact set previous = ${fact.previous}, hash = ${previous}
      where ${sql.raw(ofTask(id))} and seq = ${seq}`.execute(db);
  }
}

/** Makes all seals anew over the facts as they are now: a rewritten database that agrees with itself. */
async function sealAnew(db: Queryable): Promise<void> {
  const seals = await sql<{ day: string }>`select day from seal where jurisdiction = ${J} order by day`.execute(db);
  let previous = beginning;
  for (const seal of seals.rows) {
    const { facts, root } = await rootOf(db, J, day(seal.day));
    const hash = sealHash(J, seal.day, facts, root, previous);
    await sql`update seal set facts = ${facts}, root = ${root}, previous = ${previous}, hash = ${hash}
      where jurisdiction = ${J} and day = ${seal.day}`.execute(db);
    previous = hash;
  }
}

const tamperings: readonly (readonly [name: string, tamper: Tampering, says: RegExp])[] = [
  [
    '改一条记录的文字',
    run(`update fact set says = says || '（已整改）' where ${ofTask(busy)} and seq = 2`),
    /第2条.*被改动过/,
  ],
  [
    '改一条记录的办理人',
    run(`update fact set actor_name = '某某' where ${ofTask(busy)} and seq = 2`),
    /第2条.*被改动过/,
  ],
  ['改一条记录的日期', run(`update fact set day = day - 1 where ${ofTask(busy)} and seq = 2`), /第2条.*被改动过/],
  [
    '改一条记录的附带数据',
    run(`update fact set data = data || '{"percent":100}' where ${ofTask(busy)} and seq = 3`),
    /第3条.*被改动过/,
  ],
  ['删去中间一条记录', run(`delete from fact where ${ofTask(busy)} and seq = 2`), /第2条记录不见了/],
  ['删去最后一条记录', run(`delete from fact where ${ofTask(busy)} and seq = ${last(busy)}`), /最后的记录被删去/],
  ['删去一件任务的全部记录', run(`delete from fact where ${ofTask(underway)}`), /没有任何办理记录/],
  [
    '调换两条记录',
    async (db) => {
      await run(`update fact set seq = 1000 where ${ofTask(busy)} and seq = 2`)(db);
      await run(`update fact set seq = 2 where ${ofTask(busy)} and seq = 3`)(db);
      await run(`update fact set seq = 3 where ${ofTask(busy)} and seq = 1000`)(db);
    },
    /第2条.*被改动过/,
  ],
  [
    '塞进一条散列正确、但接不上前一条的记录',
    async (db) => {
      const fact = await factOf(db, busy, last(busy));
      const forged = { ...fact, seq: fact.seq + 1, previous: beginning, says: '伪造的办理' };
      await insertFact(db, { ...forged, hash: hashOf(forged) });
    },
    /接不上/,
  ],
  [
    '改写一件任务的整条记录链，使各条都接得上',
    async (db) => {
      await run(`update fact set says = '改过的话' where ${ofTask(busy)} and seq = 2`)(db);
      await rechain(db, busy);
    },
    /封存.*封存时有/,
  ],
  [
    '改任务的完成时限',
    run(`update task set due_on = due_on + 30 where id = ${underway}`),
    /任务「任-\d{4}-\d{4}」：.*不符/,
  ],
  [
    '改任务的状态',
    run(`update task set state = 'closed', open = false, closed_on = current_date where id = ${underway}`),
    /不符/,
  ],
  ['改任务的名称', run(`update task set title = title || '。' where id = ${underway}`), /不符/],
  [
    '改任务的主办单位',
    run(`update task set lead_unit_id = (select id from unit where id <> lead_unit_id limit 1) where id = ${underway}`),
    /不符/,
  ],
  ['改任务的进度', run(`update task set percent = 99 where id = ${underway}`), /不符/],
  ['改任务的编号', run(`update task set number = '任-2026-9999' where id = ${underway}`), /不符/],
  [
    '改能看到任务的单位',
    run(`update task set units = array[lead_unit_id, gen_random_uuid()] || units where id = ${underway}`),
    /参与单位不符/,
  ],
  [
    '改进展的文字',
    run(
      `update task_progress set text = '已完成' where task_id = (select task_id from task_progress order by id limit 1)`,
    ),
    /不符/,
  ],
  [
    '改登记次数的日期',
    run(
      `update task_occurrence set held_on = held_on - 40 where id = (select id from task_occurrence order by id limit 1)`,
    ),
    /不符/,
  ],
  [
    '删去一次登记',
    run(`delete from task_occurrence where id = (select id from task_occurrence order by id limit 1)`),
    /不符/,
  ],
  [
    '改延期审批的结果',
    run(`update task_extension set decision = case decision when 'approved' then 'refused' else 'approved' end
      where id = (select id from task_extension where decision is not null order by id limit 1)`),
    /不符/,
  ],
  ['改配合单位的签收日期', run(`update task_unit set received_on = '2026-01-01' where task_id = ${underway}`), /不符/],
  ['删去一件任务', run(`delete from task where id = ${closed}`), /数据已被删去/],
  [
    '删去一件任务，连同它的全部记录',
    async (db) => {
      const one = await sql<{ id: string }>`select id from task where id = ${sql.raw(underway)}`.execute(db);
      const id = `'${one.rows[0]?.id}'`;
      await run(`delete from fact where ${ofTask(id)}`)(db);
      for (const table of ['task_span', 'task_unit', 'task']) {
        await run(`delete from ${table} where ${table === 'task' ? 'id' : 'task_id'} = ${id}`)(db);
      }
    },
    /编号发出 \d+ 个，现存/,
  ],
  [
    '绕过系统添一件任务',
    async (db) => {
      const names = await sql<{ names: string }>`
        select string_agg(column_name, ', ') as names from information_schema.columns
        where table_name = 'task' and is_generated = 'NEVER' and column_name not in ('id', 'number')`.execute(db);
      const list = names.rows[0]?.names ?? '';
      await run(
        `insert into task (id, number, ${list}) select gen_random_uuid(), '任-2026-9998', ${list} from task where id = ${underway}`,
      )(db);
    },
    /没有任何办理记录/,
  ],
  ['改发出编号的计数', run(`update number_series set last = last - 1 where series = '任'`), /编号发出/],
  ['改方案的名称', run(`update plan set title = title || '（修订）' where state = 'adopted'`), /方案「.*不符/],
  ['改方案的原文', run(`update plan_document set source_text = replace(source_text, '一', '二')`), /方案「.*不符/],
  ['改方案阶段的起止', run(`update stage set to_on = to_on + 10 where to_on is not null`), /方案「.*不符/],
  ['改子方案的审查结论', run(`update filing set state = 'asked' where state <> 'asked'`), /子方案「.*不符/],
  ['改账号的角色', run(`update account set roles = array['officer'] where roles = array['clerk']`), /账号「.*不符/],
  ['换账号的密码', run(`update account set password_hash = (select min(password_hash) from account)`), /账号「.*不符/],
  [
    '改单位的名称',
    run(`update unit set name = name || '局' where id = (select id from unit order by sort limit 1)`),
    /单位「.*不符/,
  ],
  [
    '改封存的条数',
    run(`update seal set facts = facts + 1 where day = (select max(day) - 10 from seal)`),
    /封存时有|封存本身被改动/,
  ],
  ['删去中间一天的封存', run(`delete from seal where day = (select max(day) - 10 from seal)`), /封存不见了/],
  ['删去最后一天的封存', run(`delete from seal where day = (select max(day) from seal)`), /封存过，但封存不见了/],
  [
    '重写记录链，再把全部封存重做一遍',
    async (db) => {
      await run(`update fact set says = '改过的话' where ${ofTask(busy)} and seq = 2`)(db);
      await rechain(db, busy);
      await sealAnew(db);
    },
    /存根与数据库里的封存不同/,
  ],
  [
    '改附件的登记名称',
    run(`update file set name = '另一份.jpg' where id = (select id from file order by id limit 1)`),
    /不符/,
  ],
  ['删去附件的登记', run(`delete from file where id = (select id from file order by id limit 1)`), /不符/],
  [
    '改办结统计',
    run(
      `update task_tally set closed = closed + 1 where period = 'm' and unit_id = '' and sector = '' and plan_id = ''`,
    ),
    /办结统计.*重数/,
  ],
  [
    '改逾期办结统计',
    run(`update task_tally set closed_late = closed_late + 1 where unit_id <> '' and sector <> ''`),
    /办结统计.*重数/,
  ],
  [
    '改挂图历史中过去一天的状态',
    run(`update task_span set state = 'suspended' where to_on is not null and task_id = ${closed}`),
    /不符/,
  ],
  [
    '改挂图历史中现在的时限',
    run(`update task_span set due_on = due_on + 5 where to_on is null and task_id = ${underway}`),
    /挂图用的历史/,
  ],
  ['删去挂图历史', run(`delete from task_span where task_id = ${closed}`), /不符/],
  ['改变黄的日期', run(`update task set amber_on = amber_on + 60 where id = ${underway}`), /不符/],
];

describe('核对', () => {
  it('没有人动过时，没有发现', async () => {
    const result = await verify(house.db, itemKinds, house.files, () => {}, stubs);
    expect(result.findings).toEqual([]);
    expect(result.facts).toBeGreaterThan(500);
    expect(result.seals).toBeGreaterThan(200);
    expect(result.stubs).toBe(result.seals);
    expect(result.files).toBeGreaterThan(5);
  });

  it.each(tamperings)('%s，会被发现', async (_name, tamper, says) => {
    const { findings } = await afterwards(tamper);
    const lines = findings.map((one) => `${one.where}：${one.says}`);
    expect(lines.join('\n')).toMatch(says);
    for (const line of lines) {
      expect(line).toMatch(/[\u4e00-\u9fff].*。$/);
      expect(line).not.toMatch(/[a-z]{4} /);
    }
  });

  const onDisk = async (change: (path: string) => Promise<unknown>, which: string): Promise<Verified> => {
    const copy = await mkdtemp(join(tmpdir(), 'guatu-trust-files-'));
    await cp(join(folder, 'files'), copy, { recursive: true });
    const files = await openFileStore(copy);
    const found = await sql<{ sha256: string }>`${sql.raw(which)}`.execute(house.db);
    await change(files.path(found.rows[0]?.sha256 ?? ''));
    const result = await verify(house.db, itemKinds, files);
    await rm(copy, { recursive: true });
    return result;
  };
  const attachment = 'select sha256 from file order by id limit 1';
  const planFile = `select file_sha256 as sha256 from plan where state = 'adopted' order by id limit 1`;

  it.each([
    ['附件多了一个字节', attachment, (path: string) => appendFile(path, 'x'), /附件「.+」：文件内容被改动过/],
    ['附件被截短', attachment, (path: string) => truncate(path, 10), /文件内容被改动过/],
    ['附件被删去', attachment, (path: string) => rm(path), /文件不在存储目录中/],
    ['方案原件被换', planFile, (path: string) => writeFile(path, '另一份'), /文件内容被改动过/],
    ['方案原件被删去', planFile, (path: string) => rm(path), /文件不在存储目录中/],
  ])('磁盘上的%s，会被发现', async (_name, which, change, says) => {
    const { findings } = await onDisk(change, which);
    expect(findings.map((one) => `${one.where}：${one.says}`).join('\n')).toMatch(says);
  });

  it('封存存根里被删去一天、改了一行，会被发现；再次封存不会重写已有的行', async () => {
    const text = await readFile(stubs, 'utf8');
    expect(text).toMatch(/^# 每日封存的存根/);
    const lines = text.split('\n');
    await writeFile(stubs, lines.filter((_, index) => index !== 20).join('\n'));
    const gap = await verify(house.db, itemKinds, house.files, () => {}, stubs);
    expect(gap.findings.map((one) => one.says)).toEqual(['存根里缺这一天，存根被改动过。']);
    await writeFile(stubs, `${text}涂改\n`);
    const broken = await verify(house.db, itemKinds, house.files, () => {}, stubs);
    expect(broken.findings.map((one) => one.says)).toEqual(['存根里有 1 行无法识别。']);
    await writeFile(stubs, text);
    for (const duty of dutiesWith(stubs)) await duty.afterwards?.(house, J);
    expect(await readFile(stubs, 'utf8')).toBe(text);
  });

  it('存根丢了几行、最后一行只写了一半时，下一次封存会补上', async () => {
    const text = await readFile(stubs, 'utf8');
    for (const cut of [text.length - 300, text.length - 7, text.length]) {
      await writeFile(stubs, text.slice(0, cut));
      const { findings } = await verify(house.db, itemKinds, house.files, () => {}, stubs);
      expect(findings).toEqual([]);
      for (const duty of dutiesWith(stubs)) await duty.afterwards?.(house, J);
      expect(await readFile(stubs, 'utf8')).toBe(text);
    }
  });

  it('封存以后照常办理，第二天接着封存，核对仍然没有发现', async () => {
    const copy = await freshDatabase();
    const at = makeHouse({ db: copy.db, files: house.files, clock: rehearsalClock(today), kind: 'demonstration' });
    const actor = systemActor(asJurisdiction(J));
    await sql`insert into jurisdiction (code, name, level) values (${J}, '某区', 'district')`.execute(copy.db);
    const { announce } = await import('../platform/facts/record.ts');
    const later = join(folder, 'later.log');
    for (let n = 0; n < 3; n += 1) {
      const now = { ...at, clock: rehearsalClock(addDays(today, n)) };
      await testAct(now, actor, (act) =>
        announce(act, { item: { kind: 'thing', id: `t${n}` }, kind: 'thing.done', says: '办了' }),
      );
      for (const duty of dutiesWith(later)) {
        await runOnce(now, duty, duty.about(addDays(today, n + 1)), J);
        await duty.afterwards?.(now, J);
      }
    }
    const result = await verify(copy.db, itemKinds, house.files, () => {}, later);
    expect([result.findings, result.seals, result.stubs]).toEqual([[], 3, 3]);
    await copy.drop();
  });
});

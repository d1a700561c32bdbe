import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../../kernel/actor.ts';
import { addDays, day } from '../../../../kernel/day.ts';
import { asId, type PersonId } from '../../../../kernel/ids.ts';
import type { Act, House } from '../../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../../platform/db/testing.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { sealUpTo } from '../../../../platform/facts/seal.ts';
import { verify } from '../../../../platform/facts/verify.ts';
import { reading } from '../../../../platform/perform.ts';
import { onDay, testAct, testActor, testHouse } from '../../../../platform/testing.ts';
import { registerProblems } from '../create-problems.ts';
import { problemItems } from '../records.ts';
import { saveProblem } from '../save.ts';
import { allowancesOf, lockProblem } from '../store.ts';
import { assignChecks } from './assign.ts';
import { drawLookBack } from './draw.ts';
import { finishLookBack, redrawLookBack } from './finish.ts';
import { fixSeed } from './fix-seed.ts';
import { type FreezeInput, freezeLookBack } from './freeze.ts';
import { frozenList, publishedDraw, publishedTable } from './publish.ts';
import { lookBackQuality } from './quality.ts';
import { recordCheck } from './record-check.ts';
import { listChecks, listLookBacks, poolCounts, viewLookBack } from './view.ts';

let database: TestDatabase;
let house: House;
const today = day('2026-04-02');
const units = Array.from({ length: 4 }, () => randomUUID());
const unit = (n: number): string => units[n] ?? '';
const people = Array.from({ length: 6 }, () => randomUUID());
const accounts = Array.from({ length: 6 }, () => randomUUID());
/** 0 rectifies for unit 1, 1 rechecks in unit 2, 2 closes in the office, 3 looks back in unit 3, 4 in unit 1, 5 types the seed. */
const actorOf = (n: number, roles: Actor['roles'], of: number, name: string): Actor => ({
  ...testActor({ roles, unitId: unit(of), unitName: `单位${of}`, name, accountId: accounts[n] }),
  personId: asId<PersonId>(people[n] ?? ''),
});
const rectifier = actorOf(0, ['clerk'], 1, '整改人');
const rechecker = actorOf(1, ['clerk'], 2, '复查人');
const closer = actorOf(2, ['officer'], 0, '销号人');
const checker = actorOf(3, ['clerk', 'inspector'], 3, '核查人');
const neighbour = actorOf(4, ['clerk'], 1, '同单位人');
const second = actorOf(5, ['officer'], 0, '录入人');

const on = (text: string): House => onDay(house, text);
const closedIds: string[] = [];
const input: FreezeInput = {
  title: '一季度回头看',
  from: '2026-01-01',
  to: '2026-03-31',
  take: 4,
  perUnit: 0,
  perMajor: 1,
  seedSource: 'witnessed',
};
const seeded = { seed: '3 5 1 6 6 2 4 1 3 5 2 6', how: '当众掷骰子十二次', witnesses: ['见证甲', '见证乙'] };

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, { today, items: problemItems });
  for (const [n, actor] of [rectifier, rechecker, closer, checker, neighbour, second].entries())
    await sql`insert into account (jurisdiction, id, login, name, person_id, unit_id, roles, password_hash, must_change_password)
      values ('990102', ${accounts[n]}, ${`login${n}`}, ${actor.name}, ${people[n]}, ${actor.unitId}, ${[...actor.roles]}::text[], '', false)`.execute(
      database.db,
    );
  await testAct(on('2026-02-10'), closer, async (act) => {
    const made = await registerProblems(
      act,
      Array.from({ length: 12 }, (_, n) => ({
        kind: 'hazard' as const,
        title: `护栏松动${n}`,
        text: '三楼护栏松动',
        source: {
          type: 'dailyCheck' as const,
          batchId: null,
          originalNumber: null,
          recordKind: null,
          recordId: null,
          finder: null,
        },
        foundOn: day('2026-02-10'),
        enterpriseId: null,
        subject: '某厂',
        place: { address: null, areaCode: null, longitude: null, latitude: null, grid: null },
        sector: n % 2 === 0 ? '消防安全' : '建筑施工',
        tags: [],
        planId: null,
        stageId: null,
        taskId: null,
        grade: n % 4 === 0 ? ('major' as const) : ('general' as const),
        measures: null,
        leadUnitId: unit(1),
        coUnitIds: [],
        supervisingUnitId: null,
        personName: null,
        dueOn: day('2026-03-01'),
      })),
    );
    closedIds.push(...made.map((one) => one.id));
  });
  await testAct(on('2026-02-20'), closer, async (act) => {
    for (const id of closedIds) await close(act, id);
  });
});
afterAll(() => database.drop());

/** Closed as its life would leave it: rectified, rechecked and closed by three people. */
async function close(act: Act, id: string): Promise<void> {
  const before = await lockProblem(act.db, reading(house, closer).scope, id);
  const after = await saveProblem(
    act,
    before,
    {
      ...before,
      state: 'closed',
      doneOn: act.day,
      doneBy: rectifier.accountId,
      doneByName: rectifier.name,
      doneByPerson: rectifier.personId,
      recheckedOn: act.day,
      recheckedBy: rechecker.accountId,
      recheckedByName: rechecker.name,
      recheckedByPerson: rechecker.personId,
      recheckedUnitId: unit(2),
      closedOn: act.day,
      closedBy: closer.accountId,
      closedByName: closer.name,
      closeKind: 'rectified',
      endedOn: act.day,
    },
    await allowancesOf(act.db, act.actor.jurisdiction),
    [{ turn: 'closed' }],
  );
  await announce(act, {
    item: { kind: 'problem', id },
    kind: 'problem.closed',
    says: '销号',
    data: { version: after.version },
  });
}

const photo = async (itemId: string): Promise<string> => {
  const id = randomUUID();
  await sql`insert into file (jurisdiction, id, item_kind, item_id, sha256, name, size, type, uploaded_by, uploaded_by_name, uploaded_at)
    values ('990102', ${id}, 'lookBackItem', ${itemId}, ${'0'.repeat(64)}, '现场.jpg', 3, 'image/jpeg', ${checker.accountId}, '核查人', now())`.execute(
    database.db,
  );
  return id;
};
const refused = async (what: Promise<unknown>): Promise<string> => {
  try {
    await what;
  } catch (error) {
    return (error as { says?: string }).says ?? String(error);
  }
  return '办成了';
};
const look = (id: string, actor = closer) => viewLookBack(reading(house, actor), id);
/** A draw up to the given step. */
async function drawn(seedSource: FreezeInput['seedSource'] = 'witnessed'): Promise<string> {
  const { id } = await testAct(house, closer, (act) => freezeLookBack(act, { ...input, seedSource }));
  await testAct(house, second, (act) => fixSeed(act, { id, version: 1, ...seeded, seed: `${seeded.seed} ${id}` }));
  await testAct(house, closer, (act) => drawLookBack(act, { id, version: 2 }));
  return id;
}

describe('回头看', () => {
  it('先冻结名单、公布摘要，后定种子，再抽取；公布的文件由独立程序重算，结果完全相同', async () => {
    const pool = await poolCounts(reading(house, closer), { from: input.from, to: input.to });
    expect([pool.count, pool.major]).toEqual([12, 3]);
    const { id, number } = await testAct(house, closer, (act) => freezeLookBack(act, input));
    expect(number).toMatch(/^查-2026-\d{4}$/);
    const frozen = await look(id);
    expect(frozen.lookBack).toMatchObject({ state: 'frozen', poolSize: 12, drawn: 0 });
    const list = await frozenList(reading(house, closer), id);
    const { createHash } = await import('node:crypto');
    expect(
      createHash('sha256')
        .update(list.body as Buffer)
        .digest('hex'),
    ).toBe(frozen.listHash);
    expect(await refused(testAct(house, closer, (act) => drawLookBack(act, { id, version: 1 })))).toContain('不能抽取');

    // seed: nobody who froze the list, two witnesses, long enough, never used before
    expect(await refused(testAct(house, closer, (act) => fixSeed(act, { id, version: 1, ...seeded })))).toContain(
      '另一位同志录入',
    );
    expect(
      await refused(
        testAct(house, second, (act) => fixSeed(act, { id, version: 1, ...seeded, witnesses: ['见证甲', '录入人'] })),
      ),
    ).toContain('至少两位见证人');
    expect(
      await refused(testAct(house, second, (act) => fixSeed(act, { id, version: 1, ...seeded, how: '' }))),
    ).toContain('怎样当众产生');
    expect(
      await refused(testAct(house, second, (act) => fixSeed(act, { id, version: 1, ...seeded, seed: '123' }))),
    ).toContain('太短');
    await testAct(house, second, (act) => fixSeed(act, { id, version: 1, ...seeded }));
    expect(
      await refused(
        testAct(house, second, (act) => fixSeed(act, { id, version: 2, ...seeded, seed: '9 9 9 1 2 3 4 5 6 7' })),
      ),
    ).toContain('不能确定种子');
    await testAct(house, closer, (act) => drawLookBack(act, { id, version: 2 }));
    const shown = await look(id);
    expect(shown.items).toHaveLength(4);
    expect(shown.items.some((item) => item.grade === 'major')).toBe(true);
    expect(shown.items.map((item) => item.ticket)).toEqual([...shown.items.map((item) => item.ticket)].sort());

    const file = join(mkdtempSync(join(tmpdir(), 'guatu-published-')), '公布文件.json');
    writeFileSync(file, (await publishedDraw(reading(house, closer), id)).body as Buffer);
    const run = spawnSync(
      process.execPath,
      [join(import.meta.dirname, '../../../../../tools/recompute-draw.mjs'), file],
      { encoding: 'utf8' },
    );
    expect(run.status, run.stdout).toBe(0);
    for (const item of shown.items) expect(run.stdout).toContain(`${item.number}\t${item.problemId}\t${item.ticket}`);
    const table = String((await publishedTable(reading(house, closer), id)).body);
    expect(table.split('\r\n')).toHaveLength(14);

    const again = await testAct(house, closer, (act) => freezeLookBack(act, input));
    expect(
      await refused(testAct(house, second, (act) => fixSeed(act, { id: again.id, version: 1, ...seeded }))),
    ).toContain('用过');
  });

  it('种子也可以取冻结之后第一个封存日的封存值：当天和以前的封存都不能用', async () => {
    const { id } = await testAct(house, closer, (act) => freezeLookBack(act, { ...input, seedSource: 'seal' }));
    await testAct(house, closer, (act) => sealUpTo(act, today));
    expect(await refused(testAct(house, closer, (act) => fixSeed(act, { id, version: 1 })))).toContain(
      '还没有新的封存日',
    );
    const later = onDay(house, addDays(today, 2));
    await testAct(later, closer, (act) => sealUpTo(act, addDays(today, 1)));
    await testAct(later, closer, (act) => fixSeed(act, { id, version: 1 }));
    const shown = await look(id);
    const seal = await sql<{ hash: string }>`select hash from seal where day = ${addDays(today, 1)}`.execute(
      database.db,
    );
    expect([shown.seed, shown.sealDay]).toEqual([seal.rows[0]?.hash, addDays(today, 1)]);
  });

  it('核查人不能是整改人、复查人、销号人；重大的不能由责任单位核查；派发期限不能早于今天', async () => {
    const id = await drawn();
    const { items } = await look(id);
    const major = items.find((item) => item.grade === 'major');
    const general = items.find((item) => item.grade === 'general');
    if (!major || !general) throw new Error('one of each was asked for');
    const assign = (item: string, n: number, dueOn = '2026-04-20') =>
      testAct(house, closer, (act) => assignChecks(act, { id, itemIds: [item], checkerId: accounts[n] ?? '', dueOn }));
    expect(await refused(assign(general.id, 0))).toContain('整改人');
    expect(await refused(assign(general.id, 1))).toContain('复查人');
    expect(await refused(assign(general.id, 2))).toContain('销号人');
    expect(await refused(assign(major.id, 4))).toContain('责任单位以外的单位');
    expect(await refused(assign(general.id, 3, '2026-04-01'))).toContain('不早于今天');
    expect(
      await refused(
        testAct(house, closer, (act) =>
          assignChecks(act, { id, itemIds: [general.id], checkerId: randomUUID(), dueOn: '2026-04-20' }),
        ),
      ),
    ).toContain('停用或者没有');
    await assign(general.id, 4);
    await assign(major.id, 3);
    await assign(general.id, 3, '2026-04-22');
    const mine = await listChecks(reading(house, checker), { mine: 'checks', lookBack: id });
    expect(mine.rows.map((row) => row.id).sort()).toEqual([general.id, major.id].sort());
    // the same person under another account is the same person
    const other = { ...rectifier, accountId: asId<Actor['accountId']>(accounts[3] ?? ''), unitId: checker.unitId };
    expect(
      await refused(
        testAct(house, other, async (act) =>
          recordCheck(act, {
            id: general.id,
            version: 3,
            still: true,
            text: '现场护栏完好',
            fileIds: [await photo(general.id)],
          }),
        ),
      ),
    ).toContain('不能核查');
  });

  it('整改不实的，原编号重新打开、周期加一、有新时限；结果算在销号单位和复查人头上，问题上看得见', async () => {
    const id = await drawn();
    const { items } = await look(id);
    const itemIds = items.map((item) => item.id);
    await testAct(house, closer, (act) =>
      assignChecks(act, { id, itemIds, checkerId: accounts[3] ?? '', dueOn: '2026-04-20' }),
    );
    const [first, ...rest] = (await look(id)).items;
    if (!first) throw new Error('nothing was drawn');
    const give = (
      item: { id: string; version: number },
      still: boolean,
      more: Partial<Parameters<typeof recordCheck>[1]> = {},
    ) =>
      testAct(house, checker, async (act) =>
        recordCheck(act, {
          id: item.id,
          version: item.version,
          still,
          text: '现场护栏仍然松动',
          fileIds: [await photo(item.id)],
          newDue: '2026-04-30',
          ...more,
        }),
      );
    expect(await refused(give(first, false, { fileIds: [] }))).toContain('现场照片');
    expect(await refused(give(first, false, { text: '' }))).toContain('哪里没有整改到位');
    expect(await refused(give(first, false, { newDue: null }))).toContain('新的整改时限');
    expect(await refused(give(first, false, { fileIds: [randomUUID()] }))).toContain('没有上传到这条');
    expect(
      await refused(
        testAct(house, closer, (act) =>
          recordCheck(act, { id: first.id, version: first.version, still: true, text: '都好', fileIds: [] }),
        ),
      ),
    ).toContain('核查人办理');
    expect(await refused(testAct(house, closer, (act) => finishLookBack(act, { id, version: 3 })))).toContain(
      '还有抽中的事项没有核查结果',
    );
    const before = await sql<{
      number: string;
      cycle: number;
      version: number;
    }>`select number, cycle, version from problem where id = ${first.problemId}`.execute(database.db);
    const outcome = await give(first, false);
    expect(outcome).toMatchObject({ state: 'notStill', reopened: true });
    const after = await sql<{ number: string; cycle: number; state: string; due_on: string }>`
      select number, cycle, state, due_on from problem where id = ${first.problemId}`.execute(database.db);
    expect(after.rows[0]).toEqual({
      number: before.rows[0]?.number,
      cycle: (before.rows[0]?.cycle ?? 0) + 1,
      state: 'underway',
      due_on: '2026-04-30',
    });
    expect(await refused(give(first, true))).toContain('请看最新情况');
    for (const item of rest) await give(item, true, { text: '现场护栏完好，整改到位' });
    await testAct(house, closer, (act) => finishLookBack(act, { id, version: 3 }));

    const facts = await sql<{
      kind: string;
      says: string;
    }>`select kind, says from fact where item_kind = 'problem' and item_id = ${first.problemId} order by seq desc limit 1`.execute(
      database.db,
    );
    expect(facts.rows[0]).toMatchObject({ kind: 'problem.reopened' });
    expect(facts.rows[0]?.says).toContain('整改不实');
    const shown = await look(id);
    expect(shown.lookBack).toMatchObject({ state: 'finished', drawn: 4, checked: 4, notStill: 1 });
    expect(shown.items[0]).toMatchObject({ state: 'notStill', problemState: 'underway', recheckedByName: '复查人' });

    const quality = await lookBackQuality(reading(house, closer), {});
    expect(quality).toMatchObject({ checked: 4, still: 3, notStill: 1, rate: 75 });
    expect(quality.units).toEqual([expect.objectContaining({ unitId: unit(1), checked: 4, rate: 75 })]);
    expect(quality.recheckers).toEqual([
      expect.objectContaining({ recheckerId: accounts[1], name: '复查人', notStill: 1, rate: 75 }),
    ]);
    expect(quality.sectors.reduce((sum, row) => sum + row.checked, 0)).toBe(4);
    expect(await lookBackQuality(reading(house, closer), { asOf: '2026-04-01' })).toMatchObject({
      checked: 0,
      rate: null,
    });
    // whoever has nothing to do with the unit sees the numbers of the draw, not what was found
    const stranger = testActor({ roles: ['clerk'], unitId: randomUUID(), name: '旁人' });
    const outside = await look(id, stranger);
    expect(outside.items.every((item) => item.title === null && item.text === null && item.files.length === 0)).toBe(
      true,
    );
    expect((await lookBackQuality(reading(house, stranger), {})).checked).toBe(0);
  });

  it('重新抽取是另一个编号，写明原因，原来的留着；已有核查结果的不能重抽', async () => {
    const id = await drawn();
    const redraw = (reason: string, version = 3) =>
      testAct(house, closer, (act) => redrawLookBack(act, { ...input, id, version, reason }));
    expect(await refused(redraw(''))).toContain('请写明原因');
    const next = await redraw('名单漏了三月最后一天销号的问题');
    const old = await look(id);
    expect(old.lookBack).toMatchObject({ state: 'replaced', replacedBy: { number: next.number } });
    expect(old.items.every((item) => item.state === 'dropped')).toBe(true);
    expect(old.items).toHaveLength(4);
    const fresh = await look(next.id);
    expect(fresh.lookBack).toMatchObject({ state: 'frozen', replaces: { number: old.lookBack.number } });
    expect(fresh.reason).toContain('漏了');
    expect((await listLookBacks(reading(house, closer), {})).rows.map((row) => row.number)).toContain(
      old.lookBack.number,
    );
    expect(await refused(redraw('再来一次试试', 4))).toContain('不能重新抽取');
  });

  it('名单里只有这段时间已销号的；没有就不能冻结；别的地区看不到也动不了', async () => {
    expect(
      await refused(
        testAct(house, closer, (act) => freezeLookBack(act, { ...input, from: '2025-01-01', to: '2025-02-01' })),
      ),
    ).toContain('没有可以抽取的名单');
    expect(
      await refused(testAct(house, closer, (act) => freezeLookBack(act, { ...input, to: '2026-05-01' }))),
    ).toContain('请按提示修改');
    const { id } = await testAct(house, closer, (act) => freezeLookBack(act, { ...input, grades: ['major'] }));
    // one of the major ones may have been reopened by the look-back above
    expect((await look(id)).lookBack.poolSize).toBeLessThanOrEqual(3);
    const elsewhere = testActor({ roles: ['officer'], unitId: unit(0), jurisdiction: '990199', name: '外地' });
    expect(await refused(look(id, elsewhere))).toContain('没有找到');
    expect(await refused(testAct(house, elsewhere, (act) => drawLookBack(act, { id, version: 1 })))).toContain(
      '没有找到',
    );
  });

  it('核验时重算每一次抽取；有人在数据库里换了名单或者抽中的事项，就指出来', async () => {
    const findings = async () =>
      (await verify(house.db, house.items, house.files)).findings.filter(
        (one) => !JSON.stringify(one).includes('现场.jpg'),
      );
    const clean = (await findings())
      .map((one) => JSON.stringify(one))
      .filter((text) => text.includes('回头看') && !text.includes('抽中事项'));
    expect(clean).toEqual([]);
    await sql`alter table look_back_pool disable trigger all`.execute(database.db);
    await sql`update look_back_pool set problem_id = ${randomUUID()} where position = 1`.execute(database.db);
    const told = JSON.stringify(await findings());
    expect(told).toContain('名单被改动过');
    expect(told).toContain('与按名单和种子重算的不符');
  });
});

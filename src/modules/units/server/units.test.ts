import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor, Role } from '../../../kernel/actor.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { House } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { onDay, testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { unitsPermissions } from '../permissions.ts';
import { rememberAlias } from './alias.ts';
import { changeMembers, createGroup } from './change-group.ts';
import { beginPost, createPerson, endPost } from './change-person.ts';
import { addSeat, createTaskForce, endSeat } from './change-task-force.ts';
import { changeUnit, createUnit, endUnit, mergeUnit, type UnitDraft } from './change-unit.ts';
import { expandGroup, personsOf, resolveMention, subordinateUnits, unitsItems, unitsOfArea } from './door.ts';
import { seatsOf } from './store-task-forces.ts';

let database: TestDatabase;
let house: House;
const officer = testActor({ roles: ['officer'] as Role[], name: '经办' });
const J = '990102';

beforeAll(async () => {
  database = await freshDatabase();
  await sql`insert into jurisdiction (code, name, level, parent) values ('990102', '青禾区', 'district', '990100')`.execute(
    database.db,
  );
  house = await testHouse(database.db, { today: '2026-03-10', items: unitsItems, permissions: unitsPermissions });
});
afterAll(() => database.drop());

const unit = (draft: Partial<UnitDraft> & { name: string }, by: Actor = officer) =>
  testAct(house, by, (act) => createUnit(act, { kind: 'department', ...draft }));
const refusal = async (run: Promise<unknown>): Promise<Refusal> => {
  const thrown = await run.catch((error: unknown) => error);
  if (!(thrown instanceof Refusal)) throw new Error(`没有被拒绝：${String(thrown)}`);
  return thrown;
};

describe('单位', () => {
  it('登记后能按拼音首字母查到，并留下一条事实', async () => {
    const { id } = await unit({ name: '青禾区水务局', shortName: '区水务局' });
    const row = await sql<{ initials: string }>`select initials from unit where id = ${id}`.execute(database.db);
    expect(row.rows[0]?.initials).toContain('qswj');
    const facts = await sql<{ says: string }>`select says from fact where item_id = ${id}`.execute(database.db);
    expect(facts.rows).toEqual([{ says: '新增政府部门「青禾区水务局」' }]);
  });

  it('重名的不重复登记', async () => {
    await unit({ name: '青禾区商务局' });
    const says = (await refusal(unit({ name: '青禾区 商务局' }))).says;
    expect(says).toContain('不必登记两次');
  });

  it('更名后原名记为别名，按旧名仍能找到', async () => {
    const { id } = await unit({ name: '青禾区安监局' });
    await testAct(house, officer, (act) =>
      changeUnit(act, id, { version: 1, name: '青禾区安全监管局', kind: 'department' }),
    );
    expect(await resolveMention(database.db, J, '区安监局', '2026-03-10')).toEqual({ kind: 'unit', unitId: id });
  });

  it('别人先改过的不能再按旧版本改，并说明是谁改了什么', async () => {
    const { id } = await unit({ name: '青禾区统计局' });
    await testAct(house, officer, (act) =>
      changeUnit(act, id, { version: 1, name: '青禾区统计局', kind: 'department', phone: '0990-1' }),
    );
    const refused = await refusal(
      testAct(house, officer, (act) => changeUnit(act, id, { version: 1, name: '青禾区统计一局', kind: 'department' })),
    );
    expect(refused.kind).toBe('not-now');
    expect(refused.says).toContain('经办「修改「青禾区统计局」的资料」');
  });

  it('上级不能绕成圈', async () => {
    const top = await unit({ name: '青禾区民政局' });
    const under = await unit({ name: '青禾区救助站', kind: 'subordinate', parentId: top.id });
    const refused = await refusal(
      testAct(house, officer, (act) =>
        changeUnit(act, top.id, { version: 1, name: '青禾区民政局', kind: 'department', parentId: under.id }),
      ),
    );
    expect(refused.says).toContain('不能作上级');
    expect(await subordinateUnits(database.db, J, top.id)).toEqual([under.id]);
  });

  it('下面还有单位的不能撤销；合并后下级、别名一并转过去，旧名在新旧日期各指各的', async () => {
    const old = await unit({ name: '青禾区粮食局', shortName: '区粮食局' });
    const into = await unit({ name: '青禾区发展改革委员会' });
    const child = await unit({ name: '青禾区粮库', kind: 'subordinate', parentId: old.id });
    await testAct(house, officer, (act) => rememberAlias(act, '区粮局', { unitId: old.id }));
    const refused = await refusal(
      testAct(house, officer, (act) => endUnit(act, old.id, { version: 1, on: '2026-03-10', reason: '机构改革' })),
    );
    expect(refused.says).toContain('青禾区粮库');
    await testAct(house, officer, (act) =>
      mergeUnit(act, old.id, { version: 1, into: into.id, on: '2026-03-10', reason: '机构改革' }),
    );
    expect(await subordinateUnits(database.db, J, into.id)).toEqual([child.id]);
    expect(await resolveMention(database.db, J, '区粮食局', '2026-03-10')).toEqual({ kind: 'unit', unitId: old.id });
    for (const text of ['区粮食局', '区粮局', '青禾区粮食局'])
      expect(await resolveMention(database.db, J, text, '2026-03-11')).toEqual({ kind: 'unit', unitId: into.id });
  });

  it('按区划代码的前几位找出一个镇的全部单位', async () => {
    const town = await unit({ name: '青禾区石桥镇人民政府', kind: 'town', areaCode: '990102001' });
    const firm = await unit({ name: '石桥化工有限公司', kind: 'enterprise', parentId: town.id });
    expect(new Set(await unitsOfArea(database.db, J, '990102001'))).toEqual(new Set([town.id, firm.id]));
    expect(await resolveMention(database.db, J, '石桥化工有限公司', '2026-03-10')).toEqual({
      kind: 'unit',
      unitId: firm.id,
    });
  });

  it('别的区的单位看不见也改不了', async () => {
    const stranger = testActor({ roles: ['officer'], jurisdiction: '990103' });
    const { id } = await unit({ name: '青禾区档案馆' });
    const refused = await refusal(
      testAct(house, stranger, (act) => changeUnit(act, id, { version: 1, name: '别处档案馆', kind: 'organ' })),
    );
    expect(refused.kind).toBe('not-found');
    expect((await resolveMention(database.db, '990103', '青禾区档案馆', '2026-03-10')).kind).toBe('unresolved');
  });
});

describe('别名', () => {
  it('一个写法只能指一个单位，改指须先停用', async () => {
    const a = await unit({ name: '青禾区甲局' });
    const b = await unit({ name: '青禾区乙局' });
    await testAct(house, officer, (act) => rememberAlias(act, '甲乙局', { unitId: a.id }));
    await testAct(house, officer, (act) => rememberAlias(act, '甲乙局', { unitId: a.id }));
    const refused = await refusal(testAct(house, officer, (act) => rememberAlias(act, '甲乙局', { unitId: b.id })));
    expect(refused.says).toContain('已记为「青禾区甲局」的别名');
    await testAct(house, officer, (act) => rememberAlias(act, '甲乙局', { unitId: b.id }, { replace: true }));
    expect(await resolveMention(database.db, J, '甲乙局等', '2026-03-10')).toEqual({ kind: 'unit', unitId: b.id });
  });
});

describe('分组', () => {
  it('名单分组按日期展开：加入当日算在内，退出当日不算', async () => {
    const a = await unit({ name: '青禾区成员一局' });
    const b = await unit({ name: '青禾区成员二局' });
    const made = await testAct(house, officer, (act) =>
      createGroup(act, { name: '区安委会成员单位', class: 'committeeMembers', kind: 'list', unitIds: [a.id] }),
    );
    const joined = await testAct(house, officer, (act) =>
      changeMembers(act, made.id, { version: 1, on: '2026-04-01', join: [b.id] }),
    );
    await testAct(house, officer, (act) =>
      changeMembers(act, made.id, { version: joined.version, on: '2026-05-01', leave: [a.id] }),
    );
    const on = (day: string) => expandGroup(database.db, J, made.id, day);
    expect(await on('2026-03-31')).toEqual([a.id]);
    expect(new Set(await on('2026-04-30'))).toEqual(new Set([a.id, b.id]));
    expect(await on('2026-05-01')).toEqual([b.id]);
    expect(await resolveMention(database.db, J, '区安委会各成员单位', '2026-03-10')).toMatchObject({
      kind: 'group',
      groupId: made.id,
      unitIds: [a.id],
    });
  });

  it('规则分组随单位增减变化，撤销的单位不再算', async () => {
    const made = await testAct(house, officer, (act) =>
      createGroup(act, { name: '各开发区', class: 'zones', kind: 'rule', rule: { kinds: ['zone'] } }),
    );
    expect(await expandGroup(database.db, J, made.id, '2026-03-10')).toEqual([]);
    const zone = await unit({ name: '青禾经济开发区', kind: 'zone' });
    await testAct(house, officer, (act) => endUnit(act, zone.id, { version: 1, on: '2026-06-30', reason: '整合' }));
    expect(await expandGroup(database.db, J, made.id, '2026-06-30')).toEqual([zone.id]);
    expect(await expandGroup(database.db, J, made.id, '2026-07-01')).toEqual([]);
  });

  it('没有条件的规则分组不能建立', async () => {
    const refused = await refusal(
      testAct(house, officer, (act) => createGroup(act, { name: '空规则组', kind: 'rule', rule: { kinds: [] } })),
    );
    expect(refused.says).toContain('至少给出一个条件');
  });
});

describe('人员与专班', () => {
  it('任职有起止，离任之后不再列在单位名下', async () => {
    const a = await unit({ name: '青禾区人员局' });
    const made = await testAct(house, officer, (act) =>
      createPerson(act, { name: '齐慕川', unitId: a.id, title: '局长', duty: 'principal', from: '2025-01-01' }),
    );
    const posted = await testAct(house, officer, (act) =>
      beginPost(act, made.id, { version: 1, unitId: a.id, title: '党组书记', duty: 'principal' }),
    );
    const [post] = await personsOf(database.db, J, a.id, '2026-03-10');
    expect(await personsOf(database.db, J, a.id, '2026-03-10')).toHaveLength(2);
    const same = await refusal(
      testAct(house, officer, (act) =>
        beginPost(act, made.id, { version: posted.version, unitId: a.id, title: '局长', duty: 'principal' }),
      ),
    );
    expect(same.says).toContain('不必重复登记');
    await testAct(house, officer, (act) =>
      endPost(act, made.id, { version: posted.version, postId: post?.id ?? '', on: '2026-03-09' }),
    );
    expect(await personsOf(database.db, J, a.id, '2026-03-10')).toHaveLength(1);
    expect(await personsOf(onDay(house, '2026-03-09').db, J, a.id, '2026-03-09')).toHaveLength(2);
  });

  it('专班同时只有一名组长，换人须先退出', async () => {
    const a = await unit({ name: '青禾区专班局' });
    const first = await testAct(house, officer, (act) =>
      createPerson(act, { name: '费望洲', unitId: a.id, title: '副区长', duty: 'inCharge' }),
    );
    const force = await testAct(house, officer, (act) =>
      createTaskForce(act, { name: '燃气整治专班', validFrom: '2026-03-01' }),
    );
    const led = await testAct(house, officer, (act) =>
      addSeat(act, force.id, { version: 1, personId: first.id, part: 'leader' }),
    );
    const refused = await refusal(
      testAct(house, officer, (act) => addSeat(act, force.id, { version: led.version, unitId: a.id, part: 'leader' })),
    );
    expect(refused.says).toContain('现任组长是费望洲');
    const [seat] = await seatsOf(database.db, { jurisdictions: [officer.jurisdiction], units: 'all' }, force.id);
    const left = await testAct(house, officer, (act) =>
      endSeat(act, force.id, { version: led.version, seatId: seat?.id ?? '', on: '2026-03-10' }),
    );
    await testAct(house, officer, (act) =>
      addSeat(act, force.id, { version: left.version, unitId: a.id, part: 'leader' }),
    );
  });
});

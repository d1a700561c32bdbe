import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, type Role, roles } from '../../../kernel/actor.ts';
import { holds } from '../../../kernel/permission.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { House } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { reading } from '../../../platform/perform.ts';
import { onDay, testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { createUnit, unitsItems } from '../../units/server/door.ts';
import { enterprisesApi } from '../api.ts';
import { checkSign } from '../credit-code.ts';
import type { EnterpriseDraft } from '../enterprise.ts';
import { enterprisesPermissions } from '../permissions.ts';
import { changeEnterprise } from './change.ts';
import { changeEnterpriseState } from './change-state.ts';
import { confirmEnterprise } from './confirm.ts';
import {
  enterpriseByNumber,
  enterpriseItems,
  enterprisesByIds,
  findEnterprise,
  matchEnterprises,
  placesNear,
  registerEnterprise,
} from './door.ts';
import { mergeEnterprise } from './merge.ts';
import { enterprisesRoutes } from './routes.ts';

let database: TestDatabase;
let house: House;
const J = '990102';
const officer = testActor({ roles: ['officer'], name: '经办' });
const unit = { market: '', town: '', other: '' };
let marketClerk: Actor;
let otherClerk: Actor;
let gridWorker: Actor;

beforeAll(async () => {
  database = await freshDatabase();
  await sql`insert into jurisdiction (code, name, level) values (${J}, '青禾区', 'district'), ('990103', '砚溪区', 'district')`.execute(
    database.db,
  );
  house = await testHouse(database.db, {
    today: '2026-03-10',
    items: { ...unitsItems, ...enterpriseItems },
    permissions: enterprisesPermissions,
  });
  const make = async (name: string, kind: 'department' | 'town', areaCode = J) =>
    (await testAct(house, officer, (act) => createUnit(act, { name, kind, areaCode }))).id;
  unit.market = await make('青禾区市场监督管理局', 'department');
  unit.town = await make('石桥镇人民政府', 'town', '990102001');
  unit.other = await make('青禾区教育局', 'department');
  marketClerk = testActor({ roles: ['clerk'], unitId: unit.market, name: '市监经办' });
  otherClerk = testActor({ roles: ['clerk'], unitId: unit.other, name: '教育经办' });
  gridWorker = testActor({ roles: ['gridWorker'], unitId: unit.town, name: '网格员' });
});
afterAll(() => database.drop());

let serial = 0;
const codeOf = (text: string): string => {
  const body = `91990102MA${text.padStart(7, '0')}`;
  return body + checkSign(body);
};
const freshCode = (): string => codeOf(String(++serial));
const register = (draft: Partial<EnterpriseDraft> & { name: string }, by: Actor = officer, notDuplicate = false) =>
  testAct(house, by, (act) => registerEnterprise(act, { kind: 'enterprise', ...draft }, { notDuplicate }));
const refusal = async (run: Promise<unknown>): Promise<Refusal> => {
  const thrown = await run.catch((error: unknown) => error);
  if (!(thrown instanceof Refusal)) throw new Error(`没有被拒绝：${JSON.stringify(thrown) ?? String(thrown)}`);
  return thrown;
};
const says = async (id: string): Promise<string[]> =>
  (
    await sql<{
      says: string;
    }>`select says from fact where item_kind = 'enterprise' and item_id = ${id} order by seq`.execute(database.db)
  ).rows.map((row) => row.says);
const ask = async (name: keyof typeof enterprisesApi, actor: Actor, input: object): Promise<never> => {
  const served = enterprisesRoutes.find((one) => one.name === name);
  if (!served) throw new Error(name);
  return (await served.handle({ params: {}, query: {}, ...reading(house, actor), ...input } as never)) as never;
};
const listed = async (actor: Actor, query: object = {}): Promise<string[]> =>
  ((await ask('listEnterprises', actor, { query })) as { rows: { name: string }[] }).rows.map((row) => row.name);

describe('登记', () => {
  it('给出不重复的编号，留下一条事实，属地决定区划代码', async () => {
    const made = await register({ name: '顺和木业', creditCode: freshCode(), townUnitId: unit.town });
    expect(made).toMatchObject({ number: '企-2026-0001', version: 1, doubts: [] });
    expect(await says(made.id)).toEqual(['登记企业企-2026-0001「顺和木业」']);
    const [card] = await enterprisesByIds(database.db, J, [made.id]);
    expect(card?.areaCode).toBe('990102001');
  });

  it('没有登记成的不占号', async () => {
    const before = await register({ name: '占号甲' });
    await refusal(register({ name: '占号乙', regulatorUnitId: '00000000-0000-4000-8000-000000000000' }));
    const after = await register({ name: '占号丙' });
    expect(Number(after.number.slice(-4)) - Number(before.number.slice(-4))).toBe(1);
  });

  it('信用代码校验位不对的照样登记，只提醒', async () => {
    const made = await register({ name: '白名单公司', creditCode: '91990102M0001QAY9B' });
    expect(made.doubts.map((one) => one.kind)).toEqual(['code']);
  });

  it('信用代码与已有的相同，先给出已有的一家，确认不是同一家后照样登记', async () => {
    const creditCode = freshCode();
    const first = await register({ name: '同码甲', creditCode });
    const refused = await refusal(register({ name: '同码乙', creditCode }));
    expect(refused.kind).toBe('not-now');
    expect(refused.says).toContain(first.number);
    expect(refused.detail).toMatchObject({ doubts: [{ kind: 'sameCode', existing: { id: first.id } }] });
    const second = await register({ name: '同码乙', creditCode }, officer, true);
    expect(second.doubts).toHaveLength(1);
  });

  it('提醒里不给看不到的档案的链接，只给编号和名称', async () => {
    const creditCode = freshCode();
    await register({ name: '别家监管的', creditCode, regulatorUnitId: unit.market });
    const refused = await refusal(register({ name: '另一家', creditCode }, otherClerk));
    expect(refused.detail).toMatchObject({ doubts: [{ existing: { id: null, name: '别家监管的' } }] });
  });

  it('网格员发现名录里没有的可以登记，归到本镇，等人核实', async () => {
    const made = await register({ kind: 'place', name: '石桥小广场' }, gridWorker);
    const [card] = await enterprisesByIds(database.db, J, [made.id]);
    expect(card).toMatchObject({ townUnitId: unit.town, regulatorUnitId: null, kind: 'place' });
    expect(await listed(gridWorker, { lacks: 'confirmed' })).toContain('石桥小广场');
  });

  it('经办人不能替别的单位登记', async () => {
    expect((await refusal(register({ name: '越权', regulatorUnitId: unit.market }, otherClerk))).kind).toBe(
      'not-allowed',
    );
  });

  it('经度纬度只填一个的说清楚', async () => {
    expect((await refusal(register({ name: '半个坐标', longitude: 118.1 }))).places[0]?.where).toBe('body.longitude');
  });
});

describe('修改', () => {
  const change = (id: string, version: number, draft: Partial<EnterpriseDraft> & { name: string }, by = officer) =>
    testAct(house, by, (act) => changeEnterprise(act, id, { kind: 'enterprise', ...draft, version }));

  it('更名后原名留存，按原名仍找得到', async () => {
    const { id } = await register({ name: '老名字纺织厂', regulatorUnitId: unit.market });
    const changed = await change(id, 1, { name: '新名字纺织有限公司', regulatorUnitId: unit.market, headcount: 30 });
    expect(changed.version).toBe(2);
    expect((await says(id)).at(-1)).toBe('「老名字纺织厂」更名为「新名字纺织有限公司」，原名留存；从业人数补为「30」');
    expect((await findEnterprise(database.db, J, { name: '老名字纺织厂' }))?.id).toBe(id);
    const read = (await ask('readEnterprise', officer, { params: { id } })) as { formerNames: unknown };
    expect(read.formerNames).toEqual([{ name: '老名字纺织厂', untilOn: '2026-03-09' }]);
  });

  it('没有改动的不留痕，版本不变', async () => {
    const { id } = await register({ name: '原样不动' });
    expect((await change(id, 1, { name: '原样不动' })).version).toBe(1);
    expect(await says(id)).toHaveLength(1);
  });

  it('别人先改过的不能按旧版本改', async () => {
    const { id } = await register({ name: '两人同改' });
    await change(id, 1, { name: '两人同改', note: '先' });
    const refused = await refusal(change(id, 1, { name: '两人同改', note: '后' }));
    expect(refused.says).toContain('经办「修改档案：备注补为「先」」');
  });

  it('直接监管单位登记后，只有安委办能换', async () => {
    const { id } = await register({ name: '不许踢皮球', regulatorUnitId: unit.market, townUnitId: unit.town });
    const refused = await refusal(
      change(
        id,
        1,
        { name: '不许踢皮球', regulatorUnitId: unit.other, townUnitId: unit.town },
        testActor({ roles: ['clerk'], unitId: unit.town }),
      ),
    );
    expect(refused.says).toBe('直接监管单位已经登记，变更由安委办办理。');
    await change(id, 1, { name: '不许踢皮球', regulatorUnitId: unit.other, townUnitId: unit.town });
    expect((await says(id)).at(-1)).toContain('直接监管单位由「青禾区市场监督管理局」改为「青禾区教育局」');
  });
});

describe('状态', () => {
  const move = (id: string, version: number, state: 'active' | 'stopped' | 'closed', on = '2026-03-10', at = house) =>
    testAct(at, officer, (act) => changeEnterpriseState(act, id, { version, state, on, reason: '现场核实' }));

  it('停业、注销、恢复都有日期，历史都在，注销的不再修改', async () => {
    const { id } = await register({ name: '关停木器厂' });
    const later = onDay(house, '2026-05-01');
    await move(id, 1, 'stopped', '2026-03-10');
    await move(id, 2, 'closed', '2026-04-20', later);
    const refused = await refusal(
      testAct(later, officer, (act) => changeEnterprise(act, id, { kind: 'enterprise', name: '改', version: 3 })),
    );
    expect(refused.says).toContain('已注销');
    await move(id, 3, 'active', '2026-05-01', later);
    const read = (await ask('readEnterprise', officer, { params: { id } })) as {
      states: { state: string; fromOn: string }[];
    };
    expect(read.states.map((one) => `${one.state} ${one.fromOn}`)).toEqual([
      'active 2026-05-01',
      'closed 2026-04-20',
      'stopped 2026-03-10',
      'active 2026-03-10',
    ]);
  });

  it('日期不能在将来，也不能早于上一次变更；已经是这个状态的不重复办', async () => {
    const { id } = await register({ name: '日期校验' });
    expect((await refusal(move(id, 1, 'stopped', '2026-03-11'))).says).toContain('还没有到');
    expect((await refusal(move(id, 1, 'stopped', '2026-03-09'))).says).toContain('不能早于');
    expect((await refusal(move(id, 1, 'active'))).kind).toBe('not-now');
  });
});

describe('合并重复', () => {
  const merge = (id: string, into: string, version = 1, by = officer) =>
    testAct(house, by, (act) => mergeEnterprise(act, id, { version, into, reason: '同一家登记了两次' }));

  it('重复的指向保留的，编号留着不再使用，按编号仍能打开并看到去向', async () => {
    const kept = await register({ name: '保留的化工厂', regulatorUnitId: unit.market });
    const twice = await register({ name: '重复的化工厂', regulatorUnitId: unit.market });
    await merge(twice.id, kept.id);
    expect(await listed(officer, { q: '化工厂' })).toEqual(['保留的化工厂']);
    expect(await listed(officer, { q: twice.number })).toEqual(['重复的化工厂']);
    expect(await listed(officer, { q: '化工厂', state: ['merged'] })).toEqual(['重复的化工厂']);
    const read = (await ask('readEnterprise', officer, { params: { id: twice.id } })) as { keptAs: { id: string } };
    expect(read.keptAs.id).toBe(kept.id);
    expect((await findEnterprise(database.db, J, { name: '重复的化工厂' }))?.id).toBe(kept.id);
    const byNumber = (actor: Actor) => enterpriseByNumber(database.db, reading(house, actor).scope, twice.number);
    expect((await byNumber(officer))?.id).toBe(kept.id);
    expect(await byNumber(otherClerk)).toBeNull();
    expect((await says(kept.id)).at(-1)).toContain(`${twice.number}「重复的化工厂」并入本档案`);
    expect((await register({ name: '合并之后的' })).number > twice.number).toBe(true);
  });

  it('并入的再被合并时，先前并入的一起指到最后保留的', async () => {
    const [a, b, c] = [
      await register({ name: '链甲' }),
      await register({ name: '链乙' }),
      await register({ name: '链丙' }),
    ];
    await merge(a.id, b.id);
    await merge(b.id, c.id, 2);
    expect((await findEnterprise(database.db, J, { name: '链甲' }))?.id).toBe(c.id);
    expect((await says(a.id)).at(-1)).toContain('随');
    expect((await refusal(merge(c.id, a.id, 2))).says).toContain('已经并入另一份档案');
  });

  it('不能并入自己，也不能由两边都不相干的人合并', async () => {
    const a = await register({ name: '自并', regulatorUnitId: unit.market });
    const b = await register({ name: '他并', regulatorUnitId: unit.market });
    expect((await refusal(merge(a.id, a.id))).kind).toBe('not-valid');
    expect((await refusal(merge(a.id, b.id, 1, otherClerk))).kind).toBe('not-found');
    await merge(a.id, b.id, 1, marketClerk);
  });
});

describe('核实', () => {
  it('网格员登记的由监管单位核实，谁核实、哪天核实都记下', async () => {
    const { id } = await register({ kind: 'place', name: '待核实的庙会' }, gridWorker);
    const townClerk = testActor({ roles: ['clerk'], unitId: unit.town, name: '镇经办' });
    await testAct(house, townClerk, (act) => confirmEnterprise(act, id, { version: 1, note: '现场看过' }));
    const read = (await ask('readEnterprise', officer, { params: { id } })) as {
      enterprise: { confirmedOn: string; confirmedBy: string };
    };
    expect(read.enterprise).toMatchObject({ confirmedOn: '2026-03-10', confirmedBy: '镇经办' });
    expect((await says(id)).at(-1)).toBe('核实档案内容：现场看过');
  });
});

describe('谁看得到', () => {
  it('经办人、检查员、网格员只看得到本单位监管或在本地的；安委办看得到全区', async () => {
    await register({ name: '范围市监', regulatorUnitId: unit.market });
    await register({ name: '范围石桥', townUnitId: unit.town });
    await register({ name: '范围无主' });
    expect((await listed(officer, { q: '范围' })).sort()).toEqual(['范围市监', '范围无主', '范围石桥'].sort());
    expect(await listed(marketClerk, { q: '范围' })).toEqual(['范围市监']);
    expect(await listed(gridWorker, { q: '范围' })).toEqual(['范围石桥']);
    expect(await listed(testActor({ roles: ['inspector'], unitId: unit.market }), { q: '范围' })).toEqual(['范围市监']);
    expect(await listed(testActor({ roles: ['officer'], jurisdiction: '990103' }))).toEqual([]);
  });

  it('看不到的，凭编号、标识、二维码、附近、导出、标牌、筛选也看不到', async () => {
    const { id, number } = await register({
      name: '藏得住吗',
      regulatorUnitId: unit.market,
      longitude: 0.5,
      latitude: 0.5,
      grid: '秘密网格',
    });
    const origin = 'http://127.0.0.1:8020';
    for (const [name, input] of [
      ['readEnterprise', { params: { id } }],
      ['listEnterpriseFacts', { params: { id } }],
      ['enterpriseByNumber', { params: { number } }],
      ['enterpriseQr', { params: { id }, query: { origin } }],
      ['enterpriseStickers', { query: { ids: [id], origin } }],
    ] as const)
      expect((await refusal(ask(name, otherClerk, input))).kind, name).toBe('not-found');
    for (const [name, query] of [
      ['listEnterprises', { q: '藏得住' }],
      ['enterpriseChoices', { q: '藏得住', id }],
      ['enterprisesNear', { longitude: 0.5, latitude: 0.5, metres: 1000 }],
    ] as const)
      expect(JSON.stringify(await ask(name, otherClerk, { query })), name).not.toContain('藏得住');
    expect(JSON.stringify(await ask('enterpriseFilters', otherClerk, {}))).not.toContain('秘密网格');
    expect(await enterpriseItems.enterprise?.sight?.(reading(house, otherClerk), id)).toBe(false);
    expect(await enterpriseItems.enterprise?.sight?.(reading(house, marketClerk), id)).toBe(true);
    for (const run of [
      () =>
        testAct(house, otherClerk, (act) =>
          changeEnterprise(act, id, { kind: 'enterprise', name: '改了', version: 1 }),
        ),
      () =>
        testAct(house, otherClerk, (act) =>
          changeEnterpriseState(act, id, { version: 1, state: 'closed', on: '2026-03-10', reason: '乱来' }),
        ),
      () => testAct(house, otherClerk, (act) => confirmEnterprise(act, id, { version: 1 })),
    ])
      expect((await refusal(run())).kind).toBe('not-found');
  });

  it('每种角色能用哪些接口，与权限表一致', () => {
    const may = (role: Role) =>
      Object.values(enterprisesApi)
        .map((route) => route.permission)
        .filter((permission) => holds(enterprisesPermissions, testActor({ roles: [role] }), permission));
    const count = Object.fromEntries(roles.map((role) => [role, new Set(may(role)).size]));
    expect(count).toEqual({
      systemAdmin: 0,
      auditAdmin: 0,
      officer: 4,
      clerk: 4,
      unitLeader: 3,
      leader: 1,
      inspector: 2,
      gridWorker: 2,
    });
  });
});

describe('查找', () => {
  it('名称、编号、拼音首字母、信用代码开头、地址都能查', async () => {
    const creditCode = freshCode();
    const { number } = await register({ name: '栖霞玻璃制品厂', creditCode, address: '望月路 77 号' });
    for (const q of ['霞玻璃', number, 'qxblzp', 'qixiaboli', creditCode.slice(0, 17), '望月路', '　栖霞 玻璃'])
      expect(await listed(officer, { q }), q).toContain('栖霞玻璃制品厂');
  });

  it('通配符只当普通字符', async () => {
    expect(await listed(officer, { q: '%' })).toEqual([]);
    expect(await listed(officer, { q: '_' })).toEqual([]);
  });

  it('附近的按远近排，注销的不在内', async () => {
    const near = { longitude: 10, latitude: 20 };
    await register({ name: '近处', longitude: 10.001, latitude: 20 });
    await register({ name: '更近', longitude: 10, latitude: 20.0005 });
    await register({ name: '太远', longitude: 10.5, latitude: 20 });
    const found = await placesNear(database.db, reading(house, officer).scope, { ...near, metres: 500 });
    expect(found.map((one) => `${one.name} ${one.metres}`)).toEqual(['更近 56', '近处 105']);
  });

  it('成批认企业：认得的给出是哪一家，认不得的给出候选', async () => {
    const creditCode = freshCode();
    const { id } = await register({ name: '批量识别机械有限公司', creditCode });
    const matches = await matchEnterprises(database.db, J, [
      { creditCode },
      { name: '批量识别机械有限公司' },
      { name: '批量识别机械' },
      { name: '从来没有的' },
    ]);
    expect(matches).toMatchObject([
      { kind: 'found', id, by: 'code' },
      { kind: 'found', id, by: 'name' },
      { kind: 'unresolved', candidates: [{ id }] },
      { kind: 'unresolved', candidates: [] },
    ]);
  });
});

describe('二维码', () => {
  it('二维码和标牌是不带脚本的图，内容是本系统的短地址', async () => {
    const { id, number } = await register({ name: '<script>坏名字</script>' });
    const origin = 'https://gt.example';
    const qr = (await ask('enterpriseQr', officer, { params: { id }, query: { origin } })) as { body: Buffer };
    expect(qr.body.toString()).toMatch(/^<svg/);
    const sheet = (await ask('enterpriseStickers', officer, { query: { ids: [id], origin } })) as { body: Buffer };
    expect(sheet.body.toString()).toContain(number);
    expect(sheet.body.toString()).not.toContain('<script>');
  });
});

it('所有档案都与事实链对得上，编号一个不缺', async () => {
  const { findings } = await verify(database.db, house.items, house.files);
  expect(findings).toEqual([]);
});

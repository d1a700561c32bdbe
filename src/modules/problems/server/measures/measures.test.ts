import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from '../../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../../platform/db/testing.ts';
import { verify } from '../../../../platform/facts/verify.ts';
import { reading } from '../../../../platform/perform.ts';
import { testAct, testActor, testHouse } from '../../../../platform/testing.ts';
import { createUnit } from '../../../units/server/door.ts';
import { problemItems } from '../records.ts';
import { amendMeasure, issueMeasure, type MeasureInput, sortMeasure, stepMeasure } from './act.ts';
import { exportMeasures, listMeasures, viewMeasure } from './view.ts';

let database: TestDatabase;
let house: House;
let office = '';
let bureau = '';
let other = '';
const officerOf = () => testActor({ roles: ['officer'], unitId: office, unitName: '安委办', name: '办甲' });
const secondOf = () => testActor({ roles: ['officer'], unitId: office, unitName: '安委办', name: '办乙' });
const clerkOf = () => testActor({ roles: ['clerk'], unitId: bureau, unitName: '住建局', name: '经甲' });
const strangerOf = () => testActor({ roles: ['clerk'], unitId: other, unitName: '水务局', name: '经乙' });

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, { today: '2026-05-20', items: problemItems });
  const system = testActor({ roles: ['officer'], unitId: randomUUID() });
  const units = await testAct(house, system, async (act) => {
    const made = [];
    for (const name of ['安全生产委员会办公室', '住房和城乡建设局', '水务局'])
      made.push(
        await createUnit(act, { name, kind: 'department', areaCode: '990102' } as Parameters<typeof createUnit>[1]),
      );
    return made;
  });
  [office, bureau, other] = units.map((unit) => unit.id) as [string, string, string];
});
afterAll(() => database.drop());

const input = (): MeasureInput => ({
  kind: 'institution',
  title: '老旧小区消防设施维修资金的使用办法',
  text: '维修资金动用程序长，消防设施损坏后迟迟不能修复。',
  leadUnitId: bureau,
  personName: '某科长',
  dueOn: '2026-05-10',
});
const refused = async (what: Promise<unknown>): Promise<string> => {
  try {
    await what;
  } catch (error) {
    return (error as { says?: string }).says ?? String(error);
  }
  return '办成了';
};

describe('制度措施清单', () => {
  it('梳理、研究、提请、出台：成熟一个研究一个，提请的人不能自己认定出台', async () => {
    const made = await testAct(house, clerkOf(), (act) => sortMeasure(act, input()));
    expect(made.number).toMatch(/^制-2026-\d{4}$/);
    const { id } = made;
    const step = (
      actor: ReturnType<typeof clerkOf>,
      version: number,
      action: Parameters<typeof stepMeasure>[1]['action'],
      text = '',
    ) => testAct(house, actor, (act) => stepMeasure(act, { id, version, action, text }));
    expect(await refused(step(strangerOf(), 1, 'study'))).toContain('没有找到');
    await step(clerkOf(), 1, 'study');
    expect(await refused(step(clerkOf(), 1, 'progress', '已调研三个小区'))).toContain('住建局经甲开始研究');
    await step(clerkOf(), 2, 'progress', '已调研三个小区');
    expect(await refused(step(clerkOf(), 3, 'propose', '提请研究'))).toContain('还没有写明措施建议');
    await testAct(house, clerkOf(), (act) =>
      amendMeasure(act, { ...input(), proposal: '简化应急动用程序，三日内拨付。', id, version: 3 }),
    );
    await step(clerkOf(), 4, 'propose', '已征求各单位意见，提请研究');
    expect(
      await refused(testAct(house, clerkOf(), (act) => amendMeasure(act, { ...input(), id, version: 5 }))),
    ).toContain('不能修改事项');
    await step(officerOf(), 5, 'sendBack', '请补充资金来源');
    await step(clerkOf(), 6, 'propose', '已补充资金来源');
    const document = {
      documentTitle: '关于规范老旧小区消防设施维修资金使用的通知',
      documentNumber: '某建〔2026〕8号',
      issuedOn: '2026-05-19',
    };
    expect(
      await refused(
        testAct(house, officerOf(), (act) =>
          issueMeasure(act, { id, version: 7, ...document, issuedOn: '2026-06-01' }),
        ),
      ),
    ).toContain('日期不晚于今天');
    await testAct(house, officerOf(), (act) => issueMeasure(act, { id, version: 7, ...document }));
    const shown = await viewMeasure(reading(house, clerkOf()), id);
    expect(shown.measure).toMatchObject({ state: 'issued', documentNumber: '某建〔2026〕8号', late: false });
    expect(shown.facts).toHaveLength(8);
    expect(shown.offers.every((offer) => !offer.may)).toBe(true);
  });

  it('安委办自己牵头的，提请和认定出台由两个人办', async () => {
    const { id } = await testAct(house, officerOf(), (act) =>
      sortMeasure(act, { ...input(), leadUnitId: office, proposal: '修订巡查办法。' }),
    );
    await testAct(house, officerOf(), (act) => stepMeasure(act, { id, version: 1, action: 'study' }));
    await testAct(house, officerOf(), (act) =>
      stepMeasure(act, { id, version: 2, action: 'propose', text: '提请研究' }),
    );
    const issue = (actor: ReturnType<typeof officerOf>) =>
      testAct(house, actor, (act) =>
        issueMeasure(act, { id, version: 3, documentTitle: '巡查办法', issuedOn: '2026-05-20' }),
      );
    expect(await refused(issue(officerOf()))).toContain('提请的人不能自己认定出台');
    await issue(secondOf());
  });

  it('单位只梳理本单位牵头的、只看与本单位有关的；暂缓、恢复、撤销都要写明原因；清单可导出', async () => {
    expect(await refused(testAct(house, strangerOf(), (act) => sortMeasure(act, input())))).toContain('请报安委办登记');
    expect(
      await refused(
        testAct(house, officerOf(), (act) => sortMeasure(act, { ...input(), title: '', problemIds: [randomUUID()] })),
      ),
    ).toContain('按提示修改');
    const { id } = await testAct(house, officerOf(), (act) =>
      sortMeasure(act, { ...input(), title: '危险化学品运输车辆停车场的规划', coUnitIds: [other] }),
    );
    const step = (action: Parameters<typeof stepMeasure>[1]['action'], version: number, text: string) =>
      testAct(house, officerOf(), (act) => stepMeasure(act, { id, version, action, text }));
    expect(await refused(step('defer', 1, ''))).toContain('请写明原因');
    await step('defer', 1, '等待上级规划批复');
    await step('resume', 2, '规划已批复');
    await step('revoke', 3, '已由上级统一规定');
    expect((await listMeasures(reading(house, strangerOf()), {})).rows.map((row) => row.id)).toEqual([id]);
    const all = await listMeasures(reading(house, officerOf()), { q: '停车场' });
    expect(all.rows.map((row) => row.state)).toEqual(['revoked']);
    const everything = await listMeasures(reading(house, officerOf()), { state: ['issued'] });
    expect(everything.total).toBe(2);
    expect(everything.states.find((one) => one.state === 'revoked')?.count).toBe(1);
    const book = new ExcelJS.Workbook();
    const file = await exportMeasures(reading(house, officerOf()), {});
    await book.xlsx.load(file.body as unknown as ArrayBuffer);
    expect(book.worksheets[0]?.rowCount).toBe(4);
    expect(
      (await verify(house.db, house.items, house.files)).findings.filter((one) => JSON.stringify(one).includes('制度')),
    ).toEqual([]);
  });
});

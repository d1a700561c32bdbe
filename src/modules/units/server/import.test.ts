import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../../kernel/refusal.ts';
import type { House } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { recogniseSheets } from '../import-sheets.ts';
import { expandGroup, personsOf, resolveMention, unitsItems } from './door.ts';
import { importOrganisation } from './import-units.ts';
import { readWorkbook, templateWorkbook } from './workbook.ts';

let database: TestDatabase;
let house: House;
const officer = testActor({ roles: ['officer'] });
const J = '990102';

beforeAll(async () => {
  database = await freshDatabase();
  await sql`insert into jurisdiction (code, name, level) values ('990102', '青禾区', 'district')`.execute(database.db);
  house = await testHouse(database.db, { today: '2026-03-10', items: unitsItems });
});
afterAll(() => database.drop());

async function book(
  sheets: Readonly<Record<string, readonly (readonly (string | Date | number)[])[]>>,
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  for (const [name, rows] of Object.entries(sheets)) workbook.addWorksheet(name).addRows(rows.map((row) => [...row]));
  return Buffer.from(await workbook.xlsx.writeBuffer());
}
const bring = async (bytes: Buffer, apply: boolean) => {
  const sheets = await readWorkbook(bytes);
  return testAct(house, officer, (act) => importOrganisation(act, sheets, apply));
};
const count = async (table: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(database.db)).rows[0]?.n ?? -1;

const good = {
  单位: [
    ['青禾区机构名册'],
    ['单位名称 *', '简称', '类别', '上级单位', '区划代码', '别名', '联络员', '联络员电话'],
    ['青禾区综合执法大队', '', '下属单位', '区应急管理局', '', '', '', ''],
    ['青禾区应急管理局', '区应急管理局', '政府部门', '', '', '区应急局、应急局', '齐慕川', '0990-5550001'],
    ['石桥镇人民政府', '石桥镇', '镇街', '', '990102001', '', '', ''],
  ],
  人员: [
    ['姓名', '手机号', '单位', '职务', '岗位', '任职日期'],
    ['费望洲', '13800000000', '区应急局', '局长', '主要负责人', new Date('2025-02-03T00:00:00Z')],
    ['费望洲', '13800000000', '石桥镇', '挂职副镇长', '', '2025年6月1日'],
  ],
  别名: [
    ['别名', '单位或分组'],
    ['石桥', '石桥镇人民政府'],
    ['成员们', '区安委会成员单位'],
  ],
  分组: [
    ['分组名称', '代表的一类单位', '规则：单位类别', '成员单位'],
    ['各镇街', '各镇（街道）', '镇街', ''],
    ['区安委会成员单位', '安委会成员单位', '', '区应急管理局'],
    ['', '', '', '石桥镇'],
  ],
};

describe('导入组织机构', () => {
  it('先核对：说出会新增多少，一行也不写入', async () => {
    const report = await bring(await book(good), false);
    expect(report.problems).toEqual([]);
    expect(report.changes).toEqual([
      { what: '单位', added: 3, changed: 0, same: 0 },
      { what: '人员任职', added: 3, changed: 0, same: 0 },
      { what: '分组', added: 2, changed: 0, same: 0 },
      { what: '别名', added: 4, changed: 0, same: 0 },
    ]);
    for (const table of ['unit', 'person', 'unit_group', 'alias', 'fact']) expect(await count(table)).toBe(0);
  });

  it('写入后能按别名、分组认出，下级排在上级之前也不要紧', async () => {
    expect((await bring(await book(good), true)).applied).toBe(true);
    const emergency = await resolveMention(database.db, J, '应急局', '2026-03-10');
    if (emergency.kind !== 'unit') throw new Error('没有认出');
    const people = await personsOf(database.db, J, emergency.unitId, '2026-03-10');
    expect(people.map((one) => [one.personName, one.title, one.duty, one.from])).toEqual([
      ['费望洲', '局长', 'principal', '2025-02-03'],
      ['齐慕川', '联络员', 'liaison', null],
    ]);
    const all = await resolveMention(database.db, J, '区安委会各成员单位', '2026-03-10');
    expect(all).toMatchObject({ kind: 'group' });
    if (all.kind === 'group') expect((await expandGroup(database.db, J, all.groupId, '2026-03-10')).length).toBe(2);
    expect(await resolveMention(database.db, J, '各乡镇（街道）', '2026-03-10')).toMatchObject({ kind: 'group' });
    expect(await count('person')).toBe(2);
  });

  it('再导入一次什么也不变', async () => {
    const before = await count('fact');
    const report = await bring(await book(good), true);
    expect(report.changes.map((one) => [one.added, one.changed])).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0, 0],
    ]);
    expect(await count('fact')).toBe(before);
  });

  it('改了的内容更新，没写的保持原样', async () => {
    const report = await bring(
      await book({
        单位: [
          ['单位名称', '联系电话'],
          ['区应急管理局', '0990-5559999'],
        ],
      }),
      true,
    );
    expect(report.changes).toEqual([{ what: '单位', added: 0, changed: 1, same: 0 }]);
    const row = await sql<{
      name: string;
      phone: string;
      kind: string;
    }>`select name, phone, kind from unit where phone = '0990-5559999'`.execute(database.db);
    expect(row.rows).toEqual([{ name: '青禾区应急管理局', phone: '0990-5559999', kind: 'department' }]);
  });

  it('逐行说清哪一行、哪一列、什么问题、怎样改；有一处不对就全不写入', async () => {
    const before = await count('unit');
    const report = await bring(
      await book({
        单位: [
          ['单位名称', '类别', '上级单位', '区划代码', '联系电话'],
          ['青禾区甲局', '什么部门', '', '', ''],
          ['青禾区甲局', '政府部门', '', '', ''],
          ['', '政府部门', '', '', ''],
          ['青禾区乙局', '', '没有的单位', '99', '打电话'],
          ['青禾区丙局', '政府部门', '青禾区丁局', '', ''],
          ['青禾区丁局', '政府部门', '青禾区丙局', '', ''],
        ],
        人员: [
          ['姓名', '单位', '岗位', '任职日期', '免职日期'],
          ['某人', '区应急', '办事员', '2026-02-30', ''],
          ['', '', '', '', ''],
          ['另一人', '石桥镇', '', '2026-02-01', '2026-01-01'],
        ],
        别名: [
          ['别名', '单位或分组'],
          ['应急局', '石桥镇'],
        ],
      }),
      true,
    );
    expect(report.applied).toBe(false);
    const says = report.problems.map((one) => `${one.sheet}${one.row}行「${one.column}」${one.says}`);
    for (const expected of [
      '单位2行「类别」不认识的类别「什么部门」',
      '单位3行「单位名称」与「单位」第 2 行重复',
      '单位4行「单位名称」没有填写单位名称',
      '单位5行「类别」没有填写类别',
      '单位5行「上级单位」没有找到「没有的单位」',
      '单位5行「区划代码」区划代码「99」不对',
      '单位5行「联系电话」电话「打电话」不像一个号码',
      '单位6行「上级单位」上级单位绕成了圈',
      '人员2行「单位」没有找到「区应急」',
      '人员2行「岗位」不认识的岗位「办事员」',
      '人员2行「任职日期」日期「2026-02-30」不对',
      '人员4行「免职日期」免职日期早于任职日期',
      '别名2行「别名」别名「应急局」已指另一个单位或分组',
    ])
      expect(says).toContain(expected);
    expect(report.problems.find((one) => one.says.includes('区应急'))?.mend).toContain('「青禾区应急管理局」');
    expect(await count('unit')).toBe(before);
  });

  it('空白模板填写后能直接导入', async () => {
    const sheets = await readWorkbook(await templateWorkbook());
    expect(recogniseSheets(sheets).sheets.map((sheet) => sheet.kind)).toEqual(['unit', 'person', 'alias', 'group']);
  });

  it.each([
    ['空文件', Buffer.alloc(0), '文件是空的'],
    ['旧格式', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '旧格式（.xls）'],
    ['不是表格', Buffer.from('随便什么文字，不是压缩包'.repeat(20)), '损坏'],
    ['太大', Buffer.alloc(10 * 1024 * 1024 + 1), '超过 10 MB'],
  ])('%s说明原因', async (_name, bytes, says) => {
    const thrown = await readWorkbook(bytes).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(Refusal);
    expect((thrown as Refusal).says).toContain(says);
  });
});

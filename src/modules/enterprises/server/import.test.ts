import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { House } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { readSheets } from '../../../platform/documents/sheet-form.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { type LongWork, workEnded, workOf } from '../../../platform/jobs/progress.ts';
import { testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { createUnit, unitsItems } from '../../units/server/door.ts';
import type { ImportCheck, ImportOutcome } from '../import-result.ts';
import { enterpriseItems } from './door.ts';
import { beginImport, checkImport, enterpriseTemplate, type ImportChoice } from './import-enterprises.ts';
import { registerEnterprise } from './register.ts';

let database: TestDatabase;
let house: House;
const J = '990102';
const officer = testActor({ roles: ['officer'] });
let market = '';

beforeAll(async () => {
  database = await freshDatabase();
  await sql`insert into jurisdiction (code, name, level) values (${J}, '青禾区', 'district')`.execute(database.db);
  house = await testHouse(database.db, { today: '2026-03-10', items: { ...unitsItems, ...enterpriseItems } });
  const make = async (name: string, shortName: string, kind: 'department' | 'town') =>
    (await testAct(house, officer, (act) => createUnit(act, { name, shortName, kind }))).id;
  market = await make('青禾区市场监督管理局', '区市场监管局', 'department');
  await make('石桥镇人民政府', '石桥镇', 'town');
});
afterAll(() => database.drop());

type Cell = string | number | Date | null;
async function book(
  rows: readonly (readonly Cell[])[],
  arrange: (sheet: ExcelJS.Worksheet) => void = () => {},
): Promise<Buffer> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('名录');
  sheet.addRows(rows.map((row) => [...row]));
  arrange(sheet);
  return Buffer.from(await workbook.xlsx.writeBuffer());
}

async function ended(begun: Promise<{ workId: string }>, actor: Actor): Promise<LongWork> {
  const { workId } = await begun;
  await workEnded(workId);
  const [work] = await workOf(database.db, actor, { id: workId });
  if (!work) throw new Error('没有这次处理');
  return work;
}
async function check(bytes: Buffer, actor: Actor = officer): Promise<LongWork> {
  const { sha256, size } = await house.files.put(Readable.from([bytes]), bytes.length + 1);
  return ended(
    testAct(house, actor, (act) => checkImport(act, { sha256, size, name: '名录.xlsx', fields: {} })),
    actor,
  );
}
const enter = (checkId: string, choice: Partial<ImportChoice> = {}, actor: Actor = officer): Promise<LongWork> =>
  ended(
    testAct(house, actor, (act) => beginImport(act, { checkId, duplicates: 'skip', ...choice })),
    actor,
  );
const found = (work: LongWork): ImportCheck => work.result as ImportCheck;
const did = (work: LongWork): ImportOutcome => work.result as ImportOutcome;
const count = async (): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from enterprise`.execute(database.db)).rows[0]?.n ?? -1;

const header = ['名称', '类别', '统一社会信用代码', '地址', '直接监管单位', '属地', '从业人数', '状态', '状态日期'];

describe('导入企业名录', () => {
  it('先核对：逐格指出问题，一行也不写入；认不得的单位列出来并给建议', async () => {
    const work = await check(
      await book([
        ['青禾区企业名录'],
        header,
        ['顺和木业', '企业', '', '榆荫路8号', '区市场监管局', '石桥镇', 35, '在营', ''],
        ['', '', '', '', '', '', '', '', ''],
        [
          '望月商场',
          '公共场所',
          '91990102M0001QAY9B',
          '',
          '市场监管局',
          '',
          '约20',
          '停业',
          new Date('2026-01-05T00:00:00Z'),
        ],
        ['年份两位', '', '', '', '', '', '', '停业', '25.12.1'],
        ['日期是数', '', '', '', '', '', '', '注销', 45992],
        ['日期在后', '', '', '', '', '', '', '注销', '2027年1月1日'],
        ['顺和 木业', '', '', '榆荫路 8号', '', '', '', '', ''],
      ]),
    );
    const result = found(work);
    expect(work.state).toBe('done');
    expect(result).toMatchObject({ rows: 6, fresh: 3, existing: 0, twins: 1, wrong: 2 });
    expect(result.unknownUnits).toEqual([
      { text: '市场监管局', rows: 1, suggestions: [expect.stringContaining('市场监督管理局')] },
    ]);
    const said = result.troubles.map((one) => `${one.level} ${one.cell} ${one.says}`);
    expect(said).toEqual(
      expect.arrayContaining([
        'wrong E5 没有找到单位「市场监管局」',
        'wrong G5 从业人数「约20」不是一个数',
        'wrong I8 日期 2027-01-01 还没有到',
        expect.stringContaining('doubt C5 统一社会信用代码的校验位对不上'),
        'doubt I6 年份只写了两位，按 2025 年读取',
        expect.stringContaining('doubt A9 与「名录」第 3 行重复'),
      ]),
    );
    expect(await count()).toBe(0);
    expect(work.reportSha256).not.toBeNull();
    const report = readSheets(await readAll(work.reportSha256 ?? ''));
    expect(report.map((sheet) => sheet.name)).toEqual(['核对结果', '逐行结果']);
    expect(report[1]?.rows).toHaveLength(7);
    expect((await enter(work.id)).refusal?.says).toContain('有 2 行有错误，一行也没有写入');
    expect(await count()).toBe(0);
  });

  it('写入一次就是一次；同一张表再来一遍，全部认作已有，不重复登记', async () => {
    const bytes = await book([
      header,
      ['批量甲', '企业', '', '东街1号', '区市场监管局', '石桥镇', 12, '停业', '2026-01-05'],
      ['批量乙', '', '', '东街2号', '', '石桥镇人民政府', '', '', ''],
    ]);
    const first = await enter((await check(bytes)).id);
    expect(did(first)).toMatchObject({
      registered: 2,
      updated: 0,
      skipped: 0,
      first: '企-2026-0001',
      last: '企-2026-0002',
    });
    const again = await check(bytes);
    expect(found(again)).toMatchObject({ fresh: 0, existing: 2 });
    expect(did(await enter(again.id))).toMatchObject({ registered: 0, skipped: 2 });
    const rows = await sql<{ name: string; state: string; state_on: string; regulator_unit_id: string }>`
      select name, state, state_on, regulator_unit_id from enterprise order by number`.execute(database.db);
    expect(rows.rows[0]).toEqual({
      name: '批量甲',
      state: 'stopped',
      state_on: '2026-01-05',
      regulator_unit_id: market,
    });
  });

  it('要求合并时，填了的格子更新已有档案，空格子不清掉内容；同码改名的留存原名', async () => {
    const code = '91990102MA0000099X';
    const { id, number } = await testAct(house, officer, (act) =>
      registerEnterprise(act, {
        kind: 'enterprise',
        name: '旧名印刷厂',
        creditCode: code,
        headcount: 10,
        address: '老街',
      }),
    );
    const bytes = await book([header, ['新名印刷厂', '', code, '', '', '', 25, '', '']]);
    const checked = await check(bytes);
    expect(found(checked).troubles.map((one) => one.says)).toEqual(
      expect.arrayContaining([`名录中 ${number} 的名称是「旧名印刷厂」`]),
    );
    expect(did(await enter(checked.id, { duplicates: 'update' }))).toMatchObject({ registered: 0, updated: 1 });
    const row = await sql<{ name: string; headcount: number; address: string; version: number }>`
      select name, headcount, address, version from enterprise where id = ${id}`.execute(database.db);
    expect(row.rows[0]).toEqual({ name: '新名印刷厂', headcount: 25, address: '老街', version: 2 });
    const names = await sql<{ name: string }>`select name from enterprise_name where enterprise_id = ${id}`.execute(
      database.db,
    );
    expect(names.rows).toEqual([{ name: '旧名印刷厂' }]);
    expect(did(await enter((await check(bytes)).id, { duplicates: 'update' }))).toMatchObject({ updated: 0, same: 1 });
  });

  it('同一次核对只写入一次，点两下也不会登记两遍', async () => {
    const work = await check(await book([header, ['只写一次', '', '', '', '', '', '', '', '']]));
    const both = await Promise.allSettled([
      enter(work.id, { duplicates: 'register' }),
      enter(work.id, { duplicates: 'register' }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(enter(work.id, { duplicates: 'register' })).rejects.toThrow('已经写入');
    const rows = await sql`select 1 from enterprise where name = '只写一次'`.execute(database.db);
    expect(rows.rows).toHaveLength(1);
  });

  it('选择跳过有错误的行时，其余照样全部写入，跳过几行说清楚', async () => {
    const before = await count();
    const work = await check(
      await book([header, ['好的一行', '', '', '', '', '', '', '', ''], ['坏', '', '', '', '', '', '', '', '']]),
    );
    expect(did(await enter(work.id, { leaveOutWrong: true }))).toMatchObject({ registered: 1, leftOut: 1 });
    expect(await count()).toBe(before + 1);
  });

  it('合并单元格按每一行都写了来读', async () => {
    const work = await check(
      await book(
        [header, ['合并格甲', '', '', '', '', '石桥镇', '', '', ''], ['合并格乙', '', '', '', '', '', '', '', '']],
        (sheet) => sheet.mergeCells('F2:F3'),
      ),
    );
    await enter(work.id);
    const rows = await sql<{ town: string | null }>`
      select town_unit_id as town from enterprise where name like '合并格%'`.execute(database.db);
    expect(rows.rows.every((row) => row.town !== null)).toBe(true);
    expect(rows.rows).toHaveLength(2);
  });

  it('经办人只能导入本单位的：别家的是错误，没写单位的归自己，看不到的不更新', async () => {
    const clerk = testActor({ roles: ['clerk'], unitId: market, name: '市监经办' });
    const work = await check(
      await book([
        header,
        ['市监自己的', '', '', '', '', '', '', '', ''],
        ['镇里的', '', '', '', '', '石桥镇', '', '', ''],
        ['批量乙', '', '', '东街2号', '区市场监管局', '', 99, '', ''],
      ]),
      clerk,
    );
    expect(found(work)).toMatchObject({ fresh: 1, wrong: 1, existing: 1 });
    expect(did(await enter(work.id, { duplicates: 'update', leaveOutWrong: true }, clerk))).toMatchObject({
      registered: 1,
      updated: 0,
      skipped: 1,
      leftOut: 1,
    });
    const row = await sql<{ headcount: number | null }>`select headcount from enterprise where name = '批量乙'`.execute(
      database.db,
    );
    expect(row.rows[0]?.headcount).toBeNull();
  });

  it.each([
    ['不是表格', Buffer.from('这不是表格'), '表格'],
    ['空文件', Buffer.alloc(0), '空的'],
    ['旧格式或加密', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '旧格式'],
    ['半截的表格', null, '损坏'],
  ])('%s：说清楚，不写入', async (_name, bytes, says) => {
    const before = await count();
    const content = bytes ?? (await book([header, ['半截']])).subarray(0, 3000);
    const work = await check(content);
    expect(work.state).toBe('refused');
    expect(work.refusal?.says).toContain(says);
    expect(await count()).toBe(before);
  });

  it('没有表头的工作表不能用，写入时拒绝', async () => {
    const work = await check(
      await book([
        ['甲', '乙'],
        ['丙', '丁'],
      ]),
    );
    expect(found(work)).toMatchObject({ unusable: true, rows: 0 });
    expect((await enter(work.id)).refusal?.says).toContain('没有找到表头');
  });

  it('别人的核对拿不来写入，没有核对完的也不行', async () => {
    const work = await check(await book([header, ['别人的表']]));
    const other = testActor({ roles: ['officer'], accountId: 'other' });
    await expect(enter(work.id, {}, other)).rejects.toBeInstanceOf(Refusal);
  });

  it('上千行的表在另一个进程里读，结果一样；半截的大表也说清楚', async () => {
    const rows = Array.from({ length: 4000 }, (_, index): Cell[] => [
      `大表第${index}家五金加工厂`,
      '',
      '',
      `榆荫路${index}号`,
    ]);
    const bytes = await book([header, ...rows]);
    expect(bytes.length).toBeGreaterThan(64 * 1024);
    expect(found(await check(bytes))).toMatchObject({ rows: 4000, fresh: 4000, wrong: 0 });
    expect((await check(bytes.subarray(0, 80_000))).refusal?.says).toContain('损坏');
  });

  it('模板填好就能导入', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await enterpriseTemplate()) as unknown as ArrayBuffer);
    const sheet = workbook.getWorksheet('企业和场所');
    sheet?.getRow(2).splice(1, 1, '按模板填的');
    if (sheet) sheet.getCell('A2').value = '按模板填的';
    const work = await check(Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(found(work)).toMatchObject({ rows: 1, wrong: 0, unusable: false });
  });

  it('导入之后事实链、编号都对得上', async () => {
    expect((await verify(database.db, house.items, house.files)).findings).toEqual([]);
  });
});

async function readAll(sha256: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of house.files.read(sha256)) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../../kernel/actor.ts';
import { day } from '../../../../kernel/day.ts';
import { Refusal } from '../../../../kernel/refusal.ts';
import type { House } from '../../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../../platform/db/testing.ts';
import type { Download, ServedRoute } from '../../../../platform/http/serve.ts';
import { reading } from '../../../../platform/perform.ts';
import { testAct, testActor, testHouse } from '../../../../platform/testing.ts';
import { createUnit, unitsItems } from '../../../units/server/door.ts';
import type { NewProblem } from '../../problem.ts';
import { registerProblems } from '../create-problems.ts';
import { exportProblems, exportProblemsCsv } from '../export.ts';
import { problemItems } from '../records.ts';
import { addSampleViews, addView, changeView, removeView } from './change-view.ts';
import { viewRoutes } from './routes.ts';
import { viewsInSight } from './store.ts';

const J = '990102';
const officer = testActor({ roles: ['officer'], unitId: randomUUID(), unitName: '区安委办', name: '周主任' });
let town: Actor;
let other: Actor;
let database: TestDatabase;
let house: House;
const unit: Record<string, string> = {};

const problem = (at: number, more: Partial<NewProblem> = {}): NewProblem => ({
  kind: 'hazard',
  title: `第${at}处隐患`,
  text: `第${at}处护栏松动`,
  source: {
    type: 'handedOver',
    batchId: null,
    originalNumber: `Y-${at}`,
    recordKind: null,
    recordId: null,
    finder: '市第二组',
  },
  foundOn: day('2026-11-10'),
  enterpriseId: null,
  subject: '甲厂',
  place: { address: '工业路1号', areaCode: null, longitude: null, latitude: null, grid: null },
  sector: '工贸',
  tags: [],
  planId: null,
  stageId: null,
  taskId: null,
  grade: at % 5 === 0 ? 'major' : 'general',
  measures: '加固',
  leadUnitId: unit.北桥镇 ?? '',
  coUnitIds: [],
  supervisingUnitId: null,
  personName: '赵云帆',
  dueOn: day(`2026-12-${String(10 + (at % 20)).padStart(2, '0')}`),
  ...more,
});

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, { today: '2026-11-20', items: { ...problemItems, ...unitsItems } });
  await sql`insert into jurisdiction (code, name, level) values (${J}, '临江区', 'district')`.execute(database.db);
  for (const name of ['北桥镇', '东港镇'])
    unit[name] = (await testAct(house, officer, (act) => createUnit(act, { name, kind: 'town', parentId: null }))).id;
  town = testActor({ roles: ['clerk'], unitId: unit.北桥镇 ?? null, unitName: '北桥镇', name: '北桥经办' });
  other = testActor({ roles: ['clerk'], unitId: unit.东港镇 ?? null, unitName: '东港镇', name: '东港经办' });
  await testAct(house, officer, (act) =>
    registerProblems(act, [
      ...Array.from({ length: 24 }, (_, at) => problem(at + 1)),
      problem(25, { title: '=1+1', text: '=HYPERLINK("http://x","点我")', leadUnitId: unit.东港镇 ?? '' }),
    ]),
  );
}, 60_000);
afterAll(async () => database.drop());

async function bytes(download: Download): Promise<Buffer> {
  if (Buffer.isBuffer(download.body)) return download.body;
  const pieces: Buffer[] = [];
  for await (const piece of download.body) pieces.push(Buffer.from(piece as Uint8Array));
  return Buffer.concat(pieces);
}
async function sheetOf(download: Download): Promise<ExcelJS.Worksheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load((await bytes(download)) as unknown as ArrayBuffer);
  const [sheet] = book.worksheets;
  if (!sheet) throw new Error('no sheet');
  return sheet;
}
const refusal = async (run: Promise<unknown>): Promise<Refusal> => {
  const outcome = await run.catch((error: unknown) => error);
  if (outcome instanceof Refusal) return outcome;
  throw new Error('nothing was refused');
};
const given = { name: '四清单之一', title: '临江区问题隐患清单', filters: {}, paper: 'A3' as const, shared: true };

describe('台账导出', () => {
  it('表格有标题、截至日期、中文表头，日期是日期，横向打印，每页重复表头', async () => {
    const sheet = await sheetOf(await exportProblems(reading(house, officer), {}));
    expect(sheet.getCell('A1').value).toBe('问题隐患台账');
    expect(String(sheet.getCell('A2').value)).toContain('截至2026年11月20日');
    const heads = (sheet.getRow(3).values as unknown[]).slice(1);
    expect(heads.slice(0, 4)).toEqual(['序号', '问题编号', '类别', '问题']);
    const due = heads.indexOf('整改时限') + 1;
    expect(sheet.getRow(4).getCell(due).value).toBeInstanceOf(Date);
    expect(sheet.pageSetup).toMatchObject({ orientation: 'landscape', paperSize: 8, printTitlesRow: '1:3' });
    expect(sheet.rowCount).toBe(28);
  });
  it('以等号开头的内容只是文字，不会成为公式', async () => {
    const sheet = await sheetOf(await exportProblems(reading(house, officer), { q: 'HYPERLINK' }));
    const row = (sheet.getRow(4).values as unknown[]).slice(1);
    expect(row).toContain('=1+1');
    expect(row.every((value) => typeof value !== 'object' || value === null || value instanceof Date)).toBe(true);
  });
  it('CSV 带字节标记，逗号引号换行都加引号，公式前加撇号', async () => {
    const text = (await bytes(await exportProblemsCsv(reading(house, officer), {}))).toString('utf8');
    expect(text.charCodeAt(0)).toBe(0xfeff);
    expect(text).toContain("'=1+1");
    expect(text).toContain(`"'=HYPERLINK(""http://x"",""点我"")"`);
    expect(text.trim().split('\r\n')).toHaveLength(26);
  });
  it('各单位只导出自己看得到的', async () => {
    const sheet = await sheetOf(await exportProblems(reading(house, other), {}));
    expect(sheet.rowCount).toBe(4);
    const text = (await bytes(await exportProblemsCsv(reading(house, town), { grade: 'major' }))).toString('utf8');
    expect(text.trim().split('\r\n')).toHaveLength(5);
  });
  it('导出过去一天的清单，按那一天的情形', async () => {
    const sheet = await sheetOf(await exportProblems(reading(house, officer), { asOf: '2026-11-19' }));
    expect(sheet.rowCount).toBe(3);
  });
  it('读了一半就断开，不留下打开的事务', async () => {
    const download = await exportProblemsCsv(reading(house, officer), {});
    if (Buffer.isBuffer(download.body)) throw new Error('no stream');
    for await (const piece of download.body) {
      expect((piece as Buffer).length).toBeGreaterThan(0);
      break;
    }
    const open = await sql<{ n: number }>`
      select count(*)::int as n from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`.execute(
      database.db,
    );
    expect(open.rows[0]?.n).toBe(0);
  });
});

describe('清单视图', () => {
  it('五个示例可以一次加入，重复加入不会多出来', async () => {
    expect(await testAct(house, officer, (act) => addSampleViews(act))).toEqual({ added: 5 });
    expect(await testAct(house, officer, (act) => addSampleViews(act))).toEqual({ added: 0 });
    expect((await viewsInSight(reading(house, town))).map((view) => view.name)).toContain('重大隐患清单');
  });
  it('列、表头用字、筛选、次序、标题都由视图定，导出照办', async () => {
    const { id } = await testAct(house, officer, (act) =>
      addView(act, {
        ...given,
        columns: [
          { field: 'index' },
          { field: 'text', header: '存在问题' },
          { field: 'leadUnit', header: '包保单位' },
          { field: 'dueOn' },
        ],
        filters: { grade: 'major' },
        sort: '-due',
      }),
    );
    const sheet = await sheetOf(await exportProblems(reading(house, officer), { view: id }));
    expect(sheet.getCell('A1').value).toBe('临江区问题隐患清单');
    expect((sheet.getRow(3).values as unknown[]).slice(1)).toEqual(['序号', '存在问题', '包保单位', '整改时限']);
    expect(sheet.rowCount).toBe(3 + 5);
    expect(sheet.getCell('B4').value).toBe('第15处护栏松动');
    const route = viewRoutes.find((one: ServedRoute) => one.name === 'readView');
    if (!route) throw new Error('no route');
    const shown = (await (route.handle as (situation: unknown) => Promise<unknown>)({
      ...reading(house, town),
      params: { id },
      query: {},
    })) as { headers: { header: string }[]; rows: { cells: string[] }[]; total: number };
    expect(shown.headers.map((one) => one.header)).toEqual(['序号', '存在问题', '包保单位', '整改时限']);
    expect(shown.rows[0]?.cells.slice(0, 3)).toEqual(['1', '第15处护栏松动', '北桥镇']);
    expect(shown.total).toBe(4);
  });
  it('单位不能设置共用视图，也改不了安委办的；本单位的别的单位看不到', async () => {
    const columns = [{ field: 'number' as const }];
    expect((await refusal(testAct(house, town, (act) => addView(act, { ...given, columns })))).kind).toBe(
      'not-allowed',
    );
    const own = await testAct(house, town, (act) =>
      addView(act, { ...given, name: '北桥清单', columns, shared: false }),
    );
    expect((await viewsInSight(reading(house, other))).map((view) => view.name)).not.toContain('北桥清单');
    const [shared] = (await viewsInSight(reading(house, town))).filter((view) => view.unitId === null);
    const step = testAct(house, town, (act) =>
      changeView(act, shared?.id ?? '', { ...given, columns, shared: false, version: 1 }),
    );
    expect((await refusal(step)).kind).toBe('not-allowed');
    const stale = testAct(house, town, (act) =>
      changeView(act, own.id, { ...given, columns, shared: false, version: 9 }),
    );
    expect((await refusal(stale)).kind).toBe('not-now');
    await testAct(house, town, (act) => removeView(act, own.id, 1));
    expect((await viewsInSight(reading(house, town))).map((view) => view.name)).not.toContain('北桥清单');
  });
});

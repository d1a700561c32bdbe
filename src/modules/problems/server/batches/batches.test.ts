import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../../../../kernel/refusal.ts';
import type { House } from '../../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../../platform/db/testing.ts';
import { type ListLine, listFile } from '../../../../platform/documents/list-fixtures.ts';
import { readDocument } from '../../../../platform/documents/read.ts';
import { verify } from '../../../../platform/facts/verify.ts';
import { reading } from '../../../../platform/perform.ts';
import { testAct, testActor, testHouse } from '../../../../platform/testing.ts';
import { createUnit, unitsItems } from '../../../units/server/door.ts';
import { problemItems } from '../records.ts';
import { view } from '../view.ts';
import { batchReport } from './batch-report.ts';
import { batchReadingsFinished, importBatch } from './import-batch.ts';
import { registerBatch, withdrawBatch } from './register-batch.ts';
import { reviewBatch } from './review-batch.ts';
import { viewBatch } from './view-batch.ts';

const J = '990102';
const names = [
  ...[
    '区安委办',
    '区应急管理局',
    '北桥镇',
    '区住建局',
    '区消防救援大队',
    '区交通运输局',
    '区商务局',
    '区教育局',
    '区文旅局',
  ],
  ...['区工信局', '城关街道', '东港镇', '区水务局'],
];
const unit: Record<string, string> = {};
const officer = testActor({ roles: ['officer'], unitId: randomUUID(), unitName: '区安委办', name: '周主任' });
const stranger = testActor({ roles: ['clerk'], unitId: randomUUID(), unitName: '区商务局', name: '商务经办' });

let database: TestDatabase;
let house: House;

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, { today: '2026-11-20', items: { ...problemItems, ...unitsItems } });
  await sql`insert into jurisdiction (code, name, level) values (${J}, '临江区', 'district')`.execute(database.db);
  for (const name of names) {
    const made = await testAct(house, officer, (act) => createUnit(act, { name, kind: 'department', parentId: null }));
    unit[name] = made.id;
  }
}, 60_000);
afterAll(async () => database.drop());

const caseOf = (name: string): readonly ListLine[] =>
  (
    JSON.parse(readFileSync(new URL(`../../feedback-cases/${name}.json`, import.meta.url), 'utf8')) as {
      lines: ListLine[];
    }
  ).lines;

const kept = new Map<string, Buffer>();
async function importLines(lines: readonly ListLine[], format: 'docx' | 'xlsx', fields: Record<string, string> = {}) {
  const key = `${format}${JSON.stringify(lines)}`;
  const bytes = kept.get(key) ?? Buffer.from(await listFile(format, lines));
  kept.set(key, bytes);
  const file = { name: `清单.${format}`, fields, ...(await house.files.put(Readable.from([bytes]), 10_000_000)) };
  const made = await testAct(house, officer, (act) => importBatch(act, file));
  await batchReadingsFinished();
  return made;
}
const seen = (id: string, actor = officer) => viewBatch(reading(house, actor), id);
const step = async (id: string, operation: Parameters<typeof reviewBatch>[2]['operation']) => {
  const { batch } = await seen(id);
  return testAct(house, officer, (act) => reviewBatch(act, id, { version: batch.version, operation }));
};
const register = async (id: string, settledOnly = false) => {
  const { batch } = await seen(id);
  return testAct(house, officer, (act) => registerBatch(act, id, { version: batch.version, settledOnly }));
};
const refusal = async (run: Promise<unknown>): Promise<Refusal> => {
  try {
    await run;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('上级移交清单从导入到登记', () => {
  let id = '';
  it('导入后有编号，来文单位、文号、检查组和日期都读出来，识读疑问逐条列出', async () => {
    const made = await importLines(caseOf('handover-letter'), 'docx');
    id = made.id;
    expect(made.number).toBe('批-2026-0001');
    const { batch, lines } = await seen(id);
    expect(batch).toMatchObject({
      state: 'reviewing',
      sender: '云溪市安全生产委员会办公室',
      documentNumber: '云安办函〔2026〕31号',
      sourceType: 'handedOver',
      finder: '市安委会第三检查组',
      foundOn: '2026-11-05',
    });
    expect(lines.map((line) => line.leadUnitName)).toEqual([
      '区应急管理局',
      '区住建局',
      '区消防救援大队',
      '区交通运输局',
      '区商务局',
    ]);
    expect(lines[0]?.coUnits.map((one) => one.name)).toEqual(['北桥镇']);
    expect(lines[4]?.points.map((point) => point.kind)).toContain('deadlineUnclear');
  }, 60_000);
  it('同一份文件再导入时认出来，不再新建', async () => {
    const again = await importLines(caseOf('handover-letter'), 'docx');
    expect(again).toMatchObject({ id, known: true });
  });
  it('没有时限的一条未处理时不能登记，拒绝时写明是哪一条', async () => {
    const refused = await refusal(register(id));
    expect(refused.places[0]?.where).toContain('5');
    expect(refused.places[0]?.says).toContain('时限不明');
  });
  it('时限不能定在过去', async () => {
    const line = (await seen(id)).lines[4];
    const refused = await refusal(step(id, { do: 'edit', lines: [line?.id ?? ''], changes: { dueOn: '2026-11-01' } }));
    expect(refused.says).toContain('早于今天');
  });
  it('处理后一次登记，各条带着原编号、批次、单位、时限，重大的记明由来文单位认定', async () => {
    const line = (await seen(id)).lines[4];
    await step(id, { do: 'edit', lines: [line?.id ?? ''], changes: { dueOn: '2026-11-22' } });
    const done = await register(id);
    expect(done).toMatchObject({ registered: 5, left: 0 });
    const { batch, lines } = await seen(id);
    expect(batch.state).toBe('registered');
    expect(batch.closing).toEqual({ problems: 5, closed: 0, late: 0 });
    const shown = await view(reading(house, officer), lines[0]?.problem?.id ?? '');
    expect(shown.source).toMatchObject({ type: 'handedOver', originalNumber: '1', batchTitle: batch.title });
    expect(shown.problem).toMatchObject({ grade: 'major', dueOn: '2026-12-15', foundOn: '2026-11-05' });
    expect(shown.judgement?.reason).toContain('云安办函〔2026〕31号');
    expect(shown.handedDown).toBe(true);
  });
  it('已登记问题的清单不能作废', async () => {
    const { batch } = await seen(id);
    const refused = await refusal(
      testAct(house, officer, (act) => withdrawBatch(act, id, { version: batch.version, reason: '重复' })),
    );
    expect(refused.says).toContain('已登记');
  });
  it('再导入同样内容的清单，逐条认出台账中已有，可以并入而不重复登记', async () => {
    const again = await importLines(caseOf('handover-letter'), 'docx', { again: 'true' });
    const { lines } = await seen(again.id);
    expect(lines.every((line) => line.points.some((point) => point.kind === 'sameInLedger'))).toBe(true);
    const before = (await seen(id)).lines;
    for (const [index, line] of lines.entries())
      await step(again.id, { do: 'merge', line: line.id, problemId: before[index]?.problem?.id ?? '' });
    const { batch } = await seen(again.id);
    expect(batch.lines).toMatchObject({ merged: 5, open: 0 });
    const facts = await sql<{
      n: number;
    }>`select count(*)::int as n from fact where kind = 'problem.listedAgain'`.execute(database.db);
    expect(facts.rows[0]?.n).toBe(5);
  });
  it('别的单位看不到安委办导入的清单', async () => {
    expect((await refusal(seen(id, stranger))).kind).toBe('not-found');
  });
  it('整改情况报告沿用来文的列和次序，后面补三列', async () => {
    for (const as of ['docx', 'xlsx'] as const) {
      const report = await batchReport(reading(house, officer), id, as);
      const doc = await readDocument(report.body as Buffer, report.name);
      const table = doc.blocks.find((block) => block.kind === 'table');
      if (table?.kind !== 'table') throw new Error('no table');
      const words = (row: number): string[] =>
        table.cells.filter((cell) => cell.row === row).map((cell) => doc.text.slice(cell.start, cell.end).trim());
      expect(words(0)).toEqual([
        '序号',
        '企业（单位）名称',
        '地址',
        '存在问题',
        '隐患等级',
        '整改措施',
        '责任单位',
        '责任人',
        '整改时限',
        '备注',
        '整改情况',
        '完成时间',
        '是否销号',
      ]);
      expect(words(1).join('|')).toContain('待签收（问-2026-0001）');
      expect(words(1).at(-1)).toBe('否');
      expect(doc.text).toContain('销号率0%');
    }
  });
});

describe('清单里的毛病由人处理，系统不自行更改', () => {
  it('缺单位、时限已过、等级不明、清单内重复、没有描述，各拦住自己的一条，其余先登记', async () => {
    const made = await importLines(caseOf('troubled'), 'xlsx');
    const { lines } = await seen(made.id);
    const kinds = lines.map((line) => line.points.filter((point) => point.blocks).map((point) => point.kind));
    expect(kinds[0]).toEqual(['gradeUnclear']);
    expect(kinds[1]).toEqual(['noUnit']);
    expect(kinds[2]).toEqual(['noDeadline']);
    expect(kinds[3]).toEqual(['deadlinePassed']);
    expect(kinds[4]).toContain('sameInList');
    expect(kinds[5]).toContain('noText');
    expect(kinds[7]).toContain('deadlineUnclear');
  });
  it('对不上的单位可以逐一对应并记住，以后的清单自动认得', async () => {
    const lines: ListLine[] = [
      '问题隐患清单',
      {
        table: [
          ['编号', '存在问题', '责任单位', '整改时限'],
          ['A1', '楼梯扶手断裂。', '教体部门', '2026年12月20日'],
          ['A2', '门卫脱岗。', '教体部门', '2026年12月20日'],
        ],
      },
    ];
    const made = await importLines(lines, 'docx');
    expect((await seen(made.id)).lines[0]?.points.map((point) => point.kind)).toContain('unknownUnit');
    const after = await step(made.id, {
      do: 'settleMention',
      text: '教体部门',
      unitId: unit.区教育局 ?? '',
      remember: true,
    });
    expect(after.lines.map((line) => line.leadUnitName)).toEqual(['区教育局', '区教育局']);
    const next = await importLines([...lines, '另附'], 'docx');
    expect((await seen(next.id)).lines[0]?.leadUnitName).toBe('区教育局');
  });
  it('清单称已销号的，不能按已销号导入：写明不登记的原因，或按未整改登记', async () => {
    const made = await importLines(caseOf('already-closed'), 'docx');
    const { lines } = await seen(made.id);
    expect(lines[1]?.points.map((point) => point.kind)).toEqual(
      expect.arrayContaining(['saysClosed', 'deadlinePassed']),
    );
    await step(made.id, { do: 'accept', line: lines[1]?.id ?? '', kind: 'saysClosed' });
    await step(made.id, { do: 'edit', lines: [lines[1]?.id ?? ''], changes: { dueOn: '2026-12-01' } });
    const done = await register(made.id);
    expect(done.registered).toBe(3);
    const states = (await seen(made.id)).lines.map((line) => line.problem?.state);
    expect(states).toEqual(['toReceive', 'toReceive', 'toReceive']);
    const report = await batchReport(reading(house, officer), made.id, 'xlsx');
    const doc = await readDocument(report.body as Buffer, report.name);
    expect(doc.text).not.toContain('已更换灯具36盏');
  });
  it('没有原因不能不登记', async () => {
    const made = await importLines(caseOf('odd-words'), 'xlsx');
    const { lines } = await seen(made.id);
    const refused = await refusal(step(made.id, { do: 'discard', lines: [lines[0]?.id ?? ''], reason: ' ' }));
    expect(refused.says).toContain('原因');
  });
  it('一条里写了几个问题，可以拆开，各自登记', async () => {
    const made = await importLines(caseOf('one-is-two-is'), 'docx');
    const { lines } = await seen(made.id);
    expect(lines[0]?.parts).toHaveLength(2);
    const after = await step(made.id, { do: 'split', line: lines[0]?.id ?? '', parts: lines[0]?.parts ?? [] });
    expect(after.lines).toHaveLength(3);
    expect(after.lines.map((line) => line.position)).toEqual([1, 2, 3]);
  });
  it('别人改过之后，旧页面上的操作被拒绝', async () => {
    const made = await importLines(caseOf('subheadings'), 'docx');
    const { batch } = await seen(made.id);
    await step(made.id, { do: 'head', finder: '市第五组' });
    const refused = await refusal(
      testAct(house, officer, (act) =>
        reviewBatch(act, made.id, { version: batch.version, operation: { do: 'head', finder: '市第六组' } }),
      ),
    );
    expect(refused.kind).toBe('not-now');
  });
  it('读不出的文件说明原因，编号不空号', async () => {
    const file = {
      name: '坏.docx',
      fields: {},
      ...(await house.files.put(
        Readable.from([Buffer.from(await listFile('docx', caseOf('odd-words'))).subarray(0, 900)]),
        1000,
      )),
    };
    const made = await testAct(house, officer, (act) => importBatch(act, file));
    await batchReadingsFinished();
    const { batch } = await seen(made.id);
    expect(batch.state).toBe('unreadable');
    expect(batch.error).toMatch(/[\u4e00-\u9fa5]/);
  });
  it('全部账目经得起核验', async () => {
    const checked = await verify(house.db, house.items, house.files);
    expect(checked.findings).toEqual([]);
  });
});

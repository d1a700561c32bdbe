import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rehearsalClock } from '../kernel/clock.ts';
import { addDays, type Day, day } from '../kernel/day.ts';
import { accountOfLogin, actorOf } from '../modules/access/server/door.ts';
import { wallRoutes } from '../modules/wall/server/routes.ts';
import type { Board } from '../modules/wall/sheet.ts';
import type { House } from '../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../platform/db/testing.ts';
import { chromiumPath } from '../platform/documents/print.ts';
import { openFileStore } from '../platform/files/store.ts';
import type { Download } from '../platform/http/serve.ts';
import { reading } from '../platform/perform.ts';
import { seedDemonstration } from './demo/seed.ts';
import { makeHouse } from './house.ts';

const today = day('2026-11-22');
const final = new Set(['closed', 'withdrawn']);

/** The second, plain count: replays the facts of each task up to the evening of a day. Knows nothing of spans and counts. */
async function recount(
  database: TestDatabase,
  on: Day,
): Promise<{ open: number; closed: number; toReceive: number; submitted: number; suspended: number }> {
  const facts = await sql<{ item_id: string; to_state: string | null }>`
    select item_id, to_state from fact where item_kind = 'task' and jurisdiction = '990102' and day <= ${on} order by item_id, seq`.execute(
    database.db,
  );
  const states = new Map<string, string>();
  for (const fact of facts.rows) if (fact.to_state !== null) states.set(fact.item_id, fact.to_state);
  const count = (wanted: (state: string) => boolean): number => [...states.values()].filter(wanted).length;
  return {
    open: count((state) => !final.has(state)),
    closed: count((state) => state === 'closed'),
    toReceive: count((state) => state === 'toReceive'),
    submitted: count((state) => state === 'submitted'),
    suspended: count((state) => state === 'suspended'),
  };
}

describe('挂图上的数', () => {
  let database: TestDatabase;
  let house: House;
  beforeAll(async () => {
    database = await freshDatabase();
    const files = await openFileStore(mkdtempSync(join(tmpdir(), 'guatu-wall-')));
    house = makeHouse({ db: database.db, files, clock: rehearsalClock(today), kind: 'demonstration' });
    await seedDemonstration(house, today);
  }, 180_000);
  afterAll(() => database.drop());

  const ask = async <T>(login: string, name: string, query: object = {}): Promise<T> => {
    const account = await accountOfLogin(database.db, login);
    if (account === null) throw new Error(`没有账号 ${login}`);
    const route = wallRoutes.find((one) => one.name === name);
    if (!route) throw new Error(name);
    const situation = { ...reading(house, await actorOf(database.db, account)), query };
    return (await route.handle(situation as never)) as T;
  };

  it.each([0, -1, -7, -30, -60, -100, -150, -200, -224, -300])(
    '今天往前 %i 天：在办、办结、待签收、待核查、暂停都与逐条重算一致',
    async (back) => {
      const on = addDays(today, back);
      const { figures } = await ask<Board>('awb1', 'board', { asOf: on });
      const counted = await recount(database, on);
      expect({
        open: figures.open,
        closed: figures.closed,
        toReceive: figures.toReceive,
        submitted: figures.submitted,
        suspended: figures.grey,
      }).toEqual(counted);
    },
  );

  it.each([0, -45, -120])('今天往前 %i 天：各单位之和、各格之和都等于总数', async (back) => {
    const board = await ask<Board>('awb1', 'board', { asOf: addDays(today, back) });
    for (const key of ['open', 'red', 'amber', 'green', 'grey', 'closed'] as const) {
      const sum = (rows: readonly Record<typeof key, number>[]): number =>
        rows.reduce((total, row) => total + row[key], 0);
      expect([key, sum(board.units)]).toEqual([key, board.figures[key]]);
      expect([key, sum(board.matrix)]).toEqual([key, board.figures[key]]);
    }
  });

  it('逾期的逐件点名：谁、哪天起、逾期几天、为什么、下一步谁办，最久的在前', async () => {
    const { late, figures } = await ask<Board>('awb1', 'board');
    expect(late.length).toBe(Math.min(20, figures.red));
    expect(late.map((task) => task.days)).toEqual([...late.map((task) => task.days)].sort((a, b) => b - a));
    for (const task of late)
      expect([task.dueOn !== null && task.dueOn < today, task.reason, task.next !== '']).toEqual([
        true,
        `逾期${task.days}天`,
        true,
      ]);
  });

  it('只看一份方案时，数字只算这份方案的', async () => {
    const { rows } = await ask<{ rows: { id: string }[] }>('awb1', 'wallPlans');
    const parts = await Promise.all(rows.map((plan) => ask<Board>('awb1', 'board', { planId: plan.id })));
    const whole = await ask<Board>('awb1', 'board');
    expect(parts.reduce((sum, board) => sum + board.figures.open + board.figures.closed, 0)).toBe(
      whole.figures.open + whole.figures.closed,
    );
  });

  it('单位经办人的挂图只有本单位牵头的任务', async () => {
    const board = await ask<Board>('yingji', 'board');
    expect(board.units.map((unit) => unit.name)).toEqual(['区应急管理局']);
    expect(board.figures.open).toBe(board.units[0]?.open);
  });

  it('将来的日子、不存在的日子，用中文拒绝', async () => {
    await expect(ask('awb1', 'board', { asOf: '2026-11-23' })).rejects.toThrow('挂图只能看今天和以前的日子');
    await expect(ask('awb1', 'board', { asOf: '2026-02-30' })).rejects.toThrow('不是日期');
  });

  it('导出的表格与页面同数', async () => {
    const [board, book] = [await ask<Board>('awb1', 'board'), await ask<Download>('awb1', 'wallBook')];
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(book.body as never);
    const values = Object.fromEntries(
      (workbook.getWorksheet('总览')?.getRows(3, 20) ?? []).map((row) => [row.getCell(1).text, row.getCell(2).value]),
    );
    expect(values).toMatchObject({ 在办: board.figures.open, 逾期: board.figures.red, 已办结: board.figures.closed });
    expect(workbook.getWorksheet('责任单位')?.actualRowCount).toBe(board.units.length + 2);
  });

  it.skipIf(chromiumPath() === null)('打印件是一张 A3，上面有逾期最久的任务', async () => {
    const [board, sheet] = [await ask<Board>('awb1', 'board'), await ask<Download>('awb1', 'wallSheet')];
    const file = join(mkdtempSync(join(tmpdir(), 'guatu-sheet-')), 'sheet.pdf');
    writeFileSync(file, sheet.body as Buffer);
    const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
    expect(/Pages:\s+(\d+)/.exec(info)?.[1]).toBe('1');
    expect(info).toContain('A3');
    expect(execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })).toContain(board.late[0]?.number);
  });
});

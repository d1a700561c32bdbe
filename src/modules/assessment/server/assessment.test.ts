import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { day as dayOf } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import type { Act, House } from '../../../platform/act.ts';
import { readDocument } from '../../../platform/documents/read.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { reading } from '../../../platform/perform.ts';
import { onDay, testAct, testActor } from '../../../platform/testing.ts';
import { lettersItems } from '../../letters/server/door.ts';
import { fiveParts } from '../../problems/problem.ts';
import { receive } from '../../problems/server/receive.ts';
import { recheck } from '../../problems/server/recheck.ts';
import { reportDone } from '../../problems/server/report-done.ts';
import { setFive } from '../../problems/server/set-five.ts';
import { type Person, type Stage, seen, stage } from '../../problems/server/stage.ts';
import { createTasks } from '../../tasks/server/door.ts';
import { createUnit } from '../../units/server/door.ts';
import { SchemeShape } from '../api-scheme.ts';
import { everything, type Indicator, type SchemeBody } from '../scheme.ts';
import { announceScheme } from './announce-result.ts';
import { appealLines, decideAppeal, retractAppeal } from './appeals.ts';
import { assessmentItems, scoresOf } from './door.ts';
import {
  amendScheme,
  draftScheme,
  dropScheme,
  editScheme,
  issueVersion,
  publishScheme,
  withdrawVersion,
} from './draft.ts';
import { exportScheme, exportTable, readSchemeFile, schemeForm } from './import.ts';
import { collect, finishScoring, grade, openSelf, show } from './run.ts';
import { fileAppeal, fileSelf, scoreLine } from './sheet-acts.ts';
import type { Done } from './step.ts';
import { toDo } from './to-do.ts';
import { checkAward, decideVeto, enterVeto, liftVeto, listVetoes, retractVeto } from './vetoes.ts';
import { listSchemes, mySheets, schemeTable, scoreboardOf, unitSheet, viewScheme } from './view.ts';
import { whatIf } from './what-if.ts';

let s: Stage;
let house: House;
let other: string;

beforeAll(async () => {
  s = await stage();
  house = { ...s.house, items: { ...s.house.items, ...lettersItems, ...assessmentItems } };
  const system = systemActor(asJurisdiction('990102'));
  other = (await testAct(house, system, (one) => createUnit(one, { name: '乌桕镇', kind: 'town' }))).id;
});
afterAll(async () => s.drop());

const actorOf = (who: Person | Actor): Actor => (typeof who === 'string' ? s.people[who] : who);
const act = <T>(day: string, who: Person | Actor, run: (one: Act) => Promise<T>): Promise<T> =>
  testAct(onDay(house, day), actorOf(who), run);
const look = (day: string, who: Person | Actor) => reading(onDay(house, day), actorOf(who));
const refused = (run: Promise<unknown>): Promise<string> => s.refusal(run);

const line = (code: string, weight: number, over: Partial<Indicator>): Indicator => ({
  code,
  name: `指标${code}`,
  part: 'common',
  units: [],
  weight,
  floor: 0,
  by: 'ledger',
  measure: null,
  scoring: null,
  narrow: everything,
  whenNone: 'rescale',
  scorer: null,
  asks: '',
  ...over,
});
const hand = { by: 'hand', scorer: '松涛区安委办', asks: '查阅会议记录，少一次扣1分。' } as const;
const body: SchemeBody = {
  title: '松涛区年度考核方案',
  year: 2026,
  basis: '松涛区考核办法第四条',
  objects: { word: '各单位', units: ['青石镇', '乌桕镇', '松涛区住房局', '松涛区消防大队'], without: [] },
  from: '2026-01-01',
  to: '2026-12-31',
  total: 100,
  floor: 0,
  bonusCap: 5,
  malusCap: 10,
  indicators: [
    line('A', 40, { measure: 'problemOnTime', scoring: { kind: 'linear', zeroAt: 20, fullAt: 100 } }),
    line('B', 20, {
      measure: 'problemLateShare',
      scoring: {
        kind: 'piecewise',
        points: [
          { at: 0, share: 100 },
          { at: 50, share: 0 },
        ],
      },
    }),
    line('C', 20, {
      measure: 'taskLateShare',
      scoring: {
        kind: 'step',
        base: 100,
        steps: [
          { at: 1, share: 40 },
          { at: 60, share: 0 },
        ],
      },
    }),
    line('D', 20, { ...hand }),
    line('E', 5, { part: 'bonus', ...hand, asks: '上级推广的，凭文件加分。' }),
    line('F', 10, { part: 'malus', measure: 'problemLongest', scoring: { kind: 'each', free: 5, points: 0.5 } }),
  ],
  grades: [
    { code: 'a', name: '优秀', from: 85, quota: 30 },
    { code: 'b', name: '良好', from: 70, quota: null },
    { code: 'c', name: '不合格', from: 0, quota: null },
  ],
  vetoes: [
    { code: 'V1', name: '发生较大事故', effect: 'override', grade: 'c' },
    { code: 'V2', name: '发生一般事故', effect: 'cap', grade: 'b' },
  ],
  coupling: [{ grade: 'c', says: '不得评优' }],
  selfDays: 5,
  appealDays: 5,
};

/** A task of a unit, due on a day. */
const task = (unitId: string, dueOn: string) =>
  act('2026-02-01', 'officer', (one) =>
    createTasks(one, [
      {
        title: '某项任务',
        text: '完成某项任务。',
        origin: { kind: 'plan' },
        planId: null,
        stageId: null,
        sector: null,
        leadUnitId: unitId,
        responsibleUnitIds: [],
        territorialUnitIds: [],
        deadlines: [{ text: dueOn, kind: 'date', on: dayOf(dueOn) }],
        quotas: [],
        targets: [],
      },
    ]),
  );

async function closed(day: string, leadUnitId: string, dueOn: string, who: Person): Promise<void> {
  const made = await s.register(day, 'officer', { leadUnitId, dueOn });
  let now = seen(made);
  now = seen(await act(day, who, (one) => receive(one, now)));
  const paper = await s.photo(day, who, made.id, 'document');
  for (const part of fiveParts)
    now = seen(
      await act(day, who, (one) =>
        setFive(one, { ...now, part, text: '已经落实。', on: dayOf(day), fileIds: [paper.fileId] }),
      ),
    );
  const photo = await s.photo(day, who, made.id);
  now = seen(await act(day, who, (one) => reportDone(one, { ...now, text: '整改完成。', evidence: [photo] })));
  await act(day, 'officer', (one) => recheck(one, { ...now, pass: true, opinion: '现场复查合格。' }));
}

/** What one unit's ledger holds on a day, told one record after the other by plain questions to the tables. */
async function plain(unitId: string, day: string) {
  const rows = await sql<{ due: string; closed: string | null; done: string | null; entered: string; state: string }>`
    select due_on as due, closed_on as closed, done_on as done, entered_on as entered, state from problem
    where lead_unit_id = ${unitId} and entered_on <= ${day}`.execute(house.db);
  const ended = rows.rows.filter((row) => row.closed !== null && row.closed <= day && row.closed >= '2026-01-01');
  const late = ended.filter((row) => (row.done ?? row.closed ?? '') > row.due);
  const open = rows.rows.filter((row) => row.closed === null || row.closed > day);
  const red = open.filter((row) => row.due < day);
  const days = (from: string): number => Math.round((Date.parse(day) - Date.parse(from)) / 86_400_000);
  const tasks = await sql<{ due: string | null; state: string }>`select due_on as due, state from task
    where lead_unit_id = ${unitId} and created_at::date <= ${day}::date`.execute(house.db);
  const openTasks = tasks.rows.filter((row) => row.state !== 'closed' && row.state !== 'withdrawn');
  const redTasks = openTasks.filter((row) => row.due !== null && row.due < day);
  const cut = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
  const two = (value: number): number => Math.round(value * 100) / 100;
  const lines: [string, number, number | null][] = [];
  const onTime = ended.length + red.length;
  const share = two((100 * (ended.length - late.length)) / onTime);
  lines.push(['A', 40, onTime === 0 ? null : two(40 * cut((share - 20) / 80, 0, 1))]);
  const lateShare = two((100 * red.length) / open.length);
  lines.push(['B', 20, open.length === 0 ? null : two(20 * cut(1 - lateShare / 50, 0, 1))]);
  const taskShare = two((100 * redTasks.length) / openTasks.length);
  lines.push(['C', 20, openTasks.length === 0 ? null : taskShare >= 60 ? 0 : taskShare >= 1 ? 8 : 20]);
  const oldest = Math.max(0, ...red.map((row) => days(row.due)));
  const malus = cut((oldest - 5) * 0.5, 0, 10);
  return { lines, malus, counts: { ended: ended.length, late: late.length, red: red.length, open: open.length } };
}

/** The total by hand: spread what is not measured, add what was given, cap. */
function totalByHand(of: Awaited<ReturnType<typeof plain>>, d: number | null, e: number | null): number {
  const weights = of.lines.filter(([, , score]) => score !== null).reduce((sum, [, weight]) => sum + weight, 20);
  const factor = 100 / weights;
  const two = (value: number): number => Math.round((value + Number.EPSILON) * 100) / 100;
  const base =
    of.lines.reduce((sum, [, , score]) => sum + (score === null ? 0 : two(score * factor)), 0) + two((d ?? 0) * factor);
  return Math.max(0, two(Math.min(100, base) + Math.min(5, e ?? 0) - of.malus));
}

let scheme: Done;
const on = (extra: object = {}) => ({ id: scheme.id, version: scheme.version, ...extra });

describe('考核从方案到公布', () => {
  it('台账先有内容：按期销号的、逾期的、没有问题的单位', async () => {
    await closed('2026-02-03', s.units.housing, '2026-02-20', 'clerk');
    await closed('2026-02-05', s.units.housing, '2026-02-20', 'clerk');
    await s.register('2026-02-10', 'officer', { leadUnitId: s.units.housing, dueOn: '2026-03-01' });
    await s.register('2026-02-10', 'officer', { leadUnitId: s.units.housing, dueOn: '2026-09-01' });
    await s.register('2026-02-10', 'officer', { leadUnitId: s.units.fire, dueOn: '2026-03-25' });
    await s.register('2026-02-11', 'officer', { leadUnitId: s.units.town, dueOn: '2026-08-11' });
    await task(s.units.housing, '2026-03-10');
    await task(s.units.housing, '2026-10-10');
    await task(s.units.town, '2026-10-10');
  });

  it('起草的方案可以有缺漏，列出缺漏；有缺漏或由起草人自己都不能发布', async () => {
    scheme = await act('2026-03-02', 'officer', (one) =>
      draftScheme(one, { ...body, indicators: body.indicators.slice(1) }),
    );
    expect(scheme.number).toBe('考-2026-0001');
    const shown = await viewScheme(look('2026-03-02', 'officer2'), scheme.id);
    expect(shown.troubles.map((one) => one.says)).toContain('各单位适用的共性、个性指标分值合计60分，应为100分');
    expect(await refused(act('2026-03-02', 'officer2', (one) => publishScheme(one, on())))).toContain(
      '还有不能发布的地方',
    );
    scheme = await act('2026-03-02', 'officer', (one) => editScheme(one, { ...on(), body }));
    expect(await refused(act('2026-03-02', 'officer', (one) => publishScheme(one, on())))).toContain('另一位同志发布');
    expect(await refused(act('2026-03-02', 'clerk', (one) => publishScheme(one, on())))).toContain('不在其列');
    expect(await refused(act('2026-03-02', 'clerk', (one) => draftScheme(one, body)))).toContain('安委办');
    expect((await listSchemes(look('2026-03-02', 'clerk'))).rows).toEqual([]);
    await expect(viewScheme(look('2026-03-02', 'clerk'), scheme.id)).rejects.toThrow('没有找到');
  });

  it('试算不保存任何东西，改分值、改门槛立刻看到各单位的分数', async () => {
    const before = await sql<{ n: number }>`select count(*)::int as n from fact`.execute(house.db);
    const usual = await whatIf(look('2026-03-20', 'officer'), body, null);
    const strict = await whatIf(
      look('2026-03-20', 'officer'),
      {
        ...body,
        indicators: body.indicators.map((one) =>
          one.code === 'A' ? { ...one, scoring: { kind: 'linear' as const, zeroAt: 60, fullAt: 100 } } : one,
        ),
      },
      null,
    );
    const of = (table: typeof usual.table) => table.rows.find((row) => row.unitId === s.units.housing);
    expect(of(usual.table)?.total.base ?? 0).toBeGreaterThan(of(strict.table)?.total.base ?? 0);
    expect(of(usual.table)?.scores[0]?.score).toBe(23.34);
    expect(of(strict.table)?.scores[0]?.score).toBe(6.67);
    expect((await sql<{ n: number }>`select count(*)::int as n from fact`.execute(house.db)).rows[0]?.n).toBe(
      before.rows[0]?.n,
    );
  });

  it('由另一人发布之后，草案再不能改，数据库也拒绝改动', async () => {
    scheme = await act('2026-03-03', 'officer2', (one) => publishScheme(one, on()));
    expect(scheme.state).toBe('published');
    expect(await refused(act('2026-03-03', 'officer', (one) => editScheme(one, { ...on(), body })))).toContain(
      '已发布',
    );
    await expect(
      sql`update assessment_version set body = jsonb_set(body, '{total}', '90') where scheme_id = ${scheme.id}`.execute(
        house.db,
      ),
    ).rejects.toThrow('neither changed nor removed');
    expect(await refused(act('2026-03-03', 'officer2', (one) => publishScheme(one, on())))).toContain('不能发布方案');
    expect((await listSchemes(look('2026-03-03', 'clerk'))).rows.map((row) => row.number)).toEqual(['考-2026-0001']);
  });

  it.each(['2026-02-15', '2026-03-05', '2026-03-20', '2026-04-10'])(
    '%s的得分与逐条清点的相同，每个数打开的就是那几条',
    async (day) => {
      const today = '2026-04-10';
      const table = await schemeTable(look(today, 'officer'), scheme.id, day);
      for (const unit of [s.units.housing, s.units.fire, s.units.town, other]) {
        const hand = await plain(unit, day);
        const row = table.rows.find((one) => one.unitId === unit);
        expect(row?.total.score, unit).toBe(totalByHand(hand, null, null));
        const sheet = await unitSheet(look(today, 'officer'), scheme.id, unit, day);
        const a = sheet.lines.find((one) => one.code === 'A');
        expect(a?.parts.map((part) => part.count)).toEqual(
          a?.parts.length ? [hand.counts.ended, hand.counts.ended - hand.counts.late, hand.counts.red] : [],
        );
      }
    },
  );

  it('单位只看得到自己的得分和算法；别的单位、未发布的都看不到', async () => {
    const mine = await mySheets(look('2026-03-20', 'clerk'), undefined);
    expect(mine.rows.map((row) => [row.unitName, row.gradeName, row.rank])).toEqual([['松涛区住房局', null, null]]);
    const sheet = await unitSheet(look('2026-03-20', 'clerk'), scheme.id, s.units.housing, undefined);
    expect(sheet.standing).toBeNull();
    expect(sheet.lines.find((one) => one.code === 'A')?.says).toBe('问题按期整改率66.67%，得23.34分');
    await expect(unitSheet(look('2026-03-20', 'clerk'), scheme.id, s.units.fire, undefined)).rejects.toThrow(
      '没有找到',
    );
    const table = await schemeTable(look('2026-03-20', 'clerk'), scheme.id, undefined);
    expect(table.rows.map((row) => row.unitId)).toEqual([s.units.housing]);
    expect((await mySheets(look('2026-03-20', 'leader'), undefined)).rows).toEqual([]);
    expect((await scoreboardOf(look('2026-03-20', 'leader'), undefined))[0]?.table.rows).toHaveLength(4);
    expect((await scoresOf(look('2026-03-20', 'officer'), dayOf('2026-03-20'))).length).toBe(4);
  });

  it('新版本由另一人发布，自某日起用，之前各日的得分不变', async () => {
    const newer = {
      ...body,
      indicators: body.indicators.map((one) =>
        one.code === 'A' ? { ...one, weight: 30 } : one.code === 'D' ? { ...one, weight: 30 } : one,
      ),
    };
    const before = await schemeTable(look('2026-04-10', 'officer'), scheme.id, '2026-03-20');
    expect(
      await refused(act('2026-03-21', 'officer', (one) => issueVersion(one, { ...on(), fromOn: dayOf('2026-04-01') }))),
    ).toContain('没有等待发布的新版本');
    expect(
      await refused(
        act('2026-03-21', 'officer', (one) =>
          amendScheme(one, { ...on(), reason: '调整', body: { ...newer, total: 90 } }),
        ),
      ),
    ).toContain('还有不能发布的地方');
    expect(
      await refused(act('2026-03-21', 'officer', (one) => amendScheme(one, { ...on(), reason: '', body: newer }))),
    ).toContain('写明原因');
    scheme = await act('2026-03-21', 'officer', (one) =>
      amendScheme(one, { ...on(), reason: '提高领导履职的分量', body: newer }),
    );
    expect(
      await refused(act('2026-03-21', 'officer', (one) => amendScheme(one, { ...on(), reason: '再改', body: newer }))),
    ).toContain('还没有发布');
    expect(
      await refused(act('2026-03-21', 'officer', (one) => openSelf(one, { ...on(), until: dayOf('2026-04-20') }))),
    ).toContain('新版本还没有发布');
    expect(
      await refused(act('2026-03-22', 'officer', (one) => issueVersion(one, { ...on(), fromOn: dayOf('2026-04-01') }))),
    ).toContain('另一位同志');
    expect(
      await refused(
        act('2026-03-22', 'officer2', (one) => issueVersion(one, { ...on(), fromOn: dayOf('2026-03-01') })),
      ),
    ).toContain('不早于今天');
    scheme = await act('2026-03-22', 'officer2', (one) => withdrawVersion(one, { ...on(), reason: '先征求意见' }));
    scheme = await act('2026-03-23', 'officer', (one) =>
      amendScheme(one, { ...on(), reason: '征求意见之后', body: newer }),
    );
    scheme = await act('2026-03-24', 'leader', (one) => issueVersion(one, { ...on(), fromOn: dayOf('2026-04-01') }));
    const after = await schemeTable(look('2026-04-10', 'officer'), scheme.id, '2026-03-20');
    expect(after.rows).toEqual(before.rows);
    const now = await schemeTable(look('2026-04-10', 'officer'), scheme.id, '2026-04-10');
    expect(now.columns.map((column) => column.weight)).toEqual([30, 20, 20, 30, 5, 10]);
    const shown = await viewScheme(look('2026-04-10', 'clerk'), scheme.id);
    expect(shown.versions.map((one) => [one.serial, one.state, one.fromOn])).toEqual([
      [1, 'issued', '2026-01-01'],
      [3, 'issued', '2026-04-01'],
    ]);
  });

  it('布置自评之前不能自评；布置之后逐项报送，超过分值的说出哪一项，截止后不再收', async () => {
    const scores = ['A', 'B', 'C', 'D', 'E', 'F'].map((code) => ({ code, score: code === 'E' ? 0 : 10, text: '' }));
    const self = (over: object = {}) => ({
      id: scheme.id,
      unitId: s.units.housing,
      version: 1,
      text: '总体较好。',
      scores,
      ...over,
    });
    expect(await refused(act('2026-04-11', 'clerk', (one) => fileSelf(one, self())))).toContain('不能报送自评');
    expect(
      await refused(act('2026-04-11', 'officer', (one) => openSelf(one, { ...on(), until: dayOf('2026-04-11') }))),
    ).toContain('晚于今天');
    expect(
      await refused(act('2026-04-11', 'clerk', (one) => openSelf(one, { ...on(), until: dayOf('2026-04-20') }))),
    ).toContain('不在其列');
    scheme = await act('2026-04-11', 'officer', (one) => openSelf(one, { ...on(), until: dayOf('2026-04-20') }));
    expect((await toDo(look('2026-04-12', 'clerk'))).rows.map((row) => row.word)).toEqual(['报送自评']);
    expect(await refused(act('2026-04-12', 'fire', (one) => fileSelf(one, self())))).toContain('不在其列');
    expect(await refused(act('2026-04-12', 'clerk', (one) => fileSelf(one, self({ text: '' }))))).toContain('写明内容');
    expect(
      await refused(act('2026-04-12', 'clerk', (one) => fileSelf(one, self({ scores: scores.slice(1) })))),
    ).toContain('没填好');
    expect(
      await refused(
        act('2026-04-12', 'clerk', (one) =>
          fileSelf(one, self({ scores: [{ code: 'A', score: 31, text: '' }, ...scores.slice(1)] })),
        ),
      ),
    ).toContain('没填好');
    const done = await act('2026-04-12', 'clerk', (one) => fileSelf(one, self()));
    expect(done.version).toBe(2);
    expect(await refused(act('2026-04-13', 'clerk', (one) => fileSelf(one, self())))).toContain('在您打开之后');
    expect(await refused(act('2026-04-21', 'fire', (one) => fileSelf(one, self({ unitId: s.units.fire }))))).toContain(
      '截止日期已过',
    );
    const sheet = await unitSheet(look('2026-04-13', 'officer'), scheme.id, s.units.housing, undefined);
    expect(sheet.self).toMatchObject({ score: 30, text: '总体较好。' });
    expect((await toDo(look('2026-04-13', 'clerk'))).rows).toEqual([]);
  });

  it('取数封存后得分不再随台账变动；重新取数要写明原因，前一次仍在；改动封存的数据被数据库拒绝', async () => {
    expect(
      await refused(act('2026-04-22', 'officer', (one) => collect(one, { ...on(), day: dayOf('2026-04-30') }))),
    ).toContain('不晚于今天');
    expect(
      await refused(act('2026-04-22', 'officer', (one) => collect(one, { ...on(), day: dayOf('2025-12-31') }))),
    ).toContain('考核期之内');
    expect(
      await refused(
        act('2026-04-22', 'officer', (one) =>
          scoreLine(one, { id: scheme.id, unitId: s.units.town, code: 'D', score: 5, says: '查阅记录' }),
        ),
      ),
    ).toContain('不能打分');
    scheme = await act('2026-04-22', 'officer', (one) => collect(one, { ...on(), day: dayOf('2026-04-22') }));
    const before = await schemeTable(look('2026-04-22', 'officer'), scheme.id, undefined);
    expect(before.sealed).toBe(true);
    await s.register('2026-04-22', 'officer', { leadUnitId: s.units.fire, dueOn: '2026-04-22' });
    await s.register('2026-04-22', 'officer', { leadUnitId: s.units.town, dueOn: '2026-04-22' });
    const after = await schemeTable(look('2026-04-25', 'officer'), scheme.id, undefined);
    expect(after.rows).toEqual(before.rows);
    const live = await schemeTable(look('2026-04-25', 'officer'), scheme.id, '2026-04-25');
    expect(live.sealed).toBe(false);
    expect(live.rows.find((row) => row.unitId === s.units.town)?.total).not.toEqual(
      before.rows.find((row) => row.unitId === s.units.town)?.total,
    );
    expect(
      await refused(act('2026-04-25', 'officer', (one) => collect(one, { ...on(), day: dayOf('2026-04-25') }))),
    ).toContain('写明原因');
    scheme = await act('2026-04-25', 'officer', (one) =>
      collect(one, { ...on(), day: dayOf('2026-04-25'), reason: '补登两条问题' }),
    );
    const shown = await viewScheme(look('2026-04-25', 'officer'), scheme.id);
    expect(shown.snapshots.map((one) => [one.serial, one.day, one.intact, one.reason])).toEqual([
      [1, '2026-04-22', true, null],
      [2, '2026-04-25', true, '补登两条问题'],
    ]);
    await expect(sql`update assessment_snapshot set day = '2026-01-01'`.execute(house.db)).rejects.toThrow('sealed');
    const sealed = await schemeTable(look('2026-05-30', 'officer'), scheme.id, undefined);
    for (const row of sealed.rows) {
      const byHand = await plain(row.unitId, '2026-04-25');
      const lines = byHand.lines.map(([code, weight, score]): [string, number, number | null] => [
        code,
        code === 'A' ? 30 : weight,
        code === 'A' && score !== null ? Math.round(score * 75) / 100 : score,
      ]);
      const weights = lines.filter(([, , score]) => score !== null).reduce((sum, [, weight]) => sum + weight, 30);
      const base = lines.reduce((sum, [, , score]) => sum + ((score ?? 0) * 100) / weights, 0);
      expect(Math.abs(row.total.score - Math.max(0, base - byHand.malus)), row.name).toBeLessThan(0.03);
    }
  });

  it('打分由指定单位凭依据打，不能给本单位打，不能超出分值；改打的前后都在', async () => {
    const give = (unitId: string, code: string, score: number, says = '查阅会议记录') => ({
      id: scheme.id,
      unitId,
      code,
      score,
      says,
    });
    expect(await refused(act('2026-04-26', 'fire', (one) => scoreLine(one, give(s.units.town, 'D', 5))))).toContain(
      '不在其列',
    );
    expect(await refused(act('2026-04-26', 'officer', (one) => scoreLine(one, give(s.units.town, 'D', 31))))).toContain(
      '分值之间',
    );
    expect(
      await refused(act('2026-04-26', 'officer', (one) => scoreLine(one, give(s.units.town, 'D', 5, '')))),
    ).toContain('依据');
    expect(await refused(act('2026-04-26', 'officer', (one) => scoreLine(one, give(s.units.town, 'A', 5))))).toContain(
      '没有这项',
    );
    const ownOfficer = testActor({
      roles: ['officer'],
      unitId: s.units.housing,
      name: '兼职',
      accountId: randomUUID(),
    });
    expect(
      await refused(act('2026-04-26', ownOfficer, (one) => scoreLine(one, give(s.units.housing, 'D', 30)))),
    ).toContain('不能给本单位打分');
    expect(await refused(act('2026-04-26', 'officer', (one) => finishScoring(one, on())))).toContain('没有打完');
    await act('2026-04-26', 'officer', (one) => scoreLine(one, give(s.units.town, 'D', 10)));
    for (const [unit, d, e] of [
      [s.units.housing, 20, 0],
      [s.units.fire, 28, 0],
      [s.units.town, 30, 5],
      [other, 15, 0],
    ] as const) {
      await act('2026-04-26', 'officer', (one) => scoreLine(one, give(unit, 'D', d)));
      await act('2026-04-26', 'officer', (one) => scoreLine(one, give(unit, 'E', e, '凭文件')));
    }
    const sheet = await unitSheet(look('2026-04-26', 'officer'), scheme.id, s.units.town, undefined);
    expect(sheet.lines.find((one) => one.code === 'D')?.given.map((one) => [one.score, one.before])).toEqual([
      [10, null],
      [30, expect.any(Number)],
    ]);
    scheme = await act('2026-04-27', 'officer', (one) => finishScoring(one, on()));
    expect(await refused(act('2026-04-27', 'officer', (one) => scoreLine(one, give(s.units.town, 'D', 5))))).toContain(
      '不能打分',
    );
  });

  it('否决情形一人登记、另一人凭证据认定；没有认定完不能公示', async () => {
    const kinds = await listVetoes(look('2026-04-28', 'officer'), {});
    expect(kinds.kinds.map((one) => [one.code, one.units.length])).toEqual([
      ['V1', 4],
      ['V2', 4],
    ]);
    const enter = (over: object = {}) => ({
      unitId: s.units.fire,
      code: 'V1',
      happenedOn: dayOf('2026-03-09'),
      grounds: '一起较大事故，负主要责任。',
      ...over,
    });
    expect(await refused(act('2026-04-28', 'officer', (one) => enterVeto(one, enter({ code: 'V9' }))))).toContain(
      '没有这种否决情形',
    );
    expect(
      await refused(act('2026-04-28', 'officer', (one) => enterVeto(one, enter({ happenedOn: dayOf('2026-05-09') })))),
    ).toContain('晚于今天');
    const event = await act('2026-04-28', 'officer', (one) => enterVeto(one, enter()));
    const wrong = await act('2026-04-28', 'officer', (one) =>
      enterVeto(one, enter({ unitId: s.units.town, code: 'V2' })),
    );
    expect(
      await refused(act('2026-04-28', 'officer', (one) => show(one, { ...on(), finding: '已经核查。' }))),
    ).toContain('否决情形');
    const confirm = (id: string, over: object = {}) => ({
      id,
      version: 1,
      confirm: true,
      opinion: '事故调查报告已批复。',
      ...over,
    });
    expect(await refused(act('2026-04-28', 'officer2', (one) => decideVeto(one, confirm(event.id))))).toContain(
      '证据材料',
    );
    await sql`insert into file (jurisdiction, id, sha256, name, size, type, item_kind, item_id, uploaded_by, uploaded_by_name, uploaded_at)
      select jurisdiction, gen_random_uuid(), sha256, '批复.jpg', size, type, 'vetoEvent', ${event.id}, uploaded_by, uploaded_by_name, uploaded_at
      from file limit 1`.execute(house.db);
    expect(await refused(act('2026-04-28', 'officer', (one) => decideVeto(one, confirm(event.id))))).toContain(
      '登记人不能',
    );
    expect(
      await refused(act('2026-04-28', 'officer2', (one) => decideVeto(one, confirm(event.id, { opinion: '' })))),
    ).toContain('意见');
    expect(await refused(act('2026-04-28', 'fire', (one) => decideVeto(one, confirm(event.id))))).toContain('不在其列');
    await act('2026-04-28', 'officer2', (one) => decideVeto(one, confirm(event.id)));
    expect(
      await refused(
        act('2026-04-28', 'officer2', (one) => retractVeto(one, { id: wrong.id, version: 1, reason: '登记有误' })),
      ),
    ).toContain('登记人');
    await act('2026-04-28', 'officer', (one) => retractVeto(one, { id: wrong.id, version: 1, reason: '单位登记有误' }));
    const table = await schemeTable(look('2026-04-28', 'officer'), scheme.id, undefined);
    expect(table.rows.find((row) => row.unitId === s.units.fire)).toMatchObject({
      gradeName: '不合格',
      vetoed: true,
      coupling: '不得评优',
    });
    const check = await checkAward(look('2026-04-28', 'officer'), {
      unit: s.units.fire,
      from: '2026-01-01',
      to: '2026-12-31',
    });
    expect([check.clear, check.rows.length]).toEqual([false, 1]);
    expect(
      (await checkAward(look('2026-04-28', 'officer'), { unit: s.units.town, from: '2026-01-01', to: '2026-12-31' }))
        .clear,
    ).toBe(true);
    expect(await refused(act('2026-04-28', 'officer', (one) => show(one, { ...on(), finding: '' })))).toContain(
      '写明内容',
    );
    expect(await refused(act('2026-04-28', 'officer', (one) => grade(one, on())))).toContain('不能定级');
    scheme = await act('2026-04-28', 'officer', (one) =>
      show(one, { ...on(), finding: '经核查，有1个单位出现否决情形。' }),
    );
  });

  it('公示后被考核单位互相看得到得分；申诉由申诉单位和打分人以外的人处理，更正前后都有记录', async () => {
    expect((await schemeTable(look('2026-04-29', 'clerk'), scheme.id, undefined)).rows).toHaveLength(4);
    const ask = (over: object = {}) => ({
      id: scheme.id,
      unitId: s.units.housing,
      code: 'D',
      text: '会议记录漏看一次。',
      asked: 25,
      ...over,
    });
    expect(await refused(act('2026-04-29', 'fire', (one) => fileAppeal(one, ask())))).toContain('不在其列');
    expect(await refused(act('2026-04-29', 'clerk', (one) => fileAppeal(one, ask({ text: '' }))))).toContain(
      '写明内容',
    );
    expect(await refused(act('2026-05-09', 'clerk', (one) => fileAppeal(one, ask())))).toContain('申诉期已过');
    const appeal = await act('2026-04-29', 'clerk', (one) => fileAppeal(one, ask()));
    expect(appeal.number).toBe('诉-2026-0001');
    expect(await refused(act('2026-04-29', 'clerk', (one) => fileAppeal(one, ask())))).toContain('已有一件申诉');
    const second = await act('2026-04-29', 'fire', (one) =>
      fileAppeal(one, ask({ unitId: s.units.fire, code: 'A', asked: null })),
    );
    const third = await act('2026-04-29', 'townClerk', (one) =>
      fileAppeal(one, ask({ unitId: s.units.town, code: 'D', asked: null })),
    );
    expect((await appealLines(look('2026-04-29', 'clerk'))).map((one) => one.number)).toEqual(['诉-2026-0001']);
    expect((await toDo(look('2026-04-30', 'officer2'))).rows.map((row) => row.word)).toEqual([
      '处理申诉',
      '处理申诉',
      '处理申诉',
    ]);
    const decide = (id: string, over: object = {}) => ({
      id,
      version: 1,
      uphold: true,
      opinion: '补充记录属实。',
      score: 25,
      ...over,
    });
    expect(await refused(act('2026-04-30', 'officer', (one) => decideAppeal(one, decide(appeal.id))))).toContain(
      '打分的人不能处理',
    );
    expect(await refused(act('2026-04-30', 'clerk2', (one) => decideAppeal(one, decide(appeal.id))))).toContain(
      '不在其列',
    );
    expect(
      await refused(act('2026-04-30', 'officer2', (one) => decideAppeal(one, decide(appeal.id, { score: 99 })))),
    ).toContain('更正后的分数');
    expect(
      await refused(act('2026-04-30', 'officer2', (one) => decideAppeal(one, decide(appeal.id, { opinion: '' })))),
    ).toContain('处理意见');
    const before = await unitSheet(look('2026-04-30', 'clerk'), scheme.id, s.units.housing, undefined);
    await act('2026-04-30', 'officer2', (one) => decideAppeal(one, decide(appeal.id)));
    const after = await unitSheet(look('2026-04-30', 'clerk'), scheme.id, s.units.housing, undefined);
    expect(after.total.score - before.total.score).toBeCloseTo(25 - 20, 2);
    expect(after.lines.find((one) => one.code === 'D')?.says).toContain('由20分更正为25分');
    expect(after.facts[0]?.kind).toBe('scoreSheet.corrected');
    expect(await refused(act('2026-05-04', 'officer', (one) => grade(one, on())))).toContain('申诉');
    await act('2026-05-01', 'officer2', (one) =>
      decideAppeal(one, decide(second.id, { uphold: false, score: null, opinion: '台账记录准确，维持。' })),
    );
    await act('2026-05-01', 'townClerk', (one) =>
      retractAppeal(one, { id: third.id, version: 1, reason: '已经核对清楚' }),
    );
    expect(await refused(act('2026-05-01', 'officer', (one) => grade(one, on())))).toContain('申诉期还没有结束');
  });

  it('定级按分数、名额和否决；由另一人公布，通报里的数就是表上的数', async () => {
    scheme = await act('2026-05-06', 'officer', (one) => grade(one, on()));
    const table = await schemeTable(look('2026-05-06', 'officer'), scheme.id, undefined);
    const rows = await sql<{
      unit: string;
      score: number;
      rank: number;
      grade: string;
    }>`select unit_id as unit, final_score::float8 as score,
      rank, grade_name as grade from score_sheet`.execute(house.db);
    expect(new Map(rows.rows.map((row) => [row.unit, [row.score, row.rank, row.grade]]))).toEqual(
      new Map(table.rows.map((row) => [row.unitId, [row.total.score, row.rank, row.gradeName]])),
    );
    const [event] = (await listVetoes(look('2026-05-06', 'officer2'), { unit: s.units.fire })).rows;
    expect(
      await refused(
        act('2026-05-06', 'leader', (one) => liftVeto(one, { id: event?.id ?? '', version: 2, reason: '批复撤销' })),
      ),
    ).toContain('已经定级');
    expect(
      await refused(act('2026-05-06', 'officer', (one) => announceScheme(one, { ...on(), letter: true }))),
    ).toContain('另一位同志');
    scheme = await act('2026-05-06', 'officer2', (one) => announceScheme(one, { ...on(), letter: true }));
    const [paper] = (await viewScheme(look('2026-05-06', 'clerk'), scheme.id)).documents;
    expect(paper?.number).toContain('〔2026〕1号');
    const text = JSON.stringify(
      await readDocument(new Uint8Array(await buffer(house.files.read(paper?.sha256 ?? ''))), '通报.docx'),
    );
    for (const row of table.rows) {
      expect(text).toContain(row.name);
      expect(text).toContain(row.total.score.toFixed(2));
    }
    expect(
      await refused(act('2026-05-07', 'officer', (one) => dropScheme(one, { ...on(), reason: '不要了' }))),
    ).toContain('已公布');
  });

  it('导出的表格与页面上的数相同', async () => {
    const table = await schemeTable(look('2026-05-07', 'officer'), scheme.id, undefined);
    const file = await exportTable(look('2026-05-07', 'officer'), scheme.id, undefined);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await buffer(file.body as Readable)) as never);
    const sheet = workbook.worksheets[0];
    const header = ((sheet?.getRow(3).values ?? []) as unknown[]).map(String);
    const at = header.indexOf('得分');
    const found = table.rows.map((_, index) => sheet?.getRow(4 + index).getCell(at).value);
    expect(found).toEqual(table.rows.map((row) => row.total.score));
  });

  it('核验没有发现问题；改动封存结果的能查出来', async () => {
    const problems = async () =>
      (await verify(house.db, house.items, house.files)).findings.filter((one) =>
        /考核|否决|申诉|考-/.test(`${one.where}${one.says}`),
      );
    expect(await problems()).toEqual([]);
    await sql`update score_sheet set final_score = final_score + 1 where unit_id = ${s.units.town}`.execute(house.db);
    expect((await problems()).length).toBeGreaterThan(0);
    await sql`update score_sheet set final_score = final_score - 1 where unit_id = ${s.units.town}`.execute(house.db);
  });
});

describe('方案是数据', () => {
  const upload = async (name: string, bytes: Buffer) => {
    const { sha256, size } = await house.files.put(Readable.from([bytes]), 50_000_000);
    return { name, size, sha256, fields: {} };
  };

  it('另一类地区的方案（按季度、200分、三个等次）只作为数据导入就能发布、算分', async () => {
    const sample = readFileSync(new URL('../../../../data/assessment/sample-quarterly.json', import.meta.url));
    const text = sample.toString('utf8').replace('各镇（街道）', '青石镇');
    const file = await upload('方案.json', Buffer.from(text));
    const read = await act('2026-07-02', 'officer', (one) => readSchemeFile(one, file));
    expect(read.troubles).toEqual([]);
    const made = await act('2026-07-02', 'officer', (one) => draftScheme(one, read.body));
    const issued = await act('2026-07-02', 'officer2', (one) =>
      publishScheme(one, { id: made.id, version: made.version }),
    );
    const table = await schemeTable(look('2026-07-20', 'officer'), issued.id, undefined);
    expect(table.total).toBe(200);
    expect(table.grades.map((one) => one.name)).toEqual(['红旗单位', '达标单位', '黄牌单位']);
    const file2 = await exportScheme(look('2026-07-20', 'officer'), issued.id);
    expect(Value.Check(SchemeShape, JSON.parse(String(file2.body)))).toBe(true);
  });

  it('指标表可以用表格导入；看不懂的说出第几行', async () => {
    const form = await schemeForm();
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(form.body as never);
    const sheet = workbook.worksheets[0];
    sheet?.addRow(['共性指标', '任务按时办结', '60', '任务按时办结率', '按比例', '60:0；95:100']);
    sheet?.addRow(['共性指标', '领导履职', '40', '', '', '', '', '', '', '', '松涛区安委办', '查阅会议记录']);
    sheet?.addRow(['扣分项', '受到措施', '10', '受到督促措施次数', '逐项加减', '0；2']);
    const good = await upload('指标.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()));
    const read = await act('2026-07-02', 'officer', (one) => readSchemeFile(one, good));
    expect(read.body.indicators.map((one) => [one.name, one.weight, one.measure, one.scorer])).toEqual([
      ['任务按时办结', 60, 'taskOnTime', null],
      ['领导履职', 40, null, '松涛区安委办'],
      ['受到措施', 10, 'measuresReceived', null],
    ]);
    sheet?.addRow(['共性', '某指标', '很多', '不知道', '', '']);
    const bad = await upload('指标.xlsx', Buffer.from(await workbook.xlsx.writeBuffer()));
    expect(await refused(act('2026-07-02', 'officer', (one) => readSchemeFile(one, bad)))).toContain('看不懂');
    const broken = await upload('方案.json', Buffer.from('{"title": 3}'));
    expect(await refused(act('2026-07-02', 'officer', (one) => readSchemeFile(one, broken)))).toContain('方案文件');
  });

  it('演示地区的方案写法都合格', () => {
    const { schemes } = JSON.parse(
      readFileSync(new URL('../../../../data/jurisdictions/990102/assessment.json', import.meta.url), 'utf8'),
    ) as { schemes: unknown[] };
    for (const one of schemes) expect(Value.Check(SchemeShape, one)).toBe(true);
  });
});

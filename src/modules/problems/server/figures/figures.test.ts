import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Day, day, daysBetween } from '../../../../kernel/day.ts';
import type { Difference, House, Reading } from '../../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../../platform/db/testing.ts';
import { reading } from '../../../../platform/perform.ts';
import { onDay, testAct, testActor, testHouse } from '../../../../platform/testing.ts';
import type { ProblemState } from '../../lifecycle.ts';
import type { Grade, NewProblem, Problem, ProblemKind, SourceType } from '../../problem.ts';
import { registerProblems } from '../create-problems.ts';
import { problemItems } from '../records.ts';
import { saveProblem } from '../save.ts';
import { allowancesOf, lockProblem } from '../store.ts';
import { burnDown } from './burn-down.ts';
import { completion } from './completion.ts';
import { problemMap } from './map.ts';
import { type OverviewQuery, overview } from './overview.ts';
import { recountFigures } from './recount.ts';
import { rollUpFigures } from './roll-up.ts';

/** What the test itself remembers of a problem on an evening; no code of the product counts it. */
interface Kept {
  id: string;
  serial: number;
  state: ProblemState;
  unit: string;
  sector: string | null;
  source: SourceType;
  kind: ProblemKind;
  grade: Grade;
  area: string | null;
  plan: string | null;
  batch: string | null;
  tags: string[];
  due: Day;
  found: Day;
  opened: Day;
  listed: boolean;
  point: boolean;
}
interface Turned extends Kept {
  turn: 'registered' | 'closed' | 'withdrawn' | 'reopened' | 'rechecked';
  on: Day;
  late: boolean;
  onSpot: boolean;
  passed: boolean | null;
  first: boolean | null;
}

let database: TestDatabase;
let house: House;
const begin = day('2025-11-20');
const today = day('2026-03-18');
const units = Array.from({ length: 4 }, () => randomUUID());
const plans = [randomUUID(), randomUUID()];
const batches = [randomUUID(), randomUUID()];
const evenings = new Map<Day, Kept[]>();
const turned: Turned[] = [];
const officer = testActor({ roles: ['officer'], unitId: units[0] ?? null, name: '办甲' });
const clerk = testActor({ roles: ['clerk'], unitId: units[1] ?? null, name: '经甲' });

let seed = 20_260_318;
const dice = (sides: number): number => {
  seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
  return (seed >> 8) % sides;
};
const one = <T>(of: readonly T[]): T => of[dice(of.length)] as T;

const remember = (problem: Problem): Kept => ({
  id: problem.id,
  serial: Number(problem.number.split('-')[1]) * 100_000_000 + Number(problem.number.split('-')[2]),
  state: problem.state,
  unit: problem.leadUnitId,
  sector: problem.sector,
  source: problem.source.type,
  kind: problem.kind,
  grade: problem.grade,
  area: problem.place.areaCode,
  plan: problem.planId,
  batch: problem.source.batchId,
  tags: [...problem.tags],
  due: problem.dueOn,
  found: problem.foundOn,
  opened: problem.openedOn,
  listed: problem.listedOn !== null && problem.delistedOn === null,
  point: problem.place.longitude !== null,
});
const open = (state: ProblemState): boolean => !['closed', 'withdrawn', 'merged', 'unfounded'].includes(state);

const draft = (on: Day): NewProblem => ({
  kind: one(['hazard', 'hazard', 'hazard', 'problem', 'accidentLead']),
  title: '护栏松动',
  text: '三楼护栏松动',
  source: {
    type: one(['dailyCheck', 'guidance', 'grid', 'tipoff']),
    batchId: dice(3) === 0 ? one(batches) : null,
    originalNumber: null,
    recordKind: null,
    recordId: null,
    finder: null,
  },
  foundOn: addDays(on, -dice(3) * dice(90)),
  enterpriseId: null,
  subject: '某厂',
  place: {
    address: null,
    areaCode: dice(5) === 0 ? null : one(['990102001', '990102002']),
    longitude: dice(4) === 0 ? null : 118.3 + dice(900) / 10_000,
    latitude: 31.2 + dice(900) / 10_000,
    grid: null,
  },
  sector: dice(6) === 0 ? null : one(['消防安全', '建筑施工', '危险化学品']),
  tags: dice(2) === 0 ? [] : [one(['领导责任', '监管责任']), '冬季行动'],
  planId: dice(3) === 0 ? one(plans) : null,
  stageId: null,
  taskId: null,
  grade: dice(8) === 0 ? 'major' : 'general',
  measures: null,
  leadUnitId: one(units),
  coUnitIds: [],
  supervisingUnitId: null,
  personName: null,
  dueOn: addDays(on, 5 + dice(40)),
});

/** One day of life: some are registered, many change, everything through the only two ways that the product writes. */
async function live(on: Day, now: Map<string, Problem>): Promise<void> {
  const there = onDay(house, on);
  const note = (problem: Problem, turn: Turned['turn'], more: Partial<Turned> = {}): void => {
    turned.push({ ...remember(problem), turn, on, late: false, onSpot: false, passed: null, first: null, ...more });
  };
  await testAct(there, officer, async (act) => {
    const scope = reading(there, officer).scope;
    const drafts = Array.from({ length: dice(5) }, () => draft(on));
    const made = await registerProblems(act, drafts);
    for (const { id } of made) {
      const problem = await lockProblem(act.db, scope, id);
      now.set(id, problem);
      note(problem, 'registered', {
        late: daysBetween(problem.foundOn, problem.enteredOn) > 3,
        onSpot: problem.onSpot,
      });
    }
    const allowed = await allowancesOf(act.db, act.actor.jurisdiction);
    for (let n = 0; n < 9 && now.size > 0; n += 1) {
      const before = now.get(one([...now.keys()]));
      if (!before) continue;
      const what = dice(12);
      if (!open(before.state)) {
        if (before.state !== 'closed' || what > 3) continue;
        const after = await saveProblem(
          act,
          before,
          {
            ...before,
            state: 'underway',
            cycle: before.cycle + 1,
            openedOn: on,
            closedOn: null,
            closeKind: null,
            endedOn: null,
            dueOn: addDays(on, 10),
          },
          allowed,
          [{ turn: 'reopened' }],
        );
        now.set(after.id, after);
        note(after, 'reopened');
      } else if (what < 3) {
        const done = addDays(on, -dice(3));
        const after = await saveProblem(
          act,
          before,
          { ...before, state: 'closed', doneOn: done, closedOn: on, closeKind: 'rectified', endedOn: on },
          allowed,
          [{ turn: 'closed' }],
        );
        now.set(after.id, after);
        note(after, 'closed', { late: done > before.dueOn });
      } else if (what === 3) {
        const after = await saveProblem(act, before, { ...before, state: 'withdrawn', endedOn: on }, allowed, [
          { turn: 'withdrawn' },
        ]);
        now.set(after.id, after);
        note(after, 'withdrawn');
      } else if (what === 4) {
        const passed = dice(3) > 0;
        const first = before.sentBack === 0;
        const after = await saveProblem(
          act,
          before,
          { ...before, state: passed ? 'toClose' : 'underway', sentBack: before.sentBack + (passed ? 0 : 1) },
          allowed,
          [{ turn: 'rechecked', passed, first }],
        );
        now.set(after.id, after);
        note(after, 'rechecked', { passed, first });
      } else {
        const change: Partial<Problem> =
          what === 5
            ? { leadUnitId: one(units) }
            : what === 6
              ? { dueOn: addDays(before.dueOn, 5) }
              : what === 7
                ? { sector: one(['消防安全', '建筑施工', null]) }
                : what === 8
                  ? { grade: one(['general', 'major']) }
                  : what === 9
                    ? { listedOn: on, delistedOn: null }
                    : { state: one(['underway', 'toRecheck', 'disputed', 'planned', 'toReceive']) };
        const after = await saveProblem(act, before, { ...before, ...change }, allowed);
        now.set(after.id, after);
      }
    }
  });
  evenings.set(on, [...now.values()].map(remember));
}

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, { today, items: problemItems });
  const now = new Map<string, Problem>();
  for (let on = begin; on <= today; on = addDays(on, 1)) await live(on, now);
}, 120_000);
afterAll(() => database.drop());

type Asked = Omit<OverviewQuery, 'asOf' | 'from' | 'cut' | 'step'>;
const fits = (row: Kept, asked: Asked): boolean =>
  (!asked.leadUnit || asked.leadUnit.includes(row.unit)) &&
  (!asked.sector || (row.sector !== null && asked.sector.includes(row.sector))) &&
  (!asked.source || asked.source.includes(row.source)) &&
  (!asked.area || (row.area !== null && asked.area.includes(row.area))) &&
  (!asked.kind || asked.kind.includes(row.kind)) &&
  (!asked.grade || asked.grade === row.grade) &&
  (!asked.plan || asked.plan === row.plan) &&
  (!asked.batch || asked.batch === row.batch) &&
  (!asked.tag || row.tags.includes(asked.tag));

const openOn = (on: Day, asked: Asked): Kept[] =>
  (evenings.get(on) ?? []).filter((row) => open(row.state) && fits(row, asked));
const lamp = (row: Kept, on: Day): string => {
  if (row.state === 'disputed' || row.state === 'planned') return 'grey';
  if (row.due < on) return 'red';
  return addDays(row.due, -7) <= on ? 'amber' : 'green';
};
const turnsOn = (from: Day, to: Day, asked: Asked): Turned[] =>
  turned.filter((row) => row.on >= from && row.on <= to && fits(row, asked));
const of = <T>(rows: readonly T[], is: (row: T) => boolean): number => rows.filter(is).length;

/** The figures once more, one problem after the other. */
function byHand(on: Day, from: Day, cut: Day, asked: Asked) {
  const stock = openOn(on, asked);
  const age = (row: Kept): number => daysBetween(row.found, on);
  const flow = turnsOn(from, on, asked);
  const since = turnsOn(cut, on, asked);
  const group = (
    rows: readonly Kept[],
    turns: readonly Turned[],
    sinceCut: readonly Turned[],
    was: readonly Kept[],
  ) => {
    const red = rows
      .filter((row) => lamp(row, on) === 'red')
      .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : a.serial - b.serial));
    return {
      open: rows.length,
      red: red.length,
      amber: of(rows, (row) => lamp(row, on) === 'amber'),
      grey: of(rows, (row) => lamp(row, on) === 'grey'),
      registered: of(turns, (row) => row.turn === 'registered'),
      closed: of(turns, (row) => row.turn === 'closed'),
      closedLate: of(turns, (row) => row.turn === 'closed' && row.late),
      reopened: of(turns, (row) => row.turn === 'reopened'),
      firstChecked: of(turns, (row) => row.turn === 'rechecked' && row.first === true),
      firstPassed: of(turns, (row) => row.turn === 'rechecked' && row.first === true && row.passed === true),
      before: was.length,
      remaining: of(rows, (row) => row.opened < cut),
      began: of(sinceCut, (row) => row.turn === 'registered' || row.turn === 'reopened'),
      fresh: of(rows, (row) => row.opened >= cut),
      oldest: red[0] ? { id: red[0].id, days: daysBetween(red[0].due, on) } : null,
    };
  };
  const was = openOn(addDays(cut, -1), asked);
  const each = <K>(key: (row: Kept) => K, keys: readonly K[]) =>
    new Map(
      keys.map((value) => {
        const same = (row: Kept): boolean => key(row) === value;
        return [value, group(stock.filter(same), flow.filter(same), since.filter(same), was.filter(same))] as const;
      }),
    );
  return {
    whole: group(stock, flow, since, was),
    major: of(stock, (row) => row.grade === 'major'),
    listed: of(stock, (row) => row.listed),
    states: (state: string) => of(stock, (row) => row.state === state),
    ages: [
      of(stock, (row) => age(row) <= 7),
      of(stock, (row) => age(row) > 7 && age(row) <= 30),
      of(stock, (row) => age(row) > 30 && age(row) <= 90),
      of(stock, (row) => age(row) > 90 && age(row) <= 180),
      of(stock, (row) => age(row) > 180),
    ],
    sources: (source: string) => of(stock, (row) => row.source === source),
    areas: (area: string) => of(stock, (row) => (row.area ?? '') === area),
    lateEntry: of(flow, (row) => row.turn === 'registered' && row.late),
    ended: of(flow, (row) => row.turn === 'closed' || row.turn === 'withdrawn'),
    units: each((row) => row.unit, units),
    sectors: each((row) => row.sector ?? '', ['消防安全', '建筑施工', '危险化学品', '']),
  };
}

const questions: readonly Asked[] = [
  {},
  { grade: 'major' },
  { grade: 'general' },
  { kind: ['hazard'] },
  { kind: ['problem', 'accidentLead'] },
  { leadUnit: [units[1] ?? ''] },
  { leadUnit: [units[2] ?? '', units[3] ?? ''] },
  { sector: ['消防安全'] },
  { sector: ['建筑施工', '危险化学品'] },
  { source: ['guidance'] },
  { area: ['990102001'] },
  { plan: plans[0] ?? '' },
  { batch: batches[1] ?? '' },
  { tag: '冬季行动' },
  { leadUnit: [units[0] ?? ''], sector: ['消防安全'], grade: 'general' },
];
/** Any narrowing that can be asked, up to all of it at once. */
const anyNarrowing = (): Asked => {
  const maybe = <T extends object>(of: number, part: () => T): T | object => (dice(of) === 0 ? part() : {});
  return {
    ...maybe(3, () => ({ leadUnit: units.slice(dice(3), 3 + dice(2)) })),
    ...maybe(3, () => ({ sector: ['消防安全', '建筑施工', '危险化学品'].slice(dice(2)) })),
    ...maybe(4, () => ({ source: one([['grid'], ['guidance', 'tipoff'], ['dailyCheck', 'grid', 'tipoff']]) })),
    ...maybe(4, () => ({ area: one([['990102001'], ['990102001', '990102002'], ['990109999']]) })),
    ...maybe(3, () => ({ kind: one([['hazard'], ['problem'], ['hazard', 'accidentLead']]) })),
    ...maybe(3, () => ({ grade: one(['general', 'major']) })),
    ...maybe(5, () => ({ plan: one(plans) })),
    ...maybe(6, () => ({ batch: one([...batches, randomUUID()]) })),
    ...maybe(4, () => ({ tag: one(['冬季行动', '领导责任']) })),
  } as Asked;
};
const days = ['2025-12-31', '2026-01-01', '2026-01-17', '2026-02-28', '2026-03-17', today].map((text) => day(text));
const read = (): Reading => reading(onDay(house, today), officer);

async function compare(asked: Asked, on: Day, from: Day, cut: Day): Promise<void> {
  const hand = byHand(on, from, cut, asked);
  const told = `${JSON.stringify(asked)} ${on} ${from} ${cut}`;
  for (const way of ['kept', 'spans'] as const) {
    const shown = await overview(read(), { ...asked, asOf: on, from, cut, step: 'week' }, way);
    const where = `${way} ${told}`;
    const { stock, flow, debt } = shown;
    expect({ open: stock.open, red: stock.red, amber: stock.amber, grey: stock.grey }, where).toEqual({
      open: hand.whole.open,
      red: hand.whole.red,
      amber: hand.whole.amber,
      grey: hand.whole.grey,
    });
    expect([stock.major, stock.listed], where).toEqual([hand.major, hand.listed]);
    for (const part of stock.states) expect(part.count, `${where} ${part.key}`).toBe(hand.states(String(part.key)));
    expect(
      stock.ages.map((part) => part.count),
      where,
    ).toEqual(hand.ages);
    for (const part of stock.sources) expect(part.count, where).toBe(hand.sources(String(part.key)));
    for (const part of stock.areas) expect(part.count, where).toBe(hand.areas(String(part.key)));
    expect(
      stock.sources.reduce((sum, part) => sum + part.count, 0),
      where,
    ).toBe(stock.open);
    expect(
      stock.areas.reduce((sum, part) => sum + part.count, 0),
      where,
    ).toBe(stock.open);
    expect(
      [
        flow.registered.count,
        flow.closed.count,
        flow.ended.count,
        flow.reopened.count,
        flow.closedLate.count,
        flow.lateEntry.count,
      ],
      where,
    ).toEqual([
      hand.whole.registered,
      hand.whole.closed,
      hand.ended,
      hand.whole.reopened,
      hand.whole.closedLate,
      hand.lateEntry,
    ]);
    expect([flow.firstPass.count, flow.firstPass.of], where).toEqual([hand.whole.firstPassed, hand.whole.firstChecked]);
    for (const step of flow.series) {
      const turns = turnsOn(day(step.from), day(step.to), asked);
      expect([step.registered, step.closed, step.reopened], `${where} ${step.from}`).toEqual([
        of(turns, (row) => row.turn === 'registered'),
        of(turns, (row) => row.turn === 'closed'),
        of(turns, (row) => row.turn === 'reopened'),
      ]);
      if (step.open !== null) expect(step.open, `${where} ${step.to}`).toBe(openOn(day(step.to), asked).length);
    }
    expect({ before: debt.before, remaining: debt.remaining, began: debt.began, fresh: debt.fresh }, where).toEqual({
      before: hand.whole.before,
      remaining: hand.whole.remaining,
      began: hand.whole.began,
      fresh: hand.whole.fresh,
    });
    for (const unit of shown.units) {
      const { unitId, name: _, queries: __, oldest, ...row } = unit;
      const { oldest: expected, ...rest } = hand.units.get(unitId) ?? byHand(on, from, cut, asked).whole;
      expect(row, `${where} unit`).toEqual(rest);
      expect(oldest === null ? null : { id: oldest.id, days: oldest.days }, `${where} oldest`).toEqual(expected);
    }
    for (const [unit, row] of hand.units)
      if (row.open + row.registered + row.closed + row.before > 0)
        expect(
          shown.units.some((found) => found.unitId === unit),
          where,
        ).toBe(true);
    for (const found of shown.sectors) {
      const { sector, queries: __, ...row } = found;
      const { oldest: _, ...rest } = hand.sectors.get(sector) ?? byHand(on, from, cut, asked).whole;
      expect(row, `${where} sector ${sector}`).toEqual(rest);
    }
  }
}

describe('态势图的数字', () => {
  it('没有汇总时，任意一天、任意筛选的存量、流量、存量与新账、各单位各行业，都与逐条重数的一致', async () => {
    for (const asked of questions)
      for (const on of days)
        await compare(asked, on, addDays(on, -40), day('2026-01-01') < on ? day('2026-01-01') : on);
  });

  it('夜间汇总以后，同样的问题得到同样的数，划线日不在月初也一样', async () => {
    await testAct(onDay(house, addDays(today, -20)), officer, (act) =>
      rollUpFigures(act.db, '990102', addDays(today, -20)),
    );
    // the nights after it were missed: what came since is counted from history and turns
    for (const asked of questions) await compare(asked, today, day('2025-11-25'), day('2026-01-01'));
    await testAct(onDay(house, addDays(today, -2)), officer, (act) =>
      rollUpFigures(act.db, '990102', addDays(today, -2)),
    );
    await testAct(onDay(house, today), officer, (act) => rollUpFigures(act.db, '990102', today));
    for (const asked of questions)
      for (const on of days)
        await compare(asked, on, day('2025-11-25'), day('2026-01-01') < on ? day('2026-01-01') : on);
    await compare({}, today, day('2025-12-11'), day('2026-02-11'));
    await compare({ sector: ['消防安全'] }, day('2026-02-20'), day('2025-12-11'), day('2026-02-11'));
  });

  it('任意组合的筛选、过去任意一天、任意起算日和划线日，汇总得到的数都与逐条重数的一致', async () => {
    for (let n = 0; n < 60; n += 1) {
      const on = addDays(begin, 3 + dice(daysBetween(begin, today) - 2));
      const from = addDays(on, -dice(daysBetween(begin, on)));
      await compare(anyNarrowing(), on, from, addDays(on, -dice(daysBetween(begin, on))));
    }
  });

  it('任意组合的筛选、任意一天，清零曲线和分布图与逐条重数的一致', async () => {
    for (let n = 0; n < 40; n += 1) {
      const asked = anyNarrowing();
      const on = addDays(begin, 3 + dice(daysBetween(begin, today) - 2));
      const curve = await burnDown(read(), { ...asked, asOf: on, from: addDays(on, -dice(100)) });
      for (const point of curve.series)
        expect(point.open, `${JSON.stringify(asked)} ${on} ${point.day}`).toBe(openOn(day(point.day), asked).length);
      const rows = openOn(on, asked);
      const map = await problemMap(read(), { ...asked, asOf: on });
      expect(await problemMap(read(), { ...asked, asOf: on }, 'spans')).toEqual(map);
      for (const area of map.areas) {
        const same = rows.filter((row) => (row.area ?? '') === area.code);
        expect([area.open, area.red, area.major]).toEqual([
          same.length,
          of(same, (row) => lamp(row, on) === 'red'),
          of(same, (row) => row.grade === 'major'),
        ]);
      }
      expect(map.cells.reduce((sum, cell) => sum + cell.open, map.without)).toBe(rows.length);
    }
  });

  it('存量加上新账减去了结的，等于现在的存量：一件也不多，一件也不少', async () => {
    for (const on of days) {
      const { debt, stock, flow } = await overview(read(), { asOf: on, from: '2026-01-01', cut: '2026-01-01' });
      if (on < '2026-01-01') continue;
      expect(debt.before + debt.began - flow.ended.count).toBe(stock.open);
      expect(debt.solved + debt.freshEnded).toBe(flow.ended.count);
    }
  });

  it('清零曲线每一天都等于那一天晚上没有了结的件数', async () => {
    for (const asked of [
      {},
      { tag: '冬季行动' },
      { batch: batches[0] ?? '' },
      { plan: plans[1] ?? '' },
      { sector: ['建筑施工'] },
    ] as Asked[]) {
      const shown = await burnDown(read(), { ...asked, asOf: '2026-03-10', from: '2025-12-15', until: '2026-04-30' });
      for (const point of shown.series) expect(point.open, point.day).toBe(openOn(day(point.day), asked).length);
      expect(shown.required).toBe(Math.ceil((shown.open / 51) * 10) / 10);
    }
  });

  it('每一批移交清单、每个行动的完成率与逐条重数的一致', async () => {
    for (const on of [day('2026-01-20'), today])
      for (const by of ['batch', 'plan', 'tag'] as const) {
        const shown = await completion(read(), { asOf: on, by });
        const own = (way?: 'spans') => completion(reading(onDay(house, today), clerk), { asOf: on, by }, way);
        expect((await own()).rows).toEqual((await own('spans')).rows);
        const keys = by === 'batch' ? batches : by === 'plan' ? plans : ['领导责任', '监管责任', '冬季行动'];
        for (const key of keys) {
          const asked: Asked = { [by]: key };
          const row = shown.rows.find((found) => found.key === key);
          const turns = turnsOn(begin, on, asked);
          const registered = of(turns, (turn) => turn.turn === 'registered');
          const otherEnd = of(turns, (turn) => turn.turn === 'withdrawn');
          const still = openOn(on, asked);
          expect(row).toMatchObject({
            registered,
            otherEnd,
            open: still.length,
            red: of(still, (one) => lamp(one, on) === 'red'),
            closed: registered - otherEnd - still.length,
          });
        }
      }
  });

  it('分布图上的点加起来就是没有了结的件数，没有坐标的另计', async () => {
    for (const on of [day('2026-02-01'), today])
      for (const asked of [{}, { sector: ['消防安全'] }] as Asked[]) {
        const shown = await problemMap(read(), { ...asked, asOf: on });
        const rows = openOn(on, asked);
        expect(shown.cells.reduce((sum, cell) => sum + cell.open, 0)).toBe(of(rows, (row) => row.point));
        expect(shown.without).toBe(of(rows, (row) => !row.point));
        expect(shown.areas.reduce((sum, area) => sum + area.open, 0)).toBe(rows.length);
        expect(shown.areas.reduce((sum, area) => sum + area.red, 0)).toBe(of(rows, (row) => lamp(row, on) === 'red'));
      }
  });

  it('单位经办人看到的是本单位负责的问题，看不到别的单位的数', async () => {
    const own = await overview(reading(onDay(house, today), clerk), {});
    const asked = { leadUnit: [units[1] ?? ''] };
    expect(own.stock.open).toBe(openOn(today, asked).length);
    expect(own.units.every((unit) => unit.unitId === units[1])).toBe(true);
    expect(own.stock.query).toMatchObject({ mine: 'led' });
    const foreign = await overview(reading(onDay(house, today), clerk), { leadUnit: [units[2] ?? ''] });
    expect(foreign.stock.open).toBe(0);
    const elsewhere = testActor({ roles: ['officer'], unitId: units[0] ?? null, jurisdiction: '990199' });
    expect((await overview(reading(onDay(house, today), elsewhere), {})).stock.open).toBe(0);
  });

  it('核验时重数汇总；有人改动汇总数就指出来', async () => {
    const found = async (): Promise<string[]> => {
      const list: Difference[] = [];
      await recountFigures(database.db, (where) => list.push(where));
      return list.map((one) => one.where);
    };
    expect(await found()).toEqual([]);
    await sql`update problem_flow set closed = closed + 1 where dim = 'unit' and period = 'm' and first_day = '2026-02-01'`.execute(
      database.db,
    );
    await sql`update problem_block_part set body = translate(body, '0', '1') where what = 'stock' and first_day = '2026-02-12'`.execute(
      database.db,
    );
    await sql`update problem_block_part set more = overlay(more placing 'oo' from 1) where what = 'flow' and first_day = '2025-12-01'`.execute(
      database.db,
    );
    expect(await found()).toEqual(['2026年2月的问题统计', '2025年12月的问题经过', '2026-02-12起的问题存量']);
  });
});

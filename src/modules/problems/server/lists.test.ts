import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, type Day, day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import { plainForSearch } from '../../../kernel/search-text.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { reading } from '../../../platform/perform.ts';
import { testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { lampOf } from '../lamp.ts';
import { isOpen, type ProblemState } from '../lifecycle.ts';
import type { Grade, NewProblem, ProblemKind, SourceType } from '../problem.ts';
import { registerProblems } from './create-problems.ts';
import { rollUpFigures } from './figures/roll-up.ts';
import { list } from './list.ts';
import { problemItems } from './records.ts';
import type { Filters } from './store-filters.ts';
import { listRows } from './store-list.ts';

let database: TestDatabase;
let whole: Scope;
let ofUnit: Scope;
const today = day('2026-06-15');
const past = day('2026-06-01');
const units = Array.from({ length: 5 }, () => randomUUID());
const enterprises = [randomUUID(), randomUUID()];
const plans = [randomUUID(), randomUUID()];
const at = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;

interface Row {
  id: string;
  number: string;
  title: string;
  text: string;
  kind: ProblemKind;
  grade: Grade;
  source: SourceType;
  state: ProblemState;
  lead: string;
  units: string[];
  sector: string | null;
  area: string | null;
  tags: string[];
  flags: string[];
  enterprise: string | null;
  plan: string | null;
  due: Day;
  amber: Day;
  found: Day;
  entered: Day;
  closed: Day | null;
}
let rows: Row[] = [];
interface Span {
  id: string;
  from: Day;
  to: Day | null;
  state: ProblemState;
  lead: string;
  units: string[];
  sector: string | null;
  due: Day;
  amber: Day;
  serial: number;
}
let spans: Span[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  const house = await testHouse(database.db, { today, items: problemItems });
  const officer = testActor({ roles: ['officer'], unitId: at(units, 0), name: '办甲' });
  whole = reading(house, officer).scope;
  ofUnit = reading(house, testActor({ roles: ['clerk'], unitId: at(units, 1), name: '经甲' })).scope;
  const drafts = Array.from(
    { length: 180 },
    (_, n): NewProblem => ({
      kind: at(['hazard', 'problem', 'accidentLead'] as const, n >> 2),
      title: `${at(['配电箱', '液氨储罐', '疏散通道'], n)}${at(['未接地', '被占用'], n >> 1)}`,
      text: at(['现场检查发现，要求立即整改。', '储罐区 无警示标志。', '通道堆放杂物。'], n >> 3),
      source: {
        type: at(['patrol', 'dailyCheck', 'guidance'] as const, n),
        batchId: null,
        originalNumber: null,
        recordKind: null,
        recordId: null,
        finder: null,
      },
      foundOn: addDays(today, -(n % 20)),
      enterpriseId: n % 4 === 0 ? null : at(enterprises, n),
      subject: null,
      place: {
        address: null,
        areaCode: n % 6 === 0 ? null : at(['9901', '9902'], n),
        longitude: null,
        latitude: null,
        grid: null,
      },
      sector: n % 9 === 0 ? null : at(['建筑施工', '消防安全'], n >> 2),
      tags: n % 5 === 0 ? ['五个责任'] : [],
      planId: n % 7 === 0 ? null : at(plans, n),
      stageId: null,
      taskId: null,
      grade: n % 8 === 0 ? 'major' : 'general',
      measures: null,
      leadUnitId: at(units, n),
      coUnitIds: [at(units, n + 1 + (n % 3))],
      supervisingUnitId: null,
      personName: null,
      dueOn: addDays(today, (n * 7) % 120),
    }),
  );
  await testAct(house, officer, (act) => registerProblems(act, drafts));
  // Lists look at the rows only: ways to get there are tested elsewhere. Far apart, so that they lie in many blocks.
  await sql`update problem set
      state = case serial % 5 when 0 then 'closed' when 1 then 'withdrawn' when 2 then 'disputed' when 3 then 'underway' else 'toReceive' end,
      open = serial % 5 > 1, due_on = due_on - 40, amber_on = amber_on - 40, entered_on = entered_on - (180 - serial % 1000)::int / 9,
      found_on = found_on - 40, opened_on = entered_on - (180 - serial % 1000)::int / 9,
      closed_on = case serial % 5 when 0 then date '2026-06-15' - (serial % 30)::int end,
      ended_on = case when serial % 5 < 2 then date '2026-06-15' - (serial % 30)::int end,
      flags = case when serial % 4 = 0 then array['lateEntry', 'extended'] when serial % 4 = 1 then array['extended'] else '{}' end`.execute(
    database.db,
  );
  await sql`update problem set serial = serial / 100000000 * 100000000 + serial % 100000000 * 30000`.execute(
    database.db,
  );
  await sql`delete from problem_span`.execute(database.db);
  await sql`insert into problem_span (jurisdiction, problem_id, from_on, to_on, kind, state, grade, lead_unit_id, sector, source_type,
      plan_id, enterprise_id, area_code, tags, due_on, amber_on, extensions, found_on, entered_on, opened_on, listed, serial, units)
    select jurisdiction, id, f, u, kind, case when f = entered_on then 'toReceive' else 'underway' end, grade, lead_unit_id, sector,
      source_type, plan_id, enterprise_id, area_code, tags, due_on, amber_on, 0, found_on, entered_on, opened_on, false, serial, units
    from (select p.*, entered_on as f, case when serial % 3 = 0 then coalesce(ended_on, null) else entered_on + 5 end as u from problem p
      union all select p.*, entered_on + 5, ended_on from problem p where serial % 3 <> 0) x
    where u is null or u > f`.execute(database.db);
  await sql`analyze problem`.execute(database.db);
  rows = (
    await sql<Row>`select id, number, title, text, kind, grade, source_type as source, state, lead_unit_id as lead, units, sector,
      area_code as area, tags, flags, enterprise_id as enterprise, plan_id as plan, due_on as due, amber_on as amber, found_on as found,
      entered_on as entered, closed_on as closed from problem`.execute(database.db)
  ).rows;
  spans = (
    await sql<Span>`select problem_id as id, from_on as "from", to_on as "to", state, lead_unit_id as lead, units, sector, due_on as due,
      amber_on as amber, serial from problem_span`.execute(database.db)
  ).rows;
});
afterAll(() => database.drop());

const inside = (value: string | null, from: string | undefined, to: string | undefined): boolean =>
  (!from || (value !== null && value >= from)) && (!to || (value !== null && value <= to));

/** The same question put to every row, one after the other. */
function plainly(scope: Scope, filters: Filters): Row[] {
  const sought = plainForSearch(filters.q ?? '');
  const openOnly =
    (filters.state?.length && filters.state.every(isOpen)) ||
    (filters.lamp?.length && filters.lamp.every((lamp) => lamp !== 'none'));
  return rows.filter(
    (row) =>
      (scope.units === 'all' || row.units.some((one) => (scope.units as readonly string[]).includes(one))) &&
      (!filters.state?.length || filters.state.includes(row.state)) &&
      (!filters.leadUnit?.length || filters.leadUnit.includes(row.lead)) &&
      (!filters.unit?.length || row.units.some((one) => filters.unit?.includes(one))) &&
      (!filters.sector?.length || filters.sector.includes(row.sector ?? '')) &&
      (!filters.area?.length || filters.area.includes(row.area ?? '')) &&
      (!filters.tag?.length || row.tags.some((tag) => filters.tag?.includes(tag))) &&
      (!filters.source?.length || filters.source.includes(row.source)) &&
      (!filters.kind?.length || filters.kind.includes(row.kind)) &&
      (!filters.grade || row.grade === filters.grade) &&
      (!filters.enterprise || row.enterprise === filters.enterprise) &&
      (!filters.plan || row.plan === filters.plan) &&
      (filters.only ?? []).every((flag) => row.flags.includes(flag)) &&
      inside(row.due, filters.dueFrom, filters.dueTo) &&
      inside(row.found, filters.foundFrom, filters.foundTo) &&
      inside(row.entered, filters.enteredFrom, filters.enteredTo) &&
      inside(row.closed, filters.closedFrom, filters.closedTo) &&
      (!filters.lamp?.length ||
        filters.lamp.includes(lampOf({ state: row.state, dueOn: row.due, amberOn: row.amber }, today))) &&
      (sought === '' ||
        [row.title, row.text].some((text) => plainForSearch(text).includes(sought)) ||
        row.number === filters.q) &&
      (openOnly || !filters.sort?.endsWith('closed') || row.closed !== null),
  );
}

describe('问题台账的查找', () => {
  it('任意组合筛选、查找、排序和范围，结果与逐条比对一致，与查找的路径无关', async () => {
    const pick = <T>(chance: number, n: number, from: readonly T[]): T | undefined =>
      n % chance === 0 ? at(from, Math.floor(n / chance)) : undefined;
    const one = <T>(value: T | undefined): [T] | undefined => (value === undefined ? undefined : [value]);
    for (let n = 0; n < 250; n++) {
      const h = (n * 2654435761) % 4294967296;
      const part = (shift: number): number => Math.floor(h / 2 ** shift) % 997;
      const filters: Filters = {
        sort: at(['number', '-number', 'due', '-due', 'found', '-found', 'closed', '-closed', undefined], part(3)),
        q: pick(3, part(2), ['液氨', '通道', '氨储罐', '要求立即', '罐', '锅炉', rows[5]?.number ?? '', '地储']),
        state: one(pick(4, part(4), ['closed', 'withdrawn', 'underway', 'toReceive', 'disputed'] as const)),
        lamp: n % 5 === 0 ? ['red', 'none'] : one(pick(4, part(5), ['red', 'amber', 'green', 'grey', 'none'] as const)),
        leadUnit: one(pick(4, part(1), units)),
        unit: one(pick(5, part(6), units)),
        sector: n % 17 === 0 ? ['建筑施工', ''] : one(pick(4, part(7), ['建筑施工', '消防安全', ''])),
        area: one(pick(7, part(8), ['9901', '9902'])),
        source: one(pick(6, part(9), ['patrol', 'guidance'] as const)),
        kind: one(pick(6, part(10), ['hazard', 'problem'] as const)),
        grade: pick(7, part(11), ['major', 'general'] as const),
        tag: one(pick(9, part(12), ['五个责任'])),
        only: one(pick(8, part(13), ['lateEntry', 'extended'] as const)),
        enterprise: pick(9, part(14), enterprises),
        plan: pick(6, part(15), plans),
        dueFrom: pick(7, part(16), ['2026-05-20', '2026-06-10']),
        dueTo: pick(7, part(17), ['2026-07-20']),
        foundTo: pick(8, part(18), ['2026-05-01']),
        enteredFrom: pick(8, part(19), ['2026-06-05']),
        enteredTo: pick(9, part(20), ['2026-06-10']),
        closedFrom: pick(9, part(21), ['2026-06-01']),
      };
      const scope = n % 3 === 0 ? ofUnit : whole;
      const expected = plainly(scope, filters);
      for (const way of [at(['all', 'blocks', 'dense', 'walk', 'set'] as const, n), undefined]) {
        const found = await listRows(database.db, scope, filters, today, {
          page: 1,
          pageSize: 200,
          way,
          parts: [undefined, 3, 16][n % 3],
        });
        const told = `${way} ${JSON.stringify(filters)}`;
        expect([...found.rows.map((row) => row.id)].sort(), told).toEqual(expected.map((row) => row.id).sort());
        expect(found.total, told).toBe(expected.length);
        const key = (row: (typeof found.rows)[number]): string =>
          filters.sort?.endsWith('due')
            ? row.dueOn
            : filters.sort?.endsWith('found')
              ? row.foundOn
              : filters.sort?.endsWith('closed')
                ? (row.closedOn ?? row.number)
                : row.number;
        const sorted = [...found.rows.map(key)].sort();
        const down = filters.sort === undefined || filters.sort.startsWith('-');
        expect(found.rows.map(key), told).toEqual(down ? sorted.reverse() : sorted);
      }
    }
  });

  it('过去某日的台账就是那天在办的问题，按那天的状态、责任单位和灯号', async () => {
    const open = spans.filter((span) => span.from <= past && (span.to === null || span.to > past));
    for (const [at, filters] of (
      [
        {},
        { leadUnit: [units[2] ?? ''] },
        { sector: ['消防安全'], sort: 'due' },
        { state: ['underway'] },
        { lamp: ['red'], sort: '-found' },
        { unit: [units[3] ?? ''], sector: ['建筑施工'] },
        { q: '液氨储罐' },
      ] satisfies Filters[]
    ).entries()) {
      const asked: Filters = filters;
      for (const scope of [whole, ofUnit]) {
        const expected = open.filter(
          (span) =>
            (scope.units === 'all' || span.units.some((unit) => (scope.units as readonly string[]).includes(unit))) &&
            (!asked.leadUnit || asked.leadUnit.includes(span.lead)) &&
            (!asked.unit || span.units.some((unit) => asked.unit?.includes(unit))) &&
            (!asked.sector || asked.sector.includes(span.sector ?? '')) &&
            (!asked.state || asked.state.includes(span.state)) &&
            (!asked.lamp || lampOf({ state: span.state, dueOn: span.due, amberOn: span.amber }, past) === 'red') &&
            (!asked.q || (rows.find((row) => row.id === span.id)?.title.includes(asked.q) ?? false)),
        );
        const found = await listRows(database.db, scope, { ...asked, asOf: past }, today, { page: 1, pageSize: 200 });
        expect([...found.rows.map((row) => row.id)].sort(), String(at)).toEqual(expected.map((span) => span.id).sort());
        expect(found.total).toBe(expected.length);
      }
    }
  });

  it('夜间汇总以后，过去某一天的台账与逐条查历史的一致：任意筛选、排序、翻页', async () => {
    const sorts = ['number', '-number', 'due', '-due', 'found', '-found', 'closed', '-closed'] as const;
    const narrowings: readonly Filters[] = [
      {},
      { leadUnit: [units[2] ?? '', units[3] ?? ''] },
      { sector: ['消防安全', ''], grade: 'general' },
      { state: ['underway'], kind: ['hazard', 'problem'] },
      { lamp: ['red', 'grey'], source: ['patrol', 'guidance'] },
      { area: ['9901'], plan: plans[0] ?? '' },
      { tag: ['五个责任'], dueFrom: '2026-05-20', dueTo: '2026-07-20' },
      { foundTo: '2026-05-01', openedFrom: '2026-05-25' },
      { leadUnit: [randomUUID()] },
    ];
    const asked = narrowings.flatMap((filters) =>
      sorts.flatMap((sort) =>
        [past, addDays(past, -5)].flatMap((asOf) =>
          [1, 2, 9].map((page) => ({ filters: { ...filters, sort, asOf }, page })),
        ),
      ),
    );
    const all = async () => {
      const pages = [];
      for (const { filters, page } of asked) {
        const found = await listRows(database.db, whole, filters, today, { page, pageSize: 7 });
        pages.push({ filters, page, total: found.total, ids: found.rows.map((row) => row.id) });
      }
      return pages;
    };
    const before = await all();
    await rollUpFigures(database.db, '990102', today);
    expect(await all()).toEqual(before);
    expect(before.filter((one) => one.ids.length > 0).length).toBeGreaterThan(100);
  });

  it('“我的”按本单位是牵头、配合还是登记单位区分', async () => {
    const house = await testHouse(database.db, { today, items: problemItems });
    const clerk = reading(house, testActor({ roles: ['clerk'], unitId: at(units, 1), name: '经乙' }));
    const count = async (mine: 'lead' | 'led' | 'co' | 'found' | 'supervised'): Promise<number> =>
      (await list(clerk, { mine, pageSize: 200 })).total;
    const lead = rows.filter((row) => row.lead === at(units, 1)).length;
    expect(await count('lead')).toBe(lead);
    expect(await count('led')).toBe(lead);
    const concerned = rows.filter((row) => row.units.includes(at(units, 1))).length;
    expect(await count('co')).toBeLessThanOrEqual(concerned);
    expect(await count('co')).toBeGreaterThan(0);
    expect(await count('found')).toBe(0);
    expect(await count('supervised')).toBe(0);
  });

  it('数字背后的台账：某段时间登记的问题，按登记那时计', async () => {
    const found = await listRows(database.db, whole, { turn: 'registered', turnFrom: today, turnTo: today }, today, {
      page: 1,
      pageSize: 50,
    });
    expect(found.total).toBe(180);
    const led = { turn: 'registered', turnFrom: today, turnTo: today, leadUnit: [at(units, 2)] } as const;
    const some = await listRows(database.db, whole, { ...led, leadUnit: [...led.leadUnit] }, today, {
      page: 1,
      pageSize: 50,
    });
    expect(some.total).toBe(rows.filter((row) => row.lead === at(units, 2)).length);
  });
});

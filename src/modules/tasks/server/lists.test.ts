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
import { isOpen, type TaskState } from '../lifecycle.ts';
import type { NewTask } from '../task.ts';
import { createTasks } from './create-tasks.ts';
import { taskKind } from './door.ts';
import { list } from './list.ts';
import { type Filters, listTasks } from './store-list.ts';

let database: TestDatabase;
let whole: Scope;
let ofUnit: Scope;
const today = day('2026-06-15');
const units = Array.from({ length: 5 }, () => randomUUID());
const plans = [randomUUID(), randomUUID()];
const stages = [randomUUID(), randomUUID(), randomUUID()];
const at = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;

interface Row {
  id: string;
  number: string;
  serial: number;
  title: string;
  text: string;
  state: TaskState;
  lead: string;
  units: string[];
  sector: string | null;
  plan: string;
  stage: string | null;
  person: string | null;
  due: Day | null;
  amber: Day | null;
  closed: Day | null;
}
let rows: Row[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  const house = await testHouse(database.db, { today, items: { task: taskKind } });
  const officer = testActor({ roles: ['officer'], unitId: at(units, 0), name: '办甲' });
  whole = reading(house, officer).scope;
  ofUnit = reading(house, testActor({ roles: ['clerk'], unitId: at(units, 1), name: '经甲' })).scope;
  const drafts = Array.from({ length: 180 }, (_, n): NewTask => {
    const due = addDays(today, (n * 7) % 120) as Day;
    return {
      title: `${at(['开展', '推进', '落实'], n)}${at(['液氨储罐', '建筑工地', '老旧小区'], n >> 1)}${at(['检查', '演练'], n >> 2)}`,
      text: at(['氨储罐逐个检查。', '全面排查 隐患。', '签订责任书。'], n >> 3),
      origin: { kind: 'plan' },
      planId: at(plans, n),
      stageId: n % 7 === 0 ? null : at(stages, n >> 1),
      sector: n % 9 === 0 ? null : at(['建筑施工', '消防安全'], n >> 2),
      leadUnitId: at(units, n),
      responsibleUnitIds: [at(units, n + 1 + (n % 3))],
      territorialUnitIds: [],
      deadlines: n % 11 === 0 ? [] : [{ kind: 'date', text: '按期', on: due }],
      quotas: [],
      targets: [],
      ...(n % 4 === 0 ? {} : { personName: `责任人${n % 6}` }),
    };
  });
  await testAct(house, officer, (act) => createTasks(act, drafts));
  // Lists look at the rows only: ways to get there are tested elsewhere.
  await sql`update task set state = case serial % 5 when 0 then 'closed' when 1 then 'withdrawn' when 2 then 'suspended'
      when 3 then 'underway' else 'toReceive' end, open = serial % 5 > 1, due_on = due_on - 40, amber_on = amber_on - 40,
    closed_on = case serial % 5 when 0 then date '2026-06-15' - (serial % 30)::int end`.execute(database.db);
  // Far apart, so that they lie in many blocks of the search index.
  await sql`update task set serial = serial / 100000000 * 100000000 + serial % 100000000 * 30000`.execute(database.db);
  await sql`analyze task`.execute(database.db);
  const found = await sql<Row>`select id, number, serial, title, text, state, lead_unit_id as lead, units, sector,
    plan_id as plan, stage_id as stage, person_name as person, due_on as due, amber_on as amber, closed_on as closed
    from task`.execute(database.db);
  rows = found.rows;
});
afterAll(() => database.drop());

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
      (!filters.sector?.length || (row.sector !== null && filters.sector.includes(row.sector))) &&
      (!filters.plan || row.plan === filters.plan) &&
      (!filters.stage || row.stage === filters.stage) &&
      (!filters.person || row.person === null) &&
      (!filters.without?.includes('stage') || row.stage === null) &&
      (!filters.without?.includes('sector') || row.sector === null) &&
      (!filters.deadline || row.due === null) &&
      (!filters.closedFrom || (row.closed !== null && row.closed >= filters.closedFrom)) &&
      (!filters.dueFrom || (row.due !== null && row.due >= filters.dueFrom)) &&
      (!filters.dueTo || (row.due !== null && row.due <= filters.dueTo)) &&
      (!filters.lamp?.length ||
        filters.lamp.includes(lampOf({ state: row.state, dueOn: row.due, amberOn: row.amber }, today))) &&
      (sought === '' ||
        [row.title, row.text].some((text) => plainForSearch(text).includes(sought)) ||
        row.number === filters.q) &&
      (openOnly || !filters.sort?.endsWith('closed') || row.closed !== null),
  );
}

describe('任务清单的查找', () => {
  it('任意组合筛选、查找、排序和范围，结果与逐件比对一致，与查找的路径无关', async () => {
    const pick = <T>(chance: number, n: number, from: readonly T[]): T | undefined =>
      n % chance === 0 ? at(from, Math.floor(n / chance)) : undefined;
    for (let n = 0; n < 400; n++) {
      const h = (n * 2654435761) % 4294967296;
      const part = (shift: number): number => Math.floor(h / 2 ** shift) % 997;
      const one = <T>(value: T | undefined): [T] | undefined => (value === undefined ? undefined : [value]);
      const lead = pick(4, part(1), units);
      const filters: Filters = {
        sort: at(['due', '-due', 'number', '-number', 'closed', '-closed'], part(3)),
        q: pick(3, part(2), [
          '液氨',
          '检查',
          '氨储罐',
          '小区演练',
          '排查隐患',
          '罐',
          '锅炉',
          rows[5]?.number ?? '',
          '检查氨',
        ]),
        state: one(pick(4, part(4), ['closed', 'withdrawn', 'underway', 'toReceive', 'suspended'] as const)),
        lamp: n % 5 === 0 ? ['red', 'none'] : one(pick(4, part(5), ['red', 'amber', 'green', 'grey', 'none'] as const)),
        leadUnit: lead === undefined ? undefined : n % 2 === 0 ? [lead] : [lead, at(units, n)],
        unit: one(pick(5, part(6), units)),
        sector: one(pick(4, part(7), ['建筑施工', '消防安全'])),
        plan: pick(4, part(8), plans),
        stage: pick(5, part(9), stages),
        person: pick(6, part(10), ['missing'] as const),
        without: one(pick(6, part(13), ['stage', 'sector'] as const)),
        deadline: pick(9, part(14), ['missing'] as const),
        closedFrom: pick(8, part(15), ['2026-06-01']),
        dueFrom: pick(7, part(11), ['2026-05-20', '2026-06-10']),
        dueTo: pick(7, part(12), ['2026-07-20']),
      };
      const scope = n % 3 === 0 ? ofUnit : whole;
      const expected = plainly(scope, filters);
      for (const way of [at(['all', 'blocks', 'dense', 'walk', 'set'] as const, n), undefined]) {
        const found = await listTasks(database.db, scope, filters, today, {
          page: 1,
          pageSize: 200,
          way,
          parts: [undefined, 3, 16][n % 3],
        });
        const told = JSON.stringify(filters);
        expect([...found.rows.map((row) => row.id)].sort(), told).toEqual(expected.map((row) => row.id).sort());
        expect(found.total, told).toBe(expected.length);
        const key = (row: (typeof found.rows)[number]): string =>
          filters.sort?.endsWith('due')
            ? (row.dueOn ?? '9')
            : filters.sort?.endsWith('number')
              ? row.number
              : (row.closedOn ?? row.number);
        const keys = found.rows.map(key);
        const sorted = [...keys].sort();
        expect(keys, told).toEqual(filters.sort?.startsWith('-') ? sorted.reverse() : sorted);
      }
    }
  });

  it('逐页翻看与一次看全完全一致，不重不漏，与查找的路径无关', async () => {
    for (const sort of ['due', '-due', 'number', '-number', 'closed', '-closed'] as const)
      for (const filters of [
        {},
        { q: '检查' },
        { sector: ['消防安全'] },
        { dueFrom: '2026-05-20', dueTo: '2026-07-01' },
      ])
        for (const way of ['all', 'blocks', 'dense', 'walk', 'set'] as const) {
          const asked = { ...filters, sort };
          const all = await listTasks(database.db, whole, asked, today, { page: 1, pageSize: 200, way: 'all' });
          const pages: string[] = [];
          for (let page = 1; page <= Math.ceil(all.total / 23) + 1; page++) {
            const { rows: some } = await listTasks(database.db, whole, asked, today, {
              page,
              pageSize: 23,
              way,
              parts: 1 + page,
            });
            pages.push(...some.map((row) => row.id));
          }
          expect(pages, `${way} ${JSON.stringify(asked)}`).toEqual(all.rows.map((row) => row.id));
        }
  });

  it('“本单位牵头”只列本单位牵头的任务，整个辖区都能看的人不受限制', async () => {
    const house = await testHouse(database.db, { today, items: { task: taskKind } });
    const clerk = reading(house, testActor({ roles: ['clerk'], unitId: at(units, 1), name: '经乙' }));
    const led = await list(clerk, { mine: 'led', pageSize: 200 });
    expect(led.total).toBe(rows.filter((row) => row.lead === at(units, 1)).length);
    expect(led.rows.every((row) => row.leadUnitId === at(units, 1))).toBe(true);
    const foreign = await list(clerk, { mine: 'led', leadUnit: [at(units, 2)] });
    expect(foreign.total).toBe(0);
    const officer = reading(house, testActor({ roles: ['officer'], unitId: at(units, 0), name: '办乙' }));
    expect((await list(officer, { mine: 'led' })).total).toBe(rows.length);
  });
});

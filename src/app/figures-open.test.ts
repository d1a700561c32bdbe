import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, hasRole } from '../kernel/actor.ts';
import { rehearsalClock } from '../kernel/clock.ts';
import { type Day, day } from '../kernel/day.ts';
import { asJurisdiction } from '../kernel/ids.ts';
import { accountOfLogin, actorOf } from '../modules/access/server/door.ts';
import {
  type Counted,
  comparedFigures,
  disciplineOpens,
  figuresOpen,
  hourOf,
  type Opened,
  sectorOpens,
  stageOpens,
  taskSectorOpens,
  unitOpens,
} from '../modules/bulletins/opening.ts';
import type { Snapshot } from '../modules/bulletins/snapshot.ts';
import { filingsApi } from '../modules/filings/api.ts';
import { filingsRoutes } from '../modules/filings/server/routes.ts';
import { problemsApi } from '../modules/problems/api.ts';
import { lookBacksApi } from '../modules/problems/api-look-backs.ts';
import { problemsRoutes } from '../modules/problems/server/routes.ts';
import { supervisionApi } from '../modules/supervision/api.ts';
import { pressuresApi } from '../modules/supervision/api-pressures.ts';
import { supervisionRoutes } from '../modules/supervision/server/routes.ts';
import { tasksApi } from '../modules/tasks/api.ts';
import { tasksRoutes } from '../modules/tasks/server/routes.ts';
import type { House } from '../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../platform/db/testing.ts';
import { openFileStore } from '../platform/files/store.ts';
import { tellAll } from './demo/chapters.ts';
import { readDistrict } from './demo/district.ts';
import { play } from './demo/player.ts';
import { seedDemonstration } from './demo/seed.ts';
import { makeHouse } from './house.ts';

const today = day('2026-11-22');
const PROBLEMS = 400;
/** Lists are read whole, page by page. */
const PAGE = 200;

const inProblems = play(problemsApi, problemsRoutes);
const inLookBacks = play(lookBacksApi, problemsRoutes);
const inTasks = play(tasksApi, tasksRoutes);
const inFilings = play(filingsApi, filingsRoutes);
const inListings = play(supervisionApi, supervisionRoutes);
const inPressures = play(pressuresApi, supervisionRoutes);

let database: TestDatabase;
let house: House;
let officer: Actor;
let snapshots: readonly Snapshot[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  const files = await openFileStore(await mkdtemp(join(tmpdir(), 'guatu-figures-')));
  house = makeHouse({ db: database.db, files, clock: rehearsalClock(today), kind: 'demonstration' });
  await seedDemonstration(house, today);
  await tellAll(house, { count: PROBLEMS, stopped: () => false, log: () => undefined });
  for (const { login } of (await readDistrict()).accounts) {
    const account = await accountOfLogin(house.db, login);
    const actor = account ? await actorOf(house.db, account) : null;
    if (actor && hasRole(actor, 'officer') && actor.wholeJurisdiction) officer = actor;
  }
  const made = await sql<{ content: string }>`
    select distinct on (form_id) content from bulletin_snapshot order by form_id, period_from desc`.execute(house.db);
  snapshots = made.rows.map((row) => JSON.parse(row.content) as Snapshot);
}, 240_000);
afterAll(async () => database.drop());

type Query = Readonly<Record<string, unknown>>;

/** How many rows the list shows in all. */
async function listed({ of, query }: Opened, actor: Actor = officer): Promise<number> {
  const at = { house, actor };
  const read = async (page: number): Promise<readonly unknown[]> => {
    const asked = { query: { ...(query as Query), page, pageSize: PAGE } } as never;
    if (of === 'problems') return (await inProblems(at, 'listProblems', asked)).rows;
    if (of === 'tasks') return (await inTasks(at, 'listTasks', asked)).rows;
    if (of === 'listings') return (await inListings(at, 'listListings', asked)).rows;
    if (of === 'measures') return (await inPressures(at, 'listPressures', asked)).rows;
    if (of === 'lookBacks') return (await inLookBacks(at, 'listChecks', asked)).rows;
    return page > 1 ? [] : (await inFilings(at, 'listReports', { query } as never)).rows;
  };
  let total = 0;
  for (let page = 1; ; page += 1) {
    const rows = await read(page);
    total += rows.length;
    if (rows.length < PAGE) return total;
  }
}

/** Turns are counted, problems are listed: of the same question, how many turns and of how many problems. */
async function turned({ query }: Opened): Promise<{ turns: number; problems: number }> {
  const { turn, turnFrom, turnTo, turnIs, leadUnit, sector } = query as Record<string, string & string[]>;
  const turns = turn === 'otherEnd' ? ['withdrawn', 'merged', 'unfounded'] : [turn];
  const found = await sql<{ turns: number; problems: number }>`
    select count(*)::int as turns, count(distinct problem_id)::int as problems from problem_turn
    where jurisdiction = ${officer.jurisdiction} and turn = any(${turns}::text[]) and day between ${turnFrom}::date and ${turnTo}::date
      and (${turnIs ?? null}::text is null or (${turnIs ?? null} = 'late' and late) or (${turnIs ?? null} = 'first' and first))
      and (${leadUnit?.[0] ?? null}::uuid is null or lead_unit_id = ${leadUnit?.[0] ?? null}::uuid)
      and (${sector?.[0] ?? null}::text is null or coalesce(sector, '') = ${sector?.[0] ?? null})`.execute(house.db);
  return found.rows[0] ?? { turns: -1, problems: -1 };
}

let walked = 0;
let nonZero = 0;
async function agrees(where: string, value: number, opened: Opened | undefined): Promise<void> {
  expect([where, opened !== undefined]).toEqual([where, true]);
  if (!opened) return;
  walked += 1;
  if (value > 0) nonZero += 1;
  const rows = await listed(opened);
  if (opened.query.turn === undefined) return expect([where, rows]).toEqual([where, value]);
  const { turns, problems } = await turned(opened);
  expect([where, turns, rows]).toEqual([where, value, problems]);
}

describe('通报里的数字', () => {
  it('日报、周通报、月调度的每个数字，正文里的、表格里的，打开的清单都正好是这么多', async () => {
    expect(snapshots.length).toBeGreaterThan(2);
    for (const snapshot of snapshots) {
      const { name } = snapshot.form;
      const on: Counted = {
        from: snapshot.from,
        to: snapshot.to,
        hour: hourOf(snapshot.to, new Date(snapshot.madeAt)),
      };
      const former: Counted = { ...snapshot.before, hour: '24:00' };
      const opens = figuresOpen(on);
      for (const [figure, counted] of Object.entries(snapshot.figures)) {
        const where = `${name} ${figure}`;
        if (counted.kind === 'words') continue;
        if (counted.kind === 'count')
          await agrees(
            where,
            counted.value,
            counted.of && counted.query ? { of: counted.of, query: counted.query } : undefined,
          );
        // a share and a change open what they were worked out from
        else expect([where, opens[figure] !== undefined]).toEqual([where, true]);
      }
      for (const row of snapshot.comparisons) {
        const figure = comparedFigures[row.name] ?? '';
        await agrees(`${name} 本期${row.name}`, row.now, opens[figure]);
        await agrees(`${name} 上期${row.name}`, row.before, figuresOpen(former)[figure]);
      }
      for (const row of snapshot.units) {
        const cells = unitOpens(row.unitId, on);
        const shown = [
          'registered',
          'closed',
          'reopened',
          'open',
          'red',
          'tasksOpen',
          'tasksRed',
          'tasksClosed',
        ] as const;
        for (const key of shown) await agrees(`${name} ${row.name} ${key}`, row[key], cells[key]);
      }
      for (const row of snapshot.sectors) {
        const cells = sectorOpens(row.sector, on);
        for (const key of ['registered', 'closed', 'reopened', 'open', 'red'] as const)
          await agrees(`${name} ${row.sector} ${key}`, row[key], cells[key]);
      }
      for (const row of snapshot.stages)
        for (const key of ['all', 'closed', 'open', 'red'] as const)
          await agrees(`${name} ${row.name} ${key}`, row[key], stageOpens(row.stageId, on)[key]);
      for (const row of snapshot.taskSectors)
        for (const key of ['all', 'closed', 'open', 'red'] as const)
          await agrees(`${name} ${row.sector} ${key}`, row[key], taskSectorOpens(row.sector, on)[key]);
      for (const row of snapshot.discipline)
        for (const key of ['required', 'onTime', 'late', 'missing'] as const)
          await agrees(`${name} ${row.name} ${key}`, row[key], disciplineOpens(row.unitId, on)[key]);
    }
    expect(walked).toBeGreaterThan(300);
    expect(nonZero).toBeGreaterThan(100);
  }, 300_000);

  it('能看到下级政府的同志打开的，也只是通报统计的那一级政府的', async () => {
    const [snapshot] = snapshots;
    const above = { ...officer, inferiors: [asJurisdiction('990199')] };
    for (const figure of Object.values(snapshot?.figures ?? {})) {
      if (figure.kind !== 'count' || figure.of === null || figure.query === null || figure.query.turn) continue;
      const of = figure.of;
      const within = (jurisdiction: string) => listed({ of, query: { ...figure.query, jurisdiction } }, above);
      expect(await within(officer.jurisdiction)).toBe(figure.value);
      expect(await within('990199')).toBe(0);
    }
  });

  it('排名里每个单位的各项，打开的是这个单位的记录', async () => {
    for (const snapshot of snapshots)
      for (const row of [...snapshot.ranking.best, ...snapshot.ranking.worst]) {
        const cells = unitOpens(row.unitId, { from: snapshot.from as Day, to: snapshot.to as Day, hour: '24:00' });
        if (row.firstPass !== null) expect(await listed(cells.firstPass)).toBeGreaterThan(0);
        if (row.lookBack !== null) expect(await listed(cells.lookBack)).toBeGreaterThan(0);
        if (row.longest > 0) expect(await listed(cells.longest)).toBeGreaterThan(0);
      }
  });
});

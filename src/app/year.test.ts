import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, hasRole } from '../kernel/actor.ts';
import { rehearsalClock } from '../kernel/clock.ts';
import { addDays, type Day, day, weekdayOf } from '../kernel/day.ts';
import { asJurisdiction } from '../kernel/ids.ts';
import { accountOfLogin, actorOf } from '../modules/access/server/door.ts';
import { approve, bulletinsToDo, issue, makeForm, submit } from '../modules/bulletins/server/door.ts';
import { makeRhythm } from '../modules/filings/server/door.ts';
import { pressuresApi } from '../modules/supervision/api-pressures.ts';
import { supervisionRoutes } from '../modules/supervision/server/routes.ts';
import type { House } from '../platform/act.ts';
import { connectDatabase, type Database } from '../platform/db/connect.ts';
import { freshDatabase, type TestDatabase } from '../platform/db/testing.ts';
import { verify } from '../platform/facts/verify.ts';
import { openFileStore } from '../platform/files/store.ts';
import { runOnce } from '../platform/jobs/duty.ts';
import { perform, reading } from '../platform/perform.ts';
import { houseOn } from './demo/adoption.ts';
import { tellAssessment } from './demo/assessment.ts';
import { type BulletinTales, type FilingTales, reportsOf } from './demo/bulletins.ts';
import { readDistrict } from './demo/district.ts';
import { play } from './demo/player.ts';
import { tellProblems } from './demo/problems.ts';
import { seedDemonstration } from './demo/seed.ts';
import { makeHouse } from './house.ts';
import { dutiesWith } from './schedule.ts';

/** `YEAR=365` replays the whole year (some twenty minutes); the usual run takes the last five weeks. */
const DAYS = Number(process.env.YEAR ?? 35);
const PROBLEMS = 400;
const today = day('2026-11-22');
const first = addDays(today, -DAYS);

const inPressures = play(pressuresApi, supervisionRoutes);
let database: TestDatabase;
let second: Database;
let house: House;
let otherHouse: House;
let jurisdiction = asJurisdiction('');
let officers: Actor[] = [];
let leader: Actor;
let clerks: Actor[] = [];
let filings: FilingTales;
const ran: { readonly duty: string; readonly times: number }[] = [];

const dataOf = async <T>(name: string): Promise<T> =>
  JSON.parse(await readFile(new URL(`../../data/jurisdictions/${jurisdiction}/${name}.json`, import.meta.url), 'utf8'));
const plain = <T>(value: T): never => structuredClone(value) as never;

/** Every duty of a morning by two processes at the same time, and once more after both. */
async function morning(on: Day, stubs: string): Promise<void> {
  for (const duty of dutiesWith(stubs)) {
    const about = duty.about(on);
    const both = await Promise.all([
      runOnce(houseOn(house, on, 6 * 60), duty, about, jurisdiction),
      runOnce(houseOn(otherHouse, on, 6 * 60), duty, about, jurisdiction),
    ]);
    const again = await runOnce(houseOn(house, on, 6 * 60 + 5), duty, about, jurisdiction);
    ran.push({ duty: duty.name, times: [...both, again].filter((one) => one !== null).length });
  }
}

/** One officer sends the drafts on, the leader agrees, the officer issues. */
async function papers(on: Day): Promise<void> {
  const [officer] = officers;
  if (!officer) return;
  const { rows } = await bulletinsToDo(reading(houseOn(house, on, 8 * 60 + 30), officer));
  for (const { bulletin } of rows.filter((row) => row.bulletin.state === 'draft')) {
    const sent = await perform(houseOn(house, on, 8 * 60 + 40), officer, (act) => submit(act, bulletin));
    const agreed = await perform(houseOn(house, on, 9 * 60), leader, (act) =>
      approve(act, { ...sent, opinion: '同意印发。' }),
    );
    await perform(houseOn(house, on, 9 * 60 + 20), officer, (act) => issue(act, agreed));
  }
}

/** Every third proposal of the rules is taken up and agreed to by the leader; the others are put aside with a reason. */
async function proposals(on: Day): Promise<void> {
  const [officer] = officers;
  if (!officer) return;
  const at = (minute: number, actor: Actor) => ({ house: houseOn(house, on, minute), actor });
  const { rows } = await inPressures(at(9 * 60 + 30, officer), 'listPressures', {
    query: { state: ['suggested'], pageSize: 200 },
  });
  for (const [index, row] of rows.entries()) {
    const params = { id: row.id };
    // nobody decides about his own unit: those wait
    if (row.unitId === officer.unitId || row.unitId === leader.unitId) continue;
    if (index % 3 > 0) {
      const body = { version: row.version, reason: '已当面督促，责任单位正在办理。' };
      await inPressures(at(10 * 60, officer), 'dismissPressure', { params, body });
      continue;
    }
    const { demands } = await inPressures(at(10 * 60, officer), 'viewPressure', { params });
    const taken = await inPressures(at(10 * 60 + 10, officer), 'takeUpPressure', {
      params,
      body: {
        version: row.version,
        kind: row.kind,
        addressee: row.unitName,
        matter: row.matter,
        reason: '规则查到的情况属实。',
        demands: [...demands],
      },
    });
    await inPressures(at(11 * 60, leader), 'decidePressure', {
      params,
      body: { version: taken.version, approve: true, opinion: '同意。' },
    });
  }
}

beforeAll(async () => {
  database = await freshDatabase();
  second = await connectDatabase({ url: database.url, max: 4 });
  const folder = await mkdtemp(join(tmpdir(), 'guatu-year-'));
  const files = await openFileStore(folder);
  const parts = { files, clock: rehearsalClock(today), kind: 'demonstration' } as const;
  house = makeHouse({ ...parts, db: database.db });
  otherHouse = makeHouse({ ...parts, db: second.db });
  await seedDemonstration(house, today);
  await tellProblems(house, { today, count: PROBLEMS });
  const district = await readDistrict();
  jurisdiction = asJurisdiction(district.jurisdiction);
  const people: Actor[] = [];
  for (const { login } of district.accounts) {
    const account = await accountOfLogin(house.db, login);
    if (account !== null) people.push(await actorOf(house.db, account));
  }
  officers = people.filter((one) => hasRole(one, 'officer'));
  leader = people.find((one) => hasRole(one, 'leader')) as Actor;
  clerks = people.filter((one) => hasRole(one, 'clerk') && !hasRole(one, 'officer'));
  filings = await dataOf<FilingTales>('filings');
  const bulletins = await dataOf<BulletinTales>('bulletins');
  const [officer] = officers as [Actor];
  const begun = houseOn(house, addDays(first, -1), 8 * 60);
  for (const rhythm of filings.rhythms)
    await perform(begun, officer, (act) => makeRhythm(act, plain({ ...rhythm, fromOn: first, toOn: null })));
  for (const form of bulletins.forms)
    await perform(begun, officer, (act) =>
      makeForm(act, plain({ ...form, fromOn: form.period === 'day' ? first : addDays(first, -40), toOn: null })),
    );
  await inPressures({ house: begun, actor: officer }, 'loadPressureRules', { body: {} });
  // its days lie before today: told before the mornings seal them
  await tellAssessment(house);
  for (let on = first; on <= today; on = addDays(on, 1)) {
    await morning(on, join(folder, 'seals.log'));
    await papers(on);
    await proposals(on);
    if (on < today) for (const clerk of clerks) await reportsOf(house, on, clerk, filings);
  }
}, 3_600_000);
afterAll(async () => {
  await second.close();
  await database.drop();
});

interface Told {
  readonly id: string;
  readonly kind: string;
  readonly day: Day;
  readonly to: string | null;
  readonly dueOn: Day | null;
}

/** All facts about tasks and problems, as they were written down: what the second way of counting has to go by. */
async function told(of: 'task' | 'problem'): Promise<ReadonlyMap<string, readonly Told[]>> {
  const found = await sql<Told>`
    select item_id as id, kind, day, to_state as "to", coalesce(data ->> 'newDue', data ->> 'dueOn') as "dueOn"
    from fact where item_kind = ${of} order by item_id, seq`.execute(database.db);
  const lives = new Map<string, Told[]>();
  for (const fact of found.rows) {
    const life = lives.get(fact.id) ?? [];
    life.push(fact);
    lives.set(fact.id, life);
  }
  return lives;
}

interface Counted {
  readonly content: string;
  readonly from: Day;
  readonly to: Day;
  readonly period: string;
}
const bulletinsMade = async (): Promise<readonly Counted[]> =>
  (
    await sql<Counted>`select s.content, s.period_from as from, s.period_to as to, b.period
      from bulletin b join bulletin_snapshot s on s.id = b.snapshot_id order by s.period_from, b.period`.execute(
      database.db,
    )
  ).rows;

const days = (from: Day, to: Day): Day[] => {
  const all: Day[] = [];
  for (let on = from; on <= to; on = addDays(on, 1)) all.push(on);
  return all;
};

describe('把一段日子一天一天地过一遍', () => {
  it('每件定时事项每天由两个进程同时办理，只办成一次，再办也没有影响', () => {
    expect(ran.length).toBe((DAYS + 1) * dutiesWith('').length);
    expect(ran.filter((one) => one.times !== 1)).toEqual([]);
  });

  it('每天一份日报、每周一份周通报、每月一份月调度材料，一份不多，一份不少', async () => {
    const made = await bulletinsMade();
    const of = (period: string) => made.filter((one) => one.period === period);
    const mornings = days(first, today);
    expect(of('day').map((one) => one.to)).toEqual(mornings.slice(1).map((on) => addDays(on, -1)));
    expect(of('week').map((one) => one.to)).toEqual(
      mornings.filter((on) => weekdayOf(on) === 1).map((on) => addDays(on, -1)),
    );
    expect(of('month').map((one) => one.to)).toEqual(
      mornings.filter((on) => on.endsWith('-01')).map((on) => addDays(on, -1)),
    );
    const issued = await sql<{ n: number }>`select count(*)::int as n from bulletin where state = 'issued'`.execute(
      database.db,
    );
    expect(issued.rows[0]?.n).toBe(made.length);
  });

  it('每一份里的主要数字，都和从办理记录里另外数出来的一样', async () => {
    const [problems, tasks] = [await told('problem'), await told('task')];
    const ended = new Set(['closed', 'withdrawn', 'merged', 'unfounded', 'split']);
    const standing = (life: readonly Told[], on: Day) => {
      let state: string | null = null;
      let due: Day | null = null;
      for (const fact of life) {
        if (fact.day > on) break;
        if (fact.to !== null) state = fact.to;
        if (fact.dueOn !== null) due = fact.dueOn;
      }
      return { state, due };
    };
    const openOn = (lives: ReadonlyMap<string, readonly Told[]>, on: Day) =>
      [...lives.values()].flatMap((life) => {
        const { state, due } = standing(life, on);
        return state === null || ended.has(state) ? [] : [{ state, due }];
      });
    const turned = (lives: ReadonlyMap<string, readonly Told[]>, kind: string, from: Day, to: Day): number =>
      [...lives.values()].flat().filter((fact) => fact.kind === kind && fact.day >= from && fact.day <= to).length;
    // closed by an officer, by a recheck, or on the spot when it was registered
    const closings = (lives: ReadonlyMap<string, readonly Told[]>, from: Day, to: Day): number =>
      [...lives.values()].flat().filter((fact) => fact.to === 'closed' && fact.day >= from && fact.day <= to).length;
    const wrong: string[] = [];
    let nonzero = 0;
    for (const { content, from, to } of await bulletinsMade()) {
      const { figures } = JSON.parse(content) as { figures: Record<string, { value: number }> };
      const open = openOn(problems, to);
      const counts: Readonly<Record<string, number>> = {
        新增: turned(problems, 'problem.registered', from, to),
        销号: closings(problems, from, to),
        重新打开: turned(problems, 'problem.reopened', from, to),
        期初未销号: openOn(problems, addDays(from, -1)).length,
        未销号: open.length,
        逾期: open.filter((one) => !['disputed', 'planned'].includes(one.state) && one.due !== null && one.due < to)
          .length,
        在办任务: openOn(tasks, to).length,
        本期销号任务: closings(tasks, from, to),
        待签收任务: openOn(tasks, to).filter((one) => one.state === 'toReceive').length,
      };
      for (const [name, count] of Object.entries(counts)) {
        if (count > 0) nonzero += 1;
        const printed = figures[name]?.value;
        if (printed !== count) wrong.push(`${from}至${to}：${name} 印的是 ${printed}，数出来是 ${count}`);
      }
    }
    expect(wrong).toEqual([]);
    expect(nonzero).toBeGreaterThan(DAYS * 4);
  });

  it('应报、按时、迟报、缺报，和从报送记录里另外数出来的一样', async () => {
    const { rows } = await sql<{ due: Date; dueOn: Day; filedAt: Date | null }>`
      select r.due_at as due, r.due_on as "dueOn",
        (select min(f.at) from fact f where f.item_id = r.id::text and f.kind = 'periodicReport.filed') as "filedAt"
      from periodic_report r`.execute(database.db);
    expect(rows.length).toBeGreaterThan(DAYS);
    for (const { content, from, to } of await bulletinsMade()) {
      const { figures } = JSON.parse(content) as { figures: Record<string, { value: number }> };
      const end = new Date(`${addDays(to, 1)}T00:00:00+08:00`);
      const due = rows.filter((one) => one.dueOn >= from && one.dueOn <= to);
      const filed = due.filter((one) => one.filedAt !== null && one.filedAt < end);
      const onTime = filed.filter((one) => one.filedAt !== null && one.filedAt <= one.due);
      const shown = ['应报', '按时报送', '迟报', '缺报'].map((name) => figures[name]?.value);
      expect([from, to, ...shown]).toEqual([
        from,
        to,
        due.length,
        onTime.length,
        filed.length - onTime.length,
        due.length - filed.length,
      ]);
    }
  });

  it('规则提出过措施，由人决定：有采取的、有不采取的；同一情形没有重复提', async () => {
    const { rows } = await sql<{ state: string; n: number }>`
      select state, count(*)::int as n from pressure where rule_id is not null group by 1`.execute(database.db);
    const of = (state: string): number => rows.find((row) => row.state === state)?.n ?? 0;
    expect(of('approved')).toBeGreaterThan(0);
    expect(of('dismissed')).toBeGreaterThan(0);
  });

  it('年度考核有一个单位被一票否决；全部记录经核对没有发现', async () => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from veto_event where state = 'confirmed'`.execute(database.db);
    expect(rows[0]?.n).toBe(1);
    const { findings } = await verify(house.db, house.items, house.files);
    expect(findings).toEqual([]);
  }, 600_000);
});

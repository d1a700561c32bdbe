import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { day as dayOf } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import type { Act, House } from '../../../platform/act.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { jurisdictionsOf, runOnce } from '../../../platform/jobs/duty.ts';
import { reading } from '../../../platform/perform.ts';
import { onDay, testAct } from '../../../platform/testing.ts';
import { type Person, type Stage, stage } from '../../problems/server/stage.ts';
import type { Filled } from '../filing.ts';
import { amend, demand, exempt, file, returnReport } from './act.ts';
import { filingItems, missedFilings, storiesOf } from './door.ts';
import { list, toDo } from './list.ts';
import { openFilings, openFilingsDuty, remindFilings } from './open.ts';
import { endRhythm, makeRhythm } from './rhythms.ts';
import { view } from './view.ts';

let s: Stage;
let house: House;
const system = systemActor(asJurisdiction('990102'));
beforeAll(async () => {
  s = await stage();
  house = { ...s.house, items: { ...s.house.items, ...filingItems } };
});
afterAll(async () => s.drop());

/** A house in which it is this hour (Shanghai) of this day. */
const onHour = (day: string, hour: string): House => ({
  ...onDay(house, day),
  clock: { now: () => new Date(`${day}T${hour}:00+08:00`), today: () => dayOf(day), rehearsal: dayOf(day) },
});
const actorOf = (who: Person | Actor): Actor => (typeof who === 'string' ? s.people[who] : who);
const act = <T>(day: string, hour: string, who: Person | Actor, run: (one: Act) => Promise<T>): Promise<T> =>
  testAct(onHour(day, hour), actorOf(who), run);
const look = (day: string, hour: string, who: Person | Actor) => reading(onHour(day, hour), actorOf(who));

const weekly: Parameters<typeof makeRhythm>[1] = {
  name: '工作周报',
  basis: '方案第五部分',
  period: 'week',
  reporters: ['松涛区住房局', '青石镇', '松涛区消防大队'],
  receiver: '区安委办',
  hour: '17:00',
  dueAfter: 0,
  opensBefore: 3,
  workdays: false,
  fields: [{ key: 'visits', label: '出动检查人次', type: 'count', must: true, unit: '人次', options: [] }],
  known: ['registered', 'open', 'red', 'tasksOpen'],
  narrative: 'must',
  cases: 'may',
  practices: 'may',
  fromOn: '2026-03-01',
  toOn: null,
};
const filled: Filled = {
  values: { visits: 12 },
  narrative: '本周开展消防安全检查，督促整改到位。',
  cases: [],
  practices: [{ title: '夜查机制', text: '每周三夜间由班子成员带队开展检查。' }],
};

describe('报送', () => {
  it('按制度布置、填报、迟报、缺报，数字由系统锁定', async () => {
    const { id: rhythmId } = await act('2026-03-01', '09:00', 'officer', (one) => makeRhythm(one, weekly));
    await s.register('2026-03-03', 'officer');
    // opened on the Thursday before the Sunday on which it is due; a second run makes nothing more
    expect(await act('2026-03-04', '00:05', system, (one) => openFilings(one, one.day))).toBe(0);
    expect(await act('2026-03-05', '00:05', system, (one) => openFilings(one, one.day))).toBe(3);
    expect(await act('2026-03-05', '00:06', system, (one) => openFilings(one, one.day))).toBe(0);
    const [mine] = (await toDo(look('2026-03-05', '10:00', 'clerk'))).rows;
    expect(mine).toMatchObject({ number: expect.stringMatching(/^送-2026-\d{4}$/), standing: 'waiting' });
    expect(mine?.periodWords).toBe('2026年3月2日至8日');
    const id = mine?.id ?? '';
    const seen = await view(look('2026-03-05', '10:00', 'clerk'), id);
    expect(seen.now?.map((one) => [one.key, one.count])).toEqual([
      ['registered', 1],
      ['open', 1],
      ['red', 0],
      ['tasksOpen', 0],
    ]);
    // what is missing is said; what the system knows cannot be sent along
    await expect(
      act('2026-03-06', '10:00', 'clerk', (one) =>
        file(one, { id, version: 1, filled: { ...filled, values: {}, narrative: '无' } }),
      ),
    ).rejects.toThrow('请填写“出动检查人次”');
    await expect(
      act('2026-03-06', '10:00', 'clerk', (one) =>
        file(one, { id, version: 1, filled: { ...filled, values: { visits: 12, registered: 99 } } }),
      ),
    ).rejects.toThrow('这一项不由单位填报');
    await expect(
      act('2026-03-06', '10:00', 'townClerk', (one) => file(one, { id, version: 1, filled })),
    ).rejects.toThrow();
    expect(await act('2026-03-08', '08:30', system, (one) => remindFilings(one, one.day))).toBe(3);
    const done = await act('2026-03-08', '16:00', 'clerk', (one) => file(one, { id, version: 1, filled }));
    expect(done.state).toBe('filed');
    const hour = await list(look('2026-03-09', '09:00', 'officer'), {
      dueFrom: '2026-03-08',
      dueTo: '2026-03-08',
      hour: '15:00',
    });
    expect(hour.whole).toMatchObject({ required: 3, waiting: 3, missing: 0 });
    const evening = await list(look('2026-03-09', '09:00', 'officer'), { dueFrom: '2026-03-08', dueTo: '2026-03-08' });
    expect(evening.whole).toEqual({ required: 3, onTime: 1, late: 0, missing: 2, waiting: 0 });
    // later problems change nothing in what was locked
    await s.register('2026-03-09', 'officer');
    const locked = await view(look('2026-03-10', '09:00', 'clerk'), id);
    expect(locked.versions[0]?.known.find((one) => one.key === 'open')?.count).toBe(1);
    expect(locked.now).toBeNull();
    // another unit late
    const [town] = (await toDo(look('2026-03-09', '10:00', 'townClerk'))).rows;
    await act('2026-03-09', '10:00', 'townClerk', (one) => file(one, { id: town?.id ?? '', version: 1, filled }));
    const discipline = await missedFilings(
      house.db,
      reading(house, system).scope,
      dayOf('2026-03-02'),
      dayOf('2026-03-08'),
    );
    expect(discipline.map((one) => [one.missing, one.late, one.onTime])).toContainEqual([1, 0, 0]);
    // as of the end of the 8th the town had not filed yet
    expect(discipline.reduce((sum, one) => sum + one.missing, 0)).toBe(2);
    const stories = await storiesOf(
      house.db,
      reading(house, system).scope,
      dayOf('2026-03-08'),
      dayOf('2026-03-08'),
      new Date('2026-03-20'),
    );
    expect(stories.map((one) => one.title)).toEqual(['夜查机制', '夜查机制']);
    expect(rhythmId).toBeTruthy();
  });

  it('更正留下原来的一份；退回、免报要有理由，本单位不能免除自己', async () => {
    await act('2026-03-12', '00:05', system, (one) => openFilings(one, one.day));
    const [mine] = (await toDo(look('2026-03-12', '10:00', 'clerk'))).rows;
    const id = mine?.id ?? '';
    await act('2026-03-13', '10:00', 'clerk', (one) => file(one, { id, version: 1, filled }));
    await expect(
      act('2026-03-13', '11:00', 'clerk', (one) => amend(one, { id, version: 2, filled, reason: '' })),
    ).rejects.toThrow('请写明理由');
    const changed = { ...filled, values: { visits: 15 } };
    await act('2026-03-13', '11:00', 'clerk', (one) =>
      amend(one, { id, version: 2, filled: changed, reason: '漏报三人次' }),
    );
    const seen = await view(look('2026-03-13', '12:00', 'officer'), id);
    expect(seen.versions.map((one) => one.filled.values.visits)).toEqual([15, 12]);
    await expect(
      act('2026-03-13', '12:00', 'officer', (one) =>
        returnReport(one, { id, version: 3, reason: '缺少典型案例', dueOn: '2026-03-13', hour: '11:00' }),
      ),
    ).rejects.toThrow('晚于现在');
    const back = await act('2026-03-13', '12:00', 'officer', (one) =>
      returnReport(one, { id, version: 3, reason: '缺少典型案例', dueOn: '2026-03-14', hour: '12:00' }),
    );
    expect(back.state).toBe('returned');
    await act('2026-03-14', '09:00', 'clerk', (one) => file(one, { id, version: 4, filled: changed }));
    expect((await view(look('2026-03-15', '09:00', 'officer'), id)).filing.standing).toBe('onTime');
    const [town] = (await toDo(look('2026-03-13', '10:00', 'townClerk'))).rows;
    const freed = await act('2026-03-13', '12:00', 'officer', (one) =>
      exempt(one, { id: town?.id ?? '', version: 1, reason: '正在防汛' }),
    );
    expect(freed.state).toBe('exempt');
    await act('2026-03-13', '13:00', 'officer', (one) =>
      demand(one, { id: freed.id, version: freed.version, reason: '防汛结束' }),
    );
    await expect(sql`update periodic_report_version set filled = '{}'::jsonb`.execute(house.db)).rejects.toThrow(
      'neither changed',
    );
    await expect(sql`delete from periodic_report_turn`.execute(house.db)).rejects.toThrow('neither changed');
  });

  it('单位只看得到自己的报送；制度停用以后不再布置；两次办理只布置一次', async () => {
    const own = await list(look('2026-03-15', '09:00', 'townClerk'), { dueFrom: '2026-03-01', dueTo: '2026-03-31' });
    expect(new Set(own.rows.map((one) => one.unitName))).toEqual(new Set(['青石镇']));
    const all = await list(look('2026-03-15', '09:00', 'officer'), { dueFrom: '2026-03-01', dueTo: '2026-03-31' });
    expect(all.units).toHaveLength(3);
    const [first] = all.rhythms;
    await act('2026-03-20', '09:00', 'officer', (one) => endRhythm(one, first?.id ?? '', '2026-03-20'));
    expect(await act('2026-03-28', '00:05', system, (one) => openFilings(one, one.day))).toBe(0);
    const special = {
      ...weekly,
      name: '防汛日报',
      period: 'day' as const,
      opensBefore: 0,
      fromOn: '2026-04-01',
      toOn: '2026-04-03',
    };
    await act('2026-03-30', '09:00', 'officer', (one) => makeRhythm(one, special));
    const on = onHour('2026-04-02', '01:00');
    expect(await jurisdictionsOf(on)).toBeTruthy();
    const both = await Promise.all([1, 2].map(() => runOnce(on, openFilingsDuty, dayOf('2026-04-02'), '990102')));
    expect(both.filter((one) => one !== null)).toEqual(['布置 3 份']);
    expect(await act('2026-04-05', '00:05', system, (one) => openFilings(one, one.day))).toBe(0);
    await expect(
      act('2026-04-05', '09:00', 'officer', (one) => makeRhythm(one, { ...weekly, reporters: ['并不存在的单位甲'] })),
    ).rejects.toThrow('单位名册里没有“并不存在的单位甲”');
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });
});

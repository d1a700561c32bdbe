import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { systemActor } from '../../../kernel/actor.ts';
import { addDays, type Day, day as dayOf, daysBetween } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import type { Act, House } from '../../../platform/act.ts';
import { readDocument } from '../../../platform/documents/read.ts';
import { sha256 } from '../../../platform/facts/canonical.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { runOnce } from '../../../platform/jobs/duty.ts';
import { reading } from '../../../platform/perform.ts';
import { onDay, testAct } from '../../../platform/testing.ts';
import { file } from '../../filings/server/act.ts';
import { filingItems, makeRhythm, openFilings } from '../../filings/server/door.ts';
import { toDo as filingsToDo } from '../../filings/server/list.ts';
import { lettersItems } from '../../letters/server/door.ts';
import { fiveParts } from '../../problems/problem.ts';
import { close } from '../../problems/server/close.ts';
import { list as problemList } from '../../problems/server/list.ts';
import { receive } from '../../problems/server/receive.ts';
import { recheck } from '../../problems/server/recheck.ts';
import { reopenProblem } from '../../problems/server/reopen.ts';
import { reportDone } from '../../problems/server/report-done.ts';
import { setFive } from '../../problems/server/set-five.ts';
import { type Person, type Stage, seen, stage } from '../../problems/server/stage.ts';
import { supervisionItems } from '../../supervision/server/door.ts';
import { createTasks } from '../../tasks/server/create-tasks.ts';
import { list as taskList } from '../../tasks/server/list.ts';
import { pass } from '../../tasks/server/pass.ts';
import { receive as receiveTask } from '../../tasks/server/receive.ts';
import { report as reportTask } from '../../tasks/server/report.ts';
import { submit as submitTask } from '../../tasks/server/submit.ts';
import { sectionKeys, usualWeights } from '../bulletin-form.ts';
import { figureInWords, type Snapshot } from '../snapshot.ts';
import { approve, approvePublish, askPublish, edit, sendBack, submit, takeBack, voidBulletin } from './act.ts';
import { annexesOf } from './annexes.ts';
import { bulletinItems, makeBulletinsDuty, makeForm } from './door.ts';
import { draftAsWord } from './drafts.ts';
import { issue } from './issue.ts';
import { makeByHand, makeDue } from './make.ts';
import { snapshotOf } from './store.ts';
import { list, toDo, view } from './view.ts';

let s: Stage;
let house: House;
let formId = '';
const system = systemActor(asJurisdiction('990102'));
const actorOf = (who: Person | Actor): Actor => (typeof who === 'string' ? s.people[who] : who);
const act = <T>(day: string, who: Person | Actor, run: (one: Act) => Promise<T>): Promise<T> =>
  testAct(onDay(house, day), actorOf(who), run);
const look = (day: string, who: Person | Actor) => reading(onDay(house, day), actorOf(who));

async function finished(
  problem: { id: string; version: number },
  day: string,
  passes = true,
): Promise<{ id: string; version: number }> {
  let now = seen(problem);
  const shown = await sql<{ state: string }>`select state from problem where id = ${problem.id}`.execute(house.db);
  if (shown.rows[0]?.state === 'toReceive') now = await act(day, 'clerk', (one) => receive(one, now));
  const paper = await s.photo(day, 'clerk', problem.id, 'document');
  for (const part of fiveParts)
    now = await act(day, 'clerk', (one) =>
      setFive(one, { ...seen(now), part, text: '已经落实。', on: dayOf(day), fileIds: [paper.fileId] }),
    );
  const photo = await s.photo(day, 'clerk', problem.id);
  now = await act(day, 'clerk', (one) => reportDone(one, { ...seen(now), text: '整改完成。', evidence: [photo] }));
  const after = await act(day, 'fire', (one) =>
    recheck(one, { ...seen(now), pass: passes, opinion: passes ? '合格。' : '仍有松动，退回。' }),
  );
  if (after.state !== 'toClose') return seen(after);
  return seen(await act(day, 'officer', (one) => close(one, { ...seen(after), approve: true, opinion: '同意销号。' })));
}

/** Some weeks of a small district, told through the product's own acts. */
beforeAll(async () => {
  s = await stage();
  house = {
    ...s.house,
    items: { ...s.house.items, ...lettersItems, ...filingItems, ...supervisionItems, ...bulletinItems },
  };
  const made = await act('2026-02-01', 'officer', (one) =>
    makeForm(one, {
      name: '安全生产专项整治周通报',
      basis: '方案第五部分',
      period: 'week',
      hour: '07:30',
      sections: [...sectionKeys],
      addressee: '各镇（街道），各有关部门',
      copies: '',
      weights: { ...usualWeights },
      atLeast: 1,
      named: 3,
      requests: ['逾期事项由责任单位书面说明原因。'],
      fromOn: '2026-02-01',
      toOn: null,
    }),
  );
  formId = made.id;
  await act('2026-02-01', 'officer', (one) =>
    makeRhythm(one, {
      name: '工作周报',
      basis: '方案第五部分',
      period: 'week',
      reporters: ['松涛区住房局', '青石镇', '松涛区消防大队'],
      receiver: '区安委办',
      hour: '17:00',
      dueAfter: 0,
      opensBefore: 3,
      workdays: false,
      fields: [],
      known: ['open'],
      narrative: 'must',
      cases: 'none',
      practices: 'may',
      fromOn: '2026-02-01',
      toOn: null,
    }),
  );
  const units = ['housing', 'fire', 'town'] as const;
  const sectors = ['消防安全', '建筑施工', undefined] as const;
  const problems: { id: string; version: number }[] = [];
  for (let at = 0; at < 18; at += 1) {
    const day = addDays(dayOf('2026-02-10'), at + Math.floor(at / 3));
    const sector = sectors[at % 3];
    problems.push(
      await s.register(day, 'officer', {
        text: `第${at}处护栏松动。`,
        leadUnitId: at % 4 === 0 ? s.units.town : at % 5 === 0 ? s.units.fire : s.units.housing,
        supervisingUnitId: at % 4 !== 0 && at % 5 === 0 ? s.units.office : s.units.fire,
        dueOn: addDays(day, 4 + (at % 7)),
        ...(sector ? { sector } : {}),
      }),
    );
  }
  const mine = problems.filter((_, at) => at % 4 !== 0 && at % 5 !== 0);
  const days = ['2026-02-24', '2026-02-26', '2026-03-01', '2026-03-03', '2026-03-05'];
  const closed: { id: string; version: number }[] = [];
  for (const [at, day] of days.entries()) {
    const problem = mine[at];
    if (problem) closed.push(await finished(problem, day));
  }
  const failed = mine[5];
  if (failed) await finished(failed, '2026-03-04', false);
  const back = closed[0];
  if (back)
    await act('2026-03-06', 'officer', (one) =>
      reopenProblem(one, { ...back, reason: '回头看发现反弹', dueOn: dayOf('2026-03-20') }),
    );
  for (let at = 0; at < 9; at += 1) {
    const unit = units[at % 3] ?? 'housing';
    const [task] = await act('2026-02-12', 'officer', (one) =>
      createTasks(one, [
        {
          title: `专项检查之${at}`,
          text: '逐台检查。',
          origin: { kind: 'plan', planTitle: '工作要点', path: ['整治'], address: '一', sentence: '检查' },
          planId: null,
          stageId: null,
          sector: at % 2 === 0 ? '消防安全' : null,
          leadUnitId: s.units[unit],
          responsibleUnitIds: [],
          territorialUnitIds: [],
          deadlines: [{ kind: 'date', text: '时限', on: addDays(dayOf('2026-02-25'), at * 2) }],
          quotas: [],
          targets: [],
        },
      ]),
    );
    if (!task || unit !== 'housing') continue;
    const on = ['2026-02-26', '2026-03-03', '2026-03-20'][at / 3] ?? '2026-03-20';
    const step = async <R extends { version: number }>(
      run: (one: Act, version: number) => Promise<R>,
      who: Person,
    ): Promise<void> => {
      const found = await sql<{ version: number }>`select version from task where id = ${task.id}`.execute(house.db);
      await act(on, who, (one) => run(one, found.rows[0]?.version ?? 1));
    };
    await step((one, version) => receiveTask(one, { id: task.id, version }), 'clerk');
    if (on === '2026-03-20') continue;
    await act(on, 'clerk', (one) => reportTask(one, { id: task.id, text: '已查完', percent: 100 }));
    await step((one, version) => submitTask(one, { id: task.id, version, text: '全部完成。' }), 'head');
    await step((one, version) => pass(one, { id: task.id, version, opinion: '属实' }), 'officer');
  }
  for (const day of ['2026-02-19', '2026-02-26', '2026-03-05']) {
    await act(day, system, (one) => openFilings(one, one.day));
    const todo = (await filingsToDo(look(day, 'clerk'))).rows.at(-1);
    if (todo && day !== '2026-02-26')
      await act(day, 'clerk', (one) =>
        file(one, {
          id: todo.id,
          version: todo.version,
          filled: {
            values: {},
            narrative: '本周开展检查，督促整改到位。',
            cases: [],
            practices: [{ title: '夜查机制', text: '每周三夜间由班子成员带队检查。' }],
          },
        }),
      );
  }
}, 240_000);
afterAll(async () => s.drop());

interface FactOf {
  readonly id: string;
  readonly day: Day;
  readonly kind: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly data: { readonly first?: boolean } | null;
}

/** A second, plain way of counting: the facts one after another, and the rows; nothing of the product's own sums. */
async function recounted(from: Day, to: Day) {
  const facts = (
    await sql<FactOf>`select item_id as id, day, kind, from_state as "from", to_state as "to", data from fact
      where item_kind in ('problem', 'task') order by item_id, seq`.execute(house.db)
  ).rows;
  const problems = (
    await sql<{
      id: string;
      unit: string;
      sector: string | null;
      due: Day;
      firstDue: Day;
    }>`select id, lead_unit_id as unit, sector,
      due_on as due, first_due_on as "firstDue" from problem`.execute(house.db)
  ).rows;
  const tasks = (
    await sql<{
      id: string;
      unit: string;
      sector: string | null;
      due: Day | null;
    }>`select id, lead_unit_id as unit, sector,
      due_on as due from task`.execute(house.db)
  ).rows;
  const ended = ['closed', 'withdrawn', 'merged', 'unfounded'];
  const stateOn = (id: string, on: Day): string | null => {
    let state: string | null = null;
    for (const fact of facts) if (fact.id === id && fact.day <= on && fact.to !== null) state = fact.to;
    return state;
  };
  const dueOn = (one: (typeof problems)[number], on: Day): Day =>
    facts.some((fact) => fact.id === one.id && fact.kind === 'problem.reopened' && fact.day <= on)
      ? one.due
      : one.firstDue;
  const within = (fact: FactOf): boolean => fact.day >= from && fact.day <= to;
  const openOn = (on: Day) => problems.filter((one) => !['', ...ended].includes(stateOn(one.id, on) ?? ''));
  const redOn = (on: Day) =>
    openOn(on).filter((one) => !['disputed', 'planned'].includes(stateOn(one.id, on) ?? '') && dueOn(one, on) < on);
  const turns = (kind: string) => facts.filter((fact) => fact.kind === kind && within(fact));
  const taskOpenOn = (on: Day) =>
    tasks.filter((one) => {
      const state = stateOn(one.id, on);
      return state !== null && !['closed', 'withdrawn', 'split', 'merged'].includes(state);
    });
  const taskClosed = (since: Day | null, until: Day) =>
    tasks.filter((one) =>
      facts.some(
        (fact) =>
          fact.id === one.id && fact.to === 'closed' && fact.day <= until && (since === null || fact.day >= since),
      ),
    );
  return { problems, tasks, stateOn, dueOn, openOn, redOn, turns, facts, within, taskOpenOn, taskClosed };
}

async function snapshotMadeFor(id: string): Promise<Snapshot> {
  const found = await sql<{ snapshot: string }>`select snapshot_id as snapshot from bulletin where id = ${id}`.execute(
    house.db,
  );
  return (await snapshotOf(house.db, '990102', found.rows[0]?.snapshot ?? '')).snapshot;
}
const bulletinOn = async (monday: string): Promise<string> => {
  await act(monday, system, (one) => makeDue(one, one.day));
  const { rows } = await list(look(monday, 'officer'), {});
  return rows.find((row) => row.periodTo === addDays(dayOf(monday), -1) && row.state !== 'voided')?.id ?? '';
};

describe('通报的数字', () => {
  it('每一个印出来的数字，都和另一种笨办法重新数的一样', async () => {
    const id = await bulletinOn('2026-03-09');
    const [from, to] = [dayOf('2026-03-02'), dayOf('2026-03-08')];
    const found = await snapshotMadeFor(id);
    const plain = await recounted(from, to);
    const was = await recounted(dayOf('2026-02-23'), dayOf('2026-03-01'));
    const open = plain.openOn(to);
    const red = plain.redOn(to);
    const closed = plain.turns('problem.closed');
    const counts: Record<string, number> = {
      期初未销号: plain.openOn(addDays(from, -1)).length,
      新增: plain.turns('problem.registered').length,
      销号: closed.length,
      逾期销号: closed.filter((fact) => {
        const one = plain.problems.find((problem) => problem.id === fact.id);
        return one !== undefined && fact.day > plain.dueOn(one, addDays(fact.day, 0));
      }).length,
      重新打开: plain.turns('problem.reopened').length,
      其他了结: 0,
      未销号: open.length,
      逾期: red.length,
      重大隐患: 0,
      在办任务: plain.taskOpenOn(to).length,
      已销号任务: plain.taskClosed(null, to).length,
      本期销号任务: plain.taskClosed(from, to).length,
      任务总数: plain.taskOpenOn(to).length + plain.taskClosed(null, to).length,
      逾期任务: plain.taskOpenOn(to).filter((one) => one.due !== null && one.due < to).length,
      待签收任务: plain.taskOpenOn(to).filter((one) => plain.stateOn(one.id, to) === 'toReceive').length,
      应报: 3,
      按时报送: 1,
      迟报: 0,
      缺报: 2,
      新挂牌: 0,
      摘牌: 0,
      挂牌在办: 0,
      挂牌逾期: 0,
    };
    for (const [name, count] of Object.entries(counts))
      expect([name, found.figures[name]]).toEqual([name, expect.objectContaining({ kind: 'count', value: count })]);
    // something of each kind happened, so that nothing was compared with nothing
    expect(counts.新增).toBeGreaterThan(0);
    expect(counts.销号).toBeGreaterThan(0);
    expect(counts.重新打开).toBe(1);
    expect(counts.逾期).toBeGreaterThan(0);
    expect(counts.本期销号任务).toBe(1);
    // stock and flow agree
    expect(counts.未销号).toBe(
      (counts.期初未销号 ?? 0) + (counts.新增 ?? 0) + (counts.重新打开 ?? 0) - (counts.销号 ?? 0),
    );
    const changes: Record<string, number> = {
      新增较上期: (counts.新增 ?? 0) - was.turns('problem.registered').length,
      销号较上期: closed.length - was.turns('problem.closed').length,
      未销号较上期: open.length - was.openOn(dayOf('2026-03-01')).length,
      逾期较上期: red.length - was.redOn(dayOf('2026-03-01')).length,
      本期销号任务较上期: 1 - was.taskClosed(dayOf('2026-02-23'), dayOf('2026-03-01')).length,
    };
    for (const [name, change] of Object.entries(changes))
      expect([name, found.figures[name]]).toEqual([name, expect.objectContaining({ kind: 'change', value: change })]);
    const checks = plain.facts.filter(
      (fact) =>
        plain.within(fact) &&
        ['problem.rechecked', 'problem.sentBack', 'problem.closed'].includes(fact.kind) &&
        fact.from === 'toRecheck',
    );
    const passed = checks.filter((fact) => fact.kind !== 'problem.sentBack').length;
    expect(found.figures.首次复查通过率).toEqual({
      kind: 'share',
      value: Math.round((passed / checks.length) * 1000) / 10,
    });
    expect(found.figures.按时率).toEqual({ kind: 'share', value: 33.3 });
    const done = counts.已销号任务 ?? 0;
    expect(found.figures.任务完成率).toEqual({
      kind: 'share',
      value: Math.round((done / (counts.任务总数 ?? 1)) * 1000) / 10,
    });
    for (const row of found.units) {
      const of = (list: readonly { readonly id: string }[]): number =>
        list.filter((one) => plain.problems.find((problem) => problem.id === one.id)?.unit === row.unitId).length;
      const mine = red.filter((one) => one.unit === row.unitId);
      expect(row).toMatchObject({
        registered: of(plain.turns('problem.registered')),
        closed: of(closed),
        reopened: of(plain.turns('problem.reopened')),
        open: open.filter((one) => one.unit === row.unitId).length,
        red: mine.length,
        longest: Math.max(0, ...mine.map((one) => daysBetween(plain.dueOn(one, to), to))),
        tasksOpen: plain.taskOpenOn(to).filter((one) => one.unit === row.unitId).length,
        tasksRed: plain.taskOpenOn(to).filter((one) => one.unit === row.unitId && one.due !== null && one.due < to)
          .length,
        tasksClosed: plain.taskClosed(from, to).filter((one) => one.unit === row.unitId).length,
      });
    }
    expect(found.units).toHaveLength(3);
    for (const row of found.sectors) {
      const sector = row.sector === '未分行业' ? null : row.sector;
      expect(row).toMatchObject({
        open: open.filter((one) => one.sector === sector).length,
        red: red.filter((one) => one.sector === sector).length,
      });
    }
    for (const row of found.taskSectors) {
      const sector = row.sector === '未分行业' ? null : row.sector;
      expect(row).toMatchObject({
        open: plain.taskOpenOn(to).filter((one) => one.sector === sector).length,
        closed: plain.taskClosed(null, to).filter((one) => one.sector === sector).length,
      });
    }
    for (const row of found.overdue) {
      const due =
        row.of === 'problems'
          ? red.filter((one) => one.unit === row.unitId).map((one) => plain.dueOn(one, to))
          : plain.taskOpenOn(to).flatMap((one) => (one.unit === row.unitId && one.due !== null ? [one.due] : []));
      expect(row.dueOn).toBe(due.sort()[0]);
    }
    // what the chart draws, day by day
    const on = (kind: string, day: Day): number => plain.turns(kind).filter((fact) => fact.day === day).length;
    expect(found.series).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((at) => {
        const day = addDays(from, at);
        return {
          from: day,
          to: day,
          registered: on('problem.registered', day),
          closed: on('problem.closed', day),
          open: plain.openOn(day).length,
        };
      }),
    );
    expect(found.discipline.map((one) => [one.required, one.onTime, one.missing]).sort()).toEqual([
      [1, 0, 1],
      [1, 0, 1],
      [1, 1, 0],
    ]);
  });

  it('每个数字打开的清单，条数就是这个数字，以后也是', async () => {
    const { figures } = await snapshotMadeFor(await bulletinOn('2026-03-09'));
    let opened = 0;
    for (const day of ['2026-03-09', '2026-04-20'])
      for (const [name, figure] of Object.entries(figures)) {
        if (figure.kind !== 'count' || figure.query === null) continue;
        const query = { ...figure.query, pageSize: 200 } as never;
        const where = look(day, 'officer');
        const listed =
          figure.of === 'problems'
            ? (await problemList(where, query)).rows.length
            : figure.of === 'tasks'
              ? (await taskList(where, query)).rows.length
              : null;
        if (listed === null) continue;
        opened += 1;
        expect([day, name, listed]).toEqual([day, name, figure.value]);
      }
    expect(opened).toBeGreaterThan(20);
  });

  it('以后登记、销号的不改变过去的一期：晚些时候重新取数，数字不变', async () => {
    const first = await snapshotMadeFor(await bulletinOn('2026-03-09'));
    await s.register('2026-04-01', 'officer', { dueOn: dayOf('2026-04-20') });
    const again = await act('2026-04-02', 'officer', async (one) => {
      const { countSnapshot } = await import('./count.ts');
      const { formsOf } = await import('./store.ts');
      const [form] = await formsOf(one.db, ['990102']);
      if (!form) throw new Error('there is no form');
      return countSnapshot(one, form, { from: dayOf('2026-03-02'), to: dayOf('2026-03-08') });
    });
    expect({ ...again, madeAt: first.madeAt }).toEqual(first);
  });
});

describe('通报从取数到印发', () => {
  it('周一早上已经备好，办两次只有一期，两个进程同时办也只有一期', async () => {
    const at = onDay(house, '2026-03-16');
    const both = await Promise.all([1, 2].map(() => runOnce(at, makeBulletinsDuty, dayOf('2026-03-16'), '990102')));
    expect(both.filter((one) => one !== null)).toHaveLength(1);
    expect(await act('2026-03-16', system, (one) => makeDue(one, one.day))).toEqual([]);
    expect(await act('2026-03-17', system, (one) => makeDue(one, one.day))).toEqual([]);
    const { rows } = await list(look('2026-03-16', 'officer'), {});
    expect(rows.filter((row) => row.periodFrom === '2026-03-09')).toHaveLength(1);
    expect((await toDo(look('2026-03-16', 'officer'))).rows.map((row) => row.word)).toContain('送审');
    expect(
      await s.refusal(act('2026-03-17', 'officer', (one) => makeByHand(one, { formId, day: '2026-03-10' }))),
    ).toContain('这一期已有');
  });

  it('修改、送审、另一位同志审批、印发、公开另行批准；同一快照再做一遍逐字节相同', async () => {
    const id = await bulletinOn('2026-03-09');
    const on = '2026-03-10';
    let shown = await view(look(on, 'officer'), id);
    expect(shown.flaws).toEqual([]);
    const sections = shown.sections.map(({ key, text }) => ({ key, text }));
    const changed = sections.map((one) =>
      one.key === 'summary' ? { ...one, text: `${one.text}\n总体平稳，逾期{{逾期}}件，请抓紧整改。` } : one,
    );
    const story = shown.tables.stories[0];
    const words = { addressee: shown.addressee, copies: shown.copies };
    const chosen = story ? [{ filingId: story.filingId, at: story.at, kind: story.kind }] : [];
    const refused = (text: string) =>
      s.refusal(
        act(on, 'officer', (one) =>
          edit(one, {
            id,
            version: shown.bulletin.version,
            sections: sections.map((part) => (part.key === 'summary' ? { ...part, text } : part)),
            chosen,
            ...words,
          }),
        ),
      );
    expect(await refused('逾期8件。')).toContain('手写的数字');
    expect(await refused('逾期{{逾其}}件。')).toContain('是不是{{逾期}}');
    const edited = await act(on, 'officer', (one) =>
      edit(one, { id, version: shown.bulletin.version, sections: changed, chosen, ...words }),
    );
    expect(await s.refusal(act(on, 'clerk', (one) => submit(one, edited)))).not.toBe('done');
    const sent = await act(on, 'officer', (one) => submit(one, edited));
    expect(await s.refusal(act(on, 'officer', (one) => approve(one, { ...sent, opinion: '同意' })))).toContain(
      '另一位同志',
    );
    expect(
      await s.refusal(act(on, 'officer', (one) => edit(one, { ...sent, sections: changed, chosen, ...words }))),
    ).toContain('待审批');
    const back = await act(on, 'officer', (one) => takeBack(one, sent));
    const again = await act(on, 'officer', (one) => submit(one, back));
    const returned = await act(on, 'leader', (one) => sendBack(one, { ...again, reason: '语气再硬一些' }));
    const third = await act(on, 'officer', (one) => submit(one, returned));
    const approved = await act(on, 'leader', (one) => approve(one, { ...third, opinion: '同意印发' }));
    const issued = await act(on, 'officer', (one) => issue(one, approved));
    shown = await view(look(on, 'officer'), id);
    expect(shown.bulletin).toMatchObject({
      state: 'issued',
      issue: 1,
      documentNumber: expect.stringMatching(/〔2026〕1号$/),
    });
    expect(shown.files.map((one) => one.name)).toHaveLength(3);
    const [document] = shown.documents;
    const bytes = await new Response(house.files.read(document?.sha256 ?? '') as never).arrayBuffer();
    const read = await readDocument(new Uint8Array(bytes), '周通报.docx');
    const text = JSON.stringify(read);
    expect(text).not.toContain('{{');
    expect(text).toContain('请抓紧整改');
    expect(text).toContain('夜查机制');
    for (const figure of shown.figures.filter((one) => ['未销号', '新增', '销号'].includes(one.name)))
      expect(text).toContain(figure.words);
    const units = await view(look(on, 'clerk'), id);
    expect(units.bulletin.state).toBe('issued');
    // published only with an approval of its own, by another person
    expect(await s.refusal(act(on, 'leader', (one) => approvePublish(one, { ...issued, opinion: '同意' })))).toContain(
      '已印发',
    );
    const asked = await act(on, 'officer', (one) =>
      askPublish(one, { ...issued, channel: '区政府网站', reason: '接受社会监督' }),
    );
    expect(await s.refusal(act(on, 'officer', (one) => approvePublish(one, { ...asked, opinion: '同意' })))).toContain(
      '另一位同志',
    );
    const published = await act(on, 'officer2', (one) => approvePublish(one, { ...asked, opinion: '同意公开' }));
    expect(published.state).toBe('published');
    // the same snapshot next year
    const first = await draftAsWord(look('2026-03-11', 'officer'), id);
    const later = await draftAsWord(look('2027-03-11', 'officer'), id);
    expect(sha256(new Uint8Array(later.body as Buffer))).toBe(sha256(new Uint8Array(first.body as Buffer)));
    const snapshot = await snapshotMadeFor(id);
    const [a, b] = [await annexesOf(snapshot, '周通报'), await annexesOf(snapshot, '周通报')];
    expect(a.map((one) => sha256(one.bytes))).toEqual(b.map((one) => sha256(one.bytes)));
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });

  it('草稿单位看不到；作废以后可以重新取数', async () => {
    const id = await bulletinOn('2026-03-16');
    const { bulletin } = await view(look('2026-03-16', 'officer'), id);
    expect(await s.refusal(view(look('2026-03-16', 'clerk'), id))).toContain('没有找到');
    await act('2026-03-16', 'officer', (one) =>
      voidBulletin(one, { id, version: bulletin.version, reason: '漏了一个单位' }),
    );
    const anew = await act('2026-03-17', 'officer', (one) => makeByHand(one, { formId, day: '2026-03-10' }));
    expect(anew.id).not.toBe(id);
  });
});

describe('从台账到通报，哪里都不能用手改数字', () => {
  it('快照改不动；绕过防护改了，不能再办理，核对查得出来', async () => {
    await s.register('2026-03-18', 'officer', { dueOn: dayOf('2026-04-20') });
    const id = await bulletinOn('2026-03-23');
    const on = '2026-03-24';
    const { bulletin, sections } = await view(look(on, 'officer'), id);
    await expect(
      sql`update bulletin_snapshot set content = replace(content, '"value":1', '"value":0')`.execute(house.db),
    ).rejects.toThrow('neither changed');
    await expect(sql`delete from bulletin_edit`.execute(house.db)).rejects.toThrow('neither changed');
    // behind the product's back: the content alone, then with a hash that fits it
    const kept = await sql<{ id: string; content: string; sha256: string }>`
      select s.id, s.content, s.sha256 from bulletin_snapshot s join bulletin b on b.snapshot_id = s.id where b.id = ${id}`.execute(
      house.db,
    );
    const row = kept.rows[0];
    if (!row) throw new Error('there is no snapshot');
    const forged = row.content.replace(/"unit":"件","value":\d+/, '"unit":"件","value":99999');
    const put = async (content: string, hash: string): Promise<void> => {
      await sql`alter table bulletin_snapshot disable trigger bulletin_snapshot_stays`.execute(house.db);
      await sql`update bulletin_snapshot set content = ${content}, sha256 = ${hash} where id = ${row.id}`.execute(
        house.db,
      );
      await sql`alter table bulletin_snapshot enable trigger bulletin_snapshot_stays`.execute(house.db);
    };
    expect(forged).not.toBe(row.content);
    await put(forged, row.sha256);
    expect(await s.refusal(act(on, 'officer', (one) => submit(one, { id, version: bulletin.version })))).toContain(
      '快照与封存时的不一致',
    );
    expect(await s.refusal(draftAsWord(look(on, 'officer'), id))).toContain('快照与封存时的不一致');
    expect((await verify(house.db, house.items, house.files)).findings).not.toEqual([]);
    await put(forged, sha256(forged));
    expect((await verify(house.db, house.items, house.files)).findings).not.toEqual([]);
    await put(row.content, row.sha256);
    // words changed behind the product's back
    const text = sections.map(({ key, text: words }) => ({ key, text: key === 'summary' ? '未销号0件。' : words }));
    const before = sections.map(({ key, text: words }) => ({ key, text: words }));
    await sql`update bulletin set sections = ${JSON.stringify(text)}::jsonb where id = ${id}`.execute(house.db);
    expect(await s.refusal(act(on, 'officer', (one) => submit(one, { id, version: bulletin.version })))).toContain(
      '手写的数字',
    );
    expect((await verify(house.db, house.items, house.files)).findings).not.toEqual([]);
    await sql`update bulletin set sections = ${JSON.stringify(before)}::jsonb where id = ${id}`.execute(house.db);
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });

  it('印出来的每个数字都取自快照，表格里没有可以填的地方', async () => {
    const id = await bulletinOn('2026-03-09');
    const snapshot = await snapshotMadeFor(id);
    const shown = await view(look('2026-03-20', 'officer'), id);
    for (const figure of shown.figures) {
      const kept = snapshot.figures[figure.name];
      expect(kept && figureInWords(kept)).toBe(figure.words);
    }
    const { bulletinsApi } = await import('../api.ts');
    expect(Object.keys(bulletinsApi.editBulletin.body.properties).sort()).toEqual([
      'addressee',
      'chosen',
      'copies',
      'sections',
      'version',
    ]);
  });
});

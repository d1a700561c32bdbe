import { randomUUID } from 'node:crypto';
import ExcelJS from 'exceljs';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { day } from '../../../kernel/day.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { Act, House } from '../../../platform/act.ts';
import { freshDatabase, type TestDatabase } from '../../../platform/db/testing.ts';
import { reading } from '../../../platform/perform.ts';
import { onDay, testAct, testActor, testHouse } from '../../../platform/testing.ts';
import { lampOf } from '../lamp.ts';
import type { NewTask } from '../task.ts';
import { askExtension } from './ask-extension.ts';
import { batch } from './batch.ts';
import { coReceive } from './co-receive.ts';
import { createTasks } from './create-tasks.ts';
import { decideExtension } from './decide-extension.ts';
import { dispute } from './dispute.ts';
import { figuresAsOf, moveDeadlines, taskKind, tasksOfPlan } from './door.ts';
import { exportTasks } from './export.ts';
import { fixDeadline } from './fix-deadline.ts';
import { home } from './home.ts';
import { list } from './list.ts';
import { pass } from './pass.ts';
import { receive } from './receive.ts';
import { recordOccurrence } from './record-occurrence.ts';
import { report } from './report.ts';
import { resume } from './resume.ts';
import { choices } from './sectors.ts';
import { sendBack } from './send-back.ts';
import { setMilestones } from './set-milestones.ts';
import { setPerson } from './set-person.ts';
import { settle } from './settle.ts';
import { split } from './split.ts';
import { submit } from './submit.ts';
import { suspend } from './suspend.ts';
import { view } from './view.ts';
import { withdraw } from './withdraw.ts';

let database: TestDatabase;
let house: House;
const place = '990102';
const unit = { office: randomUUID(), fire: randomUUID(), build: randomUUID(), town: randomUUID(), team: randomUUID() };
const names = { office: '区安委办', fire: '区消防大队', build: '区住建局', town: '青石街道', team: '区住建局质安站' };
const officer = testActor({ roles: ['officer'], unitId: unit.office, unitName: names.office, name: '办甲' });
const officer2 = testActor({ roles: ['officer'], unitId: unit.office, unitName: names.office, name: '办乙' });
const builder = testActor({
  roles: ['clerk'],
  unitId: unit.build,
  unitName: names.build,
  name: '建甲',
  subordinates: [unit.team],
});
const builderHead = testActor({ roles: ['unitLeader'], unitId: unit.build, unitName: names.build, name: '建局长' });
const firer = testActor({ roles: ['clerk'], unitId: unit.fire, unitName: names.fire, name: '消甲' });
const towner = testActor({ roles: ['clerk'], unitId: unit.town, unitName: names.town, name: '镇甲' });
const teamer = testActor({ roles: ['clerk'], unitId: unit.team, unitName: names.team, name: '站甲' });

const draft = (more: Partial<NewTask> = {}): NewTask => ({
  title: '开展建筑工地起重机械专项检查',
  text: '对全区在建工地起重机械逐台检查，发现隐患立即整改。',
  origin: {
    kind: 'plan',
    planTitle: '工作要点',
    path: ['突出重点整治', '建筑施工'],
    address: '二（三）',
    sentence: '逐台检查',
  },
  planId: null,
  stageId: null,
  sector: '建筑施工',
  leadUnitId: unit.build,
  responsibleUnitIds: [unit.fire],
  territorialUnitIds: [unit.town],
  deadlines: [{ kind: 'date', text: '6月底前', on: day('2026-06-30') }],
  quotas: [],
  targets: [],
  ...more,
});
const on = (today: string): House => onDay(house, today);
const make = async (today: string, more: Partial<NewTask> = {}): Promise<string> => {
  const [made] = await testAct(on(today), officer, (act) => createTasks(act, [draft(more)]));
  return made?.id ?? '';
};
const versionOf = async (id: string): Promise<number> =>
  (await sql<{ version: number }>`select version from task where id = ${id}::uuid`.execute(database.db)).rows[0]
    ?.version ?? 0;
const does = async <T extends object, R>(
  today: string,
  actor: Actor,
  id: string,
  action: (act: Act, input: { id: string; version: number } & T) => Promise<R>,
  input: T = {} as T,
): Promise<R> => {
  const version = await versionOf(id);
  return testAct(on(today), actor, (act) => action(act, { id, version, ...input }));
};
const refusalOf = async (doing: Promise<unknown>): Promise<Refusal> => {
  try {
    await doing;
  } catch (refused) {
    if (refused instanceof Refusal) return refused;
    throw refused;
  }
  throw new Error('nothing was refused');
};
const see = (today: string, actor: Actor, id: string) => view(reading(on(today), actor), id);

beforeAll(async () => {
  database = await freshDatabase();
  house = await testHouse(database.db, { today: '2026-03-02', items: { task: taskKind } });
  for (const [key, id] of Object.entries(unit))
    await sql`insert into unit (jurisdiction, id, name, name_key, kind, area_code, parent_id, pinyin, initials)
      values (${place}, ${id}, ${names[key as keyof typeof names]}, ${names[key as keyof typeof names]}, 'department',
        ${place}, ${key === 'team' ? unit.build : null}, '', '')`.execute(database.db);
});
afterAll(() => database.drop());

describe('任务从交办到办结', () => {
  it('交办、签收、填报、提交、核查办结，每一步都有编号、事实和历史', async () => {
    const id = await make('2026-03-02');
    const fresh = await see('2026-03-02', builder, id);
    expect(fresh.task.number).toMatch(/^任-2026-\d{4}$/);
    expect(fresh.task).toMatchObject({
      state: 'toReceive',
      lamp: 'green',
      dueOn: '2026-06-30',
      leadUnitName: '区住建局',
    });
    expect(fresh.nextStep).toBe('等区住建局签收');
    await does('2026-03-03', builder, id, receive);
    await testAct(on('2026-03-03'), towner, (act) => coReceive(act, { id }));
    const early = await refusalOf(does('2026-03-04', builder, id, submit, { text: '已办完' }));
    expect(early.says).toContain('请先填报进展');
    await testAct(on('2026-04-01'), builder, (act) => report(act, { id, text: '检查工地12处', percent: 60 }));
    await does('2026-05-01', builderHead, id, submit, { text: '全部检查完毕，隐患已整改。' });
    const own = await refusalOf(does('2026-05-02', builder, id, pass));
    expect(own.kind).toBe('not-allowed');
    await does('2026-05-02', officer, id, pass, { opinion: '属实' });
    const closed = await see('2026-05-03', officer, id);
    expect(closed.task).toMatchObject({ state: 'closed', lamp: 'none', percent: 100, closedOn: '2026-05-02' });
    expect(closed.facts.map((fact) => fact.kind)).toEqual([
      'task.closed',
      'task.submitted',
      'task.reported',
      'task.coReceived',
      'task.received',
      'task.assigned',
    ]);
    expect(closed.facts[0]?.says).toContain('按时办结');
    expect(closed.units.find((one) => one.unitId === unit.town)?.receivedOn).toBe('2026-03-03');
    expect(closed.offers.every((offer) => !offer.may && offer.says !== '')).toBe(true);
  });

  it('核查退回后要重新填报才能再提交，退回次数看得见', async () => {
    const id = await make('2026-03-02');
    await does('2026-03-03', builder, id, receive);
    await testAct(on('2026-03-04'), builder, (act) => report(act, { id, text: '查了' }));
    await does('2026-03-05', builder, id, submit, { text: '请核查' });
    expect((await refusalOf(does('2026-03-06', officer, id, sendBack, { reason: '' }))).says).toContain('原因');
    await does('2026-03-06', officer, id, sendBack, { reason: '没有附检查记录' });
    expect((await refusalOf(does('2026-03-07', builder, id, submit, { text: '再请核查' }))).kind).toBe('not-valid');
    const shown = await see('2026-03-07', builder, id);
    expect(shown.sentBack).toBe(1);
    const waiting = await home(reading(on('2026-03-07'), builder));
    expect(waiting.groups.find((group) => group.key === 'sentBack')?.rows.map((row) => row.id)).toContain(id);
  });

  it('安委办自己主办的任务，提交的人不能自己核查，另一位同志可以', async () => {
    const id = await make('2026-03-02', { leadUnitId: unit.office });
    await does('2026-03-03', officer, id, receive);
    await testAct(on('2026-03-04'), officer, (act) => report(act, { id, text: '已印发通知' }));
    await does('2026-03-05', officer, id, submit, { text: '完成' });
    expect((await refusalOf(does('2026-03-05', officer, id, pass))).says).toContain('提交人以外');
    expect((await does('2026-03-05', officer2, id, pass)).state).toBe('closed');
  });

  it('两个人同时操作同一件任务，后到的被告知期间发生了什么', async () => {
    const id = await make('2026-03-02');
    const version = await versionOf(id);
    const results = await Promise.allSettled([
      testAct(on('2026-03-03'), builder, (act) => receive(act, { id, version })),
      testAct(on('2026-03-03'), builderHead, (act) => receive(act, { id, version })),
    ]);
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = results.find((one) => one.status === 'rejected')?.reason as Refusal;
    expect(refused.kind).toBe('not-now');
    expect(refused.says).toContain('签收');
    expect((refused.detail as { facts: unknown[] }).facts).toHaveLength(1);
  });

  it('改派、异议、裁定都由安委办决定，接手单位重新签收', async () => {
    const id = await make('2026-03-02');
    await does('2026-03-03', builder, id, dispute, { reason: '此项属消防职责' });
    expect((await refusalOf(does('2026-03-03', builder, id, receive))).kind).toBe('not-now');
    await does('2026-03-04', officer, id, settle, { keep: false, unitId: unit.fire, reason: '按专业相近原则' });
    const moved = await see('2026-03-04', firer, id);
    expect(moved.task).toMatchObject({ state: 'toReceive', leadUnitId: unit.fire });
    expect((await refusalOf(see('2026-03-04', builder, id))).kind).toBe('not-found');
    await does('2026-03-05', firer, id, receive);
  });

  it('暂停时不亮灯，恢复后回到原来的状态；撤回后既不算在办也不算办结', async () => {
    const id = await make('2026-03-02');
    await does('2026-03-03', officer, id, suspend, { reason: '上级叫停' });
    expect((await see('2026-08-01', officer, id)).task.lamp).toBe('grey');
    expect((await does('2026-03-05', officer, id, resume)).state).toBe('toReceive');
    await does('2026-03-06', officer, id, withdraw, { reason: '与另一件重复' });
    expect((await see('2026-08-01', officer, id)).task.lamp).toBe('none');
  });
});

describe('时限', () => {
  it('到期前可以申请延期，由别人批准，原时限仍看得见，次数累计', async () => {
    const id = await make('2026-03-02');
    await does('2026-03-03', builder, id, receive);
    expect(
      (await refusalOf(does('2026-03-04', builder, id, askExtension, { newDue: '2026-06-01', reason: '等设备' }))).says,
    ).toContain('晚于');
    await does('2026-03-04', builder, id, askExtension, { newDue: '2026-08-31', reason: '等待设备到货' });
    expect(
      (await refusalOf(does('2026-03-04', builder, id, decideExtension, { approve: true, opinion: '' }))).kind,
    ).toBe('not-allowed');
    await does('2026-03-05', officer, id, decideExtension, { approve: true, opinion: '同意' });
    const shown = await see('2026-07-15', officer, id);
    expect(shown.task).toMatchObject({ dueOn: '2026-08-31', firstDueOn: '2026-06-30', extensions: 1 });
    expect(shown.extensions[0]).toMatchObject({ oldDue: '2026-06-30', newDue: '2026-08-31', decision: 'approved' });
    const late = await refusalOf(
      does('2026-09-02', builder, id, askExtension, { newDue: '2026-10-31', reason: '还要时间' }),
    );
    expect(late.says).toContain('已经超过完成时限');
  });

  it('依据事件的时限，在事件有了日期以后一起移动并留下痕迹', async () => {
    const eventId = randomUUID();
    const id = await make('2026-03-02', { deadlines: [{ kind: 'event', text: '会议召开前', on: null, eventId }] });
    expect((await see('2026-03-02', officer, id)).task.dueOn).toBeNull();
    const moved = await testAct(on('2026-03-03'), officer, (act) =>
      moveDeadlines(act, { eventId, date: day('2026-11-08'), name: '全会' }),
    );
    expect(moved).toBe(1);
    const shown = await see('2026-03-03', officer, id);
    expect(shown.task.dueOn).toBe('2026-11-08');
    expect(shown.facts[0]?.kind).toBe('task.deadlineMoved');
    await does('2026-03-04', officer, id, fixDeadline, { on: '2026-11-01', reason: '提前到月初' });
    expect((await see('2026-03-04', officer, id)).task.dueOn).toBe('2026-11-01');
  });

  it('每年不少于4次：每登记一次都计数，次数不够不能提交，缺口有预测', async () => {
    const id = await make('2026-01-05', {
      deadlines: [{ kind: 'recurring', text: '每年不少于4次', on: null }],
      quotas: [{ text: '每年不少于4次', count: 4, per: 'year' }],
      until: day('2026-12-31'),
    });
    await does('2026-01-06', builder, id, receive);
    for (const held of ['2026-02-10', '2026-05-10'])
      await testAct(on('2026-06-01'), builder, (act) =>
        recordOccurrence(act, { id, on: held, quota: 0, text: '专题会议纪要' }),
      );
    const shown = await see('2026-06-01', builder, id);
    expect(shown.quotas[0]).toMatchObject({ required: 4, done: 2, to: '2026-12-31' });
    expect((await see('2026-11-20', builder, id)).quotas[0]?.forecast).toContain('还差2次');
    expect((await see('2026-11-20', builder, id)).task.lamp).toBe('amber');
    expect((await refusalOf(does('2026-11-20', builder, id, submit, { text: '完成' }))).says).toContain('规定的次数');
    for (const held of ['2026-08-10', '2026-11-21'])
      await testAct(on('2026-11-22'), builder, (act) =>
        recordOccurrence(act, { id, on: held, quota: 0, text: '专题会议纪要' }),
      );
    expect((await does('2026-11-23', builder, id, submit, { text: '四次会议均已召开' })).state).toBe('submitted');
  });

  it('倒排工期以后，实际进度落后于节点就亮黄灯并说明差多少', async () => {
    const id = await make('2026-03-02');
    await does('2026-03-03', builder, id, receive);
    const milestones = [
      { on: '2026-04-01', percent: 40, name: '排查' },
      { on: '2026-06-01', percent: 90, name: '整改' },
    ];
    await does('2026-03-03', builder, id, setMilestones, { milestones });
    expect(
      (await refusalOf(does('2026-03-03', builder, id, setMilestones, { milestones: [...milestones].reverse() }))).kind,
    ).toBe('not-valid');
    const shown = await see('2026-04-02', builder, id);
    expect(shown.task.lamp).toBe('amber');
    expect(shown.lampSentence).toContain('落后40个百分点');
    await testAct(on('2026-04-02'), builder, (act) => report(act, { id, text: '已排查', percent: 45 }));
    expect((await see('2026-04-02', builder, id)).task.lamp).toBe('green');
  });
});

describe('分办与批量', () => {
  it('分办给下属单位后，子任务没办结，上一级不能提交；上一级主办单位可以核查子任务', async () => {
    const id = await make('2026-03-02');
    await does('2026-03-03', builder, id, receive);
    const foreign = await refusalOf(
      does('2026-03-03', builder, id, split, { children: [{ unitId: unit.office, title: '', text: '' }] }),
    );
    expect(foreign.says).toContain('下属单位或这件任务的配合单位');
    await does('2026-03-03', builder, id, split, {
      children: [{ unitId: unit.team, title: '检查塔吊', text: '', dueOn: '2026-05-31' }],
    });
    const child = (await see('2026-03-03', builder, id)).children[0];
    expect(child).toMatchObject({ title: '检查塔吊', leadUnitId: unit.team, dueOn: '2026-05-31' });
    await testAct(on('2026-03-04'), builder, (act) => report(act, { id, text: '已分办' }));
    expect((await refusalOf(does('2026-03-04', builder, id, submit, { text: '完成' }))).says).toContain(
      '分办出去的任务',
    );
    const childId = child?.id ?? '';
    await does('2026-03-05', teamer, childId, receive);
    await testAct(on('2026-03-06'), teamer, (act) => report(act, { id: childId, text: '塔吊都查了' }));
    await does('2026-03-06', teamer, childId, submit, { text: '完成' });
    const waiting = await home(reading(on('2026-03-07'), builder));
    expect(waiting.groups.map((group) => group.key)).toContain('childChecks');
    expect((await does('2026-03-07', builder, childId, pass)).state).toBe('closed');
    expect((await does('2026-03-08', builder, id, submit, { text: '完成' })).state).toBe('submitted');
  });

  it('批量签收逐件给出结果，办不成的说明原因，办得成的照办', async () => {
    const first = await make('2026-03-02');
    const second = await make('2026-03-02');
    await does('2026-03-02', builder, first, receive);
    const tasks = [
      { id: first, version: await versionOf(first) },
      { id: second, version: await versionOf(second) },
      { id: randomUUID(), version: 1 },
    ];
    const result = await testAct(on('2026-03-03'), builder, (act) => batch(act, { action: 'receive', tasks }));
    expect(result).toMatchObject({ done: 1, refused: 2 });
    expect(result.rows[0]?.says).toContain('办理中');
    expect((await see('2026-03-03', builder, second)).task.state).toBe('underway');
  });

  it('责任人写明后，“没有责任人”的清单里就不再出现', async () => {
    const id = await make('2026-03-02');
    const missing = async () =>
      (await list(reading(on('2026-03-02'), officer), { person: 'missing', pageSize: 200 })).rows.map((row) => row.id);
    expect(await missing()).toContain(id);
    await does('2026-03-02', builder, id, setPerson, { personName: '某科长' });
    expect(await missing()).not.toContain(id);
  });
});

describe('清单、数字与范围', () => {
  it('按中文片段和编号都找得到，找不到的不出现', async () => {
    const id = await make('2026-03-02', { title: '液氨储罐泄漏应急演练', text: '组织涉氨企业开展演练。' });
    const found = async (q: string) =>
      (await list(reading(on('2026-03-02'), officer), { q })).rows.map((row) => row.id);
    const number = (await see('2026-03-02', officer, id)).task.number;
    for (const q of ['液氨', '氨', '储罐泄漏', ' 涉氨 企业 ', number, number.slice(-4)])
      expect(await found(q)).toContain(id);
    for (const q of ['氨储液', '泄漏演练', "'; drop", '%%', '锅炉']) expect(await found(q)).not.toContain(id);
  });

  it('单位只看得到自己参与的任务，别的地方的人什么也看不到', async () => {
    const id = await make('2026-03-02', { responsibleUnitIds: [], territorialUnitIds: [] });
    expect((await list(reading(on('2026-03-02'), firer), { pageSize: 200 })).rows.map((row) => row.id)).not.toContain(
      id,
    );
    expect((await refusalOf(see('2026-03-02', firer, id))).kind).toBe('not-found');
    const foreign = testActor({ roles: ['officer'], unitId: unit.office, jurisdiction: '990103' });
    expect((await list(reading(on('2026-03-02'), foreign), {})).total).toBe(0);
    expect((await refusalOf(testAct(on('2026-03-02'), foreign, (act) => receive(act, { id, version: 1 })))).kind).toBe(
      'not-found',
    );
  });

  it('上级看得到下级的任务但不能办理', async () => {
    const id = await make('2026-03-02');
    const above = testActor({ roles: ['officer'], unitId: unit.office, jurisdiction: '990100', inferiors: [place] });
    expect((await list(reading(on('2026-03-02'), above), { pageSize: 200 })).rows.map((row) => row.id)).toContain(id);
    expect((await see('2026-03-02', above, id)).offers.every((offer) => !offer.may)).toBe(true);
    expect(
      (await refusalOf(testAct(on('2026-03-02'), above, (act) => withdraw(act, { id, version: 1, reason: '收回' }))))
        .kind,
    ).toBe('not-found');
  });

  it('任何一天的数字都与逐件重数一致，清单按同一天也一致', async () => {
    const tasks = await sql<{ id: string }>`select id from task where jurisdiction = ${place}`.execute(database.db);
    for (const today of ['2026-03-02', '2026-03-04', '2026-05-02', '2026-07-15', '2026-12-31']) {
      const figures = await figuresAsOf(database.db, reading(on('2026-12-31'), officer).scope, {}, day(today));
      const spans = await sql<{ task_id: string; state: never; due_on: never; amber_on: never; lead: string }>`
        select task_id, state, due_on, amber_on, lead_unit_id as lead from task_span
        where from_on <= ${today}::date and (to_on is null or to_on > ${today}::date)`.execute(database.db);
      const lampsNow = spans.rows.map((row) =>
        lampOf({ state: row.state, dueOn: row.due_on, amberOn: row.amber_on }, day(today)),
      );
      expect(figures.open).toBe(spans.rows.length);
      expect(figures.red).toBe(lampsNow.filter((lamp) => lamp === 'red').length);
      expect(figures.amber).toBe(lampsNow.filter((lamp) => lamp === 'amber').length);
      expect(figures.green).toBe(lampsNow.filter((lamp) => lamp === 'green').length);
      const closed = await sql<{
        n: number;
      }>`select count(*)::int as n from task where closed_on <= ${today}::date`.execute(database.db);
      expect(figures.closed).toBe(closed.rows[0]?.n);
      for (const lamp of ['red', 'amber', 'green', 'grey'] as const) {
        const shown = await list(reading(on('2027-01-01'), officer), { asOf: today, lamp: [lamp] });
        expect(shown.total).toBe(figures[lamp]);
      }
      expect(figures.units.reduce((sum, one) => sum + one.open, 0)).toBe(figures.open);
      expect(figures.matrix.reduce((sum, one) => sum + one.open, 0)).toBe(figures.open);
      for (const sector of [['建筑施工'], []]) {
        const own = await figuresAsOf(
          database.db,
          { jurisdictions: [officer.jurisdiction], units: builder.units },
          { sector },
          day(today),
        );
        expect(own.open).toBe(spans.rows.filter((row) => builder.units.includes(row.lead as never)).length);
      }
    }
    expect(tasks.rows.length).toBeGreaterThan(10);
  });

  it('各种筛选和排序都能用，翻页不重不漏', async () => {
    const seen: string[] = [];
    const whole = await list(reading(on('2026-03-02'), officer), { pageSize: 200 });
    for (let page = 1; page <= Math.ceil(whole.total / 5); page++)
      seen.push(...(await list(reading(on('2026-03-02'), officer), { page, pageSize: 5 })).rows.map((row) => row.id));
    expect(seen).toEqual(whole.rows.map((row) => row.id));
    for (const sort of ['due', '-due', 'number', '-number', 'closed', '-closed'] as const)
      for (const more of [
        {},
        { asOf: '2026-03-01' },
        { lamp: ['red' as const, 'none' as const] },
        { unit: [unit.fire] },
        { state: ['closed' as const] },
      ])
        expect((await list(reading(on('2026-03-02'), officer), { sort, ...more })).total).toBeGreaterThanOrEqual(0);
    const offered = await choices(reading(on('2026-03-02'), officer));
    expect(offered.sectors).toEqual(['建筑施工']);
    expect(offered.units.map((one) => one.name)).toContain('区住建局');
  });

  it('导出的表格是目标任务清单的版式，同一目标项目合并单元格', async () => {
    const file = await exportTasks(reading(on('2026-03-02'), officer), { title: '测试清单' });
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file.body as unknown as ArrayBuffer);
    const sheet = book.worksheets[0];
    expect((sheet?.getRow(2).values as string[] | undefined)?.slice(1, 7)).toEqual([
      '序号',
      '目标项目',
      '目标任务',
      '具体内容',
      '责任部门',
      '备注',
    ]);
    expect(sheet?.getCell('B4').isMerged).toBe(true);
    expect(String(sheet?.getCell('E3').value)).toContain('区住建局');
  });

  it('一次下达5000件任务在数秒内完成，编号连续，每件一条事实', async () => {
    const planId = randomUUID();
    const begun = Date.now();
    const made = await testAct(on('2026-03-02'), officer, (act) =>
      createTasks(
        act,
        Array.from({ length: 5000 }, (_, at) => draft({ title: `第${at + 1}项任务`, planId })),
      ),
    );
    const seconds = (Date.now() - begun) / 1000;
    console.log(`5000 tasks in ${seconds.toFixed(1)} s`);
    expect(new Set(made.map((one) => one.number)).size).toBe(5000);
    expect((await tasksOfPlan(database.db, place, planId, day('2026-03-02'))).length).toBe(5000);
    const facts = await sql<{ n: number }>`select count(*)::int as n from fact f join task t on t.id::text = f.item_id
      where t.plan_id = ${planId}::uuid`.execute(database.db);
    expect(facts.rows[0]?.n).toBe(5000);
    expect(seconds).toBeLessThan(20);
  });
});

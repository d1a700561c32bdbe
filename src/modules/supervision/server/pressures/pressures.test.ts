import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../../kernel/actor.ts';
import { addDays, day as dayOf } from '../../../../kernel/day.ts';
import { asJurisdiction } from '../../../../kernel/ids.ts';
import type { Act, House } from '../../../../platform/act.ts';
import { officeInstalled } from '../../../../platform/documents/soffice.ts';
import { verify } from '../../../../platform/facts/verify.ts';
import { runOnce } from '../../../../platform/jobs/duty.ts';
import { reading } from '../../../../platform/perform.ts';
import { onDay, testAct, testActor } from '../../../../platform/testing.ts';
import { documentAsPdf, remake } from '../../../letters/server/documents.ts';
import { lettersItems } from '../../../letters/server/door.ts';
import { receive as receiveProblem } from '../../../problems/server/receive.ts';
import { type Person, type Stage, seen, stage } from '../../../problems/server/stage.ts';
import { pass } from '../../../tasks/server/pass.ts';
import { receive as receiveTask } from '../../../tasks/server/receive.ts';
import { report } from '../../../tasks/server/report.ts';
import { submit } from '../../../tasks/server/submit.ts';
import type { PressureKind } from '../../pressure.ts';
import { pressureForms } from '../../pressure-documents.ts';
import { supervisionItems } from '../door.ts';
import { attend, note, receive, reply, returnReply, urge } from './answer.ts';
import { commit, lift, withdraw } from './commit.ts';
import { decideProposal, dismiss, retract, takeUp } from './decide.ts';
import type { AccidentEntry } from './findings.ts';
import { figures, list, measuresOf, ofItem, ofUnit, toDo } from './list.ts';
import { propose } from './propose.ts';
import { addRules, endRule, listRules, makeRule, type RuleData, rulesFrom } from './rules.ts';
import { type Service, serve } from './serve.ts';
import type { Done } from './step.ts';
import { suggestAll, suggestPressure } from './suggest.ts';
import { view } from './view.ts';

let s: Stage;
let house: House;
/** An officer with an account, who is named to know of a lead. */
let keeper: Actor;
beforeAll(async () => {
  s = await stage();
  house = { ...s.house, items: { ...s.house.items, ...lettersItems, ...supervisionItems } };
  const accountId = '00000000-0000-4000-8000-00000000000a';
  keeper = testActor({ roles: ['officer'], unitId: s.units.office, name: '知悉人', accountId });
  await sql`insert into account (jurisdiction, id, login, name, unit_id, roles, password_hash, must_change_password)
    values ('990102', ${accountId}, 'keeper', '知悉人', ${s.units.office}, '{officer}', '-', false)`.execute(house.db);
});
afterAll(async () => s.drop());

const actorOf = (who: Person | Actor): Actor => (typeof who === 'string' ? s.people[who] : who);
const act = <T>(day: string, who: Person | Actor, run: (one: Act) => Promise<T>): Promise<T> =>
  testAct(onDay(house, day), actorOf(who), run);
const look = (day: string, who: Person | Actor) => reading(onDay(house, day), actorOf(who));
const forms = Object.values(pressureForms);

const rule = (over: Partial<RuleData> = {}): RuleData => ({
  code: 'overdue-5',
  name: '问题整改逾期',
  basis: '督促办法（样本）第五条',
  kind: 'overdue',
  about: ['problem'],
  threshold: 5,
  windowDays: null,
  quietDays: 10,
  grades: [],
  sectors: [],
  ladder: [
    { kind: 'reminder', afterDays: 0 },
    { kind: 'warning', afterDays: 3 },
    { kind: 'interview', afterDays: 5 },
  ],
  fromOn: '2026-01-01',
  toOn: null,
  ...over,
});
const proposal = (kind: PressureKind = 'warning', over: Partial<Parameters<typeof propose>[1]> = {}) => ({
  kind,
  unitId: s.units.housing,
  addressee: kind === 'accountability' || kind === 'transfer' ? '区纪委监委' : null,
  matter: '重大隐患整改推进不力',
  reason: '多次督促仍未落实整改措施。',
  demands: ['制定整改方案。', '落实整改资金。'],
  ...over,
});
const approver = { name: '王主任', post: '安委会副主任', on: dayOf('2026-05-02') };
const service: Service = {
  replyDueOn: dayOf('2026-05-12'),
  meetOn: dayOf('2026-05-10'),
  meetAt: '上午9时30分',
  meetPlace: '区政府302会议室',
  meetHost: '王主任',
  medium: '区融媒体中心',
  publishedOn: dayOf('2026-05-03'),
  link: null,
};
const proposed = (kind: PressureKind, over: Parameters<typeof proposal>[1] = {}): Promise<Done> =>
  act('2026-05-01', 'officer', (one) => propose(one, proposal(kind, over)));
const approved = async (kind: PressureKind): Promise<Done> => {
  const made = await proposed(kind, kind === 'transfer' ? { keepers: [keeper.accountId] } : {});
  return act('2026-05-02', 'leader', (one) => decideProposal(one, { ...seen(made), approve: true, opinion: '同意。' }));
};
const served = async (kind: PressureKind): Promise<Done> => {
  const made = await approved(kind);
  return act('2026-05-03', 'officer', (one) => serve(one, { ...seen(made), ...service }));
};
const received = async (kind: PressureKind): Promise<Done> => {
  const made = await served(kind);
  const who = kind === 'transfer' || kind === 'accountability' ? 'officer' : 'clerk';
  return act('2026-05-04', who, (one) => receive(one, seen(made)));
};

async function late(dueOn: string, over: Parameters<Stage['register']>[2] = {}) {
  const made = await s.register('2026-03-02', 'officer', { text: '疏散通道堵塞。', title: '通道堵塞', dueOn, ...over });
  return act('2026-03-03', 'clerk', (one) => receiveProblem(one, seen(made)));
}
const countOf = async (table: string): Promise<number> =>
  (await sql<{ count: number }>`select count(*)::int as count from ${sql.table(table)}`.execute(house.db)).rows[0]
    ?.count ?? 0;
async function doneTask(id: string): Promise<void> {
  const first = await sql<{ version: number }>`select version from task where id = ${id}`.execute(house.db);
  let now = { id, version: first.rows[0]?.version ?? 0 };
  now = seen(await act('2026-05-11', 'clerk', (one) => receiveTask(one, now)));
  now = seen(
    await act('2026-05-14', 'clerk', (one) => report(one, { ...now, text: '已经疏通。', percent: 100, fileIds: [] })),
  );
  now = seen(await act('2026-05-15', 'clerk', (one) => submit(one, { ...now, text: '已完成。', fileIds: [] })));
  await act('2026-05-16', 'officer', (one) => pass(one, { ...now, opinion: '同意。' }));
}

describe('规则提示到承诺办结', () => {
  it('逾期满五天，当晚提示；重复运行不变；采纳、审批、送达、约谈、承诺成为任务、办结后解除', async () => {
    await act('2026-03-01', 'officer', (one) => makeRule(one, rule({ sectors: ['消防安全'] })));
    const problem = await late('2026-04-20', { sector: '消防安全' });
    const duty = suggestPressure();
    const run = (about: string) => runOnce(onDay(house, addDays(dayOf(about), 1)), duty, dayOf(about), '990102');
    expect(await run('2026-04-24')).toBe('没有新的提示');
    expect(await run('2026-04-25')).toBe('规则提示1件，递进提示0件');
    expect(await run('2026-04-25')).toBeNull();
    const before = await countOf('fact');
    await testAct(onDay(house, '2026-04-26'), actorOf('officer'), (one) => suggestAll(one, dayOf('2026-04-25')));
    await testAct(onDay(house, '2026-04-27'), actorOf('officer'), (one) => suggestAll(one, dayOf('2026-04-26')));
    expect(await countOf('fact')).toBe(before);

    const [first] = (await toDo(look('2026-04-26', 'officer'))).rows;
    expect(first).toMatchObject({ action: 'takeUp', pressure: { kind: 'reminder', state: 'suggested', figure: 1 } });
    const shown = await view(look('2026-04-26', 'officer'), first?.pressure.id ?? '');
    expect(shown.ground).toMatchObject({
      day: '2026-04-25',
      figure: 1,
      says: ['截至2026年4月25日，松涛区住房局有1件事项逾期满5天，最长逾期5天。'],
      rule: { name: '问题整改逾期', version: 1 },
      items: [{ kind: 'problem', id: problem.id, on: '2026-04-20' }],
    });
    expect((await ofItem(look('2026-04-26', 'officer'), 'problem', problem.id)).rows).toHaveLength(1);
    // the unit does not see what is only proposed
    expect((await ofItem(look('2026-04-26', 'clerk'), 'problem', problem.id)).rows).toHaveLength(0);
    expect(await s.refusal(view(look('2026-04-26', 'clerk'), first?.pressure.id ?? ''))).toContain('没有找到');

    const one = first?.pressure ?? { id: '', version: 0 };
    const taken = await act('2026-04-26', 'officer', (it) =>
      takeUp(it, {
        ...seen(one),
        kind: 'interview',
        addressee: '松涛区住房局',
        matter: '消防隐患整改逾期',
        reason: '逾期没有进展。',
        demands: ['主要负责人到场说明情况。'],
      }),
    );
    expect(
      await s.refusal(
        act('2026-04-26', 'officer', (it) =>
          decideProposal(it, {
            ...seen(taken),
            approve: true,
            opinion: '同意',
            approver: { ...approver, on: dayOf('2026-04-26') },
          }),
        ),
      ),
    ).toContain('提请人不能决定自己的提请');
    const agreed = await act('2026-04-27', 'leader', (it) =>
      decideProposal(it, { ...seen(taken), approve: true, opinion: '同意约谈。' }),
    );
    const sent = await act('2026-04-28', 'officer', (it) =>
      serve(it, { ...seen(agreed), ...service, meetOn: dayOf('2026-04-30') }),
    );
    expect(sent.state).toBe('served');
    const got = await act('2026-04-28', 'clerk', (it) => receive(it, seen(sent)));
    const attendees = [
      { name: '王主任', post: '安委会副主任', unitName: '区安委会', as: 'host' as const },
      { name: '李局长', post: '局长', unitName: '松涛区住房局', as: 'called' as const },
    ];
    const promised = [{ text: '5月15日前疏通全部疏散通道', dueOn: dayOf('2026-05-15') }];
    const held = await act('2026-04-30', 'officer2', (it) =>
      attend(it, { ...seen(got), heldOn: dayOf('2026-04-30'), attendees, text: '住房局作了说明。', promised }),
    );
    const bound = await act('2026-04-30', 'officer', (it) => commit(it, { ...seen(held), commitments: promised }));
    expect(bound.state).toBe('tracking');
    const [taskId = ''] = bound.tasks;
    const tracking = await view(look('2026-05-01', 'clerk'), bound.id);
    expect(tracking.commitments).toMatchObject([{ taskId, dueOn: '2026-05-15', done: false }]);
    const origin = await sql<{
      origin: { matter: { number: string } };
    }>`select origin from task where id = ${taskId}`.execute(house.db);
    expect(origin.rows[0]?.origin.matter).toMatchObject({ kind: 'pressure', number: bound.number, word: '约谈' });
    expect((await ofItem(look('2026-05-01', 'clerk'), 'task', taskId)).rows.map((row) => row.id)).toEqual([bound.id]);
    expect(
      await s.refusal(act('2026-05-01', 'officer', (it) => lift(it, { ...seen(bound), opinion: '整改到位。' }))),
    ).toContain('还有整改承诺的任务没有办结');
    await doneTask(taskId);
    const over = await act('2026-05-17', 'officer2', (it) =>
      lift(it, { ...seen(bound), opinion: '整改到位，予以解除。' }),
    );
    expect(over.state).toBe('lifted');
    const end = await view(look('2026-05-17', 'officer'), over.id);
    expect(end.documents.map((it) => `${it.word} ${it.number}`).sort()).toEqual([
      '约谈纪要 望安委办纪〔2026〕1号',
      '约谈通知书 望安委办约〔2026〕1号',
      '解除通知 望安委办函〔2026〕1号',
    ]);
    for (const document of end.documents)
      expect(await remake(look('2026-05-18', 'officer'), document.id, forms)).toMatchObject({ same: true });
    if (officeInstalled()) {
      const pdf = await documentAsPdf(look('2026-05-18', 'clerk'), end.documents[0]?.id ?? '');
      expect(pdf.type).toBe('application/pdf');
    }
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });

  it('依据一经提出不能改变：改数字、改事项、删依据都被数据库拒绝，改了别处会被核对查出', async () => {
    const change = (text: string) =>
      sql
        .raw(text)
        .execute(house.db)
        .then(
          () => 'done',
          () => 'refused',
        );
    expect(await change('update pressure_ground set figure = 99')).toBe('refused');
    expect(await change('delete from pressure_item')).toBe('refused');
    expect(await change("update pressure_entry set text = 'x'")).toBe('refused');
    await sql`update pressure set matter = matter || '（改）' where state = 'lifted'`.execute(house.db);
    expect((await verify(house.db, house.items, house.files)).findings.length).toBeGreaterThan(0);
    await sql`update pressure set matter = replace(matter, '（改）', '')`.execute(house.db);
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });
});

describe('递进提示', () => {
  it('提示函没有回复，过了规定天数提示警示函，只提示一次；单位页看得到层级', async () => {
    await act('2026-05-01', 'officer', (one) =>
      makeRule(
        one,
        rule({ code: 'fire-at-once', name: '逾期件数多', kind: 'overdueAtOnce', threshold: 2, sectors: ['递进'] }),
      ),
    );
    await late('2026-05-05', { sector: '递进', leadUnitId: s.units.fire }).catch(() => null);
    await late('2026-05-06', { sector: '递进', leadUnitId: s.units.fire }).catch(() => null);
    const run = (about: string) =>
      testAct(onDay(house, addDays(dayOf(about), 1)), actorOf('officer'), (one) => suggestAll(one, dayOf(about)));
    expect((await run('2026-05-06')).fresh).toBe(0);
    expect((await run('2026-05-07')).fresh).toBe(1);
    const mine = async () =>
      (await list(look('2026-07-01', 'officer'), { rule: 'fire-at-once' })).rows.sort((a, b) => a.rung - b.rung);
    const [made] = await mine();
    if (!made) throw new Error('nothing was proposed');
    const taken = await act('2026-05-08', 'officer', (one) =>
      takeUp(one, {
        ...seen(made),
        kind: 'reminder',
        addressee: '松涛区消防大队',
        matter: '隐患整改逾期',
        reason: '请抓紧。',
        demands: ['抓紧办理。'],
      }),
    );
    const agreed = await act('2026-05-08', 'leader', (one) =>
      decideProposal(one, { ...seen(taken), approve: true, opinion: '同意' }),
    );
    await act('2026-05-09', 'officer', (one) => serve(one, { ...seen(agreed), replyDueOn: dayOf('2026-05-15') }));
    expect(await run('2026-05-18')).toMatchObject({ fresh: 0, climbed: 0 });
    expect(await run('2026-05-19')).toMatchObject({ fresh: 0, climbed: 1 });
    expect(await run('2026-05-20')).toMatchObject({ fresh: 0, climbed: 0 });
    const rungs = await mine();
    expect(rungs.map((row) => [row.kind, row.rung, row.state])).toEqual([
      ['reminder', 0, 'served'],
      ['warning', 1, 'suggested'],
    ]);
    const ladder = (await view(look('2026-05-21', 'officer'), rungs[1]?.id ?? '')).ladder;
    expect(ladder.map((one) => one.kindWord)).toEqual(['提示函', '警示函']);
    expect((await ofUnit(look('2026-05-21', 'officer'), s.units.fire)).rows).toHaveLength(2);
    expect((await ofUnit(look('2026-05-21', 'fire'), s.units.fire)).rows).toHaveLength(1);
    expect((await ofUnit(look('2026-05-21', 'clerk'), s.units.fire)).rows).toHaveLength(0);
  });

  it('不予采纳的，同一依据不再提示', async () => {
    const rows = (await list(look('2026-05-21', 'officer'), { state: ['suggested'], rule: 'fire-at-once' })).rows;
    const [one] = rows;
    if (!one) throw new Error('nothing is suggested');
    await act('2026-05-21', 'officer', (it) => dismiss(it, { ...seen(one), reason: '已当面沟通。' }));
    for (const about of ['2026-05-21', '2026-05-22', '2026-06-30'])
      expect(
        await testAct(onDay(house, '2026-07-01'), actorOf('officer'), (it) => suggestAll(it, dayOf(about))).then(
          (told) => told.climbed,
        ),
      ).toBe(0);
  });
});

describe('其他规则', () => {
  it('事故起数由上面的房间提供，按窗口累计', async () => {
    await act('2026-06-01', 'officer', (one) =>
      makeRule(
        one,
        rule({ code: 'accidents-3', name: '事故多发', kind: 'accidents', about: [], threshold: 3, windowDays: 90 }),
      ),
    );
    const entry = (id: string, on: string, count: number): AccidentEntry => ({
      unitId: s.units.town,
      id,
      title: `${on.slice(0, 7)}事故`,
      on: dayOf(on),
      notedOn: dayOf(on),
      count,
    });
    const all = [entry('a', '2026-05-20', 2), entry('b', '2026-06-10', 1), entry('c', '2026-06-20', 1)];
    const accidents = async (_db: unknown, _jurisdiction: string, from: string, to: string) =>
      all.filter((one) => from <= one.on && one.on <= to);
    const run = (about: string) =>
      testAct(onDay(house, addDays(dayOf(about), 1)), actorOf('officer'), (one) =>
        suggestAll(one, dayOf(about), { accidents }),
      );
    await run('2026-06-09');
    const count = async () => (await list(look('2026-08-01', 'officer'), { rule: 'accidents-3' })).rows;
    expect(await count()).toHaveLength(0);
    await run('2026-06-10');
    await run('2026-06-11');
    expect(await count()).toMatchObject([{ figure: 3, kind: 'reminder' }]);
  });

  it('修订规则从新的日期起用新版本，旧版本到前一天止，以前的提示仍记旧版本；停用之后不再提示', async () => {
    expect(
      await s.refusal(
        act('2026-06-01', 'officer', (one) => makeRule(one, rule({ fromOn: '2026-01-01', threshold: 9 }))),
      ),
    ).toContain('应从更晚的日期起');
    const made = await act('2026-06-01', 'officer', (one) =>
      makeRule(one, rule({ fromOn: '2026-07-01', threshold: 9 })),
    );
    expect(made.version).toBe(2);
    const { rows } = await listRules(look('2026-07-02', 'officer'));
    const own = rows.filter((row) => row.code === 'overdue-5');
    expect(own.map((row) => [row.version, row.fromOn, row.toOn, row.inForce])).toEqual([
      [2, '2026-07-01', null, true],
      [1, '2026-01-01', '2026-06-30', false],
    ]);
    await act('2026-07-02', 'officer', (one) => endRule(one, made.id, '2026-07-31'));
    expect(await s.refusal(act('2026-08-02', 'officer', (one) => endRule(one, made.id, '2026-08-31')))).toContain(
      '停用',
    );
  });

  it('规则作为数据载入：镇街、按月按季的另一套，格式不对的指出第几条；已在用的不覆盖', async () => {
    const other = {
      rules: [
        rule({
          code: 'town-reports',
          name: '镇街月报漏报',
          kind: 'filingsMissed',
          about: [],
          threshold: 2,
          windowDays: 92,
        }),
        rule({ code: 'major-undecided', name: '重大隐患久拖不决', kind: 'majorUndecided', threshold: 30 }),
      ],
    };
    const rules = rulesFrom(other);
    expect(await act('2026-07-03', 'officer', (one) => addRules(one, rules))).toBe(2);
    expect(await act('2026-07-03', 'officer', (one) => addRules(one, rules))).toBe(0);
    expect(() => rulesFrom({ rules: [rules[0], { code: 'x' }] })).toThrow('第2条规则');
    expect(() => rulesFrom({ rules: [rule({ ladder: [{ kind: 'transfer', afterDays: 0 }] })] })).toThrow('只由人提请');
    await testAct(onDay(house, '2026-07-05'), actorOf('officer'), (one) => suggestAll(one, dayOf('2026-07-04')));
  });
});

describe('各类措施', () => {
  it('提示函、警示函、督办单：印发、签收、回复、退回、再回复、解除', async () => {
    for (const kind of ['reminder', 'warning', 'urging'] as const) {
      const made = await received(kind);
      const said = await act('2026-05-05', 'clerk', (one) => reply(one, { ...seen(made), text: '正在整改。' }));
      const back = await act('2026-05-06', 'officer', (one) =>
        returnReply(one, { ...seen(said), reason: '没有写明时限。', replyDueOn: dayOf('2026-05-20') }),
      );
      expect(back.state).toBe('received');
      const again = await act('2026-05-07', 'head', (one) => reply(one, { ...seen(back), text: '已明确时限并完成。' }));
      const over = await act('2026-05-08', 'officer', (one) => lift(one, { ...seen(again), opinion: '整改到位。' }));
      expect(over.state).toBe('lifted');
    }
  });

  it('回复逾期由日期推出，可以催办并印发催办函；没有逾期不能催办', async () => {
    const made = await served('warning');
    expect(await s.refusal(act('2026-05-12', 'officer', (one) => urge(one, seen(made))))).toContain('不用催办');
    const urged = await act('2026-05-15', 'officer', (one) => urge(one, seen(made)));
    const shown = await view(look('2026-05-15', 'officer'), urged.id);
    expect(shown.pressure).toMatchObject({ replyLate: 3, lamp: 'red', lampReason: '回复已逾期3天' });
    expect(shown.documents.map((one) => one.word)).toContain('催办函');
    expect((await list(look('2026-05-15', 'officer'), { only: 'late' })).rows.map((row) => row.id)).toContain(urged.id);
  });

  it('通报批评、曝光不要求回复，可以直接确认承诺或解除；曝光要写明媒体和日期，没有公文', async () => {
    const circular = await received('circular');
    expect(
      await s.refusal(act('2026-05-05', 'clerk', (one) => reply(one, { ...seen(circular), text: '收到。' }))),
    ).toContain('不要求回复');
    expect(
      (await act('2026-05-20', 'officer', (one) => lift(one, { ...seen(circular), opinion: '整改到位。' }))).state,
    ).toBe('lifted');
    const agreed = await approved('exposure');
    expect(
      await s.refusal(act('2026-05-03', 'officer', (one) => serve(one, { ...seen(agreed), ...service, medium: '' }))),
    ).toContain('媒体');
    const out = await act('2026-05-03', 'officer', (one) =>
      serve(one, { ...seen(agreed), ...service, link: 'https://example.invalid/1' }),
    );
    const shown = await view(look('2026-05-03', 'officer'), out.id);
    expect(shown.publication).toEqual({ medium: '区融媒体中心', on: '2026-05-03', link: 'https://example.invalid/1' });
    expect(shown.documents).toEqual([]);
  });

  it('问责建议送有关机关，由安委办登记签收和结果；被建议的单位看不到', async () => {
    const made = await received('accountability');
    expect(await s.refusal(view(look('2026-05-05', 'clerk'), made.id))).toContain('没有找到');
    const said = await act('2026-05-05', 'officer', (one) => reply(one, { ...seen(made), text: '已给予诫勉。' }));
    expect(
      (await act('2026-05-06', 'officer', (one) => lift(one, { ...seen(said), opinion: '已反馈结果。' }))).state,
    ).toBe('lifted');
  });

  it('线索移交只有指定的安委办人员和领导看得到：清单、数字、详情、公文、附件都不露', async () => {
    const made = await served('transfer');
    const third = testActor({ roles: ['officer'], unitId: s.units.office, name: '第三人', accountId: 'officer3' });
    for (const who of ['officer', keeper, 'leader'] as const) {
      const shown = await view(look('2026-05-04', who), made.id);
      expect(shown.keepers.map((one) => one.name)).toEqual(['officer', '知悉人']);
      expect(await remake(look('2026-05-04', who), shown.documents[0]?.id ?? '', forms)).toMatchObject({ same: true });
    }
    const document = (await view(look('2026-05-04', 'officer'), made.id)).documents[0]?.id ?? '';
    for (const who of [third, 'officer2', 'clerk', 'head', 'fire', 'inspector', 'townClerk'] as const) {
      expect(await s.refusal(view(look('2026-05-04', who), made.id))).toContain('没有找到');
      expect(await s.refusal(remake(look('2026-05-04', who), document, forms))).toContain('没有找到');
      expect((await list(look('2026-05-04', who), {})).rows.map((row) => row.id)).not.toContain(made.id);
      expect(await house.items.pressure?.sight?.(look('2026-05-04', who), made.id)).toBe(false);
      expect((await ofUnit(look('2026-05-04', who), s.units.housing)).rows.map((row) => row.id)).not.toContain(made.id);
    }
    const facts = await sql<{ says: string }>`select says from fact where item_id = ${made.id}`.execute(house.db);
    for (const { says } of facts.rows) expect(says).not.toMatch(/住房局|整改推进不力|多次督促/);
    const told = await measuresOf(house.db, look('2026-05-04', 'officer').scope, {
      from: dayOf('2026-05-01'),
      to: dayOf('2026-05-31'),
    });
    expect(told.lines.map((one) => one.id)).not.toContain(made.id);
    expect(told.counts.transfer).toBe(0);
  });
});

describe('谁能做什么', () => {
  it('提请人不能审批自己的提请，登记的审批人也不能是提请人；领导自己审批不用另写', async () => {
    const made = await proposed('warning');
    const refused = (who: Person, over: Partial<typeof approver> = {}) =>
      s.refusal(
        act('2026-05-02', who, (one) =>
          decideProposal(one, { ...seen(made), approve: true, opinion: '同意', approver: { ...approver, ...over } }),
        ),
      );
    expect(await refused('officer')).toContain('提请人不能决定');
    expect(await refused('officer2', { name: 'officer' })).toContain('提请人不能决定');
    expect(await refused('clerk')).toContain('没有找到');
    expect(await refused('officer2', { on: dayOf('2026-04-30') })).toContain('审批日期');
    const done = await act('2026-05-02', 'officer2', (one) =>
      decideProposal(one, { ...seen(made), approve: false, opinion: '先当面提醒。', approver }),
    );
    expect(done.state).toBe('refused');
  });

  it('不能对本单位提请，本单位的人不能办理对本单位的措施；撤回、撤销要写明原因', async () => {
    expect(await s.refusal(act('2026-05-01', 'clerk', (one) => propose(one, proposal('warning'))))).toContain(
      '不能对本单位',
    );
    expect(await s.refusal(act('2026-05-01', 'fire', (one) => propose(one, proposal('transfer'))))).toContain(
      '只由安委办',
    );
    const own = await act('2026-05-01', 'fire', (one) => propose(one, proposal('warning')));
    expect(
      await s.refusal(act('2026-05-01', 'officer', (one) => retract(one, { ...seen(own), reason: '误' }))),
    ).toContain('您不在其列');
    expect((await act('2026-05-01', 'fire', (one) => retract(one, { ...seen(own), reason: '情况已变。' }))).state).toBe(
      'retracted',
    );
    const sent = await served('warning');
    expect(
      await s.refusal(act('2026-05-04', 'officer', (one) => withdraw(one, { ...seen(sent), reason: '事实有误。' }))),
    ).toContain('提请人不能决定');
    expect(
      (await act('2026-05-04', 'leader', (one) => withdraw(one, { ...seen(sent), reason: '事实有误。' }))).state,
    ).toBe('withdrawn');
  });

  it('别的地区看不到，也办不了；打开之后有变化的要先看最新情况', async () => {
    const sent = await served('warning');
    const other = testActor({ roles: ['officer'], jurisdiction: '990103', unitId: s.units.office });
    expect(await s.refusal(view(look('2026-05-05', other), sent.id))).toContain('没有找到');
    await act('2026-05-05', 'clerk', (one) => receive(one, seen(sent)));
    expect(await s.refusal(act('2026-05-05', 'clerk', (one) => receive(one, seen(sent))))).toContain('在您打开之后已');
    const noted = await act('2026-05-06', 'clerk', (one) => note(one, { id: sent.id, text: '已开会研究。' }));
    expect(noted.state).toBe('received');
    expect(asJurisdiction('990103')).toBe(other.jurisdiction);
  });

  it('每个数字都能点开，点开的条数就是这个数字；待办只列本人现在能办的', async () => {
    const shown = await figures(look('2026-05-13', 'officer'));
    for (const figure of shown.figures) {
      const { state, kind, ...rest } = figure.query;
      const query = {
        ...rest,
        ...(state ? { state: state.split(',') } : {}),
        ...(kind ? { kind: kind.split(',') } : {}),
      };
      const opened = await list(look('2026-05-13', 'officer'), query as Parameters<typeof list>[1]);
      expect([figure.name, opened.total]).toEqual([figure.name, figure.value]);
    }
    const made = await proposed('warning');
    const mine = async (who: Person) =>
      (await toDo(look('2026-05-02', who))).rows.filter((row) => row.pressure.id === made.id).map((row) => row.action);
    expect(await mine('officer')).toEqual([]);
    expect(await mine('officer2')).toEqual(['approve']);
    expect(await mine('leader')).toEqual(['approve']);
    expect(await mine('clerk')).toEqual([]);
  });

  it('最后全部核对：事实、编号、文号、文件都对得上', async () => {
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });
});

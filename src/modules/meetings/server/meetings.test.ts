import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../kernel/actor.ts';
import { day as dayOf } from '../../../kernel/day.ts';
import { scopeOf } from '../../../kernel/scope.ts';
import type { Act, House } from '../../../platform/act.ts';
import { readDocument } from '../../../platform/documents/read.ts';
import { verify } from '../../../platform/facts/verify.ts';
import { fileRoutes } from '../../../platform/files/routes.ts';
import { reading } from '../../../platform/perform.ts';
import { onDay, testAct } from '../../../platform/testing.ts';
import { lettersItems } from '../../letters/server/door.ts';
import { newPicture, type Person, type Stage, stage } from '../../problems/server/stage.ts';
import { view as viewTask } from '../../tasks/server/view.ts';
import type { Attendee } from '../shapes.ts';
import {
  accidentBoard,
  accidentsIn,
  confirmFigure,
  correctFigure,
  enterFigure,
  sendBackFigure,
  setAccidentTarget,
} from './accidents.ts';
import { proposeAgenda, setAgenda } from './agenda.ts';
import { confirmDutyList, listDutyLists, makeDutyList, recordDuty, viewDutyList } from './duty-lists.ts';
import { hold } from './hold.ts';
import { draftMinutes, issueMinutes, returnMinutes } from './minutes.ts';
import { sendNotice } from './notice.ts';
import { endObligation, makeObligation, obligationsMet } from './obligations.ts';
import { endPeriod, handOver, issueRoster, makePeriod, onDuty, orderChecks, setShifts, viewPeriod } from './periods.ts';
import { arrangeMeeting, cancelMeeting, planMeeting } from './plan-meeting.ts';
import { meetingsItems } from './records.ts';
import {
  askRequest,
  listRequests,
  recordInstruction,
  reportOutcome,
  returnRequest,
  supplementRequest,
  viewRequest,
} from './requests.ts';
import {
  editLetter,
  endLetter,
  listLetters,
  makeLetter,
  printLetter,
  recordResult,
  signLetter,
  viewLetter,
} from './responsibility-letters.ts';
import { targetsOf } from './targets.ts';
import { toDo } from './to-do.ts';
import { listMeetings, viewMeeting } from './views.ts';

let s: Stage;
let house: House;
beforeAll(async () => {
  s = await stage();
  house = { ...s.house, items: { ...s.house.items, ...lettersItems, ...meetingsItems } };
});
afterAll(async () => s.drop());

const actorOf = (who: Person | Actor): Actor => (typeof who === 'string' ? s.people[who] : who);
const act = <T>(day: string, who: Person | Actor, run: (one: Act) => Promise<T>): Promise<T> =>
  testAct(onDay(house, day), actorOf(who), run);
const look = (day: string, who: Person | Actor) => reading(onDay(house, day), actorOf(who));
const seen = ({ id, version }: { id: string; version: number }) => ({ id, version });
const scope = () => scopeOf(s.people.officer);

async function upload(day: string, who: Person, itemKind: string, itemId: string): Promise<string> {
  const { sha256, size } = await house.files.put(Readable.from([newPicture()]), 1_000_000);
  const route = fileRoutes.find((one) => one.name === 'addFile');
  if (!route) throw new Error('there is no route for files');
  const handle = route.handle as (situation: unknown) => Promise<unknown>;
  const added = (await act(day, who, (one) =>
    handle({
      ...one,
      params: undefined,
      query: { itemKind, itemId },
      body: undefined,
      upload: { name: '扫描件.jpg', size, sha256, fields: {} },
    }),
  )) as { id: string };
  return added.id;
}

const attendee = (unitId: string, name: string, over: Partial<Attendee> = {}): Attendee => ({
  unitId,
  unitName: '',
  name,
  post: '分管负责人',
  came: null,
  note: '',
  ...over,
});
const plan = (on: string, over = {}) => ({
  name: '安全生产委员会全体会议',
  on,
  time: '9:00',
  place: '区政府一号会议室',
  chair: '王主任',
  convener: '松涛区安委办',
  attendees: [attendee(s.units.housing, '甲某'), attendee(s.units.fire, '乙某'), attendee(s.units.town, '丙某')],
  ...over,
});
const topics = [{ text: '研究消防设施整改', reporter: '消防大队', item: null }];
const noticed = async (on: string, obligationId: string | null = null) => {
  const made = await act('2026-03-02', 'officer', (one) => planMeeting(one, { ...plan(on), obligationId }));
  const set = await act('2026-03-02', 'officer', (one) => setAgenda(one, { ...seen(made), agenda: topics }));
  return act('2026-03-02', 'officer', (one) => sendNotice(one, { ...seen(set), copies: '区政府办公室' }));
};
const came = () => [
  attendee(s.units.housing, '甲某', { came: 'present' }),
  attendee(s.units.fire, '乙某', { came: 'substitute', note: '丁某' }),
  attendee(s.units.town, '丙某', { came: 'leave', note: '出差' }),
];
const heldOne = async (on: string, registered = on, obligationId: string | null = null) => {
  const made = await noticed(on, obligationId);
  return act(registered, 'officer', (one) =>
    hold(one, { ...seen(made), heldOn: on, place: '', chair: '王主任', attendees: came() }),
  );
};
const text = async (sha256: string): Promise<string> =>
  (await readDocument(new Uint8Array(await buffer(house.files.read(sha256))), '公文.docx')).text;

describe('一次会议：计划、议题、通知、召开、纪要、交办成为任务', () => {
  it('从头走到纪要印发，任务的来源写着会议，公文齐全可核对', async () => {
    const ahead = await noticed('2026-03-20');
    const waiting = async (day: string, who: Person) =>
      (await toDo(look(day, who))).groups.flatMap((group) => group.rows.map((row) => `${group.key} ${row.title}`));
    // whoever is asked sees it among what awaits him, until it took place
    expect(await waiting('2026-03-19', 'clerk')).toContain(
      'meetingsToAttend 安全生产委员会全体会议（区政府一号会议室）',
    );
    expect(await waiting('2026-03-19', 'officer')).not.toContain('meetingsWork 登记会议召开：安全生产委员会全体会议');
    expect(await waiting('2026-03-21', 'officer')).toContain('meetingsWork 登记会议召开：安全生产委员会全体会议');
    await act('2026-03-19', 'officer', (one) => cancelMeeting(one, { ...seen(ahead), reason: '改期' }));
    const made = await heldOne('2026-03-10');
    const drafted = await act('2026-03-11', 'officer', (one) =>
      draftMinutes(one, {
        ...seen(made),
        points: ['会议听取了消防设施整改情况。', ' '],
        decisions: [
          {
            text: '住房局牵头完成老旧小区消防设施排查',
            leadUnitId: s.units.housing,
            leadUnitName: '',
            coUnitIds: [s.units.town],
            dueOn: '2026-05-31',
          },
          { text: '原则同意年度工作要点', leadUnitId: null, leadUnitName: '', coUnitIds: [], dueOn: null },
        ],
      }),
    );
    expect(await s.refusal(act('2026-03-11', 'officer', (one) => issueMinutes(one, seen(drafted))))).toContain(
      '由另一位同志审定',
    );
    const back = await act('2026-03-11', 'officer2', (one) =>
      returnMinutes(one, { ...seen(drafted), reason: '缺时限' }),
    );
    const again = await act('2026-03-12', 'officer', (one) =>
      draftMinutes(one, {
        ...seen(back),
        points: ['会议听取了消防设施整改情况。'],
        decisions: [
          {
            text: '住房局牵头完成老旧小区消防设施排查',
            leadUnitId: s.units.housing,
            leadUnitName: '',
            coUnitIds: [s.units.town],
            dueOn: '2026-05-31',
          },
        ],
      }),
    );
    const issued = await act('2026-03-13', 'leader', (one) => issueMinutes(one, seen(again)));
    expect(issued.state).toBe('minutesIssued');
    const view = await viewMeeting(look('2026-03-14', 'officer'), issued.id);
    expect(view.documents.map((one) => one.word).sort()).toEqual(['会议纪要', '会议通知']);
    const [decision] = view.decisions;
    expect(decision?.task).toMatchObject({ state: 'toReceive', dueOn: '2026-05-31', leadUnitName: '松涛区住房局' });
    const task = await viewTask(look('2026-03-14', 'clerk'), decision?.task?.id ?? '');
    expect(task.origin).toMatchObject({
      kind: 'matter',
      matter: { word: '会议', number: view.number, page: `/meetings/${view.id}` },
    });
    const minutes = view.documents.find((one) => one.word === '会议纪要');
    const words = await text(minutes?.sha256 ?? '');
    for (const part of ['应到3人，实到2人', '丁某（代）', '丙某', decision?.task?.number ?? '', '2026-05-31'])
      expect(words).toContain(part);
    expect((await verify(house.db, house.items, house.files)).findings).toEqual([]);
  });

  it('没有议题、没有人员、日期过了不能通知；没有逐人登记到会不能算召开；改期要重新通知', async () => {
    const made = await act('2026-03-02', 'officer', (one) =>
      planMeeting(one, { ...plan('2026-03-20'), attendees: [] }),
    );
    expect(await s.refusal(act('2026-03-02', 'officer', (one) => sendNotice(one, seen(made))))).toMatch(
      /参会单位.*议题|议题.*参会单位/,
    );
    const one = await noticed('2026-03-20');
    expect(
      await s.refusal(
        act('2026-03-20', 'officer', (now) =>
          hold(now, {
            ...seen(one),
            heldOn: '2026-03-20',
            place: '',
            chair: '王',
            attendees: [attendee(s.units.fire, '乙某')],
          }),
        ),
      ),
    ).toContain('逐人登记到会情况');
    expect(
      await s.refusal(
        act('2026-03-19', 'officer', (now) =>
          hold(now, { ...seen(one), heldOn: '2026-03-20', place: '', chair: '王主任', attendees: came() }),
        ),
      ),
    ).toContain('不晚于今天');
    const moved = await act('2026-03-18', 'officer', (now) =>
      arrangeMeeting(now, { ...seen(one), ...plan('2026-03-25'), reason: '领导出差' }),
    );
    expect(moved.state).toBe('planned');
    expect(await s.refusal(act('2026-03-26', 'officer', (now) => sendNotice(now, seen(moved))))).toContain(
      '不早于今天',
    );
    expect(
      await s.refusal(act('2026-03-18', 'officer', (now) => cancelMeeting(now, { ...seen(one), reason: '不开了' }))),
    ).toContain('打开之后');
    expect(
      (await act('2026-03-18', 'officer', (now) => cancelMeeting(now, { ...seen(moved), reason: '合并召开' }))).state,
    ).toBe('meetingCancelled');
  });

  it('召集单位可以自己计划和办理；别的单位看得到自己参加的会，不能办理；没有参加的看不到', async () => {
    const made = await act('2026-03-02', 'fire', (one) =>
      planMeeting(one, {
        ...plan('2026-03-30'),
        convener: '消防大队',
        convenerUnitId: s.units.fire,
        attendees: [attendee(s.units.housing, '甲某')],
      }),
    );
    expect((await viewMeeting(look('2026-03-03', 'clerk'), made.id)).offers.every((one) => !one.may)).toBe(true);
    expect(await s.refusal(viewMeeting(look('2026-03-03', 'townClerk'), made.id))).toContain('没有找到');
    expect(await s.refusal(act('2026-03-03', 'townClerk', (one) => planMeeting(one, plan('2026-03-30'))))).toContain(
      '您不在其列',
    );
    expect(
      await s.refusal(act('2026-03-03', 'clerk', (one) => cancelMeeting(one, { ...seen(made), reason: '不开' }))),
    ).toContain('召集单位办理');
  });

  it('议题由台账提出：逾期任务、重大隐患、待批示的请示；选过的不再提出', async () => {
    const asked = await act('2026-03-03', 'fire', (one) =>
      askRequest(one, { title: '是否责令停业', situation: '商场消防设施瘫痪。', proposal: '建议责令停业整改。' }),
    );
    const made = await act('2026-03-04', 'officer', (one) => planMeeting(one, plan('2026-06-20')));
    const proposed = await proposeAgenda(look('2026-06-10', 'officer'), made.id);
    expect(proposed.rows.map((row) => row.group)).toEqual(expect.arrayContaining(['逾期任务', '待批示的请示']));
    const topic = proposed.rows.find((row) => row.item.number === asked.number);
    if (!topic) throw new Error('not proposed');
    await act('2026-06-10', 'officer', (one) =>
      setAgenda(one, { ...seen(made), agenda: [{ text: topic.text, reporter: topic.reporter, item: topic.item }] }),
    );
    const after = await proposeAgenda(look('2026-06-10', 'officer'), made.id);
    expect(after.rows.some((row) => row.item.number === asked.number)).toBe(false);
    expect(
      (await listMeetings(look('2026-06-10', 'officer'), { only: 'open' })).rows.some((row) => row.id === made.id),
    ).toBe(true);
  });
});

describe('会议要求：任何一天应开、已开、欠开', () => {
  it('登记召开之后才算数；以前那一天的数字以后再看也一样；停用之后不再要求', async () => {
    const { id } = await act('2026-01-01', 'officer', (one) =>
      makeObligation(one, {
        name: '政府常务会议研究安全生产',
        convener: '政府办',
        attends: '常务会议成员',
        attendeeUnitIds: [],
        count: 4,
        per: 'year',
        everyYears: 1,
        fromOn: '2026-01-01',
        toOn: null,
        basis: '责任制规定',
      }),
    );
    const at = async (day: string) =>
      (await obligationsMet(house.db, scope(), dayOf(day))).find((one) => one.obligationId === id);
    const before = await at('2026-04-20');
    expect(before).toMatchObject({ required: 4, held: 0, dueByNow: 1, behind: 1 });
    const meeting = await heldOne('2026-03-15', '2026-04-25', id);
    expect(await at('2026-04-20')).toEqual(before);
    expect(await at('2026-04-25')).toMatchObject({ held: 1, behind: 0, meetingIds: [meeting.id] });
    await act('2026-05-01', 'officer', (one) => endObligation(one, id, '2026-05-01'));
    expect(await at('2026-05-02')).toBeUndefined();
    expect(await at('2026-05-01')).toBeDefined();
  });
});

const letter = () => ({
  relation: 'departments' as const,
  title: '2026年度安全生产目标管理责任书',
  year: 2026,
  partyA: { unitId: null, unitName: '松涛区人民政府', signer: '赵区长', post: '区长' },
  partyB: { unitId: s.units.housing, unitName: '', signer: '钱局长', post: '局长' },
  targets: [
    { kind: 'deaths' as const, name: '死亡人数', value: 1, unit: '人', bound: 'atMost' as const },
    { kind: 'majorRectified' as const, name: '重大隐患按期整改率', value: 100, unit: '%', bound: 'atLeast' as const },
    { kind: 'count' as const, name: '安全培训', value: 300, unit: '人次', bound: 'atLeast' as const },
  ],
  duties: ['落实行业监管责任。'],
});

describe('责任书', () => {
  it('没有签订的列出来；签订要有扫描件和一致的签字人；目标从登记签订那天起给考核', async () => {
    const made = await act('2026-01-10', 'officer', (one) => makeLetter(one, letter()));
    expect(
      await s.refusal(act('2026-01-10', 'officer', (one) => makeLetter(one, { ...letter(), targets: [] }))),
    ).toContain('有数字的目标');
    expect(await s.refusal(act('2026-01-10', 'clerk', (one) => makeLetter(one, letter())))).toContain('安委办');
    // what a ledger tells is not left to be entered
    const byHand = { kind: 'rate' as const, name: '隐患整改率', value: 95, unit: '%', bound: 'atLeast' as const };
    expect(
      await s.refusal(act('2026-01-10', 'officer', (one) => makeLetter(one, { ...letter(), targets: [byHand] }))),
    ).toContain('改选为系统计算');
    const printed = await act('2026-01-11', 'officer', (one) => printLetter(one, seen(made)));
    expect(await listLetters(look('2026-01-20', 'officer'), { year: 2026 })).toMatchObject({
      all: 1,
      signed: 0,
      unsigned: 1,
    });
    const sign = (over = {}) => ({
      ...seen(printed),
      signedOn: '2026-01-15',
      signerA: '赵区长',
      signerB: '钱局长',
      fileIds: [],
      ...over,
    });
    expect(await s.refusal(act('2026-01-20', 'clerk', (one) => signLetter(one, sign())))).toContain('扫描件');
    const scan = await upload('2026-01-20', 'clerk', 'responsibilityLetter', made.id);
    expect(
      await s.refusal(
        act('2026-01-20', 'clerk', (one) => signLetter(one, sign({ fileIds: [scan], signerB: '孙副局长' }))),
      ),
    ).toContain('签字人');
    expect(
      await s.refusal(
        act('2026-01-20', 'clerk', (one) => signLetter(one, sign({ fileIds: [scan], signedOn: '2026-01-21' }))),
      ),
    ).toContain('签订日期');
    expect(await s.refusal(act('2026-01-20', 'fire', (one) => signLetter(one, sign({ fileIds: [scan] }))))).toContain(
      '没有找到',
    );
    const signed = await act('2026-01-20', 'clerk', (one) => signLetter(one, sign({ fileIds: [scan] })));
    const targets = (day: string) => targetsOf(house.db, scope(), { year: 2026, day: dayOf(day), today: dayOf(day) });
    expect(await targets('2026-01-19')).toEqual([]);
    expect((await targets('2026-01-20')).map((one) => one.words)).toEqual([
      '死亡人数不超过1人',
      '重大隐患按期整改率不低于100%',
      '安全培训不低于300人次',
    ]);
    expect(
      await s.refusal(act('2026-02-01', 'officer', (one) => editLetter(one, { ...seen(signed), ...letter() }))),
    ).toContain('不能修改责任书');
    const ended = await results(signed);
    await act('2026-08-01', 'officer', (one) => endLetter(one, { ...seen(ended), reason: '机构改革' }));
    expect(await targets('2026-08-01')).toEqual([]);
    expect(await targets('2026-07-31')).toHaveLength(3);
  });
});

/** What the ledgers tell is computed and cannot be entered; the rest is entered with evidence, and says by whom. */
async function results(signed: { id: string; version: number }): Promise<{ id: string; version: number }> {
  const at = '2026-06-30';
  const told = { target: 2, value: 280, upTo: at, note: '四期培训' };
  const proof = await upload(at, 'clerk', 'responsibilityLetter', signed.id);
  const given = (over = {}) => ({ ...seen(signed), ...told, fileIds: [proof], ...over });
  const refused = (over: object) => s.refusal(act(at, 'clerk', (one) => recordResult(one, given(over))));
  expect(await refused({ target: 0 })).toContain('不能人工登记');
  expect(await refused({ fileIds: [] })).toContain('证明');
  expect(await refused({ upTo: '2026-07-01' })).toContain('不晚于今天');
  expect(await s.refusal(act(at, 'fire', (one) => recordResult(one, given())))).toContain('没有找到');
  const first = await act(at, 'clerk', (one) => recordResult(one, given()));
  const second = await act('2026-07-20', 'officer', (one) =>
    recordResult(one, { ...given({ value: 310, upTo: '2026-07-15' }), ...seen(first) }),
  );
  const standing = async (day: string) =>
    (await targetsOf(house.db, scope(), { year: 2026, day: dayOf(day), today: dayOf('2026-07-31') })).map(
      (one) => one.standing,
    );
  const [deaths, major, trained] = await standing('2026-06-30');
  expect(deaths).toMatchObject({ by: 'ledger', value: 0, met: true });
  expect(major).toMatchObject({ by: 'ledger' });
  expect(trained).toMatchObject({ by: 'hand', value: 280, met: false });
  expect(trained?.says).toContain('责任单位自报');
  // a past day is told as it was known then
  expect((await standing('2026-06-29'))[2]).toMatchObject({ value: null, met: null, says: '没有登记结果' });
  expect((await standing('2026-07-20'))[2]).toMatchObject({ value: 310, met: true });
  const shown = await viewLetter(look('2026-07-31', 'clerk'), signed.id);
  expect(shown.standings[2]).toMatchObject({ value: 310, note: '四期培训', fileIds: [proof] });
  expect(shown.standings[2]?.says).not.toContain('自报');
  expect((await listLetters(look('2026-07-31', 'officer'), { year: 2026 })).rows[0]).toMatchObject({ unknown: 0 });
  return seen(second);
}

describe('职责清单、请示、事故数字、重点时段', () => {
  it('清单由他人审定，履职要有佐证', async () => {
    const made = await act('2026-01-05', 'officer', (one) =>
      makeDutyList(one, {
        year: 2026,
        personId: null,
        name: '钱局长',
        post: '局长',
        unitId: s.units.housing,
        items: [
          { kind: 'standing', text: '履行第一责任人责任', times: 1, dueOn: null },
          { kind: 'annual', text: '带队检查', times: 2, dueOn: '2026-06-30' },
        ],
      }),
    );
    expect(await s.refusal(act('2026-01-06', 'officer', (one) => confirmDutyList(one, seen(made))))).toContain(
      '另一位同志审定',
    );
    const confirmed = await act('2026-01-06', 'leader', (one) => confirmDutyList(one, seen(made)));
    const deed = { id: confirmed.id, item: 1, on: '2026-03-01', text: '检查工地两处', reference: '' };
    expect(await s.refusal(act('2026-03-02', 'clerk', (one) => recordDuty(one, deed)))).toContain('佐证');
    await act('2026-03-02', 'clerk', (one) => recordDuty(one, { ...deed, reference: '会-2026-0001' }));
    const view = await viewDutyList(look('2026-07-01', 'clerk'), made.id);
    expect(view.items[1]).toMatchObject({ done: 1, times: 2, late: true });
    expect((await listDutyLists(look('2026-07-01', 'officer'), {})).rows[0]).toMatchObject({
      annual: 1,
      fulfilled: 0,
      late: 1,
    });
  });

  it('请示：退回补充再批示，批示成为任务，任务没办结不能报告落实', async () => {
    const matter = { title: '是否公开曝光', situation: '拒不整改。', proposal: '建议曝光。', answerBy: '2026-03-10' };
    const asked = await act('2026-03-05', 'fire', (one) => askRequest(one, matter));
    expect(
      (await listRequests(look('2026-03-12', 'officer'), { state: ['asked'] })).rows.find((one) => one.id === asked.id),
    ).toMatchObject({ late: 2 });
    const back = await act('2026-03-06', 'officer', (one) =>
      returnRequest(one, { ...seen(asked), reason: '补充照片' }),
    );
    const again = await act('2026-03-07', 'fire', (one) =>
      supplementRequest(one, { ...seen(back), ...matter, situation: '拒不整改，附照片。' }),
    );
    const instruct = {
      ...seen(again),
      instruction: '同意，请依法办理。',
      work: { leadUnitId: s.units.fire, coUnitIds: [], text: '依法公开曝光', dueOn: '2026-03-31' },
    };
    expect(await s.refusal(act('2026-03-08', 'officer', (one) => recordInstruction(one, instruct)))).toContain(
      '哪位领导批示',
    );
    const done = await act('2026-03-08', 'officer', (one) =>
      recordInstruction(one, { ...instruct, by: { name: '李副区长', post: '副区长', on: '2026-03-08' } }),
    );
    expect(
      await s.refusal(act('2026-03-09', 'fire', (one) => reportOutcome(one, { ...seen(done), outcome: '已经曝光。' }))),
    ).toContain('没有办结');
    const view = await viewRequest(look('2026-03-09', 'fire'), asked.id);
    expect(view).toMatchObject({ instructedBy: '李副区长', tasks: [{ leadUnitName: '松涛区消防大队' }] });
    await sql`update task set state = 'closed', open = false where id = ${view.tasks[0]?.id}`.execute(house.db);
    expect(
      (await act('2026-03-20', 'fire', (one) => reportOutcome(one, { ...seen(done), outcome: '已经曝光。' }))).state,
    ).toBe('carriedOut');
    await sql`update task set state = 'toReceive', open = true where id = ${view.tasks[0]?.id}`.execute(house.db);
  });

  it('自己不能批示自己的请示', async () => {
    const asked = await act('2026-03-05', 'officer', (one) =>
      askRequest(one, { title: '自己请示', situation: '情况。。', proposal: '建议。。' }),
    );
    const by = { name: '李副区长', post: '副区长', on: '2026-03-06' };
    expect(
      await s.refusal(
        act('2026-03-06', 'officer', (one) =>
          recordInstruction(one, { ...seen(asked), instruction: '同意', work: null, by }),
        ),
      ),
    ).toContain('另一位同志');
  });

  it('事故数字：一人填报另一人核对才算数；更正要说明并重新核对；按目标看超没超', async () => {
    await act('2026-01-02', 'officer', (one) =>
      setAccidentTarget(one, {
        unitId: s.units.town,
        year: 2026,
        accidents: 2,
        deaths: 0,
        accidentsBefore: 3,
        deathsBefore: 1,
        reason: '压降方案',
      }),
    );
    const made = await act('2026-02-03', 'townClerk', (one) =>
      enterFigure(one, { unitId: s.units.town, month: '2026-01', accidents: 1, deaths: 1, note: '' }),
    );
    const other = { unitId: s.units.town, month: '2026-01', accidents: 0, deaths: 0, note: '' };
    expect(await s.refusal(act('2026-02-03', 'officer', (one) => enterFigure(one, other)))).toContain('已经填报过');
    expect(
      await s.refusal(act('2026-02-03', 'clerk', (one) => enterFigure(one, { ...other, month: '2026-02' }))),
    ).toContain('本单位');
    expect(
      await s.refusal(act('2026-02-03', 'officer', (one) => enterFigure(one, { ...other, month: '2026-03' }))),
    ).toContain('以后月份');
    const count = async (day: string) =>
      (await accidentsIn(house.db, scope(), { day, months: 12, units: [s.units.town] }))[0];
    expect(await count('2026-02-03')).toMatchObject({ accidents: 0, deaths: 0 });
    const back = await act('2026-02-04', 'officer', (one) =>
      sendBackFigure(one, { ...seen(made), reason: '死亡人数请核实' }),
    );
    const mended = await act('2026-02-05', 'townClerk', (one) =>
      correctFigure(one, { ...seen(back), accidents: 1, deaths: 0, reason: '误报' }),
    );
    const confirmed = await act('2026-02-06', 'officer', (one) => confirmFigure(one, seen(mended)));
    expect(await count('2026-02-06')).toMatchObject({ accidents: 1, deaths: 0 });
    const corrected = await act('2026-03-01', 'officer', (one) =>
      correctFigure(one, { ...seen(confirmed), accidents: 3, deaths: 1, reason: '补报' }),
    );
    expect(await s.refusal(act('2026-03-01', 'officer', (one) => confirmFigure(one, seen(corrected))))).toContain(
      '另一位同志核对',
    );
    await act('2026-03-02', 'officer2', (one) => confirmFigure(one, seen(corrected)));
    expect(await count('2026-03-01')).toMatchObject({ accidents: 1 });
    const board = await accidentBoard(look('2026-03-05', 'officer'), { year: 2026 });
    expect(board.rows[0]).toMatchObject({
      accidents: 3,
      deaths: 1,
      targetAccidents: 2,
      over: true,
      missing: ['2026-02'],
    });
  });

  it('重点时段：有空班不能印发，交接班只增，专项检查给每个单位一件任务且只下达一次', async () => {
    const made = await act('2026-04-20', 'officer', (one) =>
      makePeriod(one, {
        name: '五一',
        fromOn: '2026-05-01',
        toOn: '2026-05-02',
        demands: '领导带班，24小时值班。',
        basis: '通知',
        unitIds: [s.units.fire, s.units.town],
      }),
    );
    const shift = (unitId: string, on: string) => ({
      unitId,
      unitName: '',
      day: on,
      leader: '甲某',
      leaderPhone: '5550100',
      person: '乙某',
      phone: '5550101',
    });
    expect(
      await s.refusal(
        act('2026-04-21', 'fire', (one) =>
          setShifts(one, { id: made.id, shifts: [shift(s.units.town, '2026-05-01')] }),
        ),
      ),
    ).toContain('本单位');
    await act('2026-04-21', 'fire', (one) =>
      setShifts(one, { id: made.id, shifts: [shift(s.units.fire, '2026-05-01'), shift(s.units.fire, '2026-05-02')] }),
    );
    let view = await viewPeriod(look('2026-04-22', 'officer'), made.id);
    expect(view.gaps).toEqual([{ unitId: s.units.town, unitName: '青石镇', days: ['2026-05-01', '2026-05-02'] }]);
    expect(await s.refusal(act('2026-04-22', 'officer', (one) => issueRoster(one, seen(view))))).toContain(
      '没有安排值班',
    );
    await act('2026-04-22', 'townClerk', (one) =>
      setShifts(one, { id: made.id, shifts: ['2026-05-01', '2026-05-02'].map((on) => shift(s.units.town, on)) }),
    );
    view = await viewPeriod(look('2026-04-23', 'officer'), made.id);
    const rostered = await act('2026-04-23', 'officer', (one) => issueRoster(one, seen(view)));
    const ordered = await act('2026-04-23', 'officer', (one) =>
      orderChecks(one, { ...seen(rostered), text: '开展节前检查', dueOn: '2026-04-30' }),
    );
    expect(
      await s.refusal(
        act('2026-04-24', 'officer', (one) =>
          orderChecks(one, { ...seen(ordered), text: '再查一次', dueOn: '2026-04-30' }),
        ),
      ),
    ).toContain('不能重复');
    const handed = await act('2026-05-01', 'townClerk', (one) =>
      handOver(one, {
        id: made.id,
        unitId: s.units.town,
        day: '2026-05-01',
        from: '乙某',
        to: '丙某',
        text: '一切正常',
      }),
    );
    expect(await onDuty(house.db, scope(), '2026-05-01')).toMatchObject([{ name: '五一', gaps: [], shifts: [{}, {}] }]);
    expect(await onDuty(house.db, scope(), '2026-05-03')).toEqual([]);
    expect(
      await s.refusal(act('2026-05-02', 'officer', (one) => endPeriod(one, { ...seen(handed), summary: '平稳' }))),
    ).toContain('没有过完');
    await act('2026-05-03', 'officer', (one) =>
      endPeriod(one, { ...seen(handed), summary: '总体平稳，没有发生事故。' }),
    );
    view = await viewPeriod(look('2026-05-03', 'officer'), made.id);
    expect(view.checks?.tasks).toHaveLength(2);
    expect(view.handovers).toHaveLength(1);
  });

  it('改了库里的一个数字，校验就能发现；编号不缺', async () => {
    expect(
      (await verify(house.db, house.items, house.files)).findings.filter((one) => !one.says.includes('任务')),
    ).toEqual([]);
    await sql`update meeting set body = jsonb_set(body, '{heldOn}', '"2026-03-11"') where body ->> 'heldOn' = '2026-03-10'`.execute(
      house.db,
    );
    expect((await verify(house.db, house.items, house.files)).findings.length).toBeGreaterThan(0);
  });
});

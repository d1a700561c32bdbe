import { readFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { type Actor, hasRole } from '../../kernel/actor.ts';
import { type Period, windowAround } from '../../kernel/calendar.ts';
import { addDays, type Day, daysBetween, lastOfMonth, monthOf, yearOf } from '../../kernel/day.ts';
import { asJurisdiction } from '../../kernel/ids.ts';
import { accountOfLogin, actorOf } from '../../modules/access/server/door.ts';
import { meetingsApi } from '../../modules/meetings/api.ts';
import { dutiesApi } from '../../modules/meetings/api-duties.ts';
import { periodsApi } from '../../modules/meetings/api-periods.ts';
import { requestsApi } from '../../modules/meetings/api-requests.ts';
import { meetingsRoutes } from '../../modules/meetings/server/routes.ts';
import { tasksApi } from '../../modules/tasks/api.ts';
import { tasksRoutes } from '../../modules/tasks/server/routes.ts';
import type { House } from '../../platform/act.ts';
import { filesApi } from '../../platform/files/api.ts';
import { fileRoutes } from '../../platform/files/routes.ts';
import { houseOn } from './adoption.ts';
import { type District, readDistrict } from './district.ts';
import { picture } from './evidence.ts';
import { type Moment, play, ScriptMistake, uploadOf } from './player.ts';

/** What the district's meetings, letters and rosters say; `data/jurisdictions/990102/meetings.json`. Units are keys. */
interface MeetingTales {
  readonly obligations: readonly {
    readonly key: string;
    readonly name: string;
    readonly convener: string;
    readonly attends: string;
    readonly attendees: readonly string[];
    readonly count: number;
    readonly per: Exclude<Period, 'day'>;
    readonly basis: string;
    /** When in each period it was held, as a share of the period; a period that is not over holds only what lies past. */
    readonly held: readonly number[];
  }[];
  readonly chair: string;
  readonly place: string;
  readonly topics: readonly string[];
  readonly points: readonly string[];
  readonly decisions: readonly { readonly unit: string; readonly text: string; readonly days: number }[];
  readonly letters: Readonly<Record<'departments' | 'lower' | 'unsigned' | 'duties', readonly string[]>>;
  readonly dutyLists: readonly { readonly person: string; readonly login: string; readonly done: readonly number[] }[];
  readonly dutyItems: {
    readonly standing: readonly string[];
    readonly annual: readonly { readonly text: string; readonly times: number }[];
  };
  readonly accidents: { readonly units: readonly string[] };
  readonly requests: readonly {
    readonly login: string;
    readonly title: string;
    readonly situation: string;
    readonly proposal: string;
    readonly instruction?: string;
    readonly work?: string;
    readonly unit?: string;
    readonly back?: string;
  }[];
  readonly periods: readonly {
    readonly name: string;
    readonly from: number;
    readonly days: number;
    readonly units: readonly string[];
    readonly ended?: string;
    readonly gap?: string;
    readonly checks?: string;
  }[];
  readonly demands: string;
}

const inMeetings = play(meetingsApi, meetingsRoutes);
const inDuties = play(dutiesApi, meetingsRoutes);
const inRequests = play(requestsApi, meetingsRoutes);
const inPeriods = play(periodsApi, meetingsRoutes);
const inTasks = play(tasksApi, tasksRoutes);
const inFiles = play(filesApi, fileRoutes);

const seen = ({ id, version }: { readonly id: string; readonly version: number }) => ({
  params: { id },
  body: { version },
});

/** Who is there, and under which ids. */
class Cast {
  readonly #units: ReadonlyMap<string, { readonly id: string; readonly name: string }>;
  readonly #actors: ReadonlyMap<string, Actor>;
  readonly #district: District;
  constructor(
    district: District,
    units: ReadonlyMap<string, { readonly id: string; readonly name: string }>,
    actors: ReadonlyMap<string, Actor>,
  ) {
    this.#district = district;
    this.#units = units;
    this.#actors = actors;
  }
  unit(key: string): { readonly id: string; readonly name: string } {
    const name = this.#district.units.find((one) => one.key === key)?.name ?? '';
    const found = this.#units.get(name);
    if (!found) throw new ScriptMistake(`no unit ${key}`);
    return found;
  }
  login(login: string): Actor {
    const found = this.#actors.get(login);
    if (!found) throw new ScriptMistake(`no account ${login}`);
    return found;
  }
  clerkOf(unitId: string): Actor | undefined {
    return [...this.#actors.values()].find((one) => one.unitId === unitId && hasRole(one, 'clerk', 'officer'));
  }
  head(key: string): { readonly name: string; readonly title: string; readonly phone: string } {
    const found =
      this.#district.people.find((one) => one.unit === key && one.key.endsWith('-head')) ??
      this.#district.people.find((one) => one.unit === key);
    return { name: found?.name ?? '', title: found?.title ?? '负责人', phone: found?.phone ?? '0990-5550000' };
  }
  clerk(key: string): { readonly name: string; readonly phone: string } {
    const found = this.#district.people.find((one) => one.unit === key && one.key.endsWith('-clerk'));
    return { name: found?.name ?? this.head(key).name, phone: found?.phone ?? '0990-5550000' };
  }
  person(key: string): { readonly name: string; readonly title: string; readonly unit: string } {
    const found = this.#district.people.find((one) => one.key === key);
    if (!found) throw new ScriptMistake(`no person ${key}`);
    return found;
  }
}

async function castOf(house: House, district: District): Promise<Cast> {
  const units = await sql<{ id: string; name: string }>`select id, name from unit
    where jurisdiction = ${district.jurisdiction}`.execute(house.db);
  const actors = new Map<string, Actor>();
  for (const { login } of district.accounts) {
    const account = await accountOfLogin(house.db, login);
    if (account !== null) actors.set(login, await actorOf(house.db, account));
  }
  return new Cast(district, new Map(units.rows.map((row) => [row.name, row])), actors);
}

/** Everything of the story that is needed to tell one of its lines. */
interface Stage {
  readonly base: House;
  readonly tales: MeetingTales;
  readonly cast: Cast;
  readonly today: Day;
  readonly officer: Actor;
  readonly second: Actor;
  readonly leader: Actor;
}

const at = (stage: Stage, actor: Actor, on: Day, minute = 9 * 60): Moment => ({
  house: houseOn(stage.base, on, minute),
  actor,
});

/**
 * Tells the district's year of meetings, responsibility letters, duty lists, accident numbers, requests and rosters, each
 * on its own day, relative to today. The caller notes that it was told.
 */
export async function tellMeetings(house: House): Promise<void> {
  const district = await readDistrict();
  const path = new URL(`../../../data/jurisdictions/${district.jurisdiction}/meetings.json`, import.meta.url);
  const tales = JSON.parse(await readFile(path, 'utf8')) as MeetingTales;
  const cast = await castOf(house, district);
  const stage: Stage = {
    base: house,
    tales,
    cast,
    today: house.clock.today(),
    officer: cast.login('awb1'),
    second: cast.login('awb2'),
    leader: cast.login('leader'),
  };
  const begun =
    await sql`select 1 from meeting_obligation where jurisdiction = ${asJurisdiction(district.jurisdiction)} limit 1`.execute(
      house.db,
    );
  // a telling that was cut off left whole acts behind; it is not told a second time
  if (begun.rows.length > 0) return;
  await tellObligations(stage);
  await tellLetters(stage);
  await tellDutyLists(stage);
  await tellAccidents(stage);
  await tellRequests(stage);
  await tellPeriods(stage);
}

async function tellObligations(stage: Stage): Promise<void> {
  const { tales, cast, today, officer } = stage;
  const first = `${yearOf(today)}-01-01` as Day;
  let told = 0;
  for (const one of tales.obligations) {
    const convener = cast.unit(one.convener);
    const attendees = one.attendees.map((key) => cast.unit(key));
    const { id } = await inMeetings(at(stage, officer, first), 'makeObligation', {
      body: {
        name: one.name,
        convenerUnitId: convener.id,
        convener: convener.name,
        attends: one.attends,
        attendeeUnitIds: attendees.map((unit) => unit.id),
        count: one.count,
        per: one.per,
        everyYears: 1,
        fromOn: first,
        toOn: null,
        basis: one.basis,
      },
    });
    for (let begin = first; begin <= today; begin = addDays(windowAround(begin, one.per).to, 1)) {
      const window = windowAround(begin, one.per);
      const length = daysBetween(window.from, window.to) + 1;
      for (const share of one.held) {
        const on = addDays(window.from, Math.floor(length * share));
        if (on <= addDays(today, -8)) await tellMeeting(stage, { ...one, id, convener, on, told: told++ });
      }
    }
  }
  await tellComing(stage);
}

interface Told {
  readonly id: string | null;
  readonly name: string;
  readonly convener: { readonly id: string; readonly name: string };
  readonly attendees: readonly string[];
  readonly on: Day;
  readonly told: number;
}

/** Plans, notifies and holds a meeting; gives it as it then is. */
async function tellHeld(stage: Stage, one: Told) {
  const { tales, cast, officer } = stage;
  const attendees = one.attendees.map((key) => {
    const unit = cast.unit(key);
    const head = cast.head(key);
    return {
      unitId: unit.id,
      unitName: unit.name,
      name: head.name,
      post: head.title,
      came: null,
      note: '',
    };
  });
  const before = addDays(one.on, -4);
  const planned = await inMeetings(at(stage, officer, before), 'planMeeting', {
    body: {
      obligationId: one.id,
      name: one.name,
      on: one.on,
      time: one.told % 2 === 0 ? '9:00' : '14:30',
      place: tales.place,
      chair: tales.chair,
      convenerUnitId: one.convener.id,
      convener: one.convener.name,
      attendees,
    },
  });
  const agenda = tales.topics.map((text, index) => ({
    text,
    reporter: index === 0 ? cast.unit('committee-office').name : '',
    item: null,
  }));
  const set = await inMeetings(at(stage, officer, before, 560), 'setMeetingAgenda', {
    params: { id: planned.id },
    body: { version: planned.version, agenda },
  });
  const noticed = await inMeetings(at(stage, officer, before, 580), 'sendMeetingNotice', {
    params: { id: planned.id },
    body: { version: set.version, copies: '区政府办公室' },
  });
  if (one.on > stage.today) return noticed;
  return inMeetings(at(stage, officer, one.on, 17 * 60), 'holdMeeting', {
    params: { id: planned.id },
    body: {
      version: noticed.version,
      heldOn: one.on,
      place: tales.place,
      chair: tales.chair,
      attendees: attendees.map((person, index) => ({
        ...person,
        came:
          (one.told + index) % 7 === 5
            ? ('substitute' as const)
            : (one.told + index) % 11 === 9
              ? ('leave' as const)
              : ('present' as const),
        note:
          (one.told + index) % 7 === 5
            ? cast.clerk(one.attendees[index] ?? '').name
            : (one.told + index) % 11 === 9
              ? '外出参加会议'
              : '',
      })),
      fileIds: [],
    },
  });
}

async function tellMeeting(stage: Stage, one: Told): Promise<void> {
  const { officer, second, today } = stage;
  const held = await tellHeld(stage, one);
  const drafted = await tellDraft(stage, held, one, addDays(one.on, 2));
  const issued = await inMeetings(at(stage, second, addDays(one.on, 3)), 'issueMinutes', {
    params: { id: held.id },
    body: { version: drafted.version, copies: '' },
  });
  const view = await inMeetings(at(stage, officer, today), 'viewMeeting', { params: { id: issued.id } });
  for (const [index, decision] of view.decisions.entries())
    if (decision.task !== null)
      await tellTask(stage, decision.task.id, addDays(one.on, 4), decision.dueOn as Day | null, one.told + index);
}

function tellDraft(stage: Stage, held: { id: string; version: number }, one: Told, on: Day) {
  const { tales, cast, officer } = stage;
  const count = one.told % 3 === 2 ? 2 : 1;
  const decisions = Array.from({ length: count }, (_, index) => {
    const asked = tales.decisions[(one.told + index) % tales.decisions.length];
    if (!asked) throw new ScriptMistake('no decisions');
    const unit = cast.unit(asked.unit);
    return {
      text: asked.text,
      leadUnitId: unit.id,
      leadUnitName: unit.name,
      coUnitIds: [],
      dueOn: addDays(one.on, asked.days),
    };
  });
  return inMeetings(at(stage, officer, on, 10 * 60), 'draftMinutes', {
    params: { id: held.id },
    body: { version: held.version, points: [...tales.points], decisions, fileIds: [] },
  });
}

/** What became of a decision: most were done in time, the younger ones are under way. */
async function tellTask(stage: Stage, id: string, from: Day, due: Day | null, told: number): Promise<void> {
  const { today, officer, second } = stage;
  const view = await inTasks(at(stage, officer, today), 'viewTask', { params: { id } });
  const clerk = stage.cast.clerkOf(view.task.leadUnitId);
  if (!clerk || due === null) return;
  const on = (days: number): Day => addDays(from, days);
  if (on(1) > today) return;
  let now = await inTasks(at(stage, clerk, on(1)), 'receiveTask', {
    params: { id },
    body: { version: view.task.version },
  });
  const half = addDays(from, Math.floor(daysBetween(from, due) / 2));
  if (half > today) return;
  now = await inTasks(at(stage, clerk, half), 'reportTask', {
    params: { id },
    body: { text: '已制定方案，正在逐项开展检查。', percent: 50, fileIds: [] },
  });
  // one of several is left behind its day
  if (told % 5 === 4 || addDays(due, -3) > addDays(today, -2)) return;
  now = await inTasks(at(stage, clerk, addDays(due, -4)), 'reportTask', {
    params: { id },
    body: { text: '检查全部完成，发现的问题已登记挂号整改，材料已报送。', percent: 100, fileIds: [] },
  });
  now = await inTasks(at(stage, clerk, addDays(due, -3)), 'submitTask', {
    params: { id },
    body: { version: now.version, text: '任务已完成，申请办结。', fileIds: [] },
  });
  const checker = clerk.accountId === second.accountId ? officer : second;
  await inTasks(at(stage, checker, addDays(due, -2)), 'passTask', {
    params: { id },
    body: { version: now.version, opinion: '材料齐全，同意办结。' },
  });
}

/** Meetings of these days: one whose minutes wait for approval, one that is announced, one that has no agenda yet. */
async function tellComing(stage: Stage): Promise<void> {
  const { tales, cast, today, officer } = stage;
  const one = tales.obligations.find((found) => found.key === 'dispatch');
  if (!one) return;
  const convener = cast.unit(one.convener);
  const like = { id: null, convener, attendees: one.attendees };
  const held = await tellHeld(stage, {
    ...like,
    name: '建筑施工领域安全生产专题会议',
    on: addDays(today, -2),
    told: 4,
  });
  await tellDraft(stage, held, { ...like, name: '', on: addDays(today, -2), told: 3 }, addDays(today, -1));
  await tellHeld(stage, { ...like, name: '冬季安全防范工作会商会', on: addDays(today, 3), told: 1 });
  await inMeetings(at(stage, officer, addDays(today, -1)), 'planMeeting', {
    body: {
      obligationId: null,
      name: '岁末年初安全生产工作部署会',
      on: addDays(today, 12),
      time: '9:00',
      place: '',
      chair: tales.chair,
      convenerUnitId: convener.id,
      convener: convener.name,
      attendees: [],
    },
  });
}

async function tellLetters(stage: Stage): Promise<void> {
  const { tales, cast, today, officer } = stage;
  const year = yearOf(today);
  const first = `${year}-01-05` as Day;
  const drawn = first <= addDays(today, -30) ? first : addDays(today, -30);
  for (const relation of ['departments', 'lower'] as const)
    for (const [index, key] of tales.letters[relation].entries()) {
      const unit = cast.unit(key);
      const head = cast.head(key);
      const made = await inDuties(at(stage, officer, drawn, 540 + index), 'makeLetter', {
        body: {
          relation,
          title: `${year}年度安全生产目标管理责任书`,
          year,
          partyA: { unitId: cast.unit('government-office').id, unitName: '', signer: tales.chair, post: '副区长' },
          partyB: { unitId: unit.id, unitName: '', signer: head.name, post: head.title },
          targets: [
            {
              kind: 'deaths',
              name: '生产安全事故死亡人数',
              value: relation === 'lower' ? 1 : 0,
              unit: '人',
              bound: 'atMost',
            },
            {
              kind: 'accidents',
              name: '生产安全事故起数',
              value: relation === 'lower' ? 2 : 1,
              unit: '起',
              bound: 'atMost',
            },
            { kind: 'majorRectified', name: '重大隐患按期整改率', value: 100, unit: '%', bound: 'atLeast' },
            { kind: 'filingOnTime', name: '工作情况报送按时率', value: 95, unit: '%', bound: 'atLeast' },
            { kind: 'count', name: '安全生产培训', value: 300, unit: '人次', bound: 'atLeast' },
            { kind: 'count', name: '应急演练', value: 2, unit: '次', bound: 'atLeast' },
          ],
          duties: [...tales.letters.duties],
        },
      });
      const printed = await inDuties(at(stage, officer, addDays(drawn, 1), 540 + index), 'printLetter', seen(made));
      if (tales.letters.unsigned.includes(key)) continue;
      const on = addDays(drawn, 8 + index);
      const moment = at(stage, officer, on, 10 * 60);
      const scan = picture('双方签字的责任书.png', index + 3);
      const { id: fileId } = await inFiles(moment, 'addFile', {
        query: { itemKind: 'responsibilityLetter', itemId: made.id },
        upload: await uploadOf(moment.house, scan.name, scan.bytes),
      });
      const signed = await inDuties(moment, 'signLetter', {
        params: { id: made.id },
        body: { version: printed.version, signedOn: on, signerA: tales.chair, signerB: head.name, fileIds: [fileId] },
      });
      await tellResults(stage, made.id, signed.version, on, index);
    }
}

/** Of most letters the unit tells what no ledger knows, some of them late in the year again; a few have told nothing yet. */
async function tellResults(stage: Stage, id: string, first: number, signedOn: Day, index: number): Promise<void> {
  if (index % 4 === 3) return;
  const on = addDays(stage.today, -18 - index);
  if (on <= signedOn) return;
  const moment = at(stage, stage.officer, on, 15 * 60 + index);
  let version = first;
  for (const [target, value, note] of [
    [4, 240 + index * 25, '培训签到表'],
    [5, index % 3 === 0 ? 1 : 2, '演练记录'],
  ] as const) {
    const proof = picture(`${note}.png`, index + target);
    const { id: fileId } = await inFiles(moment, 'addFile', {
      query: { itemKind: 'responsibilityLetter', itemId: id },
      upload: await uploadOf(moment.house, proof.name, proof.bytes),
    });
    const done = await inDuties(moment, 'recordTargetResult', {
      params: { id },
      body: { version, target, value, upTo: on, note, fileIds: [fileId] },
    });
    version = done.version;
  }
}

async function tellDutyLists(stage: Stage): Promise<void> {
  const { tales, cast, today, officer, second } = stage;
  const year = yearOf(today);
  const last = `${year}-12-31`;
  const drawn = addDays(today, -Math.min(240, daysBetween(`${year}-01-01` as Day, today)));
  for (const [index, list] of tales.dutyLists.entries()) {
    const person = cast.person(list.person);
    const unit = cast.unit(person.unit);
    const items = [
      ...tales.dutyItems.standing.map((text) => ({ kind: 'standing' as const, text, times: 1, dueOn: null })),
      ...tales.dutyItems.annual.map((one, at) => ({
        kind: 'annual' as const,
        text: one.text,
        times: one.times,
        dueOn: at === 2 ? addDays(today, -20) : last,
      })),
    ];
    const made = await inDuties(at(stage, officer, drawn, 600 + index), 'makeDutyList', {
      body: { year, personId: null, name: person.name, post: person.title, unitId: unit.id, items },
    });
    const confirmed = await inDuties(at(stage, second, addDays(drawn, 1), 600 + index), 'confirmDutyList', seen(made));
    for (const [which, times] of list.done.entries())
      for (let time = 0; time < times; time++) {
        const on = addDays(today, -(25 + 40 * time + 9 * which + 3 * index));
        if (yearOf(on) !== year || on <= drawn) continue;
        await inDuties(at(stage, officer, on, 16 * 60), 'recordDuty', {
          params: { id: confirmed.id },
          body: {
            item: tales.dutyItems.standing.length + which,
            on,
            text:
              which === 0
                ? '带队检查重点企业和人员密集场所，发现问题当场交办。'
                : '主持召开专题会议，研究分管领域突出问题。',
            reference: '检查记录、会议签到表已存档',
            fileIds: [],
          },
        });
      }
  }
}

async function tellAccidents(stage: Stage): Promise<void> {
  const { tales, cast, today, officer, second } = stage;
  const year = yearOf(today);
  for (const [index, key] of tales.accidents.units.entries()) {
    const unit = cast.unit(key);
    const first = `${year}-01-01` as Day;
    await inDuties(at(stage, officer, first, 600 + index), 'setAccidentTarget', {
      body: {
        unitId: unit.id,
        year,
        accidents: 1 + (index % 3),
        deaths: index % 2,
        accidentsBefore: 2 + (index % 3),
        deathsBefore: 1 + (index % 2),
        reason: '按全区事故压降方案分解，比上年下降',
      },
    });
    for (let month = 1; month < monthOf(today) || (month === 1 && monthOf(today) === 1); month++) {
      const on = addDays(lastOfMonth(year, month), 2);
      if (on > today) break;
      const accidents = (month * 5 + index * 3) % 17 === 0 ? 1 : 0;
      const deaths = accidents > 0 && (month + index) % 4 === 0 ? 1 : 0;
      const clerk = cast.clerkOf(unit.id) ?? officer;
      const made = await inDuties(at(stage, clerk, on, 540 + index), 'enterFigure', {
        body: { unitId: unit.id, month: `${year}-${String(month).padStart(2, '0')}`, accidents, deaths, note: '' },
      });
      // the newest month of two units still waits for the second person
      if (month === monthOf(today) - 1 && index < 2) continue;
      await inDuties(
        at(stage, second, addDays(on, 1) > today ? today : addDays(on, 1), 600 + index),
        'confirmFigure',
        seen(made),
      );
    }
  }
}

async function tellRequests(stage: Stage): Promise<void> {
  const { tales, cast, today, leader, second } = stage;
  for (const [index, one] of tales.requests.entries()) {
    const asked = addDays(today, -(index === 0 ? 20 : 6 - index));
    const made = await inRequests(at(stage, cast.login(one.login), asked), 'askRequest', {
      body: {
        title: one.title,
        situation: one.situation,
        proposal: one.proposal,
        answerBy: addDays(asked, 3),
        fileIds: [],
      },
    });
    if (one.instruction !== undefined && one.unit !== undefined) {
      const on = addDays(asked, 1);
      const unit = cast.unit(one.unit);
      await inRequests(at(stage, leader, on), 'recordInstruction', {
        params: { id: made.id },
        body: {
          version: made.version,
          instruction: one.instruction,
          work: { leadUnitId: unit.id, coUnitIds: [], text: one.work ?? one.title, dueOn: addDays(on, 30) },
        },
      });
    } else if (one.back !== undefined)
      await inRequests(at(stage, second, addDays(asked, 1)), 'returnRequest', {
        params: { id: made.id },
        body: { version: made.version, reason: one.back },
      });
  }
}

async function tellPeriods(stage: Stage): Promise<void> {
  const { tales, cast, today, officer } = stage;
  for (const one of tales.periods) {
    const fromOn = addDays(today, one.from);
    const toOn = addDays(fromOn, one.days - 1);
    const planned = addDays(fromOn < today ? fromOn : today, -6);
    let now: { id: string; version: number } = await inPeriods(at(stage, officer, planned), 'makePeriod', {
      body: {
        name: one.name,
        fromOn,
        toOn,
        demands: tales.demands,
        basis: '区安委办关于做好重点时段安全防范工作的通知',
        unitIds: one.units.map((key) => cast.unit(key).id),
      },
    });
    if (fromOn > today) continue;
    const days = Array.from({ length: one.days }, (_, index) => addDays(fromOn, index));
    for (const [which, key] of one.units.entries()) {
      const unit = cast.unit(key);
      const head = cast.head(key);
      const clerk = cast.clerk(key);
      const shifts = days
        .filter((day) => key !== one.gap || (daysBetween(fromOn, day) !== 3 && daysBetween(fromOn, day) !== 7))
        .map((day) => ({
          day,
          unitId: unit.id,
          unitName: unit.name,
          leader: head.name,
          leaderPhone: head.phone,
          person: clerk.name,
          phone: clerk.phone,
        }));
      now = await inPeriods(at(stage, officer, addDays(planned, 1), 560 + which), 'setShifts', {
        params: { id: now.id },
        body: { shifts },
      });
    }
    if (one.gap === undefined) now = await inPeriods(at(stage, officer, addDays(planned, 2)), 'issueRoster', seen(now));
    if (one.checks !== undefined)
      now = await inPeriods(at(stage, officer, addDays(planned, 3)), 'orderChecks', {
        params: { id: now.id },
        body: { version: now.version, text: one.checks, dueOn: addDays(toOn, 3) },
      });
    const [key = ''] = one.units;
    for (const day of days.filter((one) => one < today).slice(0, 3))
      now = await inPeriods(at(stage, officer, day, 17 * 60 + 30), 'handOver', {
        params: { id: now.id },
        body: {
          unitId: cast.unit(key).id,
          day,
          from: cast.clerk(key).name,
          to: cast.head(key).name,
          text: '当日没有接到事故和险情报告，设备完好，待办事项已逐项交接。',
        },
      });
    if (one.ended !== undefined)
      now = await inPeriods(at(stage, officer, addDays(toOn, 1)), 'endPeriod', {
        params: { id: now.id },
        body: { version: now.version, summary: one.ended },
      });
  }
}

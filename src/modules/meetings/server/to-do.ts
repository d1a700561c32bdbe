import type { ResponseOf } from '../../../kernel/contract.ts';
import { addDays, type Day, daysBetween } from '../../../kernel/day.ts';
import { holds } from '../../../kernel/permission.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import type { meetingsApi } from '../api.ts';
import { letterLifecycle } from '../letter-lifecycle.ts';
import { meetingLifecycle } from '../lifecycle.ts';
import { gapsOf } from '../period.ts';
import { specialPeriodLifecycle } from '../period-lifecycle.ts';
import { meetingsPermissions } from '../permissions.ts';
import { judgeRequest } from '../request.ts';
import { requestLifecycle } from '../request-lifecycle.ts';
import { letterParts, resultOn } from '../responsibility.ts';
import { isComputed } from '../shapes.ts';
import { type KeptMeeting, meetings, requests, responsibilityLetters, specialPeriods } from './kinds.ts';
import { dutyOf, lineOf } from './views.ts';

type Group = ResponseOf<typeof meetingsApi.meetingsToDo>['groups'][number];
type Row = Group['rows'][number];

/** Rows that the home page shows; the rest is behind the link. */
const SHOWN = 8;
/** Days before a special period in which its roster is asked for. */
const ROSTER_DAYS = 14;

const plain = (name: string): string => name.replace(/[\s　]/g, '');

/** Whether the reader's unit, or he by name, is asked to the meeting. */
const isAsked = (one: KeptMeeting, actor: Reading['actor']): boolean =>
  one.body.attendees.some(
    (attendee) =>
      (actor.unitId !== null && attendee.unitId === actor.unitId) || plain(attendee.name) === plain(actor.name),
  );

const group = (key: string, title: string, hint: string, to: string, rows: readonly Row[]): Group => ({
  key,
  title,
  hint,
  tone: rows.some((row) => row.lamp === 'red') ? 'red' : rows.some((row) => row.lamp === 'amber') ? 'amber' : 'plain',
  to,
  total: rows.length,
  rows: rows.slice(0, SHOWN),
});

async function ofMeetings(reading: Reading): Promise<Group[]> {
  const { db, day, actor } = reading;
  const open = await meetings.list(db, ownJurisdiction(reading.scope, actor), {
    states: ['planned', 'noticed', 'held', 'minuted'],
  });
  const row = (one: KeptMeeting, title: string): Row => {
    const line = lineOf(one, day, new Map());
    return {
      id: one.id,
      to: `/meetings/${one.id}`,
      lamp: line.lamp === 'red' || line.lamp === 'amber' ? line.lamp : 'green',
      lampReason: line.lampReason,
      number: one.number,
      title,
      who: line.convener,
      tone: 'waiting',
      state: meetingLifecycle.states[one.state],
      due: `${one.on} ${one.body.time}`.trim(),
    };
  };
  const mine = open.filter((one) => one.state === 'noticed' && one.on >= day && isAsked(one, actor)).reverse();
  const work = open.flatMap((one) => {
    const action = dutyOf(one, actor, day);
    return action === null ? [] : [row(one, `${meetingLifecycle.actions[action]}：${one.body.name}`)];
  });
  return [
    group(
      'meetingsToAttend',
      '要参加的会议',
      '已经发了通知、还没有开的，您或者您单位要到会。',
      '/meetings?only=open',
      mine.map((one) => ({
        ...row(one, `${one.body.name}（${one.body.place || '地点待定'}）`),
        lamp: one.on <= addDays(day, 1) ? 'amber' : 'green',
        lampReason: one.on === day ? '今天召开' : `还有${daysBetween(day, one.on)}天`,
      })),
    ),
    group('meetingsWork', '会议待办', '等您印发通知、登记召开、起草或者审定纪要。', '/meetings?only=todo', work),
  ];
}

async function ofRequests({ db, scope, day, actor }: Reading): Promise<Group> {
  const open = await requests.list(db, ownJurisdiction(scope, actor), {
    states: ['asked', 'sentBackRequest', 'instructed'],
  });
  const rows = open.flatMap((one): Row[] => {
    const action = (['recordInstruction', 'supplementRequest', 'reportOutcome'] as const).find(
      (each) => judgeRequest(one, actor, each, day, null).may,
    );
    // what was instructed is for the unit that asked
    if (!action || (action === 'reportOutcome' && one.body.unitId !== actor.unitId)) return [];
    const { answerBy } = one.body;
    const late = one.state === 'asked' && answerBy !== null && answerBy < day ? daysBetween(answerBy as Day, day) : 0;
    return [
      {
        id: one.id,
        to: `/requests/${one.id}`,
        lamp: late > 0 ? 'red' : 'amber',
        lampReason: late > 0 ? `要求答复的日期已过${late}天` : requestLifecycle.states[one.state],
        number: one.number,
        title: `${requestLifecycle.actions[action]}：${one.body.title}`,
        who: one.body.unitName,
        tone: 'waiting',
        state: requestLifecycle.states[one.state],
        due: answerBy ?? one.on,
      },
    ];
  });
  return group('requests', '请示批示', '等您批示、补充，或者报告落实情况。', '/requests', rows);
}

/** Letters that the reader's unit has to sign, and signed ones whose targets nobody has told the result of. */
async function ofLetters({ db, scope, day, actor }: Reading): Promise<Group> {
  const open = await responsibilityLetters.list(db, ownJurisdiction(scope, actor), { states: ['toSign', 'signed'] });
  const rows = open.flatMap((one): Row[] => {
    if (!letterParts(one.body, actor).includes('signatory')) return [];
    const unknown = one.body.targets.filter(
      (target, at) => !isComputed(target.kind) && resultOn(one.body, at, day) === null,
    ).length;
    const asks = one.state === 'toSign' ? '等待签订' : `${unknown}项目标没有登记结果`;
    if (one.state === 'signed' && (unknown === 0 || String(one.year) !== day.slice(0, 4))) return [];
    return [
      {
        id: one.id,
        to: `/responsibility-letters/${one.id}`,
        lamp: one.state === 'toSign' ? 'amber' : 'green',
        lampReason: asks,
        number: one.number,
        title: `${one.body.title}：${asks}`,
        who: one.body.partyA.unitName,
        tone: 'waiting',
        state: letterLifecycle.states[one.state],
        due: one.state === 'toSign' ? one.on : `${one.year}-12-31`,
      },
    ];
  });
  return group('letters', '责任书', '等本单位签订，或者登记目标结果。', '/responsibility-letters', rows);
}

/** Days of special periods, running or near, on which the reader's unit has nobody on duty. */
async function ofRosters({ db, scope, day, actor }: Reading): Promise<Group> {
  const open = await specialPeriods.list(db, ownJurisdiction(scope, actor), {
    states: ['periodPlanned', 'rosterIssued'],
  });
  const rows = open.flatMap((one): Row[] => {
    const days = gapsOf(one.body).find((gap) => gap.unitId === actor.unitId)?.days ?? [];
    const [first] = days.filter((gap) => gap >= day);
    if (!first || one.body.fromOn > addDays(day, ROSTER_DAYS)) return [];
    return [
      {
        id: one.id,
        to: `/special-periods/${one.id}`,
        lamp: first <= addDays(day, 1) ? 'red' : 'amber',
        lampReason: `本单位还有${days.filter((gap) => gap >= day).length}天没有排班`,
        number: one.number,
        title: `填报值班安排：${one.body.name}`,
        who: '本单位',
        tone: 'waiting',
        state: specialPeriodLifecycle.states[one.state],
        due: first,
      },
    ];
  });
  return group('rosters', '值班安排', '重点时段里本单位还有空班。', '/special-periods', rows);
}

/** What of this room awaits the reader: meetings, requests, letters, rosters. Empty groups are left out. */
export async function toDo(reading: Reading): Promise<ResponseOf<typeof meetingsApi.meetingsToDo>> {
  const may = (permission: string): boolean => holds(meetingsPermissions, reading.actor, permission);
  const found = await Promise.all([
    ofMeetings(reading),
    ...(may('request.read') ? [ofRequests(reading).then((one) => [one])] : []),
    ...(may('duty.read') ? [ofLetters(reading).then((one) => [one])] : []),
    ...(may('roster.work') ? [ofRosters(reading).then((one) => [one])] : []),
  ]);
  return { groups: found.flat().filter((one) => one.total > 0) };
}

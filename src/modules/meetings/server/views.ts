import type { Static } from 'typebox';
import type { Actor } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { type Day, daysBetween } from '../../../kernel/day.ts';
import type { Lifecycle, Verdict } from '../../../kernel/lifecycle.ts';
import type { Reading } from '../../../platform/act.ts';
import { issuedOf } from '../../letters/server/door.ts';
import { taskLifecycle } from '../../tasks/lifecycle.ts';
import { type Line as TaskLineRow, tasksByIds } from '../../tasks/server/door.ts';
import type { MeetingLine, meetingsApi } from '../api.ts';
import { meetingForms } from '../documents.ts';
import { type MeetingAction, meetingLifecycle } from '../lifecycle.ts';
import { attendanceOf, judgeMeeting } from '../meeting.ts';
import { quotaWords } from '../obligation.ts';
import type { TaskLine } from '../shapes.ts';
import { recordOf } from './cases.ts';
import { type KeptMeeting, meetings } from './kinds.ts';
import { obligationsIn } from './obligations.ts';

/** Every action of a case with whether it may be taken now and, if not, why. */
export function offersOf<State extends string, Action extends string>(
  lifecycle: Lifecycle<State, Action, string, string>,
  actor: Actor,
  jurisdiction: string,
  judge: (action: Action) => Verdict<State>,
) {
  const own = jurisdiction === actor.jurisdiction;
  return (Object.keys(lifecycle.actions) as Action[]).map((action) => {
    const verdict = judge(action);
    const says = !own ? `这是下级政府的${lifecycle.noun}，只能查看。` : verdict.may ? '' : verdict.refusal.says;
    return { action, label: lifecycle.actions[action], may: own && verdict.may, says };
  });
}

/** Tasks that came from a case of this room, as they stand now; keyed by id. */
export async function tasksOf(
  reading: Reading,
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, Static<typeof TaskLine>>> {
  const wanted = ids.filter((id): id is string => id !== null);
  const lines = wanted.length === 0 ? [] : await tasksByIds(reading.db, reading.scope, wanted, reading.day);
  return new Map(lines.map((line) => [line.id, taskLineOf(line)]));
}
const taskLineOf = (line: TaskLineRow): Static<typeof TaskLine> => ({
  id: line.id,
  number: line.number,
  title: line.title,
  state: line.state,
  stateWord: taskLifecycle.states[line.state],
  lamp: line.lamp,
  lampReason: line.lampReason,
  dueOn: line.dueOn,
  leadUnitName: line.leadUnitName,
});

function nextStep({ state, on, body }: KeptMeeting, today: string): string {
  switch (state) {
    case 'planned':
      return body.agenda.length === 0 ? '确定议题，然后印发会议通知' : '印发会议通知';
    case 'noticed':
      return on < today ? '会议日期已过：登记会议召开，或者调整会议安排' : `${on}召开，之后登记到会情况`;
    case 'held':
      return body.returned ? `纪要被退回：${body.returned}` : '起草会议纪要';
    case 'minuted':
      return `等${body.draftedByName ?? '起草人'}以外的同志审定印发`;
    case 'minutesIssued':
      return '已印发，交办的任务按时限办理';
    case 'meetingCancelled':
      return '已经取消';
  }
}

/** Days after a meeting within which its minutes should be issued. */
const MINUTES_DAYS = 7;

function lampOf({ state, on }: KeptMeeting, today: string): Pick<Static<typeof MeetingLine>, 'lamp' | 'lampReason'> {
  const past = daysBetween(on as Day, today as Day);
  if (state === 'minutesIssued' || state === 'meetingCancelled') return { lamp: 'none', lampReason: '已了结' };
  if (state === 'planned' || state === 'noticed') {
    if (past > 0) return { lamp: 'red', lampReason: `会议日期已过${past}天，没有登记召开` };
    if (past >= -3 && state === 'planned') return { lamp: 'amber', lampReason: `还有${-past}天召开，没有印发通知` };
    return { lamp: 'green', lampReason: `还有${-past}天召开` };
  }
  if (past > MINUTES_DAYS) return { lamp: 'red', lampReason: `召开已${past}天，纪要没有印发` };
  return { lamp: past > MINUTES_DAYS - 3 ? 'amber' : 'green', lampReason: `召开${past}天，等待印发纪要` };
}

export function lineOf(
  one: KeptMeeting,
  today: string,
  obligations: ReadonlyMap<string, string>,
  openTasks = 0,
): Static<typeof MeetingLine> {
  const { body } = one;
  const { asked, came } = attendanceOf(body.attendees);
  return {
    id: one.id,
    number: one.number,
    state: one.state,
    name: body.name,
    obligationName: body.obligationId === null ? null : (obligations.get(body.obligationId) ?? null),
    convener: body.convener,
    on: one.on,
    time: body.time,
    place: body.place,
    agenda: body.agenda.length,
    asked,
    came,
    decisions: body.decisions.length,
    openTasks,
    ...lampOf(one, today),
    version: one.version,
  };
}

const leadingActions: readonly MeetingAction[] = ['sendNotice', 'hold', 'draftMinutes', 'issueMinutes'];

/** The action that a meeting waits for and that the reader may take; null where there is none. */
export function dutyOf(one: KeptMeeting, actor: Actor, today: Day): MeetingAction | null {
  if (one.jurisdiction !== actor.jurisdiction) return null;
  const may = (action: MeetingAction): boolean => judgeMeeting(one, actor, action, today, null).may;
  if (one.state === 'planned' && may('setAgenda') && !may('sendNotice')) return 'setAgenda';
  // a meeting that lies ahead is not yet to be recorded as held
  return leadingActions.find((action) => may(action) && (action !== 'hold' || one.on <= today)) ?? null;
}

const plain = (text: string): string => text.toLowerCase().replace(/\s/g, '');

/** 会议清单: the latest first. */
export async function listMeetings(
  reading: Reading,
  query: {
    readonly q?: string;
    readonly state?: readonly string[];
    readonly obligation?: string;
    readonly only?: 'open' | 'held' | 'todo';
    readonly from?: string;
    readonly to?: string;
    readonly page?: number;
    readonly pageSize?: number;
  },
): Promise<ResponseOf<typeof meetingsApi.listMeetings>> {
  const { page = 1, pageSize = 50 } = query;
  const { db, scope, day } = reading;
  const [all, obligations] = await Promise.all([
    meetings.list(db, scope, {
      ...(query.from ? { from: query.from } : {}),
      ...(query.to ? { to: query.to } : {}),
    }),
    obligationsIn(db, scope),
  ]);
  const names = new Map(obligations.map((one) => [one.id, one.name]));
  const closed = (one: KeptMeeting): boolean => meetingLifecycle.final.includes(one.state);
  const rows = all.filter(
    (one) =>
      (!query.state || query.state.length === 0 || query.state.includes(one.state)) &&
      (!query.obligation || one.body.obligationId === query.obligation) &&
      (query.only !== 'open' || !closed(one)) &&
      (query.only !== 'held' || one.body.heldOn !== null) &&
      (query.only !== 'todo' || dutyOf(one, reading.actor, day) !== null) &&
      (!query.q ||
        plain(
          [one.number, one.body.name, one.body.place, one.body.noticeNumber, one.body.minutesNumber].join('\n'),
        ).includes(plain(query.q))),
  );
  const shown = rows.slice((page - 1) * pageSize, page * pageSize);
  const tasks = await tasksOf(
    reading,
    shown.flatMap((one) => one.body.decisions.map((decision) => decision.taskId)),
  );
  const isOpen = (id: string | null): boolean => {
    const task = id === null ? undefined : tasks.get(id);
    return task !== undefined && task.state !== 'closed' && task.state !== 'withdrawn';
  };
  return {
    rows: shown.map((one) =>
      lineOf(one, day, names, one.body.decisions.filter((decision) => isOpen(decision.taskId)).length),
    ),
    total: rows.length,
    totalIsCapped: false,
    page,
    pageSize,
  };
}

/** Everything that the page of a meeting shows. */
export async function viewMeeting(reading: Reading, id: string): Promise<ResponseOf<typeof meetingsApi.viewMeeting>> {
  const { db, actor, day } = reading;
  const one = await meetings.byId(db, reading.scope, id);
  const { body, jurisdiction } = one;
  const [record, documents, obligations, tasks] = await Promise.all([
    recordOf(db, jurisdiction, meetings.kind, one.id),
    issuedOf(db, jurisdiction, { kind: meetings.kind, id: one.id }, Object.values(meetingForms)),
    obligationsIn(db, reading.scope),
    tasksOf(
      reading,
      body.decisions.map((decision) => decision.taskId),
    ),
  ]);
  const obligation = obligations.find((found) => found.id === body.obligationId);
  return {
    id: one.id,
    jurisdiction,
    number: one.number,
    version: one.version,
    state: one.state,
    on: one.on,
    nextStep: nextStep(one, day),
    offers: offersOf(meetingLifecycle, actor, jurisdiction, (action) => judgeMeeting(one, actor, action, day, null)),
    ...record,
    name: body.name,
    obligation: obligation
      ? { id: obligation.id, name: obligation.name, words: quotaWords(obligation), basis: obligation.basis }
      : null,
    convenerUnitId: body.convenerUnitId,
    convener: body.convener,
    time: body.time,
    place: body.place,
    chair: body.chair,
    attendees: [...body.attendees],
    agenda: [...body.agenda],
    noticeNumber: body.noticeNumber,
    heldOn: body.heldOn,
    registeredOn: body.registeredOn,
    points: [...body.points],
    decisions: body.decisions.map((decision) => ({
      text: decision.text,
      leadUnitId: decision.leadUnitId,
      leadUnitName: decision.leadUnitName,
      coUnitIds: [...decision.coUnitIds],
      dueOn: decision.dueOn,
      task: decision.taskId === null ? null : (tasks.get(decision.taskId) ?? null),
    })),
    draftedByName: body.draftedByName,
    returned: body.returned,
    minutesNumber: body.minutesNumber,
    issuedOn: body.issuedOn,
    fileIds: [...body.fileIds],
    documents,
  };
}

import { type Day, dayInWords } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { issueDocument, letterheadOf } from '../../letters/server/door.ts';
import { createTasks, type NewTask, type TaskMatter } from '../../tasks/server/door.ts';
import { meetingForms } from '../documents.ts';
import { attendanceOf } from '../meeting.ts';
import type { Attendee, Decision, DecisionAsked } from '../shapes.ts';
import type { Done, Seen } from './cases.ts';
import { dayOrNull, filesOf, namesOf, paragraphs } from './from-form.ts';
import { meetings } from './kinds.ts';
import { listed } from './notice.ts';
import { decide, unitsOfMeeting } from './plan-meeting.ts';

/** 起草纪要: what was agreed, and what somebody has to do by when. */
export async function draftMinutes(
  act: Act,
  input: Seen & {
    readonly points: readonly string[];
    readonly decisions: readonly DecisionAsked[];
    readonly fileIds?: readonly string[];
  },
): Promise<Done> {
  const one = await meetings.load(act, input);
  const points = paragraphs(input.points);
  const names = await namesOf(
    act,
    input.decisions.flatMap((decision) => [decision.leadUnitId, ...decision.coUnitIds]),
    'body.decisions',
  );
  const decisions: Decision[] = input.decisions.map((decision, at) => ({
    text: decision.text.trim(),
    leadUnitId: decision.leadUnitId,
    leadUnitName: decision.leadUnitId === null ? '' : (names.get(decision.leadUnitId) ?? ''),
    coUnitIds: decision.coUnitIds.filter((unit) => unit !== decision.leadUnitId),
    dueOn: dayOrNull(decision.dueOn, `body.decisions[${at}].dueOn`),
    taskId: null,
    taskNumber: null,
  }));
  const fileIds = await filesOf(act, meetings.kind, one.id, input.fileIds);
  const state = decide(act, one, 'draftMinutes', { points, decisions });
  const body = {
    points,
    decisions,
    draftedBy: act.actor.accountId,
    draftedByName: act.actor.name,
    draftedByPerson: act.actor.personId,
    returned: null,
    fileIds: [...one.body.fileIds, ...fileIds],
  };
  return meetings.save(
    act,
    one,
    { state, units: unitsOfMeeting({ ...one.body, ...body }), body },
    { kind: 'meeting.minuted', says: `${who(act)}起草会议纪要，议定${points.length}条，交办${decisions.length}项` },
  );
}

export async function returnMinutes(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const one = await meetings.load(act, input);
  const state = decide(act, one, 'returnMinutes', input);
  const returned = input.reason.trim();
  return meetings.save(
    act,
    one,
    { state, body: { returned } },
    { kind: 'meeting.minutesReturned', says: `${who(act)}退回会议纪要：${returned}` },
  );
}

/** The task of a decision; its page leads back to the meeting. */
export const taskFrom = (
  matter: TaskMatter,
  work: {
    readonly text: string;
    readonly leadUnitId: string;
    readonly coUnitIds: readonly string[];
    readonly dueOn: string;
  },
): NewTask => ({
  title: work.text.length > 60 ? `${work.text.slice(0, 59)}…` : work.text,
  text: work.text,
  origin: { kind: 'matter', sentence: work.text, matter },
  planId: null,
  stageId: null,
  sector: null,
  leadUnitId: work.leadUnitId,
  responsibleUnitIds: work.coUnitIds,
  territorialUnitIds: [],
  deadlines: [{ kind: 'date', text: `${dayInWords(work.dueOn as Day)}前`, on: work.dueOn as Day }],
  quotas: [],
  targets: [],
});

const people = (attendees: readonly Attendee[], ...kinds: Attendee['came'][]): string =>
  listed(
    attendees
      .filter((one) => kinds.includes(one.came))
      .map((one) => `${one.unitName}${one.came === 'substitute' ? `${one.note}（代）` : one.name}`),
  );

/**
 * 审定印发: by somebody who did not draft it. Every decision with a lead unit becomes a task; the minutes name its number.
 */
export async function issueMinutes(act: Act, input: Seen & { readonly copies?: string }): Promise<Done> {
  const one = await meetings.load(act, input);
  const state = decide(act, one, 'issueMinutes', {});
  const { body } = one;
  const matter: TaskMatter = {
    kind: meetings.kind,
    id: one.id,
    word: '会议',
    number: one.number,
    title: body.name,
    page: `/meetings/${one.id}`,
  };
  const worked = body.decisions.flatMap((decision) =>
    decision.leadUnitId !== null && decision.dueOn !== null
      ? [{ decision, draft: { ...decision, leadUnitId: decision.leadUnitId, dueOn: decision.dueOn } }]
      : [],
  );
  const made = await createTasks(
    act,
    worked.map(({ draft }) => taskFrom(matter, draft)),
  );
  const taskOf = new Map(worked.map(({ decision }, at) => [decision, made[at] ?? null]));
  const decisions = body.decisions.map((decision) => {
    const task = taskOf.get(decision) ?? null;
    return { ...decision, taskId: task?.id ?? null, taskNumber: task?.number ?? null };
  });
  const { asked, came } = attendanceOf(body.attendees);
  const head = await letterheadOf(act.db, act.actor.jurisdiction);
  const issued = await issueDocument(
    act,
    head,
    { kind: meetings.kind, id: one.id, title: body.name },
    meetingForms.minutes,
    {
      会议名称: body.name,
      会议编号: one.number,
      召开日期: one.on,
      会议地点: body.place,
      主持人: body.chair,
      应到人数: asked,
      实到人数: came,
      出席: people(body.attendees, 'present', 'substitute') || '无',
      请假: people(body.attendees, 'leave') || null,
      缺席: people(body.attendees, 'absent') || null,
      议题: body.agenda.map((topic, at) => ({ 序号: at + 1, 内容: topic.text })),
      议定内容: body.points.map((point, at) => `（${at + 1}）${point}`),
      交办事项:
        decisions.length === 0
          ? [{ 序号: 1, 事项: '本次会议没有交办事项', 牵头单位: '—', 完成时限: '—', 任务编号: '—' }]
          : decisions.map((decision, at) => ({
              序号: at + 1,
              事项: decision.text,
              牵头单位: decision.leadUnitName || '—',
              完成时限: decision.dueOn ?? '—',
              任务编号: decision.taskNumber ?? '—',
            })),
      抄送单位: (input.copies ?? '').trim() || null,
    },
  );
  return meetings.save(
    act,
    one,
    { state, body: { decisions, minutesNumber: issued.number, issuedOn: act.day } },
    {
      kind: 'meeting.minutesIssued',
      says: `${who(act)}审定印发会议纪要${issued.number}，交办任务${made.length}件${made.length > 0 ? `：${made.map((task) => task.number).join('、')}` : ''}`,
      data: { document: issued.number, tasks: made.map((task) => task.number) },
    },
  );
}

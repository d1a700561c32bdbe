import { addDays } from '../../../kernel/day.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { majorOpen, type Line as Problem } from '../../problems/server/door.ts';
import { aroundDue } from '../../tasks/server/door.ts';
import type { Topic } from '../shapes.ts';
import type { Done, Seen } from './cases.ts';
import { meetings, requests } from './kinds.ts';
import { decide } from './plan-meeting.ts';

/** So many of each group are offered; people choose. */
const SHOWN = 8;

export interface AgendaProposal {
  readonly group: string;
  readonly text: string;
  readonly why: string;
  readonly reporter: string;
  readonly item: { readonly kind: string; readonly number: string; readonly page: string };
}

/**
 * What the ledgers would put on the agenda: overdue tasks, the most urgent major problems, what is listed for supervision,
 * questions that nobody has answered. Only proposed: people choose, change and leave out.
 */
export async function proposeAgenda(reading: Reading, id: string): Promise<{ rows: AgendaProposal[] }> {
  const { db, day } = reading;
  const scope = ownJurisdiction(reading.scope, reading.actor);
  const one = await meetings.byId(db, scope, id);
  const own = { ...reading, scope };
  const [{ late }, major, asked] = await Promise.all([
    aroundDue(own, {}, day, addDays(day, 1), SHOWN),
    majorOpen(db, scope, day, { most: 60 }),
    requests.list(db, scope, { states: ['asked'] }),
  ]);
  const chosen = new Set(one.body.agenda.map((topic) => topic.item?.number));
  const rows: AgendaProposal[] = [
    ...late.map((task) => ({
      group: '逾期任务',
      text: `研究推进逾期任务：${task.title}`,
      why: task.lampReason,
      reporter: task.leadUnitName,
      item: { kind: 'task', number: task.number, page: `/tasks/${task.id}` },
    })),
    ...problemTopics(
      '重大隐患',
      major.filter((problem) => !problem.listed),
    ),
    ...problemTopics(
      '挂牌督办',
      major.filter((problem) => problem.listed),
    ),
    ...asked.slice(0, SHOWN).map((request) => ({
      group: '待批示的请示',
      text: `研究请示事项：${request.body.title}`,
      why: `${request.on}提出，还没有批示`,
      reporter: request.body.unitName,
      item: { kind: 'instructionRequest', number: request.number, page: `/requests/${request.id}` },
    })),
  ];
  return { rows: rows.filter((row) => !chosen.has(row.item.number)) };
}

const problemTopics = (group: string, problems: readonly Problem[]): AgendaProposal[] =>
  problems.slice(0, SHOWN).map((problem) => ({
    group,
    text: `${group === '挂牌督办' ? '听取挂牌督办的重大隐患整改情况' : '研究重大隐患整改'}：${problem.title}`,
    why: problem.lampReason,
    reporter: problem.leadUnitName,
    item: { kind: 'problem', number: problem.number, page: `/problems/${problem.id}` },
  }));

/** 确定议题: chosen from what was proposed, and written by hand. */
export async function setAgenda(act: Act, input: Seen & { readonly agenda: readonly Topic[] }): Promise<Done> {
  const one = await meetings.load(act, input);
  const agenda = input.agenda
    .map((topic) => ({ ...topic, text: topic.text.trim(), reporter: topic.reporter.trim() }))
    .filter((topic) => topic.text !== '');
  const state = decide(act, one, 'setAgenda', { agenda });
  return meetings.save(
    act,
    one,
    { state, body: { agenda } },
    {
      kind: 'meeting.agendaSet',
      says: `${who(act)}确定议题${agenda.length}项：${agenda.map((topic) => topic.text).join('；')}`,
    },
  );
}

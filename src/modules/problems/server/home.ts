import { type Actor, hasRole } from '../../../kernel/actor.ts';
import { addDays, type Day } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import { serve } from '../../../platform/http/serve.ts';
import { problemHomeApi } from '../api-home.ts';
import type { ProblemState } from '../lifecycle.ts';
import { linesOf, rowsByIds } from './lines.ts';
import { type HomeAsk, homeRows } from './store-home.ts';

/** One group of problems: what is asked about the open problems of the actor's government. */
export interface Group {
  readonly key: string;
  readonly title: string;
  readonly hint: string;
  readonly tone: 'red' | 'amber' | 'plain';
  readonly ask: HomeAsk;
  /** Filters of the ledger that show the same; null where no filter can. */
  readonly query: Record<string, string[]> | null;
}

const SHOWN = 8;
/** States in which the clock runs: the lamp may be red or amber. */
const timed: readonly ProblemState[] = ['toReceive', 'underway', 'toRecheck', 'toClose'];
const inWork: readonly ProblemState[] = ['toReceive', 'underway'];
const DAYS_TO_RECEIVE = 3;

/** What awaits somebody who works on problems for his unit. */
function forUnit(actor: Actor, day: Day, lead: string): Group[] {
  const whole = hasRole(actor, 'clerk', 'unitLeader', 'officer');
  return [
    {
      key: 'problemOverdue',
      title: '问题整改逾期',
      hint: '逾期时间最长的在前，请尽快整改并报告',
      tone: 'red',
      ask: { states: inWork, lead, dueTo: addDays(day, -1) },
      query: { leadUnit: [lead], lamp: ['red'], state: [...inWork] },
    },
    {
      key: 'problemSentBack',
      title: '复查退回、还没有补办',
      hint: '请按复查意见重新整改，再报告完成',
      tone: 'red',
      ask: { states: ['underway'], lead, that: 'sentBack' },
      query: null,
    },
    {
      key: 'problemToReceive',
      title: '问题待签收',
      hint: '请签收；认为不属于本单位的，可以提出异议',
      tone: 'plain',
      ask: { states: ['toReceive'], lead },
      query: { leadUnit: [lead], state: ['toReceive'] },
    },
    {
      key: 'problemNear',
      title: '整改将到期',
      hint: '按整改时限先后',
      tone: 'amber',
      ask: { states: inWork, lead, dueFrom: day, that: 'near' },
      query: { leadUnit: [lead], lamp: ['amber'], state: [...inWork] },
    },
    ...(whole
      ? [
          {
            key: 'problemMajorFive',
            title: '重大隐患整改中',
            hint: '请把五落实填全，按方案整改',
            tone: 'plain' as const,
            ask: { states: ['underway'] as const, lead, that: 'major' as const },
            query: { leadUnit: [lead], grade: ['major'], state: ['underway'] },
          },
        ]
      : []),
  ];
}

/** What awaits the office, and those who recheck or approve for their unit. */
function forDeciders(actor: Actor, all: boolean, may: (permission: string) => boolean): Group[] {
  const groups: Group[] = [];
  if (may('problem.recheck') && (all || actor.unitId !== null))
    groups.push(
      {
        key: 'problemToRecheck',
        title: '待我复查',
        hint: '责任单位已报告整改完成；自己整改的由别人复查',
        tone: 'plain',
        ask: { states: ['toRecheck'], ...(all ? {} : { takesPart: actor.unitId }), that: 'recheck' },
        query: null,
      },
      {
        key: 'problemRequests',
        title: '问题申请待审批',
        hint: '延期、撤回、并入、查不属实、列入治理计划，申请在先的在前',
        tone: 'plain',
        ask: { that: all ? 'requests' : 'supervisedRequests' },
        query: null,
      },
    );
  if (all && hasRole(actor, 'officer'))
    groups.push(
      {
        key: 'problemToClose',
        title: '问题待销号',
        hint: '复查已通过；整改人、复查人不能销号',
        tone: 'plain',
        ask: { states: ['toClose'], that: 'close' },
        query: null,
      },
      {
        key: 'problemDisputes',
        title: '问题争议待裁',
        hint: '请裁定维持或改派',
        tone: 'plain',
        ask: { states: ['disputed'] },
        query: { state: ['disputed'] },
      },
    );
  return groups;
}

/** What those who direct or lead the whole place watch. */
function forWatchers(actor: Actor, day: Day): Group[] {
  return [
    {
      key: 'problemOverdueAll',
      title: '问题整改逾期（全部）',
      hint: '逾期时间最长的在前',
      tone: 'red',
      ask: { states: timed, dueTo: addDays(day, -1) },
      query: { lamp: ['red'] },
    },
    {
      key: 'problemMajorAll',
      title: '重大隐患未销号',
      hint: '按整改时限先后',
      tone: 'amber',
      ask: { states: ['toReceive', 'underway', 'toRecheck', 'toClose', 'planned', 'disputed'], that: 'major' },
      query: { grade: ['major'], lamp: ['red', 'amber', 'green', 'grey'] },
    },
    ...(hasRole(actor, 'officer')
      ? [
          {
            key: 'problemNotReceived',
            title: `问题超过${DAYS_TO_RECEIVE}天没有签收`,
            hint: '请催促责任单位签收',
            tone: 'amber' as const,
            ask: { states: ['toReceive'] as const, enteredTo: addDays(day, -DAYS_TO_RECEIVE - 1) },
            query: { state: ['toReceive'], openedTo: [addDays(day, -DAYS_TO_RECEIVE - 1)] },
          },
        ]
      : []),
  ];
}

/** Which groups a person is asked about, most urgent first. */
function groupsFor({ actor, day, house }: Reading): Group[] {
  const may = (permission: string): boolean =>
    (house.permissions[permission]?.roles ?? []).some((role) => actor.roles.includes(role));
  const all = hasRole(actor, 'officer', 'leader') && actor.wholeJurisdiction;
  const works = may('problem.work') && actor.unitId !== null;
  return [
    ...(works ? forUnit(actor, day, actor.unitId ?? '') : []),
    ...forDeciders(actor, all, may),
    ...(all ? forWatchers(actor, day) : []),
  ];
}

/** 待我处理, this room's part: groups in the order of urgency, empty ones left out. */
export const problemHome = (reading: Reading) => problemsInGroups(reading, groupsFor(reading));

/** The first open problems of each group and how many it has; empty groups are left out. For pages above. */
export async function problemsInGroups(reading: Reading, groups: readonly Group[]) {
  const found = await homeRows(reading, groups, SHOWN);
  const ids = [...new Set([...found.values()].flatMap((group) => group.ids))];
  const lines = await linesOf(reading.db, await rowsByIds(reading.db, reading.actor.jurisdiction, ids), reading.day);
  const byId = new Map(lines.map((line) => [line.id, line]));
  return {
    groups: groups.flatMap(({ ask: _ask, ...group }) => {
      const { total = 0, capped = false, ids: first = [] } = found.get(group.key) ?? {};
      if (total === 0) return [];
      return [{ ...group, total, totalIsCapped: capped, rows: first.flatMap((id) => byId.get(id) ?? []) }];
    }),
  };
}

export const homeRoutes = serve(problemHomeApi, { problemHome });

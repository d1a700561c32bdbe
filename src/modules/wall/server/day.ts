import type { Static } from 'typebox';
import { hasRole } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { addDays, type Day } from '../../../kernel/day.ts';
import { holds } from '../../../kernel/permission.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import { serve } from '../../../platform/http/serve.ts';
import { bulletinsToDo } from '../../bulletins/server/door.ts';
import { missedFilings } from '../../filings/server/door.ts';
import { type DayLine, meetingsOfDay } from '../../meetings/server/door.ts';
import {
  listProblems,
  type Line as Problem,
  type Group as ProblemGroup,
  problemsInGroups,
} from '../../problems/server/door.ts';
import { listingsToDo, missingOfDay, pressuresToDo } from '../../supervision/server/door.ts';
import { listTasks, type Line as Task, type Group as TaskGroup, tasksInGroups } from '../../tasks/server/door.ts';
import { type DayGroup, type DayPart, dayApi } from '../api-day.ts';

type Group = Static<typeof DayGroup>;

/** Lines of a group that are shown; the rest is behind its link. */
const SHOWN = 5;
/** Days back within which a report that never came is still asked for. */
const FILING_DAYS = 7;

const address = (path: string, query: Readonly<Record<string, string | readonly string[]>>): string => {
  const params = new URLSearchParams();
  for (const [name, values] of Object.entries(query))
    for (const value of typeof values === 'string' ? [values] : values) params.append(name, value);
  return `${path}?${params.toString()}`;
};

const taskLine = (task: Task): DayLine => ({
  id: task.id,
  to: `/tasks/${task.id}`,
  number: task.number,
  title: task.title,
  who: task.leadUnitName,
  says: task.lampReason,
  tone: task.lamp === 'red' || task.lamp === 'amber' ? task.lamp : 'plain',
});
const problemLine = (problem: Problem): DayLine => ({
  id: problem.id,
  to: `/problems/${problem.id}`,
  number: problem.number,
  title: problem.title,
  who: problem.leadUnitName,
  says: problem.lampReason,
  tone: problem.lamp === 'red' || problem.lamp === 'amber' ? problem.lamp : 'plain',
});

const group = (
  key: string,
  part: DayPart,
  title: string,
  lines: readonly DayLine[],
  to: string | null,
  counted: { readonly total?: number; readonly capped?: boolean; readonly tone?: Group['tone'] } = {},
): Group => ({
  key,
  part,
  title,
  tone: counted.tone ?? (lines.some((one) => one.tone === 'red') ? 'red' : 'plain'),
  total: counted.total ?? lines.length,
  capped: counted.capped ?? false,
  to,
  lines: lines.slice(0, SHOWN),
});

/** What a group of tasks asks, and where it stands on the page. */
function taskAsks(reading: Reading, yesterday: Day): readonly (TaskGroup & { readonly part: DayPart })[] {
  const { day } = reading;
  const decides = hasRole(reading.actor, 'officer');
  const asks: (TaskGroup & { part: DayPart })[] = [
    { key: 'tasksDue', part: 'due', title: '任务今天到期', hint: '', ask: { dueFrom: day, dueTo: day } },
    {
      key: 'tasksLate',
      part: 'changed',
      title: '任务昨天到期、今天起逾期',
      hint: '',
      ask: { dueFrom: yesterday, dueTo: yesterday, lamp: ['red'] },
    },
  ];
  if (decides)
    asks.push(
      { key: 'tasksSubmitted', part: 'waiting', title: '任务待核查', hint: '', ask: { state: ['submitted'] } },
      { key: 'extensions', part: 'waiting', title: '任务延期待审批', hint: '', ask: 'extensions' },
      { key: 'tasksDisputed', part: 'waiting', title: '任务异议待裁定', hint: '', ask: { state: ['disputed'] } },
    );
  else
    asks.push({ key: 'tasksToReceive', part: 'waiting', title: '任务待签收', hint: '', ask: { state: ['toReceive'] } });
  return asks;
}

function problemAsks(reading: Reading, yesterday: Day): readonly (ProblemGroup & { readonly part: DayPart })[] {
  const { day, actor } = reading;
  const whole = hasRole(actor, 'officer', 'leader') && actor.wholeJurisdiction;
  const own = whole ? {} : { takesPart: actor.unitId ?? '00000000-0000-0000-0000-000000000000' };
  const states = ['toReceive', 'underway'] as const;
  const plain = { hint: '', tone: 'plain' as const };
  const asks: (ProblemGroup & { part: DayPart })[] = [
    {
      ...plain,
      key: 'problemsDue',
      part: 'due',
      title: '问题整改今天到期',
      ask: { ...own, states, dueFrom: day, dueTo: day },
      query: { dueFrom: [day], dueTo: [day], state: [...states] },
    },
    {
      ...plain,
      key: 'problemsLate',
      part: 'changed',
      title: '问题整改昨天到期、今天起逾期',
      tone: 'red',
      ask: { ...own, states, dueFrom: yesterday, dueTo: yesterday },
      query: { dueFrom: [yesterday], dueTo: [yesterday], state: [...states] },
    },
  ];
  if (hasRole(actor, 'officer'))
    asks.push(
      {
        ...plain,
        key: 'problemRequests',
        part: 'waiting',
        title: '问题申请待审批',
        ask: { that: 'requests' },
        query: null,
      },
      {
        ...plain,
        key: 'problemsToClose',
        part: 'waiting',
        title: '问题待销号',
        ask: { states: ['toClose'], that: 'close' },
        query: { state: ['toClose'] },
      },
      {
        ...plain,
        key: 'problemsDisputed',
        part: 'waiting',
        title: '问题争议待裁',
        ask: { states: ['disputed'] },
        query: { state: ['disputed'] },
      },
    );
  return asks;
}

/** New and closed since yesterday, each with the list that shows exactly these. */
async function turned(reading: Reading, yesterday: Day): Promise<Group[]> {
  const asked = { pageSize: SHOWN };
  const [closed, found, ended] = await Promise.all([
    listTasks(reading, { ...asked, closedFrom: yesterday, sort: '-closed' }),
    listProblems(reading, { ...asked, enteredFrom: yesterday }),
    listProblems(reading, { ...asked, closedFrom: yesterday }),
  ]);
  return [
    group(
      'problemsNew',
      'changed',
      '新登记的问题',
      found.rows.map(problemLine),
      address('/problems', { enteredFrom: yesterday }),
      { total: found.total, capped: found.totalIsCapped, tone: 'plain' },
    ),
    group(
      'problemsClosed',
      'changed',
      '销号的问题',
      ended.rows.map(problemLine),
      address('/problems', { closedFrom: yesterday }),
      { total: ended.total, capped: ended.totalIsCapped, tone: 'plain' },
    ),
    group(
      'tasksClosed',
      'changed',
      '办结的任务',
      closed.rows.map(taskLine),
      address('/tasks', { closedFrom: yesterday }),
      {
        total: closed.total,
        capped: closed.totalIsCapped,
        tone: 'plain',
      },
    ),
  ];
}

/** Measures that rules suggest, and those that wait for the reader to go on. */
async function pressures(reading: Reading): Promise<Group[]> {
  const { rows } = await pressuresToDo(reading);
  const lineOf = ({ pressure, word }: (typeof rows)[number]): DayLine => ({
    id: pressure.id,
    to: `/pressures/${pressure.id}`,
    number: pressure.number,
    title: `${pressure.kindWord}：${pressure.matter}`,
    who: pressure.unitName,
    says: pressure.ruleName ?? word,
    tone: pressure.lamp === 'red' || pressure.lamp === 'amber' ? pressure.lamp : 'plain',
  });
  const suggested = rows.filter((row) => row.pressure.state === 'suggested').map(lineOf);
  const others = rows.filter((row) => row.pressure.state !== 'suggested').map(lineOf);
  return [
    group('suggested', 'proposed', '规则提示的督促措施', suggested, address('/pressures', { state: 'suggested' })),
    group('pressures', 'waiting', '督促措施待办', others, '/pressures'),
  ];
}

async function listings(reading: Reading): Promise<Group> {
  const { rows } = await listingsToDo(reading);
  return group(
    'listings',
    'waiting',
    '挂牌督办待办',
    rows.map(({ listing, word }) => ({
      id: listing.id,
      to: `/listings/${listing.id}`,
      number: listing.number,
      title: listing.matter,
      who: listing.leadUnitName,
      says: word,
      tone: listing.lamp === 'red' || listing.lamp === 'amber' ? listing.lamp : 'plain',
    })),
    address('/listings', { only: 'mine' }),
  );
}

async function bulletins(reading: Reading): Promise<Group> {
  const { rows } = await bulletinsToDo(reading);
  return group(
    'bulletins',
    'waiting',
    '通报待办',
    rows.map(({ bulletin, word }) => ({
      id: bulletin.id,
      to: `/bulletins/${bulletin.id}`,
      number: bulletin.number,
      title: bulletin.title,
      who: bulletin.formName,
      says: word,
      tone: 'plain',
    })),
    '/bulletins',
  );
}

/** 应挂牌未挂牌: what the rules demand to be listed and nobody has listed. */
async function notListed(reading: Reading): Promise<Group> {
  const { missing, rows } = await missingOfDay(reading, SHOWN);
  return group(
    'notListed',
    'missing',
    '应挂牌未挂牌',
    rows.map(({ problem, late, age }) => ({
      ...problemLine(problem),
      says: late > 0 ? `定为重大隐患${age}天，超过挂牌期限${late}天` : `定为重大隐患${age}天，还在挂牌期限之内`,
      tone: late > 0 ? 'red' : 'amber',
    })),
    '/listings/missing',
    { total: missing },
  );
}

/** Who has not filed what was due in the last week, up to this moment. */
async function filings(reading: Reading): Promise<Group> {
  const scope = ownJurisdiction(reading.scope, reading.actor);
  const from = addDays(reading.day, -FILING_DAYS);
  const missing = (await missedFilings(reading.db, scope, from, reading.day, reading.now)).filter(
    (one) => one.missing > 0,
  );
  const asked = { standing: 'missing', dueFrom: from, dueTo: reading.day };
  return group(
    'filings',
    'missing',
    '没有报送',
    missing.map((one) => ({
      id: one.unitId,
      to: address('/periodic-reports', { ...asked, unit: one.unitId }),
      number: '',
      title: one.name,
      who: '',
      says: `近${FILING_DAYS}天应报${one.required}份，${one.missing}份没有报送`,
      tone: 'red',
    })),
    address('/periodic-reports', asked),
    { total: missing.reduce((sum, one) => sum + one.missing, 0) },
  );
}

const nothing: Promise<Group[]> = Promise.resolve([]);

/** The office's day: what is due, proposed, waiting, missing and changed, and who is on duty. Empty groups are left out. */
export async function officeDay(reading: Reading): Promise<ResponseOf<typeof dayApi.officeDay>> {
  const yesterday = addDays(reading.day, -1);
  const own: Reading = { ...reading, scope: ownJurisdiction(reading.scope, reading.actor) };
  const may = (permission: string): boolean => holds(reading.house.permissions, reading.actor, permission);
  const asksOfTasks = taskAsks(own, yesterday);
  const asksOfProblems = problemAsks(own, yesterday);
  const [tasks, problems, changed, pressed, listed, lacking, issued, filed, met] = await Promise.all([
    tasksInGroups(own, asksOfTasks),
    problemsInGroups(own, asksOfProblems),
    turned(own, yesterday),
    may('pressure.read') ? pressures(own) : nothing,
    may('listing.read') ? listings(own).then((one) => [one]) : nothing,
    may('listing.read') ? notListed(own).then((one) => [one]) : nothing,
    may('bulletin.read') ? bulletins(own).then((one) => [one]) : nothing,
    may('periodicReport.read') ? filings(own).then((one) => [one]) : nothing,
    meetingsOfDay(own),
  ]);
  const ofTasks = tasks.groups.map((found) =>
    group(
      found.key,
      asksOfTasks.find((one) => one.key === found.key)?.part ?? 'waiting',
      found.title,
      found.rows.map(taskLine),
      found.query === null ? null : address('/tasks', found.query),
      { total: found.total },
    ),
  );
  const ofProblems = problems.groups.map((found) =>
    group(
      found.key,
      asksOfProblems.find((one) => one.key === found.key)?.part ?? 'waiting',
      found.title,
      found.rows.map(problemLine),
      found.query === null ? null : address('/problems', found.query),
      { total: found.total, capped: found.totalIsCapped },
    ),
  );
  const groups = [
    group('meetingsToday', 'due', '今天的会议', met.today, '/meetings?only=open'),
    ...ofTasks,
    ...ofProblems,
    ...pressed,
    ...listed,
    ...issued,
    group('meetings', 'waiting', '会议待办', met.toDo, '/meetings?only=todo'),
    group('requests', 'waiting', '请示待办', met.requests, '/requests'),
    group('figures', 'waiting', '事故数字待核对', met.figures, '/accident-targets'),
    ...lacking,
    ...filed,
    group('obligations', 'missing', '会议次数不够', met.behind, '/meetings'),
    group('obligationsSoon', 'due', '两周内应开的会议', met.soon, '/meetings', { tone: 'plain' }),
    group('unsigned', 'missing', '责任书没有签订', met.unsigned, '/responsibility-letters?only=unsigned', {
      tone: 'plain',
    }),
    ...changed,
  ];
  return {
    day: reading.day,
    yesterday,
    computedAt: reading.now.toISOString(),
    groups: groups.filter((one) => one.total > 0),
    duty: met.duty.map((one) => ({
      id: one.id,
      name: one.name,
      shifts: one.shifts.map(({ unitName, leader, leaderPhone, person, phone }) => ({
        unitName,
        leader,
        leaderPhone,
        person,
        phone,
      })),
      gaps: one.gaps.map((gap) => gap.unitName),
    })),
  };
}

export const dayRoutes = serve(dayApi, { officeDay: (reading) => officeDay(reading) });

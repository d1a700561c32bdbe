import type { Day } from '../../kernel/day.ts';
import { openStates } from '../problems/lifecycle.ts';
import type { ListOf, Query } from './snapshot.ts';

/** Where the list behind a figure is, and what it asks. */
export interface Opened {
  readonly of: ListOf;
  readonly query: Query;
}

/** The days that a figure counts, and the hour of the last day at which it was counted. */
export interface Counted {
  readonly from: Day;
  readonly to: Day;
  /** 24:00 where the whole day had passed. */
  readonly hour: string;
}

/** The hour of the last day (Shanghai) at which a snapshot was counted. */
export function hourOf(to: Day, at: Date): string {
  const there = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  return there.slice(0, 10) > to ? '24:00' : there.slice(11, 16);
}

const openTasks = ['red', 'amber', 'green', 'grey'];
const filed = ['waiting', 'onTime', 'late', 'missing', 'returned'];

const problems = (query: Query): Opened => ({ of: 'problems', query });
const tasks = (query: Query): Opened => ({ of: 'tasks', query });
const turned =
  ({ from, to }: Counted, narrow: Query) =>
  (turn: string, is?: string): Opened =>
    problems({ ...narrow, turn, turnFrom: from, turnTo: to, ...(is ? { turnIs: is } : {}) });

/** Problems of a unit, a sector or all: what turned within the days, what is open as of the last. */
const ofProblems = (on: Counted, narrow: Query = {}) => {
  const turn = turned(on, narrow);
  const open = problems({ ...narrow, state: [...openStates], asOf: on.to });
  const red = problems({ ...narrow, lamp: ['red'], asOf: on.to });
  return {
    registered: turn('registered'),
    closed: turn('closed'),
    reopened: turn('reopened'),
    open,
    red,
    longest: problems({ ...red.query, sort: 'due' }),
    firstPass: turn('rechecked', 'first'),
  };
};

/** Tasks of a unit, a sector, a stage or all, as of the last day. */
const ofTasks = ({ from, to }: Counted, narrow: Query = {}) => {
  const all = tasks({ ...narrow, known: to });
  return {
    all,
    rate: all,
    closed: tasks({ ...narrow, closedTo: to }),
    closedNow: tasks({ ...narrow, closedFrom: from, closedTo: to }),
    open: tasks({ ...narrow, lamp: openTasks, asOf: to }),
    red: tasks({ ...narrow, lamp: ['red'], asOf: to }),
  };
};

const ofFilings = ({ from, to, hour }: Counted, narrow: Query = {}) => {
  const asked = (standing: readonly string[]): Opened => ({
    of: 'filings',
    query: { ...narrow, dueFrom: from, dueTo: to, standing, hour },
  });
  return { required: asked(filed), onTime: asked(['onTime']), late: asked(['late']), missing: asked(['missing']) };
};

/** What the figures of a bulletin open, by their names; a share and a change open what they were worked out from. */
export function figuresOpen(on: Counted): Readonly<Record<string, Opened>> {
  const asOf = { asOf: on.to };
  const problem = ofProblems(on);
  const turn = turned(on, {});
  const task = ofTasks(on);
  const filing = ofFilings(on);
  const listing = (query: Query): Opened => ({ of: 'listings', query: { ...query, ...asOf } });
  const counts: Record<string, Opened> = {
    新增: problem.registered,
    销号: problem.closed,
    逾期销号: turn('closed', 'late'),
    其他了结: turn('otherEnd'),
    重新打开: problem.reopened,
    未销号: problem.open,
    逾期: problem.red,
    临期: problems({ ...asOf, lamp: ['amber'] }),
    重大隐患: problems({ ...problem.open.query, grade: 'major' }),
    首次复查通过率: problem.firstPass,
    任务总数: task.all,
    已销号任务: task.closed,
    在办任务: task.open,
    逾期任务: task.red,
    临期任务: tasks({ ...asOf, lamp: ['amber'] }),
    待签收任务: tasks({ ...asOf, state: ['toReceive'] }),
    本期销号任务: task.closedNow,
    任务完成率: task.all,
    新挂牌: listing({ listedFrom: on.from, listedTo: on.to }),
    摘牌: listing({ delistedFrom: on.from, delistedTo: on.to }),
    挂牌在办: listing({ only: 'hanging' }),
    挂牌逾期: listing({ only: 'hanging', late: 'limit' }),
    督促措施: { of: 'measures', query: { servedFrom: on.from, servedTo: on.to, countedOn: on.to } },
    应报: filing.required,
    按时报送: filing.onTime,
    迟报: filing.late,
    缺报: filing.missing,
    按时率: filing.required,
  };
  for (const name of Object.values(comparedFigures)) {
    const opened = counts[name];
    if (opened) counts[`${name}较上期`] = opened;
  }
  return counts;
}

/** The figure behind each line of the comparison with the last period. */
export const comparedFigures: Readonly<Record<string, string>> = {
  新增问题隐患: '新增',
  销号问题隐患: '销号',
  重新打开问题隐患: '重新打开',
  期末未销号问题隐患: '未销号',
  期末逾期问题隐患: '逾期',
  销号任务: '本期销号任务',
  期末在办任务: '在办任务',
  期末逾期任务: '逾期任务',
};

/** 期初未销号: open on the evening before the period. */
export const openBefore = (day: Day): Opened => problems({ state: [...openStates], asOf: day });

/** What the cells of a unit's row open. */
export const unitOpens = (unitId: string, on: Counted) => {
  const task = ofTasks(on, { leadUnit: [unitId] });
  return {
    ...ofProblems(on, { leadUnit: [unitId] }),
    tasksOpen: task.open,
    tasksRed: task.red,
    tasksClosed: task.closedNow,
    lookBack: {
      of: 'lookBacks' as const,
      query: { unit: unitId, state: ['still', 'notStill'], from: on.from, asOf: on.to },
    },
  };
};
/** What has no sector is shown under this name. */
export const noSector = '未分行业';
export const sectorOpens = (sector: string, on: Counted) =>
  ofProblems(on, { sector: [sector === noSector ? '' : sector] });
export const taskSectorOpens = (sector: string, on: Counted) =>
  ofTasks(on, sector === noSector ? { without: ['sector'] } : { sector: [sector] });
export const stageOpens = (stageId: string | null, on: Counted) =>
  ofTasks(on, stageId === null ? { without: ['stage'] } : { stage: stageId });
export const disciplineOpens = (unitId: string, on: Counted) => ofFilings(on, { unit: unitId });

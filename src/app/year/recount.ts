import { addDays, type Day, daysBetween } from '../../kernel/day.ts';
import {
  asOf,
  type ProblemLife,
  type ProblemThen,
  problemLives,
  type TaskLife,
  type TaskThen,
  taskLives,
} from './lives.ts';
import type { Fact, ReportRow, Rows } from './rows.ts';

const ends = new Set(['closed', 'withdrawn', 'merged', 'unfounded']);
const unlit = new Set(['disputed', 'planned']);
const taskEnds = new Set(['closed', 'withdrawn']);

/** A share in percent with one decimal; nothing of nothing is none. */
export const share = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((1000 * part) / whole) / 10;

/** The stretch of the calendar that ends with the day before. */
export function stretchBefore(period: string, from: Day): { from: Day; to: Day } {
  const to = addDays(from, -1);
  const [year, month] = [Number(to.slice(0, 4)), Number(to.slice(5, 7))];
  const first = (of: number): Day => `${year}-${String(of).padStart(2, '0')}-01` as Day;
  if (period === 'day') return { from: to, to };
  if (period === 'week') return { from: addDays(to, -6), to };
  if (period === 'month') return { from: first(month), to };
  if (period === 'quarter') return { from: first(month - ((month - 1) % 3)), to };
  return { from: first(1), to };
}

const chinese = (on: Day): [number, number, number] => [
  Number(on.slice(0, 4)),
  Number(on.slice(5, 7)),
  Number(on.slice(8, 10)),
];
export const dayWords = (on: Day): string => {
  const [year, month, date] = chinese(on);
  return `${year}年${month}月${date}日`;
};
/** The stretch as it is printed. */
export function stretchWords(period: string, from: Day, to: Day): string {
  const [year, month] = chinese(from);
  const [lastYear, lastMonth, lastDate] = chinese(to);
  if (from === to) return dayWords(from);
  if (period === 'month') return `${year}年${month}月`;
  if (period === 'quarter') return `${year}年第${Math.ceil(month / 3)}季度`;
  if (period === 'year') return `${year}年`;
  if (lastYear !== year) return `${dayWords(from)}至${dayWords(to)}`;
  return `${dayWords(from)}至${lastMonth === month ? '' : `${lastMonth}月`}${lastDate}日`;
}

interface OpenProblem extends ProblemThen {
  readonly life: ProblemLife;
}
interface OpenTask extends TaskThen {
  readonly life: TaskLife;
}
export interface Standing {
  readonly required: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
}
export interface Form {
  /** What the units are called, where it is not 各单位. */
  readonly called?: string | null;
  readonly weights: { timeliness: number; age: number; firstPass: number; lookBack: number };
  readonly atLeast: number;
  readonly named: number;
}

/** Counts by going through all lives once for each question. */
export class Recount {
  readonly rows: Rows;
  readonly problems: readonly ProblemLife[];
  readonly tasks: readonly TaskLife[];
  constructor(rows: Rows) {
    this.rows = rows;
    this.problems = problemLives(rows);
    this.tasks = taskLives(rows);
  }

  nameOf(unit: string): string {
    return this.rows.units.get(unit) ?? `no unit ${unit}`;
  }
  openProblems(on: Day): OpenProblem[] {
    const open: OpenProblem[] = [];
    for (const life of this.problems) {
      const then = asOf(life, on);
      if (then !== null && !ends.has(then.state)) open.push({ ...then, life });
    }
    return open;
  }
  redProblems(on: Day): OpenProblem[] {
    return this.openProblems(on).filter((one) => !unlit.has(one.state) && one.due < on);
  }
  turns(what: ProblemLife['turns'][number]['turn'], from: Day, to: Day): ProblemLife['turns'][number][] {
    const found: ProblemLife['turns'][number][] = [];
    for (const life of this.problems)
      for (const turn of life.turns) if (turn.turn === what && turn.day >= from && turn.day <= to) found.push(turn);
    return found;
  }
  openTasks(on: Day): OpenTask[] {
    const open: OpenTask[] = [];
    for (const life of this.tasks) {
      const then = asOf(life, on);
      if (then !== null && !taskEnds.has(then.state)) open.push({ ...then, life });
    }
    return open;
  }
  redTasks(on: Day): OpenTask[] {
    return this.openTasks(on).filter((one) => one.state !== 'suspended' && one.due !== null && one.due < on);
  }
  closedTasks(until: Day, since: Day | null = null): (TaskLife & { closed: NonNullable<TaskLife['closed']> })[] {
    const found: (TaskLife & { closed: NonNullable<TaskLife['closed']> })[] = [];
    for (const life of this.tasks) {
      const { closed } = life;
      if (closed !== null && closed.day <= until && (since === null || closed.day >= since))
        found.push({ ...life, closed });
    }
    return found;
  }

  /** How each report that was due stands at the end of a day: by its turns until then. */
  reports(from: Day, to: Day): { row: ReportRow; is: 'onTime' | 'late' | 'missing' | 'exempt' | 'waiting' }[] {
    const end = new Date(`${addDays(to, 1)}T00:00:00+08:00`);
    return this.rows.reports
      .filter((row) => row.dueOn >= from && row.dueOn <= to)
      .map((row) => {
        let [exempt, filed, late] = [false, false, false];
        let again: Date | null = null;
        for (const turn of this.rows.reportTurns) {
          if (turn.id !== row.id || turn.at >= end) continue;
          if (turn.kind === 'exempted') exempt = true;
          if (turn.kind === 'demanded') exempt = false;
          if (turn.kind === 'returned') again = turn.dueAt;
          if (turn.kind !== 'filed') continue;
          if (!filed && turn.at > row.dueAt) late = true;
          if (again !== null && turn.at > again) late = true;
          filed = true;
          again = null;
        }
        if (exempt) return { row, is: 'exempt' };
        if (!filed) return { row, is: end > row.dueAt ? 'missing' : 'waiting' };
        if (again !== null) return { row, is: end > again ? 'missing' : 'waiting' };
        return { row, is: late ? 'late' : 'onTime' };
      });
  }
  discipline(from: Day, to: Day): Map<string, Standing> {
    const units = new Map<string, Standing>();
    for (const { row, is } of this.reports(from, to)) {
      const sums = units.get(row.unitId) ?? { required: 0, onTime: 0, late: 0, missing: 0 };
      units.set(row.unitId, {
        required: sums.required + (is === 'exempt' ? 0 : 1),
        onTime: sums.onTime + (is === 'onTime' ? 1 : 0),
        late: sums.late + (is === 'late' ? 1 : 0),
        missing: sums.missing + (is === 'missing' ? 1 : 0),
      });
    }
    return units;
  }
  /** Results of look-backs of a stretch by unit: looked at, still in order. */
  lookedBack(from: Day, to: Day): Map<string, { checked: number; still: number }> {
    const units = new Map<string, { checked: number; still: number }>();
    for (const { unitId, state, on } of this.rows.lookedBack) {
      if (on < from || on > to || (state !== 'still' && state !== 'notStill')) continue;
      const sums = units.get(unitId) ?? { checked: 0, still: 0 };
      units.set(unitId, { checked: sums.checked + 1, still: sums.still + (state === 'still' ? 1 : 0) });
    }
    return units;
  }
  /** Measures that were served within days and not withdrawn by the last; leads are nobody's business. */
  served(from: Day, to: Day): { row: Rows['pressures'][number]; fact: Fact }[] {
    return this.rows.pressures.flatMap((row) => {
      const facts = this.rows.facts.pressure.get(row.id) ?? [];
      const fact = facts.find((one) => one.kind === 'pressure.served');
      if (!fact || fact.day < from || fact.day > to || row.kind === 'transfer') return [];
      return facts.some((one) => one.kind === 'pressure.withdrawn' && one.day <= to) ? [] : [{ row, fact }];
    });
  }
  listings(on: Day) {
    return this.rows.listings.flatMap((row) => {
      const facts = (this.rows.facts.listing.get(row.id) ?? []).filter((one) => one.day <= on);
      if (facts.length === 0) return [];
      const state = facts.reduce<string | null>((last, one) => one.to ?? last, null) ?? '';
      const dayOf = (kind: string): Day | null => facts.findLast((one) => one.kind === kind)?.day ?? null;
      const problem = this.problems.find((one) => one.id === row.problemId);
      const then = problem ? asOf(problem, on) : null;
      if (then === null) return [];
      const works = ['listed', 'planFiled', 'rectifying'].includes(state);
      return [
        {
          row,
          unit: then.unit,
          limitOn: then.due,
          hangs: works || state === 'toAccept' || state === 'accepted',
          listedOn: dayOf('listing.issued'),
          delistedOn: dayOf('listing.delisted'),
          late: works && then.due < on ? daysBetween(then.due, on) : 0,
        },
      ];
    });
  }
}

const serialOf = (number: string): number => {
  const [, year = '0', serial = '0'] = number.split('-');
  return Number(year) * 1e8 + Number(serial);
};

/** The one that is overdue longest; of several the one with the smallest number. */
function longest<T>(list: readonly T[], due: (one: T) => Day, number: (one: T) => string): T | undefined {
  return [...list].sort((a, b) =>
    due(a) === due(b) ? serialOf(number(a)) - serialOf(number(b)) : due(a) < due(b) ? -1 : 1,
  )[0];
}

const of = <T extends { readonly unit: string }>(list: readonly T[], unit: string): T[] =>
  list.filter((one) => one.unit === unit);
const change = (value: number, unit: string) => ({ kind: 'change', value, unit });
const count = (value: number, unit: string) => ({ kind: 'count', value, unit });
const rate = (value: number | null) => ({ kind: 'share', value });
const words = (value: string) => ({ kind: 'words', value });

/** The best and the worst, worked out from nothing but the lives. */
function ranked(all: Recount, form: Form, from: Day, to: Day) {
  const units = new Set<string>();
  const open = all.openProblems(to);
  const red = all.redProblems(to);
  const closed = all.turns('closed', from, to);
  const checks = all.turns('checked', from, to).filter((one) => one.first);
  const looked = all.lookedBack(from, to);
  for (const one of [...open, ...closed]) units.add(one.unit);
  const scored = [...units].flatMap((unit) => {
    const [mine, late] = [of(open, unit).length, of(red, unit).length];
    const done = of(closed, unit);
    const inHand = mine + done.length;
    if (inHand < Math.max(1, form.atLeast)) return [];
    const oldest = longest(
      of(red, unit),
      (one) => one.due,
      (one) => one.life.number,
    );
    const days = oldest ? daysBetween(oldest.due, to) : 0;
    const own = of(checks, unit);
    const back = looked.get(unit);
    const marks = {
      timeliness: share(done.filter((one) => !one.late).length + mine - late, inHand),
      age: 100 - days < 0 ? 0 : 100 - days,
      firstPass: share(own.filter((one) => one.passed).length, own.length),
      lookBack: back ? share(back.still, back.checked) : null,
    };
    let [sum, weight] = [0, 0];
    for (const key of ['timeliness', 'age', 'firstPass', 'lookBack'] as const) {
      const mark = marks[key];
      if (mark === null) continue;
      sum += mark * form.weights[key];
      weight += form.weights[key];
    }
    if (weight === 0) return [];
    return [
      { unitId: unit, name: all.nameOf(unit), score: Math.round((10 * sum) / weight) / 10, ...marks, longest: days },
    ];
  });
  const most = Math.min(form.named, Math.floor(scored.length / 2));
  const placed = scored
    .map((one) => ({ ...one, rank: 1 + scored.filter((other) => other.score > one.score).length }))
    .sort((a, b) => b.score - a.score || (a.unitId < b.unitId ? -1 : 1));
  const best = placed.filter((one) => one.rank <= most);
  const worst = placed
    .filter((one) => placed.filter((other) => other.score < one.score).length < most && !best.includes(one))
    .reverse();
  return { best, worst, ranked: scored.length, leftOut: units.size - scored.length };
}

const ruleWords = ({ weights, atLeast }: Form): string => {
  const parts = [
    `按期了结率占${weights.timeliness}%（本期按期销号和期末未逾期的占本期在手问题的比例）`,
    `逾期时长占${weights.age}%（满分一百，最长逾期每一天减一分）`,
    `首次复查通过率占${weights.firstPass}%（本期首次复查中通过的比例）`,
    `回头看合格率占${weights.lookBack}%（本期回头看中没有反弹的比例）`,
  ];
  return `排名按得分从高到低：${parts.join('，')}；没有数据的项不计，其余各项按比例折算；本期在手问题不足${atLeast}件的单位不参加排名；得分相同的名次相同，一并列出。登记问题的数量不计入得分。`;
};

const measureWords: Readonly<Record<string, string>> = {
  reminder: '提示函',
  warning: '警示函',
  urging: '督办单',
  interview: '约谈',
  circular: '通报批评',
  exposure: '曝光',
  accountability: '问责建议',
};

/** Everything that a bulletin of the period prints, counted anew. Lists stand in the order in which they are printed. */
export function recounted(all: Recount, form: Form, period: string, from: Day, to: Day) {
  const before = stretchBefore(period, from);
  const open = all.openProblems(to);
  const red = all.redProblems(to);
  const was = all.openProblems(before.to);
  const registered = all.turns('registered', from, to);
  const closed = all.turns('closed', from, to);
  const reopened = all.turns('reopened', from, to);
  const checks = all.turns('checked', from, to).filter((one) => one.first);
  const tasks = all.openTasks(to);
  const redTasks = all.redTasks(to);
  const doneEver = all.closedTasks(to);
  const doneNow = all.closedTasks(to, from);
  const listings = all.listings(to);
  const hung = listings.filter((one) => one.hangs && one.listedOn !== null);
  const served = all.served(from, to);
  const discipline = [...all.discipline(from, to)];
  const sum = (pick: (one: Standing) => number): number => discipline.reduce((total, [, one]) => total + pick(one), 0);
  const ranking = ranked(all, form, from, to);
  const within = (day: Day | null): boolean => day !== null && day >= from && day <= to;
  const compared: [string, string, string, number, number][] = [
    ['新增', '新增问题隐患', '件', registered.length, all.turns('registered', before.from, before.to).length],
    ['销号', '销号问题隐患', '件', closed.length, all.turns('closed', before.from, before.to).length],
    ['重新打开', '重新打开问题隐患', '件', reopened.length, all.turns('reopened', before.from, before.to).length],
    ['未销号', '期末未销号问题隐患', '件', open.length, was.length],
    ['逾期', '期末逾期问题隐患', '件', red.length, all.redProblems(before.to).length],
    ['本期销号任务', '销号任务', '项', doneNow.length, all.closedTasks(before.to, before.from).length],
    ['在办任务', '期末在办任务', '项', tasks.length, all.openTasks(before.to).length],
    ['逾期任务', '期末逾期任务', '项', redTasks.length, all.redTasks(before.to).length],
  ];
  const near = (one: { state: string; due: Day | null; amber: Day | null }): boolean =>
    one.amber !== null && one.amber <= to && !(one.due !== null && one.due < to);
  const figures = {
    期初未销号: count(was.length, '件'),
    新增: count(registered.length, '件'),
    销号: count(closed.length, '件'),
    逾期销号: count(closed.filter((one) => one.late).length, '件'),
    其他了结: count(all.turns('otherEnd', from, to).length, '件'),
    重新打开: count(reopened.length, '件'),
    未销号: count(open.length, '件'),
    逾期: count(red.length, '件'),
    临期: count(
      open.filter((one) => !unlit.has(one.state) && near({ ...one, amber: addDays(one.due, -7) })).length,
      '件',
    ),
    重大隐患: count(open.filter((one) => one.major).length, '件'),
    首次复查通过率: rate(share(checks.filter((one) => one.passed).length, checks.length)),
    任务总数: count(tasks.length + doneEver.length, '项'),
    已销号任务: count(doneEver.length, '项'),
    在办任务: count(tasks.length, '项'),
    逾期任务: count(redTasks.length, '项'),
    临期任务: count(tasks.filter((one) => one.state !== 'suspended' && near(one)).length, '项'),
    待签收任务: count(tasks.filter((one) => one.state === 'toReceive').length, '项'),
    本期销号任务: count(doneNow.length, '项'),
    任务完成率: rate(share(doneEver.length, doneEver.length + tasks.length)),
    ...Object.fromEntries(compared.map(([name, , unit, now, then]) => [`${name}较上期`, change(now - then, unit)])),
    新挂牌: count(listings.filter((one) => within(one.listedOn)).length, '件'),
    摘牌: count(listings.filter((one) => within(one.delistedOn)).length, '件'),
    挂牌在办: count(hung.length, '件'),
    挂牌逾期: count(hung.filter((one) => one.late > 0).length, '件'),
    督促措施: count(served.length, '次'),
    应报: count(
      sum((one) => one.required),
      '份',
    ),
    按时报送: count(
      sum((one) => one.onTime),
      '份',
    ),
    迟报: count(
      sum((one) => one.late),
      '份',
    ),
    缺报: count(
      sum((one) => one.missing),
      '份',
    ),
    按时率: rate(
      share(
        sum((one) => one.onTime),
        sum((one) => one.required),
      ),
    ),
    本期: words(stretchWords(period, from, to)),
    上期: words(stretchWords(period, before.from, before.to)),
    截至日: words(dayWords(to)),
    前列单位: words(ranking.best.map((one) => one.name).join('、') || '无'),
    后列单位: words(ranking.worst.map((one) => one.name).join('、') || '无'),
    排名规则: words(ruleWords(form)),
  };
  return {
    from,
    to,
    before,
    figures,
    comparisons: compared.map(([, name, unit, now, then]) => ({ name, unit, now, before: then })),
    series: stepsOf(period, from, to).map((step) => ({
      ...step,
      registered: all.turns('registered', step.from, step.to).length,
      closed: all.turns('closed', step.from, step.to).length,
      open: all.openProblems(step.to).length,
    })),
    units: unitRows(all, { from, to }, { open, red, registered, closed, reopened, tasks, redTasks, doneNow }),
    sectors: sectorRows({ open, red, registered, closed, reopened }),
    ...taskRows(all, tasks, redTasks, doneEver),
    overdue: overdueRows(all, red, redTasks, to),
    listed: hung
      .map(({ row, unit, listedOn, limitOn, late }) => ({
        id: row.id,
        number: row.number,
        matter: row.matter,
        unitName: all.nameOf(unit),
        listedOn,
        limitOn,
        late,
      }))
      .sort((a, b) => b.late - a.late || (a.number < b.number ? -1 : 1)),
    measures: served
      .map(({ row, fact }) => ({
        id: row.id,
        word: measureWords[row.kind],
        number: row.number,
        unitName: all.nameOf(row.unitId),
        matter: row.matter,
        servedOn: fact.day,
        documentNumber: (fact.data.document as string | null | undefined) ?? null,
      }))
      .sort((a, b) => (a.servedOn === b.servedOn ? (a.number < b.number ? -1 : 1) : a.servedOn < b.servedOn ? -1 : 1)),
    discipline: discipline
      .map(([unitId, one]) => ({ unitId, name: all.nameOf(unitId), ...one }))
      .sort((a, b) => b.missing - a.missing || b.late - a.late || (a.unitId < b.unitId ? -1 : 1)),
    missed: all.reports(from, to).flatMap(({ row, is }) =>
      is === 'late' || is === 'missing'
        ? [
            {
              id: row.id,
              number: row.number,
              unitName: all.nameOf(row.unitId),
              rhythmName: row.rhythmName,
              periodWords: stretchWords(row.period, row.periodFrom, row.periodTo),
              standing: is,
            },
          ]
        : [],
    ),
    ranking,
    rule: ruleWords(form),
    stories: storiesOf(all, from, to),
  };
}

/** Days of a week, weeks of a month, months of what is longer; the first and the last may be shorter. */
function stepsOf(period: string, from: Day, to: Day): { from: Day; to: Day }[] {
  const steps: { from: Day; to: Day }[] = [];
  let begin = from;
  for (let on = from; on <= to; on = addDays(on, 1)) {
    const next = addDays(on, 1);
    const ends =
      period === 'day' || period === 'week'
        ? true
        : period === 'month'
          ? new Date(`${on}T00:00:00Z`).getUTCDay() === 0
          : next.endsWith('-01');
    if (!ends && on < to) continue;
    steps.push({ from: begin, to: on });
    begin = next;
  }
  return steps;
}

interface Lists {
  readonly open: readonly OpenProblem[];
  readonly red: readonly OpenProblem[];
  readonly registered: readonly { unit: string; sector: string }[];
  readonly closed: readonly { unit: string; sector: string }[];
  readonly reopened: readonly { unit: string; sector: string }[];
}

function unitRows(
  all: Recount,
  { to }: { from: Day; to: Day },
  lists: Lists & {
    readonly tasks: readonly OpenTask[];
    readonly redTasks: readonly OpenTask[];
    readonly doneNow: readonly { readonly closed: { readonly unit: string } }[];
  },
) {
  const done = lists.doneNow.map((one) => one.closed);
  const ids = new Set(
    [lists.open, lists.registered, lists.closed, lists.reopened, lists.tasks, done].flatMap((list) =>
      list.map((one) => one.unit),
    ),
  );
  return [...ids]
    .map((unitId) => {
      const oldest = longest(
        of(lists.red, unitId),
        (one) => one.due,
        (one) => one.life.number,
      );
      return {
        unitId,
        name: all.nameOf(unitId),
        registered: of(lists.registered, unitId).length,
        closed: of(lists.closed, unitId).length,
        reopened: of(lists.reopened, unitId).length,
        open: of(lists.open, unitId).length,
        red: of(lists.red, unitId).length,
        longest: oldest ? daysBetween(oldest.due, to) : 0,
        tasksOpen: of(lists.tasks, unitId).length,
        tasksRed: of(lists.redTasks, unitId).length,
        tasksClosed: of(done, unitId).length,
      };
    })
    .sort((a, b) => b.red + b.tasksRed - a.red - a.tasksRed || b.longest - a.longest || (a.unitId < b.unitId ? -1 : 1));
}

function sectorRows(lists: Lists) {
  const names = new Set(
    [lists.open, lists.registered, lists.closed, lists.reopened].flatMap((list) => list.map((one) => one.sector)),
  );
  const within = (list: readonly { readonly sector: string }[], sector: string): number =>
    list.filter((one) => one.sector === sector).length;
  return [...names].map((sector) => ({
    sector: sector === '' ? '未分行业' : sector,
    registered: within(lists.registered, sector),
    closed: within(lists.closed, sector),
    reopened: within(lists.reopened, sector),
    open: within(lists.open, sector),
    red: within(lists.red, sector),
  }));
}

function taskRows(all: Recount, open: readonly OpenTask[], red: readonly OpenTask[], done: readonly TaskLife[]) {
  const group = (key: (life: TaskLife) => string | null) => {
    const keys = new Set([...open.map((one) => key(one.life)), ...done.map(key)]);
    return [...keys].map((one) => {
      const [opened, late, closed] = [
        open.filter((each) => key(each.life) === one).length,
        red.filter((each) => key(each.life) === one).length,
        done.filter((each) => key(each) === one).length,
      ];
      return {
        key: one,
        sums: { all: opened + closed, closed, open: opened, red: late, rate: share(closed, opened + closed) },
      };
    });
  };
  return {
    stages: group((life) => life.row.stageId).map(({ key, sums }) => ({
      stageId: key,
      planTitle: key === null ? '' : (all.rows.stages.get(key)?.planTitle ?? ''),
      name: key === null ? '未分阶段' : (all.rows.stages.get(key)?.name ?? ''),
      ...sums,
    })),
    taskSectors: group((life) => life.row.sector).map(({ key, sums }) => ({ sector: key ?? '未分行业', ...sums })),
  };
}

function overdueRows(all: Recount, red: readonly OpenProblem[], redTasks: readonly OpenTask[], to: Day) {
  const row = (one: {
    of: 'problems' | 'tasks';
    id: string;
    number: string;
    title: string;
    unit: string;
    person: string | null;
    due: Day;
  }) => ({
    of: one.of,
    id: one.id,
    number: one.number,
    title: one.title,
    unitId: one.unit,
    unitName: all.nameOf(one.unit),
    personName: one.person,
    dueOn: one.due,
    days: daysBetween(one.due, to),
  });
  const problems = [...new Set(red.map((one) => one.unit))].flatMap((unit) => {
    const one = longest(
      of(red, unit),
      (each) => each.due,
      (each) => each.life.number,
    );
    return one ? [row({ ...one, ...one.life, of: 'problems' })] : [];
  });
  const tasks = [...new Set(redTasks.map((one) => one.unit))].flatMap((unit) => {
    const one = longest(
      of(redTasks, unit),
      (each) => each.due as Day,
      (each) => each.life.row.number,
    );
    return one ? [row({ ...one, ...one.life.row, due: one.due as Day, person: one.person, of: 'tasks' })] : [];
  });
  return [...problems, ...tasks].sort((a, b) => b.days - a.days || (a.number < b.number ? -1 : 1));
}

function storiesOf(all: Recount, from: Day, to: Day) {
  const end = new Date(`${addDays(to, 1)}T00:00:00+08:00`);
  return all.rows.reports
    .filter((row) => row.dueOn >= from && row.dueOn <= to)
    .flatMap((row) => {
      const last = all.rows.reportVersions.findLast((one) => one.id === row.id && one.at < end);
      if (!last) return [];
      const told = (kind: 'case' | 'practice', list: readonly { title: string; text: string }[]) =>
        list.map(({ title, text }, at) => ({
          filingId: row.id,
          at,
          kind,
          unitName: all.nameOf(row.unitId),
          title,
          text,
        }));
      return [...told('case', last.filled.cases), ...told('practice', last.filled.practices)];
    });
}

const leftOut = new Set(['form', 'madeAt', 'lower']);
/** The same text for the same row, in whatever order its fields stand. */
const rowText = (row: unknown): string => JSON.stringify(Object.entries(row as object).sort());
const byKey = (list: readonly unknown[]): unknown[] => [...list].sort((a, b) => (rowText(a) < rowText(b) ? -1 : 1));
/** Lists in which places say nothing: they are compared as sets. */
const unordered = ['sectors', 'stages', 'taskSectors', 'missed', 'stories'] as const;

/** What a snapshot prints, in the shape of the recount: everything but how it was asked for and the links behind it. */
export function printedOf(content: string): Record<string, unknown> {
  const snapshot = JSON.parse(content) as Record<string, unknown> & {
    figures: Record<string, { of?: unknown; query?: unknown }>;
  };
  const figures = Object.fromEntries(
    Object.entries(snapshot.figures).map(([name, { of: _of, query: _query, ...figure }]) => [name, figure]),
  );
  const printed = Object.fromEntries(Object.entries(snapshot).filter(([name]) => !leftOut.has(name)));
  return settled({ ...printed, figures });
}
/** The same for what was counted anew. */
export const settled = (printed: Record<string, unknown>): Record<string, unknown> => ({
  ...printed,
  ...Object.fromEntries(
    unordered.flatMap((name) => (Array.isArray(printed[name]) ? [[name, byKey(printed[name] as unknown[])]] : [])),
  ),
});

/** Every place of a printed value at which the other one says something else, or nothing. */
export function differences(printed: unknown, counted: unknown, where = ''): string[] {
  if (typeof printed === 'object' && printed !== null && typeof counted === 'object' && counted !== null) {
    const keys = new Set([...Object.keys(printed), ...Object.keys(counted)]);
    return [...keys].flatMap((key) =>
      differences(
        (printed as Record<string, unknown>)[key],
        (counted as Record<string, unknown>)[key],
        where === '' ? key : `${where}.${key}`,
      ),
    );
  }
  return printed === counted
    ? []
    : [
        `${where}：印的是${JSON.stringify(printed)}，数出来是${counted === undefined ? '没有数' : JSON.stringify(counted)}`,
      ];
}
/** How many single values are printed. */
export const valuesIn = (printed: unknown): number =>
  typeof printed === 'object' && printed !== null
    ? Object.values(printed).reduce((sum: number, one) => sum + valuesIn(one), 0)
    : 1;

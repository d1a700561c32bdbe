import { type Window, windowAround } from '../../../kernel/calendar.ts';
import { addDays, type Day, dayInWords, daysBetween } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import { jurisdictionsBelow } from '../../access/server/door.ts';
import { momentOf, periodInWords } from '../../filings/rhythm.ts';
import { filingsByIds, missedFilings, storiesOf } from '../../filings/server/door.ts';
import { adoptedPlans, stagesOfPlans } from '../../plans/server/door.ts';
import { shareOf } from '../../problems/figures.ts';
import { lookBackQualityOf, type OverviewOf, overview, problemsByIds } from '../../problems/server/door.ts';
import { pressureWords } from '../../supervision/pressure.ts';
import { listingsOfDay, measuresOf } from '../../supervision/server/door.ts';
import { closedCells, type Figures, figuresAsOf, tasksByIds } from '../../tasks/server/door.ts';
import { unitsByIds } from '../../units/server/door.ts';
import type { BulletinForm } from '../bulletin-form.ts';
import { figuresOpen, hourOf, noSector, type Opened, openBefore } from '../opening.ts';
import { rankingOf, ruleInWords } from '../ranking.ts';
import type { FigureOf, OverdueRow, Snapshot } from '../snapshot.ts';

/** The period before: as long as the form's own periods are. */
export const beforeOf = (form: Pick<BulletinForm, 'period'>, from: Day): Window =>
  windowAround(addDays(from, -1), form.period);

/** The parts of a period, one after another, as charts show them. */
const stepOf = (period: BulletinForm['period']): 'day' | 'week' | 'month' =>
  period === 'day' || period === 'week' ? 'day' : period === 'month' ? 'week' : 'month';

/** Everything of a period, counted once. The period has begun; figures are as of the evening of its last day, or of now. */
export async function countSnapshot(reading: Reading, form: BulletinForm, period: Window): Promise<Snapshot> {
  const { db, now, actor } = reading;
  const scope: Scope = { jurisdictions: [actor.jurisdiction], units: 'all' };
  const whole: Reading = { ...reading, scope };
  const { from } = period;
  const to = period.to > reading.day ? reading.day : period.to;
  const before = beforeOf(form, from);
  const end = new Date(momentOf(addDays(to, 1), '00:00').getTime() - 1);
  // whole minutes, so that the lists can be asked for that very hour
  const at = end < now ? end : new Date(Math.floor(now.getTime() / 60_000) * 60_000);
  const seenOn = (on: Day, since: Day, step: 'day' | 'week' | 'month') =>
    overview(whole, { asOf: on, from: since, cut: `${on.slice(0, 7)}-01`, step });
  // one after another: all of it runs in one transaction, which has one connection
  const problems = await seenOn(to, from, stepOf(form.period));
  const former = await seenOn(before.to, before.from, 'month');
  const tasks = await figuresAsOf(db, scope, {}, to);
  const formerTasks = await figuresAsOf(db, scope, {}, before.to);
  const earlierTasks = await figuresAsOf(db, scope, {}, addDays(before.from, -1));
  const cells = await closedCells(db, scope, {}, to);
  const quality = await lookBackQualityOf(db, scope, to, from);
  const listings = await listingsOfDay(db, scope, to);
  const discipline = await missedFilings(db, scope, from, to, at);
  const missed = await filingsByIds(
    db,
    scope,
    discipline.flatMap((one) => [...one.missingIds, ...one.lateIds]),
    at,
  );
  const served = await measuresOf(db, scope, { from, to });
  const stories = await storiesOf(db, scope, from, to, at);
  const names = new Map(
    (
      await unitsByIds(db, actor.jurisdiction, [
        ...new Set([
          ...problems.units.map((one) => one.unitId),
          ...tasks.units.map((one) => one.unitId),
          ...discipline.map((one) => one.unitId),
          ...served.lines.map((one) => one.unitId),
        ]),
      ])
    ).map((unit) => [unit.id as string, unit.shortName ?? unit.name]),
  );
  const nameOf = (id: string): string => names.get(id) ?? '（单位已不存在）';
  const ranking = rankingOf(
    problems.units.map((one) => {
      const looked = quality.units.find((unit) => unit.unitId === one.unitId);
      return {
        unitId: one.unitId,
        name: nameOf(one.unitId),
        closedInTime: one.closed - one.closedLate,
        closedLate: one.closedLate,
        openInTime: one.open - one.red,
        overdue: one.red,
        longest: one.oldest?.days ?? 0,
        firstChecked: one.firstChecked,
        firstPassed: one.firstPassed,
        lookedBack: looked?.checked ?? 0,
        still: looked?.still ?? 0,
      };
    }),
    form.weights,
    form,
  );
  const rule = ruleInWords(form.weights, form);
  const hung = listings.filter((one) => one.hanging);
  const opens = figuresOpen({ from, to, hour: hourOf(to, at) });
  const figures: Record<string, FigureOf> = {};
  const comparisons: Snapshot['comparisons'][number][] = [];
  const count = (name: string, value: number, unit: string, opened: Opened | undefined = opens[name]): void => {
    figures[name] = { kind: 'count', value, unit, of: opened?.of ?? null, query: opened?.query ?? null };
  };
  const compared = (name: string, unit: string, value: number, was: number, title: string): void => {
    figures[`${name}较上期`] = { kind: 'change', value: value - was, unit };
    comparisons.push({ name: title, unit, now: value, before: was });
  };
  const words = (name: string, value: string): void => {
    figures[name] = { kind: 'words', value };
  };
  // problems: what is open as of the day, what turned within the period
  const { stock, flow } = problems;
  const other = flow.ended.count - flow.closed.count;
  count('期初未销号', former.stock.open, '件', openBefore(before.to));
  count('新增', flow.registered.count, '件');
  count('销号', flow.closed.count, '件');
  count('逾期销号', flow.closedLate.count, '件');
  count('其他了结', other, '件');
  count('重新打开', flow.reopened.count, '件');
  count('未销号', stock.open, '件');
  count('逾期', stock.red, '件');
  count('临期', stock.amber, '件');
  count('重大隐患', stock.major, '件');
  figures.首次复查通过率 = { kind: 'share', value: flow.firstPass.share };
  compared('新增', '件', flow.registered.count, former.flow.registered.count, '新增问题隐患');
  compared('销号', '件', flow.closed.count, former.flow.closed.count, '销号问题隐患');
  compared('重新打开', '件', flow.reopened.count, former.flow.reopened.count, '重新打开问题隐患');
  compared('未销号', '件', stock.open, former.stock.open, '期末未销号问题隐患');
  compared('逾期', '件', stock.red, former.stock.red, '期末逾期问题隐患');
  // tasks
  const done = tasks.closed - formerTasks.closed;
  count('任务总数', tasks.open + tasks.closed, '项');
  count('已销号任务', tasks.closed, '项');
  count('在办任务', tasks.open, '项');
  count('逾期任务', tasks.red, '项');
  count('临期任务', tasks.amber, '项');
  count('待签收任务', tasks.byState.toReceive ?? 0, '项');
  count('本期销号任务', done, '项');
  figures.任务完成率 = { kind: 'share', value: tasks.rate };
  compared('本期销号任务', '项', done, formerTasks.closed - earlierTasks.closed, '销号任务');
  compared('在办任务', '项', tasks.open, formerTasks.open, '期末在办任务');
  compared('逾期任务', '项', tasks.red, formerTasks.red, '期末逾期任务');
  // plates and filings
  const within = (day: Day | null): boolean => day !== null && day >= from && day <= to;
  count('新挂牌', listings.filter((one) => within(one.listedOn)).length, '件');
  count('摘牌', listings.filter((one) => within(one.delistedOn)).length, '件');
  count('挂牌在办', hung.length, '件');
  count('挂牌逾期', hung.filter((one) => one.late > 0).length, '件');
  const sum = (pick: (one: (typeof discipline)[number]) => number): number =>
    discipline.reduce((all, one) => all + pick(one), 0);
  count('督促措施', served.lines.length, '次');
  const required = sum((one) => one.required);
  count('应报', required, '份');
  count(
    '按时报送',
    sum((one) => one.onTime),
    '份',
  );
  count(
    '迟报',
    sum((one) => one.late),
    '份',
  );
  count(
    '缺报',
    sum((one) => one.missing),
    '份',
  );
  figures.按时率 = {
    kind: 'share',
    value: shareOf(
      sum((one) => one.onTime),
      required,
    ),
  };
  // words
  const [periodNow, periodBefore] = [
    periodInWords(form.period, from, to),
    periodInWords(form.period, before.from, before.to),
  ];
  words('本期', periodNow);
  words('上期', periodBefore);
  words('截至日', dayInWords(to));
  words('前列单位', ranking.best.map((one) => one.name).join('、') || '无');
  words('后列单位', ranking.worst.map((one) => one.name).join('、') || '无');
  words('排名规则', rule);
  return {
    form: {
      id: form.id,
      name: form.name,
      period: form.period,
      sections: form.sections,
      weights: form.weights,
      atLeast: form.atLeast,
      named: form.named,
      ...(form.called ? { called: form.called } : {}),
    },
    from,
    to,
    before,
    ...((await jurisdictionsBelow(db, actor.jurisdiction)).length > 0 ? { lower: true } : {}),
    madeAt: now.toISOString(),
    figures,
    comparisons,
    series: problems.flow.series.map((one) => ({
      from: one.from as Day,
      to: one.to as Day,
      registered: one.registered,
      closed: one.closed,
      open: one.open,
    })),
    units: unitRows(problems, tasks, formerTasks, nameOf),
    sectors: problems.sectors
      .map((one) => ({
        sector: one.sector || noSector,
        registered: one.registered,
        closed: one.closed,
        reopened: one.reopened,
        open: one.open,
        red: one.red,
      }))
      .filter((one) => one.registered + one.closed + one.reopened + one.open > 0),
    ...(await taskRows(whole, tasks, cells)),
    overdue: await overdueRows(whole, problems, tasks, to, nameOf),
    listed: hung
      .flatMap((one) => (one.listedOn === null ? [] : [{ ...one, listedOn: one.listedOn }]))
      .map(({ id, number, matter, unitName, listedOn, limitOn, late }) => ({
        id,
        number,
        matter,
        unitName,
        listedOn,
        limitOn,
        late,
      }))
      .sort((a, b) => b.late - a.late || (a.number < b.number ? -1 : 1)),
    measures: served.lines.map(({ id, kind, number, unitId, unitName, matter, servedOn, documentNumber }) => ({
      id,
      word: pressureWords[kind],
      number,
      unitName: names.get(unitId) ?? unitName,
      matter,
      servedOn,
      documentNumber,
    })),
    discipline: discipline.map(({ unitId, name, required: must, onTime, late, missing }) => ({
      unitId,
      name,
      required: must,
      onTime,
      late,
      missing,
    })),
    missed: missed.flatMap(({ id, number, unitName, rhythmName, periodWords, standing }) =>
      standing === 'late' || standing === 'missing'
        ? [{ id, number, unitName, rhythmName, periodWords, standing }]
        : [],
    ),
    ranking,
    rule,
    stories: stories.map(({ filingId, at: index, kind, unitName, title, text }) => ({
      filingId,
      at: index,
      kind,
      unitName,
      title,
      text,
    })),
  };
}

function unitRows(
  problems: OverviewOf,
  tasks: Figures,
  formerTasks: Figures,
  nameOf: (id: string) => string,
): Snapshot['units'] {
  const ids = [...new Set([...problems.units.map((one) => one.unitId), ...tasks.units.map((one) => one.unitId)])];
  return ids
    .map((unitId) => {
      const problem = problems.units.find((one) => one.unitId === unitId);
      const task = tasks.units.find((one) => one.unitId === unitId);
      const former = formerTasks.units.find((one) => one.unitId === unitId);
      return {
        unitId,
        name: nameOf(unitId),
        registered: problem?.registered ?? 0,
        closed: problem?.closed ?? 0,
        reopened: problem?.reopened ?? 0,
        open: problem?.open ?? 0,
        red: problem?.red ?? 0,
        longest: problem?.oldest?.days ?? 0,
        tasksOpen: task?.open ?? 0,
        tasksRed: task?.red ?? 0,
        tasksClosed: (task?.closed ?? 0) - (former?.closed ?? 0),
      };
    })
    .filter((one) => one.registered + one.closed + one.reopened + one.open + one.tasksOpen + one.tasksClosed > 0)
    .sort(
      (a, b) => b.red + b.tasksRed - (a.red + a.tasksRed) || b.longest - a.longest || (a.unitId < b.unitId ? -1 : 1),
    );
}

/** Tasks by stage and by sector: closed until the day, and open on it. */
async function taskRows(
  reading: Reading,
  tasks: Figures,
  closed: Awaited<ReturnType<typeof closedCells>>,
): Promise<Pick<Snapshot, 'stages' | 'taskSectors'>> {
  const plans = await adoptedPlans(reading.db, reading.scope);
  const stages = await stagesOfPlans(reading.db, plans);
  interface Sums {
    open: number;
    red: number;
    closed: number;
  }
  const grouped = (key: (cell: { sector: string | null; stageId: string | null }) => string): Map<string, Sums> => {
    const groups = new Map<string, Sums>();
    const at = (cell: { sector: string | null; stageId: string | null }): Sums => {
      const sums = groups.get(key(cell)) ?? { open: 0, red: 0, closed: 0 };
      groups.set(key(cell), sums);
      return sums;
    };
    for (const cell of tasks.matrix) {
      const sums = at(cell);
      sums.open += cell.open;
      sums.red += cell.red;
    }
    for (const cell of closed) at(cell).closed += cell.closed;
    return groups;
  };
  const row = (sums: Sums) => ({
    all: sums.open + sums.closed,
    closed: sums.closed,
    open: sums.open,
    red: sums.red,
    rate: shareOf(sums.closed, sums.open + sums.closed),
  });
  const byStage = grouped((cell) => cell.stageId ?? '');
  const known = stages.filter((stage) => byStage.has(stage.id));
  const others = [...byStage].filter(([id]) => id !== '' && !known.some((stage) => stage.id === id));
  const unstaged = byStage.get('');
  return {
    stages: [
      ...known.map((stage) => ({
        stageId: stage.id,
        planTitle: plans.find((plan) => plan.id === stage.planId)?.title ?? '',
        name: stage.name,
        ...row(byStage.get(stage.id) ?? { open: 0, red: 0, closed: 0 }),
      })),
      // stages of plans that no longer are in force
      ...others.map(([stageId, sums]) => ({ stageId, planTitle: '', name: '其他阶段', ...row(sums) })),
      ...(unstaged ? [{ stageId: null, planTitle: '', name: '未分阶段', ...row(unstaged) }] : []),
    ],
    taskSectors: [...grouped((cell) => cell.sector ?? '')]
      .map(([sector, sums]) => ({ sector: sector || noSector, ...row(sums) }))
      .sort((a, b) => b.red - a.red || b.open - a.open || (a.sector < b.sector ? -1 : 1)),
  };
}

/** Of each unit the problem and the task that are overdue longest, with who answers for them as known when counted. */
async function overdueRows(
  reading: Reading,
  problems: OverviewOf,
  tasks: Figures,
  to: Day,
  nameOf: (id: string) => string,
): Promise<OverdueRow[]> {
  const oldProblems = problems.units.flatMap((unit) => (unit.oldest ? [{ unit, oldest: unit.oldest }] : []));
  const oldTasks = tasks.units.flatMap((unit) => (unit.oldestTask ? [{ unit, oldest: unit.oldestTask }] : []));
  const people = new Map(
    [
      ...(await problemsByIds(
        reading.db,
        reading.scope,
        oldProblems.map((one) => one.oldest.id),
        to,
      )),
      ...(await tasksByIds(
        reading.db,
        reading.scope,
        oldTasks.map((one) => one.oldest.id),
        to,
      )),
    ].map((line) => [line.id, line.personName]),
  );
  const rows: OverdueRow[] = [
    ...oldProblems.map(({ unit, oldest }) => ({
      of: 'problems' as const,
      id: oldest.id,
      number: oldest.number,
      title: oldest.title,
      unitId: unit.unitId,
      unitName: nameOf(unit.unitId),
      personName: people.get(oldest.id) ?? null,
      dueOn: addDays(to, -oldest.days),
      days: oldest.days,
    })),
    ...oldTasks.map(({ unit, oldest }) => ({
      of: 'tasks' as const,
      id: oldest.id,
      number: oldest.number,
      title: oldest.title,
      unitId: unit.unitId,
      unitName: nameOf(unit.unitId),
      personName: people.get(oldest.id) ?? null,
      dueOn: addDays(to, -unit.longestDays),
      days: unit.longestDays,
    })),
  ];
  return rows
    .filter((one) => daysBetween(one.dueOn, to) > 0)
    .sort((a, b) => b.days - a.days || (a.number < b.number ? -1 : 1));
}

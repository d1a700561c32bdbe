import type { Chart } from '../../kernel/blanks.ts';
import type { SectionKey } from './bulletin-form.ts';
import type { SeriesRow, Snapshot } from './snapshot.ts';

/** Units that stand in the chart of what is overdue; the table has them all. */
const charted = 10;
/** Names beside bars are cut so that the bars keep their room; the table has the whole name. */
const named = 12;

/** 11月30日 at first and when a month begins, then 16日; 5—11日; 3月: what a part of the period is called under its columns. */
function stepInWords({ from, to }: SeriesRow, at: number): string {
  const [, month = 0, first = 0] = from.split('-').map(Number);
  const [, , last = 0] = to.split('-').map(Number);
  if (from === to) return at === 0 || first === 1 ? `${month}月${first}日` : `${first}日`;
  return first === 1 && last >= 28 ? `${month}月` : `${first}—${last}日`;
}

/** New and closed problems through the period; null where there is nothing to compare. */
function flowChart(snapshot: Snapshot): Chart | null {
  const series = snapshot.series ?? [];
  if (series.length < 2 || series.every((one) => one.registered + one.closed === 0)) return null;
  return {
    form: 'columns',
    names: series.map(stepInWords),
    series: [
      { name: '新增', values: series.map((one) => one.registered) },
      { name: '销号', values: series.map((one) => one.closed) },
    ],
  };
}

/** Who has most that is overdue, problems and tasks apart; null where it concerns fewer than two. */
function overdueChart(snapshot: Snapshot): Chart | null {
  const units = snapshot.units
    .filter((one) => one.red + one.tasksRed > 0)
    .sort((a, b) => b.red + b.tasksRed - (a.red + a.tasksRed))
    .slice(0, charted);
  if (units.length < 2) return null;
  return {
    form: 'bars',
    names: units.map(({ name }) => (name.length > named ? `${name.slice(0, named)}…` : name)),
    series: [
      { name: '逾期问题隐患（件）', values: units.map((one) => one.red) },
      { name: '逾期任务（项）', values: units.map((one) => one.tasksRed) },
    ],
  };
}

const stepNames: Readonly<Record<string, string>> = { week: '逐日', month: '逐周' };

/** A chart of a bulletin: in which part it stands, and what is written under it. */
export interface NamedChart {
  readonly part: SectionKey;
  /** 图1　… */
  readonly title: string;
  readonly chart: Chart;
}

/** The charts that a snapshot gives for the parts of a bulletin, numbered in their order. */
export function chartsOf(snapshot: Snapshot, has: (key: SectionKey) => boolean): NamedChart[] {
  const flow = flowChart(snapshot);
  const overdue = overdueChart(snapshot);
  const some = overdue !== null && overdue.names.length >= charted;
  const drawn: readonly { part: SectionKey; words: string; chart: Chart | null }[] = [
    {
      part: 'summary',
      words: `本期${stepNames[snapshot.form.period] ?? '逐月'}新增和销号的问题隐患（件）`,
      chart: flow,
    },
    { part: 'overdue', words: some ? `期末逾期最多的${charted}个单位` : '期末有逾期的单位', chart: overdue },
  ];
  return drawn
    .flatMap(({ part, words, chart }) => (chart !== null && has(part) ? [{ part, words, chart }] : []))
    .map(({ part, words, chart }, at) => ({ part, title: `图${at + 1}　${words}`, chart }));
}

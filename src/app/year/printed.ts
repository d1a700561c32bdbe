import { addDays, type Day } from '../../kernel/day.ts';
import type { recounted } from './recount.ts';

// What stands on the paper, put together a second time: each table, chart and sentence from what was counted anew.

type Counted = ReturnType<typeof recounted>;
type Row = Readonly<Record<string, string | number>>;

const percent = (value: number | null): string => (value === null ? '—' : `${value.toFixed(1)}%`);
const oneLine = (words: string): string => words.replace(/\s*\n\s*/g, '；').trim();
const moved = (by: number, unit: string): string =>
  by > 0 ? `增加${by}${unit}` : by < 0 ? `减少${-by}${unit}` : '持平';

/** A figure as a sentence shows it. */
function figureWords(counted: Counted, name: string): string {
  const figure = (counted.figures as Record<string, { kind: string; value: unknown; unit?: string }>)[name];
  if (figure === undefined) return `没有数{{${name}}}`;
  if (figure.kind === 'change') return moved(figure.value as number, figure.unit ?? '');
  if (figure.kind === 'share') return figure.value === null ? '无数据' : `${figure.value}%`;
  return String(figure.value);
}

/** The words of a part with every figure in its place. */
export const sentences = (counted: Counted, text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim().replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => figureWords(counted, name.trim())))
    .filter((line) => line !== '');

const marks = (one: Counted['ranking']['best'][number]): Row => ({
  名次: one.rank,
  单位: one.name,
  得分: one.score.toFixed(1),
  按期率: percent(one.timeliness),
  最长逾期: one.longest === 0 ? '—' : `${one.longest}天`,
  首查通过率: percent(one.firstPass),
  回头看合格率: percent(one.lookBack),
});
const share = (one: Counted['stages'][number] | Counted['taskSectors'][number]): Row => ({
  总数: one.all,
  已销号: one.closed,
  在办: one.open,
  逾期: one.red,
  完成率: percent(one.rate),
});

/** Rows of each table in full, by the name that it has on the paper; rows may stand in any order. */
export function tablesCounted(counted: Counted): Readonly<Record<string, readonly Row[]>> {
  return {
    指标: counted.comparisons.map((one) => ({
      名称: one.name,
      本期: one.now,
      上期: one.before,
      增减: moved(one.now - one.before, ''),
    })),
    阶段: counted.stages.map((one) => ({
      名称: one.planTitle === '' ? one.name : `${one.planTitle}：${one.name}`,
      ...share(one),
    })),
    任务行业: counted.taskSectors.map((one) => ({ 名称: one.sector, ...share(one) })),
    行业: counted.sectors.map((one) => ({
      名称: one.sector,
      新增: one.registered,
      销号: one.closed,
      重新打开: one.reopened,
      未销号: one.open,
      逾期: one.red,
    })),
    单位: counted.units.map((one) => ({
      名称: one.name,
      新增: one.registered,
      销号: one.closed,
      未销号: one.open,
      逾期: one.red,
      最长逾期: one.longest,
      在办任务: one.tasksOpen,
      逾期任务: one.tasksRed,
    })),
    逾期事项: counted.overdue.slice(0, 20).map((one) => ({
      单位: one.unitName,
      事项: `${one.number} ${oneLine(one.title)}`,
      责任人: one.personName ?? '未落实',
      时限: one.dueOn,
      天数: one.days,
    })),
    挂牌: counted.listed.map((one) => ({
      编号: one.number,
      事项: oneLine(one.matter),
      责任单位: one.unitName,
      时限: one.limitOn,
      逾期: one.late,
    })),
    措施: counted.measures.map((one) => ({
      种类: one.word ?? '',
      单位: one.unitName,
      事项: oneLine(one.matter),
      日期: one.servedOn,
      文号: one.documentNumber ?? one.number,
    })),
    报送: counted.discipline.map((one) => ({
      单位: one.name,
      应报: one.required,
      按时: one.onTime,
      迟报: one.late,
      缺报: one.missing,
    })),
    靠前: counted.ranking.best.map(marks),
    靠后: counted.ranking.worst.map(marks),
  };
}

/** What stands under the columns: days say their month where it is new. */
const stepWords = (from: Day, to: Day, before: Day | undefined): string => {
  const [month, first, last] = [from.slice(5, 7), from.slice(8, 10), to.slice(8, 10)].map(Number);
  if (from === to) return before?.slice(0, 7) === from.slice(0, 7) ? `${first}日` : `${month}月${first}日`;
  const whole = first === 1 && addDays(to, 1).endsWith('-01');
  return whole ? `${month}月` : `${first}—${last}日`;
};
/** The numbers of the charts, by the name that they have on the paper. */
function chartsCounted(counted: Counted): Readonly<Record<string, unknown>> {
  const late = counted.units
    .filter((one) => one.red + one.tasksRed > 0)
    .sort((a, b) => b.red + b.tasksRed - a.red - a.tasksRed)
    .slice(0, 10);
  return {
    新增销号图: {
      names: counted.series.map((one, at) => stepWords(one.from, one.to, counted.series[at - 1]?.from)),
      series: [counted.series.map((one) => one.registered), counted.series.map((one) => one.closed)],
    },
    逾期图: {
      names: late.map((one) => (one.name.length > 12 ? `${one.name.slice(0, 12)}…` : one.name)),
      series: [late.map((one) => one.red), late.map((one) => one.tasksRed)],
    },
  };
}
/** Which words of a bulletin stand in which place of the paper. */
const placeOfPart: Readonly<Record<string, string>> = {
  summary: '总体情况',
  tasks: '任务进展',
  problems: '问题隐患',
  overdue: '逾期情况',
  pressure: '督办情况',
  filings: '报送情况',
  ranking: '排名情况',
  next: '工作要求',
};
/** Places of the paper that hold no figure of the ledgers: head, foot, titles, and what people chose. */
const otherPlaces: readonly string[] = [
  '发文机关标志',
  '发文字号',
  '发文机关',
  '成文日期',
  '印发机关',
  '印发日期',
  '主送单位',
  '抄送单位',
  '标题',
  '经验做法',
  '附件说明',
];

/** In which part of the bulletin a table or chart stands; without it, it is not printed. */
const partOf: Readonly<Record<string, string>> = {
  阶段: 'tasks',
  任务行业: 'tasks',
  行业: 'problems',
  单位: 'problems',
  逾期事项: 'overdue',
  挂牌: 'pressure',
  措施: 'pressure',
  报送: 'filings',
  靠前: 'ranking',
  靠后: 'ranking',
  新增销号图: 'summary',
  逾期图: 'overdue',
};

/** A paper as it was issued: what stands in each of its places, and the words that people approved. */
export interface Paper {
  readonly data: Readonly<Record<string, unknown>>;
  readonly sections: readonly { readonly key: string; readonly text: string }[];
  readonly issue: number;
  readonly sha256: string;
}

const sorted = (list: readonly unknown[]): string =>
  JSON.stringify(list.map((row) => JSON.stringify(Object.entries(row as object).sort())).sort());

/** Every place of the paper that says something else than what was counted, or that nobody counted. */
export function paperDifferences({ data, sections, issue, sha256 }: Paper, counted: Counted): string[] {
  const tables = tablesCounted(counted);
  const charts = chartsCounted(counted);
  const plain: Readonly<Record<string, string>> = {
    期次: `第${issue}期`,
    本期: counted.figures.本期.value,
    截至日: counted.figures.截至日.value,
    快照指纹: sha256.slice(0, 16),
  };
  const has = (name: string): boolean => {
    const part = partOf[name];
    return part === undefined || sections.some((one) => one.key === part);
  };
  const wrong: string[] = [];
  const differs = (name: string, printed: unknown, expected: unknown): void => {
    wrong.push(`${name}：印的是${JSON.stringify(printed)}，数出来是${JSON.stringify(expected)}`);
  };
  for (const [name, printed] of Object.entries(data)) {
    const part = Object.entries(placeOfPart).find(([, place]) => place === name)?.[0];
    if (name in plain) {
      if (printed !== plain[name]) differs(name, printed, plain[name]);
    } else if (part !== undefined) {
      const words = sentences(counted, sections.find((one) => one.key === part)?.text ?? '');
      const expected = words.length > 0 ? words : sections.some((one) => one.key === part) ? ['无。'] : null;
      if (JSON.stringify(printed) !== JSON.stringify(expected)) differs(name, printed, expected);
    } else if (name in tables) {
      const rows = has(name) ? (tables[name] ?? []) : [];
      if (sorted((printed as unknown[] | null) ?? []) !== sorted(rows)) differs(name, printed, rows);
    } else if (name in charts) {
      const chart = printed as { names: unknown; series: { values: unknown }[] } | null;
      if (chart === null) continue;
      const shown = { names: chart.names, series: chart.series.map((one) => one.values) };
      if (!has(name) || JSON.stringify(shown) !== JSON.stringify(charts[name])) differs(name, shown, charts[name]);
    } else if (!otherPlaces.includes(name) && !/(标题|图题)$/.test(name)) wrong.push(`${name}：没有数`);
  }
  return wrong;
}

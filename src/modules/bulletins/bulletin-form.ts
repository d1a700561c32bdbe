import type { Day } from '../../kernel/day.ts';
import type { RhythmPeriod } from '../filings/rhythm.ts';

/** What a bulletin may consist of, in this order. */
export const sectionKeys = [
  'summary',
  'tasks',
  'problems',
  'overdue',
  'pressure',
  'filings',
  'ranking',
  'practices',
  'next',
] as const;
export type SectionKey = (typeof sectionKeys)[number];
export const sectionWords: Readonly<Record<SectionKey, string>> = {
  summary: '总体情况',
  tasks: '任务进展情况',
  problems: '问题隐患整改情况',
  overdue: '逾期情况',
  pressure: '挂牌督办和督促措施',
  filings: '报送情况',
  ranking: '各单位排名情况',
  practices: '经验做法',
  next: '下步工作要求',
};

/** Units are called so where the district has no word of its own. */
const UNITS = '各单位';

/** 五、各镇（街道）排名情况: the title of a part in the district's words. */
export const titleOf = (key: SectionKey, called: string | null | undefined): string =>
  inOwnWords(sectionWords[key], called);
/** Any words about the units, in the district's words. */
export const inOwnWords = (text: string, called: string | null | undefined): string =>
  called ? text.replaceAll(UNITS, called) : text;

/** Share of each mark in the score, in percent; together 100. */
export interface Weights {
  readonly timeliness: number;
  readonly age: number;
  readonly firstPass: number;
  readonly lookBack: number;
}
export const usualWeights: Weights = { timeliness: 40, age: 20, firstPass: 20, lookBack: 20 };

/** A kind of bulletin as the district makes it: dated data. */
export interface BulletinForm {
  readonly id: string;
  /** 安全生产专项整治周通报. */
  readonly name: string;
  readonly basis: string;
  readonly period: Exclude<RhythmPeriod, 'special'>;
  /** By this hour it lies ready: 07:30. What ended at midnight is counted shortly before six. */
  readonly hour: string;
  readonly sections: readonly SectionKey[];
  readonly addressee: string;
  /** What those are called whom it tells of: 各镇（街道）; null: 各单位. */
  readonly called?: string | null;
  readonly copies: string;
  readonly weights: Weights;
  /** Units that had fewer cases in hand are not ranked. */
  readonly atLeast: number;
  /** Of the best and of the worst so many are named. */
  readonly named: number;
  /** What the office asks for in the last section, to begin with. */
  readonly requests: readonly string[];
  readonly fromOn: Day;
  readonly toOn: Day | null;
}

/** What is wrong with a form as it was filled in; empty: nothing. */
export function flawsOfForm(form: Omit<BulletinForm, 'id'>): { where: string; says: string }[] {
  const flaws: { where: string; says: string }[] = [];
  const flaw = (where: string, says: string): void => void flaws.push({ where: `body.${where}`, says });
  if (form.name.trim().length < 2) flaw('name', '请写明名称，如“周通报”');
  if (form.basis.trim().length < 2) flaw('basis', '请写明依据哪份文件哪一条');
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(form.hour)) flaw('hour', '请写成 07:30 这样的时刻');
  else if (form.hour < '06:00') flaw('hour', '每天六时之前取数起草，备好的时刻不能早于六时');
  if (form.called && !/^[各全所].{1,19}$/.test(form.called))
    flaw('called', '被通报单位的称谓应以“各”开头，如“各镇（街道）”');
  if (form.sections.length === 0) flaw('sections', '至少要有一部分内容');
  if (form.toOn !== null && form.toOn < form.fromOn) flaw('toOn', '应不早于起始日期');
  const { timeliness, age, firstPass, lookBack } = form.weights;
  if (timeliness + age + firstPass + lookBack !== 100) flaw('weights', '四项权重合计应为一百');
  if (form.sections.includes('ranking') && timeliness === 0) flaw('weights', '按期了结的权重不能是零');
  return flaws;
}

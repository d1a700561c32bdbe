import type { Day } from '../../kernel/day.ts';
import type { FilingState } from './lifecycle.ts';
import type { Field, KnownKey, Rhythm } from './rhythm.ts';

/** A story that a unit tells: 典型案例 or 经验做法. */
export interface Story {
  readonly title: string;
  readonly text: string;
}

export type Value = string | number | boolean | null;

/** What a unit fills in: nothing of it is known to the ledgers. */
export interface Filled {
  readonly values: Readonly<Record<string, Value>>;
  readonly narrative: string;
  readonly cases: readonly Story[];
  readonly practices: readonly Story[];
  /** Ids of files that belong to the report; absent in versions of before there were any. */
  readonly fileIds?: readonly string[];
}

/** A figure that was worked out at the moment of the filing, with the list that it opens. */
export interface KnownFigure {
  readonly key: KnownKey;
  readonly count: number;
  readonly of: 'problems' | 'tasks';
  readonly query: Readonly<Record<string, string | string[]>>;
}

/** One unit's duty to report for one period. */
export interface Filing {
  readonly id: string;
  readonly number: string;
  readonly rhythmId: string;
  readonly rhythmName: string;
  readonly unitId: string;
  readonly periodFrom: Day;
  readonly periodTo: Day;
  readonly opensOn: Day;
  readonly dueOn: Day;
  readonly dueAt: Date;
  readonly state: FilingState;
  readonly version: number;
}

/** What happened to a filing, for telling how it stood at any hour. */
export interface Turn {
  readonly kind: 'filed' | 'amended' | 'returned' | 'exempted' | 'demanded';
  readonly at: Date;
  /** The new hour that a return sets. */
  readonly dueAt: Date | null;
}

export const standings = ['waiting', 'onTime', 'late', 'missing', 'returned', 'exempt'] as const;
/** 未到期未报, 按时, 迟报, 缺报, 退回待补, 免报. */
export type Standing = (typeof standings)[number];
export const standingWords: Readonly<Record<Standing, string>> = {
  waiting: '未到时限',
  onTime: '按时报送',
  late: '迟报',
  missing: '缺报',
  returned: '退回待补',
  exempt: '免报',
};

/**
 * How a filing stands at a moment. The first filing decides whether it came in time; one that was returned and not filed
 * again by the hour of the return is missing, and late when it comes after.
 */
export function standingAt(dueAt: Date, turns: readonly Turn[], at: Date): Standing {
  let exempt = false;
  let filed = false;
  let late = false;
  let back: Date | null = null;
  for (const turn of turns) {
    if (turn.at > at) break;
    if (turn.kind === 'exempted') exempt = true;
    else if (turn.kind === 'demanded') exempt = false;
    else if (turn.kind === 'filed') {
      if (!filed && turn.at > dueAt) late = true;
      if (back !== null && turn.at > back) late = true;
      filed = true;
      back = null;
    } else if (turn.kind === 'returned') back = turn.dueAt;
  }
  if (exempt) return 'exempt';
  if (!filed) return at <= dueAt ? 'waiting' : 'missing';
  if (back !== null) return at <= back ? 'returned' : 'missing';
  return late ? 'late' : 'onTime';
}

/** How many of a unit's filings came how. `required` are all that were not exempt. */
export interface Discipline {
  readonly required: number;
  readonly onTime: number;
  readonly late: number;
  readonly missing: number;
  /** The hour has not come yet. */
  readonly waiting: number;
}
export const disciplineOf = (all: readonly Standing[]): Discipline => {
  const count = (...of: Standing[]): number => all.filter((one) => of.includes(one)).length;
  return {
    required: count('waiting', 'onTime', 'late', 'missing', 'returned'),
    onTime: count('onTime'),
    late: count('late'),
    missing: count('missing'),
    waiting: count('waiting', 'returned'),
  };
};

const empty = (value: Value | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');

function flawOf(field: Field, value: Value | undefined): string | null {
  if (empty(value)) return field.must ? `请填写“${field.label}”` : null;
  if (field.type === 'count')
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 1e9
      ? null
      : `“${field.label}”应是不小于零的整数`;
  if (field.type === 'amount')
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 1e12
      ? null
      : `“${field.label}”应是不小于零的数`;
  if (field.type === 'yesNo') return typeof value === 'boolean' ? null : `“${field.label}”请选是或否`;
  if (field.type === 'choice')
    return typeof value === 'string' && field.options.includes(value) ? null : `“${field.label}”请从选项中选择`;
  if (field.type === 'day')
    return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? null : `“${field.label}”应是日期`;
  return typeof value === 'string' && value.length <= 4000 ? null : `“${field.label}”太长`;
}

/** What is missing or does not fit; empty: it can be filed. */
export function flawsOfFilled(
  rhythm: Pick<Rhythm, 'fields' | 'narrative' | 'cases' | 'practices' | 'attachments'>,
  filled: Filled,
): { where: string; says: string }[] {
  const flaws: { where: string; says: string }[] = [];
  const known = new Set(rhythm.fields.map((field) => field.key));
  for (const key of Object.keys(filled.values))
    if (!known.has(key)) flaws.push({ where: `body.values.${key}`, says: '这一项不由单位填报' });
  for (const field of rhythm.fields) {
    const says = flawOf(field, filled.values[field.key]);
    if (says !== null) flaws.push({ where: `body.values.${field.key}`, says });
  }
  if (rhythm.narrative === 'must' && filled.narrative.trim().length < 10)
    flaws.push({ where: 'body.narrative', says: '请写明工作开展情况（不少于十个字）' });
  const stories: readonly [string, readonly Story[], Rhythm['cases'], string][] = [
    ['cases', filled.cases, rhythm.cases, '典型案例'],
    ['practices', filled.practices, rhythm.practices, '经验做法'],
  ];
  for (const [where, list, telling, word] of stories) {
    if (telling === 'must' && list.length === 0) flaws.push({ where: `body.${where}`, says: `请至少报送一个${word}` });
    if (telling === 'none' && list.length > 0) flaws.push({ where: `body.${where}`, says: `这份报送不要求${word}` });
    for (const [at, one] of list.entries())
      if (one.title.trim().length < 2 || one.text.trim().length < 10)
        flaws.push({ where: `body.${where}.${at}`, says: `${word}要有标题和内容（不少于十个字）` });
  }
  const files = filled.fileIds ?? [];
  if (rhythm.attachments === 'must' && files.length === 0)
    flaws.push({ where: 'body.fileIds', says: '请至少上传一份附件' });
  if (rhythm.attachments === 'none' && files.length > 0)
    flaws.push({ where: 'body.fileIds', says: '这份报送不要求附件' });
  return flaws;
}

import type { Period } from '../../kernel/calendar.ts';
import { basisColumn, type Dated, dateColumns, joined, nameColumn, type RuleSheet } from './sheet.ts';

/** A recurring meeting with the units by their names. */
export interface MeetingRule extends Dated {
  readonly basis: string;
  readonly convener: string;
  readonly attends: string;
  readonly attendees: readonly string[];
  readonly count: number;
  readonly per: Exclude<Period, 'day'>;
  readonly everyYears: number;
}

const perWords: Readonly<Record<MeetingRule['per'], string>> = {
  week: '每周',
  month: '每月',
  quarter: '每季度',
  'half-year': '每半年',
  year: '每年',
};

/** 会议要求. */
export const meetingSheet: RuleSheet<MeetingRule> = {
  name: '会议要求',
  columns: [
    nameColumn('如：区安委会全体会议'),
    basisColumn,
    { key: 'convener', names: ['召集单位'], needed: true, width: 22, fill: '写单位名称，如：区安委办' },
    { key: 'attends', names: ['参加人员'], width: 30, fill: '如：各成员单位主要负责人' },
    { key: 'attendees', names: ['参加单位'], width: 30, fill: '单位或分组的名称，用顿号隔开；通知时带出' },
    {
      key: 'per',
      names: ['多久'],
      needed: true,
      width: 10,
      fill: `写${Object.values(perWords).join('、')}`,
      choices: Object.values(perWords),
    },
    { key: 'count', names: ['不少于几次'], needed: true, width: 12, fill: '1 到 366' },
    { key: 'everyYears', names: ['几年一轮'], width: 10, fill: '每三年一次的写 3；不填为 1' },
    ...dateColumns,
  ],
  read: (cells) => ({
    name: cells.text('name', 80, true),
    basis: cells.text('basis', 200, true),
    convener: cells.text('convener', 60, true),
    attends: cells.text('attends', 200),
    attendees: cells.list('attendees'),
    per: cells.oneOf('per', perWords),
    count: cells.whole('count', 1, 1, 366),
    everyYears: cells.whole('everyYears', 1, 1, 20),
    fromOn: cells.day('fromOn'),
    toOn: cells.dayOrNone('toOn'),
  }),
  write: (rule) => ({
    name: rule.name,
    basis: rule.basis,
    convener: rule.convener,
    attends: rule.attends,
    attendees: joined(rule.attendees),
    per: perWords[rule.per],
    count: String(rule.count),
    everyYears: String(rule.everyYears),
    fromOn: rule.fromOn,
    toOn: rule.toOn ?? '',
  }),
};

/** A special period with the units on duty by their names. */
export interface PeriodRule extends Dated {
  readonly basis: string;
  readonly units: readonly string[];
  readonly demands: string;
}

/** 重点时段. */
export const periodSheet: RuleSheet<PeriodRule> = {
  name: '重点时段',
  columns: [
    nameColumn('如：国庆节安全防范值守'),
    { ...basisColumn, needed: false },
    { key: 'units', names: ['值班单位'], needed: true, width: 40, fill: '单位或分组的名称，用顿号隔开' },
    { key: 'demands', names: ['要求'], width: 50, fill: '印在值班表上的要求，每段一行' },
    ...dateColumns.map((one) => (one.key === 'toOn' ? { ...one, needed: true, fill: '最后一天，最长六十二天' } : one)),
  ],
  read: (cells) => ({
    name: cells.text('name', 60, true),
    basis: cells.text('basis', 200),
    units: cells.list('units', true),
    demands: cells.text('demands', 2000),
    fromOn: cells.day('fromOn'),
    toOn: cells.day('toOn'),
  }),
  write: (rule) => ({
    name: rule.name,
    basis: rule.basis,
    units: joined(rule.units),
    demands: rule.demands,
    fromOn: rule.fromOn,
    toOn: rule.toOn ?? '',
  }),
};

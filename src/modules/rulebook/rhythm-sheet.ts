import {
  dueDayAsText,
  dueDayIn,
  fieldsAsText,
  fieldsInText,
  fieldTypeWords,
  knownWords,
  type Rhythm,
  rhythmPeriodWords,
  tellings,
  tellingWords,
} from '../filings/rhythm.ts';
import type { RuleColumn } from './cells.ts';
import { basisColumn, dateColumns, joined, nameColumn, type RuleSheet, yesNo } from './sheet.ts';

type RhythmRule = Omit<Rhythm, 'id' | 'fromOn' | 'toOn'> & { readonly fromOn: string; readonly toOn: string | null };

const telling = (key: string, name: string): RuleColumn => ({
  key,
  names: [name],
  width: 12,
  fill: `单位要不要报${name}：不要求、可以报、必须报；不填为不要求`,
  choices: tellings.map((one) => tellingWords[one]),
});

/** 报送制度. */
export const rhythmSheet: RuleSheet<RhythmRule> = {
  name: '报送制度',
  columns: [
    nameColumn('如：专项整治工作周报'),
    basisColumn,
    {
      key: 'period',
      names: ['多久一次', '周期'],
      needed: true,
      width: 12,
      fill: `写${Object.values(rhythmPeriodWords).join('、')}；专项时段在起止日期之间只报一次`,
      choices: Object.values(rhythmPeriodWords),
    },
    {
      key: 'reporters',
      names: ['由谁报送'],
      needed: true,
      width: 30,
      fill: '单位或分组的名称，多个用顿号隔开，如：各镇（街道）、区应急管理局',
    },
    { key: 'receiver', names: ['报给谁'], needed: true, width: 14, fill: '如：区安委办' },
    { key: 'hour', names: ['几点前', '报送时刻'], needed: true, width: 10, fill: '写成 17:00 这样的时刻' },
    { key: 'dueAfter', names: ['期末后几天报'], width: 12, fill: '期末当天报的写 0，次月 5 日前报的写 5，最多 60' },
    {
      key: 'dueDay',
      names: ['期内哪天报'],
      width: 12,
      fill: '在本期之内报的写：每周的写“周五”，每月的写“25日”（每季度、每年的是最后一个月）；期末后报的不填',
    },
    { key: 'opensBefore', names: ['提前几天可填'], width: 12, fill: '时限之前几天开始可以填报，最多 60' },
    {
      key: 'workdays',
      names: ['遇休息日顺延'],
      width: 12,
      fill: '写“是”或“否”；写“是”的日报休息日不报',
      choices: ['是', '否'],
    },
    {
      key: 'fields',
      names: ['单位填报'],
      width: 36,
      fill: `一行一项：名称，类型，计量单位，选项；必填的前面加星号，如“*出动检查人次，个数，人次”。类型有${Object.values(fieldTypeWords).join('、')}`,
    },
    {
      key: 'known',
      names: ['系统计算'],
      width: 36,
      fill: `由系统计算并锁定、单位不填的数字，用顿号隔开：${Object.values(knownWords).join('、')}`,
    },
    telling('narrative', '工作开展情况'),
    telling('cases', '典型案例'),
    telling('practices', '经验做法'),
    telling('attachments', '附件'),
    ...dateColumns,
  ],
  read: (cells) => {
    const period = cells.oneOf('period', rhythmPeriodWords);
    const due = cells.row.at('dueDay');
    const dueDay = due === '' ? null : dueDayIn(due, period);
    if (due !== '' && dueDay === null) cells.wrong('dueDay', `“${due}”认不出来`);
    const { fields, flaws } = fieldsInText(cells.row.at('fields'));
    for (const says of flaws) cells.wrong('fields', says);
    return {
      name: cells.text('name', 60, true),
      basis: cells.text('basis', 200, true),
      period,
      dueDay,
      reporters: cells.list('reporters', true),
      receiver: cells.text('receiver', 80, true),
      hour: cells.hour('hour'),
      dueAfter: cells.whole('dueAfter', 0, 0, 60),
      opensBefore: cells.whole('opensBefore', 0, 0, 60),
      workdays: cells.yes('workdays', true),
      fields,
      known: cells.someOf('known', knownWords),
      narrative: cells.oneOf('narrative', tellingWords, 'none'),
      cases: cells.oneOf('cases', tellingWords, 'none'),
      practices: cells.oneOf('practices', tellingWords, 'none'),
      attachments: cells.oneOf('attachments', tellingWords, 'none'),
      fromOn: cells.day('fromOn'),
      toOn: cells.dayOrNone('toOn'),
    };
  },
  write: (rule) => ({
    name: rule.name,
    basis: rule.basis,
    period: rhythmPeriodWords[rule.period],
    reporters: joined(rule.reporters),
    receiver: rule.receiver,
    hour: rule.hour,
    dueAfter: rule.dueDay === null ? String(rule.dueAfter) : '',
    dueDay: dueDayAsText(rule),
    opensBefore: String(rule.opensBefore),
    workdays: yesNo(rule.workdays),
    fields: fieldsAsText(rule.fields),
    known: joined(
      (Object.keys(knownWords) as (keyof typeof knownWords)[])
        .filter((key) => rule.known.includes(key))
        .map((key) => knownWords[key]),
    ),
    narrative: tellingWords[rule.narrative],
    cases: tellingWords[rule.cases],
    practices: tellingWords[rule.practices],
    attachments: tellingWords[rule.attachments],
    fromOn: rule.fromOn,
    toOn: rule.toOn ?? '',
  }),
};

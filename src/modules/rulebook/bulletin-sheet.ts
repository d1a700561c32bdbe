import { type BulletinForm, sectionKeys, sectionWords, usualWeights } from '../bulletins/bulletin-form.ts';
import { type RhythmPeriod, rhythmPeriodWords } from '../filings/rhythm.ts';
import { linesIn, type RuleColumn } from './cells.ts';
import { basisColumn, dateColumns, joined, nameColumn, type RuleSheet } from './sheet.ts';

type FormRule = Omit<BulletinForm, 'id' | 'fromOn' | 'toOn'> & {
  readonly fromOn: string;
  readonly toOn: string | null;
};

const { special: _special, ...periodWords } = rhythmPeriodWords;
const words: Readonly<Record<Exclude<RhythmPeriod, 'special'>, string>> = periodWords;
const share = (key: string, name: string, usual: number): RuleColumn => ({
  key,
  names: [name],
  width: 12,
  fill: `占百分之几，四项合计一百；不填为 ${usual}`,
});

/** 通报种类: 日报、周通报、月调度、季度点评. */
export const bulletinSheet: RuleSheet<FormRule> = {
  name: '通报种类',
  columns: [
    nameColumn('如：安全生产专项整治周通报'),
    basisColumn,
    {
      key: 'period',
      names: ['多久一期', '多久一次'],
      needed: true,
      width: 12,
      fill: `写${Object.values(words).join('、')}`,
      choices: Object.values(words),
    },
    { key: 'hour', names: ['几点前备好'], needed: true, width: 12, fill: '写成 07:30 这样的时刻，不早于 06:00' },
    {
      key: 'sections',
      names: ['包含哪些部分'],
      needed: true,
      width: 40,
      fill: `用顿号隔开：${Object.values(sectionWords).join('、')}`,
    },
    { key: 'addressee', names: ['主送'], width: 30, fill: '发给谁，如：各镇（街道）' },
    { key: 'called', names: ['被通报单位的称谓'], width: 18, fill: '以“各”开头，如：各镇（街道）；不填为“各单位”' },
    { key: 'copies', names: ['抄送'], width: 24, fill: '抄送谁；没有的不填' },
    share('timeliness', '按期了结权重', usualWeights.timeliness),
    share('age', '逾期时长权重', usualWeights.age),
    share('firstPass', '首次复查权重', usualWeights.firstPass),
    share('lookBack', '回头看权重', usualWeights.lookBack),
    { key: 'atLeast', names: ['至少几件才排名'], width: 14, fill: '在手问题不足几件的不排名，0 到 1000；不填为 3' },
    { key: 'named', names: ['前后各列几名'], width: 12, fill: '1 到 20；不填为 3' },
    { key: 'requests', names: ['下步工作要求'], width: 40, fill: '起草时带出的要求，每段一行' },
    ...dateColumns,
  ],
  read: (cells) => {
    const given = (['timeliness', 'age', 'firstPass', 'lookBack'] as const).some((key) => cells.row.at(key) !== '');
    const weight = (key: keyof typeof usualWeights): number => cells.whole(key, given ? 0 : usualWeights[key], 0, 100);
    return {
      name: cells.text('name', 60, true),
      basis: cells.text('basis', 200, true),
      period: cells.oneOf('period', words),
      hour: cells.hour('hour'),
      sections: cells.someOf('sections', sectionWords),
      addressee: cells.text('addressee', 300),
      called: cells.text('called', 20) || null,
      copies: cells.text('copies', 300),
      weights: {
        timeliness: weight('timeliness'),
        age: weight('age'),
        firstPass: weight('firstPass'),
        lookBack: weight('lookBack'),
      },
      atLeast: cells.whole('atLeast', 3, 0, 1000),
      named: cells.whole('named', 3, 1, 20),
      requests: linesIn(cells.row.at('requests')),
      fromOn: cells.day('fromOn'),
      toOn: cells.dayOrNone('toOn'),
    };
  },
  write: (rule) => ({
    name: rule.name,
    basis: rule.basis,
    period: words[rule.period],
    hour: rule.hour,
    sections: joined(sectionKeys.filter((key) => rule.sections.includes(key)).map((key) => sectionWords[key])),
    addressee: rule.addressee,
    called: rule.called ?? '',
    copies: rule.copies,
    timeliness: String(rule.weights.timeliness),
    age: String(rule.weights.age),
    firstPass: String(rule.weights.firstPass),
    lookBack: String(rule.weights.lookBack),
    atLeast: String(rule.atLeast),
    named: String(rule.named),
    requests: rule.requests.join('\n'),
    fromOn: rule.fromOn,
    toOn: rule.toOn ?? '',
  }),
};

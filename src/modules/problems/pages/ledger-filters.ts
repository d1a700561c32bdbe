import type { ResponseOf } from '../../../kernel/contract.ts';
import type { FilterField } from '../../../platform/web/parts/FilterBar.tsx';
import { oneGovernment } from '../../../platform/web/use-list-query.ts';
import type { problemsApi } from '../api.ts';
import { problemLamps, problemLampWords } from '../lamp.ts';
import { problemLifecycle } from '../lifecycle.ts';
import { gradeWords, problemKindWords, sourceWords } from '../problem.ts';
import type { ProblemQuery } from './problems-client.ts';

export type Choices = ResponseOf<typeof problemsApi.problemChoices>;

/** Every filter that the address may hold. */
export const ledgerDefaults: Partial<ProblemQuery> = {
  q: '',
  kind: [],
  state: [],
  lamp: [],
  grade: undefined,
  source: [],
  batch: '',
  unit: [],
  leadUnit: [],
  sector: [],
  tag: [],
  area: [],
  grid: '',
  enterprise: '',
  plan: '',
  stage: '',
  task: '',
  foundFrom: '',
  foundTo: '',
  enteredFrom: '',
  enteredTo: '',
  dueFrom: '',
  dueTo: '',
  closedFrom: '',
  closedTo: '',
  cell: [],
  openedFrom: '',
  openedTo: '',
  turn: undefined,
  turnFrom: '',
  turnTo: '',
  turnIs: undefined,
  only: [],
  mine: undefined,
  jurisdiction: undefined,
};
export const ledgerLists = [
  'kind',
  'state',
  'lamp',
  'source',
  'unit',
  'leadUnit',
  'sector',
  'tag',
  'area',
  'cell',
  'only',
] as const;

/** Figures link to problems without a sector or area by an empty value. */
export const ledgerOptions = { sort: '-number', blankIn: ['sector', 'area'] as const };
const without = { value: '', label: '（没有写）' };

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export const onlyWords = {
  listed: '挂牌督办',
  reopened: '重新打开过',
  onSpot: '立查立改',
  lateEntry: '迟报',
  sentBack: '复查退回过',
  request: '有申请待批',
  extended: '延过期',
} as const;

/** Filters of the bar; those of `shownFirst` stand in the first row. */
export const shownFirst = 7;
export function ledgerFields(choices: Choices | undefined, hasUnit: boolean): readonly FilterField<ProblemQuery>[] {
  const units = (choices?.units ?? []).map((unit) => ({ value: unit.id, label: unit.name }));
  const named = (list: readonly { id: string; title: string }[] | undefined) =>
    (list ?? []).map((one) => ({ value: one.id, label: one.title }));
  const plain = (list: readonly string[] | undefined) => (list ?? []).map((one) => ({ value: one, label: one }));
  return [
    { key: 'q', label: '关键词', kind: 'text', placeholder: '内容、对象、地点或编号' },
    { key: 'state', label: '状态', kind: 'choices', width: 165, options: optionsOf(problemLifecycle.states) },
    {
      key: 'lamp',
      label: '灯号',
      kind: 'choices',
      width: 165,
      options: problemLamps.map((lamp) => ({ value: lamp, label: problemLampWords[lamp] })),
    },
    { key: 'grade', label: '等级', kind: 'choice', width: 100, options: optionsOf(gradeWords) },
    { key: 'source', label: '来源', kind: 'choices', width: 150, options: optionsOf(sourceWords) },
    { key: 'leadUnit', label: '责任单位', kind: 'choices', width: 170, options: units },
    { key: 'sector', label: '行业领域', kind: 'choices', width: 150, options: [...plain(choices?.sectors), without] },
    { key: 'kind', label: '类别', kind: 'choices', width: 130, options: optionsOf(problemKindWords) },
    { key: 'unit', label: '有关单位', kind: 'choices', width: 170, options: units },
    { key: 'batch', label: '批次', kind: 'choice', width: 200, options: named(choices?.batches) },
    { key: 'tag', label: '标签', kind: 'choices', width: 150, options: plain(choices?.tags) },
    {
      key: 'area',
      label: '镇街',
      kind: 'choices',
      width: 150,
      options: [...(choices?.areas ?? []).map((area) => ({ value: area.code, label: area.name })), without],
    },
    { key: 'plan', label: '方案', kind: 'choice', width: 200, options: named(choices?.plans) },
    { key: 'only', label: '只看', kind: 'choices', width: 150, options: optionsOf(onlyWords) },
    { key: 'foundFrom', label: '发现从', kind: 'day' },
    { key: 'foundTo', label: '到', kind: 'day' },
    { key: 'dueFrom', label: '时限从', kind: 'day' },
    { key: 'dueTo', label: '到', kind: 'day' },
    { key: 'closedFrom', label: '销号从', kind: 'day' },
    { key: 'closedTo', label: '到', kind: 'day' },
    ...(hasUnit
      ? [
          {
            key: 'mine' as const,
            label: '与我单位',
            kind: 'choice' as const,
            width: 140,
            options: [
              { value: 'lead', label: '我单位负责' },
              { value: 'led', label: '负责（含下属）' },
              { value: 'co', label: '我单位配合' },
              { value: 'supervised', label: '我单位督办' },
              { value: 'found', label: '我单位登记' },
            ],
          },
        ]
      : []),
  ];
}

const turnWords: Readonly<Record<string, string>> = {
  registered: '登记',
  rechecked: '复查',
  closed: '销号',
  withdrawn: '撤回',
  merged: '并入',
  unfounded: '认定查不属实',
  reopened: '重新打开',
  ended: '了结',
  otherEnd: '撤回、并入或者查不属实',
  began: '登记或重新打开',
};
const turnIsWords: Readonly<Record<string, string>> = {
  late: '逾期（迟报）的',
  onTime: '按期的',
  onSpot: '立查立改的',
  atGrid: '网格上解决的',
  passed: '通过的',
  failed: '退回的',
  firstPassed: '首次复查通过的',
  first: '首次复查的',
};

/** Filters that came with a link (from a figure, an enterprise, a task) and have no control in the bar, in words. */
export function linkedFilters(query: ProblemQuery): readonly string[] {
  const days = (from: string | undefined, to: string | undefined): string =>
    from && to ? (from === to ? from : `${from} 至 ${to}`) : from ? `${from} 起` : to ? `${to} 止` : '';
  const said: string[] = [];
  if (query.enterprise) said.push('某一家企业（场所）的问题');
  if (query.task) said.push('某一件任务的问题');
  if (query.stage) said.push('方案某一阶段的问题');
  if (query.grid) said.push(`网格“${query.grid}”`);
  if (query.cell?.length) said.push('地图上某一处的问题');
  if (query.enteredFrom || query.enteredTo) said.push(`登记日期 ${days(query.enteredFrom, query.enteredTo)}`);
  if (query.openedFrom || query.openedTo) said.push(`本轮开始于 ${days(query.openedFrom, query.openedTo)}`);
  if (query.turn)
    said.push(
      `${days(query.turnFrom, query.turnTo)} ${turnWords[query.turn] ?? ''}${query.turnIs ? `，${turnIsWords[query.turnIs] ?? ''}` : ''}（一件不止一次的只列一行）`.trim(),
    );
  if (query.jurisdiction) said.push(oneGovernment);
  return said;
}

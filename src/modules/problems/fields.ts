import type { ProblemState } from './lifecycle.ts';
import { isOpen } from './lifecycle.ts';
import type { Problem } from './problem.ts';

/**
 * From which moment a field can no longer be corrected. registered: never again, it belongs to the registration or has an
 * action of its own; done: once its rectification was reported done for the first time, so that what was found cannot be
 * bent to what was repaired; ended: as long as the problem is open.
 */
export type Seal = 'registered' | 'done' | 'ended';

/** From which moment a field must be filled; major: only for a major hazard; null: it may stay empty. */
export type Required = 'registered' | 'toRecheck' | 'majorToRecheck' | null;

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly required: Required;
  readonly sealed: Seal;
  /** How it changes where 更正 does not change it. */
  readonly by?: string;
}

/** The field table of the ledger: read by the server, the pages and the generated docs. */
export const problemFields: readonly Field[] = [
  { name: 'number', label: '编号', required: 'registered', sealed: 'registered', by: '编号由系统给出，永不重用' },
  { name: 'kind', label: '类别', required: 'registered', sealed: 'done' },
  { name: 'title', label: '标题', required: 'registered', sealed: 'done' },
  { name: 'text', label: '问题描述', required: 'registered', sealed: 'done' },
  { name: 'source', label: '来源', required: 'registered', sealed: 'registered' },
  { name: 'originalNumber', label: '来文编号', required: null, sealed: 'registered' },
  { name: 'foundOn', label: '发现日期', required: 'registered', sealed: 'registered' },
  { name: 'enteredOn', label: '登记日期', required: 'registered', sealed: 'registered', by: '登记当天' },
  { name: 'registeredBy', label: '登记人', required: 'registered', sealed: 'registered', by: '登记时的账号' },
  { name: 'enterpriseId', label: '企业或场所', required: null, sealed: 'done' },
  { name: 'subject', label: '涉及对象', required: null, sealed: 'done' },
  { name: 'place', label: '地点', required: null, sealed: 'done' },
  { name: 'sector', label: '行业领域', required: null, sealed: 'done' },
  { name: 'tags', label: '标签', required: null, sealed: 'ended' },
  { name: 'measures', label: '整改要求', required: null, sealed: 'done' },
  { name: 'supervisingUnitId', label: '督办单位', required: null, sealed: 'done' },
  { name: 'leadUnitId', label: '责任单位', required: 'registered', sealed: 'registered', by: '改派、裁定' },
  { name: 'grade', label: '等级', required: 'registered', sealed: 'registered', by: '判定等级' },
  { name: 'dueOn', label: '整改时限', required: 'registered', sealed: 'registered', by: '延期、治理计划、重新打开' },
  { name: 'firstDueOn', label: '最初时限', required: 'registered', sealed: 'registered' },
  { name: 'personName', label: '责任人', required: null, sealed: 'ended', by: '明确责任人' },
  { name: 'five', label: '五落实', required: 'majorToRecheck', sealed: 'done', by: '填报五落实' },
  { name: 'evidence', label: '本轮整改材料', required: 'toRecheck', sealed: 'registered', by: '只能增加' },
];

/** What the form of 更正 may hold. */
export const correctableFields = [
  'kind',
  'title',
  'text',
  'enterpriseId',
  'subject',
  'place',
  'sector',
  'tags',
  'measures',
  'supervisingUnitId',
] as const;
export type CorrectableField = (typeof correctableFields)[number];

type Life = Pick<Problem, 'state' | 'doneOn' | 'sentBack' | 'cycle'>;

/** Was the rectification reported done before, in this or an earlier round? */
export const everDone = (problem: Life): boolean =>
  problem.doneOn !== null || problem.sentBack > 0 || problem.cycle > 1 || closing.includes(problem.state);
const closing: readonly ProblemState[] = ['toRecheck', 'toClose', 'closed'];

export function isSealed(problem: Life, name: string): boolean {
  const field = problemFields.find((one) => one.name === name);
  if (!field || field.sealed === 'registered') return true;
  return field.sealed === 'done' ? everDone(problem) || !isOpen(problem.state) : !isOpen(problem.state);
}

/** Fields that may still be corrected, in the order of the table. */
export const correctable = (problem: Life): CorrectableField[] =>
  correctableFields.filter((name) => !isSealed(problem, name));

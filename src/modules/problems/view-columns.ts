import { type Day, daysBetween } from '../../kernel/day.ts';
import { lampOf, lampReason, problemLampWords } from './lamp.ts';
import { type ProblemState, problemLifecycle } from './lifecycle.ts';
import {
  type Five,
  type FivePart,
  fiveParts,
  fiveWords,
  type Grade,
  gradeWords,
  type ProblemKind,
  problemKindWords,
  type SourceType,
  sourceWords,
} from './problem.ts';

/** A problem as exports and list views read it: the row with its names. Days are YYYY-MM-DD. */
export interface ExportLine {
  readonly id: string;
  readonly number: string;
  readonly kind: ProblemKind;
  readonly title: string;
  readonly text: string;
  readonly sourceType: SourceType;
  readonly originalNumber: string | null;
  readonly batchTitle: string | null;
  readonly finder: string | null;
  readonly foundOn: Day;
  readonly enteredOn: Day;
  readonly registeredByName: string;
  readonly subject: string | null;
  readonly address: string | null;
  readonly areaCode: string | null;
  readonly grid: string | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  readonly sector: string | null;
  readonly tags: readonly string[];
  readonly planTitle: string | null;
  readonly grade: Grade;
  readonly judgedOn: string | null;
  readonly judgedByName: string | null;
  readonly criteriaName: string | null;
  readonly clauses: string | null;
  readonly measures: string | null;
  readonly leadUnitName: string;
  readonly coUnitNames: readonly string[];
  readonly supervisingUnitName: string | null;
  readonly personName: string | null;
  readonly state: ProblemState;
  readonly firstDueOn: Day;
  readonly dueOn: Day;
  readonly amberOn: Day;
  readonly extensions: number;
  readonly five: Five;
  readonly receivedOn: Day | null;
  readonly doneOn: Day | null;
  readonly doneByName: string | null;
  readonly recheckedOn: Day | null;
  readonly recheckedByName: string | null;
  readonly closedOn: Day | null;
  readonly closedByName: string | null;
  readonly sentBack: number;
  readonly cycle: number;
  readonly onSpot: boolean;
  readonly controlMeasures: string | null;
  readonly listedOn: Day | null;
  readonly delistedOn: Day | null;
  /** Newest entry of progress; only read where a column asks for it. */
  readonly progress: string | null;
}

/** What a cell of a list holds; a day is shown as a date. */
export type CellValue = string | number | { readonly day: string } | null;

export interface ViewField {
  readonly word: string;
  readonly width: number;
  readonly value: (line: ExportLine, today: Day) => CellValue;
}

const day = (text: string | null): CellValue => (text === null ? null : { day: text });
const list = (words: readonly string[]): string => words.join('、');
const fiveField = (part: FivePart): ViewField => ({
  word: fiveWords[part],
  width: 28,
  value: ({ five }) => {
    const settled = five[part];
    return settled ? `${settled.text}${settled.on ? `（${settled.on}）` : ''}` : null;
  },
});

/** Every field that a list may show, in the order in which choices offer them. */
export const viewFields = {
  number: { word: '问题编号', width: 15, value: (line) => line.number },
  originalNumber: { word: '原编号', width: 12, value: (line) => line.originalNumber },
  kind: { word: '类别', width: 9, value: (line) => problemKindWords[line.kind] },
  title: { word: '问题', width: 32, value: (line) => line.title },
  text: { word: '问题描述', width: 48, value: (line) => line.text },
  grade: { word: '等级', width: 7, value: (line) => gradeWords[line.grade] },
  subject: { word: '企业（场所）', width: 26, value: (line) => line.subject },
  address: { word: '地址', width: 28, value: (line) => line.address },
  areaCode: { word: '区划代码', width: 12, value: (line) => line.areaCode },
  grid: { word: '网格', width: 14, value: (line) => line.grid },
  longitude: { word: '经度', width: 11, value: (line) => line.longitude },
  latitude: { word: '纬度', width: 11, value: (line) => line.latitude },
  sector: { word: '行业领域', width: 14, value: (line) => line.sector ?? '综合' },
  tags: { word: '标签', width: 16, value: (line) => list(line.tags) },
  plan: { word: '专项方案', width: 26, value: (line) => line.planTitle },
  source: { word: '来源', width: 14, value: (line) => sourceWords[line.sourceType] },
  batch: { word: '来源清单', width: 26, value: (line) => line.batchTitle },
  finder: { word: '检查组（人）', width: 16, value: (line) => line.finder },
  foundOn: { word: '发现日期', width: 12, value: (line) => day(line.foundOn) },
  enteredOn: { word: '登记日期', width: 12, value: (line) => day(line.enteredOn) },
  entryDays: {
    word: '登记用时（天）',
    width: 10,
    value: (line) => daysBetween(line.foundOn, line.enteredOn),
  },
  registeredBy: { word: '登记人', width: 10, value: (line) => line.registeredByName },
  leadUnit: { word: '责任单位', width: 20, value: (line) => line.leadUnitName },
  coUnits: { word: '配合单位', width: 22, value: (line) => list(line.coUnitNames) },
  supervisingUnit: { word: '督办单位', width: 18, value: (line) => line.supervisingUnitName },
  person: { word: '责任人', width: 10, value: (line) => line.personName },
  measures: { word: '整改措施', width: 36, value: (line) => line.measures },
  funds: fiveField('funds'),
  fivePerson: fiveField('person'),
  timeLimit: fiveField('timeLimit'),
  emergencyPlan: fiveField('emergencyPlan'),
  five: {
    word: '五落实',
    width: 30,
    value: ({ five, grade }) => {
      if (grade !== 'major') return null;
      const missing = fiveParts.filter((part) => five[part] === undefined).map((part) => fiveWords[part]);
      return missing.length === 0 ? '齐全' : `缺${list(missing)}`;
    },
  },
  judgedOn: { word: '判定日期', width: 12, value: (line) => day(line.judgedOn) },
  judgedBy: { word: '判定人', width: 10, value: (line) => line.judgedByName },
  criteria: { word: '判定标准', width: 24, value: (line) => line.criteriaName },
  clauses: { word: '判定条款', width: 36, value: (line) => line.clauses },
  firstDueOn: { word: '最初时限', width: 12, value: (line) => day(line.firstDueOn) },
  dueOn: { word: '整改时限', width: 12, value: (line) => day(line.dueOn) },
  extensions: { word: '延期次数', width: 9, value: (line) => line.extensions },
  state: { word: '状态', width: 11, value: (line) => problemLifecycle.states[line.state] },
  lamp: {
    word: '灯号',
    width: 18,
    value: (line, today) => {
      const reason = lampReason(line, today);
      return `${problemLampWords[lampOf(line, today)]}${reason === '' ? '' : `：${reason}`}`;
    },
  },
  progress: { word: '整改情况', width: 40, value: (line) => line.progress },
  receivedOn: { word: '签收日期', width: 12, value: (line) => day(line.receivedOn) },
  doneOn: { word: '完成时间', width: 12, value: (line) => day(line.doneOn) },
  doneBy: { word: '报告完成人', width: 11, value: (line) => line.doneByName },
  recheckedOn: { word: '复查日期', width: 12, value: (line) => day(line.recheckedOn) },
  recheckedBy: { word: '复查人', width: 10, value: (line) => line.recheckedByName },
  closedOn: { word: '销号日期', width: 12, value: (line) => day(line.closedOn) },
  closedBy: { word: '销号人', width: 10, value: (line) => line.closedByName },
  isClosed: { word: '是否销号', width: 9, value: (line) => (line.state === 'closed' ? '是' : '否') },
  sentBack: { word: '复查退回次数', width: 11, value: (line) => line.sentBack },
  reopened: { word: '重新打开次数', width: 11, value: (line) => line.cycle - 1 },
  onSpot: { word: '立查立改', width: 9, value: (line) => (line.onSpot ? '是' : '') },
  controlMeasures: { word: '管控措施', width: 30, value: (line) => line.controlMeasures },
  listed: {
    word: '挂牌督办',
    width: 22,
    value: ({ listedOn, delistedOn }) =>
      listedOn === null ? null : `${listedOn}挂牌${delistedOn === null ? '' : `，${delistedOn}摘牌`}`,
  },
  note: { word: '备注', width: 16, value: () => null },
} as const satisfies Record<string, ViewField>;
export type ViewFieldKey = keyof typeof viewFields;
export const viewFieldKeys = Object.keys(viewFields) as ViewFieldKey[];

/** A column of a list: a field, or 序号; under the district's own words where it has some. */
export interface ViewColumn {
  readonly field: ViewFieldKey | 'index';
  readonly header?: string;
  readonly width?: number;
}

export interface ColumnShown {
  readonly header: string;
  readonly width: number;
  readonly value: (line: ExportLine, index: number, today: Day) => CellValue;
}

/** Columns with their headings, widths and values. */
export const shownColumns = (columns: readonly ViewColumn[]): ColumnShown[] =>
  columns.map(({ field, header, width }) => {
    if (field === 'index') return { header: header || '序号', width: width ?? 6, value: (_, index) => index };
    const known: ViewField = viewFields[field];
    return {
      header: header || known.word,
      width: width ?? known.width,
      value: (line, _, today) => known.value(line, today),
    };
  });

/** All fields: what a full export holds. */
export const allColumns: readonly ViewColumn[] = viewFieldKeys
  .filter((field) => field !== 'note')
  .map((field) => ({ field }));

/** Columns of an export from the ledger without a view. */
export const usualColumns: readonly ViewColumn[] = [
  { field: 'index' },
  ...(
    [
      ...([
        'number',
        'kind',
        'title',
        'text',
        'grade',
        'subject',
        'address',
        'sector',
        'source',
        'foundOn',
        'enteredOn',
      ] as const),
      ...([
        'leadUnit',
        'coUnits',
        'supervisingUnit',
        'person',
        'measures',
        'dueOn',
        'state',
        'lamp',
        'progress',
        'doneOn',
      ] as const),
      ...(['recheckedOn', 'closedOn', 'originalNumber', 'tags'] as const),
    ] as const
  ).map((field) => ({ field })),
];

/** A cell as text for a table on a page. */
export const cellText = (value: CellValue): string =>
  value === null ? '' : typeof value === 'object' ? value.day : String(value);

/** A cell of a CSV: quoted where needed; text that a spreadsheet would take for a formula begins with an apostrophe. */
export function csvCell(value: CellValue): string {
  if (typeof value === 'number') return String(value);
  const text = cellText(value);
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

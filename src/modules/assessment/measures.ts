/** Which room's ledger a measure is counted in. */
export type MeasureSource = 'tasks' | 'problems' | 'lookBacks' | 'filings' | 'meetings' | 'targets' | 'pressure';

export type Narrowing = 'sectors' | 'tags' | 'major' | 'plan';

/** One figure of the fixed vocabulary: what it is, in which direction it is good, and what it is worked out from. */
export interface Measure {
  readonly word: string;
  readonly unit: '%' | '天' | '次' | '条';
  readonly better: 'more' | 'less';
  readonly source: MeasureSource;
  /** How it is worked out, as a scheme prints it. */
  readonly means: string;
  /** May be narrowed to sectors, to a plan, to a tag, to major problems. */
  readonly narrows: readonly Narrowing[];
}

const ofTasks = { source: 'tasks', narrows: ['sectors', 'plan'] } as const;
const ofProblems = { source: 'problems', narrows: ['sectors', 'tags', 'major', 'plan'] } as const;

/** The vocabulary from which computed indicators are made. None of them counts how much was entered. */
export const measures = {
  taskOnTime: {
    ...ofTasks,
    word: '任务按时办结率',
    unit: '%',
    better: 'more',
    means: '考核期内按时办结的任务÷（考核期内办结的任务＋逾期未办结的任务）',
  },
  taskLateShare: {
    ...ofTasks,
    word: '任务逾期率',
    unit: '%',
    better: 'less',
    means: '逾期未办结的任务÷在办任务',
  },
  taskLongest: {
    ...ofTasks,
    word: '任务最长逾期天数',
    unit: '天',
    better: 'less',
    means: '逾期未办结的任务中逾期最久的一项的天数；没有在办也没有办结任务的不考',
  },
  problemOnTime: {
    ...ofProblems,
    word: '问题按期整改率',
    unit: '%',
    better: 'more',
    means: '考核期内按期整改销号的问题÷（考核期内销号的问题＋逾期未销号的问题）',
  },
  problemLateShare: {
    ...ofProblems,
    word: '问题逾期率',
    unit: '%',
    better: 'less',
    means: '逾期未销号的问题÷未销号的问题',
  },
  problemLongest: {
    ...ofProblems,
    word: '问题最长逾期天数',
    unit: '天',
    better: 'less',
    means: '逾期未销号的问题中逾期最久的一条的天数；没有未销号也没有销号问题的不考',
  },
  problemFirstPass: {
    ...ofProblems,
    word: '复查一次通过率',
    unit: '%',
    better: 'more',
    means: '考核期内首次复查即通过的问题÷首次复查的问题',
  },
  problemReopened: {
    ...ofProblems,
    word: '问题重新打开率',
    unit: '%',
    better: 'less',
    means: '考核期内重新打开的问题÷考核期内销号的问题，最多按100%计',
  },
  stockCleared: {
    ...ofProblems,
    word: '存量问题化解率',
    unit: '%',
    better: 'more',
    means: '考核期开始时的未销号问题中已经化解的÷考核期开始时的未销号问题',
  },
  lookBackQuality: {
    source: 'lookBacks',
    narrows: [],
    word: '回头看合格率',
    unit: '%',
    better: 'more',
    means: '考核期内回头看核查仍然整改到位的问题÷核查过的问题',
  },
  filingOnTime: {
    source: 'filings',
    narrows: [],
    word: '报送按时率',
    unit: '%',
    better: 'more',
    means: '考核期内到期的报送中按时报送的次数÷到期应报的次数',
  },
  filingMissing: {
    source: 'filings',
    narrows: [],
    word: '漏报次数',
    unit: '次',
    better: 'less',
    means: '考核期内应报而到期仍没有报的次数；没有报送要求的不考',
  },
  meetingsHeld: {
    source: 'meetings',
    narrows: [],
    word: '会议按要求召开率',
    unit: '%',
    better: 'more',
    means: '本单位召集的会议中，现行各项要求本期已经召开的次数÷截至当日应当召开的次数，每项最多按应召开的次数计',
  },
  targetsMet: {
    source: 'targets',
    narrows: [],
    word: '责任书目标完成率',
    unit: '%',
    better: 'more',
    means:
      '达到的目标÷责任书中有结果的目标；事故、隐患整改、任务办结、报送等由系统按台账计算，其他目标用人工登记、附有证明的结果，并注明是谁登记的',
  },
  measuresReceived: {
    source: 'pressure',
    narrows: [],
    word: '受到督促措施次数',
    unit: '次',
    better: 'less',
    means: '考核期内受到警示、约谈、通报、曝光等措施的次数',
  },
} as const satisfies Readonly<Record<string, Measure>>;

export type MeasureCode = keyof typeof measures;
export const measureCodes = Object.keys(measures) as MeasureCode[];

/** A counted part of a measure and the list in which exactly the counted records stand; `to` null: there is no list. */
export interface Counted {
  readonly word: string;
  readonly count: number;
  readonly to: string | null;
  readonly query: Readonly<Record<string, string | string[]>>;
}

/** What a measure came to for one unit; `value` null: there was nothing to measure, the indicator does not apply. */
export interface Measured {
  readonly value: number | null;
  readonly parts: readonly Counted[];
}

/** A share in percent with two decimals; null of nothing. */
export const percentOf = (part: number, whole: number): number | null =>
  whole <= 0 ? null : Math.round((Math.min(part, whole) / whole) * 10_000) / 100;

/** 92.5%, 3天: as tables show a value. */
export const valueInWords = (code: MeasureCode, value: number | null): string =>
  value === null ? '不考' : `${value}${measures[code].unit}`;

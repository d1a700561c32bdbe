import { type MeasureCode, measures } from './measures.ts';
import { type Scoring, scoringInWords } from './scoring.ts';

export const indicatorParts = { common: '共性指标', individual: '个性指标', bonus: '加分项', malus: '扣分项' } as const;
export type IndicatorPart = keyof typeof indicatorParts;
export const partCodes = Object.keys(indicatorParts) as IndicatorPart[];

/** What becomes of the points of an indicator for a unit that has nothing to measure. */
export const noneWords = { rescale: '不考，分值按比例分摊到其余指标', full: '得满分', zero: '不得分' } as const;
export type WhenNone = keyof typeof noneWords;
export const noneCodes = Object.keys(noneWords) as WhenNone[];

/** Which part of the ledger a computed indicator looks at; empty: all of it. */
export interface Narrow {
  readonly sectors: readonly string[];
  readonly tags: readonly string[];
  readonly major: boolean;
  /** Title of an adopted plan, so that a campaign (专项整治) counts by itself; empty or absent: all plans. */
  readonly plan?: string;
}

export interface Indicator {
  /** Unique in the scheme; names the line in sheets, appeals and snapshots. */
  readonly code: string;
  readonly name: string;
  readonly part: IndicatorPart;
  /** Units and classes (as documents name them) to which it applies; empty: all that the scheme assesses. */
  readonly units: readonly string[];
  /** Points; for bonus and malus the most that it can come to. */
  readonly weight: number;
  /** Never fewer points than this; not for bonus and malus. */
  readonly floor: number;
  readonly by: 'ledger' | 'hand';
  /** Of a computed one; null where it is scored by hand. */
  readonly measure: MeasureCode | null;
  readonly scoring: Scoring | null;
  readonly narrow: Narrow;
  readonly whenNone: WhenNone;
  /** Of one scored by hand: the unit that scores, and what is looked at. */
  readonly scorer: string | null;
  readonly asks: string;
}

export interface Grade {
  readonly code: string;
  readonly name: string;
  /** From this score on. */
  readonly from: number;
  /** At most this share of all assessed units, in percent; null: no limit. */
  readonly quota: number | null;
}

export interface VetoKind {
  readonly code: string;
  readonly name: string;
  /** `override`: the grade is this one; `cap`: no better than this one. */
  readonly effect: 'override' | 'cap';
  readonly grade: string;
}

/** What one version of a scheme says: data of the district, from import or the editor; nothing of it is in code. */
export interface SchemeBody {
  readonly title: string;
  readonly year: number;
  /** Document on which it rests. */
  readonly basis: string;
  readonly objects: {
    readonly word: string;
    /** Units and classes as documents name them; who belongs to a class on a day is data of the units. */
    readonly units: readonly string[];
    readonly without: readonly string[];
  };
  readonly from: string;
  readonly to: string;
  readonly total: number;
  readonly floor: number;
  readonly bonusCap: number;
  readonly malusCap: number;
  readonly indicators: readonly Indicator[];
  /** The best first; the last one takes all that is left. */
  readonly grades: readonly Grade[];
  readonly vetoes: readonly VetoKind[];
  /** 与部门绩效考核等级挂钩: what follows from a grade. */
  readonly coupling: readonly { readonly grade: string; readonly says: string }[];
  readonly selfDays: number;
  readonly appealDays: number;
  /** 对照细则自评: a unit that claims points for a line scored by hand must attach what proves it. */
  readonly selfEvidence?: boolean;
}

export const everything: Narrow = { sectors: [], tags: [], major: false };
export const counts = (indicator: Pick<Indicator, 'part'>): boolean =>
  indicator.part === 'common' || indicator.part === 'individual';

/** 消防安全；重大: what a computed indicator is narrowed to, in words; empty where it looks at everything. */
export const narrowInWords = ({ sectors, tags, major, plan = '' }: Narrow): string =>
  [
    sectors.length > 0 ? `限${sectors.join('、')}` : '',
    tags.length > 0 ? `限标签${tags.join('、')}` : '',
    major ? '限重大隐患' : '',
    plan !== '' ? `限《${plan}》` : '',
  ]
    .filter((one) => one !== '')
    .join('，');

/** A sentence without its full stop, to go on with. */
export const bare = (text: string): string => text.trim().replace(/[。；，\s]+$/u, '');

/** How an indicator is scored, as a scheme prints it. */
export function ruleInWords(indicator: Indicator): string {
  if (indicator.by === 'hand')
    return `由${indicator.scorer ?? '安委办'}打分：${indicator.asks === '' ? '凭证据评定' : bare(indicator.asks)}`;
  if (indicator.measure === null || indicator.scoring === null) return '没有写明取数口径';
  const narrow = narrowInWords(indicator.narrow);
  const rule = scoringInWords(indicator.scoring, indicator.measure, indicator.weight, indicator.part === 'malus');
  const none = counts(indicator) ? `；没有可考内容的${noneWords[indicator.whenNone]}` : '';
  const floor = indicator.floor > 0 ? `；最低${indicator.floor}分` : '';
  return `${measures[indicator.measure].word}${narrow === '' ? '' : `（${narrow}）`}：${rule}${floor}${none}`;
}

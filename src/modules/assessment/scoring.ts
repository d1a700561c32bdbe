import { type Measure, type MeasureCode, measures } from './measures.ts';

/** How a value becomes points. Shares are percent of the weight. A rule may never reward what is worse. */
export type Scoring =
  /** No points at `zeroAt`, all at `fullAt`, evenly between. */
  | { readonly kind: 'linear'; readonly zeroAt: number; readonly fullAt: number }
  /** `base` below the first step; from each step on its share. */
  | { readonly kind: 'step'; readonly base: number; readonly steps: readonly Mark[] }
  /** Straight lines from point to point, level before the first and after the last. */
  | { readonly kind: 'piecewise'; readonly points: readonly Mark[] }
  /** Each one beyond `free` takes (or, where more is better, gives) so many points. */
  | { readonly kind: 'each'; readonly free: number; readonly points: number };

export interface Mark {
  readonly at: number;
  /** Percent of the weight, 0–100. */
  readonly share: number;
}
export type ScoringKind = Scoring['kind'];
export const scoringWords: Readonly<Record<ScoringKind, string>> = {
  linear: '按比例',
  step: '分档',
  piecewise: '分段按比例',
  each: '逐项加减',
};

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

function between(points: readonly Mark[], value: number): number {
  const first = points[0];
  if (first === undefined || value <= first.at) return first?.share ?? 0;
  for (let at = 1; at < points.length; at += 1) {
    const [from, to] = [points[at - 1], points[at]];
    if (from === undefined || to === undefined) break;
    if (value <= to.at) return from.share + ((to.share - from.share) * (value - from.at)) / (to.at - from.at);
  }
  return points.at(-1)?.share ?? 0;
}

/** The achieved share of the weight, 0–1: never falls when the value gets better. Weight in points, above 0. */
export function achieved(scoring: Scoring, better: Measure['better'], weight: number, value: number): number {
  switch (scoring.kind) {
    case 'linear': {
      const { zeroAt, fullAt } = scoring;
      if (zeroAt === fullAt) return 0;
      return clamp((value - zeroAt) / (fullAt - zeroAt), 0, 1);
    }
    case 'step': {
      const reached = scoring.steps.filter((step) => value >= step.at).at(-1);
      return clamp((reached?.share ?? scoring.base) / 100, 0, 1);
    }
    case 'piecewise':
      return clamp(between(scoring.points, value) / 100, 0, 1);
    case 'each': {
      const points = Math.max(0, value - scoring.free) * scoring.points;
      return clamp((better === 'less' ? weight - points : points) / weight, 0, 1);
    }
  }
}

const rises = (values: readonly number[], strictly = false): boolean =>
  values.every((value, at) => at === 0 || (strictly ? value > (values[at - 1] ?? 0) : value >= (values[at - 1] ?? 0)));

/** What is wrong with a rule for a measure, in Chinese; null: nothing. */
export function scoringTrouble(scoring: Scoring, code: MeasureCode): string | null {
  const { better, word } = measures[code];
  const direction = better === 'more' ? '越高越好' : '越低越好';
  const marked = (marks: readonly Mark[], base: readonly number[]): string | null => {
    if (marks.length === 0) return '请至少写一个计分点';
    if (marks.some((mark) => mark.share < 0 || mark.share > 100) || base.some((share) => share < 0 || share > 100))
      return '计分点的得分应在0到100%之间';
    const places = marks.map((mark) => mark.at);
    if (!rises(places, true)) return '计分点应从小到大排列，不能重复';
    const shares = [...base, ...marks.map((mark) => mark.share)];
    if (!rises(better === 'more' ? shares : shares.map((share) => -share)))
      return `「${word}」${direction}，计分点的得分走向反了`;
    return null;
  };
  switch (scoring.kind) {
    case 'linear':
      if (scoring.zeroAt === scoring.fullAt) return '得零分的值和得满分的值不能相同';
      return (better === 'more') === scoring.fullAt > scoring.zeroAt
        ? null
        : `「${word}」${direction}，得零分和得满分的值写反了`;
    case 'step':
      return marked(scoring.steps, [scoring.base]);
    case 'piecewise':
      return scoring.points.length < 2 ? '分段按比例至少要两个计分点' : marked(scoring.points, []);
    case 'each':
      if (scoring.points <= 0) return '每项的分数应大于0';
      return scoring.free < 0 ? '不计分的数目不能小于0' : null;
  }
}

/** The rule as a scheme prints it. Weight in points. */
export function scoringInWords(scoring: Scoring, code: MeasureCode, weight: number, malus = false): string {
  const { unit, better } = measures[code];
  const at = (value: number): string => `${value}${unit}`;
  const part = (share: number): string => `${round(malus ? weight * (1 - share / 100) : (weight * share) / 100)}分`;
  const [gets, full] = malus ? ['扣', '扣'] : ['得', '得'];
  switch (scoring.kind) {
    case 'linear': {
      const bad = `${better === 'more' ? '不高于' : '不低于'}${at(scoring.zeroAt)}${gets}${part(0)}`;
      const good = `${better === 'more' ? '达到' : '不高于'}${at(scoring.fullAt)}${full}${part(100)}`;
      return `${bad}，${good}，之间按比例`;
    }
    case 'step': {
      const [first] = scoring.steps;
      const below = first === undefined ? '' : `不到${at(first.at)}${gets}${part(scoring.base)}；`;
      return `${below}${scoring.steps.map((step) => `${at(step.at)}及以上${gets}${part(step.share)}`).join('；')}`;
    }
    case 'piecewise':
      return `${scoring.points.map((point) => `${at(point.at)}${gets}${part(point.share)}`).join('，')}，之间按比例`;
    case 'each': {
      const free = scoring.free > 0 ? `超过${at(scoring.free)}后，` : '';
      const verb = malus || better === 'less' ? '扣' : '得';
      return `${free}每${unit === '%' ? '1个百分点' : `1${unit}`}${verb}${scoring.points}分，${verb}完${round(weight)}分为止`;
    }
  }
}

/** Points with two decimals. */
export const round = (points: number): number => Math.round((points + Number.EPSILON) * 100) / 100;

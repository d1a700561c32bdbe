import { shareOf } from '../problems/figures.ts';
import type { Weights } from './bulletin-form.ts';

/** What a unit is ranked by. Nothing here grows by entering more problems. */
export interface Measured {
  readonly unitId: string;
  readonly name: string;
  /** Closed within the period: in time, and late. */
  readonly closedInTime: number;
  readonly closedLate: number;
  /** Open at the end: not overdue, and overdue. */
  readonly openInTime: number;
  readonly overdue: number;
  /** Days by which the oldest open problem is overdue; 0: none is. */
  readonly longest: number;
  /** First rechecks within the period, and of these passed. */
  readonly firstChecked: number;
  readonly firstPassed: number;
  /** Looked back at within the period, and of these still in order. */
  readonly lookedBack: number;
  readonly still: number;
}

/** Marks of 0–100; null where nothing can be said. */
export interface Ranked {
  readonly unitId: string;
  readonly name: string;
  readonly rank: number;
  readonly score: number;
  readonly timeliness: number | null;
  readonly age: number | null;
  readonly firstPass: number | null;
  readonly lookBack: number | null;
  readonly longest: number;
}

const inHand = (one: Measured): number => one.closedInTime + one.closedLate + one.openInTime + one.overdue;

/** Marks of a unit, each with one decimal. */
export function marksOf(one: Measured): Pick<Ranked, 'timeliness' | 'age' | 'firstPass' | 'lookBack'> {
  return {
    timeliness: shareOf(one.closedInTime + one.openInTime, inHand(one)),
    age: inHand(one) === 0 ? null : Math.max(0, 100 - one.longest),
    firstPass: shareOf(one.firstPassed, one.firstChecked),
    lookBack: shareOf(one.still, one.lookedBack),
  };
}

/** The score: the weighted mean of the marks that there are, with one decimal; null where none weighs anything. */
export function scoreOf(marks: ReturnType<typeof marksOf>, weights: Weights): number | null {
  let sum = 0;
  let weight = 0;
  for (const key of ['timeliness', 'age', 'firstPass', 'lookBack'] as const) {
    const mark = marks[key];
    if (mark === null) continue;
    sum += mark * weights[key];
    weight += weights[key];
  }
  return weight === 0 ? null : Math.round((sum / weight) * 10) / 10;
}

export interface Ranking {
  readonly best: readonly Ranked[];
  readonly worst: readonly Ranked[];
  /** How many units were ranked, and how many had too little in hand. */
  readonly ranked: number;
  readonly leftOut: number;
}

/**
 * The best and the worst. Equal scores share a rank and are all named, so there may be more than `named`; no unit is among
 * both: where few are ranked, fewer are named.
 */
export function rankingOf(
  all: readonly Measured[],
  weights: Weights,
  { atLeast, named }: { readonly atLeast: number; readonly named: number },
): Ranking {
  const enough = all.filter((one) => inHand(one) >= Math.max(1, atLeast));
  const scored = enough
    .flatMap((one) => {
      const marks = marksOf(one);
      const score = scoreOf(marks, weights);
      return score === null ? [] : [{ unitId: one.unitId, name: one.name, score, ...marks, longest: one.longest }];
    })
    .sort((a, b) => b.score - a.score || (a.unitId < b.unitId ? -1 : 1));
  const ranked = scored.map(
    (one): Ranked => ({ ...one, rank: scored.filter((other) => other.score > one.score).length + 1 }),
  );
  const most = Math.min(named, Math.floor(ranked.length / 2));
  const best = ranked.filter((one) => one.rank <= most);
  const fromBelow = (one: Ranked): number => ranked.filter((other) => other.score < one.score).length + 1;
  const worst = ranked
    .filter((one) => fromBelow(one) <= most && !best.some((other) => other.unitId === one.unitId))
    .reverse();
  // who had nothing at all in hand was not left out
  const busy = all.filter((one) => inHand(one) > 0).length;
  return { best, worst, ranked: ranked.length, leftOut: busy - ranked.length };
}

/** The rule in words, as the bulletin prints it. */
export function ruleInWords(weights: Weights, { atLeast }: { readonly atLeast: number }): string {
  const parts = [
    ['按期了结率', weights.timeliness, '本期按期销号和期末未逾期的占本期在手问题的比例'],
    ['逾期时长', weights.age, '满分一百，最长逾期每一天减一分'],
    ['首次复查通过率', weights.firstPass, '本期首次复查中通过的比例'],
    ['回头看合格率', weights.lookBack, '本期回头看中没有反弹的比例'],
  ] as const;
  const said = parts
    .filter(([, weight]) => weight > 0)
    .map(([name, weight, means]) => `${name}占${weight}%（${means}）`);
  return `排名按得分从高到低：${said.join('，')}；没有数据的项不计，其余各项按比例折算；本期在手问题不足${atLeast}件的单位不参加排名；得分相同的名次相同，一并列出。登记问题的数量不计入得分。`;
}

import { type Counted, type Measured, measures, valueInWords } from './measures.ts';
import { counts, type Indicator, type IndicatorPart, ruleInWords, type SchemeBody } from './scheme.ts';
import { achieved, round } from './scoring.ts';

/** A score that somebody gave by hand, or an appeal set. */
export interface GivenScore {
  readonly score: number;
  readonly says: string;
}

/** One line of the working. */
export interface SheetLine {
  readonly code: string;
  readonly name: string;
  readonly part: IndicatorPart;
  /** As the scheme states it. */
  readonly weight: number;
  readonly by: Indicator['by'];
  readonly scorer: string | null;
  /** How it is scored, in words. */
  readonly rule: string;
  readonly value: number | null;
  readonly valueWords: string;
  readonly parts: readonly Counted[];
  /** False: there was nothing to measure and the points were spread over the other lines. */
  readonly applies: boolean;
  /** The most that the line can come to after the spreading. */
  readonly max: number;
  /** Points; null: waits for somebody to score. For malus the points taken, above 0. */
  readonly score: number | null;
  /** How the points came about. */
  readonly says: string;
}

export interface SheetTotal {
  readonly base: number;
  readonly bonus: number;
  readonly malus: number;
  /** What has been earned, between floor and total plus bonus cap. */
  readonly score: number;
  /** Points of lines that wait to be scored by hand. */
  readonly open: number;
  readonly waiting: number;
}

export interface Sheet {
  readonly lines: readonly SheetLine[];
  readonly total: SheetTotal;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** Points of one indicator before spreading; null: waits; `none`: nothing to measure. */
function pointsOf(
  indicator: Indicator,
  measured: Measured | undefined,
): { points: number; none: boolean; says: string } {
  const { weight, part } = indicator;
  const value = measured?.value ?? null;
  if (indicator.measure === null || indicator.scoring === null || value === null) {
    if (!counts(indicator))
      return { points: 0, none: true, says: part === 'bonus' ? '没有可加分的内容' : '没有可扣分的内容' };
    if (indicator.whenNone === 'full') return { points: weight, none: false, says: '没有可考内容，按方案得满分' };
    if (indicator.whenNone === 'zero') return { points: 0, none: false, says: '没有可考内容，按方案不得分' };
    return { points: 0, none: true, says: '没有可考内容，分值分摊到其余指标' };
  }
  const { better, word } = measures[indicator.measure];
  const share = achieved(indicator.scoring, better, weight, value);
  if (part === 'malus') {
    const points = round(weight * (1 - share));
    return { points, none: false, says: `${word}${valueInWords(indicator.measure, value)}，扣${points}分` };
  }
  const raw = round(weight * share);
  const points = counts(indicator) ? Math.max(indicator.floor, raw) : raw;
  const lifted = points > raw ? `，按最低分计${points}分` : '';
  return { points, none: false, says: `${word}${valueInWords(indicator.measure, value)}，得${raw}分${lifted}` };
}

/**
 * The sheet of one unit: every line with its working, and the total. `indicators` are those that apply to the unit;
 * `measured`, `given` (by hand), `decided` (by appeal; goes before all else) by code.
 */
export function sheetOf(
  body: Pick<SchemeBody, 'total' | 'floor' | 'bonusCap' | 'malusCap'>,
  indicators: readonly Indicator[],
  measured: ReadonlyMap<string, Measured>,
  given: ReadonlyMap<string, GivenScore>,
  decided: ReadonlyMap<string, GivenScore> = new Map(),
): Sheet {
  const first = indicators.map((indicator) => {
    const found = measured.get(indicator.code);
    const hand = given.get(indicator.code);
    const worked =
      indicator.by === 'ledger'
        ? pointsOf(indicator, found)
        : hand === undefined
          ? { points: null, none: false, says: `等待${indicator.scorer ?? '安委办'}打分` }
          : { points: round(clamp(hand.score, 0, indicator.weight)), none: false, says: hand.says };
    return { indicator, found, ...worked };
  });
  const main = first.filter((one) => counts(one.indicator));
  const whole = main.filter((one) => !one.none).reduce((sum, one) => sum + one.indicator.weight, 0);
  const factor = whole > 0 && main.some((one) => one.none) ? body.total / whole : 1;
  const lines = first.map(({ indicator, found, points, none, says }): SheetLine => {
    const spread = counts(indicator) ? factor : 1;
    const max = none && counts(indicator) ? 0 : round(indicator.weight * spread);
    const change = decided.get(indicator.code);
    const usual = points === null || none ? (none ? 0 : null) : Math.min(max, round(points * spread));
    const score = change === undefined ? usual : round(clamp(change.score, 0, max > 0 ? max : indicator.weight));
    const stretched = spread !== 1 && points !== null && !none ? `，分摊后${usual}分（满分${max}）` : '';
    return {
      code: indicator.code,
      name: indicator.name,
      part: indicator.part,
      weight: indicator.weight,
      by: indicator.by,
      scorer: indicator.scorer,
      rule: ruleInWords(indicator),
      value: found?.value ?? null,
      valueWords: indicator.measure === null ? '' : valueInWords(indicator.measure, found?.value ?? null),
      parts: found?.parts ?? [],
      applies: !none,
      max,
      score,
      says: change === undefined ? `${says}${stretched}` : `${says}${stretched}；${change.says}`,
    };
  });
  return { lines, total: totalOf(body, lines) };
}

/** Sums the lines: bonus and malus with their caps, nothing below the floor. */
export function totalOf(
  body: Pick<SchemeBody, 'total' | 'floor' | 'bonusCap' | 'malusCap'>,
  lines: readonly Pick<SheetLine, 'part' | 'score' | 'max'>[],
): SheetTotal {
  const sum = (of: (line: Pick<SheetLine, 'part' | 'score' | 'max'>) => boolean): number =>
    round(lines.filter(of).reduce((all, line) => all + (line.score ?? 0), 0));
  const base = Math.min(body.total, sum(counts));
  const bonus = Math.min(
    body.bonusCap,
    sum((line) => line.part === 'bonus'),
  );
  const malus = Math.min(
    body.malusCap,
    sum((line) => line.part === 'malus'),
  );
  const waiting = lines.filter((line) => line.score === null);
  return {
    base,
    bonus,
    malus,
    score: round(clamp(base + bonus - malus, body.floor, body.total + body.bonusCap)),
    open: round(waiting.filter(counts).reduce((all, line) => all + line.max, 0)),
    waiting: waiting.length,
  };
}

/** Points were lost on the line: it stands below its most, or took points away. */
export const losesPoints = (line: Pick<SheetLine, 'part' | 'score' | 'max' | 'applies'>): boolean =>
  line.score !== null &&
  (line.part === 'malus' ? line.score > 0 : counts(line) && line.applies && line.score < line.max);

/**
 * The points of a line as the scheme states its weight, before what others left was spread over it: what can be held against the
 * unit's own points. Null: waits, or was not measured.
 */
export const beforeSpreading = (
  line: Pick<SheetLine, 'part' | 'score' | 'max' | 'weight' | 'applies'>,
): number | null => {
  if (line.score === null || (counts(line) && !line.applies)) return null;
  return counts(line) && line.max > 0 ? round((line.score * line.weight) / line.max) : line.score;
};

/** One step from the lines to the score. */
export interface WorkingStep {
  readonly name: string;
  readonly says: string;
}

/** How the score follows from the lines, step by step, as a person would do it on paper; steps that change nothing are left out. */
export function workingOf(
  body: Pick<SchemeBody, 'total' | 'floor' | 'bonusCap' | 'malusCap'>,
  { lines, total }: Sheet,
): WorkingStep[] {
  const main = lines.filter(counts);
  const idle = main.filter((line) => !line.applies);
  const whole = round(main.filter((line) => line.applies).reduce((sum, line) => sum + line.weight, 0));
  const sumOf = (of: readonly Pick<SheetLine, 'score'>[]): number =>
    round(of.reduce((sum, line) => sum + (line.score ?? 0), 0));
  const [earned, bonus, malus] = [
    sumOf(main),
    sumOf(lines.filter((line) => line.part === 'bonus')),
    sumOf(lines.filter((line) => line.part === 'malus')),
  ];
  const steps: WorkingStep[] = [];
  if (idle.length > 0)
    steps.push({
      name: '分摊',
      says:
        whole === 0
          ? `${idle.length}项没有可考内容，没有别的指标可以分摊`
          : `${idle.map((line) => `「${line.name}」${line.weight}分`).join('、')}没有可考内容；其余${whole}分的指标按${body.total}÷${whole}＝${round(body.total / whole)}倍计`,
    });
  const scored = main.filter((line) => line.score !== null && line.applies);
  steps.push({
    name: '共性、个性指标',
    says: `${scored.length === 0 ? '还没有得分' : scored.map((line) => `${line.score}`).join('＋')}${scored.length > 1 ? `＝${earned}分` : '分'}${
      earned > total.base ? `，按总分计${total.base}分` : ''
    }`,
  });
  if (bonus > 0)
    steps.push({ name: '加分', says: `${bonus}分${bonus > total.bonus ? `，最多计${total.bonus}分` : ''}` });
  if (malus > 0)
    steps.push({ name: '扣分', says: `${malus}分${malus > total.malus ? `，最多计${total.malus}分` : ''}` });
  const raw = round(total.base + total.bonus - total.malus);
  steps.push({
    name: '得分',
    says: `${total.base}＋${total.bonus}－${total.malus}＝${raw}分${raw === total.score ? '' : `，按保底分计${total.score}分`}`,
  });
  if (total.waiting > 0) steps.push({ name: '还没有计入', says: `${total.waiting}项等待打分，满分共${total.open}分` });
  return steps;
}

import type { Day } from '../../kernel/day.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type ReviewAction,
  type ReviewNeed,
  type ReviewPart,
  type ReviewState,
  reviewLifecycle,
} from './review-lifecycle.ts';
import { round } from './scoring.ts';
import { type Doer, has, type Person, sameDoer, short } from './situation.ts';

export const reviewParts = { units: '分管单位得分', duties: '履职清单完成', statement: '述职评议' } as const;
export type ReviewPartCode = keyof typeof reviewParts;
export const reviewPartCodes = Object.keys(reviewParts) as ReviewPartCode[];

/** A unit for which the leader answers, and how much of the units' part it is. */
export interface AnsweredUnit {
  readonly unitId: string;
  readonly unitName: string;
  readonly weight: number;
}
export interface ReviewGrade {
  readonly name: string;
  readonly from: number;
}

/** 对一位领导一个年度的考核: whose units, which shares, and what came of it. */
export interface Review {
  readonly personId: string | null;
  readonly name: string;
  readonly post: string;
  readonly unitId: string | null;
  readonly unitName: string;
  readonly basis: string;
  /** Duty list of the year; null: none is counted. */
  readonly dutyListId: string | null;
  /** Percent; add up to 100. */
  readonly shares: Readonly<Record<ReviewPartCode, number>>;
  readonly units: readonly AnsweredUnit[];
  /** The best first; the last one takes all that is left. */
  readonly grades: readonly ReviewGrade[];
  /** No better than this one where a unit for which he answers is under a veto; null: vetoes do not count. */
  readonly vetoGrade: string | null;
  readonly draftedBy: Doer;
  readonly statement: { readonly text: string; readonly on: Day; readonly fileIds: readonly string[] } | null;
  readonly statementScore: { readonly score: number; readonly opinion: string; readonly byName: string } | null;
  readonly collectedBy: Doer | null;
  /** What was taken on the day of the result, with its hash; null: the score is live. */
  readonly taken: {
    readonly day: Day;
    readonly result: ReviewResult;
    readonly hash: string;
    readonly byName: string;
  } | null;
  readonly opinion: string | null;
  readonly confirmedOn: Day | null;
  readonly confirmedByName: string | null;
}

/** What the ledgers say about the leader. */
export interface ReviewFigures {
  /** Percent of the full score, of those units that are assessed; absent: not assessed this year. */
  readonly units: ReadonlyMap<string, { readonly percent: number; readonly says: string; readonly to: string }>;
  readonly duties: { readonly done: number; readonly of: number; readonly to: string } | null;
  readonly vetoes: readonly { readonly unitName: string; readonly number: string; readonly name: string }[];
}

export interface ReviewLine {
  readonly part: ReviewPartCode;
  readonly name: string;
  /** Share of this line in the whole, in percent, as it is stated. */
  readonly share: number;
  /** 0–100; null: nothing to measure, or waits. */
  readonly value: number | null;
  readonly score: number;
  /** The most that it can come to after spreading. */
  readonly max: number;
  readonly says: string;
  readonly to: string | null;
}
export interface ReviewResult {
  readonly lines: readonly ReviewLine[];
  readonly score: number;
  readonly gradeName: string;
  readonly says: string;
  readonly vetoes: ReviewFigures['vetoes'];
}

/**
 * Score of a leader: the units' part is the mean of their scores by weight, among units that are assessed; duties by the share of
 * times done; the statement as it was judged. The share of a part with nothing to measure is spread over the others; a statement
 * that waits counts nothing yet.
 */
export function resultOf(review: Review, figures: ReviewFigures): ReviewResult {
  const known = review.units.filter((unit) => figures.units.has(unit.unitId));
  const weights = known.reduce((sum, unit) => sum + unit.weight, 0);
  const { shares, statementScore } = review;
  const dutiesIdle = figures.duties === null || figures.duties.of === 0;
  const idle = (weights === 0 ? shares.units : 0) + (dutiesIdle ? shares.duties : 0);
  const factor = idle < 100 ? 100 / (100 - idle) : 1;
  const line = (
    part: ReviewPartCode,
    name: string,
    share: number,
    value: number | null,
    stretch: number,
    says: string,
    to: string | null,
  ): ReviewLine => {
    const max = round(share * stretch);
    return { part, name, share, value, score: value === null ? 0 : round((max * value) / 100), max, says, to };
  };
  const lines: ReviewLine[] = [];
  if (shares.units > 0)
    for (const unit of review.units) {
      const whole = review.units.reduce((sum, one) => sum + one.weight, 0);
      const found = figures.units.get(unit.unitId);
      const share = round((shares.units * unit.weight) / Math.max(1, whole));
      const stretch = found && weights > 0 ? (whole / weights) * factor : 0;
      lines.push(
        line(
          'units',
          unit.unitName,
          share,
          found?.percent ?? null,
          stretch,
          found ? found.says : '本年度没有考核这个单位，比例分摊',
          found?.to ?? null,
        ),
      );
    }
  if (shares.duties > 0)
    lines.push(
      line(
        'duties',
        reviewParts.duties,
        shares.duties,
        dutiesIdle ? null : round((100 * (figures.duties?.done ?? 0)) / (figures.duties?.of ?? 1)),
        dutiesIdle ? 0 : factor,
        dutiesIdle
          ? '没有本年度的履职清单，比例分摊'
          : `年度工作应完成${figures.duties?.of}次，完成${figures.duties?.done}次（每项最多按应完成的次数计）`,
        figures.duties?.to ?? null,
      ),
    );
  if (shares.statement > 0)
    lines.push(
      line(
        'statement',
        reviewParts.statement,
        shares.statement,
        statementScore?.score ?? null,
        factor,
        statementScore
          ? `${statementScore.byName}评议${statementScore.score}分：${statementScore.opinion}`
          : review.statement
            ? '已报送述职，等待评议'
            : '本人还没有报送述职',
        null,
      ),
    );
  const score = round(
    Math.min(
      100,
      lines.reduce((sum, one) => sum + one.score, 0),
    ),
  );
  const place = (found: number): number => (found === -1 ? review.grades.length - 1 : found);
  const byScore = place(review.grades.findIndex((grade) => score >= grade.from));
  const cap =
    figures.vetoes.length > 0 && review.vetoGrade !== null
      ? place(review.grades.findIndex((grade) => grade.name === review.vetoGrade))
      : 0;
  const at = Math.max(byScore, cap);
  const gradeName = review.grades[at]?.name ?? '';
  return {
    lines,
    score,
    gradeName,
    says:
      at > byScore
        ? `按得分为${review.grades[byScore]?.name ?? ''}；${figures.vetoes
            .map((one) => `${one.unitName}有一票否决情形「${one.name}」（${one.number}）`)
            .join('、')}，最高定为${gradeName}`
        : `得分${score}，定为${gradeName}`,
    vetoes: figures.vetoes,
  };
}

export interface ReviewGiven {
  readonly body?: Pick<Review, 'shares' | 'units' | 'grades'>;
  readonly content?: string;
  readonly score?: number | null;
  readonly opinion?: string;
  readonly reason?: string;
}

const sound = ({ shares, units, grades }: Pick<Review, 'shares' | 'units' | 'grades'>): boolean =>
  Math.abs(shares.units + shares.duties + shares.statement - 100) < 0.01 &&
  reviewPartCodes.every((part) => shares[part] >= 0) &&
  (shares.units === 0 || (units.length > 0 && units.every((unit) => unit.weight > 0))) &&
  new Set(units.map((unit) => unit.unitId)).size === units.length &&
  grades.length >= 2 &&
  grades.every((grade, at) => !short(grade.name) && (at === 0 || grade.from < (grades[at - 1]?.from ?? 0)));

/** May the actor do this to the assessment of a leader now? `given` null: only what does not depend on a form. */
export function judgeReview(
  now: { readonly state: ReviewState; readonly body: Review },
  actor: Person,
  action: ReviewAction,
  given: ReviewGiven | null,
): Verdict<ReviewState> {
  const { body } = now;
  const self = body.personId !== null && body.personId === actor.personId;
  const parts: ReviewPart[] = [
    ...(has(actor, 'officer') ? (['office'] as const) : []),
    ...(has(actor, 'leader') ? (['leader'] as const) : []),
    ...(self ? (['self'] as const) : []),
  ];
  const asked = given?.body ?? body;
  const score = given?.score;
  const unmet: ReviewNeed[] = [
    ...((action === 'editReview' && given === null) || sound(asked) ? [] : (['shares'] as const)),
    ...(sameDoer(body.draftedBy, actor) ? (['drafterApart'] as const) : []),
    ...(self ? (['notSelf'] as const) : []),
    ...(given !== null && (given.content ?? '').trim().length < 20 ? (['content'] as const) : []),
    ...(body.statement === null ? (['statement'] as const) : []),
    ...(given !== null && !(typeof score === 'number' && score >= 0 && score <= 100) ? (['range'] as const) : []),
    ...(given !== null && short(given.opinion) ? (['opinion'] as const) : []),
    ...(body.shares.statement > 0 && body.statementScore === null ? (['statementScored'] as const) : []),
    ...(given !== null && short(given.reason) ? (['reason'] as const) : []),
    ...(sameDoer(body.collectedBy, actor) ? (['collectorApart'] as const) : []),
  ];
  return verdict(reviewLifecycle, { state: now.state, action, parts, unmet });
}

import { sql } from 'kysely';
import { hasRole } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Reading } from '../../../platform/act.ts';
import { dutyProgressOf } from '../../meetings/server/door.ts';
import type { reviewsApi } from '../api-reviews.ts';
import { judgeReview, type ReviewResult, resultOf } from '../review.ts';
import { type ReviewAction, type ReviewState, reviewLifecycle } from '../review-lifecycle.ts';
import { factsShown, filesOfItem } from './cases.ts';
import { figuresOf, hashOfResult, type KeptReview, reviewSeen, reviews, sees } from './reviews.ts';

const nextSteps: Readonly<Record<ReviewState, string>> = {
  reviewDrafted: '由拟定人、本人以外的同志下达',
  reviewRunning: '取数评定，由另一位同志核定',
  reviewCollected: '由评定人、本人以外的同志核定',
  reviewConfirmed: '已经核定',
  reviewDropped: '已经作废',
};

/** While it runs the statement comes first, then what is said to it. */
function nextStepOf({ state, body }: KeptReview): string {
  if (state !== 'reviewRunning' || body.shares.statement === 0) return nextSteps[state];
  if (body.statement === null) return '等待本人报送述职';
  return body.statementScore === null ? '评议述职，之后取数评定' : nextSteps[state];
}

const lineOf = (one: KeptReview, result: ReviewResult | null) => ({
  id: one.id,
  number: one.number,
  state: one.state,
  year: one.year,
  name: one.body.name,
  post: one.body.post,
  unitName: one.body.unitName,
  score: result?.score ?? null,
  gradeName: result?.gradeName ?? null,
  vetoed: (result?.vetoes.length ?? 0) > 0,
  stated: one.body.statement !== null,
  nextStep: nextStepOf(one),
  version: one.version,
});

/** Live while it runs; what was taken once it was taken; nothing of drafts and what was dropped. */
async function resultNow(reading: Reading, one: KeptReview): Promise<ReviewResult | null> {
  if (one.body.taken !== null) return one.body.taken.result;
  return one.state === 'reviewDropped' ? null : resultOf(one.body, await figuresOf(reading, one));
}

export async function listReviews(
  reading: Reading,
  query: { readonly year?: number | undefined },
): Promise<ResponseOf<typeof reviewsApi.listReviews>> {
  const { db, actor, day } = reading;
  const all = (await reviews.where(db, actor.jurisdiction, sql`true`)).filter((one) => sees(reading, one));
  const years = [...new Set(all.map((one) => one.year))];
  const year = query.year ?? years[0] ?? Number(day.slice(0, 4));
  const rows: ReturnType<typeof lineOf>[] = [];
  // Scores that are not taken yet are worked out where one is opened.
  for (const one of all.filter((row) => row.year === year)) rows.push(lineOf(one, one.body.taken?.result ?? null));
  const lists = hasRole(actor, 'officer')
    ? await dutyProgressOf(db, { jurisdictions: [actor.jurisdiction], units: 'all' }, { year, day })
    : [];
  return { rows, years, year, dutyLists: lists };
}

export async function viewReview(reading: Reading, id: string): Promise<ResponseOf<typeof reviewsApi.viewReview>> {
  const { db, actor } = reading;
  const one = await reviewSeen(reading, id);
  const { body } = one;
  const result = await resultNow(reading, one);
  const files = await filesOfItem(db, actor.jurisdiction, reviews.kind, id);
  return {
    ...lineOf(one, result),
    personId: body.personId,
    unitId: body.unitId,
    basis: body.basis,
    dutyListId: body.dutyListId,
    shares: { ...body.shares },
    units: body.units.map((unit) => ({ ...unit })),
    grades: body.grades.map((grade) => ({ ...grade })),
    vetoGrade: body.vetoGrade,
    result: result === null ? null : { ...result, lines: [...result.lines], vetoes: [...result.vetoes] },
    taken:
      body.taken === null
        ? null
        : {
            day: body.taken.day,
            hash: body.taken.hash,
            byName: body.taken.byName,
            intact: hashOfResult(body.taken.result) === body.taken.hash,
          },
    statement: body.statement === null ? null : { ...body.statement, fileIds: [...body.statement.fileIds] },
    statementScore: body.statementScore,
    opinion: body.opinion,
    confirmedOn: body.confirmedOn,
    confirmedByName: body.confirmedByName,
    offers: (Object.keys(reviewLifecycle.actions) as ReviewAction[]).map((action) => {
      const verdict = judgeReview(one, actor, action, null);
      return {
        action,
        label: reviewLifecycle.actions[action],
        may: verdict.may,
        says: verdict.may ? '' : verdict.refusal.says,
      };
    }),
    files,
    facts: await factsShown(db, actor.jurisdiction, reviews.kind, id),
  };
}

import { sql } from 'kysely';
import { hasRole } from '../../../kernel/actor.ts';
import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Reading } from '../../../platform/act.ts';
import type { assessmentApi } from '../api.ts';
import { judgeAward, type Nominee } from '../award.ts';
import type { AwardAction } from '../award-lifecycle.ts';
import { type SchemeAction, schemeLifecycle } from '../lifecycle.ts';
import { judgeReview } from '../review.ts';
import { type ReviewAction, reviewLifecycle } from '../review-lifecycle.ts';
import { judge } from '../situation.ts';
import { appealLines } from './appeals.ts';
import { awards, vetoesIn } from './awards.ts';
import { computed } from './compute.ts';
import { schemesSeen } from './lines.ts';
import { reviews, sees } from './reviews.ts';
import { factsOf } from './step.ts';
import { versionsOf } from './store.ts';
import { listVetoes } from './vetoes.ts';

type Rows = ResponseOf<typeof assessmentApi.assessmentToDo>['rows'];

/** Actions that lead a scheme on; others are free to be done or not. */
const leading: readonly SchemeAction[] = [
  'publish',
  'issueVersion',
  'collect',
  'finishScoring',
  'show',
  'grade',
  'announce',
];

/** What waits for the reader: schemes to lead on, self-assessments, lines to score, vetoes and appeals to decide. */
export async function toDo(reading: Reading): Promise<ResponseOf<typeof assessmentApi.assessmentToDo>> {
  const { db, actor, day } = reading;
  const rows: Rows = [];
  for (const scheme of await schemesSeen(reading)) {
    if (schemeLifecycle.final.includes(scheme.state)) continue;
    const versions = await versionsOf(db, scheme);
    const begun = versions.some((one) => one.body.from <= day);
    const all = begun && scheme.state !== 'draft' ? await computed(reading, scheme, null, versions, false) : null;
    const { facts } = await factsOf(db, scheme, versions, day, all);
    const at = { title: scheme.title, number: scheme.number };
    for (const action of leading) {
      if (action === 'collect' && (scheme.selfUntil === null || scheme.selfUntil >= day)) continue;
      if (judge(facts, actor, action, day, null, null).may)
        rows.push({
          ...at,
          key: `${scheme.id}.${action}`,
          word: schemeLifecycle.actions[action],
          who: '安委办',
          to: `/assessment/${scheme.id}`,
          due: null,
        });
    }
    const own = all?.units.find((unit) => unit.unitId === actor.unitId);
    if (own && own.row?.selfOn === null) {
      const sheet = { unitId: own.unitId, scorerUnitId: null };
      if (judge(facts, actor, 'fileSelf', day, sheet, null).may)
        rows.push({
          ...at,
          key: `${scheme.id}.self`,
          word: '报送自评',
          who: own.name,
          to: `/assessment/${scheme.id}/units/${own.unitId}`,
          due: scheme.selfUntil,
        });
    }
    if (
      all &&
      scheme.state === 'scoring' &&
      actor.unitId !== null &&
      hasRole(actor, 'officer', 'clerk', 'unitLeader')
    ) {
      const open = all.units.flatMap((unit) =>
        unit.sheet.lines.filter(
          (line) =>
            line.score === null && all.scorers.get(line.scorer ?? '') === actor.unitId && unit.unitId !== actor.unitId,
        ),
      );
      if (open.length > 0)
        rows.push({
          ...at,
          key: `${scheme.id}.score`,
          word: `打分（还有${open.length}项）`,
          who: actor.unitName ?? '',
          to: `/assessment/${scheme.id}`,
          due: null,
        });
    }
  }
  for (const event of (await listVetoes(reading, {})).rows)
    if (
      event.offers.some((offer) => offer.action === 'confirm' && (offer.may || offer.says.includes('请写明认定意见')))
    )
      rows.push({
        key: event.id,
        word: '认定否决情形',
        title: `${event.unitName}：${event.kindName}`,
        who: event.enteredByName,
        number: event.number,
        to: '/assessment/vetoes',
        due: null,
      });
  for (const appeal of await appealLines(reading))
    if (appeal.offers.some((offer) => offer.action === 'reject' && offer.may))
      rows.push({
        key: appeal.id,
        word: '处理申诉',
        title: `${appeal.unitName}：${appeal.lineName}`,
        who: appeal.filedByName,
        number: appeal.number,
        to: '/assessment/appeals',
        due: null,
      });
  rows.push(...(await ofAwards(reading)), ...(await ofReviews(reading)));
  return { rows };
}

/** Awards that wait for the reader: candidates to review, a list to show, a decision to take. */
async function ofAwards({ db, actor, day }: Reading): Promise<Rows> {
  const rows: Rows = [];
  for (const one of await awards.where(
    db,
    actor.jurisdiction,
    sql`t.state in ('nominating', 'reviewing', 'awardShown')`,
  )) {
    const vetoed = new Set((await vetoesIn(db, actor.jurisdiction, one.body, day)).keys());
    const row = (word: string, due: string | null = null): void => {
      rows.push({
        key: `${one.id}.${word}`,
        word,
        title: one.body.title,
        who: '安委办',
        number: one.number,
        to: `/awards/${one.id}`,
        due,
      });
    };
    const may = (action: AwardAction, nominee: Nominee | null = null): boolean =>
      judgeAward(one, actor, action, day, vetoed, nominee, null).may;
    const open = one.body.nominees.filter((nominee) => nominee.state === 'proposed' && may('reviewNominee', nominee));
    if (one.body.nominateUntil < day && may('closeNominating')) row('截止推荐', one.body.nominateUntil);
    if (open.length > 0) row(`审查推荐对象（还有${open.length}个）`);
    if (may('showNominees')) row('公示评选名单');
    if (may('decideAward')) row('作出评选决定');
  }
  return rows;
}

const reviewSteps: readonly ReviewAction[] = ['issueReview', 'scoreStatement', 'collectReview', 'confirmReview'];

/** Assessments of leaders that wait for the reader; his own statement among them. */
async function ofReviews(reading: Reading): Promise<Rows> {
  const { db, actor } = reading;
  const rows: Rows = [];
  const open = sql`t.state in ('reviewDrafted', 'reviewRunning', 'reviewCollected')`;
  for (const one of await reviews.where(db, actor.jurisdiction, open)) {
    if (!sees(reading, one)) continue;
    const next = [
      ...(one.body.statement === null ? (['fileStatement'] as const) : []),
      ...reviewSteps.filter((action) => action !== 'scoreStatement' || one.body.statementScore === null),
    ].find((action) => judgeReview(one, actor, action, null).may);
    if (next)
      rows.push({
        key: `${one.id}.${next}`,
        word: reviewLifecycle.actions[next],
        title: `${one.body.name}${one.year}年度个人考核`,
        who: one.body.name,
        number: one.number,
        to: `/leader-reviews/${one.id}`,
        due: null,
      });
  }
  return rows;
}

import { sql } from 'kysely';
import { hasRole, systemActor } from '../../../kernel/actor.ts';
import { notAllowed, notFound, notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { ownFiles, who } from '../../../platform/case.ts';
import { canonical, sha256 } from '../../../platform/facts/canonical.ts';
import { dutyProgressOf } from '../../meetings/server/door.ts';
import { personById, unitsByIds } from '../../units/server/door.ts';
import {
  judgeReview,
  type Review,
  type ReviewFigures,
  type ReviewGiven,
  type ReviewGrade,
  type ReviewPartCode,
  type ReviewResult,
  resultOf,
} from '../review.ts';
import { type ReviewAction, type ReviewState, reviewLifecycle } from '../review-lifecycle.ts';
import { round } from '../scoring.ts';
import { casesOf, type Kept } from './cases.ts';
import { computed } from './compute.ts';
import type { ItemDone } from './sheet-acts.ts';
import { allSchemes, versionsOf } from './store.ts';
import { confirmedAsOf } from './store-parts.ts';

export type KeptReview = Kept<ReviewState, Review>;
export const reviews = casesOf<ReviewState, Review>({
  kind: 'leaderReview',
  table: 'leader_review',
  noun: '个人考核',
  series: '个',
});

interface Seen {
  readonly id: string;
  readonly version: number;
}
interface Asked {
  readonly basis: string;
  readonly dutyListId: string | null;
  readonly shares: Readonly<Record<ReviewPartCode, number>>;
  readonly units: readonly { readonly unitId: string; readonly weight: number }[];
  readonly grades: readonly ReviewGrade[];
  readonly vetoGrade: string | null;
}

/** What the office typed about whose units and which shares, with the names of the units. */
async function composed(act: Act, input: Asked) {
  if (input.basis.trim().length < 4)
    throw notValid('请写明依据。', [{ where: 'body.basis', says: '请写明依据的文件' }]);
  const cards = new Map(
    (
      await unitsByIds(
        act.db,
        act.actor.jurisdiction,
        input.units.map((one) => one.unitId),
      )
    ).map((unit) => [unit.id as string, unit.shortName ?? unit.name]),
  );
  if (input.units.some((one) => !cards.has(one.unitId)))
    throw notValid('有分管单位没有找到，请重新选择。', [{ where: 'body.units', says: '没有这个单位' }]);
  if (input.vetoGrade !== null && !input.grades.some((grade) => grade.name === input.vetoGrade))
    throw notValid('否决时最高的等次不在等次表中。', [{ where: 'body.vetoGrade', says: '请从等次中选择' }]);
  return {
    basis: input.basis.trim(),
    dutyListId: input.dutyListId,
    shares: { ...input.shares },
    units: input.units.map((one) => ({ ...one, unitName: cards.get(one.unitId) ?? '' })),
    grades: input.grades.map((grade) => ({ name: grade.name.trim(), from: grade.from })),
    vetoGrade: input.vetoGrade,
  };
}

/** Of one year and one person that is not dropped: by person, or by name where no person is named. */
const sameOf = (year: number, name: string, personId: string | null) =>
  sql`t.year = ${year} and t.state <> 'reviewDropped'
    and (t.person_id = ${personId}::uuid or (${personId}::uuid is null and t.body ->> 'name' = ${name}))`;

const doer = (act: Act) => ({ accountId: act.actor.accountId, personId: act.actor.personId });

/** 拟定对一位领导的个人考核: whose units, which shares. */
export async function makeReview(
  act: Act,
  input: Asked & {
    readonly year: number;
    readonly personId: string | null;
    readonly name: string;
    readonly post: string;
    readonly unitId: string | null;
  },
): Promise<ItemDone> {
  const { actor } = act;
  if (!hasRole(actor, 'officer')) throw notAllowed('拟定个人考核应由安委办工作人员办理，您不在其列。');
  if (input.personId !== null && input.personId === actor.personId) throw notAllowed(reviewLifecycle.needs.notSelf);
  const person = input.personId === null ? null : await personById(act.db, actor.jurisdiction, input.personId);
  if (input.personId !== null && person === null)
    throw notValid('没有找到这位同志，请重新选择。', [{ where: 'body.personId', says: '没有这个人' }]);
  const [unit] = input.unitId === null ? [] : await unitsByIds(act.db, actor.jurisdiction, [input.unitId]);
  const name = (person?.name ?? input.name).trim();
  const post = input.post.trim();
  if (name.length < 2 || post.length < 2)
    throw notValid('请写明是哪位领导、担任什么职务。', [{ where: 'body.name', says: '请写明姓名和职务' }]);
  const body: Review = {
    personId: input.personId,
    name,
    post,
    unitId: input.unitId,
    unitName: unit ? (unit.shortName ?? unit.name) : '',
    ...(await composed(act, input)),
    draftedBy: doer(act),
    statement: null,
    statementScore: null,
    collectedBy: null,
    taken: null,
    opinion: null,
    confirmedOn: null,
    confirmedByName: null,
  };
  const known = await reviews.where(act.db, actor.jurisdiction, sameOf(input.year, name, input.personId));
  if (known.length > 0)
    throw notValid(`${name}${input.year}年度已有个人考核（${known[0]?.number}），不重复拟定。`, [
      { where: 'body.name', says: '已有个人考核' },
    ]);
  return reviews.make(
    act,
    { state: 'reviewDrafted', year: input.year, units: [], personId: input.personId, body },
    (number) => ({
      kind: 'leaderReview.drafted',
      says: `${who(act)}拟定对${post}${name}${input.year}年度的个人考核（${number}）`,
    }),
  );
}

function decide(act: Act, one: KeptReview, action: ReviewAction, given: ReviewGiven): ReviewState {
  const verdict = judgeReview(one, act.actor, action, given);
  if (!verdict.may) throw verdict.refusal;
  return verdict.to;
}

async function step(
  act: Act,
  seen: Seen,
  action: ReviewAction,
  given: ReviewGiven,
  change: (one: KeptReview) => Promise<{ body: Partial<Review>; kind: string; says: string }>,
): Promise<ItemDone> {
  const one = await reviews.load(act, seen);
  if (!sees(act, one)) throw reviews.unknown();
  const state = decide(act, one, action, given);
  const { body, ...fact } = await change(one);
  return reviews.save(act, one, { state, body: { ...one.body, ...body } }, fact);
}

export const editReview = async (act: Act, input: Seen & Asked): Promise<ItemDone> => {
  const body = await composed(act, input);
  return step(act, input, 'editReview', { body }, async () => ({
    body: { ...body, draftedBy: doer(act) },
    kind: 'leaderReview.edited',
    says: `${who(act)}修改考核构成`,
  }));
};

export const issueReview = (act: Act, input: Seen): Promise<ItemDone> =>
  step(act, input, 'issueReview', {}, async () => ({
    body: {},
    kind: 'leaderReview.issued',
    says: `${who(act)}下达个人考核`,
  }));

/** 述职: how the leader fulfilled his duties, for the annual statement of the leadership too. */
export const fileStatement = (
  act: Act,
  input: Seen & { readonly text: string; readonly fileIds?: readonly string[] | undefined },
): Promise<ItemDone> =>
  step(act, input, 'fileStatement', { content: input.text }, async (one) => {
    const fileIds = await ownFiles(
      act,
      { kind: reviews.kind, id: one.id },
      input.fileIds ?? [],
      '有材料没有上传到这项考核，请重新上传。',
    );
    return {
      // What was said to an earlier statement does not hold for this one.
      body: { statement: { text: input.text.trim(), on: act.day, fileIds }, statementScore: null },
      kind: 'leaderReview.stated',
      says: `${who(act)}报送述职`,
    };
  });

export const scoreStatement = (
  act: Act,
  input: Seen & { readonly score: number; readonly opinion: string },
): Promise<ItemDone> =>
  step(act, input, 'scoreStatement', input, async () => ({
    body: {
      statementScore: { score: round(input.score), opinion: input.opinion.trim(), byName: act.actor.name },
    },
    kind: 'leaderReview.statementScored',
    says: `${who(act)}评议述职${round(input.score)}分：${input.opinion.trim()}`,
  }));

export const hashOfResult = (result: ReviewResult): string => sha256(canonical(result));

/** 取数评定: what units, duty list and statement come to today is kept with its hash; it no longer moves. */
export const collectReview = (act: Act, input: Seen): Promise<ItemDone> =>
  step(act, input, 'collectReview', {}, async (one) => {
    const result = resultOf(one.body, await figuresOf(act, one));
    const hash = hashOfResult(result);
    return {
      body: { taken: { day: act.day, result, hash, byName: act.actor.name }, collectedBy: doer(act) },
      kind: 'leaderReview.collected',
      says: `${who(act)}取数评定：${result.score}分，${result.says}，指纹${hash.slice(0, 12)}`,
    };
  });

export const sendBackReview = (act: Act, input: Seen & { readonly reason: string }): Promise<ItemDone> =>
  step(act, input, 'sendBackReview', input, async () => ({
    body: { taken: null, collectedBy: null },
    kind: 'leaderReview.sentBack',
    says: `${who(act)}退回重评：${input.reason.trim()}`,
  }));

export const confirmReview = (act: Act, input: Seen & { readonly opinion: string }): Promise<ItemDone> =>
  step(act, input, 'confirmReview', input, async (one) => ({
    body: { opinion: input.opinion.trim(), confirmedOn: act.day, confirmedByName: act.actor.name },
    kind: 'leaderReview.confirmed',
    says: `${who(act)}核定${one.body.name}${one.body.taken?.result.gradeName ?? ''}：${input.opinion.trim()}`,
  }));

export const dropReview = (act: Act, input: Seen & { readonly reason: string }): Promise<ItemDone> =>
  step(act, input, 'dropReview', input, async () => ({
    body: {},
    kind: 'leaderReview.dropped',
    says: `${who(act)}作废个人考核：${input.reason.trim()}`,
  }));

/** The office and leaders see all; anybody else only what is about himself, once it was issued. */
export const sees = ({ actor }: Pick<Reading, 'actor'>, one: Pick<KeptReview, 'state' | 'personId'>): boolean =>
  (hasRole(actor, 'officer', 'leader') && actor.wholeJurisdiction) ||
  (one.personId !== null && one.personId === actor.personId && one.state !== 'reviewDrafted');

/** What the ledgers say about a leader as of now: his units in the schemes of the year, his duty list, vetoes. */
export async function figuresOf(
  reading: Reading,
  { year, body }: Pick<KeptReview, 'year' | 'body'>,
): Promise<ReviewFigures> {
  const { db, day } = reading;
  const { jurisdiction } = reading.actor;
  const whole: Reading = {
    ...reading,
    actor: systemActor(jurisdiction),
    scope: { jurisdictions: [jurisdiction], units: 'all' },
  };
  const ids = body.units.map((unit) => unit.unitId);
  const found = new Map<string, { percent: number; says: string; to: string }[]>();
  if (body.shares.units > 0 && ids.length > 0)
    for (const scheme of await allSchemes(db, whole.scope)) {
      if (scheme.year !== year || scheme.publishedOn === null || scheme.state === 'dropped') continue;
      const versions = await versionsOf(db, scheme);
      if (!versions.some((one) => one.body.from <= day)) continue;
      const all = await computed(whole, scheme, null, versions);
      for (const unit of all.units.filter((one) => ids.includes(one.unitId)))
        found.set(unit.unitId, [
          ...(found.get(unit.unitId) ?? []),
          {
            percent: round((100 * unit.sheet.total.score) / all.body.total),
            says: `${scheme.title}得${unit.sheet.total.score}分（满分${all.body.total}${
              unit.sheet.total.waiting > 0 ? `，还有${unit.sheet.total.waiting}项没有打分` : ''
            }）`,
            to: `/assessment/${scheme.id}/units/${unit.unitId}`,
          },
        ]);
    }
  const lists =
    body.shares.duties > 0 && body.dutyListId !== null ? await dutyProgressOf(db, whole.scope, { year, day }) : [];
  const list = lists.find((one) => one.listId === body.dutyListId);
  const events = await confirmedAsOf(db, jurisdiction, `${year}-01-01`, `${year}-12-31`, day);
  return {
    units: new Map(
      [...found].map(([unit, scores]) => [
        unit,
        {
          // Assessed by several schemes: their mean counts.
          percent: round(Math.min(100, scores.reduce((sum, one) => sum + one.percent, 0) / scores.length)),
          says: scores.map((one) => one.says).join('；'),
          to: scores[0]?.to ?? '',
        },
      ]),
    ),
    duties: list ? { done: list.done, of: list.asked, to: `/duty-lists/${list.listId}` } : null,
    vetoes: events
      .filter((event) => ids.includes(event.unitId))
      .map((event) => ({ unitName: event.unitName, number: event.number, name: event.kindName })),
  };
}

export async function reviewSeen(reading: Reading, id: string): Promise<KeptReview> {
  const one = await reviews.byId(reading.db, reading.actor.jurisdiction, id);
  if (!sees(reading, one)) throw notFound('没有找到这项个人考核，可能编号有误，或者它不在您能查看的范围内。');
  return one;
}

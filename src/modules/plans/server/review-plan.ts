import { randomUUID } from 'node:crypto';
import { Compile } from 'typebox/compile';
import { verdict } from '../../../kernel/lifecycle.ts';
import { notAllowed, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { rememberAlias } from '../../units/server/door.ts';
import type { Resolutions } from '../completeness.ts';
import { planLifecycle } from '../lifecycle.ts';
import { draftsTouched, type Operation } from '../operation.ts';
import { OperationShape } from '../operation-shape.ts';
import type { Draft, ReviewDoubt, Sheet } from '../plan.ts';
import { apply, type Change } from '../review.ts';
import { readMentions } from './resolve.ts';
import { documentOf, lockPlan, type PlanRow, savePlan } from './store.ts';
import {
  addStep,
  doubtsOf,
  draftsOf,
  lastStep,
  lastStepSays,
  markUndone,
  mentionsInPlan,
  saveDoubts,
  saveDrafts,
  saveSheet,
  sheetOf,
} from './store-review.ts';

/** What a page needs to bring its copy of the review up to date. */
export interface Changes {
  version: number;
  sheet: Sheet;
  drafts: readonly Draft[];
  doubts: readonly ReviewDoubt[];
  known: Resolutions;
  lastStep: { seq: number; says: string; actorName: string; mine: boolean } | null;
}

const shape = Compile(OperationShape);

/** Everything of the review that changed after version `since`; all of it for 0. */
export async function changesSince(reading: Reading, plan: PlanRow, since: number): Promise<Changes> {
  const { db } = reading;
  const sheet = await sheetOf(db, plan);
  if (!sheet) throw notNow('这份方案还没有读完，请稍候。');
  const step = await lastStepSays(db, plan);
  return {
    version: plan.reviewVersion,
    sheet,
    drafts: await draftsOf(db, plan, { since }),
    doubts: await doubtsOf(db, plan, { since }),
    known: await readMentions(db, plan.jurisdiction, await mentionsInPlan(db, plan), sheet, reading.day),
    lastStep: step && {
      seq: step.seq,
      says: step.says,
      actorName: step.actorName,
      mine: step.actorId === reading.actor.accountId,
    },
  };
}

async function openForReview(act: Act, id: string): Promise<PlanRow> {
  const plan = await lockPlan(act.db, act.actor, id);
  const judged = verdict(planLifecycle, { state: plan.state, action: 'review', parts: ['office'], unmet: [] });
  if (!judged.may) throw judged.refusal;
  return plan;
}

/**
 * Carries out the operations one after the other as one step of the review. If a line was changed by somebody else after
 * the version that the page showed, nothing is done and the page is told which line.
 */
export async function reviewPlan(
  act: Act,
  id: string,
  input: { readonly version: number; readonly operations: readonly unknown[] },
): Promise<Changes> {
  const operations = input.operations.map(checked);
  const plan = await openForReview(act, id);
  const sheet = await sheetOf(act.db, plan);
  const document = await documentOf(act.db, plan.jurisdiction, plan.id);
  if (!sheet || !document) throw notNow('这份方案还没有读完，请稍候。');
  const doubtIds = operations.flatMap((one) =>
    one.do === 'settleDoubts' ? one.doubts : one.do === 'reopenDoubt' ? [one.doubt] : [],
  );
  const touched = operations.map(draftsTouched);
  const drafts = touched.includes('all')
    ? await draftsOf(act.db, plan)
    : await draftsOf(act.db, plan, { ids: touched.flatMap((ids) => (ids === 'all' ? [] : ids)) });
  const doubts = doubtIds.length === 0 ? [] : await doubtsOf(act.db, plan, { ids: doubtIds });
  const seen = { text: document.text, sheet, drafts, doubts, version: input.version };
  const whole = together(operations, seen);
  await saveStep(act, plan, whole);
  for (const one of operations) {
    if (one.do !== 'settleMention' || !one.remember || one.target === null || one.target.kind === 'nobody') continue;
    const target = one.target.kind === 'unit' ? { unitId: one.target.id } : { groupId: one.target.id };
    await rememberAlias(act, one.text, target);
  }
  return changesSince(act, { ...plan, reviewVersion: plan.reviewVersion + 1 }, input.version);
}

function checked(operation: unknown): Operation {
  if (shape.Check(operation)) return operation as Operation;
  throw notValid('这一步的内容不完整或格式不对，没有保存。请刷新页面后再试。');
}

type State = { text: string; sheet: Sheet; drafts: readonly Draft[]; doubts: readonly ReviewDoubt[]; version: number };

/** One step out of several operations: what stood before the first, and what stands after the last. */
function together(operations: readonly Operation[], begun: State): Change {
  const firstDrafts = new Map(begun.drafts.map((draft) => [draft.id, draft]));
  const firstDoubts = new Map(begun.doubts.map((doubt) => [doubt.id, doubt]));
  const drafts = new Map(firstDrafts);
  const doubts = new Map(firstDoubts);
  const changedDrafts = new Set<string>();
  const changedDoubts = new Set<string>();
  const says: string[] = [];
  let sheet = begun.sheet;
  for (const operation of operations) {
    const change = apply(operation, {
      ...begun,
      sheet,
      drafts: [...drafts.values()],
      doubts: [...doubts.values()],
      newId: () => `n${randomUUID().slice(0, 13)}`,
    });
    says.push(change.says);
    for (const draft of change.after.drafts) {
      drafts.set(draft.id, draft);
      changedDrafts.add(draft.id);
    }
    for (const doubt of change.after.doubts) {
      doubts.set(doubt.id, doubt);
      changedDoubts.add(doubt.id);
    }
    sheet = change.after.sheet ?? sheet;
  }
  const pick = <T>(ids: ReadonlySet<string>, from: ReadonlyMap<string, T>): T[] =>
    [...ids].flatMap((id) => from.get(id) ?? []);
  const both = sheet === begun.sheet ? [{}, {}] : [{ sheet: begun.sheet }, { sheet }];
  return {
    says: says.join('；').slice(0, 400),
    before: { drafts: pick(changedDrafts, firstDrafts), doubts: pick(changedDoubts, firstDoubts), ...both[0] },
    after: { drafts: pick(changedDrafts, drafts), doubts: pick(changedDoubts, doubts), ...both[1] },
  };
}

async function saveStep(act: Act, plan: PlanRow, change: Change): Promise<void> {
  const version = plan.reviewVersion + 1;
  await addStep(act.db, plan, { ...change, actorId: act.actor.accountId, actorName: act.actor.name, at: act.now });
  await write(act.db, plan, change.after, version);
}

async function write(db: Queryable, plan: PlanRow, side: Change['after'], version: number): Promise<void> {
  await saveDrafts(
    db,
    plan,
    side.drafts.map((draft) => ({ ...draft, version })),
  );
  await saveDoubts(
    db,
    plan,
    side.doubts.map((doubt) => ({ ...doubt, version })),
  );
  if (side.sheet) {
    await saveSheet(db, plan, side.sheet);
    const { title, kind, documentNumber, issuer, issuedOn } = side.sheet;
    await savePlan(db, plan.jurisdiction, plan.id, { title, kind, documentNumber, issuer, issuedOn }, { quiet: true });
  }
  await savePlan(db, plan.jurisdiction, plan.id, { reviewVersion: version }, { quiet: true });
}

/** Takes back the last step, if it is still the one that the page showed and the person's own. */
export async function undoReview(act: Act, id: string, seq: number, since: number): Promise<Changes> {
  const plan = await openForReview(act, id);
  const step = await lastStep(act.db, plan);
  if (!step) throw notNow('没有可以撤销的步骤。');
  if (step.seq !== seq)
    throw notNow(`在您打开之后，${step.actorName}又做了「${step.says}」，不能再撤销先前的一步。请看最新内容。`);
  if (step.actorId !== act.actor.accountId)
    throw notAllowed(`上一步「${step.says}」是${step.actorName}做的，应由本人撤销。`);
  await markUndone(act.db, plan, seq);
  const version = plan.reviewVersion + 1;
  const made = step.after.drafts.filter((draft) => !step.before.drafts.some((before) => before.id === draft.id));
  // A line that the step made is laid aside rather than removed, so that other open pages learn of it.
  const laidAside = made.map((draft) => ({ ...draft, discarded: '撤销新增' }));
  await write(act.db, plan, { ...step.before, drafts: [...step.before.drafts, ...laidAside] }, version);
  return changesSince(act, { ...plan, reviewVersion: version }, since);
}

import { sql } from 'kysely';
import type { Scope } from '../../../kernel/scope.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { refuseStale } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { announce } from '../../../platform/facts/record.ts';
import { type Problem, problemOfScope } from '../../problems/server/door.ts';
import { unitsByIds } from '../../units/server/door.ts';
import { isOpen, type ListingAction, type ListingState } from '../lifecycle.ts';
import type { ListedProblem, Listing } from '../listing.ts';
import { type Given, judge, type Setting } from '../situation.ts';
import { lockListing, settingOf } from './store.ts';

/** Which listing, and the version that the person had before his eyes. */
export interface Seen {
  readonly id: string;
  readonly version: number;
}

/** What every changing route answers. */
export interface Done {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: ListingState;
}

/** A listing as it was found under the lock, with its problem and what the jurisdiction set. */
export interface Loaded {
  readonly listing: Listing;
  readonly problem: Problem;
  readonly facts: ListedProblem;
  readonly setting: Setting;
}

const openStates = new Set(['toReceive', 'underway', 'toRecheck', 'toClose', 'disputed', 'planned']);

/** What the rules of this room ask about a problem. */
export async function factsOf(db: Queryable, jurisdiction: string, problem: Problem): Promise<ListedProblem> {
  const [lead] = await unitsByIds(db, jurisdiction, [problem.leadUnitId]);
  return {
    id: problem.id,
    state: problem.state,
    open: openStates.has(problem.state),
    major: problem.grade === 'major',
    ending: ['withdrawal', 'merge', 'unfounded'].includes(problem.request?.kind ?? ''),
    dueOn: problem.dueOn,
    leadUnitId: problem.leadUnitId,
    leadUnitName: lead?.name ?? '',
    coUnitIds: problem.coUnitIds,
    supervisingUnitId: problem.supervisingUnitId,
    doneOn: problem.doneOn,
    doneByName: problem.doneByName,
    closedOn: problem.closedOn,
    subject: problem.subject,
  };
}

/** Loads and locks a listing of the actor's own jurisdiction whose problem he may see. */
export async function load(act: Act, seen: { readonly id: string; readonly version?: number }): Promise<Loaded> {
  const scope: Scope = ownJurisdiction(act.scope, act.actor);
  const listing = await lockListing(act.db, scope, seen.id);
  const { problem } = await problemOfScope(act.db, scope, listing.problemId);
  await refuseStale(act, '挂牌督办', { ...listing, kind: 'listing' }, seen.version);
  return {
    listing,
    problem,
    facts: await factsOf(act.db, act.actor.jurisdiction, problem),
    setting: await settingOf(act.db, act.actor.jurisdiction),
  };
}

/** Where the action leads; throws the rule's refusal. */
export function decide(
  act: Act,
  { listing, facts, setting }: Loaded,
  action: ListingAction,
  given: Given = {},
): ListingState {
  const verdict = judge(listing, facts, act.actor, action, act.day, given, setting);
  if (!verdict.may) throw verdict.refusal;
  return verdict.to;
}

/** Writes the listing as it now is; `before` was locked. Gives it with its new version. */
export async function save(act: Act, before: Listing, changes: Partial<Listing>): Promise<Listing> {
  const after = { ...before, ...changes, version: before.version + 1 };
  await sql`
    update listing set state = ${after.state}, open = ${isOpen(after.state)}, level = ${after.level},
      decided_on = ${after.decidedOn}, decided_by_name = ${after.decidedByName}, decided_by_post = ${after.decidedByPost},
      decision = ${after.decision}, opinion = ${after.opinion}, recorded_by = ${after.recordedBy},
      recorded_by_name = ${after.recordedByName}, listed_on = ${after.listedOn}, notice_number = ${after.noticeNumber},
      plan = ${after.plan === null ? null : JSON.stringify(after.plan)}::jsonb, plan_filed_on = ${after.planFiledOn},
      plan_recorded_on = ${after.planRecordedOn}, applied_on = ${after.appliedOn}, applied_by = ${after.appliedBy},
      accepted_on = ${after.acceptedOn}, accepted_by = ${after.acceptedBy}, failures = ${after.failures},
      last_failed_on = ${after.lastFailedOn}, retry_on = ${after.retryOn}, escalations = ${after.escalations},
      delisted_on = ${after.delistedOn}, delisting_number = ${after.delistingNumber}, ended_on = ${after.endedOn},
      version = ${after.version}
    where jurisdiction = ${act.actor.jurisdiction} and id = ${after.id}`.execute(act.db);
  return after;
}

/** Announces what happened, with the version that it made. */
export async function tell(
  act: Act,
  before: Listing,
  after: Listing,
  kind: string,
  says: string,
  data: Readonly<Record<string, unknown>> = {},
): Promise<Done> {
  await announce(act, {
    item: { kind: 'listing', id: after.id },
    kind,
    says,
    from: before.state,
    to: after.state,
    data: { version: after.version, number: after.number, problem: after.problemNumber, ...data },
  });
  return { id: after.id, number: after.number, version: after.version, state: after.state };
}

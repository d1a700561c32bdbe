import { sql } from 'kysely';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { addDays, type Day, daysBetween } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import { issuedOf, knownLetterhead } from '../../letters/server/door.ts';
import { problemLifecycle } from '../../problems/lifecycle.ts';
import { problemOfScope } from '../../problems/server/door.ts';
import type { supervisionApi } from '../api.ts';
import { listingForms } from '../documents.ts';
import { groundsOf } from '../late.ts';
import { type ListingAction, listingLifecycle } from '../lifecycle.ts';
import {
  type EscalationKind,
  escalationWords,
  type ListedProblem,
  type Listing,
  planParts,
  planWords,
} from '../listing.ts';
import { judge } from '../situation.ts';
import { inSight, lineOf } from './lines.ts';
import { factsOf } from './step.ts';
import { listingById, unknownListing } from './store.ts';

type View = ResponseOf<typeof supervisionApi.viewListing>;

/** Who is next, in one sentence. */
function nextStep(listing: Listing, problem: ListedProblem): string {
  switch (listing.state) {
    case 'proposed':
      return '等分管领导或安委办（提请人以外的同志）审批';
    case 'approved':
      return '等安委办印发督办通知书、发布公告';
    case 'listed':
      return `等${problem.leadUnitName}报送整改方案`;
    case 'planFiled':
      return '等督办单位或安委办对整改方案备案';
    case 'rectifying':
      return ['toRecheck', 'toClose', 'closed'].includes(problem.state) &&
        (listing.lastFailedOn ?? '') <= (problem.doneOn ?? '')
        ? `整改已报告完成，等${problem.leadUnitName}申请验收`
        : listing.failures > 0
          ? `验收没有通过，由${problem.leadUnitName}重新整改；问题在复查中的，请先退回`
          : `由${problem.leadUnitName}整改，完成后先在问题页报告整改完成`;
    case 'toAccept':
      return '等督办单位或安委办组织现场验收';
    case 'accepted':
      return problem.state === 'toClose' || problem.state === 'closed'
        ? '等安委办摘牌、发布公告，然后销号'
        : '等问题复查通过，然后摘牌';
    default:
      return '已经了结';
  }
}

/** Everything that the page of a listing shows, with each action and, where it may not be taken, the reason. */
export async function view(reading: Reading, id: string): Promise<View> {
  const { db, day, actor } = reading;
  const listing = await listingById(db, reading.scope, id);
  const [seen] = await inSight(reading, [listing]);
  if (!seen) throw unknownListing();
  const { jurisdiction } = listing;
  const { problem } = await problemOfScope(db, reading.scope, listing.problemId);
  const facts = await factsOf(db, jurisdiction, problem);
  const { setting, late } = seen;
  const own = jurisdiction === actor.jurisdiction;
  const offers = (Object.keys(listingLifecycle.actions) as ListingAction[]).map((action) => {
    const verdict = judge(listing, facts, actor, action, day, null, setting);
    const says = !own ? '这是下级政府的挂牌督办，只能查看。' : verdict.may ? '' : verdict.refusal.says;
    return { action, label: listingLifecycle.actions[action], may: own && verdict.may, says };
  });
  const head = await knownLetterhead(db, jurisdiction);
  const details = await detailsOf(reading, jurisdiction, listing);
  return {
    listing: lineOf(seen, day),
    reason: listing.reason,
    requirements: [...listing.requirements],
    proposedUnitName: listing.proposedUnitName,
    decision:
      listing.decision === null
        ? null
        : {
            approved: listing.decision === 'approved',
            on: listing.decidedOn ?? '',
            byName: listing.decidedByName ?? '',
            byPost: listing.decidedByPost,
            opinion: listing.opinion ?? '',
            recordedByName: listing.recordedByName,
          },
    nextStep: nextStep(listing, facts),
    planDueOn: late.planDueOn,
    planFiledOn: listing.planFiledOn,
    planRecordedOn: listing.planRecordedOn,
    plan:
      listing.plan === null
        ? null
        : planParts.map((part) => ({ part, word: planWords[part], text: listing.plan?.[part] ?? '' })),
    appliedOn: listing.appliedOn,
    acceptedOn: listing.acceptedOn,
    retryOn: listing.retryOn,
    grounds: groundsOf(listing, facts, day, setting.limits),
    problem: {
      stateWord: problemLifecycle.states[problem.state],
      dueOn: problem.dueOn,
      firstDueOn: problem.firstDueOn,
      extensions: problem.extensions,
      address: problem.place.address,
    },
    ...details,
    acceptances: details.acceptances.map((one) => ({
      ...one,
      lateDays: Math.max(
        0,
        daysBetween(addDays(one.appliedOn as Day, setting.limits.acceptanceDays), one.heldOn as Day),
      ),
    })),
    offers,
    levels: [...setting.levels],
    usual: {
      addressee: facts.leadUnitName,
      copies: head?.copies ?? '',
      leadUnitName: facts.leadUnitName,
      place: problem.place.address ?? problem.subject ?? '',
    },
  };
}

type Stored = Pick<View, 'planFileIds' | 'progress' | 'escalations' | 'documents' | 'files' | 'facts'> & {
  readonly acceptances: Omit<View['acceptances'][number], 'lateDays'>[];
};

/** What lies in the tables beside the listing. */
async function detailsOf(reading: Reading, jurisdiction: string, { id }: Listing): Promise<Stored> {
  const { db } = reading;
  const here = sql`jurisdiction = ${jurisdiction} and listing_id = ${id}`;
  const item = sql`jurisdiction = ${jurisdiction} and item_kind = 'listing' and item_id = ${id}`;
  const [plan, progress, acceptances, escalations, documents, files, facts] = await Promise.all([
    sql<{ planFileIds: string[] }>`select plan_file_ids as "planFileIds" from listing
      where jurisdiction = ${jurisdiction} and id = ${id}`.execute(db),
    sql<
      View['progress'][number]
    >`select id, day, by_name as "byName", unit_name as "unitName", text, file_ids as "fileIds"
      from listing_progress where ${here} order by at desc, id limit 500`.execute(db),
    sql<
      Stored['acceptances'][number]
    >`select id, round, applied_on as "appliedOn", held_on as "heldOn", place, people, checks,
      passed, opinion, retry_on as "retryOn", by_name as "byName" from listing_acceptance where ${here} order by round desc`.execute(
      db,
    ),
    sql<Omit<View['escalations'][number], 'word'> & { kind: EscalationKind }>`select id, kind, day, grounds, reason,
      level_before as "levelBefore", level_after as "levelAfter", demands, reply_on as "replyOn", measures, by_name as "byName"
      from listing_escalation where ${here} order by at desc`.execute(db),
    issuedOf(db, jurisdiction, { kind: 'listing', id }, Object.values(listingForms)),
    sql<View['files'][number]>`select id, name, size::int as size, type from file where ${item}
      order by uploaded_at, id limit 500`.execute(db),
    sql<Omit<View['facts'][number], 'at'> & { at: Date }>`select seq, at, day, kind, says, actor_name as "actorName",
      unit_name as "unitName" from fact where ${item} order by seq desc limit 500`.execute(db),
  ]);
  return {
    planFileIds: plan.rows[0]?.planFileIds ?? [],
    progress: progress.rows,
    acceptances: acceptances.rows,
    escalations: escalations.rows.map((one) => ({ ...one, word: escalationWords[one.kind] })),
    documents,
    files: files.rows,
    facts: facts.rows.map((one) => ({ ...one, at: one.at.toISOString() })),
  };
}

import { hasRole } from '../../../kernel/actor.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { type Done, decide, load, type Seen, save, tell } from './step.ts';

/**
 * 审批: by the leader himself, or an officer records which leader approved or refused, when and with what opinion. Whoever
 * proposed neither decides nor records, nor is named as the one who approved.
 */
export async function decideProposal(
  act: Act,
  input: Seen & {
    readonly approve: boolean;
    readonly opinion: string;
    readonly approver?: { readonly name: string; readonly post: string; readonly on: Day } | null;
  },
): Promise<Done> {
  const loaded = await load(act, input);
  const { listing } = loaded;
  const himself = hasRole(act.actor, 'leader');
  const approver = himself
    ? { name: act.actor.name, post: input.approver?.post.trim() || '分管领导', on: act.day }
    : (input.approver ?? undefined);
  const opinion = input.opinion.trim();
  const given = { opinion, reason: opinion, ...(approver ? { approver } : {}) };
  const state = decide(act, loaded, input.approve ? 'approve' : 'refuse', given);
  const saved = await save(act, listing, {
    state,
    decision: input.approve ? 'approved' : 'refused',
    decidedOn: approver?.on ?? act.day,
    decidedByName: approver?.name.trim() ?? act.actor.name,
    decidedByPost: approver?.post.trim() ?? null,
    opinion,
    recordedBy: act.actor.accountId,
    recordedByName: act.actor.name,
    ...(input.approve ? {} : { endedOn: act.day }),
  });
  const by = `${saved.decidedByPost ?? ''}${saved.decidedByName ?? ''}`;
  const says = `${by}于${saved.decidedOn ?? ''}${input.approve ? '批准挂牌' : '不批准挂牌'}：${opinion}${himself ? '' : `（${who(act)}登记）`}`;
  return tell(act, listing, saved, input.approve ? 'listing.approved' : 'listing.refused', says, {
    approver: saved.decidedByName,
    post: saved.decidedByPost,
    on: saved.decidedOn,
    opinion,
  });
}

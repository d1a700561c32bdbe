import { hasRole } from '../../../../kernel/actor.ts';
import type { Day } from '../../../../kernel/day.ts';
import { notValid } from '../../../../kernel/refusal.ts';
import type { Act } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import { isRestricted, type PressureKind, pressureWords } from '../../pressure.ts';
import { proposer } from './propose.ts';
import { called, type Done, decide, load, quiet, type Seen, save, tell } from './step.ts';

/** 采纳提请: the office takes up what a rule found, words it, and so becomes the proposer. The kind may be another one. */
export async function takeUp(
  act: Act,
  input: Seen & {
    readonly kind: PressureKind;
    readonly addressee: string;
    readonly matter: string;
    readonly reason: string;
    readonly demands: readonly string[];
  },
): Promise<Done> {
  const row = await load(act, input);
  const demands = input.demands.map((one) => one.trim()).filter((one) => one !== '');
  const addressee = input.addressee.trim();
  const reason = input.reason.trim();
  const matter = input.matter.trim();
  const state = await decide(act, row, 'takeUp', { reason, demands, addressee });
  if (matter.length < 4)
    throw notValid('请写明措施针对的事项，至少4个字。', [{ where: 'body.matter', says: '请写明事项' }]);
  // what a rule found was already shown to the whole office
  if (isRestricted(input.kind))
    throw notValid('线索移交限知悉范围，不能由规则提示转来，请在督促措施页另行提请。', [
      { where: 'body.kind', says: '请选择其他措施' },
    ]);
  const saved = await save(act, row, {
    state,
    kind: input.kind,
    addressee,
    matter,
    reason,
    demands,
    ...proposer(act),
  });
  const other = input.kind === row.kind ? '' : `（规则提示为${pressureWords[row.kind]}）`;
  return tell(
    act,
    row,
    saved,
    'pressure.proposed',
    `${who(act)}采纳规则提示，提请对${quiet(saved, row.unitName) || '有关单位'}采取${called(saved)}${other}${quiet(saved, `：${reason}`)}`,
    { kind: input.kind },
  );
}

/** 不予采纳: what the rule found does not lead to a measure this time; it will not propose the same again. */
export async function dismiss(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const row = await load(act, input);
  const reason = input.reason.trim();
  const state = await decide(act, row, 'dismiss', { reason });
  const saved = await save(act, row, { state, endedOn: act.day });
  return tell(act, row, saved, 'pressure.dismissed', `${who(act)}没有采纳规则提示：${reason}`, { reason });
}

/** 审批, by a leader himself, or recorded by the office in the name of the leader who decided on paper. */
export async function decideProposal(
  act: Act,
  input: Seen & {
    readonly approve: boolean;
    readonly opinion: string;
    readonly approver?: { readonly name: string; readonly post: string; readonly on: Day } | null;
  },
): Promise<Done> {
  const row = await load(act, input);
  const opinion = input.opinion.trim();
  const own = hasRole(act.actor, 'leader');
  const approver = own ? { name: act.actor.name, post: '分管领导', on: act.day } : (input.approver ?? undefined);
  const state = await decide(act, row, input.approve ? 'approve' : 'refuse', {
    opinion,
    reason: opinion,
    ...(approver ? { approver } : {}),
  });
  const saved = await save(act, row, {
    state,
    decision: input.approve ? 'approved' : 'refused',
    opinion,
    decidedOn: approver?.on ?? act.day,
    decidedByName: approver?.name.trim() ?? act.actor.name,
    decidedByPost: own ? act.actor.unitName : (approver?.post.trim() ?? null),
    recordedBy: act.actor.accountId,
    recordedByName: act.actor.name,
    ...(input.approve ? {} : { endedOn: act.day }),
  });
  const by = own ? who(act) : `${approver?.post.trim() ?? ''}${approver?.name.trim() ?? ''}`;
  const recorded = own ? '' : `（${who(act)}登记）`;
  return tell(
    act,
    row,
    saved,
    input.approve ? 'pressure.approved' : 'pressure.refused',
    `${by}${input.approve ? '批准' : '不批准'}采取${called(row)}${quiet(row, `：${opinion}`)}${recorded}`,
    { decidedOn: saved.decidedOn },
  );
}

/** 撤回提请: by the proposer, before it is served. */
export async function retract(act: Act, input: Seen & { readonly reason: string }): Promise<Done> {
  const row = await load(act, input);
  const reason = input.reason.trim();
  const state = await decide(act, row, 'retract', { reason });
  const saved = await save(act, row, { state, endedOn: act.day });
  return tell(act, row, saved, 'pressure.retracted', `${who(act)}撤回提请${quiet(row, `：${reason}`)}`);
}

import { randomUUID } from 'node:crypto';
import type { Actor } from '../../../kernel/actor.ts';
import { hasRole } from '../../../kernel/actor.ts';
import { verdict } from '../../../kernel/lifecycle.ts';
import { notAllowed, notNow, notValid } from '../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { announce, announceMany } from '../../../platform/facts/record.ts';
import { checkContent } from '../../../platform/files/check.ts';
import type { Upload } from '../../../platform/http/serve.ts';
import { expandGroups, unitsByIds } from '../../units/server/door.ts';
import { type FilingAction, type FilingPart, filingLifecycle } from '../filing.ts';
import { planLifecycle } from '../lifecycle.ts';
import { addPlanUnits, lockPlan } from './store.ts';
import { type FilingRow, insertFilings, lockFiling, saveFiled, saveJudged } from './store-filings.ts';

/** Asks units, and the members of groups as of today, for their own plan by a day. */
export async function askFilings(
  act: Act,
  planId: string,
  input: { title: string; dueOn: string; unitIds: readonly string[]; groupIds: readonly string[] },
): Promise<{ asked: number; already: number }> {
  const { db, actor } = act;
  const plan = await lockPlan(db, actor, planId);
  const judged = verdict(planLifecycle, { state: plan.state, action: 'askFilings', parts: ['office'], unmet: [] });
  if (!judged.may) throw judged.refusal;
  if (input.dueOn < act.day)
    throw notValid('报送期限不能早于今天，请改正。', [{ where: '报送期限', says: '早于今天' }]);
  const groups = await expandGroups(db, actor.jurisdiction, input.groupIds, act.day);
  const asked = [...new Set([...input.unitIds, ...[...groups.values()].flat()])];
  const units = await unitsByIds(db, actor.jurisdiction, asked);
  if (units.length === 0) throw notValid('请至少选择一个应报单位。', [{ where: '应报单位', says: '必填' }]);
  const made = await insertFilings(
    db,
    actor.jurisdiction,
    units.map((unit) => ({ id: randomUUID(), unitId: unit.id })),
    { planId, title: input.title.trim(), dueOn: input.dueOn, at: act.now },
  );
  await addPlanUnits(
    db,
    actor.jurisdiction,
    planId,
    units.map((unit) => unit.id),
  );
  await announceMany(
    act,
    made.map((id) => ({
      item: { kind: 'filing', id },
      kind: 'filing.asked',
      says: `要求于${input.dueOn}前报送「${input.title.trim()}」`,
      to: 'due',
    })),
  );
  await announce(act, {
    item: { kind: 'plan', id: planId },
    kind: 'plan.filingsAsked',
    says: `要求${made.length}个单位于${input.dueOn}前报送「${input.title.trim()}」`,
  });
  return { asked: made.length, already: units.length - made.length };
}

const partsOf = (actor: Actor, filing: FilingRow): FilingPart[] => [
  ...(hasRole(actor, 'officer') ? (['office'] as const) : []),
  ...(actor.units.some((unit) => unit === filing.unitId) && hasRole(actor, 'clerk', 'unitLeader', 'officer')
    ? (['unit'] as const)
    : []),
];

function judge(act: Act, filing: FilingRow, action: FilingAction, unmet: readonly ('reason' | 'file')[]) {
  const judged = verdict(filingLifecycle, { state: filing.state, action, parts: partsOf(act.actor, filing), unmet });
  if (!judged.may) throw judged.refusal;
  return judged.to;
}

/** A unit files its plan. The day that counts is the day of entry; a new file replaces one that was not yet judged. */
export async function fileSubPlan(act: Act, id: string, upload: Upload): Promise<{ id: string; version: number }> {
  const filing = await lockFiling(act.db, ownJurisdiction(act.scope, act.actor), id);
  const to = judge(act, filing, 'file', upload.size === 0 ? ['file'] : []);
  await checkContent(act.house.files.path(upload.sha256), upload.name);
  await saveFiled(act.db, filing, { sha256: upload.sha256, name: upload.name, by: act.actor.name, on: act.day });
  await announce(act, {
    item: { kind: 'filing', id },
    kind: 'filing.filed',
    says: `报送「${upload.name}」`,
    from: filing.state,
    to,
    data: { sha256: upload.sha256, size: upload.size },
  });
  return { id, version: filing.version + 1 };
}

/** The office passes a filed plan, sends it back with the reason, or excuses the unit. Nobody passes his own unit's plan. */
export async function judgeFiling(
  act: Act,
  id: string,
  input: { version: number; verdict: 'accept' | 'return' | 'excuse'; reason?: string },
): Promise<{ id: string; version: number }> {
  const filing = await lockFiling(act.db, ownJurisdiction(act.scope, act.actor), id);
  if (filing.version !== input.version) {
    throw notNow(
      `这件报送在您打开之后已有变化，现为「${filingLifecycle.states[filing.state]}」，请看最新情况后再办理。`,
    );
  }
  const reason = input.reason?.trim() ?? '';
  const to = judge(act, filing, input.verdict, reason === '' ? ['reason'] : []);
  if (
    input.verdict === 'accept' &&
    filing.filedByName === act.actor.name &&
    partsOf(act.actor, filing).includes('unit')
  ) {
    throw notAllowed('本人报送的方案不能由本人审查，请由其他工作人员办理。');
  }
  await saveJudged(act.db, filing, { state: to, says: reason === '' ? null : reason, by: act.actor.name, on: act.day });
  const words = { accept: '审查通过', return: '退回修改', excuse: '准予免报' }[input.verdict];
  await announce(act, {
    item: { kind: 'filing', id },
    kind: { accept: 'filing.accepted', return: 'filing.returned', excuse: 'filing.excused' }[input.verdict],
    says: reason === '' ? words : `${words}：${reason}`,
    from: filing.state,
    to,
  });
  return { id, version: filing.version + 1 };
}

import { randomUUID } from 'node:crypto';
import { yearOf } from '../../../../kernel/day.ts';
import { notAllowed, notValid } from '../../../../kernel/refusal.ts';
import type { Act } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import { nextNumbers } from '../../../../platform/db/number.ts';
import { canonical, sha256 } from '../../../../platform/facts/canonical.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { checkingAccounts } from '../../../access/server/door.ts';
import { problemsInSight } from '../../../problems/server/door.ts';
import { tasksByIds } from '../../../tasks/server/door.ts';
import { unitsByIds } from '../../../units/server/door.ts';
import {
  isOutward,
  isRestricted,
  type Keeper,
  type Pressure,
  type PressureKind,
  pressureWords,
} from '../../pressure.ts';
import type { Ground, GroundItem } from '../../pressure-rule.ts';
import { pressureProposalRefusal } from '../../pressure-situation.ts';
import { called, type Done, quiet } from './step.ts';
import { insertPressure } from './store.ts';

export const newPressure = (
  of: Pick<
    Pressure,
    'id' | 'number' | 'kind' | 'state' | 'unitId' | 'unitName' | 'addressee' | 'matter' | 'suggestedOn'
  > &
    Partial<Pressure>,
): Pressure => ({
  reason: '',
  demands: [],
  ruleId: null,
  ruleCode: null,
  ruleVersion: null,
  rung: 0,
  earlierId: null,
  keepers: [],
  proposedOn: null,
  proposedBy: null,
  proposedByName: null,
  proposedByPerson: null,
  proposedUnitId: null,
  proposedUnitName: null,
  decidedOn: null,
  decidedByName: null,
  decidedByPost: null,
  decision: null,
  opinion: null,
  recordedBy: null,
  recordedByName: null,
  servedOn: null,
  documentNumber: null,
  replyDueOn: null,
  meetOn: null,
  meetAt: null,
  meetPlace: null,
  meetHost: null,
  medium: null,
  publishedOn: null,
  link: null,
  receivedOn: null,
  receivedByName: null,
  repliedOn: null,
  urged: 0,
  endedOn: null,
  version: 1,
  ...of,
});

/** Who may know of a restricted measure: the people of the office that are named, and whoever proposes it. */
export async function keepersOf(act: Act, kind: PressureKind, accountIds: readonly string[]): Promise<Keeper[]> {
  if (!isRestricted(kind)) return [];
  const officers = await checkingAccounts(act.db, act.actor.jurisdiction, ['officer'], {});
  const self = { accountId: act.actor.accountId as string, name: act.actor.name };
  const wanted = [...new Set(accountIds)].filter((id) => id !== self.accountId);
  const named = wanted.map((id) => officers.find((one) => one.accountId === id));
  if (named.some((one) => one === undefined))
    throw notValid('知悉人员应是安委办工作人员的账号，请重新选择。', [
      { where: 'body.keepers', says: '有不是安委办工作人员的账号' },
    ]);
  return [self, ...named.flatMap((one) => (one ? [{ accountId: one.accountId, name: one.name }] : []))];
}

/** What the person points at, as it stands today: the items of the ground are frozen like those that a rule finds. */
async function pointedAt(
  act: Act,
  unitId: string,
  asked: { readonly problemIds: readonly string[]; readonly taskIds: readonly string[] },
): Promise<GroundItem[]> {
  const problems = await problemsInSight(act.db, act.scope, asked.problemIds, act.day);
  const tasks = (await tasksByIds(act.db, act.scope, asked.taskIds, act.day)).filter(
    (line) => act.scope.units === 'all' || act.scope.units.some((unit) => (unit as string) === line.leadUnitId),
  );
  if (problems.length < new Set(asked.problemIds).size || tasks.length < new Set(asked.taskIds).size)
    throw notValid('所列问题、任务中有的不存在，或者不在您能查看的范围内。');
  const strange = [...problems, ...tasks].find((line) => line.leadUnitId !== unitId);
  if (strange) throw notValid(`${strange.number}不是由这个单位负责的，不能作为对它采取措施的依据。`);
  return [
    ...problems.map((one) => ({
      kind: 'problem' as const,
      id: one.id,
      number: one.number,
      title: one.title,
      on: one.dueOn,
      count: 1,
    })),
    ...tasks.map((one) => ({
      kind: 'task' as const,
      id: one.id,
      number: one.number,
      title: one.title,
      on: one.dueOn ?? act.day,
      count: 1,
    })),
  ].map((one) => ({ ...one, on: one.on as GroundItem['on'] }));
}

/** 提请 by a person: against a unit, with what is demanded and why; another person decides. */
export async function propose(
  act: Act,
  input: {
    readonly kind: PressureKind;
    readonly unitId: string;
    readonly addressee?: string | null;
    readonly matter: string;
    readonly reason: string;
    readonly demands: readonly string[];
    readonly problemIds?: readonly string[];
    readonly taskIds?: readonly string[];
    readonly keepers?: readonly string[];
  },
): Promise<Done> {
  const { actor } = act;
  const refusal = pressureProposalRefusal(input.kind, input.unitId, actor);
  if (refusal !== null) throw notAllowed(refusal);
  const [unit] = await unitsByIds(act.db, actor.jurisdiction, [input.unitId]);
  if (!unit) throw notValid('请选择对哪个单位采取措施。', [{ where: 'body.unitId', says: '没有这个单位' }]);
  const matter = input.matter.trim();
  const reason = input.reason.trim();
  const demands = input.demands.map((one) => one.trim()).filter((one) => one !== '');
  const addressee = (input.addressee ?? '').trim() || (isOutward(input.kind) ? '' : unit.name);
  if (matter.length < 4)
    throw notValid('请写明措施针对的事项，至少4个字。', [{ where: 'body.matter', says: '请写明事项' }]);
  if (reason.length < 2) throw notValid('请写明提请的理由。', [{ where: 'body.reason', says: '请写明理由' }]);
  if (demands.length === 0) throw notValid('请至少写明一条要求。', [{ where: 'body.demands', says: '请写明要求' }]);
  if (addressee === '')
    throw notValid(`请写明${pressureWords[input.kind]}送给哪个机关。`, [
      { where: 'body.addressee', says: '请写明机关' },
    ]);
  const items = await pointedAt(act, unit.id, { problemIds: input.problemIds ?? [], taskIds: input.taskIds ?? [] });
  const keepers = await keepersOf(act, input.kind, input.keepers ?? []);
  const [number = ''] = await nextNumbers(act.db, actor.jurisdiction, '措', yearOf(act.day), 1);
  const id = randomUUID();
  const one = newPressure({
    id,
    number,
    kind: input.kind,
    state: 'proposed',
    unitId: unit.id,
    unitName: unit.name,
    addressee,
    matter,
    reason,
    demands,
    keepers,
    suggestedOn: act.day,
    ...proposer(act),
  });
  const ground: Ground = { key: `person/${id}`, figure: items.length, says: [reason], items };
  await insertPressure(act, one, true, { ...ground, day: act.day, rule: null, sha256: sha256(canonical(ground)) });
  await announce(act, {
    item: { kind: 'pressure', id },
    kind: 'pressure.proposed',
    says: `${who(act)}提请对${quiet(one, unit.name) || '有关单位'}采取${called(one)}${quiet(one, `：${reason}`)}`,
    to: 'proposed',
    data: { version: 1, number, kind: input.kind, ground: sha256(canonical(ground)) },
  });
  return { id, number, version: 1, state: 'proposed' };
}

/** Whoever proposes, as it is kept. */
export const proposer = (act: Act) => ({
  proposedOn: act.day,
  proposedBy: act.actor.accountId as string,
  proposedByName: act.actor.name,
  proposedByPerson: act.actor.personId as string | null,
  proposedUnitId: act.actor.unitId as string | null,
  proposedUnitName: act.actor.unitName,
});

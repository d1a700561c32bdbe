import { randomUUID } from 'node:crypto';
import { addDays, day as asDay } from '../../../kernel/day.ts';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { GroupRule, UnitClass } from '../group.ts';
import { holdsOn, nameKey } from '../unit.ts';
import { refuseStale } from './seen.ts';
import { spelling } from './spelling.ts';
import { unitsByIds } from './store.ts';
import {
  addMember,
  currentGroupNamed,
  endMember,
  type GroupRow,
  lockGroup,
  membersOf,
  saveGroup,
} from './store-groups.ts';

export interface GroupDraft {
  readonly name: string;
  readonly class?: UnitClass | null;
  readonly kind: 'list' | 'rule';
  readonly rule?: GroupRule | null;
}
interface Saved {
  id: string;
  version: number;
}

export async function createGroup(
  act: Act,
  draft: GroupDraft & { readonly unitIds?: readonly string[]; readonly from?: string | null },
): Promise<Saved> {
  await refuseWrong(act, draft, null);
  const id = randomUUID();
  const name = draft.name.trim();
  await write(act, {
    id,
    name,
    class: draft.class ?? null,
    kind: draft.kind,
    rule: draft.kind === 'rule' ? (draft.rule ?? null) : null,
    validFrom: null,
    validTo: null,
    version: 1,
  });
  const members = await knownUnits(act, draft.kind === 'list' ? (draft.unitIds ?? []) : []);
  for (const unit of members)
    await addMember(act.db, act.actor.jurisdiction, {
      id: randomUUID(),
      groupId: id,
      unitId: unit.id,
      from: draft.from ?? null,
      to: null,
    });
  await announce(act, {
    item: { kind: 'unitGroup', id },
    kind: 'unitGroup.created',
    says:
      draft.kind === 'list' ? `新增分组「${name}」，成员 ${members.length} 个` : `新增分组「${name}」，按规则确定成员`,
    data: draft,
  });
  return { id, version: 1 };
}

export async function changeGroup(
  act: Act,
  id: string,
  draft: GroupDraft & { readonly version: number },
): Promise<Saved> {
  const group = await load(act, id, draft.version);
  if (draft.kind !== group.kind)
    throw notValid('名单分组与规则分组不能互相转换，请停用后另建一个。', [{ where: 'body.kind', says: '不能改变' }]);
  await refuseWrong(act, draft, id);
  const next: GroupRow = {
    ...group,
    name: draft.name.trim(),
    class: draft.class ?? null,
    rule: group.kind === 'rule' ? (draft.rule ?? null) : null,
    version: group.version + 1,
  };
  await write(act, next);
  await announce(act, {
    item: { kind: 'unitGroup', id },
    kind: 'unitGroup.changed',
    says: next.name === group.name ? `修改分组「${group.name}」` : `分组「${group.name}」更名为「${next.name}」`,
    data: { before: group, after: draft },
  });
  return { id, version: next.version };
}

/** Units join from `on` and leave on the day before it, so that on `on` the list is as decided. */
export async function changeMembers(
  act: Act,
  id: string,
  given: {
    readonly version: number;
    readonly on: string;
    readonly join?: readonly string[];
    readonly leave?: readonly string[];
  },
): Promise<Saved> {
  const group = await load(act, id, given.version);
  if (group.kind === 'rule') throw notNow(`「${group.name}」按规则确定成员，请修改规则。`);
  const periods = await membersOf(act.db, act.actor.jurisdiction, [id]);
  const open = new Map(periods.filter((one) => one.to === null || one.to >= given.on).map((one) => [one.unitId, one]));
  const joining = (await knownUnits(act, given.join ?? [])).filter((unit) => !open.has(unit.id));
  const leaving = (given.leave ?? []).flatMap((unitId) => open.get(unitId) ?? []);
  const last = addDays(asDay(given.on), -1);
  const early = leaving.find((one) => !holdsOn(one.from, null, last));
  if (early)
    throw notValid('退出日期不能早于加入的次日，请核对日期。', [
      { where: 'body.on', says: `加入日期为 ${early.from}` },
    ]);
  if (joining.length + leaving.length === 0) throw notNow('所选单位已经是这样，成员没有变化。');
  for (const unit of joining)
    await addMember(act.db, act.actor.jurisdiction, {
      id: randomUUID(),
      groupId: id,
      unitId: unit.id,
      from: given.on,
      to: null,
    });
  for (const one of leaving) await endMember(act.db, act.actor.jurisdiction, one.id, last);
  const version = group.version + 1;
  await write(act, { ...group, version });
  const left = await unitsByIds(
    act.db,
    act.actor.jurisdiction,
    leaving.map((one) => one.unitId),
  );
  const parts = [
    joining.length > 0 ? `${joining.map((one) => one.name).join('、')}加入` : '',
    left.length > 0 ? `${left.map((one) => one.name).join('、')}退出` : '',
  ].filter((part) => part !== '');
  await announce(act, {
    item: { kind: 'unitGroup', id },
    kind: 'unitGroup.membersChanged',
    says: `自 ${given.on} 起${parts.join('，')}`,
    data: { on: given.on, join: joining.map((one) => one.id), leave: left.map((one) => one.id) },
  });
  return { id, version };
}

export async function endGroup(
  act: Act,
  id: string,
  given: { readonly version: number; readonly on: string },
): Promise<Saved> {
  const group = await load(act, id, given.version);
  const version = group.version + 1;
  await write(act, { ...group, validTo: given.on, version });
  await announce(act, {
    item: { kind: 'unitGroup', id },
    kind: 'unitGroup.ended',
    says: `分组「${group.name}」于 ${given.on} 停用`,
  });
  return { id, version };
}

async function load(act: Act, id: string, version: number): Promise<GroupRow> {
  const group = await lockGroup(act.db, act.actor.jurisdiction, id);
  if (group === null) throw notFound('没有找到这个分组，可能编号有误。');
  await refuseStale(act, 'unitGroup', group, version);
  if (group.validTo !== null) throw notNow(`「${group.name}」已于 ${group.validTo} 停用，不能再修改。`);
  return group;
}

async function refuseWrong(act: Act, draft: GroupDraft, self: string | null): Promise<void> {
  const twin = await currentGroupNamed(act.db, act.actor.jurisdiction, nameKey(draft.name));
  if (twin && twin.id !== self)
    throw notValid(`已经有分组「${twin.name}」，请换一个名称。`, [{ where: 'body.name', says: '重名' }]);
  const rule = draft.rule;
  if (draft.kind === 'rule' && !rule?.kinds?.length && !rule?.areaCode && !rule?.nameEnds?.length)
    throw notValid('请至少给出一个条件（类别、区划代码或名称结尾），否则分组没有成员。', [
      { where: 'body.rule', says: '缺少条件' },
    ]);
}

async function knownUnits(act: Act, ids: readonly string[]): Promise<{ id: string; name: string }[]> {
  const wanted = [...new Set(ids)];
  const found = await unitsByIds(act.db, act.actor.jurisdiction, wanted);
  if (found.length < wanted.length) throw notFound('所选单位中有的不存在，请刷新后重新选择。');
  return wanted.flatMap((id) => found.find((unit) => unit.id === id) ?? []);
}

const write = (act: Act, group: GroupRow): Promise<void> =>
  saveGroup(act.db, act.actor.jurisdiction, { ...group, nameKey: nameKey(group.name), ...spelling(group.name) });

import { randomUUID } from 'node:crypto';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { mentionKey, placeOf } from '../mention.ts';
import { nameKey, type UnitKind, unitKinds } from '../unit.ts';
import { refuseStale } from './seen.ts';
import { spelling } from './spelling.ts';
import {
  currentUnitNamed,
  jurisdictionName,
  lockUnit,
  saveUnit,
  subordinateUnits,
  type UnitRow,
  unitsByIds,
} from './store.ts';
import { aliasByKey, moveAliases, saveAlias } from './store-names.ts';

export interface UnitDraft {
  readonly name: string;
  readonly shortName?: string | null;
  readonly kind: UnitKind;
  readonly areaCode?: string;
  readonly parentId?: string | null;
  readonly sort?: number;
  readonly phone?: string | null;
  readonly address?: string | null;
  readonly validFrom?: string | null;
}

interface Saved {
  id: string;
  version: number;
}

const blank = (text: string | null | undefined): string | null => (text?.trim() ? text.trim() : null);

/** Registers a unit. Its division code is that of the parent or of the jurisdiction unless given. */
export async function createUnit(act: Act, draft: UnitDraft): Promise<Saved> {
  const { db, actor } = act;
  const name = draft.name.trim();
  await refuseTwin(act, name, null);
  const parent = await parentOf(act, draft.parentId ?? null, null);
  const id = randomUUID();
  await saveUnit(db, actor.jurisdiction, {
    id,
    name,
    nameKey: nameKey(name),
    shortName: blank(draft.shortName),
    kind: draft.kind,
    areaCode: draft.areaCode ?? parent?.areaCode ?? actor.jurisdiction,
    parentId: parent?.id ?? null,
    sort: draft.sort ?? 0,
    phone: blank(draft.phone),
    address: blank(draft.address),
    ...spelling(blank(draft.shortName) === null ? name : `${draft.shortName}${name}`),
    validFrom: draft.validFrom ?? null,
    validTo: null,
    mergedInto: null,
    version: 1,
  });
  await announce(act, {
    item: { kind: 'unit', id },
    kind: 'unit.created',
    says: `新增${unitKinds[draft.kind]}「${name}」`,
    data: draft,
  });
  return { id, version: 1 };
}

/** Changes a unit. A former name stays as an alias, because documents go on using it. */
export async function changeUnit(
  act: Act,
  id: string,
  draft: UnitDraft & { readonly version: number },
): Promise<Saved> {
  const { db, actor } = act;
  const unit = await loadOpen(act, id, draft.version);
  const name = draft.name.trim();
  await refuseTwin(act, name, id);
  const parent = await parentOf(act, draft.parentId ?? null, id);
  const shortName = blank(draft.shortName);
  await saveUnit(db, actor.jurisdiction, {
    id,
    name,
    nameKey: nameKey(name),
    shortName,
    kind: draft.kind,
    areaCode: draft.areaCode ?? unit.areaCode,
    parentId: parent?.id ?? null,
    sort: draft.sort ?? unit.sort,
    phone: blank(draft.phone),
    address: blank(draft.address),
    ...spelling(shortName === null ? name : `${shortName}${name}`),
    validFrom: draft.validFrom === undefined ? unit.validFrom : draft.validFrom,
    validTo: null,
    mergedInto: null,
    version: unit.version + 1,
  });
  const renamed = nameKey(name) !== nameKey(unit.name);
  if (renamed) await keepName(act, unit.name, id);
  if (renamed && unit.shortName && unit.shortName !== shortName) await keepName(act, unit.shortName, id);
  await announce(act, {
    item: { kind: 'unit', id },
    kind: 'unit.changed',
    says: renamed ? `「${unit.name}」更名为「${name}」，原名记为别名` : `修改「${name}」的资料`,
    data: { before: unit, after: draft },
  });
  return { id, version: unit.version + 1 };
}

/** From `on` (the last day on which it exists) the unit is no longer offered; what it did stays. */
export async function endUnit(
  act: Act,
  id: string,
  given: { version: number; on: string; reason: string },
): Promise<Saved> {
  const unit = await loadOpen(act, id, given.version);
  if (unit.validFrom !== null && given.on < unit.validFrom)
    throw notValid('撤销日期早于这个单位的启用日期，请核对。', [
      { where: 'body.on', says: `不能早于 ${unit.validFrom}` },
    ]);
  const below = await openBelow(act, id);
  if (below.length > 0)
    throw notNow(
      `「${unit.name}」下面还有 ${below.length} 个单位（${below.slice(0, 3).join('、')}${below.length > 3 ? '等' : ''}），请先调整它们的上级再撤销。`,
    );
  await write(act, unit, { validTo: given.on, mergedInto: null });
  await announce(act, {
    item: { kind: 'unit', id },
    kind: 'unit.ended',
    says: `「${unit.name}」于 ${given.on} 撤销：${given.reason.trim()}`,
  });
  return { id, version: unit.version + 1 };
}

/** The unit ends and its names, and the units below it, pass to another one. */
export async function mergeUnit(
  act: Act,
  id: string,
  given: { version: number; into: string; on: string; reason: string },
): Promise<Saved> {
  const { db, actor } = act;
  if (id === given.into)
    throw notValid('不能把单位并入它自己，请另选一个单位。', [{ where: 'body.into', says: '请另选' }]);
  const [first, second] = [id, given.into].sort();
  for (const one of [first, second]) if (one) await lockUnit(db, actor.jurisdiction, one);
  const unit = await loadOpen(act, id, given.version);
  const into = await lockUnit(db, actor.jurisdiction, given.into);
  if (into === null || into.validTo !== null) throw notFound('没有找到要并入的单位，或者它已撤销，请重新选择。');
  if ((await subordinateUnits(db, actor.jurisdiction, id)).some((one) => one === given.into))
    throw notNow(`「${into.name}」是「${unit.name}」的下级单位，请先调整它的上级再合并。`);
  if (unit.validFrom !== null && given.on < unit.validFrom) throw notValid('合并日期早于这个单位的启用日期，请核对。');
  for (const child of await childrenOf(act, id)) {
    await write(act, child, { parentId: into.id });
    await announce(act, {
      item: { kind: 'unit', id: child.id },
      kind: 'unit.changed',
      says: `上级由「${unit.name}」改为「${into.name}」（单位合并）`,
    });
  }
  await moveAliases(db, actor.jurisdiction, id, into.id);
  await keepName(act, unit.name, into.id);
  if (unit.shortName) await keepName(act, unit.shortName, into.id);
  await write(act, unit, { validTo: given.on, mergedInto: into.id });
  await announce(act, {
    item: { kind: 'unit', id },
    kind: 'unit.merged',
    says: `「${unit.name}」于 ${given.on} 并入「${into.name}」：${given.reason.trim()}`,
    data: { into: into.id },
  });
  await announce(act, {
    item: { kind: 'unit', id: into.id },
    kind: 'unit.merged',
    says: `「${unit.name}」于 ${given.on} 并入，其名称记为别名`,
    data: { from: id },
  });
  return { id, version: unit.version + 1 };
}

async function loadOpen(act: Act, id: string, version: number): Promise<UnitRow> {
  const unit = await lockUnit(act.db, act.actor.jurisdiction, id);
  if (unit === null) throw notFound('没有找到这个单位，可能编号有误。');
  await refuseStale(act, 'unit', unit, version);
  if (unit.validTo !== null) throw notNow(`「${unit.name}」已于 ${unit.validTo} 撤销，不能再修改。`);
  return unit;
}

async function refuseTwin(act: Act, name: string, self: string | null): Promise<void> {
  if (name.length < 2) throw notValid('单位名称至少 2 个字。', [{ where: 'body.name', says: '至少 2 个字' }]);
  const twin = await currentUnitNamed(act.db, act.actor.jurisdiction, nameKey(name));
  if (twin && twin.id !== self)
    throw notValid(`已经有「${twin.name}」，同一单位不必登记两次。`, [{ where: 'body.name', says: '与已有单位重名' }]);
}

async function parentOf(
  act: Act,
  parentId: string | null,
  self: string | null,
): Promise<{ id: string; areaCode: string } | null> {
  if (parentId === null) return null;
  const { db, actor } = act;
  const parent = await lockUnit(db, actor.jurisdiction, parentId);
  if (parent === null || parent.validTo !== null)
    throw notValid('所选的上级单位不存在或已撤销，请重新选择。', [{ where: 'body.parentId', says: '请重新选择' }]);
  if (
    self !== null &&
    (parentId === self || (await subordinateUnits(db, actor.jurisdiction, self)).some((one) => one === parentId))
  )
    throw notValid(`「${parent.name}」是它自己或它的下级，不能作上级。`, [
      { where: 'body.parentId', says: '不能成环' },
    ]);
  return parent;
}

/** Keeps a former name as alias, unless a person has given that spelling another meaning. */
async function keepName(act: Act, name: string, unitId: string): Promise<void> {
  const { db, actor } = act;
  const key = mentionKey(name, placeOf(await jurisdictionName(db, actor.jurisdiction)));
  if ((await aliasByKey(db, actor.jurisdiction, key)) === null)
    await saveAlias(db, actor.jurisdiction, { key, alias: name, unitId, groupId: null }, act.day);
}

async function childrenOf(act: Act, id: string): Promise<UnitRow[]> {
  const cards = await unitsByIds(
    act.db,
    act.actor.jurisdiction,
    await subordinateUnits(act.db, act.actor.jurisdiction, id),
  );
  const rows: UnitRow[] = [];
  for (const card of cards.filter((one) => one.parentId === id)) {
    const row = await lockUnit(act.db, act.actor.jurisdiction, card.id);
    if (row && row.validTo === null) rows.push(row);
  }
  return rows;
}

const openBelow = async (act: Act, id: string): Promise<string[]> => (await childrenOf(act, id)).map((row) => row.name);

async function write(
  act: Act,
  unit: UnitRow,
  change: Partial<Pick<UnitRow, 'validTo' | 'mergedInto' | 'parentId'>>,
): Promise<void> {
  await saveUnit(act.db, act.actor.jurisdiction, {
    ...unit,
    nameKey: nameKey(unit.name),
    ...spelling(unit.shortName === null ? unit.name : `${unit.shortName}${unit.name}`),
    ...change,
    version: unit.version + 1,
  });
}

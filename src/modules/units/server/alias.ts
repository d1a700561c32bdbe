import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { mentionKey, placeOf } from '../mention.ts';
import { jurisdictionName, lockUnit } from './store.ts';
import { lockGroup } from './store-groups.ts';
import { type AliasRow, aliasByKey, removeAlias, saveAlias } from './store-names.ts';

export type AliasTarget = { readonly unitId: string } | { readonly groupId: string };

/**
 * From now on this spelling means that unit or group, here and in every later document. Remembering the same thing
 * again does nothing. A spelling that means somebody else is refused unless `replace` is set.
 */
export async function rememberAlias(
  act: Act,
  text: string,
  target: AliasTarget,
  options: { replace?: boolean } = {},
): Promise<void> {
  const { db, actor } = act;
  const key = mentionKey(text, placeOf(await jurisdictionName(db, actor.jurisdiction)));
  if (key.length < 2) throw notValid(`「${text}」太短，不能作为别名。`);
  const unit = 'unitId' in target ? await lockUnit(db, actor.jurisdiction, target.unitId) : null;
  const group = 'groupId' in target ? await lockGroup(db, actor.jurisdiction, target.groupId) : null;
  const named = unit ?? group;
  if (!named) throw notFound('没有找到这个单位或分组，别名没有记住。');
  if (named.validTo !== null && named.validTo < act.day) throw notNow(`「${named.name}」已停用，不能再为它记别名。`);
  const before = await aliasByKey(db, actor.jurisdiction, key);
  const row: AliasRow = { key, alias: text.trim(), unitId: unit?.id ?? null, groupId: group?.id ?? null };
  if (before && before.unitId === row.unitId && before.groupId === row.groupId) return;
  if (before && !options.replace) {
    const other = before.unitId
      ? (await lockUnit(db, actor.jurisdiction, before.unitId))?.name
      : (await lockGroup(db, actor.jurisdiction, before.groupId ?? ''))?.name;
    throw notNow(
      `「${row.alias}」已记为「${other ?? '其他单位'}」的别名。如确需改为「${named.name}」，请先在原单位停用这个别名。`,
    );
  }
  await saveAlias(db, actor.jurisdiction, row, act.day);
  if (before) await told(act, before, `别名「${before.alias}」改指「${named.name}」`);
  await told(act, row, `记住别名「${row.alias}」`);
}

/** The spelling is no longer taken for anybody. */
export async function dropAlias(act: Act, text: string): Promise<void> {
  const { db, actor } = act;
  const key = mentionKey(text, placeOf(await jurisdictionName(db, actor.jurisdiction)));
  const before = await aliasByKey(db, actor.jurisdiction, key);
  if (!before) throw notFound(`没有别名「${text}」，可能已被停用。`);
  if (before.unitId) await lockUnit(db, actor.jurisdiction, before.unitId);
  else await lockGroup(db, actor.jurisdiction, before.groupId ?? '');
  await removeAlias(db, actor.jurisdiction, key);
  await told(act, before, `停用别名「${before.alias}」`);
}

async function told(act: Act, row: AliasRow, says: string): Promise<void> {
  const item = row.unitId ? { kind: 'unit', id: row.unitId } : { kind: 'unitGroup', id: row.groupId ?? '' };
  await announce(act, { item, kind: `${item.kind}.aliasChanged`, says, data: { alias: row.alias } });
}

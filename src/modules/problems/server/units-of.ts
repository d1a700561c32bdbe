import { notValid, type RefusalPlace } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { type UnitCard, unitsByIds } from '../../units/server/door.ts';

/** The unit, or a not-valid refusal when the jurisdiction has none with this id. */
export async function unitFor(act: Act, unitId: string): Promise<UnitCard> {
  const [unit] = await unitsByIds(act.db, act.actor.jurisdiction, [unitId]);
  if (!unit) throw notValid('没有找到所选的单位，请重新选择。', [{ where: 'body.unitId', says: '单位不存在' }]);
  return unit;
}

/** Every unit that a form names must be one of the jurisdiction; `named`: field of the form → ids. */
export async function mustBeUnits(
  act: Act,
  named: Readonly<Record<string, readonly (string | null)[]>>,
): Promise<void> {
  const ids = [...new Set(Object.values(named).flat())].filter((id) => id !== null);
  if (ids.length === 0) return;
  const known = new Set((await unitsByIds(act.db, act.actor.jurisdiction, ids)).map((unit) => unit.id as string));
  const places: RefusalPlace[] = Object.entries(named).flatMap(([field, wanted]) =>
    wanted.some((id) => id !== null && !known.has(id)) ? [{ where: `body.${field}`, says: '单位不存在' }] : [],
  );
  if (places.length > 0) throw notValid('有单位不在本地区的单位名录里，请重新选择。', places);
}

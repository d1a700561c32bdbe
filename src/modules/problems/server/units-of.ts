import { notValid, type Refusal, type RefusalPlace } from '../../../kernel/refusal.ts';
import type { Act, House } from '../../../platform/act.ts';
import { type UnitCard, unitsByIds } from '../../units/server/door.ts';

/** The unit, or a not-valid refusal when the jurisdiction has none with this id. */
export async function unitFor(act: Act, unitId: string): Promise<UnitCard> {
  const [unit] = await unitsByIds(act.db, act.actor.jurisdiction, [unitId]);
  if (!unit) throw notValid('没有找到所选的单位，请重新选择。', [{ where: 'body.unitId', says: '单位不存在' }]);
  return unit;
}

/** Units that this process has found in the register, by government: no unit ever leaves it. */
const found = new WeakMap<House, Map<string, Set<string>>>();

/** Which of these ids are units of the actor's government. */
export async function knownUnits(act: Act, ids: readonly (string | null)[]): Promise<ReadonlySet<string>> {
  const { jurisdiction } = act.actor;
  const all = found.get(act.house) ?? new Map<string, Set<string>>();
  found.set(act.house, all);
  const before = all.get(jurisdiction) ?? new Set<string>();
  all.set(jurisdiction, before);
  const asked = [...new Set(ids)].filter((id) => id !== null && !before.has(id)) as string[];
  if (asked.length === 0) return before;
  const units = (await unitsByIds(act.db, jurisdiction, asked)).map((unit) => unit.id as string);
  // one that this very act entered is there for others only when it is saved
  act.afterCommit(async () => {
    for (const id of units) before.add(id);
  });
  return new Set([...before, ...units]);
}

/** What to say where a form names something that is no unit of the government; `named`: field of the form → ids. */
export function strangeUnits(
  named: Readonly<Record<string, readonly (string | null)[]>>,
  known: ReadonlySet<string>,
): Refusal | null {
  const places: RefusalPlace[] = Object.entries(named).flatMap(([field, wanted]) =>
    wanted.some((id) => id !== null && !known.has(id)) ? [{ where: `body.${field}`, says: '单位不存在' }] : [],
  );
  return places.length === 0 ? null : notValid('有单位不在本地区的单位名录里，请重新选择。', places);
}

/** Every unit that a form names must be one of the jurisdiction. */
export async function mustBeUnits(
  act: Act,
  named: Readonly<Record<string, readonly (string | null)[]>>,
): Promise<void> {
  const refused = strangeUnits(named, await knownUnits(act, Object.values(named).flat()));
  if (refused) throw refused;
}

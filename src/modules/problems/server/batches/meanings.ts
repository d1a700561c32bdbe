import type { Queryable } from '../../../../platform/db/connect.ts';
import type { Resolution } from '../../../plans/completeness.ts';
import { resolveMentions, type Resolution as UnitsResolution, unitsByIds } from '../../../units/server/door.ts';
import type { BatchRow } from './store.ts';

export interface Meaning {
  readonly text: string;
  readonly meant: Resolution;
  readonly settled: boolean;
}

/**
 * What each wording of a unit stands for: as settled for this list, else as the organisation reads it on the day of issue,
 * else as of today (units are often entered later).
 */
export async function meaningsOf(
  db: Queryable,
  batch: Pick<BatchRow, 'jurisdiction' | 'issuedOn' | 'settled'>,
  texts: readonly string[],
  today: string,
): Promise<Map<string, Meaning>> {
  const wanted = [...new Set(texts)];
  const day = batch.issuedOn !== null && batch.issuedOn < today ? batch.issuedOn : today;
  const first = await resolveMentions(db, batch.jurisdiction, wanted, day);
  const missing = day === today ? [] : wanted.filter((_, index) => isEmpty(first[index]));
  const second = await resolveMentions(db, batch.jurisdiction, missing, today);
  const later = new Map(missing.map((text, index) => [text, second[index]]));
  const read = wanted.map((text, index) => later.get(text) ?? first[index]);
  const ids = read.flatMap((one) => (one?.kind === 'unit' ? [one.unitId] : []));
  const names = new Map<string, string>(
    (await unitsByIds(db, batch.jurisdiction, ids)).map((unit) => [unit.id, unit.name]),
  );
  const found = new Map<string, Meaning>();
  for (const [index, text] of wanted.entries()) {
    const settled = batch.settled.find((one) => one.text === text);
    const meant: Resolution = settled
      ? settled.unitId === null
        ? { kind: 'nobody' }
        : { kind: 'unit', unitId: settled.unitId, name: settled.name ?? text }
      : shaped(read[index], text, names);
    found.set(text, { text, meant, settled: settled !== undefined });
  }
  return found;
}

const isEmpty = (one: UnitsResolution | undefined): boolean =>
  one === undefined || one.kind === 'unresolved' || (one.kind === 'group' && one.unitIds.length === 0);

function shaped(one: UnitsResolution | undefined, text: string, names: ReadonlyMap<string, string>): Resolution {
  if (one?.kind === 'unit') return { kind: 'unit', unitId: one.unitId, name: names.get(one.unitId) ?? text };
  if (one?.kind === 'group') return { kind: 'group', groupId: one.groupId, name: text, unitIds: one.unitIds };
  const candidates = (one?.candidates ?? []).flatMap(({ unitId, groupId, name, reason }) => {
    const id = unitId ?? groupId;
    return id === undefined
      ? []
      : [{ kind: unitId === undefined ? ('group' as const) : ('unit' as const), id, name, reason }];
  });
  return { kind: 'unresolved', candidates };
}

/** The meanings as rules take them. */
export const asKnown = (meanings: ReadonlyMap<string, Meaning>): Readonly<Record<string, Resolution>> =>
  Object.fromEntries([...meanings].map(([text, { meant }]) => [text, meant]));

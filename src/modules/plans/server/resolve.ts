import type { Queryable } from '../../../platform/db/connect.ts';
import {
  expandGroups,
  resolveMentions,
  type Resolution as UnitsResolution,
  unitsByIds,
} from '../../units/server/door.ts';
import type { Candidate, Resolution, Resolutions } from '../completeness.ts';
import type { Sheet } from '../plan.ts';

/**
 * What each wording stands for as of the plan's day of issue, before settlements of this review; a wording that meant
 * nobody then is tried as of `today` (units are often entered later than the plan was issued). Groups that a reviewer
 * chose stand in it too, under `group:` and their id, with their members.
 */
export async function readMentions(
  db: Queryable,
  jurisdiction: string,
  texts: readonly string[],
  sheet: Sheet,
  today: string,
): Promise<Resolutions> {
  const day = sheet.issuedOn ?? today;
  const first = await resolveMentions(db, jurisdiction, texts, day);
  const missing = day === today ? [] : texts.filter((_, index) => isEmpty(first[index]));
  const second = new Map(
    (await resolveMentions(db, jurisdiction, missing, today)).map((each, index) => [missing[index], each]),
  );
  const read = texts.map((text, index) => second.get(text) ?? first[index]);
  const units = await unitsByIds(
    db,
    jurisdiction,
    read.flatMap((each) => (each?.kind === 'unit' ? [each.unitId] : [])),
  );
  const nameOf = new Map<string, string>(units.map((unit) => [unit.id, unit.name]));
  const known: Record<string, Resolution> = {};
  for (const [index, text] of texts.entries()) known[text] = shaped(read[index], text, nameOf);
  const chosen = sheet.settled.flatMap(({ target }) => (target.kind === 'group' ? [target] : []));
  const members = await expandGroups(db, jurisdiction, [...new Set(chosen.map((each) => each.id))], day);
  const later = await expandGroups(db, jurisdiction, [...new Set(chosen.map((each) => each.id))], today);
  for (const { id, name } of chosen) {
    const then = members.get(id) ?? [];
    known[`group:${id}`] = {
      kind: 'group',
      groupId: id,
      name,
      unitIds: then.length > 0 ? then : (later.get(id) ?? []),
    };
  }
  return known;
}

const isEmpty = (each: UnitsResolution | undefined): boolean =>
  each === undefined || each.kind === 'unresolved' || (each.kind === 'group' && each.unitIds.length === 0);

function shaped(each: UnitsResolution | undefined, text: string, nameOf: ReadonlyMap<string, string>): Resolution {
  if (each?.kind === 'unit') return { kind: 'unit', unitId: each.unitId, name: nameOf.get(each.unitId) ?? text };
  if (each?.kind === 'group') return { kind: 'group', groupId: each.groupId, name: text, unitIds: each.unitIds };
  const candidates = (each?.candidates ?? []).flatMap(({ unitId, groupId, name, reason }): Candidate[] => {
    const id = unitId ?? groupId;
    return id === undefined ? [] : [{ kind: unitId === undefined ? 'group' : 'unit', id, name, reason }];
  });
  return { kind: 'unresolved', candidates };
}

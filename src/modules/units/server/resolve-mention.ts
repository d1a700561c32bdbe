import type { UnitId } from '../../../kernel/ids.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { membersOn } from '../group.ts';
import { type Candidate, indexNames, mentionKey, placeOf, settleMention } from '../mention.ts';
import { nameKey } from '../unit.ts';
import { jurisdictionName } from './store.ts';
import { groupsOf, groupUnits, membersOf } from './store-groups.ts';
import { namesOn } from './store-names.ts';

/** Who a mention means. `candidates`: what a person may choose from, best first, with the reason of each. */
export type Resolution =
  | { readonly kind: 'unit'; readonly unitId: UnitId }
  | { readonly kind: 'group'; readonly groupId: string; readonly unitIds: readonly UnitId[] }
  | { readonly kind: 'unresolved'; readonly candidates: readonly ResolutionCandidate[] };

export interface ResolutionCandidate {
  readonly unitId?: string;
  readonly groupId?: string;
  readonly name: string;
  readonly reason: string;
}

/**
 * Settles mentions as of `day` (YYYY-MM-DD), in their order: groups and classes are expanded to the units that belong
 * to them on that day. Three queries for any number of mentions.
 */
export async function resolveMentions(
  db: Queryable,
  jurisdiction: string,
  texts: readonly string[],
  day: string,
): Promise<Resolution[]> {
  if (texts.length === 0) return [];
  const place = placeOf(await jurisdictionName(db, jurisdiction));
  const keys = [...new Set(texts.flatMap((text) => [mentionKey(text, place), nameKey(text)]))];
  const index = indexNames(await namesOn(db, jurisdiction, day, keys), place);
  const settled = texts.map((text) => settleMention(text, index));
  const groupIds = [...new Set(settled.flatMap((one) => (one.kind === 'group' ? [one.id] : [])))];
  const members = await expandGroups(db, jurisdiction, groupIds, day);
  return settled.map((one): Resolution => {
    if (one.kind === 'unit') return { kind: 'unit', unitId: one.id as UnitId };
    if (one.kind === 'group') return { kind: 'group', groupId: one.id, unitIds: members.get(one.id) ?? [] };
    return { kind: 'unresolved', candidates: one.candidates.map(asCandidate) };
  });
}

/** The same for one mention. */
export async function resolveMention(
  db: Queryable,
  jurisdiction: string,
  text: string,
  day: string,
): Promise<Resolution> {
  const [only] = await resolveMentions(db, jurisdiction, [text], day);
  return only ?? { kind: 'unresolved', candidates: [] };
}

const asCandidate = ({ ref, id, name, reason }: Candidate): ResolutionCandidate =>
  ref === 'unit' ? { unitId: id, name, reason } : { groupId: id, name, reason };

/** Members of each group on `day`, in the order of units; unknown groups are missing from the map. */
export async function expandGroups(
  db: Queryable,
  jurisdiction: string,
  groupIds: readonly string[],
  day: string,
): Promise<Map<string, UnitId[]>> {
  if (groupIds.length === 0) return new Map();
  const groups = (await groupsOf(db, jurisdiction)).filter((group) => groupIds.includes(group.id));
  const members = await membersOf(db, jurisdiction, groupIds);
  const units = await groupUnits(db, jurisdiction);
  return new Map(
    groups.map((group) => {
      const own = members.filter((one) => one.groupId === group.id);
      return [group.id, membersOn({ ...group, members: own }, units, day) as UnitId[]] as const;
    }),
  );
}

/** The units that belong to a group on `day`. */
export async function expandGroup(
  db: Queryable,
  jurisdiction: string,
  groupId: string,
  day: string,
): Promise<UnitId[]> {
  return (await expandGroups(db, jurisdiction, [groupId], day)).get(groupId) ?? [];
}

import { asJurisdiction, type UnitId } from '../../../kernel/ids.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { type PostRow, postsOfUnit } from './store-people.ts';

export type { UnitCard, UnitKind } from '../unit.ts';
export { type AliasTarget, rememberAlias } from './alias.ts';
export { createUnit, type UnitDraft } from './change-unit.ts';
export { unitsItems } from './records.ts';
export {
  expandGroup,
  expandGroups,
  type Resolution,
  type ResolutionCandidate,
  resolveMention,
  resolveMentions,
} from './resolve-mention.ts';
export { refuseStale } from './seen.ts';
export { spelling } from './spelling.ts';
export { jurisdictionName, subordinateUnits, townsOf, unitsByIds, unitsOfArea } from './store.ts';
export { type PersonRow, personById } from './store-people.ts';

/** People who hold a post in the unit on `day`, heads first. The caller has made sure that they may be seen. */
export const personsOf = (
  db: Queryable,
  jurisdiction: string,
  unitId: UnitId | string,
  day: string,
): Promise<PostRow[]> => postsOfUnit(db, { jurisdictions: [asJurisdiction(jurisdiction)], units: 'all' }, unitId, day);

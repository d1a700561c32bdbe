import type { AccountId, JurisdictionCode, PersonId, UnitId } from './ids.ts';

/** What an account may be; the table of permissions per role stands in each room's `permissions.ts`. */
export const roles = [
  'systemAdmin',
  'auditAdmin',
  'officer',
  'clerk',
  'unitLeader',
  'leader',
  'inspector',
  'gridWorker',
] as const;
export type Role = (typeof roles)[number];

/** Who acts: for which unit, in which jurisdiction, and whom he stands above. Built at sign-in, never sent by a page. */
export interface Actor {
  readonly accountId: AccountId;
  readonly personId: PersonId | null;
  readonly name: string;
  readonly jurisdiction: JurisdictionCode;
  /** Null for administrators of the system, who belong to no unit's business. */
  readonly unitId: UnitId | null;
  readonly unitName: string | null;
  readonly roles: readonly Role[];
  /** His unit and all units below it, or the units of the area or sectors that the account is limited to. */
  readonly units: readonly UnitId[];
  /** Jurisdictions below his own, whose records he may read but not change. */
  readonly inferiors: readonly JurisdictionCode[];
  /**
   * Set where a key of another system acts, no person: all that it may do, whatever its roles are. What such a key may
   * never be given is said in the tables of permissions.
   */
  readonly only?: readonly string[];
  /** True where the account may see the whole jurisdiction (committee office, leaders without a limit). */
  readonly wholeJurisdiction: boolean;
}

/** The product itself, when a timed duty acts. It appears in facts as 系统. */
export const systemActor = (jurisdiction: JurisdictionCode): Actor => ({
  accountId: 'system' as AccountId,
  personId: null,
  name: '系统',
  jurisdiction,
  unitId: null,
  unitName: null,
  roles: [],
  units: [],
  inferiors: [],
  wholeJurisdiction: true,
});

export const hasRole = (actor: Actor, ...wanted: readonly Role[]): boolean =>
  wanted.some((role) => actor.roles.includes(role));

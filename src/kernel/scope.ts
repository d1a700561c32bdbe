import { type Actor, hasRole } from './actor.ts';
import type { JurisdictionCode, UnitId } from './ids.ts';

/**
 * Which rows an actor may see. Every query of every store takes one; there is no default.
 * Closed unless opened: `nothing` matches no row.
 */
export interface Scope {
  readonly jurisdictions: readonly JurisdictionCode[];
  /** 'all', or only rows in which one of these units takes part. An empty list sees nothing. */
  readonly units: 'all' | readonly UnitId[];
}

export const nothing: Scope = { jurisdictions: [], units: [] };

/** Business rows that the actor may read: his own jurisdiction and, for offices and leaders, those below it. */
export function scopeOf(actor: Actor): Scope {
  if (hasRole(actor, 'officer', 'leader') && actor.wholeJurisdiction)
    return { jurisdictions: [actor.jurisdiction, ...actor.inferiors], units: 'all' };
  if (hasRole(actor, 'officer', 'clerk', 'unitLeader', 'leader', 'inspector', 'gridWorker'))
    return { jurisdictions: [actor.jurisdiction], units: actor.units };
  if (actor.accountId === 'system') return { jurisdictions: [actor.jurisdiction], units: 'all' };
  return nothing;
}

/** The same scope narrowed to the jurisdiction in which the actor may change things: only his own. */
export const ownJurisdiction = (scope: Scope, actor: Actor): Scope => ({
  jurisdictions: scope.jurisdictions.filter((code) => code === actor.jurisdiction),
  units: scope.units,
});

/** The same scope narrowed to one of its jurisdictions, as links from one government's figures ask; all of it where none is named. */
export const withinOne = (scope: Scope, jurisdiction: string | undefined): Scope =>
  jurisdiction === undefined
    ? scope
    : { jurisdictions: scope.jurisdictions.filter((code) => code === jurisdiction), units: scope.units };

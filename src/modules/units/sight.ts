import { type Actor, hasRole } from '../../kernel/actor.ts';
import { nothing, type Scope } from '../../kernel/scope.ts';

/**
 * The organisation itself (names, kinds, groups) is known to everybody who works in the jurisdiction: one must be able
 * to name the unit that one works with. Audit administrators have no use for it.
 */
export function directorySight(actor: Actor): Scope {
  if (actor.accountId === 'system') return { jurisdictions: [actor.jurisdiction], units: 'all' };
  if (!hasRole(actor, 'systemAdmin', 'officer', 'clerk', 'unitLeader', 'leader', 'inspector', 'gridWorker'))
    return nothing;
  const below = hasRole(actor, 'officer', 'leader') && actor.wholeJurisdiction ? actor.inferiors : [];
  return { jurisdictions: [actor.jurisdiction, ...below], units: 'all' };
}

/** People with their telephone numbers: the whole jurisdiction for offices and administrators, else one's own units. */
export function peopleSight(actor: Actor): Scope {
  const directory = directorySight(actor);
  if (actor.accountId === 'system' || hasRole(actor, 'systemAdmin', 'officer')) return directory;
  if (hasRole(actor, 'leader') && actor.wholeJurisdiction) return directory;
  return { jurisdictions: directory.jurisdictions.slice(0, 1), units: actor.units };
}

import { verdict } from '../../../kernel/lifecycle.ts';
import { ownJurisdiction, type Scope } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { refuseStale } from '../../../platform/case.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { Allowances } from '../allowances.ts';
import { type ProblemAction, type ProblemPart, type ProblemState, problemLifecycle } from '../lifecycle.ts';
import type { Problem } from '../problem.ts';
import { type Given, judge, unmetNeeds } from '../situation.ts';
import { fromDevice, refuseOlder } from './from-device.ts';
import { saveProblem } from './save.ts';
import { allowancesOf, lockProblem } from './store.ts';
import type { Turn } from './turns.ts';

/** Which problem, and the version that the person had before his eyes. */
export interface Seen {
  readonly id: string;
  readonly version: number;
}

/** What every changing route answers. */
export interface Done {
  readonly id: string;
  readonly number: string;
  readonly version: number;
  readonly state: ProblemState;
}

/** A problem as it was found under the lock, with what the jurisdiction allows. */
export interface Loaded {
  readonly problem: Problem;
  readonly allowed: Allowances;
}

/**
 * Loads and locks a problem of the actor's own jurisdiction; `seen.version` absent: an addition that conflicts with nothing.
 * What a phone made before the problem's last turn is refused. 'anywhere': the caller has made sure that the actor may see it.
 */
export async function load(
  act: Act,
  seen: { readonly id: string; readonly version?: number },
  where: 'inSight' | 'anywhere' = 'inSight',
): Promise<Loaded> {
  const own = ownJurisdiction(act.scope, act.actor);
  const scope: Scope = where === 'inSight' ? own : { jurisdictions: [act.actor.jurisdiction], units: 'all' };
  const problem = await lockProblem(act.db, scope, seen.id);
  await refuseStale(act, '问题', { ...problem, kind: 'problem' }, seen.version);
  await refuseOlder(act, problem.id);
  return { problem, allowed: await allowancesOf(act.db, act.actor.jurisdiction) };
}

/** Where the action leads; throws the rule's refusal. */
export function decide(act: Act, { problem, allowed }: Loaded, action: ProblemAction, given: Given = {}): ProblemState {
  const verdict = judge(problem, act.actor, action, act.day, given, allowed);
  if (!verdict.may) throw verdict.refusal;
  return verdict.to;
}

/** The same for somebody to whom another record gave the part: who was appointed to look back. */
export function decideAs(
  act: Act,
  { problem, allowed }: Loaded,
  part: ProblemPart,
  action: ProblemAction,
  given: Given,
): ProblemState {
  const unmet = unmetNeeds(problem, act.actor, action, act.day, given, allowed);
  const judged = verdict(problemLifecycle, { state: problem.state, action, parts: [part], unmet });
  if (!judged.may) throw judged.refusal;
  return judged.to;
}

/** Saves the changes with version, history and turn. */
export const save = (
  act: Act,
  { problem, allowed }: Loaded,
  changes: Partial<Problem>,
  turns: readonly Turn[] = [],
): Promise<Problem> => saveProblem(act, problem, { ...problem, ...changes }, allowed, turns);

/** Announces what happened, with the version that it made, and when it was made on a phone. */
export async function tell(
  act: Act,
  before: Problem,
  after: Problem,
  kind: string,
  says: string,
  data: Readonly<Record<string, unknown>> = {},
): Promise<Done> {
  const device = fromDevice(act);
  await announce(act, {
    item: { kind: 'problem', id: after.id },
    kind,
    says: `${says}${device.says}`,
    from: before.state,
    to: after.state,
    data: { version: after.version, number: after.number, ...data, ...device.data },
  });
  return { id: after.id, number: after.number, version: after.version, state: after.state };
}

/** What an ended or sent-back round leaves behind: the next one begins with nothing proved. */
export const newRound = {
  evidence: 0,
  afterFiles: 0,
  doneOn: null,
  doneBy: null,
  doneByName: null,
  doneByPerson: null,
  doneByKey: false,
  doneAtGrid: false,
  recheckedOn: null,
  recheckedBy: null,
  recheckedByName: null,
  recheckedByPerson: null,
  recheckedUnitId: null,
} as const;

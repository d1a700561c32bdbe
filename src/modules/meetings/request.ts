import { type Actor, hasRole } from '../../kernel/actor.ts';
import { type Verdict, verdict } from '../../kernel/lifecycle.ts';
import {
  type RequestAction,
  type RequestNeed,
  type RequestPart,
  type RequestState,
  requestLifecycle,
} from './request-lifecycle.ts';

/** An important matter that a unit asks about before it acts, and what it was told. */
export interface Request {
  readonly title: string;
  readonly situation: string;
  readonly proposal: string;
  readonly unitId: string | null;
  readonly unitName: string;
  readonly askedBy: string;
  readonly askedByName: string;
  readonly askedByPerson: string | null;
  /** Day by which an answer is needed; null where none is. */
  readonly answerBy: string | null;
  readonly paperNumber: string | null;
  readonly instruction: string | null;
  readonly instructedBy: string | null;
  readonly instructedPost: string | null;
  readonly instructedOn: string | null;
  readonly recordedByName: string | null;
  readonly taskIds: readonly string[];
  readonly outcome: string | null;
  readonly outcomeOn: string | null;
  readonly fileIds: readonly string[];
}

export interface RequestGiven {
  readonly reason?: string;
  readonly title?: string;
  readonly situation?: string;
  readonly proposal?: string;
  readonly instruction?: string;
  readonly by?: { readonly name: string; readonly post: string; readonly on: string };
  /** Work that the instruction demands; null: none. */
  readonly work?: { readonly leadUnitId: string | null; readonly text: string; readonly dueOn: string | null } | null;
  readonly outcome?: string;
  /** Tasks of the instruction that are still open. */
  readonly openTasks?: number;
}

type Person = Pick<Actor, 'accountId' | 'personId' | 'roles' | 'unitId'>;
const short = (text: string | null | undefined): boolean => (text ?? '').trim().length < 2;

export function requestParts(request: Pick<Request, 'unitId' | 'askedBy'>, actor: Person): RequestPart[] {
  const parts: RequestPart[] = [];
  if (hasRole(actor as Actor, 'officer')) parts.push('office');
  if (hasRole(actor as Actor, 'leader')) parts.push('leader');
  const own = actor.unitId !== null && actor.unitId === request.unitId;
  if (actor.accountId === request.askedBy || (own && hasRole(actor as Actor, 'clerk', 'unitLeader', 'officer')))
    parts.push('asker');
  return parts;
}

export function requestUnmet(
  request: Request,
  askedOn: string,
  actor: Person,
  today: string,
  given: RequestGiven | null,
): RequestNeed[] {
  const unmet: RequestNeed[] = [];
  if (
    actor.accountId === request.askedBy ||
    (request.askedByPerson !== null && actor.personId === request.askedByPerson)
  )
    unmet.push('otherPerson');
  if (given === null) return unmet;
  if ((given.openTasks ?? 0) > 0) unmet.push('tasksDone');
  if (short(given.reason)) unmet.push('reason');
  if (short(given.title) || short(given.situation) || short(given.proposal)) unmet.push('matter');
  if (short(given.instruction)) unmet.push('instruction');
  const { by, work } = given;
  if (!by || short(by.name) || short(by.post) || by.on < askedOn || by.on > today) unmet.push('instructor');
  else if (by.name.replace(/\s/g, '') === request.askedByName.replace(/\s/g, '')) unmet.push('otherPerson');
  if (work && (work.leadUnitId === null || short(work.text) || work.dueOn === null || work.dueOn <= today))
    unmet.push('work');
  if (short(given.outcome)) unmet.push('outcome');
  return [...new Set(unmet)];
}

export const judgeRequest = (
  now: { readonly state: RequestState; readonly on: string; readonly body: Request },
  actor: Person,
  action: RequestAction,
  today: string,
  given: RequestGiven | null,
): Verdict<RequestState> =>
  verdict(requestLifecycle, {
    state: now.state,
    action,
    parts: requestParts(now.body, actor),
    unmet: requestUnmet(now.body, now.on, actor, today, given),
  });

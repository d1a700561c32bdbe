import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Act } from '../../../platform/act.ts';
import type { Problem, ProblemRequest } from '../problem.ts';

/** Writes a request that waits for somebody else's decision; the row of the problem is saved by the caller. */
export async function openRequest(
  act: Act,
  problem: Problem,
  asked: Pick<ProblemRequest, 'kind' | 'newDue' | 'targetId' | 'controlMeasures' | 'reason'>,
): Promise<ProblemRequest> {
  const { actor } = act;
  const request: ProblemRequest = {
    ...asked,
    id: randomUUID(),
    askedBy: actor.accountId,
    askedByName: actor.name,
    askedByPerson: actor.personId,
    askedUnitId: actor.unitId,
    askedOn: act.day,
    oldDue: problem.dueOn,
  };
  await sql`
    insert into problem_request (jurisdiction, problem_id, id, kind, asked_by, asked_by_name, asked_by_person, asked_unit_id,
      asked_on, old_due, new_due, target_id, control_measures, reason)
    values (${actor.jurisdiction}, ${problem.id}, ${request.id}, ${request.kind}, ${request.askedBy}, ${request.askedByName},
      ${request.askedByPerson}, ${request.askedUnitId}, ${request.askedOn}, ${request.oldDue}, ${request.newDue},
      ${request.targetId}, ${request.controlMeasures}, ${request.reason})`.execute(act.db);
  return request;
}

/** Writes the decision on the problem's pending request; deciding twice is impossible, the problem's row is locked. */
export async function closeRequest(act: Act, problem: Problem, approve: boolean, opinion: string): Promise<void> {
  if (!problem.request) return;
  await sql`
    update problem_request set decision = ${approve ? 'approved' : 'refused'}, decided_by = ${act.actor.accountId},
      decided_by_name = ${act.actor.name}, decided_on = ${act.day}, opinion = ${opinion}
    where jurisdiction = ${act.actor.jurisdiction} and problem_id = ${problem.id} and id = ${problem.request.id}
      and decision is null`.execute(act.db);
}

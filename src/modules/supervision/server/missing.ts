import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import { judgementsOf, majorOpen, type Line as ProblemLine, problemsInSight } from '../../problems/server/door.ts';
import type { supervisionApi } from '../api.ts';
import { hanging, isOpen } from '../lifecycle.ts';
import { type Candidate, type Demanded, demandedOf } from '../must-list.ts';
import { listingRules, listingsOfProblems } from './store.ts';

/** A problem that must be listed, with what demands it. */
export interface Must {
  readonly problem: ProblemLine;
  readonly candidate: Candidate;
  readonly demanded: Demanded;
}

/** Which of the problems must be listed on the day. */
export async function mustBeListed(reading: Reading, problems: readonly ProblemLine[]): Promise<Must[]> {
  const jurisdictions = [...new Set(problems.map((one) => one.jurisdiction))];
  const rules = await listingRules(reading.db, jurisdictions);
  if (rules.length === 0) return [];
  const judged = await judgementsOf(
    reading.db,
    jurisdictions,
    problems.map((one) => one.id),
  );
  return problems.flatMap((problem) => {
    const candidate: Candidate = {
      sector: problem.sector,
      kind: problem.kind,
      tags: problem.tags,
      clauses: judged.get(problem.id)?.clauses ?? [],
      majorOn: judged.get(problem.id)?.on ?? (problem.enteredOn as Day),
      listed: problem.listed,
    };
    const demanded = demandedOf(
      rules.filter((rule) => rule.jurisdiction === problem.jurisdiction),
      candidate,
      reading.day,
    );
    return demanded ? [{ problem, candidate, demanded }] : [];
  });
}

/** 应挂牌未挂牌: what must be listed and is not, the latest first; and how many of all that must be are. */
export async function missing(reading: Reading): Promise<ResponseOf<typeof supervisionApi.missingListings>> {
  const must = await mustBeListed(reading, await majorOpen(reading.db, reading.scope, reading.day));
  const ids = must.map((one) => one.problem.id);
  const underway = new Map(
    (await listingsOfProblems(reading.db, reading.scope.jurisdictions, ids))
      .filter((one) => isOpen(one.state) && !hanging.includes(one.state))
      .map((one) => [one.problemId, { id: one.id, number: one.number, state: one.state }]),
  );
  const rows = must
    .filter((one) => !one.problem.listed)
    .map(({ problem, candidate, demanded }) => ({
      problemId: problem.id,
      number: problem.number,
      title: problem.title,
      subject: problem.subject,
      sector: problem.sector,
      leadUnitName: problem.leadUnitName,
      dueOn: problem.dueOn,
      majorOn: candidate.majorOn,
      age: demanded.age,
      late: demanded.late,
      rules: demanded.rules.map((rule) => rule.name),
      underway: underway.get(problem.id) ?? null,
    }))
    .sort((a, b) => b.late - a.late || b.age - a.age);
  return { rows, demanded: must.length, listed: must.length - rows.length };
}

/** What demands that one problem be listed; null where nothing does or it is out of sight. */
export async function demandOn(reading: Reading, problemId: string): Promise<Must | null> {
  const lines = await problemsInSight(reading.db, reading.scope, [problemId], reading.day);
  const open = lines.filter(
    (one) => one.grade === 'major' && !['closed', 'withdrawn', 'merged', 'unfounded'].includes(one.state),
  );
  return (await mustBeListed(reading, open))[0] ?? null;
}

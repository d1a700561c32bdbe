import type { ResponseOf } from '../../../kernel/contract.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import { judgementsOf, type MajorHazard, majorHazards, problemsInSight } from '../../problems/server/door.ts';
import type { supervisionApi } from '../api.ts';
import { hanging, isOpen } from '../lifecycle.ts';
import { type Candidate, type Demanded, demandedOf } from '../must-list.ts';
import { listingsThen } from './as-of.ts';
import { listingRules, listingsOfProblems } from './store.ts';

/** A problem that must be listed, with what demands it. */
export interface Must {
  readonly id: string;
  readonly candidate: Candidate;
  readonly demanded: Demanded;
}

const latestFirst = (a: Must, b: Must): number => b.demanded.late - a.demanded.late || b.demanded.age - a.demanded.age;

/** The latest ones are shown; how many there are in all is said. */
const MOST_SHOWN = 500;

/** Which of the hazards must be listed on the day. */
async function mustBeListed(reading: Reading, on: Day, hazards: readonly MajorHazard[]): Promise<Must[]> {
  const rules = await listingRules(reading.db, [...new Set(hazards.map((one) => one.jurisdiction))]);
  if (rules.length === 0) return [];
  return hazards.flatMap((hazard) => {
    const own = rules.filter((rule) => rule.jurisdiction === hazard.jurisdiction);
    const demanded = demandedOf(own, hazard, on);
    return demanded ? [{ id: hazard.id, candidate: hazard, demanded }] : [];
  });
}

/**
 * 应挂牌未挂牌: what must be listed and is not, the latest first, and how many of all that must be are; `on`: in the evening
 * of that past day.
 */
export async function missing(
  reading: Reading,
  on: Day | null = null,
): Promise<ResponseOf<typeof supervisionApi.missingListings>> {
  const { db, scope } = reading;
  const day = on ?? reading.day;
  const must = await mustBeListed(reading, day, await majorHazards(db, scope, day, on !== null));
  const lacking = must.filter((one) => !one.candidate.listed).sort(latestFirst);
  const ids = lacking.slice(0, MOST_SHOWN).map((one) => one.id);
  const lines = new Map((await problemsInSight(db, scope, ids, day)).map((line) => [line.id, line]));
  const listings = await listingsOfProblems(db, scope.jurisdictions, ids);
  const underway = new Map(
    (on === null ? listings : await listingsThen(db, listings, on))
      .filter((one) => isOpen(one.state) && !hanging.includes(one.state))
      .map((one) => [one.problemId, { id: one.id, number: one.number, state: one.state }]),
  );
  const rows = lacking.slice(0, MOST_SHOWN).flatMap(({ id, candidate, demanded }) => {
    const problem = lines.get(id);
    return problem
      ? [
          {
            problemId: id,
            number: problem.number,
            title: problem.title,
            subject: problem.subject,
            sector: candidate.sector,
            leadUnitName: problem.leadUnitName,
            dueOn: problem.dueOn,
            majorOn: candidate.majorOn,
            age: demanded.age,
            late: demanded.late,
            rules: demanded.rules.map((rule) => rule.name),
            underway: underway.get(id) ?? null,
          },
        ]
      : [];
  });
  return {
    rows,
    missing: lacking.length,
    demanded: must.length,
    listed: must.length - lacking.length,
    oldest: Math.max(0, ...lacking.map((one) => one.demanded.age)),
  };
}

/**
 * The same for the office's day: how many are lacking, and the first `most` of them. Where no rule demands anything the
 * hazards are not read.
 */
export async function missingOfDay(reading: Reading, most: number) {
  const { db, scope, day } = reading;
  if ((await listingRules(db, scope.jurisdictions)).length === 0) return { missing: 0, rows: [] };
  const lacking = (await mustBeListed(reading, day, await majorHazards(db, scope, day, false)))
    .filter((one) => !one.candidate.listed)
    .sort(latestFirst);
  const first = lacking.slice(0, most);
  const lines = new Map(
    (
      await problemsInSight(
        db,
        scope,
        first.map((one) => one.id),
        day,
      )
    ).map((line) => [line.id, line]),
  );
  return {
    missing: lacking.length,
    rows: first.flatMap(({ id, demanded }) => {
      const problem = lines.get(id);
      return problem ? [{ problem, late: demanded.late, age: demanded.age }] : [];
    }),
  };
}

/** What demands that one problem be listed; null where nothing does or it is out of sight. */
export async function demandOn(reading: Reading, problemId: string): Promise<Must | null> {
  const [line] = await problemsInSight(reading.db, reading.scope, [problemId], reading.day);
  if (line?.grade !== 'major' || ['closed', 'withdrawn', 'merged', 'unfounded'].includes(line.state)) return null;
  const judged = (await judgementsOf(reading.db, [line.jurisdiction], [line.id])).get(line.id);
  const hazard: MajorHazard = {
    id: line.id,
    jurisdiction: line.jurisdiction,
    kind: line.kind,
    sector: line.sector,
    tags: line.tags,
    dueOn: line.dueOn as Day,
    clauses: judged?.clauses ?? [],
    majorOn: judged?.on ?? (line.enteredOn as Day),
    listed: line.listed,
  };
  return (await mustBeListed(reading, reading.day, [hazard]))[0] ?? null;
}

import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { problemsByIds } from '../../problems/server/door.ts';
import { latenessOf } from '../late.ts';
import { hanging } from '../lifecycle.ts';
import { usualLimits } from '../listing.ts';
import { listingsThen } from './as-of.ts';
import { allListings } from './store.ts';

/** A listing as it stood in the evening of a day; the limit is that of its problem as it is known now. */
export interface ListedOfDay {
  readonly id: string;
  readonly number: string;
  readonly matter: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly hanging: boolean;
  readonly listedOn: Day | null;
  readonly delistedOn: Day | null;
  readonly limitOn: Day;
  /** Days by which the limit had passed on the day, while the unit was at work; 0: none. */
  readonly late: number;
}

/** Every listing of the scope's governments that had been proposed by a day, the newest first. The scope covers them whole. */
export async function listingsOfDay(db: Queryable, scope: Scope, day: Day): Promise<ListedOfDay[]> {
  const then = await listingsThen(db, await allListings(db, scope), day);
  const problems = new Map(
    (
      await problemsByIds(
        db,
        scope,
        then.map((one) => one.problemId),
        day,
      )
    ).map((line) => [line.id, line]),
  );
  return then.flatMap((one) => {
    const problem = problems.get(one.problemId);
    if (!problem) return [];
    const limitOn = problem.dueOn as Day;
    const hangs = hanging.includes(one.state);
    return [
      {
        id: one.id,
        number: one.number,
        matter: one.matter,
        unitId: problem.leadUnitId,
        unitName: problem.leadUnitName,
        hanging: hangs,
        listedOn: one.listedOn,
        delistedOn: one.delistedOn,
        limitOn,
        late: latenessOf(one, { dueOn: limitOn }, day, usualLimits).limitLate,
      },
    ];
  });
}

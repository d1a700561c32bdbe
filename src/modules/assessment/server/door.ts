import { systemActor } from '../../../kernel/actor.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import { computed } from './compute.ts';
import { allSchemes, versionsOf } from './store.ts';

export { draftScheme, publishScheme } from './draft.ts';
export { assessmentItems } from './records.ts';

/** How a unit stands in one scheme. */
export interface UnitScore {
  readonly schemeId: string;
  readonly schemeTitle: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly score: number;
  readonly of: number;
  readonly rank: number;
  readonly gradeName: string;
  readonly vetoed: boolean;
}

/**
 * Scores of all units in all schemes that held on the day, as of its evening, for the government of the reader. For
 * bulletins and screens of the office: whether the reader may see them, the caller has made sure of.
 */
export async function scoresOf(reading: Reading, day: Day): Promise<UnitScore[]> {
  const { jurisdiction } = reading.actor;
  const whole: Reading = {
    ...reading,
    actor: systemActor(jurisdiction),
    scope: { jurisdictions: [jurisdiction], units: 'all' },
  };
  const found: UnitScore[] = [];
  for (const scheme of await allSchemes(reading.db, { jurisdictions: [jurisdiction] })) {
    if (scheme.publishedOn === null || scheme.publishedOn > day || scheme.state === 'dropped') continue;
    const versions = await versionsOf(reading.db, scheme);
    if (!versions.some((one) => one.body.from <= day && day <= one.body.to)) continue;
    const { units, body } = await computed(whole, scheme, day, versions);
    for (const { unitId, name, sheet, standing } of units)
      found.push({
        schemeId: scheme.id,
        schemeTitle: scheme.title,
        unitId,
        unitName: name,
        score: sheet.total.score,
        of: body.total,
        rank: standing.rank,
        gradeName: standing.gradeName,
        vetoed: standing.vetoed,
      });
  }
  return found;
}

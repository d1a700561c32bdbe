import { parseDay } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/refusal.ts';
import { serve } from '../../../platform/http/serve.ts';
import { criteriaApi } from '../api-criteria.ts';
import { holdsOn } from '../criteria.ts';
import { addCriteria, addSampleCriteria, endCriteria } from './add-criteria.ts';
import { criteriaSet, criteriaSets } from './criteria.ts';
import { readCriteria } from './read-criteria.ts';

/** Routes of the criteria; they belong to the actor's own government and to nobody else. */
export const criteriaRoutes = serve(criteriaApi, {
  async listCriteria(reading) {
    const on = reading.query.on ? parseDay(reading.query.on) : null;
    const rows = await criteriaSets(reading.db, reading.actor.jurisdiction, on);
    return { rows: rows.map((row) => ({ ...row, holds: holdsOn(row, reading.day) })) };
  },
  async viewCriteria(reading) {
    const set = await criteriaSet(reading.db, reading.actor.jurisdiction, reading.params.id);
    if (!set) throw notFound('没有找到这份判定标准。');
    return { ...set, holds: holdsOn(set, reading.day) };
  },
  readCriteria: (act) => readCriteria(act, act.upload),
  addCriteria: (act) => addCriteria(act, act.body),
  addSampleCriteria: (act) => addSampleCriteria(act),
  endCriteria: (act) => endCriteria(act, { ...act.params, ...act.body }),
});

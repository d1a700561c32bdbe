import { sql } from 'kysely';
import type { ItemKind, RecordLoader } from '../../../platform/act.ts';
import { enterpriseSeries } from '../enterprise.ts';
import { enterpriseById } from './store.ts';

/** All rows that make up each enterprise, in a fixed order: what its facts vouch for. */
const enterpriseRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select e.id::text, jsonb_build_object('enterprise', to_jsonb(e), 'states', (
      select coalesce(jsonb_agg(to_jsonb(s) order by s.seq), '[]') from enterprise_state s
      where s.jurisdiction = e.jurisdiction and s.enterprise_id = e.id), 'names', (
      select coalesce(jsonb_agg(to_jsonb(n) order by n.seq), '[]') from enterprise_name n
      where n.jurisdiction = e.jurisdiction and n.enterprise_id = e.id)) as record
    from enterprise e where e.jurisdiction = ${jurisdiction} and e.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

/** By item kind, for `app/house.ts`. */
export const enterpriseItems: Readonly<Record<string, ItemKind>> = {
  enterprise: {
    record: enterpriseRecord,
    table: 'enterprise',
    called: { word: '企业', column: 'number' },
    series: enterpriseSeries,
    sight: async ({ db, scope }, id) => (await enterpriseById(db, scope, id)) !== null,
  },
};

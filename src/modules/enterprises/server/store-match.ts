import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { Known } from '../match.ts';

/**
 * The enterprises of the jurisdiction that have one of the codes, names or cores; what was merged appears as the one that
 * was kept, under the name of the duplicate. For three lists of any length two statements.
 */
export async function knownBy(
  db: Queryable,
  jurisdiction: string,
  wanted: { readonly codes: readonly string[]; readonly keys: readonly string[]; readonly cores: readonly string[] },
): Promise<Known[]> {
  const kept = sql`k.id, k.number, k.name, k.address_key as "addressKey", k.state`;
  const found = await sql<Known>`
    select ${kept}, e.credit_code as "creditCode", e.name_key as "nameKey", e.name_core as "nameCore", e.merged_into is null as current
    from enterprise e
    join enterprise k on k.jurisdiction = e.jurisdiction and k.id = coalesce(e.merged_into, e.id)
    where e.jurisdiction = ${jurisdiction} and (e.credit_code = any(${[...wanted.codes]}::text[])
      or e.name_key = any(${[...wanted.keys]}::text[]) or e.name_core = any(${[...wanted.cores]}::text[]))
    union all
    select ${kept}, null, n.name_key, n.name_key, false
    from enterprise_name n
    join enterprise e on e.jurisdiction = n.jurisdiction and e.id = n.enterprise_id
    join enterprise k on k.jurisdiction = e.jurisdiction and k.id = coalesce(e.merged_into, e.id)
    where n.jurisdiction = ${jurisdiction} and n.name_key = any(${[...wanted.keys]}::text[])
    order by number`.execute(db);
  return found.rows;
}

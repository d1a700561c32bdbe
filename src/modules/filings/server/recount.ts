import { sql } from 'kysely';
import type { Difference } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { canonical, sha256 } from '../../../platform/facts/canonical.ts';

/** Figures locked into filings must be those that were locked: their hash is worked out anew, one batch after another. */
export async function recountFilings(db: Queryable, differs: (where: Difference) => void): Promise<void> {
  let after = { jurisdiction: '', id: '00000000-0000-0000-0000-000000000000', no: 0 };
  for (;;) {
    const found = await sql<{
      jurisdiction: string;
      id: string;
      no: number;
      known: unknown;
      hash: string;
      number: string;
    }>`
      select v.jurisdiction, v.report_id as id, v.no, v.known, v.known_sha256 as hash, f.number from periodic_report_version v
      join periodic_report f on f.jurisdiction = v.jurisdiction and f.id = v.report_id
      where (v.jurisdiction, v.report_id, v.no) > (${after.jurisdiction}, ${after.id}::uuid, ${after.no})
      order by v.jurisdiction, v.report_id, v.no limit 1000`.execute(db);
    for (const row of found.rows)
      if (sha256(canonical(row.known)) !== row.hash)
        differs({
          jurisdiction: row.jurisdiction,
          where: row.number,
          says: `第${row.no}次报送时锁定的数字与当时的不一致。`,
        });
    const last = found.rows.at(-1);
    if (!last || found.rows.length < 1000) return;
    after = last;
  }
}

import { sql } from 'kysely';
import type { Difference } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { sha256 } from '../../../platform/facts/canonical.ts';

/** Every snapshot must still have the hash under which it was kept. */
export async function recountSnapshots(db: Queryable, differs: (where: Difference) => void): Promise<void> {
  let after = { jurisdiction: '', id: '00000000-0000-0000-0000-000000000000' };
  for (;;) {
    const found = await sql<{
      jurisdiction: string;
      id: string;
      content: string;
      sha256: string;
      number: string | null;
    }>`
      select s.jurisdiction, s.id, s.content, s.sha256, b.number from bulletin_snapshot s
      left join bulletin b on b.jurisdiction = s.jurisdiction and b.snapshot_id = s.id
      where (s.jurisdiction, s.id) > (${after.jurisdiction}, ${after.id}::uuid) order by s.jurisdiction, s.id limit 50`.execute(
      db,
    );
    for (const row of found.rows)
      if (sha256(row.content) !== row.sha256)
        differs({ jurisdiction: row.jurisdiction, where: row.number ?? row.id, says: '快照的内容与封存时的不一致。' });
    const last = found.rows.at(-1);
    if (!last || found.rows.length < 50) return;
    after = last;
  }
}

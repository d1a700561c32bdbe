import { sql } from 'kysely';
import { holds } from '../../../kernel/permission.ts';
import { Refusal } from '../../../kernel/refusal.ts';
import type { Difference, ItemKind, Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { problemOfScope } from '../../problems/server/door.ts';
import { supervisionPermissions } from '../permissions.ts';
import { listingById, listingRecord, rowRecord } from './store.ts';

/** Whoever may read listings and sees the problem sees its listing. */
async function sight(reading: Reading, id: string): Promise<boolean> {
  if (!holds(supervisionPermissions, reading.actor, 'listing.read')) return false;
  try {
    const listing = await listingById(reading.db, reading.scope, id);
    await problemOfScope(reading.db, reading.scope, listing.problemId);
    return true;
  } catch (refused) {
    if (refused instanceof Refusal) return false;
    throw refused;
  }
}

/** No number of a document's series may be missing, and each document must lie in its file as it was issued. */
async function recountDocuments(db: Queryable, differs: (where: Difference) => void): Promise<void> {
  const gaps = await sql<{ jurisdiction: string; letters: string; year: number; last: number; held: number }>`
    select s.jurisdiction, substr(s.series, 3) as letters, s.year, s.last, coalesce(d.held, 0) as held
    from number_series s left join (select jurisdiction, letters, year, count(*)::int as held from issued_document group by 1, 2, 3) d
      on d.jurisdiction = s.jurisdiction and '文:' || d.letters = s.series and d.year = s.year
    where s.series like '文:%' and s.last <> coalesce(d.held, 0) order by 1, 2, 3 limit 200`.execute(db);
  for (const row of gaps.rows)
    differs({
      jurisdiction: row.jurisdiction,
      where: `${row.letters}〔${row.year}〕`,
      says: `发文字号发出 ${row.last} 个，留存的公文 ${row.held} 份。`,
    });
  const strange = await sql<{ jurisdiction: string; number: string }>`
    select d.jurisdiction, d.number from issued_document d left join file f on f.jurisdiction = d.jurisdiction and f.id = d.file_id
    where f.sha256 is distinct from d.sha256 limit 200`.execute(db);
  for (const row of strange.rows)
    differs({ jurisdiction: row.jurisdiction, where: row.number, says: '公文的文件与印发时的不是同一份。' });
}

/** The kinds of items that this room keeps, for the platform. */
export const supervisionItems: Readonly<Record<string, ItemKind>> = {
  listing: {
    record: listingRecord,
    table: 'listing',
    called: { word: '挂牌督办', column: 'number' },
    series: '督',
    sight,
  },
  issuedDocument: {
    record: rowRecord('issued_document'),
    table: 'issued_document',
    called: { word: '公文', column: 'number' },
    keeps: { sha256: 'template_sha256', name: 'template_name' },
    recount: recountDocuments,
  },
  documentTemplate: {
    record: rowRecord('document_template'),
    table: 'document_template',
    called: { word: '公文模板', column: 'name' },
    keeps: { sha256: 'sha256', name: 'name' },
  },
  listingRule: {
    record: rowRecord('listing_rule'),
    table: 'listing_rule',
    called: { word: '应挂牌规则', column: 'name' },
  },
};

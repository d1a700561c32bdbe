import { sql } from 'kysely';
import type { Difference, ItemKind, Reading, RecordLoader } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';

const rowRecord =
  (table: string): RecordLoader =>
  async (db, jurisdiction, ids) => {
    const found = await sql<{ id: string; record: unknown }>`
      select t.id, to_jsonb(t) as record from ${sql.table(table)} t
      where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
    return new Map(found.rows.map((row) => [row.id, row.record]));
  };

/** A document is seen by whoever sees the item for which it was issued. */
async function sight(reading: Reading, id: string): Promise<boolean> {
  const found = await sql<{ kind: string; itemId: string }>`
    select item_kind as kind, item_id as "itemId" from issued_document
    where jurisdiction = any(${reading.scope.jurisdictions as readonly string[]}) and id = ${id}`.execute(reading.db);
  const row = found.rows[0];
  return row !== undefined && ((await reading.house.items[row.kind]?.sight?.(reading, row.itemId)) ?? false);
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
export const lettersItems: Readonly<Record<string, ItemKind>> = {
  issuedDocument: {
    record: rowRecord('issued_document'),
    table: 'issued_document',
    called: { word: '公文', column: 'number' },
    keeps: { sha256: 'template_sha256', name: 'template_name' },
    sight,
    recount: recountDocuments,
  },
  documentTemplate: {
    record: rowRecord('document_template'),
    table: 'document_template',
    called: { word: '公文模板', column: 'name' },
    keeps: { sha256: 'sha256', name: 'name' },
  },
};

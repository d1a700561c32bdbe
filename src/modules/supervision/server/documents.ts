import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { notFound, notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { officePdf } from '../../../platform/documents/office-pdf.ts';
import type { Download } from '../../../platform/http/serve.ts';
import { problemsInSight } from '../../problems/server/door.ts';
import type { DocumentKind } from '../documents.ts';
import { made } from './issue-document.ts';
import { listingById } from './store.ts';

interface IssuedRow {
  readonly kind: DocumentKind;
  readonly number: string;
  readonly itemId: string;
  readonly templateSha256: string;
  readonly data: unknown;
  readonly sha256: string;
  readonly name: string;
}

/** A document of a listing that the reader may see. */
async function issuedDocument(reading: Reading, id: string): Promise<IssuedRow> {
  const found = await sql<IssuedRow>`
    select d.kind, d.number, d.item_id as "itemId", d.template_sha256 as "templateSha256", d.data, d.sha256, f.name
    from issued_document d join file f on f.jurisdiction = d.jurisdiction and f.id = d.file_id
    where d.jurisdiction = any(${reading.scope.jurisdictions as readonly string[]}) and d.item_kind = 'listing'
      and d.id = ${id}`.execute(reading.db);
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这份公文。');
  const listing = await listingById(reading.db, reading.scope, row.itemId);
  const [problem] = await problemsInSight(reading.db, reading.scope, [listing.problemId], reading.day);
  if (!problem) throw notFound('没有找到这份公文。');
  return row;
}

/** The document as PDF, made with LibreOffice where it is installed; a sentence otherwise. */
export async function documentAsPdf(reading: Reading, id: string): Promise<Download> {
  const row = await issuedDocument(reading, id);
  const pdf = await officePdf(new Uint8Array(await buffer(reading.house.files.read(row.sha256))), row.sha256);
  if (!pdf)
    throw notValid(
      '这台服务器没有安装 LibreOffice（或转换没有成功），不能转成 PDF。请下载 Word 文件，在办公软件中另存为 PDF。',
    );
  return { name: row.name.replace(/\.docx$/, '.pdf'), type: 'application/pdf', body: Buffer.from(pdf) };
}

/** Makes the document anew from its template and its kept data, and says whether it is the one that was issued. */
export async function remake(reading: Reading, id: string): Promise<{ same: boolean; says: string }> {
  const row = await issuedDocument(reading, id);
  const template = new Uint8Array(await buffer(reading.house.files.read(row.templateSha256)));
  const again = createHash('sha256')
    .update(made(row.kind, template, row.data))
    .digest('hex');
  return again === row.sha256
    ? { same: true, says: `用印发时的模板和留存的数据重新生成，与${row.number}印发的文件逐字节一致。` }
    : { same: false, says: `用印发时的模板和留存的数据重新生成，与${row.number}印发的文件不一致，请核查。` };
}

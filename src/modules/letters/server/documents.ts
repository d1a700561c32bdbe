import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { notFound, notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { officePdf } from '../../../platform/documents/office-pdf.ts';
import type { Download } from '../../../platform/http/serve.ts';
import type { IssuedLine, lettersApi } from '../api.ts';
import type { DocumentForm } from '../form.ts';
import { made } from './issue-document.ts';

interface IssuedRow {
  readonly kind: string;
  readonly number: string;
  readonly itemKind: string;
  readonly itemId: string;
  readonly templateSha256: string;
  readonly data: unknown;
  readonly sha256: string;
  readonly name: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whoever sees the item for which a document was issued sees the document. */
async function issuedDocument(reading: Reading, id: string): Promise<IssuedRow> {
  const unknown = notFound('没有找到这份公文。');
  if (!uuid.test(id)) throw unknown;
  const found = await sql<IssuedRow>`
    select d.kind, d.number, d.item_kind as "itemKind", d.item_id as "itemId", d.template_sha256 as "templateSha256", d.data,
      d.sha256, f.name
    from issued_document d join file f on f.jurisdiction = d.jurisdiction and f.id = d.file_id
    where d.jurisdiction = any(${reading.scope.jurisdictions as readonly string[]}) and d.id = ${id}`.execute(
    reading.db,
  );
  const row = found.rows[0];
  if (!row || !(await reading.house.items[row.itemKind]?.sight?.(reading, row.itemId))) throw unknown;
  return row;
}

/** The documents of an item, the newest first; `forms` are those that its room may issue for it. */
export async function issuedOf(
  db: Queryable,
  jurisdiction: string,
  item: { readonly kind: string; readonly id: string },
  forms: readonly DocumentForm[],
): Promise<Static<typeof IssuedLine>[]> {
  const found = await sql<Omit<Static<typeof IssuedLine>, 'word'>>`
    select d.id, d.kind, d.number, d.issued_on as "issuedOn", d.issued_by_name as "issuedByName", d.file_id as "fileId",
      f.name as "fileName", d.sha256, d.template_name as "templateName"
    from issued_document d join file f on f.jurisdiction = d.jurisdiction and f.id = d.file_id
    where d.jurisdiction = ${jurisdiction} and d.item_kind = ${item.kind} and d.item_id = ${item.id}
    order by d.issued_at desc, d.number desc`.execute(db);
  return found.rows.map((row) => ({ ...row, word: forms.find((form) => form.kind === row.kind)?.word ?? '公文' }));
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
export async function remake(
  reading: Reading,
  id: string,
  forms: readonly DocumentForm[],
): Promise<ResponseOf<typeof lettersApi.remakeDocument>> {
  const row = await issuedDocument(reading, id);
  const form = forms.find((one) => one.kind === row.kind);
  if (!form) throw notFound('系统中已没有这种公文，不能重新生成核对；印发的文件仍可下载。');
  const template = new Uint8Array(await buffer(reading.house.files.read(row.templateSha256)));
  const again = createHash('sha256')
    .update(await made(form, template, row.data))
    .digest('hex');
  return again === row.sha256
    ? { same: true, says: `用印发时的模板和留存的数据重新生成，与${row.number}印发的文件逐字节一致。` }
    : { same: false, says: `用印发时的模板和留存的数据重新生成，与${row.number}印发的文件不一致，请核查。` };
}

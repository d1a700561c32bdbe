import { notFound, notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { officePdf } from '../../../platform/documents/office-pdf.ts';
import { sha256 } from '../../../platform/facts/canonical.ts';
import type { Download } from '../../../platform/http/serve.ts';
import { draftDocument } from '../../letters/server/door.ts';
import { documentOf } from '../document-words.ts';
import { documentFormOf } from '../documents.ts';
import { flawsOfText } from '../text.ts';
import { annexesOf } from './annexes.ts';
import { bulletinById, snapshotOf } from './store.ts';

const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The bulletin in its layout before it has a number; refused where the words or the snapshot do not hold. */
export async function draftAsWord(reading: Reading, id: string): Promise<Download> {
  const bulletin = await bulletinById(reading, id);
  const kept = await snapshotOf(reading.db, bulletin.jurisdiction, bulletin.snapshotId);
  if (!kept.sealed) throw notValid('快照与封存时的不一致，不能生成文件，请立即核查。');
  const flaws = flawsOfText(bulletin.sections, kept.snapshot);
  if (flaws.length > 0) throw notValid(flaws.map((flaw) => flaw.says).join('\n'), flaws);
  const bytes = await draftDocument(
    reading,
    documentFormOf(bulletin.period),
    documentOf(bulletin, kept.snapshot, kept.sha256, bulletin.issue),
    bulletin.issuedOn ?? bulletin.periodTo,
  );
  return { name: `${bulletin.title}（草稿）.docx`, type: docxType, body: Buffer.from(bytes) };
}

export async function draftAsPdf(reading: Reading, id: string): Promise<Download> {
  const word = await draftAsWord(reading, id);
  const bytes = new Uint8Array(word.body as Buffer);
  const pdf = await officePdf(bytes, sha256(bytes));
  if (!pdf)
    throw notValid(
      '这台服务器没有安装 LibreOffice（或转换没有成功），不能转成 PDF。请下载 Word 文件，在办公软件中另存为 PDF。',
    );
  return { name: word.name.replace(/\.docx$/, '.pdf'), type: 'application/pdf', body: Buffer.from(pdf) };
}

/** A table of the snapshot as workbook. */
export async function annex(reading: Reading, id: string, key: string): Promise<Download> {
  const bulletin = await bulletinById(reading, id);
  const { snapshot, sealed } = await snapshotOf(reading.db, bulletin.jurisdiction, bulletin.snapshotId);
  if (!sealed) throw notValid('快照与封存时的不一致，不能生成附件，请立即核查。');
  const found = (await annexesOf(snapshot, bulletin.title)).find((one) => one.key === key);
  if (!found) throw notFound('没有这个附件。');
  return { name: `${bulletin.title}${found.name}`, type: xlsxType, body: found.bytes };
}

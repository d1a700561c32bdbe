import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Blanks, ValuesOf } from '../../../kernel/blanks.ts';
import { yearOf } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { fillTemplateBySteps, TemplateFlawed } from '../../../platform/documents/fill.ts';
import { announce } from '../../../platform/facts/record.ts';
import { type DocumentForm, type DocumentSays, documentNumber } from '../form.ts';
import { type Letterhead, lettersOf } from './letterhead.ts';
import { keepBytes, templateOf } from './templates.ts';

export const docxType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Series of document numbers, kept apart from the series of items. */
export const seriesOf = (letters: string): string => `文:${letters}`;

/** A document as it was issued. */
export interface Issued {
  readonly id: string;
  readonly kind: string;
  readonly number: string;
  readonly fileId: string;
  readonly sha256: string;
}

/**
 * Takes the next number of the issuer's series, fills the template in use, and keeps the document as a file of the item
 * with all that it was made of. Announce the item's own fact afterwards: its image holds the file.
 */
export async function issueDocument<T extends Blanks>(
  act: Act,
  head: Letterhead,
  item: { readonly kind: string; readonly id: string; readonly title: string },
  form: DocumentForm<T>,
  words: DocumentSays<T>,
): Promise<Issued> {
  const { actor, day } = act;
  const letters = lettersOf(head, form);
  const year = yearOf(day);
  const [taken = ''] = await nextNumbers(act.db, actor.jurisdiction, seriesOf(letters), year, 1);
  const serial = Number(/-(\d+)$/.exec(taken)?.[1]);
  const number = documentNumber(letters, year, serial);
  const data = {
    ...words,
    发文机关标志: form.layout === 'letter' ? head.issuer : head.redHead,
    发文字号: number,
    发文机关: head.issuer,
    成文日期: day,
    印发机关: head.printer,
    印发日期: day,
  };
  const template = await templateOf(act, form);
  const bytes = await made(form, template.bytes, data);
  const kept = await keepBytes(act, template.bytes);
  const file = await keepBytes(act, bytes);
  const fileId = randomUUID();
  const id = randomUUID();
  await sql`
    insert into file (jurisdiction, id, sha256, name, size, type, item_kind, item_id, uploaded_by, uploaded_by_name, uploaded_at)
    values (${actor.jurisdiction}, ${fileId}, ${file.sha256}, ${`${form.word} ${number}.docx`}, ${file.size}, ${docxType},
      ${item.kind}, ${item.id}, ${actor.accountId}, ${actor.name}, ${act.now})`.execute(act.db);
  await sql`
    insert into issued_document (jurisdiction, id, kind, item_kind, item_id, title, number, letters, year, serial,
      template_sha256, template_name, data, file_id, sha256, issued_on, issued_by, issued_by_name, issued_at)
    values (${actor.jurisdiction}, ${id}, ${form.kind}, ${item.kind}, ${item.id}, ${item.title}, ${number}, ${letters}, ${year},
      ${serial}, ${kept.sha256}, ${template.name}, ${JSON.stringify(data)}::jsonb, ${fileId}, ${file.sha256}, ${day},
      ${actor.accountId}, ${actor.name}, ${act.now})`.execute(act.db);
  await announce(act, {
    item: { kind: 'issuedDocument', id },
    kind: 'document.issued',
    says: `印发${form.word}（${number}）`,
    data: { number, sha256: file.sha256, item: item.id },
  });
  return { id, kind: form.kind, number, fileId, sha256: file.sha256 };
}

/** The document of a template and its kept data; the same two give the same bytes. */
export async function made(form: DocumentForm, template: Uint8Array, data: unknown): Promise<Uint8Array> {
  try {
    return await fillTemplateBySteps(template, form.blanks, data as ValuesOf<Blanks>);
  } catch (error) {
    if (!(error instanceof TemplateFlawed)) throw error;
    throw notValid(
      `${form.word}的模板有${error.flaws.length}处问题，没有印发。请在“公文模板”页改正模板后重试，或改用系统自带的模板。`,
      error.flaws.map((flaw) => ({ where: flaw.where, says: flaw.says })),
    );
  }
}

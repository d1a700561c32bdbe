import type { Blanks } from '../../../kernel/blanks.ts';
import type { Day } from '../../../kernel/day.ts';
import type { Reading } from '../../../platform/act.ts';
import type { DocumentForm, DocumentSays } from '../form.ts';
import { made } from './issue-document.ts';
import { knownLetterhead } from './letterhead.ts';
import { templateOf } from './templates.ts';

/** The document as it would be issued, with the template in use but without a number; nothing is kept. */
export async function draftDocument<T extends Blanks>(
  reading: Reading,
  form: DocumentForm<T>,
  words: DocumentSays<T>,
  day: Day,
): Promise<Uint8Array> {
  const head = await knownLetterhead(reading.db, reading.actor.jurisdiction);
  const issuer = head?.issuer ?? '（发文机关未登记）';
  const template = await templateOf(reading, form);
  return made(form, template.bytes, {
    ...words,
    发文机关标志: form.layout === 'letter' ? issuer : (head?.redHead ?? issuer),
    发文字号: '（草稿，未编文号）',
    发文机关: issuer,
    成文日期: day,
    印发机关: head?.printer ?? issuer,
    印发日期: day,
  });
}

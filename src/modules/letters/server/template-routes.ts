import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { Blanks } from '../../../kernel/blanks.ts';
import type { BodyOf, ResponseOf } from '../../../kernel/contract.ts';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { checkTemplate, fixedTexts } from '../../../platform/documents/fill.ts';
import { DocumentRefused } from '../../../platform/documents/refused.ts';
import { officeInstalled } from '../../../platform/documents/soffice.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { Download, Upload } from '../../../platform/http/serve.ts';
import type { lettersApi } from '../api.ts';
import type { DocumentForm } from '../form.ts';
import { docxType } from './issue-document.ts';
import { knownLetterhead } from './letterhead.ts';
import { ownTemplates, templateOf } from './templates.ts';

/** How each blank is written in a template, and what belongs there. */
function written(all: Blanks): { written: string; means: string; optional: boolean }[] {
  return Object.entries(all).flatMap(([name, blank]) =>
    blank.kind === 'rows'
      ? Object.entries(blank.fields ?? {}).map(([field, of]) => ({
          written: `{{${name}.${field}}}`,
          means: `${blank.means}：${of.means}`,
          optional: blank.optional === true,
        }))
      : [{ written: `{{${name}}}`, means: blank.means, optional: blank.optional === true }],
  );
}

/** The form of that kind; throws not-found where no room declares it. */
export function formOf(forms: readonly DocumentForm[], kind: string): DocumentForm {
  const form = forms.find((one) => one.kind === kind);
  if (!form) throw notFound('没有这种公文。');
  return form;
}

/** Every form of the product with the template in use, and the letterhead. */
export async function listTemplates(
  reading: Reading,
  forms: readonly DocumentForm[],
): Promise<ResponseOf<typeof lettersApi.listTemplates>> {
  const own = await ownTemplates(reading.db, reading.actor.jurisdiction);
  const head = await knownLetterhead(reading.db, reading.actor.jurisdiction);
  return {
    rows: forms.map((form) => {
      const row = own.get(form.kind);
      return {
        kind: form.kind,
        word: form.word,
        name: row?.name ?? `${form.word}.docx`,
        own: row !== undefined,
        putOn: row?.putOn ?? null,
        putByName: row?.putByName ?? null,
        blanks: written(form.blanks),
      };
    }),
    series: [...new Set(forms.map((form) => form.letters))].map((letters) => ({
      letters,
      word: forms
        .filter((form) => form.letters === letters)
        .map((form) => form.word)
        .join('、'),
    })),
    letterhead: head && {
      redHead: head.redHead,
      issuer: head.issuer,
      numberSeries: head.numberSeries,
      printer: head.printer,
      hotline: head.hotline ?? '',
      copies: head.copies ?? '',
      letters: { ...head.letters },
    },
    pdf: officeInstalled(),
  };
}

/** The template in use, to be opened and changed in an office program. */
export async function openTemplateFile(reading: Reading, form: DocumentForm): Promise<Download> {
  const template = await templateOf(reading, form);
  return { name: template.name, type: docxType, body: Buffer.from(template.bytes) };
}

/** Takes an officer's own template after checking it against the blanks of its document. */
export async function putTemplate(
  act: Act,
  form: DocumentForm,
  upload: Upload,
): Promise<{ kind: string; name: string }> {
  if (!/\.docx$/i.test(upload.name)) throw notValid('模板应当是 .docx 文件。请在办公软件中另存为 .docx 后再传。');
  const bytes = new Uint8Array(await buffer(act.house.files.read(upload.sha256)));
  const flaws = checked(bytes, form);
  if (flaws.length > 0)
    throw notValid(
      `这份模板和《${form.word}》要填的内容对不上，有${flaws.length}处，没有换用。改好后再传。`,
      flaws.map((flaw) => ({ where: flaw.where, says: flaw.says })),
    );
  const id = randomUUID();
  await sql`
    insert into document_template (jurisdiction, id, kind, name, sha256, size, put_on, put_by_name, put_at)
    values (${act.actor.jurisdiction}, ${id}, ${form.kind}, ${upload.name}, ${upload.sha256}, ${upload.size}, ${act.day},
      ${act.actor.name}, ${act.now})`.execute(act.db);
  await announce(act, {
    item: { kind: 'documentTemplate', id },
    kind: 'template.put',
    says: `${who(act)}换用《${form.word}》的模板「${upload.name}」`,
    data: { kind: form.kind, sha256: upload.sha256 },
  });
  return { kind: form.kind, name: upload.name };
}

function checked(bytes: Uint8Array, form: DocumentForm) {
  try {
    const { typed } = form;
    const words = typed
      ? fixedTexts(bytes).flatMap(({ where, says }) => typed(says).map((one) => ({ where, says: one })))
      : [];
    return [...checkTemplate(bytes, form.blanks), ...words];
  } catch (error) {
    if (error instanceof DocumentRefused) throw notValid(error.message);
    throw error;
  }
}

/** Back to the template that comes with the product. */
export async function withdrawTemplate(act: Act, form: DocumentForm): Promise<{ kind: string }> {
  const gone = await sql<{ id: string }>`
    update document_template set withdrawn_on = ${act.day}
    where jurisdiction = ${act.actor.jurisdiction} and kind = ${form.kind} and withdrawn_on is null returning id`.execute(
    act.db,
  );
  if (gone.rows.length === 0) throw notNow(`《${form.word}》现在用的就是自带的模板。`);
  for (const { id } of gone.rows)
    await announce(act, {
      item: { kind: 'documentTemplate', id },
      kind: 'template.withdrawn',
      says: `${who(act)}改回《${form.word}》自带的模板`,
      data: { kind: form.kind },
    });
  return { kind: form.kind };
}

/** The office's own letterhead goes before the data folder's. */
export async function setLetterhead(
  act: Act,
  body: BodyOf<typeof lettersApi.setLetterhead>,
  forms: readonly DocumentForm[],
): Promise<{ issuer: string }> {
  for (const [field, word] of [
    ['redHead', '红头'],
    ['issuer', '发文机关'],
    ['numberSeries', '发文代字'],
    ['printer', '印发机关'],
  ] as const)
    if (body[field].trim() === '')
      throw notValid(`请填写${word}。`, [{ where: `body.${field}`, says: `请填写${word}` }]);
  const known = new Set(forms.map((form) => form.letters));
  const letters = Object.fromEntries(
    Object.entries(body.letters).filter(([series, text]) => known.has(series) && text.trim() !== ''),
  );
  const value = { ...body, letters };
  await sql`insert into setting (jurisdiction, name, value)
    values (${act.actor.jurisdiction}, 'letters.letterhead', ${JSON.stringify(value)}::jsonb)
    on conflict (jurisdiction, name) do update set value = excluded.value`.execute(act.db);
  return { issuer: body.issuer };
}

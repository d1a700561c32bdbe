import { randomUUID } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import type { Blanks } from '../../../kernel/blanks.ts';
import type { BodyOf, ResponseOf } from '../../../kernel/contract.ts';
import { notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { checkTemplate } from '../../../platform/documents/fill.ts';
import { DocumentRefused } from '../../../platform/documents/refused.ts';
import { officeInstalled } from '../../../platform/documents/soffice.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { Download, Upload } from '../../../platform/http/serve.ts';
import type { supervisionApi } from '../api.ts';
import { type DocumentKind, documentBlanks, documentKinds, documentWords } from '../documents.ts';
import { docxType } from './issue-document.ts';
import { knownLetterhead } from './letterhead.ts';
import { builtInTemplate, ownTemplates, templateOf } from './templates.ts';

/** How each blank is written in a template, and what belongs there. */
function written(kind: DocumentKind): { written: string; means: string; optional: boolean }[] {
  const all: Blanks = documentBlanks[kind];
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

export async function listTemplates(reading: Reading): Promise<ResponseOf<typeof supervisionApi.listTemplates>> {
  const own = await ownTemplates(reading.db, reading.actor.jurisdiction);
  const head = await knownLetterhead(reading.db, reading.actor.jurisdiction);
  return {
    rows: documentKinds.map((kind) => {
      const row = own.get(kind);
      return {
        kind,
        word: documentWords[kind],
        name: row?.name ?? builtInTemplate(kind).name,
        own: row !== undefined,
        putOn: row?.putOn ?? null,
        putByName: row?.putByName ?? null,
        blanks: written(kind),
      };
    }),
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
export async function openTemplateFile(reading: Reading, kind: DocumentKind): Promise<Download> {
  const template = await templateOf(reading, kind);
  return { name: template.name, type: docxType, body: Buffer.from(template.bytes) };
}

/** Takes an officer's own template after checking it against the blanks of its document. */
export async function putTemplate(
  act: Act,
  kind: DocumentKind,
  upload: Upload,
): Promise<{ kind: DocumentKind; name: string }> {
  if (!/\.docx$/i.test(upload.name)) throw notValid('模板应当是 .docx 文件。请在办公软件中另存为 .docx 后再传。');
  const bytes = new Uint8Array(await buffer(act.house.files.read(upload.sha256)));
  const flaws = checked(bytes, kind);
  if (flaws.length > 0)
    throw notValid(
      `这份模板和《${documentWords[kind]}》要填的内容对不上，有${flaws.length}处，没有换用。改好后再传。`,
      flaws.map((flaw) => ({ where: flaw.where, says: flaw.says })),
    );
  const id = randomUUID();
  await sql`
    insert into document_template (jurisdiction, id, kind, name, sha256, size, put_on, put_by_name, put_at)
    values (${act.actor.jurisdiction}, ${id}, ${kind}, ${upload.name}, ${upload.sha256}, ${upload.size}, ${act.day},
      ${act.actor.name}, ${act.now})`.execute(act.db);
  await announce(act, {
    item: { kind: 'documentTemplate', id },
    kind: 'template.put',
    says: `${who(act)}换用《${documentWords[kind]}》的模板「${upload.name}」`,
    data: { kind, sha256: upload.sha256 },
  });
  return { kind, name: upload.name };
}

function checked(bytes: Uint8Array, kind: DocumentKind) {
  try {
    return checkTemplate(bytes, documentBlanks[kind]);
  } catch (error) {
    if (error instanceof DocumentRefused) throw notValid(error.message);
    throw error;
  }
}

/** Back to the template that comes with the product. */
export async function withdrawTemplate(act: Act, kind: DocumentKind): Promise<{ kind: DocumentKind }> {
  const gone = await sql<{ id: string }>`
    update document_template set withdrawn_on = ${act.day}
    where jurisdiction = ${act.actor.jurisdiction} and kind = ${kind} and withdrawn_on is null returning id`.execute(
    act.db,
  );
  if (gone.rows.length === 0) throw notNow(`《${documentWords[kind]}》现在用的就是自带的模板。`);
  for (const { id } of gone.rows)
    await announce(act, {
      item: { kind: 'documentTemplate', id },
      kind: 'template.withdrawn',
      says: `${who(act)}改回《${documentWords[kind]}》自带的模板`,
      data: { kind },
    });
  return { kind };
}

/** The office's own letterhead goes before the data folder's. */
export async function setLetterhead(
  act: Act,
  body: BodyOf<typeof supervisionApi.setLetterhead>,
): Promise<{ issuer: string }> {
  for (const [field, word] of [
    ['redHead', '红头'],
    ['issuer', '发文机关'],
    ['numberSeries', '发文代字'],
    ['printer', '印发机关'],
  ] as const)
    if (body[field].trim() === '')
      throw notValid(`请填写${word}。`, [{ where: `body.${field}`, says: `请填写${word}` }]);
  const letters = Object.fromEntries(
    Object.entries(body.letters).filter(
      ([kind, text]) => (documentKinds as readonly string[]).includes(kind) && text.trim() !== '',
    ),
  );
  const value = { ...body, letters };
  await sql`insert into setting (jurisdiction, name, value)
    values (${act.actor.jurisdiction}, 'supervision.letterhead', ${JSON.stringify(value)}::jsonb)
    on conflict (jurisdiction, name) do update set value = excluded.value`.execute(act.db);
  return { issuer: body.issuer };
}

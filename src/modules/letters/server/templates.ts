import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { DocumentForm } from '../form.ts';

/** The template that a document is made of now. */
export interface Template {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  /** Null for the one that comes with the product. */
  readonly own: { readonly id: string; readonly putOn: string; readonly putByName: string } | null;
}

const rooms = join(fileURLToPath(import.meta.url), '..', '..', '..');

/** The template that comes with the product, from the folder of the room that declares the form. */
export function builtInTemplate(form: DocumentForm): Template {
  const name = `${form.word}.docx`;
  const bytes = new Uint8Array(readFileSync(join(rooms, form.room, 'templates', name)));
  return { name, bytes, sha256: createHash('sha256').update(bytes).digest('hex'), own: null };
}

interface OwnRow {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly sha256: string;
  readonly putOn: string;
  readonly putByName: string;
}

/** Templates that the office has put in place of the built-in ones, the newest of each kind. */
export async function ownTemplates(db: Queryable, jurisdiction: string): Promise<ReadonlyMap<string, OwnRow>> {
  const found = await sql<OwnRow>`
    select distinct on (kind) id, kind, name, sha256, put_on as "putOn", put_by_name as "putByName" from document_template
    where jurisdiction = ${jurisdiction} and withdrawn_on is null order by kind, put_at desc`.execute(db);
  return new Map(found.rows.map((row) => [row.kind, row]));
}

/** The template in use for a form. */
export async function templateOf(reading: Reading, form: DocumentForm): Promise<Template> {
  const own = (await ownTemplates(reading.db, reading.actor.jurisdiction)).get(form.kind);
  if (!own) return builtInTemplate(form);
  const bytes = new Uint8Array(await buffer(reading.house.files.read(own.sha256)));
  return { name: own.name, sha256: own.sha256, bytes, own: { id: own.id, putOn: own.putOn, putByName: own.putByName } };
}

/** Puts bytes into the store of files; what no row comes to name is swept later. */
export const keepBytes = (reading: Reading, bytes: Uint8Array): Promise<{ sha256: string; size: number }> =>
  reading.house.files.put(Readable.from([Buffer.from(bytes)]), 50_000_000);

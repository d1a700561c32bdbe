import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { notValid } from '../../../kernel/refusal.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { DocumentForm } from '../form.ts';

/** In whose name documents leave: what differs between two offices, and nothing else. */
export interface Letterhead {
  /** With 文件 at its end. */
  readonly redHead: string;
  readonly issuer: string;
  /** Letters of the document numbers where a series has none of its own. */
  readonly numberSeries: string;
  readonly printer: string;
  /** Letters of single series, by the name that forms give (`DocumentForm.letters`). */
  readonly letters?: Readonly<Record<string, string>>;
  /** Where the public calls. */
  readonly hotline?: string;
  /** Who gets a copy of the notice, if nobody else is named. */
  readonly copies?: string;
}

const folder = join(fileURLToPath(import.meta.url), '..', '..', '..', '..', '..', 'data', 'jurisdictions');

/**
 * The letterhead of a government: as the office set it (`letters.letterhead`), else from its data folder. Throws a
 * not-valid refusal that says where to fill it in.
 */
export async function letterheadOf(db: Queryable, jurisdiction: string): Promise<Letterhead> {
  const found = await knownLetterhead(db, jurisdiction);
  if (found) return found;
  throw notValid('还没有登记发文机关的红头和发文代字，不能印发公文。请在“公文模板”页填写发文机关资料。');
}

/** The same, or null where none is known. */
export async function knownLetterhead(db: Queryable, jurisdiction: string): Promise<Letterhead | null> {
  const set = await sql<{ value: Letterhead }>`
    select value from setting where jurisdiction = ${jurisdiction} and name = 'letters.letterhead'`.execute(db);
  if (set.rows[0]) return set.rows[0].value;
  const path = join(folder, jurisdiction, 'letterhead.json');
  return /^\d{6,9}$/.test(jurisdiction) && existsSync(path)
    ? (JSON.parse(readFileSync(path, 'utf8')) as Letterhead)
    : null;
}

/** The letters of a form's numbers. */
export const lettersOf = (head: Letterhead, form: Pick<DocumentForm, 'letters'>): string =>
  head.letters?.[form.letters] ?? head.numberSeries;

import { zipSync } from 'fflate';
import { convertWithSoffice } from './soffice.ts';
import { openTemplate } from './word-template.ts';

/** The last few, since the same document is often opened by several people on one day. */
const kept = new Map<string, Uint8Array>();
const MOST = 20;
let converting: Promise<unknown> = Promise.resolve();

/**
 * A .docx as PDF by LibreOffice, one at a time; undefined where it is not installed or makes nothing of the file. `key` names
 * the content (its hash).
 */
export async function officePdf(docx: Uint8Array, key: string): Promise<Uint8Array | undefined> {
  const known = kept.get(key);
  if (known) return known;
  const job = converting.then(() => convertWithSoffice(saidOutright(docx), 'docx', 'pdf', 60_000));
  converting = job.catch(() => {});
  const pdf = await job;
  if (pdf) {
    kept.set(key, pdf);
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - MOST))) kept.delete(oldest);
  }
  return pdf;
}

/**
 * LibreOffice 7 loses a full stop that hangs over the edge of a justified line, unless hanging is asked for outright (which
 * it then takes for the contrary). Paragraphs that say nothing about it are made to say so; Word's reading stays the same.
 */
function saidOutright(docx: Uint8Array): Uint8Array {
  const { entries, parts } = openTemplate(docx);
  const day = new Date(2000, 0, 1);
  const changed = new Map(entries);
  for (const { name, prefix } of parts) {
    const text = new TextDecoder().decode(entries.get(name));
    const form = new RegExp(`<${prefix}pPr>(?!(?:(?!</${prefix}pPr>).)*<${prefix}overflowPunct)`, 'gs');
    changed.set(name, new TextEncoder().encode(text.replace(form, `$&<${prefix}overflowPunct ${prefix}val="1"/>`)));
  }
  return zipSync(Object.fromEntries([...changed].map(([name, content]) => [name, [content, { mtime: day }]])));
}

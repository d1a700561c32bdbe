import { readFile } from 'node:fs/promises';
import type { Day } from '../../../kernel/day.ts';
import { buildLetter } from './letter.ts';
import { readTemplate } from './template.ts';

/** The demonstration's documents; their wording lies in `data/jurisdictions/990102/documents/`. */
export const demoDocuments = ['city-plan', 'work-points', 'target-tasks', 'hundred-days'] as const;
export type DemoDocument = (typeof demoDocuments)[number];

const FOLDER = new URL('../../../../data/jurisdictions/990102/documents/', import.meta.url);

/** The document as a .docx as an office would have made it, its dates relative to `today`. */
export async function demoDocument(
  name: DemoDocument,
  today: Day,
): Promise<{ bytes: Uint8Array; fileName: string; title: string }> {
  const template = readTemplate(await readFile(new URL(`${name}.txt`, FOLDER), 'utf8'), today);
  const title = template.pieces.find((piece) => piece.kind === 'title');
  const words = title !== undefined && 'text' in title ? title.text : name;
  return { bytes: await buildLetter(template), fileName: `${words}.docx`, title: words };
}

// Issues every kind of official document with invented words and turns each into pages to be looked at:
// `node --import tsx tools/look-at-papers.ts FOLDER [WORD…]` writes .docx, .pdf and, where pdftoppm is installed, .png.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { convertAllWithSoffice } from '../src/platform/documents/soffice.ts';
import { allPapers } from './papers/issue.ts';

const [folder, ...words] = process.argv.slice(2);
if (!folder) throw new Error('where to?');
mkdirSync(folder, { recursive: true });
const papers = allPapers().filter((one) => words.length === 0 || words.some((word) => one.name.includes(word)));
const pdfs = await convertAllWithSoffice(
  papers.map((one) => one.docx),
  'docx',
  'pdf',
  300_000,
);
for (const [at, one] of papers.entries()) {
  const path = join(folder, one.name);
  writeFileSync(`${path}.docx`, one.docx);
  const pdf = pdfs[at];
  if (!pdf) {
    console.log(`${one.name}: no PDF`);
    continue;
  }
  writeFileSync(`${path}.pdf`, pdf);
  spawnSync('pdftoppm', ['-r', '60', '-png', `${path}.pdf`, path]);
}
console.log(`${papers.length} documents in ${folder}`);

import { readFile } from 'node:fs/promises';
import { notValid } from '../../../kernel/refusal.ts';
import { recogniseForm } from '../../../kernel/sheet-form.ts';
import type { Act } from '../../../platform/act.ts';
import { readDocument } from '../../../platform/documents/read.ts';
import { DocumentRefused } from '../../../platform/documents/refused.ts';
import { readSheetFile } from '../../../platform/documents/sheet-form.ts';
import type { Upload } from '../../../platform/http/serve.ts';
import { clausesOfText, type ReadClause, withDoubts } from '../criteria.ts';

const columns = [
  { key: 'code', names: ['编号', '序号', '条款', '条号'], needed: true },
  { key: 'sector', names: ['行业', '行业领域', '适用行业'] },
  { key: 'text', names: ['条文', '内容', '判定标准', '判定情形'], needed: true },
] as const;

const MOST = 2000;

async function fromSheet(path: string): Promise<ReadClause[]> {
  const { sheets, troubles } = recogniseForm(await readSheetFile(path), columns);
  if (sheets.length === 0)
    throw notValid(
      troubles[0]?.says ?? '表格里没有找到「编号」「条文」这样的表头，请把表头写在第一行。',
      troubles.map((trouble) => ({ where: trouble.cell || '表头', says: trouble.says })),
    );
  let sector: string | null = null;
  const clauses = sheets.flatMap((sheet) =>
    sheet.rows.flatMap((row) => {
      const text = row.at('text');
      const code = row.at('code');
      if (text === '' && code === '') return [];
      sector = row.at('sector') === '' ? sector : row.at('sector');
      return [{ code, sector: row.has('sector') ? sector : null, text, where: `第${row.row}行` }];
    }),
  );
  return withDoubts(clauses);
}

/**
 * Clauses of an uploaded file: an .xlsx with the columns 编号、行业、条文, or a document with numbered clauses. Nothing is
 * entered; a person looks through it first. Throws a not-valid refusal where nothing can be read.
 */
export async function readCriteria(act: Act, upload: Upload): Promise<{ clauses: ReadClause[]; losses: string[] }> {
  const path = act.house.files.path(upload.sha256);
  if (/\.xlsx$/i.test(upload.name)) return { clauses: (await fromSheet(path)).slice(0, MOST), losses: [] };
  try {
    const document = await readDocument(await readFile(path), upload.name);
    const paragraphs = document.blocks.flatMap((block) =>
      block.kind === 'paragraph' ? [document.text.slice(block.start, block.end)] : [],
    );
    const clauses = clausesOfText(paragraphs).slice(0, MOST);
    if (clauses.length === 0)
      throw notValid('文件里没有找到编了号的条文。请改用 .xlsx 表格，列出编号、行业、条文三栏。');
    return { clauses, losses: document.losses.map((loss) => loss.message) };
  } catch (error) {
    if (error instanceof DocumentRefused) throw notValid(error.message);
    throw error;
  }
}

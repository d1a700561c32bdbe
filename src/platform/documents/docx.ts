import type { SourceDocument } from '../../kernel/document.ts';
import { DocumentBuilder } from './builder.ts';
import type { Limits } from './limits.ts';
import { DocumentRefused } from './refused.ts';
import { withTabbedTables } from './tabbed.ts';
import { WordBody } from './word-body.ts';
import { WordNumbering } from './word-numbering.ts';
import { WordStyles } from './word-styles.ts';
import { readRelations, readXmlEntry } from './xml.ts';
import type { ZipContainer } from './zip.ts';

/** Reads a WordprocessingML container in one pass over its main part; memory grows with the text, not with the file. */
export function readDocx(zip: ZipContainer, limits: Limits, format = 'docx'): SourceDocument {
  const main = mainPart(zip);
  const relations = [...readRelations(zip, main).values()];
  const part = (type: string): string => relations.find((relation) => relation.type === type)?.target ?? '';
  const styles = new WordStyles(zip, part('styles'));
  const numbering = new WordNumbering(zip, part('numbering'), styles);
  const builder = new DocumentBuilder(limits);
  const body = new WordBody(builder, styles, numbering);
  if (!readXmlEntry(zip, main, body)) {
    throw new DocumentRefused('damaged', '文件缺少正文部分，可能已损坏。请在办公软件中打开原件，另存一份后再导入。');
  }
  body.finish();
  for (const [type, word] of [
    ['footnotes', '脚注'],
    ['endnotes', '尾注'],
  ] as const) {
    const notes = new WordBody(builder, styles, numbering, word);
    if (part(type) !== '') readXmlEntry(zip, part(type), notes);
    notes.finish();
  }
  if ([...zip.entries.keys()].some((name) => /vbaProject\.bin$/i.test(name))) {
    builder.loss('macro', '文件带有宏，宏已忽略，只读取了文字和表格。');
  }
  const document = builder.finish(format);
  return { ...document, blocks: withTabbedTables(document.text, document.blocks) };
}

function mainPart(zip: ZipContainer): string {
  const root = [...readRelations(zip, '').values()].find((relation) => relation.type === 'officeDocument');
  return root?.target ?? 'word/document.xml';
}

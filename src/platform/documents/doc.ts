import type { SourceDocument } from '../../kernel/document.ts';
import { DocumentBuilder } from './builder.ts';
import { readDocx } from './docx.ts';
import type { Limits } from './limits.ts';
import { DocumentRefused } from './refused.ts';
import { convertWithSoffice } from './soffice.ts';
import { withTabbedTables } from './tabbed.ts';
import { ZipContainer } from './zip.ts';

const FALLBACK_LOSS =
  '这台服务器没有可用的 LibreOffice，旧版 Word 文件只能读出文字：自动编号和表格的合并单元格已丢失。请另存为 .docx 再导入，或请管理员安装 LibreOffice。';

/** Reads a Word 97–2003, WPS or RTF file: through LibreOffice where installed, else its text only, which is then said. */
export async function readDoc(
  bytes: Uint8Array,
  format: 'doc' | 'wps' | 'rtf',
  limits: Limits,
): Promise<SourceDocument> {
  const extension = format === 'rtf' ? 'rtf' : 'doc';
  const converted = await convertWithSoffice(bytes, extension, 'docx', limits.conversionMs);
  if (converted) return readDocx(new ZipContainer(converted, limits), limits, format);
  if (format === 'rtf') {
    throw new DocumentRefused('unreadable', '读不出这份 RTF 文件，请在 Word 或 WPS 中另存为 .docx 后再导入。');
  }
  return readTextOnly(bytes, format, limits);
}

/** Text without numbering and tables, for machines without LibreOffice. */
export async function readTextOnly(bytes: Uint8Array, format: string, limits: Limits): Promise<SourceDocument> {
  const { default: WordExtractor } = await import('word-extractor');
  let body: string;
  try {
    body = (await new WordExtractor().extract(Buffer.from(bytes))).getBody();
  } catch {
    throw new DocumentRefused(
      'damaged',
      '读不出这份旧版 Word 文件，它可能已损坏。请在 Word 或 WPS 中打开，另存为 .docx 后再导入。',
    );
  }
  const builder = new DocumentBuilder(limits);
  builder.loss('text-only', FALLBACK_LOSS);
  for (const line of body.split(/\r\n?|\n/)) builder.paragraph({ text: line });
  const document = builder.finish(format);
  return { ...document, blocks: withTabbedTables(document.text, document.blocks) };
}

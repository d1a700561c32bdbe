import type { Block, Loss, SourceDocument } from '../../kernel/document.ts';
import { withCellLines } from './cell-lines.ts';
import { DocumentRefused } from './refused.ts';
import { withRowTables } from './row-tables.ts';
import { withTabbedTables } from './tabbed.ts';

/** Decodes by byte order mark, then UTF-8, then UTF-16 without a mark, then GB18030; undefined where it is no text. */
export function decodeText(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const wide = wideEncoding(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  if (bytes.subarray(0, 65_536).includes(0)) return undefined;
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      if (looksLikeText(text)) return text;
    } catch {
      // Not this encoding: the next one is tried.
    }
  }
  const loose = new TextDecoder('gb18030').decode(bytes);
  const bad = loose.split('\uFFFD').length - 1;
  return bad * 200 < loose.length && looksLikeText(loose) ? loose : undefined;
}

function looksLikeText(text: string): boolean {
  const head = text.slice(0, 20_000);
  let control = 0;
  for (let at = 0; at < head.length; at += 1) {
    const code = head.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10 && code !== 13 && code !== 12) control += 1;
  }
  return control * 100 <= head.length;
}

/** UTF-16 without a mark: Chinese text has its zero bytes (of line ends and ASCII) all on one side. */
function wideEncoding(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4 || bytes.length % 2 !== 0) return undefined;
  const head = bytes.subarray(0, 20_000);
  let even = 0;
  let odd = 0;
  let evenHan = 0;
  let oddHan = 0;
  for (let at = 0; at + 1 < head.length; at += 2) {
    const first = head[at] ?? 0;
    const second = head[at + 1] ?? 0;
    if (first === 0) even += 1;
    if (second === 0) odd += 1;
    if (isHanByte(first)) evenHan += 1;
    if (isHanByte(second)) oddHan += 1;
  }
  const pairs = head.length / 2;
  if (odd + even === 0) return undefined;
  if (odd + oddHan > pairs * 0.8 && odd + oddHan > even + evenHan) return 'utf-16le';
  if (even + evenHan > pairs * 0.8) return 'utf-16be';
  return undefined;
}

/** High byte of Chinese characters and of the punctuation between them. */
function isHanByte(byte: number): boolean {
  return (byte >= 0x4e && byte <= 0x9f) || byte === 0x30 || byte === 0xff;
}

/** Plain text: the text is kept as it is but for line ends and the byte order mark; one paragraph per line. */
export function readText(bytes: Uint8Array, losses: readonly Loss[] = []): SourceDocument {
  const decoded = decodeText(bytes);
  if (decoded === undefined) {
    throw new DocumentRefused('unknown', '无法识别这份文件的格式。请用 Word、WPS 另存为 .docx 或 .pdf 后再导入。');
  }
  const text = decoded.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return { format: 'txt', text, blocks: textBlocks(text), losses };
}

function textBlocks(text: string): Block[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  let offset = 0;
  const blocks = lines.map((line): Block => {
    const start = offset;
    offset += line.length + 1;
    return { kind: 'paragraph', start, end: start + line.length };
  });
  return withCellLines(text, withTabbedTables(text, withRowTables(text, blocks)));
}

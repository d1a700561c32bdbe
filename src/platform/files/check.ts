import { open } from 'node:fs/promises';
import { notValid } from '../../kernel/refusal.ts';

/** What a file is by its content: the type under which it is kept and served, and the endings that fit it. */
interface Kind {
  readonly type: string;
  readonly endings: readonly string[];
}

const startsWith = (head: Buffer, bytes: readonly number[], at = 0): boolean =>
  bytes.every((byte, i) => head[at + i] === byte);
const has = (head: Buffer, text: string): boolean => head.includes(Buffer.from(text, 'latin1'));

function zipKind(head: Buffer): Kind | null {
  if (has(head, 'word/'))
    return {
      type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      endings: ['docx', 'docm'],
    };
  if (has(head, 'xl/'))
    return { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', endings: ['xlsx', 'xlsm'] };
  if (has(head, 'ppt/'))
    return { type: 'application/vnd.openxmlformats-officedocument.presentationml.presentation', endings: ['pptx'] };
  if (has(head, 'OFD.xml')) return { type: 'application/ofd', endings: ['ofd'] };
  if (has(head, '[Content_Types].xml')) return { type: 'application/octet-stream', endings: ['docx', 'xlsx', 'pptx'] };
  return null;
}

function kindOf(head: Buffer): Kind | null {
  if (startsWith(head, [0xff, 0xd8, 0xff])) return { type: 'image/jpeg', endings: ['jpg', 'jpeg'] };
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47])) return { type: 'image/png', endings: ['png'] };
  if (startsWith(head, [0x47, 0x49, 0x46, 0x38])) return { type: 'image/gif', endings: ['gif'] };
  if (startsWith(head, [0x42, 0x4d]) && head.length > 30) return { type: 'image/bmp', endings: ['bmp'] };
  if (startsWith(head, [0x52, 0x49, 0x46, 0x46]) && has(head.subarray(8, 12), 'WEBP'))
    return { type: 'image/webp', endings: ['webp'] };
  if (has(head.subarray(4, 8), 'ftyp')) {
    const brand = head.subarray(8, 12).toString('latin1');
    if (/^(heic|heix|hevc|mif1|msf1)$/.test(brand)) return { type: 'image/heic', endings: ['heic', 'heif'] };
    return { type: 'video/mp4', endings: ['mp4', 'mov', 'm4v', 'm4a'] };
  }
  if (startsWith(head, [0x25, 0x50, 0x44, 0x46])) return { type: 'application/pdf', endings: ['pdf'] };
  if (startsWith(head, [0x50, 0x4b, 0x03, 0x04])) return zipKind(head);
  if (startsWith(head, [0xd0, 0xcf, 0x11, 0xe0]))
    return { type: 'application/msword', endings: ['doc', 'wps', 'xls', 'et', 'ppt', 'dps'] };
  return null;
}

/** Plain text carries no NUL and does not begin like a page or a script. */
function isPlainText(head: Buffer): boolean {
  if (head.includes(0)) return false;
  const begin = head.subarray(0, 512).toString('latin1').trimStart().toLowerCase();
  return (
    !/^(<!doctype|<html|<\?xml|<svg|<script|#!|mz)/.test(begin) &&
    !/<script|<svg|<iframe/.test(head.toString('latin1').toLowerCase())
  );
}

/**
 * Decides by content what an attachment is; the name only has to agree. Programs, pages and scripts are refused, also
 * when they are called .jpg. Returns the type under which the file is served.
 */
export async function checkContent(path: string, name: string): Promise<string> {
  const handle = await open(path, 'r');
  const head = Buffer.alloc(65_536);
  const { bytesRead } = await handle.read(head, 0, head.length, 0).finally(() => handle.close());
  const content = head.subarray(0, bytesRead);
  const ending = (/\.([^.]+)$/.exec(name)?.[1] ?? '').toLowerCase();
  if (bytesRead === 0) throw notValid(`文件「${name}」是空的，没有保存。请检查后重新选择。`);
  const kind = kindOf(content);
  if (kind?.endings.includes(ending)) return kind.type;
  if (kind)
    throw notValid(`文件「${name}」的内容与扩展名不符：内容像是 .${kind.endings[0]}，没有保存。请改正文件名后再传。`);
  if (['txt', 'csv', 'md'].includes(ending) && isPlainText(content)) return 'text/plain; charset=utf-8';
  throw notValid(`文件「${name}」不是允许的类型，没有保存。可以上传照片、PDF、Word、Excel、WPS、OFD、文本和视频。`);
}

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { notValid, Refusal } from '../../kernel/refusal.ts';
import { type PictureClaims, readClaims } from './exif.ts';
import { mostMegapixels, type PixelSize, pixelSize } from './picture.ts';

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
  if (startsWith(head, [0xff, 0xd8, 0xff])) return { type: 'image/jpeg', endings: ['jpg', 'jpeg', 'jfif'] };
  if (startsWith(head, [0x89, 0x50, 0x4e, 0x47])) return { type: 'image/png', endings: ['png'] };
  if (startsWith(head, [0x47, 0x49, 0x46, 0x38])) return { type: 'image/gif', endings: ['gif'] };
  if (startsWith(head, [0x42, 0x4d]) && head.length > 30) return { type: 'image/bmp', endings: ['bmp'] };
  if (startsWith(head, [0x52, 0x49, 0x46, 0x46]) && has(head.subarray(8, 12), 'WEBP'))
    return { type: 'image/webp', endings: ['webp'] };
  if (has(head.subarray(4, 8), 'ftyp')) {
    const brand = head.subarray(8, 12).toString('latin1');
    if (/^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(brand)) return { type: 'image/heic', endings: ['heic', 'heif'] };
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

/** Camera notes, colour profiles and previews may stand before the size of a picture. */
const HEAD_BYTES = 512 * 1024;

/** What no camera writes and a browser or server might run, all in lower case; long enough not to occur by chance. */
const foreign: readonly string[] = [
  '<script',
  '<iframe',
  '<!doctype html',
  '<html>',
  '<html ',
  '<?php ',
  '<?php\n',
  '<?php\r',
];
const LONGEST = Math.max(...foreign.map((one) => one.length));

async function headOf(path: string, bytes: number): Promise<Buffer> {
  const handle = await open(path, 'r');
  const head = Buffer.alloc(bytes);
  const { bytesRead } = await handle.read(head, 0, bytes, 0).finally(() => handle.close());
  return head.subarray(0, bytesRead);
}

/** A ZIP directory that ends exactly where the file ends: the picture is an archive too. */
function endsAsZip(tail: Buffer): boolean {
  const at = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  return at >= 0 && at + 22 <= tail.length && at + 22 + tail.readUInt16LE(at + 20) === tail.length;
}

/** Reads the whole picture once: is it a page, a script, an archive or a PDF at the same time? */
async function isSomethingElseToo(path: string, head: Buffer): Promise<boolean> {
  if (head.subarray(0, 1024).includes('%PDF-')) return true;
  let before = '';
  let tail = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>) {
    const text = before + chunk.toString('latin1').toLowerCase();
    if (foreign.some((one) => text.includes(one))) return true;
    before = text.slice(-LONGEST);
    tail = Buffer.concat([tail, chunk]).subarray(-70_000);
  }
  return endsAsZip(tail);
}

async function checkPicture(path: string, name: string, type: string): Promise<void> {
  const head = await headOf(path, HEAD_BYTES);
  const size = pixelSize(head, type);
  if (size === null || size.width === 0 || size.height === 0)
    throw notValid(`照片「${name}」已损坏，读不出尺寸，没有保存。请重新拍摄或选择原图。`);
  if (size.width * size.height > mostMegapixels * 1e6)
    throw new Refusal(
      'too-large',
      `照片「${name}」有 ${size.width}×${size.height} 像素，超过 ${mostMegapixels / 100} 亿像素的上限，没有保存。请缩小后再传。`,
    );
  if (await isSomethingElseToo(path, head))
    throw notValid(`照片「${name}」里夹带了网页、程序或压缩包的内容，没有保存。请上传相机拍摄的原图。`);
}

/**
 * Decides by content what an attachment is; the name only has to agree. Programs, pages and scripts are refused, also
 * when they are called .jpg or hide inside a picture. Returns the type under which the file is served.
 */
export async function checkContent(path: string, name: string): Promise<string> {
  const content = await headOf(path, 65_536);
  const ending = (/\.([^.]+)$/.exec(name)?.[1] ?? '').toLowerCase();
  if (content.length === 0) throw notValid(`文件「${name}」是空的，没有保存。请检查后重新选择。`);
  const kind = kindOf(content);
  if (kind?.endings.includes(ending)) {
    if (kind.type.startsWith('image/') && kind.type !== 'image/heic') await checkPicture(path, name, kind.type);
    return kind.type;
  }
  if (kind)
    throw notValid(`文件「${name}」的内容与扩展名不符：内容像是 .${kind.endings[0]}，没有保存。请改正文件名后再传。`);
  if (['txt', 'csv', 'md'].includes(ending) && isPlainText(content)) return 'text/plain; charset=utf-8';
  throw notValid(`文件「${name}」不是允许的类型，没有保存。可以上传照片、PDF、Word、Excel、WPS、OFD、文本和视频。`);
}

/** What is kept of a picture beside its bytes: what it states about itself. */
export interface StoredPicture extends Omit<PictureClaims, 'orientation'>, PixelSize {}

/** Reads what a stored picture states about itself; null for other files and for HEIC, whose notes are not read. */
export async function readPicture(path: string, type: string): Promise<StoredPicture | null> {
  if (!type.startsWith('image/')) return null;
  const head = await headOf(path, HEAD_BYTES);
  const size = pixelSize(head, type);
  if (size === null) return null;
  const { orientation: _held, ...claims } = readClaims(head);
  return { ...claims, ...size };
}

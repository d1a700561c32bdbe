import type { Limits } from './limits.ts';
import { isEncryptedWord, OleContainer } from './ole.ts';
import { DocumentRefused } from './refused.ts';
import { readXmlEntry } from './xml.ts';
import { ZipContainer } from './zip.ts';

export type DetectedFormat =
  | { readonly format: 'docx' | 'xlsx' | 'ofd'; readonly zip: ZipContainer }
  | { readonly format: 'doc' | 'wps' | 'rtf' | 'xls' | 'pdf' | 'html' | 'txt' };

const EXTENSIONS: Record<DetectedFormat['format'], readonly string[]> = {
  docx: ['docx', 'docm', 'dotx', 'dotm', 'wps'],
  xlsx: ['xlsx', 'xlsm', 'xltx', 'xltm', 'et'],
  ofd: ['ofd'],
  doc: ['doc', 'dot'],
  wps: ['wps', 'wpt'],
  rtf: ['rtf', 'doc'],
  xls: ['xls', 'xlt', 'et'],
  pdf: ['pdf'],
  html: ['html', 'htm'],
  txt: ['txt', 'text', 'csv', 'md', 'log'],
};

const ENCRYPTED = '文件设有打开密码，无法读取。请先在 Word、WPS 或 Excel 中去掉密码，另存后再导入。';
const UNKNOWN =
  '无法识别这份文件的格式。可以读取 docx、doc、wps、pdf、xlsx、xls、txt、html、ofd，请另存为其中一种后再导入。';

/** File name extensions that a format usually carries, without dot. */
export function expectedExtensions(format: DetectedFormat['format']): readonly string[] {
  return EXTENSIONS[format];
}

/** Tells the format by what the bytes are. Throws DocumentRefused for encrypted and unknown ones. */
export function detectFormat(bytes: Uint8Array, fileName: string, limits: Limits): DetectedFormat {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return detectZip(bytes, limits);
  if (startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])) {
    throw new DocumentRefused('unknown', '文件是一个空的压缩包，里面没有可读的内容。');
  }
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return detectOle(bytes, fileName);
  const head = latin(bytes.subarray(0, 4096));
  if (head.slice(0, 1024).includes('%PDF-')) return { format: 'pdf' };
  if (head.startsWith('{\\rtf')) return { format: 'rtf' };
  if (
    startsWith(bytes, [0x89, 0x50, 0x4e, 0x47]) ||
    startsWith(bytes, [0xff, 0xd8, 0xff]) ||
    /^(GIF8|II\*|MM\0|BM)/.test(head)
  ) {
    throw new DocumentRefused('scan', '这是一张图片，没有文字可读。请先做文字识别，或者导入原来的文字版文件。');
  }
  if (startsWith(bytes, [0x1f, 0x8b]) || /^(Rar!|7z\xBC\xAF)/.test(head)) {
    throw new DocumentRefused('unknown', '这是一个压缩包，请解压后导入其中的文件。');
  }
  if (/<(?:!doctype\s+html|html|body|head|table|meta)[\s>]/i.test(head.replaceAll('\0', ''))) return { format: 'html' };
  return { format: 'txt' };
}

function detectZip(bytes: Uint8Array, limits: Limits): DetectedFormat {
  const zip = new ZipContainer(bytes, limits);
  if (zip.has('OFD.xml')) return { format: 'ofd', zip };
  if (zip.has('META-INF/manifest.xml') && zip.has('mimetype')) {
    throw new DocumentRefused('unknown', '这是 OpenDocument 格式（.odt、.ods），请另存为 .docx 或 .xlsx 后再导入。');
  }
  let types = '';
  readXmlEntry(zip, '[Content_Types].xml', {
    open(_, attributes) {
      types += attributes;
    },
    close() {},
  });
  if (/wordprocessingml|ms-word\./.test(types) || zip.has('word/document.xml')) return { format: 'docx', zip };
  if (/spreadsheetml|ms-excel\.sheet\.macro/.test(types) || zip.has('xl/workbook.xml')) {
    if (zip.has('xl/workbook.bin')) {
      throw new DocumentRefused('unknown', '这是二进制工作簿（.xlsb），请在 Excel 中另存为 .xlsx 后再导入。');
    }
    return { format: 'xlsx', zip };
  }
  if (/presentationml/.test(types))
    throw new DocumentRefused('unknown', '这是演示文稿，不是方案文件，请导入文字版文件。');
  throw new DocumentRefused('unknown', `这是一个普通压缩包，请解压后导入其中的文件。`);
}

function detectOle(bytes: Uint8Array, fileName: string): DetectedFormat {
  const ole = new OleContainer(bytes);
  if (ole.has('EncryptedPackage') || ole.has('EncryptionInfo')) throw new DocumentRefused('encrypted', ENCRYPTED);
  if (ole.has('WordDocument')) {
    if (isEncryptedWord(ole)) throw new DocumentRefused('encrypted', ENCRYPTED);
    return { format: /\.wp[st]$/i.test(fileName) ? 'wps' : 'doc' };
  }
  if (ole.has('Workbook') || ole.has('Book')) return { format: 'xls' };
  if (ole.has('PowerPoint Document')) {
    throw new DocumentRefused('unknown', '这是演示文稿，不是方案文件，请导入文字版文件。');
  }
  throw new DocumentRefused('unknown', UNKNOWN);
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, at) => bytes[at] === byte);
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

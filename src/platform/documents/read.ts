import type { Loss, SourceDocument } from '../../kernel/document.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { DocumentRefused } from './refused.ts';
import { type DetectedFormat, detectFormat, expectedExtensions } from './sniff.ts';

export interface ReadOptions {
  /** Bounds that differ from the usual ones. */
  readonly limits?: Partial<Limits>;
}

/**
 * Reads a document of any supported format into text and blocks. The format is told by the content; a name with another
 * extension is noted as a loss. Throws DocumentRefused, with a Chinese sentence, where the file cannot be read.
 */
export async function readDocument(
  bytes: Uint8Array,
  fileName: string,
  options: ReadOptions = {},
): Promise<SourceDocument> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  if (bytes.length === 0) {
    throw new DocumentRefused('empty', '文件是空的（0 字节），请确认上传或复制是否完整。');
  }
  if (bytes.length > limits.fileBytes) {
    const megabytes = Math.floor(limits.fileBytes / 1024 / 1024);
    throw new DocumentRefused('too-large', `文件超过 ${megabytes} MB，请删去图片或拆分成几份后再导入。`);
  }
  const detected = detectFormat(bytes, fileName, limits);
  const document = await readDetected(detected, bytes, limits);
  if (document.text.trim() === '') {
    throw new DocumentRefused('empty', '文件里没有文字。如果内容是图片，请先做文字识别，再导入识别后的文件。');
  }
  const losses: Loss[] = [...nameLoss(fileName, detected), ...document.losses];
  return { ...document, losses };
}

async function readDetected(detected: DetectedFormat, bytes: Uint8Array, limits: Limits): Promise<SourceDocument> {
  switch (detected.format) {
    case 'docx':
      return (await import('./docx.ts')).readDocx(detected.zip, limits);
    case 'xlsx':
      return (await import('./xlsx.ts')).readXlsx(detected.zip, limits);
    case 'ofd':
      return (await import('./ofd.ts')).readOfd(detected.zip, limits);
    case 'doc':
    case 'wps':
    case 'rtf':
      return (await import('./doc.ts')).readDoc(bytes, detected.format, limits);
    case 'xls':
      return (await import('./xls.ts')).readXls(bytes, limits);
    case 'pdf':
      return (await import('./pdf.ts')).readPdf(bytes, limits);
    case 'html':
      return (await import('./html.ts')).readHtml(bytes, limits);
    case 'txt':
      return (await import('./text.ts')).readText(bytes);
  }
}

function nameLoss(fileName: string, detected: DetectedFormat): Loss[] {
  const extension = /\.([A-Za-z0-9]{1,5})$/.exec(fileName)?.[1]?.toLowerCase();
  if (extension === undefined || expectedExtensions(detected.format).includes(extension)) return [];
  const message = `文件名的后缀是 .${extension}，内容其实是 ${detected.format} 格式，已按内容读取。`;
  return [{ kind: 'wrong-extension', message }];
}

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readDocument } from '../platform/documents/read.ts';
import { DocumentRefused } from '../platform/documents/refused.ts';

const USAGE = `用法：guatu extract [--text] 文件
  读取一份方案文件，在标准输出打印提取结果（JSON）；--text 只打印文件的文字，提取结果中的位置就是它的字符位置。
`;

/** `guatu extract`: JSON (or text) on standard output, everything else on standard error. Returns the exit code. */
export async function runExtract(args: string[]): Promise<number> {
  const textOnly = args.includes('--text');
  const files = args.filter((each) => each !== '--text');
  const [file] = files;
  if (file === undefined || files.length > 1 || (file.startsWith('--') && file !== '--')) {
    process.stderr.write(USAGE);
    return 2;
  }
  // An orderly exit also ends a converter that is still at work.
  process.once('SIGTERM', () => process.exit(143));
  try {
    const document = await readDocument(await readFile(file), basename(file));
    for (const loss of document.losses) process.stderr.write(`注意：${loss.message}\n`);
    if (textOnly) {
      await print(document.text);
      return 0;
    }
    const { extractPlan } = await import('../modules/plans/extract.ts');
    await print(`${JSON.stringify(extractPlan(document))}\n`);
    return 0;
  } catch (error) {
    if (error instanceof DocumentRefused) {
      process.stderr.write(`${error.message}\n`);
      return 1;
    }
    const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES') {
      process.stderr.write(`打不开文件“${file}”，请检查路径和权限。\n`);
      return 1;
    }
    throw error;
  }
}

/** Waits until the reader has taken everything, so that a pipe never loses the end. */
function print(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

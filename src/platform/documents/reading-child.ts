import { readFile } from 'node:fs/promises';
import type { SourceDocument } from '../../kernel/document.ts';
import { readDocument } from './read.ts';
import type { ReadingMessage } from './reading-process.ts';
import { DocumentRefused } from './refused.ts';

const tell = (message: ReadingMessage): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });

/**
 * Life of a reading child: reads the file named on its command line, lets `understand` make of it what the room wants, and
 * tells its parent. `finding` says in Chinese what is being looked for.
 */
export async function readAsChild(
  finding: string,
  understand: (source: SourceDocument, more: readonly string[]) => { readonly result: object; readonly found: string },
): Promise<void> {
  // The server that asked is gone: nobody will read the answer.
  process.once('disconnect', () => process.exit());
  const [path, name, ...more] = process.argv.slice(2);
  if (!process.send || path === undefined || name === undefined) return;
  try {
    await tell({ step: '正在读取文字和表格' });
    const source = await readDocument(await readFile(path), name);
    await tell({ step: `已读出${source.text.length}字，正在${finding}` });
    const { result, found } = understand(source, more);
    await tell({ step: `${found}，正在保存` });
    await tell({ result: JSON.stringify({ source, ...result }) });
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    await tell({ refused: { kind: error.kind, says: error.message } });
  }
  process.disconnect?.();
}

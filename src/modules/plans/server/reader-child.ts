// Runs in a process of its own: a hostile or enormous file may exhaust this one, never the server.
import { readFile } from 'node:fs/promises';
import { readDocument } from '../../../platform/documents/read.ts';
import { DocumentRefused } from '../../../platform/documents/refused.ts';
import { extractPlan } from '../extract.ts';

/** What the child tells its parent. */
export type ChildMessage =
  | { readonly step: string }
  | { readonly result: string }
  | { readonly refused: { readonly kind: string; readonly says: string } };

const tell = (message: ChildMessage): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });

async function read(path: string, name: string): Promise<void> {
  try {
    await tell({ step: '正在读取文字和表格' });
    const source = await readDocument(await readFile(path), name);
    await tell({ step: `已读出${source.text.length}字，正在分解任务` });
    const extraction = extractPlan(source);
    await tell({ step: `分解出${extraction.tasks.length}条任务，正在保存` });
    await tell({ result: JSON.stringify({ source, extraction }) });
  } catch (error) {
    if (!(error instanceof DocumentRefused)) throw error;
    await tell({ refused: { kind: error.kind, says: error.message } });
  }
  process.disconnect?.();
}

// The server that asked is gone: nobody will read the answer.
process.once('disconnect', () => process.exit());

const [path, name] = process.argv.slice(2);
if (process.send && path !== undefined && name !== undefined) await read(path, name);

// Runs in a process of its own: a large or hostile workbook may exhaust this one, never the server.
import { readFile } from 'node:fs/promises';
import { Refusal } from '../../kernel/refusal.ts';
import { readSheets, type SheetMessage } from './sheet-form.ts';

const tell = (message: SheetMessage): Promise<void> =>
  new Promise((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });

// The server that asked is gone: nobody will read the answer.
process.once('disconnect', () => process.exit());

const [path] = process.argv.slice(2);
if (process.send && path !== undefined) {
  try {
    await tell({ sheets: readSheets(await readFile(path)) });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await tell({ refused: { kind: error.kind, says: error.says } });
  }
  process.disconnect?.();
}

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atLeast, atMost, type Measured } from './measured.ts';
import { docxOf, planLines } from './plan-text.ts';

/** Lines and signs of a page as official documents are set: 22 lines of 28. */
const SIGNS_OF_A_PAGE = 616;

interface ReadOne {
  readonly ms: number;
  readonly megabytes: number;
  readonly signs: number;
  readonly tasks: number;
}

async function readInChild(file: string): Promise<ReadOne> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', join(import.meta.dirname, 'read-one.ts'), file],
    { maxBuffer: 1e8 },
  );
  return JSON.parse(stdout) as ReadOne;
}

const best = async (tries: number, run: () => Promise<ReadOne>): Promise<ReadOne> => {
  let least = await run();
  for (let at = 1; at < tries; at++) {
    const next = await run();
    if (next.ms < least.ms) least = next;
  }
  return least;
};

/** Reading and extracting, each file in a fresh process (as the product does it); process start not counted. */
export async function measureReading(): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'guatu-bench-'));
  const file = (name: string, bytes: string | Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  try {
    const text = planLines(1_040_000).join('\n');
    const megabytes = Buffer.byteLength(text) / 1_000_000;
    const plain = await best(3, () => readInChild(file('plan.txt', text)));
    const hundred = await best(3, () => readInChild(file('hundred.docx', docxOf(planLines(100 * SIGNS_OF_A_PAGE)))));
    const heavy = docxOf(planLines(300 * SIGNS_OF_A_PAGE), 19_900_000);
    const large = await readInChild(file('large.docx', heavy));
    return [
      atLeast(
        `extraction of ${megabytes.toFixed(1)} MB plain text, one core (${plain.tasks} tasks)`,
        megabytes / (plain.ms / 1000),
        1,
        'MB/s',
      ),
      atMost(`a .docx of 100 pages (${hundred.tasks} tasks)`, hundred.ms / 1000, 1, 's'),
      atMost(
        `memory for a .docx of ${(heavy.length / 1_000_000).toFixed(1)} MB (300 pages and pictures)`,
        large.megabytes,
        300,
        'MB',
      ),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

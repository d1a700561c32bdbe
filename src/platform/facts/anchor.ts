import { open, readFile, truncate } from 'node:fs/promises';
import { sql } from 'kysely';
import type { Queryable } from '../db/connect.ts';

/** One line of the file of stubs: a seal as it was when it was made. */
export interface Stub {
  readonly jurisdiction: string;
  readonly day: string;
  readonly facts: number;
  readonly hash: string;
}

const heading = `# 每日封存的存根，只增不改：地区、日期、当日记录条数、封存值。guatu verify 用它与数据库核对。
# 请定期把它抄送到另一台机器或打印存档：即使整个数据库被重写，也能凭它发现。
`;

const line = /^(\d{6,9}) (\d{4}-\d{2}-\d{2}) (\d+) ([0-9a-f]{64})$/;

/** What the file of stubs says; `whole` is the length in bytes of its finished lines. */
interface Stubs {
  readonly stubs: readonly Stub[];
  /** Lines that are neither stub nor remark. */
  readonly broken: number;
  readonly whole: number;
  readonly length: number;
}

/** Reads the file of stubs; null where there is none. A last line without end is still being written, or was cut off. */
export async function readStubs(path: string): Promise<Stubs | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const finished = text.slice(0, text.lastIndexOf('\n') + 1);
  const stubs: Stub[] = [];
  let broken = 0;
  for (const one of finished.split('\n')) {
    if (one === '' || one.startsWith('#')) continue;
    const [, jurisdiction = '', day = '', facts = '', hash = ''] = line.exec(one) ?? [];
    if (hash === '') broken += 1;
    else stubs.push({ jurisdiction, day, facts: Number(facts), hash });
  }
  return { stubs, broken, whole: Buffer.byteLength(finished), length: Buffer.byteLength(text) };
}

/**
 * Appends the seals of a jurisdiction that are younger than its last stub. A process that died between sealing and this
 * is made good by the next run; two at once may write a stub twice, which does no harm.
 */
export async function writeStubs(db: Queryable, path: string, jurisdiction: string): Promise<void> {
  const known = await readStubs(path);
  const last = (known?.stubs ?? [])
    .flatMap((stub) => (stub.jurisdiction === jurisdiction ? [stub.day] : []))
    .sort()
    .at(-1);
  const seals = await sql<Stub>`
    select jurisdiction, day, facts, hash from seal
    where jurisdiction = ${jurisdiction} and day > ${last ?? '0001-01-01'} order by day`.execute(db);
  if (seals.rows.length === 0) return;
  const lines = seals.rows.map((seal) => `${seal.jurisdiction} ${seal.day} ${seal.facts} ${seal.hash}\n`).join('');
  // a line that a power cut left half written makes way for the whole one
  if (known && known.whole < known.length) await truncate(path, known.whole);
  const file = await open(path, 'a', 0o600);
  try {
    await file.write(`${known === null ? heading : ''}${lines}`);
    await file.sync();
  } finally {
    await file.close();
  }
}

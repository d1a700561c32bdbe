import { open, readFile } from 'node:fs/promises';
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

/** The stubs in the file, in its order, and how many lines are neither stub nor remark; null where there is no file. */
export async function readStubs(path: string): Promise<{ stubs: readonly Stub[]; broken: number } | null> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (text === null) return null;
  const stubs: Stub[] = [];
  let broken = 0;
  for (const one of text.split('\n')) {
    if (one === '' || one.startsWith('#')) continue;
    const [, jurisdiction = '', day = '', facts = '', hash = ''] = line.exec(one) ?? [];
    if (hash === '') broken += 1;
    else stubs.push({ jurisdiction, day, facts: Number(facts), hash });
  }
  return { stubs, broken };
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
  const file = await open(path, 'a', 0o600);
  try {
    // a line that a power cut left half written is closed first, so that the next one stands on its own
    const gap = known && known.broken > 0 ? '\n' : '';
    await file.write(`${known === null ? heading : gap}${lines}`);
    await file.sync();
  } finally {
    await file.close();
  }
}

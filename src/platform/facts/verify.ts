import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import { day as asDay, type Day } from '../../kernel/day.ts';
import type { ItemKind } from '../act.ts';
import type { Queryable } from '../db/connect.ts';
import type { FileStore } from '../files/store.ts';
import { readStubs, type Stub } from './anchor.ts';
import { beginning, currentImages, type FactRow, hashOf } from './record.ts';
import { rootOf, sealDuty, sealHash } from './seal.ts';

/** One thing that is not as the product left it. */
export interface Finding {
  readonly jurisdiction: string;
  readonly kind:
    | 'fact-changed'
    | 'fact-missing'
    | 'record-changed'
    | 'record-unexplained'
    | 'record-missing'
    | 'number-missing'
    | 'figures-differ'
    | 'seal-broken'
    | 'seal-missing'
    | 'stub-differs'
    | 'file-missing'
    | 'file-changed';
  readonly where: string;
  readonly says: string;
  /** The item that it is about, where it is about one. */
  readonly item?: { readonly kind: string; readonly id: string };
}

export interface Verified {
  readonly facts: number;
  readonly items: number;
  readonly seals: number;
  readonly files: number;
  /** Seals that were compared with the file outside the database; null where there is no such file. */
  readonly stubs: number | null;
  readonly findings: readonly Finding[];
}

interface StoredFact extends FactRow {
  hash: string;
}

const batch = 2000;

/**
 * Recomputes everything that was recorded: the chain of each item, the rows of each item against its last fact, the
 * numbers without gaps, the figures kept ready, the seals of the days and their stubs outside the database (file
 * `stubs`, where it exists), and the bytes of every file. Reads only; memory does not grow with what was recorded.
 */
export async function verify(
  db: Queryable,
  items: Readonly<Record<string, ItemKind>>,
  files: FileStore,
  progress: (line: string) => void = () => {},
  stubs?: string,
): Promise<Verified> {
  const findings: Finding[] = [];
  const found = (finding: Finding): void => void findings.push(finding);
  // read before the view of the database is fixed: a stub is written after its seal, never before
  const written = stubs === undefined ? null : await readStubs(stubs);
  const checked = await inOneView(db, async (view) => {
    const chains = await verifyChains(view, items, found, progress);
    await verifyRows(view, items, found);
    await verifyNumbers(view, items, found);
    for (const { recount } of Object.values(items))
      await recount?.(view, (difference) => found({ ...difference, kind: 'figures-differ' }));
    const seals = await verifySeals(view, found);
    if (written) await verifyStubs(view, written, found);
    return { ...chains, seals, files: await verifyFiles(view, items, files, found, progress) };
  });
  const comparedStubs = written && new Set(written.stubs.map((stub) => `${stub.jurisdiction} ${stub.day}`)).size;
  return { ...checked, stubs: comparedStubs, findings: await named(db, items, findings) };
}

/** Work goes on while all this is read: everything is compared as it stood at one moment, however long that takes. */
async function inOneView<T>(db: Queryable, run: (view: Queryable) => Promise<T>): Promise<T> {
  if (db.isTransaction) return run(db);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (view) => {
      await sql`set local statement_timeout = 0`.execute(view);
      await sql`set local idle_in_transaction_session_timeout = 0`.execute(view);
      return run(view);
    });
}

/** Says 任务 任-2026-0007 instead of kind and id, for as many items as still exist. */
async function named(
  db: Queryable,
  items: Readonly<Record<string, ItemKind>>,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const names = new Map<string, string>();
  for (const [kind, { table, called }] of Object.entries(items)) {
    const ids = [...new Set(findings.flatMap(({ item }) => (item?.kind === kind ? [item.id] : [])))];
    if (!called || ids.length === 0) continue;
    for (const id of ids) names.set(`${kind} ${id}`, `${called.word} ${id}`);
    for (let at = 0; at < ids.length; at += batch) {
      const rows = await sql<{ id: string; name: string | null }>`
        select id::text as id, ${sql.ref(called.column)} as name from ${sql.table(table)}
        where id::text = any(${ids.slice(at, at + batch)}::text[])`.execute(db);
      for (const { id, name } of rows.rows) if (name) names.set(`${kind} ${id}`, `${called.word}「${name}」`);
    }
  }
  return findings.map((finding) => {
    const key = finding.item ? `${finding.item.kind} ${finding.item.id}` : '';
    return { ...finding, where: finding.where.replace(key, names.get(key) ?? key) };
  });
}

type Found = (finding: Finding) => void;

/** Walks all facts in the order of the chains, in batches: memory does not grow with the number of facts. */
async function verifyChains(
  db: Queryable,
  items: Readonly<Record<string, ItemKind>>,
  found: Found,
  progress: (line: string) => void,
): Promise<{ facts: number; items: number }> {
  let last: StoredFact | null = null;
  let facts = 0;
  let count = 0;
  let tails: StoredFact[] = [];
  for (;;) {
    const rows: StoredFact[] = await nextFacts(db, last);
    for (const row of rows) {
      const follows = last !== null && sameItem(last, row);
      if (last !== null && !follows) tails.push(last);
      if (!follows) count += 1;
      checkLink(row, follows ? last : null, found);
      last = row;
    }
    facts += rows.length;
    if (tails.length >= batch || rows.length === 0) {
      if (rows.length === 0 && last) tails.push(last);
      await verifyImages(db, items, tails, found);
      tails = [];
      if (facts > 0 && rows.length > 0) progress(`已核对 ${facts} 条记录`);
    }
    if (rows.length === 0) return { facts, items: count };
  }
}

async function nextFacts(db: Queryable, after: StoredFact | null): Promise<StoredFact[]> {
  const from = after
    ? sql`where (jurisdiction, item_kind, item_id, seq) > (${after.jurisdiction}, ${after.itemKind}, ${after.itemId}, ${after.seq})`
    : sql``;
  const found = await sql<StoredFact>`
    select jurisdiction, item_kind as "itemKind", item_id as "itemId", seq, at, day, actor_id as "actorId",
      actor_name as "actorName", unit_id as "unitId", unit_name as "unitName", kind, from_state as "from", to_state as "to",
      says, data, image, previous, hash
    from fact ${from} order by jurisdiction, item_kind, item_id, seq limit ${batch}`.execute(db);
  return found.rows;
}

const sameItem = (a: FactRow, b: FactRow): boolean =>
  a.jurisdiction === b.jurisdiction && a.itemKind === b.itemKind && a.itemId === b.itemId;

const itemOf = (row: FactRow) => ({ kind: row.itemKind, id: row.itemId });

const place = (row: FactRow): string => `${row.itemKind} ${row.itemId} 第${row.seq}条`;

function checkLink(row: StoredFact, before: StoredFact | null, found: Found): void {
  const at = { jurisdiction: row.jurisdiction, where: place(row), item: itemOf(row) };
  if (hashOf(row) !== row.hash) found({ ...at, kind: 'fact-changed', says: `这条记录的内容被改动过（${row.says}）。` });
  const expected = (before?.seq ?? 0) + 1;
  if (row.seq !== expected) found({ ...at, kind: 'fact-missing', says: `第${expected}条记录不见了，或者顺序被调换。` });
  else if (row.previous !== (before?.hash ?? beginning))
    found({ ...at, kind: 'fact-changed', says: '这条记录与前一条接不上，前一条被换过，或者顺序被调换。' });
}

/** The rows of each item must be those that its last fact was written over. */
async function verifyImages(
  db: Queryable,
  items: Readonly<Record<string, ItemKind>>,
  tails: readonly StoredFact[],
  found: Found,
): Promise<void> {
  const groups = new Map<string, StoredFact[]>();
  for (const tail of tails) {
    const key = `${tail.jurisdiction} ${tail.itemKind}`;
    groups.set(key, [...(groups.get(key) ?? []), tail]);
  }
  for (const group of groups.values()) {
    const first = group[0];
    if (!first) continue;
    const ids = group.map((tail) => tail.itemId);
    const images = await currentImages(db, items[first.itemKind], first.jurisdiction, first.itemKind, ids);
    for (const tail of group) {
      if (images.get(tail.itemId) !== tail.image)
        found({
          jurisdiction: tail.jurisdiction,
          kind: 'record-changed',
          where: `${tail.itemKind} ${tail.itemId}`,
          item: itemOf(tail),
          says: `现存内容与最后一条记录（第${tail.seq}条）不符：有人绕过系统改动过，或者最后的记录被删去。`,
        });
    }
  }
}

/** Rows without any fact were put in behind the product's back; facts whose row is gone: it was deleted. */
async function verifyRows(db: Queryable, items: Readonly<Record<string, ItemKind>>, found: Found): Promise<void> {
  for (const [kind, { table }] of Object.entries(items)) {
    const rows = sql`select jurisdiction, id::text as id from ${sql.table(table)}`;
    const told = sql`select jurisdiction, item_id as id from fact where item_kind = ${kind}`;
    // `except` works by hashing or sorting whatever the planner believes: this also runs right after large imports
    const extra = await sql<{ jurisdiction: string; id: string }>`${rows} except ${told} limit 1000`.execute(db);
    for (const row of extra.rows)
      found({
        jurisdiction: row.jurisdiction,
        kind: 'record-unexplained',
        where: `${kind} ${row.id}`,
        item: { kind, id: row.id },
        says: '这条数据没有任何办理记录：记录被删去，或者数据是绕过系统加进来的。',
      });
    const gone = await sql<{ jurisdiction: string; id: string }>`
      ${told} and seq = 1 except ${rows} limit 1000`.execute(db);
    for (const row of gone.rows)
      found({
        jurisdiction: row.jurisdiction,
        kind: 'record-missing',
        where: `${kind} ${row.id}`,
        item: { kind, id: row.id },
        says: '有办理记录，但数据已被删去。',
      });
  }
}

/** Numbers are never reused and nothing is deleted: as many rows as numbers were given. */
async function verifyNumbers(db: Queryable, items: Readonly<Record<string, ItemKind>>, found: Found): Promise<void> {
  for (const { table, series } of Object.values(items)) {
    if (!series) continue;
    const missing = await sql<{ jurisdiction: string; year: number; last: number; held: number }>`
      select jurisdiction, year, coalesce(s.last, 0) as last, coalesce(r.held, 0) as held
      from (select jurisdiction, year, last from number_series where series = ${series}) s
      full join (select jurisdiction, split_part(number, '-', 2)::int as year, count(*)::int as held
        from ${sql.table(table)} where number like ${series} || '-%-%' group by 1, 2) r using (jurisdiction, year)
      where coalesce(s.last, 0) <> coalesce(r.held, 0)`.execute(db);
    for (const row of missing.rows)
      found({
        jurisdiction: row.jurisdiction,
        kind: 'number-missing',
        where: `${series}-${row.year}`,
        says: `${row.year}年「${series}」字编号发出 ${row.last} 个，现存 ${row.held} 个。`,
      });
  }
}

async function verifySeals(db: Queryable, found: Found): Promise<number> {
  const seals = await sql<{
    jurisdiction: string;
    day: string;
    facts: number;
    root: string;
    previous: string;
    hash: string;
  }>`
    select jurisdiction, day, facts, root, previous, hash from seal order by jurisdiction, day`.execute(db);
  let before: (typeof seals.rows)[number] | null = null;
  for (const seal of seals.rows) {
    const chained = before?.jurisdiction === seal.jurisdiction ? before : null;
    const at = { jurisdiction: seal.jurisdiction, where: `${seal.day} 的封存` };
    if (chained && Date.parse(seal.day) - Date.parse(chained.day) !== 86_400_000)
      found({ ...at, kind: 'seal-missing', says: `${chained.day} 之后、${seal.day} 之前的封存不见了。` });
    const now = await rootOf(db, seal.jurisdiction, asDay(seal.day) as Day);
    if (now.facts !== seal.facts || now.root !== seal.root)
      found({ ...at, kind: 'seal-broken', says: `封存时有 ${seal.facts} 条记录，现在是 ${now.facts} 条或内容已变。` });
    if (
      sealHash(seal.jurisdiction, seal.day, seal.facts, seal.root, seal.previous) !== seal.hash ||
      seal.previous !== (chained?.hash ?? beginning)
    )
      found({ ...at, kind: 'seal-broken', says: '封存本身被改动过，或者与前一天的封存接不上。' });
    before = seal;
  }
  const lost = await sql<{ jurisdiction: string; day: string }>`
    select d.jurisdiction, d.day from duty_run d
    where d.duty = ${sealDuty} and d.finished_at is not null
      and not exists (select 1 from seal s where s.jurisdiction = d.jurisdiction and s.day >= d.day)
      and exists (select 1 from fact f where f.jurisdiction = d.jurisdiction and f.day <= d.day)
    order by 1, 2`.execute(db);
  for (const { jurisdiction, day } of lost.rows)
    found({ jurisdiction, kind: 'seal-missing', where: `${day} 的封存`, says: '这一天封存过，但封存不见了。' });
  return seals.rows.length;
}

/** The seals must be those that were written down outside the database when they were made. */
async function verifyStubs(
  db: Queryable,
  read: { readonly stubs: readonly Stub[]; readonly broken: number },
  found: Found,
): Promise<void> {
  const kept = new Map<string, string>();
  const seals = await sql<{ jurisdiction: string; day: string; facts: number; hash: string }>`
    select jurisdiction, day, facts, hash from seal`.execute(db);
  for (const seal of seals.rows) kept.set(`${seal.jurisdiction} ${seal.day}`, `${seal.facts} ${seal.hash}`);
  const named = new Set<string>();
  for (const stub of read.stubs) {
    const key = `${stub.jurisdiction} ${stub.day}`;
    named.add(key);
    const now = kept.get(key);
    if (now === `${stub.facts} ${stub.hash}`) continue;
    found({
      jurisdiction: stub.jurisdiction,
      kind: 'stub-differs',
      where: `${stub.day} 的封存存根`,
      says:
        now === undefined
          ? '存根里有这一天的封存，数据库里没有：封存被删去，或者恢复了更早的备份。'
          : `存根与数据库里的封存不同（存根记 ${stub.facts} 条）：数据库在封存以后被重写过，或者存根被改动。`,
    });
  }
  const last = new Map<string, string>();
  for (const { jurisdiction, day } of read.stubs) if (day > (last.get(jurisdiction) ?? '')) last.set(jurisdiction, day);
  for (const { jurisdiction, day } of seals.rows)
    if (day < (last.get(jurisdiction) ?? '') && !named.has(`${jurisdiction} ${day}`))
      found({ jurisdiction, kind: 'stub-differs', where: `${day} 的封存存根`, says: '存根里缺这一天，存根被改动过。' });
  if (read.broken > 0)
    found({ jurisdiction: '-', kind: 'stub-differs', where: '封存存根', says: `存根里有 ${read.broken} 行无法识别。` });
}

interface KeptFile {
  jurisdiction: string;
  sha256: string;
  name: string;
}

async function verifyFiles(
  db: Queryable,
  items: Readonly<Record<string, ItemKind>>,
  files: FileStore,
  found: Found,
  progress: (line: string) => void,
): Promise<number> {
  const sources = [
    sql`select jurisdiction, sha256, name from file`,
    ...Object.values(items).flatMap(({ table, keeps }) =>
      keeps
        ? [
            sql`select jurisdiction, ${sql.ref(keeps.sha256)}, ${sql.ref(keeps.name)} from ${sql.table(table)}
              where ${sql.ref(keeps.sha256)} is not null`,
          ]
        : [],
    ),
  ];
  let checked = 0;
  for (let after = ''; ; ) {
    const stored: { rows: KeptFile[] } = await sql<KeptFile>`
      select min(jurisdiction) as jurisdiction, sha256, min(name) as name
      from (${sql.join(sources, sql` union all `)}) as f (jurisdiction, sha256, name)
      where sha256 collate "C" > ${after} group by sha256 order by sha256 collate "C" limit ${batch}`.execute(db);
    for (const file of stored.rows) {
      await verifyFile(files, file, found);
      checked += 1;
      if (checked % 500 === 0) progress(`已核对 ${checked} 个附件`);
    }
    const end = stored.rows.at(-1);
    if (!end) return checked;
    after = end.sha256;
  }
}

async function verifyFile(files: FileStore, file: KeptFile, found: Found): Promise<void> {
  const at = { jurisdiction: file.jurisdiction, where: `附件「${file.name}」` };
  if (!/^[0-9a-f]{64}$/.test(file.sha256))
    return found({ ...at, kind: 'file-changed', says: '登记的文件标识不是有效的值，登记被改动过。' });
  const path = files.path(file.sha256);
  if (!(await stat(path).catch(() => null)))
    return found({ ...at, kind: 'file-missing', says: '文件不在存储目录中。' });
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  if (hash.digest('hex') !== file.sha256) found({ ...at, kind: 'file-changed', says: '文件内容被改动过。' });
}

import { sql } from 'kysely';
import type { Actor } from '../../../../kernel/actor.ts';
import type { Day } from '../../../../kernel/day.ts';
import type { Block, Loss, SourceDocument } from '../../../../kernel/document.ts';
import { notFound } from '../../../../kernel/refusal.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { sha256 } from '../../../../platform/facts/canonical.ts';
import { type BatchDraft, type BatchState, type LineState, wordingKey } from '../../batch.ts';
import type { Feedback, FeedbackHead, FeedbackLine, FeedbackTable } from '../../feedback.ts';
import type { SourceType } from '../../problem.ts';

/** A list as its row says; days are YYYY-MM-DD. */
export interface BatchRow {
  jurisdiction: string;
  id: string;
  number: string;
  state: BatchState;
  way: 'document' | 'sheet';
  title: string;
  sender: string | null;
  documentNumber: string | null;
  issuedOn: Day | null;
  receivedOn: Day;
  foundOn: Day | null;
  finder: string | null;
  sourceType: SourceType;
  planId: string | null;
  tags: string[];
  fileSha256: string;
  fileName: string;
  fileSize: number;
  error: string | null;
  step: string | null;
  importedBy: string;
  importedByName: string;
  importedAt: Date;
  registeredOn: Day | null;
  settled: readonly Settled[];
  version: number;
}

/** A wording of a unit as a person settled it for one list; without a unit it names none. */
export interface Settled {
  readonly text: string;
  readonly unitId: string | null;
  readonly name: string | null;
}

const columns = sql`
  b.jurisdiction, b.id, b.number, b.state, b.way, b.title, b.sender, b.document_number as "documentNumber",
  b.issued_on as "issuedOn", b.received_on as "receivedOn", b.found_on as "foundOn", b.finder, b.source_type as "sourceType",
  b.plan_id as "planId", b.tags, b.file_sha256 as "fileSha256", b.file_name as "fileName", b.file_size as "fileSize",
  b.error, b.step, b.imported_by as "importedBy", b.imported_by_name as "importedByName", b.imported_at as "importedAt",
  b.registered_on as "registeredOn", b.settled, b.version`;

/** Offices and leaders see every list, a unit those that its own people brought in. */
const inSight = (scope: Scope) =>
  scope.units === 'all'
    ? sql`b.jurisdiction = any(${[...scope.jurisdictions]})`
    : sql`b.jurisdiction = any(${[...scope.jurisdictions]}) and b.unit_id = any(${[...scope.units]}::uuid[])`;

const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

export async function listBatchRows(
  db: Queryable,
  scope: Scope,
  filter: {
    readonly q?: string;
    readonly state?: readonly BatchState[];
    readonly source?: readonly SourceType[];
    readonly page: number;
    readonly pageSize: number;
  },
): Promise<{ rows: BatchRow[]; total: number }> {
  const q = filter.q?.trim() ?? '';
  const where = sql`${inSight(scope)}
    and (${q === ''} or b.title ilike ${likeText(q)} or b.sender ilike ${likeText(q)} or b.number ilike ${likeText(q)}
      or b.document_number ilike ${likeText(q)})
    and (${!filter.state?.length} or b.state = any(${[...(filter.state ?? [])]}::text[]))
    and (${!filter.source?.length} or b.source_type = any(${[...(filter.source ?? [])]}::text[]))`;
  const found = await sql<BatchRow>`
    select ${columns} from problem_batch b where ${where} order by b.imported_at desc, b.id
    limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}`.execute(db);
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from problem_batch b where ${where}`.execute(db);
  return { rows: found.rows, total: counted.rows[0]?.n ?? 0 };
}

export async function batchById(db: Queryable, scope: Scope, id: string): Promise<BatchRow> {
  const found = await sql<BatchRow>`
    select ${columns} from problem_batch b where ${inSight(scope)} and b.id = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这份清单，可能编号有误，或者它不在您能查看的范围内。');
  return row;
}

/** The list with its row locked until the transaction ends; only where the actor may change it. */
export async function lockBatch(db: Queryable, scope: Scope, actor: Actor, id: string): Promise<BatchRow> {
  const found = await sql<BatchRow>`
    select ${columns} from problem_batch b
    where ${inSight(scope)} and b.jurisdiction = ${actor.jurisdiction} and b.id = ${id} for update of b`.execute(db);
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这份清单，或者它属于其他地区、其他单位，您不能改动。');
  return row;
}

/** The list that was made of this very file, unless it was given up. */
export async function batchOfFile(db: Queryable, jurisdiction: string, sha: string): Promise<BatchRow | null> {
  const found = await sql<BatchRow>`
    select ${columns} from problem_batch b where b.jurisdiction = ${jurisdiction} and b.file_sha256 = ${sha}
      and b.state not in ('withdrawn', 'unreadable') order by b.imported_at limit 1`.execute(db);
  return found.rows[0] ?? null;
}

export async function insertBatch(
  db: Queryable,
  actor: Actor,
  batch: {
    readonly id: string;
    readonly number: string;
    readonly state: BatchState;
    readonly way: 'document' | 'sheet';
    readonly title: string;
    readonly sender: string | null;
    readonly receivedOn: Day;
    readonly sourceType: SourceType;
    readonly sha256: string;
    readonly fileName: string;
    readonly size: number;
    readonly at: Date;
    readonly registeredOn: Day | null;
  },
): Promise<void> {
  await sql`
    insert into problem_batch (jurisdiction, id, number, state, way, title, sender, received_on, source_type, unit_id, file_sha256,
      file_name, file_size, step, imported_by, imported_by_name, imported_at, registered_on)
    values (${actor.jurisdiction}, ${batch.id}, ${batch.number}, ${batch.state}, ${batch.way}, ${batch.title}, ${batch.sender},
      ${batch.receivedOn}, ${batch.sourceType}, ${actor.unitId}, ${batch.sha256}, ${batch.fileName}, ${batch.size},
      ${batch.state === 'reading' ? '排队等候' : null}, ${actor.accountId}, ${actor.name}, ${batch.at}, ${batch.registeredOn})`.execute(
    db,
  );
}

const columnOf = {
  state: 'state',
  title: 'title',
  sender: 'sender',
  documentNumber: 'document_number',
  issuedOn: 'issued_on',
  receivedOn: 'received_on',
  foundOn: 'found_on',
  finder: 'finder',
  sourceType: 'source_type',
  planId: 'plan_id',
  tags: 'tags',
  error: 'error',
  step: 'step',
  reason: 'reason',
  registeredOn: 'registered_on',
  settled: 'settled',
} as const;
export type BatchChanges = Partial<{ [K in keyof typeof columnOf]: unknown }>;

/** Changes the row. `quiet`: a step of the reading, after which nobody's page is out of date. */
export async function saveBatch(
  db: Queryable,
  jurisdiction: string,
  id: string,
  changes: BatchChanges,
  options: { readonly quiet?: boolean } = {},
): Promise<void> {
  const sets = Object.entries(changes).map(([key, value]) => {
    const column = sql.ref(columnOf[key as keyof typeof columnOf]);
    if (key === 'settled') return sql`${column} = ${JSON.stringify(value)}::jsonb`;
    return sql`${column} = ${value}`;
  });
  if (!options.quiet) sets.push(sql`version = version + 1`);
  await sql`update problem_batch set ${sql.join(sets)} where jurisdiction = ${jurisdiction} and id = ${id}`.execute(db);
}

export async function saveText(
  db: Queryable,
  jurisdiction: string,
  id: string,
  source: SourceDocument,
  feedback: Feedback,
): Promise<void> {
  const { head, tables } = feedback;
  await sql`
    insert into problem_batch_text (jurisdiction, batch_id, document, feedback)
    values (${jurisdiction}, ${id}, ${JSON.stringify(source)}::jsonb, ${JSON.stringify({ head, tables })}::jsonb)
    on conflict (jurisdiction, batch_id) do update set document = excluded.document, feedback = excluded.feedback`.execute(
    db,
  );
}

export interface BatchText {
  readonly document: {
    readonly format: string;
    readonly text: string;
    readonly blocks: Block[];
    readonly losses: Loss[];
  };
  readonly feedback: { readonly head: FeedbackHead; readonly tables: readonly FeedbackTable[] };
}

export async function textOf(db: Queryable, jurisdiction: string, id: string): Promise<BatchText | null> {
  const found = await sql<BatchText>`
    select document, feedback from problem_batch_text where jurisdiction = ${jurisdiction} and batch_id = ${id}`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

export interface LineRow {
  id: string;
  position: number;
  state: LineState;
  said: FeedbackLine;
  draft: BatchDraft;
  reason: string | null;
  problemId: string | null;
  problemNumber: string | null;
  problemTitle: string | null;
  problemState: string | null;
}

export async function linesOfBatch(db: Queryable, jurisdiction: string, id: string): Promise<LineRow[]> {
  const found = await sql<LineRow>`
    select l.id, l.position, l.state, l.said, l.draft, l.reason, l.problem_id as "problemId", p.number as "problemNumber",
      p.title as "problemTitle", p.state as "problemState"
    from problem_batch_line l left join problem p on p.jurisdiction = l.jurisdiction and p.id = l.problem_id
    where l.jurisdiction = ${jurisdiction} and l.batch_id = ${id} order by l.position, l.id`.execute(db);
  return found.rows;
}

export const wordingHash = (draft: Pick<BatchDraft, 'text' | 'subject'>): string =>
  sha256(wordingKey(draft.text, draft.subject)).slice(0, 32);

export interface NewLine {
  readonly id: string;
  readonly position: number;
  readonly said: FeedbackLine;
  readonly draft: BatchDraft;
  readonly state?: LineState;
  readonly problemId?: string | null;
}

export async function insertLines(
  db: Queryable,
  jurisdiction: string,
  batchId: string,
  lines: readonly NewLine[],
): Promise<void> {
  for (let at = 0; at < lines.length; at += 1000) {
    const some = lines.slice(at, at + 1000).map((line) => ({
      jurisdiction,
      batch_id: batchId,
      id: line.id,
      position: line.position,
      state: line.state ?? 'open',
      said: line.said,
      draft: line.draft,
      problem_id: line.problemId ?? null,
      wording: wordingHash(line.draft),
    }));
    await sql`
      insert into problem_batch_line (jurisdiction, batch_id, id, position, state, said, draft, problem_id, wording)
      select jurisdiction, batch_id, id, position, state, said, draft, problem_id, wording
      from jsonb_populate_recordset(null::problem_batch_line, ${JSON.stringify(some)}::jsonb)`.execute(db);
  }
}

export async function saveLine(
  db: Queryable,
  jurisdiction: string,
  batchId: string,
  line: {
    readonly id: string;
    readonly state: LineState;
    readonly draft: BatchDraft;
    readonly reason: string | null;
    readonly problemId: string | null;
  },
): Promise<void> {
  await sql`
    update problem_batch_line set state = ${line.state}, draft = ${JSON.stringify(line.draft)}::jsonb, reason = ${line.reason},
      problem_id = ${line.problemId}, wording = ${wordingHash(line.draft)}
    where jurisdiction = ${jurisdiction} and batch_id = ${batchId} and id = ${line.id}`.execute(db);
}

export async function removeLines(db: Queryable, jurisdiction: string, batchId: string): Promise<void> {
  await sql`delete from problem_batch_line where jurisdiction = ${jurisdiction} and batch_id = ${batchId}`.execute(db);
}

/** Makes room for `count` lines behind a position. */
export async function shiftLines(
  db: Queryable,
  jurisdiction: string,
  batchId: string,
  after: number,
  count: number,
): Promise<void> {
  await sql`
    update problem_batch_line set position = position + ${count}
    where jurisdiction = ${jurisdiction} and batch_id = ${batchId} and position > ${after}`.execute(db);
}

export interface Counts {
  readonly lines: { all: number; open: number; registered: number; merged: number; discarded: number };
  readonly closing: { problems: number; closed: number; late: number };
}

const none = (): Counts => ({
  lines: { all: 0, open: 0, registered: 0, merged: 0, discarded: 0 },
  closing: { problems: 0, closed: 0, late: 0 },
});

/** Lines by what became of them, and how far the problems that came of them are closed (closed %, 批次整改完成率). */
export async function countsOf(
  db: Queryable,
  jurisdictions: readonly string[],
  ids: readonly string[],
  today: Day,
): Promise<ReadonlyMap<string, Counts>> {
  const counts = new Map<string, Counts>(ids.map((id) => [id, none()]));
  if (ids.length === 0) return counts;
  const found = await sql<{ id: string; state: LineState; n: number; problems: number; closed: number; late: number }>`
    select l.batch_id as id, l.state, count(*)::int as n, count(distinct p.id)::int as problems,
      (count(distinct p.id) filter (where p.state = 'closed'))::int as closed,
      (count(distinct p.id) filter (where p.open and p.due_on < ${today}))::int as late
    from problem_batch_line l left join problem p on p.jurisdiction = l.jurisdiction and p.id = l.problem_id
    where l.jurisdiction = any(${[...jurisdictions]}) and l.batch_id = any(${[...ids]}::uuid[])
    group by l.batch_id, l.state`.execute(db);
  for (const row of found.rows) {
    const one = counts.get(row.id);
    if (!one) continue;
    one.lines[row.state] += row.n;
    one.lines.all += row.n;
    one.closing.problems += row.problems;
    one.closing.closed += row.closed;
    one.closing.late += row.late;
  }
  return counts;
}

export interface TwinRow {
  readonly wording: string;
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly state: string;
}

/** Problems that came of lines with the same wording in other lists; ends without rectification do not count. */
export async function twinsByWording(
  db: Queryable,
  jurisdiction: string,
  wordings: readonly string[],
  exceptBatch: string | null,
): Promise<TwinRow[]> {
  if (wordings.length === 0) return [];
  const found = await sql<TwinRow>`
    select distinct w.wording, p.id, p.number, p.title, p.state
    from unnest(${[...wordings]}::text[]) w (wording)
    cross join lateral (select l.problem_id from problem_batch_line l where l.jurisdiction = ${jurisdiction} and l.wording = w.wording
      and l.problem_id is not null and (${exceptBatch}::uuid is null or l.batch_id <> ${exceptBatch}::uuid) offset 0) l
    cross join lateral (select p.id, p.number, p.title, p.state from problem p
      where p.jurisdiction = ${jurisdiction} and p.id = l.problem_id offset 0) p
    where p.state not in ('withdrawn', 'merged', 'unfounded')`.execute(db);
  return found.rows;
}

/** Open problems of the ledger whose wording holds this text; at most three. */
export async function twinsByText(
  db: Queryable,
  jurisdiction: string,
  text: string,
  pairs: readonly number[],
): Promise<{ id: string; number: string; title: string; state: string }[]> {
  if (pairs.length < 4) return [];
  const found = await sql<{ id: string; number: string; title: string; state: string }>`
    select p.id, p.number, p.title, p.state from problem p
    where p.jurisdiction = ${jurisdiction} and p.pairs @> ${[...pairs]}::int[] and p.open and position(${text} in p.plain) > 0
    order by p.serial desc limit 3`.execute(db);
  return found.rows;
}

export interface FactLine {
  readonly seq: number;
  readonly at: string;
  readonly day: string;
  readonly actorName: string;
  readonly unitName: string | null;
  readonly kind: string;
  readonly says: string;
}

export async function batchFacts(db: Queryable, jurisdiction: string, id: string): Promise<FactLine[]> {
  const found = await sql<Omit<FactLine, 'at'> & { at: Date }>`
    select seq, at, day, actor_name as "actorName", unit_name as "unitName", kind, says from fact
    where jurisdiction = ${jurisdiction} and item_kind = 'problemBatch' and item_id = ${id} order by seq desc limit 200`.execute(
    db,
  );
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

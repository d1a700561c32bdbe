import { sql } from 'kysely';
import type { Actor } from '../../../kernel/actor.ts';
import type { Block, Loss, SourceDocument } from '../../../kernel/document.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { Extraction } from '../extraction.ts';
import type { PlanState } from '../lifecycle.ts';
import type { PlanKind, Sheet } from '../plan.ts';

/** A plan as lists show it. Days are YYYY-MM-DD. */
export interface PlanRow {
  jurisdiction: string;
  id: string;
  number: string | null;
  kind: PlanKind;
  title: string;
  documentNumber: string | null;
  issuer: string | null;
  issuedOn: string | null;
  parentPlanId: string | null;
  parentTitle: string | null;
  state: PlanState;
  fileSha256: string;
  fileName: string;
  readingStep: string | null;
  readingBegan: Date | null;
  readingError: string | null;
  lines: number;
  reviewVersion: number;
  importedByName: string;
  importedAt: Date;
  adoptedOn: string | null;
  withDoubts: number;
  endedBecause: string | null;
  version: number;
}

const columns = sql`
  p.jurisdiction, p.id, p.number, p.kind, p.title, p.document_number as "documentNumber", p.issuer,
  p.issued_on as "issuedOn", p.parent_plan_id as "parentPlanId",
  (select h.title from plan h where h.jurisdiction = p.jurisdiction and h.id = p.parent_plan_id) as "parentTitle",
  p.state, p.file_sha256 as "fileSha256", p.file_name as "fileName", p.reading_step as "readingStep",
  p.reading_began as "readingBegan", p.reading_error as "readingError", p.lines, p.review_version as "reviewVersion",
  p.imported_by_name as "importedByName", p.imported_at as "importedAt", p.adopted_on as "adoptedOn",
  p.with_doubts as "withDoubts", p.ended_because as "endedBecause", p.version`;

/** Offices and leaders see every plan; a unit sees adopted plans that concern it. */
export const inSight = (scope: Scope) =>
  scope.units === 'all'
    ? sql`p.jurisdiction = any(${scope.jurisdictions})`
    : sql`p.jurisdiction = any(${scope.jurisdictions}) and p.state = 'adopted' and exists (
        select 1 from plan_unit u where u.jurisdiction = p.jurisdiction and u.plan_id = p.id and u.unit_id = any(${scope.units}))`;

const orders: Readonly<Record<string, ReturnType<typeof sql>>> = {
  importedAt: sql`p.imported_at, p.id`,
  '-importedAt': sql`p.imported_at desc, p.id`,
  issuedOn: sql`p.issued_on nulls last, p.id`,
  '-issuedOn': sql`p.issued_on desc nulls last, p.id`,
  number: sql`p.number nulls last, p.id`,
  '-number': sql`p.number desc nulls last, p.id`,
};
const CAP = 10_000;
const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;

export async function listPlans(
  db: Queryable,
  scope: Scope,
  filter: {
    q?: string;
    state?: readonly PlanState[];
    parentPlanId?: string;
    page: number;
    pageSize: number;
    sort?: string;
  },
): Promise<{ rows: PlanRow[]; total: number; totalIsCapped: boolean }> {
  const q = filter.q?.trim() ?? '';
  const where = sql`${inSight(scope)}
    and (${q === ''} or p.title ilike ${likeText(q)} or p.document_number ilike ${likeText(q)} or p.number ilike ${likeText(q)})
    and (${filter.state === undefined || filter.state.length === 0} or p.state = any(${filter.state ?? []}::text[]))
    and (${filter.parentPlanId === undefined} or p.parent_plan_id = ${filter.parentPlanId ?? null}::uuid)`;
  const rows = await sql<PlanRow>`
    select ${columns} from plan p where ${where} order by ${orders[filter.sort ?? ''] ?? orders['-importedAt'] ?? sql`p.id`}
    limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}`.execute(db);
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from plan p where ${where} limit ${CAP + 1}) c`.execute(db);
  const total = counted.rows[0]?.n ?? 0;
  return { rows: rows.rows, total: Math.min(total, CAP), totalIsCapped: total > CAP };
}

export async function planById(db: Queryable, scope: Scope, id: string): Promise<PlanRow> {
  const found = await sql<PlanRow>`select ${columns} from plan p where ${inSight(scope)} and p.id = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这份方案，可能编号有误，或者它不在您能查看的范围内。');
  return row;
}

/** The plan with its row locked until the transaction ends; only in the actor's own jurisdiction. */
export async function lockPlan(db: Queryable, actor: Actor, id: string): Promise<PlanRow> {
  const found = await sql<PlanRow>`
    select ${columns} from plan p where p.jurisdiction = ${actor.jurisdiction} and p.id = ${id} for update of p`.execute(
    db,
  );
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这份方案，或者它属于其他地区，您不能改动。');
  return row;
}

export async function planOfFile(db: Queryable, jurisdiction: string, sha256: string): Promise<PlanRow | null> {
  const found = await sql<PlanRow>`
    select ${columns} from plan p where p.jurisdiction = ${jurisdiction} and p.file_sha256 = ${sha256}
      and p.state not in ('withdrawn', 'unreadable')
    order by p.imported_at limit 1`.execute(db);
  return found.rows[0] ?? null;
}

export async function insertPlan(
  db: Queryable,
  actor: Actor,
  plan: { id: string; title: string; sha256: string; fileName: string; size: number; at: Date },
): Promise<void> {
  await sql`
    insert into plan (jurisdiction, id, kind, title, state, file_sha256, file_name, file_size, reading_step, reading_began,
      imported_by, imported_by_name, imported_at)
    values (${actor.jurisdiction}, ${plan.id}, 'other', ${plan.title}, 'importing', ${plan.sha256}, ${plan.fileName},
      ${plan.size}, '排队等候', ${plan.at}, ${actor.accountId}, ${actor.name}, ${plan.at})`.execute(db);
}

/** Columns of a plan that an act may change; only those given are. */
export interface PlanChange {
  state?: PlanState;
  number?: string;
  kind?: PlanKind;
  title?: string;
  documentNumber?: string | null;
  issuer?: string | null;
  issuedOn?: string | null;
  parentPlanId?: string | null;
  readingStep?: string | null;
  readingBegan?: Date;
  readingError?: string | null;
  lines?: number;
  reviewVersion?: number;
  adoptedOn?: string;
  withDoubts?: number;
  endedBecause?: string;
}

const columnOf: Readonly<Record<keyof PlanChange, string>> = {
  state: 'state',
  number: 'number',
  kind: 'kind',
  title: 'title',
  documentNumber: 'document_number',
  issuer: 'issuer',
  issuedOn: 'issued_on',
  parentPlanId: 'parent_plan_id',
  readingStep: 'reading_step',
  readingBegan: 'reading_began',
  readingError: 'reading_error',
  lines: 'lines',
  reviewVersion: 'review_version',
  adoptedOn: 'adopted_on',
  withDoubts: 'with_doubts',
  endedBecause: 'ended_because',
};

/** Saves the change; `quiet` leaves the version as it is (progress of reading, steps of the review). */
export async function savePlan(
  db: Queryable,
  jurisdiction: string,
  id: string,
  change: PlanChange,
  options: { quiet?: boolean } = {},
): Promise<void> {
  const sets = Object.entries(change).map(
    ([key, value]) => sql`${sql.ref(columnOf[key as keyof PlanChange])} = ${value}`,
  );
  await sql`
    update plan set ${sql.join([...sets, sql`version = version + ${options.quiet ? 0 : 1}`])}
    where jurisdiction = ${jurisdiction} and id = ${id}`.execute(db);
}

export interface PlanDocument {
  format: string;
  text: string;
  blocks: readonly Block[];
  losses: readonly Loss[];
}

export async function saveDocument(
  db: Queryable,
  jurisdiction: string,
  planId: string,
  source: SourceDocument,
  extraction: Extraction,
  sheet: Sheet,
): Promise<void> {
  // PostgreSQL cannot store U+0000, which damaged files may hold; the same length keeps the offsets right.
  const clean = (text: string): string => text.replaceAll('\u0000', ' ');
  const json = (value: unknown): string => JSON.stringify(value).replaceAll('\\u0000', ' ');
  await sql`
    insert into plan_document (jurisdiction, plan_id, format, source_text, blocks, losses, extraction, sheet)
    values (${jurisdiction}, ${planId}, ${source.format}, ${clean(source.text)}, ${json(source.blocks)}::jsonb,
      ${json(source.losses)}::jsonb, ${json(extraction)}::jsonb, ${json(sheet)}::jsonb)
    on conflict (jurisdiction, plan_id) do update set format = excluded.format, source_text = excluded.source_text,
      blocks = excluded.blocks, losses = excluded.losses, extraction = excluded.extraction, sheet = excluded.sheet`.execute(
    db,
  );
}

export async function documentOf(db: Queryable, jurisdiction: string, planId: string): Promise<PlanDocument | null> {
  const found = await sql<PlanDocument>`
    select format, source_text as text, blocks, losses from plan_document
    where jurisdiction = ${jurisdiction} and plan_id = ${planId}`.execute(db);
  return found.rows[0] ?? null;
}

export async function addPlanUnits(
  db: Queryable,
  jurisdiction: string,
  planId: string,
  unitIds: readonly string[],
): Promise<void> {
  await sql`
    insert into plan_unit (jurisdiction, plan_id, unit_id)
    select ${jurisdiction}, ${planId}::uuid, u from unnest(${[...new Set(unitIds)]}::uuid[]) u on conflict do nothing`.execute(
    db,
  );
}

export interface FactRow {
  seq: number;
  at: string;
  day: string;
  actorName: string;
  unitName: string | null;
  kind: string;
  says: string;
}

export async function factsOf(db: Queryable, jurisdiction: string, kind: string, id: string): Promise<FactRow[]> {
  const found = await sql<Omit<FactRow, 'at'> & { at: Date }>`
    select seq, at, day, actor_name as "actorName", unit_name as "unitName", kind, says from fact
    where jurisdiction = ${jurisdiction} and item_kind = ${kind} and item_id = ${id} order by seq desc limit 200`.execute(
    db,
  );
  return found.rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { holding, soughtIn } from '../../../platform/ledger/sought.ts';
import { allOf } from '../../../platform/ledger/statements.ts';
import { adoptedPlans } from '../../plans/server/door.ts';
import type { Five, Judgement } from '../problem.ts';
import type { ExportLine } from '../view-columns.ts';
import { noUnit, unitNames } from './lines.ts';
import { type Filters, plainly, questionOf } from './store-filters.ts';

/** The row as it comes; names are added afterwards. */
interface Raw
  extends Omit<
    ExportLine,
    | 'leadUnitName'
    | 'coUnitNames'
    | 'supervisingUnitName'
    | 'planTitle'
    | 'batchTitle'
    | 'judgedOn'
    | 'judgedByName'
    | 'criteriaName'
    | 'clauses'
  > {
  readonly jurisdiction: string;
  readonly leadUnitId: string;
  readonly coUnitIds: string[];
  readonly supervisingUnitId: string | null;
  readonly planId: string | null;
  readonly batchId: string | null;
  readonly judgement: Judgement | null;
  readonly five: Five;
}

const columns = (progress: boolean) => sql`
  t.id, t.jurisdiction, t.number, t.kind, t.title, t.text, t.source_type as "sourceType", t.original_number as "originalNumber",
  t.batch_id as "batchId", t.finder, t.found_on as "foundOn", t.entered_on as "enteredOn", t.registered_by_name as "registeredByName",
  t.subject, t.address, t.area_code as "areaCode", t.grid, t.longitude, t.latitude, t.sector, t.tags, t.plan_id as "planId", t.grade,
  t.judgement, t.measures, t.lead_unit_id as "leadUnitId", t.co_unit_ids as "coUnitIds",
  t.supervising_unit_id as "supervisingUnitId", t.person_name as "personName", t.state, t.first_due_on as "firstDueOn",
  t.due_on as "dueOn", t.amber_on as "amberOn", t.extensions, t.five, t.received_on as "receivedOn", t.done_on as "doneOn",
  t.done_by_name as "doneByName", t.rechecked_on as "recheckedOn", t.rechecked_by_name as "recheckedByName",
  t.closed_on as "closedOn", t.closed_by_name as "closedByName", t.sent_back as "sentBack", t.cycle, t.on_spot as "onSpot",
  t.control_measures as "controlMeasures", t.listed_on as "listedOn", t.delisted_on as "delistedOn",
  ${progress ? sql`(select g.text from problem_progress g where g.jurisdiction = t.jurisdiction and g.problem_id = t.id order by g.at desc limit 1)` : sql`null`} as progress`;

const orders = {
  number: sql`t.serial`,
  '-number': sql`t.serial desc`,
  due: sql`t.due_on, t.serial`,
  '-due': sql`t.due_on desc, t.serial desc`,
  found: sql`t.found_on, t.serial`,
  '-found': sql`t.found_on desc, t.serial desc`,
  closed: sql`t.closed_on nulls last, t.serial`,
  '-closed': sql`t.closed_on desc nulls last, t.serial desc`,
} as const;

/** Rows of one fetch: enough to keep the wire busy, few enough to be forgotten while the heap is still young. */
const FETCH = 50;

/** Puts names to units, plans and lists, asking for each only once. */
function namer(db: Queryable, scope: Scope) {
  const units = new Map<string, string>();
  const batches = new Map<string, string>();
  let plans: Map<string, string> | null = null;
  return async (rows: readonly Raw[]): Promise<ExportLine[]> => {
    const wanted = rows.flatMap((row) =>
      [row.leadUnitId, ...row.coUnitIds, ...(row.supervisingUnitId ? [row.supervisingUnitId] : [])].map((id) => ({
        jurisdiction: row.jurisdiction,
        id,
      })),
    );
    const missing = wanted.filter(({ id }) => !units.has(id));
    for (const jurisdiction of new Set(missing.map((one) => one.jurisdiction))) {
      const ids = [...new Set(missing.filter((one) => one.jurisdiction === jurisdiction).map((one) => one.id))];
      for (const [id, name] of await unitNames(db, [{ jurisdiction, unitIds: ids }])) units.set(id, name);
      for (const id of ids) if (!units.has(id)) units.set(id, noUnit);
    }
    if (plans === null && rows.some((row) => row.planId !== null))
      plans = new Map((await adoptedPlans(db, scope)).map((plan) => [plan.id, plan.title]));
    const unknown = [
      ...new Set(rows.flatMap((row) => (row.batchId !== null && !batches.has(row.batchId) ? [row.batchId] : []))),
    ];
    if (unknown.length > 0) {
      const found = await sql<{ id: string; title: string }>`
        select id, title from problem_batch where jurisdiction = any(${[...scope.jurisdictions]}) and id = any(${unknown}::uuid[])`.execute(
        db,
      );
      for (const { id, title } of found.rows) batches.set(id, title);
    }
    const nameOf = (id: string): string => units.get(id) ?? noUnit;
    // Put onto the row itself: a copy of sixty fields costs as much as reading it.
    return rows.map((row) =>
      Object.assign(row, {
        leadUnitName: nameOf(row.leadUnitId),
        coUnitNames: row.coUnitIds.map(nameOf),
        supervisingUnitName: row.supervisingUnitId === null ? null : nameOf(row.supervisingUnitId),
        planTitle: row.planId === null ? null : (plans?.get(row.planId) ?? null),
        batchTitle: row.batchId === null ? null : (batches.get(row.batchId) ?? null),
        judgedOn: row.judgement?.on ?? null,
        judgedByName: row.judgement?.byName ?? null,
        criteriaName: row.judgement?.criteriaName ?? null,
        clauses: row.judgement?.clauses.map((clause) => `${clause.code} ${clause.text}`).join('；') || null,
      }),
    );
  };
}

/**
 * All problems of the scope that the filters let through, in order, some at a time, read through a cursor over one
 * snapshot: the next ones are fetched when these were taken, and these are then emptied, so a million rows need no more
 * memory than a page. The loop may be left at any time.
 */
export async function* exportRows(
  db: Queryable,
  scope: Scope,
  filters: Filters,
  today: Day,
  options: { readonly progress: boolean },
): AsyncGenerator<readonly ExportLine[]> {
  if (scope.jurisdictions.length === 0 || (scope.units !== 'all' && scope.units.length === 0)) return;
  const question = questionOf(scope, filters);
  const sought = soughtIn(filters.q, '问');
  const [only, ...others] = scope.jurisdictions;
  const where = allOf([
    // of one government the index gives the order; otherwise all rows are sorted before the first is sent
    others.length === 0
      ? sql`t.jurisdiction = ${only}`
      : sql`t.jurisdiction = any(${[...scope.jurisdictions]}::text[])`,
    ...plainly(question, today),
    ...(sought === null ? [] : [holding(sought)]),
  ]);
  const open = await db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
  try {
    // A slow line may keep the file going for long, and millions of rows in another order are sorted first; nobody waits
    // for what is only read.
    await sql`select set_config('idle_in_transaction_session_timeout', '30min', true),
      set_config('statement_timeout', '5min', true)`.execute(open);
    await sql`declare export_rows no scroll cursor for select ${columns(options.progress)} from problem t where ${where}
      order by ${orders[filters.sort ?? 'number']}`.execute(open);
    const named = namer(open, scope);
    for (;;) {
      const { rows } = await sql<Raw>`fetch ${sql.raw(String(FETCH))} from export_rows`.execute(open);
      if (rows.length === 0) break;
      const last = rows.length < FETCH;
      // Promises of one fetch hold those of the next, even when all are long forgotten: what hangs on them does not go
      // with the young part of the heap but gathers, hundreds of megabytes, until the whole heap is cleared.
      const lines = await named(rows);
      rows.length = 0;
      yield lines;
      lines.length = 0;
      if (last) break;
    }
    await open.commit().execute();
  } finally {
    if (!open.isCommitted) await open.rollback().execute();
  }
}

/** The problems with these ids, in their order, for a page of a view. */
export async function exportRowsByIds(
  db: Queryable,
  scope: Scope,
  ids: readonly string[],
  progress: boolean,
): Promise<ExportLine[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Raw>`
    select ${columns(progress)} from problem t
    where t.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and t.id = any(${[...ids]}::uuid[])`.execute(db);
  const place = new Map(ids.map((id, index) => [id, index]));
  const named = await namer(db, scope)(rows);
  return [...named].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

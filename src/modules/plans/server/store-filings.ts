import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { FilingState } from '../filing.ts';

export interface FilingRow {
  jurisdiction: string;
  id: string;
  planId: string;
  planTitle: string;
  title: string;
  unitId: string;
  dueOn: Day;
  state: FilingState;
  fileSha256: string | null;
  fileName: string | null;
  firstFiledOn: Day | null;
  filedOn: string | null;
  filedByName: string | null;
  says: string | null;
  version: number;
}

const columns = sql`
  f.jurisdiction, f.id, f.plan_id as "planId",
  (select p.title from plan p where p.jurisdiction = f.jurisdiction and p.id = f.plan_id) as "planTitle",
  f.title, f.unit_id as "unitId", f.due_on as "dueOn", f.state, f.file_sha256 as "fileSha256", f.file_name as "fileName",
  f.first_filed_on as "firstFiledOn", f.filed_on as "filedOn", f.filed_by_name as "filedByName", f.says, f.version`;

const inSight = (scope: Scope) =>
  scope.units === 'all'
    ? sql`f.jurisdiction = any(${scope.jurisdictions})`
    : sql`f.jurisdiction = any(${scope.jurisdictions}) and f.unit_id = any(${scope.units})`;

const isLate = (today: string) =>
  sql`coalesce(f.first_filed_on, case when f.state = 'accepted' then null else ${today}::date end) > f.due_on`;

export async function listFilings(
  db: Queryable,
  scope: Scope,
  filter: { planId?: string; state?: readonly FilingState[]; late?: boolean; page: number; pageSize: number },
  today: string,
): Promise<{ rows: FilingRow[]; total: number }> {
  const where = sql`${inSight(scope)}
    and (${filter.planId === undefined} or f.plan_id = ${filter.planId ?? null}::uuid)
    and (${filter.state === undefined || filter.state.length === 0} or f.state = any(${filter.state ?? []}::text[]))
    and (${filter.late !== true} or ${isLate(today)})`;
  const found = await sql<FilingRow>`
    select ${columns} from filing f where ${where} order by f.due_on, f.plan_id, f.state, f.unit_id
    limit ${filter.pageSize} offset ${(filter.page - 1) * filter.pageSize}`.execute(db);
  const counted = await sql<{ n: number }>`select count(*)::int as n from filing f where ${where}`.execute(db);
  return { rows: found.rows, total: counted.rows[0]?.n ?? 0 };
}

export async function filingById(db: Queryable, scope: Scope, id: string): Promise<FilingRow> {
  const found = await sql<FilingRow>`select ${columns} from filing f where ${inSight(scope)} and f.id = ${id}`.execute(
    db,
  );
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这件报送，或者它不在您能查看的范围内。');
  return row;
}

export async function lockFiling(db: Queryable, scope: Scope, id: string): Promise<FilingRow> {
  const found =
    await sql<FilingRow>`select ${columns} from filing f where ${inSight(scope)} and f.id = ${id} for update of f`.execute(
      db,
    );
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这件报送，或者它不在您能办理的范围内。');
  return row;
}

/** Asks each unit that was not asked for the same paper before; gives the ids of what was newly asked. */
export async function insertFilings(
  db: Queryable,
  jurisdiction: string,
  filings: readonly { id: string; unitId: string }[],
  ask: { planId: string; title: string; dueOn: string; at: Date },
): Promise<string[]> {
  const made = await sql<{ id: string }>`
    insert into filing (jurisdiction, id, plan_id, title, unit_id, due_on, state, asked_at)
    select ${jurisdiction}, a.id, ${ask.planId}::uuid, ${ask.title}, a.unit_id, ${ask.dueOn}::date, 'due', ${ask.at}
    from unnest(${filings.map((one) => one.id)}::uuid[], ${filings.map((one) => one.unitId)}::uuid[]) as a (id, unit_id)
    on conflict do nothing returning id`.execute(db);
  return made.rows.map((row) => row.id);
}

export async function saveFiled(
  db: Queryable,
  filing: FilingRow,
  file: { sha256: string; name: string; by: string; on: string },
): Promise<void> {
  await sql`
    update filing set state = 'filed', file_sha256 = ${file.sha256}, file_name = ${file.name}, filed_on = ${file.on}::date,
      first_filed_on = coalesce(first_filed_on, ${file.on}::date), filed_by_name = ${file.by}, version = version + 1
    where jurisdiction = ${filing.jurisdiction} and id = ${filing.id}`.execute(db);
}

export async function saveJudged(
  db: Queryable,
  filing: FilingRow,
  judged: { state: FilingState; says: string | null; by: string; on: string },
): Promise<void> {
  await sql`
    update filing set state = ${judged.state}, says = ${judged.says}, judged_by_name = ${judged.by},
      judged_on = ${judged.on}::date, version = version + 1
    where jurisdiction = ${filing.jurisdiction} and id = ${filing.id}`.execute(db);
}

export async function filingCounts(
  db: Queryable,
  scope: Scope,
  planId: string,
  today: string,
): Promise<{ asked: number; filed: number; accepted: number; late: number }> {
  const found = await sql<{ asked: number; filed: number; accepted: number; late: number }>`
    select count(*)::int as asked, count(*) filter (where f.first_filed_on is not null)::int as filed,
      count(*) filter (where f.state = 'accepted')::int as accepted, count(*) filter (where ${isLate(today)})::int as late
    from filing f where ${inSight(scope)} and f.plan_id = ${planId}`.execute(db);
  return found.rows[0] ?? { asked: 0, filed: 0, accepted: 0, late: 0 };
}

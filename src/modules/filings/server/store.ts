import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import { notFound } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { RecordLoader } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { Filing, Filled, KnownFigure, Turn } from '../filing.ts';
import type { Rhythm } from '../rhythm.ts';

export interface RhythmRowOf extends Rhythm {
  readonly jurisdiction: string;
}
export interface FilingRow extends Filing {
  readonly jurisdiction: string;
  readonly period: Rhythm['period'];
  readonly receiver: string;
  readonly turns: readonly Turn[];
  readonly versions: number;
}

/** Every rhythm of the governments, those that ended included. */
export async function rhythmsOf(db: Queryable, jurisdictions: readonly string[]): Promise<RhythmRowOf[]> {
  const found = await sql<RhythmRowOf>`
    select jurisdiction, id, name, basis, period, reporters, receiver, hour, due_after as "dueAfter", due_day as "dueDay",
      opens_before as "opensBefore", workdays, fields, known, narrative, cases, practices, attachments,
      from_on as "fromOn", to_on as "toOn"
    from rhythm where jurisdiction = any(${[...jurisdictions]}::text[]) order by from_on desc, name, id`.execute(db);
  return found.rows;
}

/** Filings of the scope's units: a unit sees its own. */
const sighted = (scope: Scope): RawBuilder<unknown> =>
  scope.units === 'all'
    ? sql`f.jurisdiction = any(${[...scope.jurisdictions]}::text[])`
    : sql`f.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and f.unit_id = any(${[...scope.units]}::uuid[])`;

const columns = sql`f.jurisdiction, f.id, f.number, f.rhythm_id as "rhythmId", r.name as "rhythmName", r.period, r.receiver,
  f.unit_id as "unitId", f.period_from as "periodFrom", f.period_to as "periodTo", f.opens_on as "opensOn",
  f.due_on as "dueOn", f.due_at as "dueAt", f.state, f.version,
  (select count(*)::int from periodic_report_version v where v.jurisdiction = f.jurisdiction and v.report_id = f.id) as versions,
  coalesce((select jsonb_agg(jsonb_build_object('kind', t.kind, 'at', t.at, 'dueAt', t.due_at) order by t.no)
    from periodic_report_turn t where t.jurisdiction = f.jurisdiction and t.report_id = f.id), '[]'::jsonb) as turns`;

type Raw = Omit<FilingRow, 'turns'> & {
  readonly turns: readonly { readonly kind: Turn['kind']; readonly at: string; readonly dueAt: string | null }[];
};
const withMoments = (row: Raw): FilingRow => ({
  ...row,
  turns: row.turns.map((one) => ({
    kind: one.kind,
    at: new Date(one.at),
    dueAt: one.dueAt === null ? null : new Date(one.dueAt),
  })),
});

export interface Sought {
  readonly from?: Day;
  readonly to?: Day;
  readonly rhythm?: string;
  readonly unit?: string;
  readonly ids?: readonly string[];
  readonly states?: readonly string[];
  readonly openBy?: Day;
}

/** Filings in sight, by the day on which they are due, then by unit; at most `most`. */
export async function filingsOf(db: Queryable, scope: Scope, sought: Sought, most = 20_000): Promise<FilingRow[]> {
  const where: RawBuilder<unknown>[] = [
    sighted(scope),
    ...(sought.from ? [sql`f.due_on >= ${sought.from}::date`] : []),
    ...(sought.to ? [sql`f.due_on <= ${sought.to}::date`] : []),
    ...(sought.rhythm ? [sql`f.rhythm_id = ${sought.rhythm}::uuid`] : []),
    ...(sought.unit ? [sql`f.unit_id = ${sought.unit}::uuid`] : []),
    ...(sought.ids ? [sql`f.id = any(${[...sought.ids]}::uuid[])`] : []),
    ...(sought.states ? [sql`f.state = any(${[...sought.states]}::text[])`] : []),
    ...(sought.openBy ? [sql`f.opens_on <= ${sought.openBy}::date`] : []),
  ];
  const found = await sql<Raw>`
    select ${columns} from periodic_report f
    join rhythm r on r.jurisdiction = f.jurisdiction and r.id = f.rhythm_id
    left join unit u on u.jurisdiction = f.jurisdiction and u.id = f.unit_id
    where ${sql.join(where, sql` and `)} order by f.due_at, r.name, u.sort, u.pinyin, f.number limit ${most}`.execute(
    db,
  );
  return found.rows.map(withMoments);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const unknown = () => notFound('没有找到这份报送，可能编号有误，或者它不在您能查看的范围内。');

/** One filing in sight with its rhythm; throws a not-found refusal. */
export async function filingById(
  db: Queryable,
  scope: Scope,
  id: string,
): Promise<{ readonly filing: FilingRow; readonly rhythm: RhythmRowOf }> {
  if (!uuid.test(id)) throw unknown();
  const [filing] = await filingsOf(db, scope, { ids: [id] });
  if (!filing) throw unknown();
  const rhythm = (await rhythmsOf(db, [filing.jurisdiction])).find((one) => one.id === filing.rhythmId);
  if (!rhythm) throw unknown();
  return { filing, rhythm };
}

export async function lockFiling(db: Queryable, jurisdiction: string, id: string): Promise<void> {
  if (!uuid.test(id)) throw unknown();
  await sql`select 1 from periodic_report where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(db);
}

export interface VersionRow {
  readonly filingId: string;
  readonly no: number;
  readonly filled: Filled;
  readonly known: readonly KnownFigure[];
  readonly knownSha256: string;
  readonly reason: string | null;
  readonly byName: string;
  readonly at: Date;
}

/** Every version of the filings, the newest first. The caller may see them. */
export async function versionsOf(
  db: Queryable,
  jurisdictions: readonly string[],
  ids: readonly string[],
): Promise<VersionRow[]> {
  if (ids.length === 0) return [];
  const found = await sql<VersionRow>`
    select report_id as "filingId", no, filled, known, known_sha256 as "knownSha256", reason, by_name as "byName", at
    from periodic_report_version where jurisdiction = any(${[...jurisdictions]}::text[]) and report_id = any(${[...ids]}::uuid[])
    order by report_id, no desc`.execute(db);
  return found.rows;
}

/** Files that were sent to the filing, named in a version or not. The caller may see it. */
export async function filesOfFiling(
  db: Queryable,
  jurisdiction: string,
  id: string,
): Promise<{ id: string; name: string; size: number }[]> {
  const found = await sql<{ id: string; name: string; size: number }>`
    select id, name, size::int as size from file
    where jurisdiction = ${jurisdiction} and item_kind = 'periodicReport' and item_id = ${id} order by uploaded_at, id`.execute(
    db,
  );
  return found.rows;
}

/** All rows that make up each filing. */
export const filingRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, jsonb_build_object(
      'report', to_jsonb(t),
      'versions', (select jsonb_agg(to_jsonb(x) order by x.no) from periodic_report_version x
        where x.jurisdiction = t.jurisdiction and x.report_id = t.id),
      'turns', (select jsonb_agg(to_jsonb(x) order by x.no) from periodic_report_turn x
        where x.jurisdiction = t.jurisdiction and x.report_id = t.id)) as record
    from periodic_report t where t.jurisdiction = ${jurisdiction} and t.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

/** What a rhythm does not use of later columns is left out: those of before there were any keep their proofs. */
export const rhythmRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, to_jsonb(t) - array_remove(array[case when t.attachments = 'none' then 'attachments' end,
      case when t.due_day is null then 'due_day' end], null) as record
    from rhythm t
    where t.jurisdiction = ${jurisdiction} and t.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

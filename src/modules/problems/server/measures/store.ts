import { type RawBuilder, sql } from 'kysely';
import { notFound } from '../../../../kernel/refusal.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { ItemKind, Reading, RecordLoader } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import type { Measure, MeasureState } from '../../measure.ts';

const columns = sql`m.jurisdiction, m.id, m.number, m.kind, m.title, m.text, m.proposal, m.sector,
  m.lead_unit_id as "leadUnitId", m.co_unit_ids as "coUnitIds", m.person_name as "personName", m.due_on as "dueOn",
  m.problem_ids as "problemIds", m.state, m.proposed_by as "proposedBy", m.document_title as "documentTitle",
  m.document_number as "documentNumber", m.issued_on as "issuedOn", m.sorted_on as "sortedOn",
  m.sorted_by_name as "sortedByName", m.version`;

/** Lead and co-units see a measure, and those who see the whole government. */
const inSight = (scope: Scope): RawBuilder<unknown> =>
  scope.units === 'all'
    ? sql`m.jurisdiction = any(${[...scope.jurisdictions]}::text[])`
    : sql`m.jurisdiction = any(${[...scope.jurisdictions]}::text[])
        and (array[m.lead_unit_id] || m.co_unit_ids) && ${[...scope.units]}::uuid[]`;

export interface MeasureFilter {
  readonly q?: string;
  readonly state?: readonly MeasureState[];
  readonly unit?: readonly string[];
}

const narrowed = (scope: Scope, filter: MeasureFilter): RawBuilder<unknown> => {
  const sought = (filter.q ?? '').trim();
  return sql`${inSight(scope)}
    and (${sought === '' ? null : `%${sought.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`}::text is null
      or m.title || ' ' || m.text || ' ' || m.number || ' ' || coalesce(m.proposal, '')
        like ${`%${sought.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`})
    and (${filter.unit?.length ? [...filter.unit] : null}::uuid[] is null
      or m.lead_unit_id = any(${[...(filter.unit ?? [])]}::uuid[]))`;
};

/** Measures newest first, and how many stand in which state (whatever state is asked for). */
export async function listMeasureRows(
  db: Queryable,
  scope: Scope,
  filter: MeasureFilter,
  page: number,
  pageSize: number,
): Promise<{ rows: Measure[]; states: { state: MeasureState; count: number }[]; total: number }> {
  const where = narrowed(scope, filter);
  const wanted = filter.state?.length ? [...filter.state] : null;
  const found = await sql<Measure>`
    select ${columns} from measure m where ${where}
      and (${wanted}::text[] is null or m.state = any(${wanted ?? []}::text[]))
    order by m.sorted_on desc, m.number desc limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
  const counted = await sql<{ state: MeasureState; count: number }>`
    select m.state, count(*)::int as count from measure m where ${where} group by m.state`.execute(db);
  const total = counted.rows
    .filter((row) => wanted === null || wanted.includes(row.state))
    .reduce((sum, row) => sum + row.count, 0);
  return { rows: found.rows, states: counted.rows, total };
}

const gone = () => notFound('没有找到这项制度措施，可能编号有误，或者它不在您能查看的范围内。');

export async function measureInScope(db: Queryable, scope: Scope, id: string): Promise<Measure> {
  const found =
    await sql<Measure>`select ${columns} from measure m where ${inSight(scope)} and m.id = ${id}::uuid`.execute(db);
  const [row] = found.rows;
  if (!row) throw gone();
  return row;
}

/** Locks a measure of the own government until the transaction ends. */
export async function lockMeasure(db: Queryable, scope: Scope, id: string): Promise<Measure> {
  const found = await sql<Measure>`select ${columns} from measure m where ${inSight(scope)} and m.id = ${id}::uuid
    for update`.execute(db);
  const [row] = found.rows;
  if (!row) throw gone();
  return row;
}

/** Writes a measure, new or changed. */
export async function saveMeasure(db: Queryable, measure: Measure): Promise<void> {
  await sql`
    insert into measure (jurisdiction, id, number, kind, title, text, proposal, sector, lead_unit_id, co_unit_ids, person_name,
      due_on, problem_ids, state, proposed_by, document_title, document_number, issued_on, sorted_on, sorted_by_name, version)
    values (${measure.jurisdiction}, ${measure.id}, ${measure.number}, ${measure.kind}, ${measure.title}, ${measure.text},
      ${measure.proposal}, ${measure.sector}, ${measure.leadUnitId}, ${[...measure.coUnitIds]}::uuid[], ${measure.personName},
      ${measure.dueOn}, ${[...measure.problemIds]}::uuid[], ${measure.state}, ${measure.proposedBy}, ${measure.documentTitle},
      ${measure.documentNumber}, ${measure.issuedOn}, ${measure.sortedOn}, ${measure.sortedByName}, ${measure.version})
    on conflict (jurisdiction, id) do update set kind = excluded.kind, title = excluded.title, text = excluded.text,
      proposal = excluded.proposal, sector = excluded.sector, lead_unit_id = excluded.lead_unit_id,
      co_unit_ids = excluded.co_unit_ids, person_name = excluded.person_name, due_on = excluded.due_on,
      problem_ids = excluded.problem_ids, state = excluded.state, proposed_by = excluded.proposed_by,
      document_title = excluded.document_title, document_number = excluded.document_number,
      issued_on = excluded.issued_on, version = excluded.version`.execute(db);
}

const measureRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select m.id, to_jsonb(m) as record from measure m
    where m.jurisdiction = ${jurisdiction} and m.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

/** Measures as the platform sees them. */
export const measureItems: Readonly<Record<string, ItemKind>> = {
  measure: {
    record: measureRecord,
    table: 'measure',
    called: { word: '制度措施', column: 'number' },
    series: '制',
    sight: async (reading: Reading, id: string) =>
      (await sql`select 1 from measure m where ${inSight(reading.scope)} and m.id = ${id}::uuid`.execute(reading.db))
        .rows.length > 0,
  },
};

import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { sharesOf, textShare } from '../../../platform/ledger/shares.ts';
import { allOf, orderOf } from '../../../platform/ledger/statements.ts';
import type { Condition, Found, LedgerTable, PageAsked } from '../../../platform/ledger/table.ts';
import type { LineRow } from './line-row.ts';
import { spansOn } from './store-figures.ts';
import { asOfDay, holding, type Question } from './store-filters.ts';

/** Counted no further where the wording of each task is looked into. */
const MOST_COUNTED_IN_TEXT = 300;
/** A text that so few tasks hold is looked up for the whole ledger first. */
const RARE = 3_000;

const spanColumns = (
  code: Condition,
  key: Condition,
): Condition => sql`${code} as jurisdiction, s.task_id as id, s.due_on, s.state,
  s.percent::double precision as percent, s.amber_on, s.lead_unit_id, ${key} as k1, s.serial as k2`;

/** A line of the list from the task `t` and what it was like then, `p`. */
const lineColumns = sql`t.id, t.jurisdiction, t.number, t.title, t.text, p.state, p.lead_unit_id as "leadUnitId",
  t.units as "unitIds", t.person_name as "personName", t.sector, t.plan_id as "planId", t.stage_id as "stageId", t.origin,
  t.deadlines, t.first_due_on as "firstDueOn", p.due_on as "dueOn", p.amber_on as "amberOn", t.extensions, p.percent,
  t.closed_on as "closedOn", t.version`;

/**
 * One page of the tasks that were open in the evening of a past day, as they stood then. All spans of the day that fit are
 * read from the index of the history and sorted; what only the task itself tells is looked up in order until the page is
 * full, or for all of them where nothing is sought.
 */
export async function listAsOf(
  db: Queryable,
  scope: Scope,
  question: Question,
  asOf: Day,
  table: LedgerTable,
  { axis, down }: { readonly axis: number; readonly down: boolean },
  { page, pageSize, counted = true }: PageAsked,
): Promise<Found<LineRow>> {
  const offset = (page - 1) * pageSize;
  const order = orderOf({ down });
  const { sought } = question;
  const shares = sought === null ? null : await sharesOf(db, table);
  const rare = sought !== null && shares !== null && shares.rows * textShare(shares, sought) < RARE;
  const { span, task } = asOfDay(rare ? { ...question, sought: null } : question, asOf);
  if (rare)
    span.push(sql`s.task_id in (select x.id from task x
      where x.jurisdiction || '' = any(${[...scope.jurisdictions]}::text[]) and ${holding(sought)})`);
  const key = axis === 2 ? sql`null::date` : axis === 1 ? sql`s.due_on` : sql`s.serial`;
  const spans = sql`select x.* from unnest(${[...scope.jurisdictions]}::text[]) as j (code)
    cross join lateral (${spansOn(sql`j.code`, asOf, spanColumns(sql`j.code`, key), span)}) x`;
  const needed = Math.max(offset + pageSize, counted ? MOST_COUNTED_IN_TEXT + 1 : 0);
  const met =
    task.length === 0
      ? spans
      : sql`select * from (select * from (${spans}) s order by ${order} offset 0) c
          where (select ${allOf(task)} from task x where x.jurisdiction = c.jurisdiction and x.id = c.id)
          limit ${needed}`;
  const result = await sql<LineRow & { total: number; found: string | null }>`
    with m as materialized (${met})
    select n.total, r.* from (select count(*)::int as total from m) n left join lateral (
      select t.id as found, p.k1, p.k2, ${lineColumns}
      from (select * from m order by ${order} limit ${pageSize} offset ${offset}) p
      join task t on t.jurisdiction = p.jurisdiction and t.id = p.id) r on true
    order by ${order}`.execute(db);
  const rows = result.rows.flatMap(({ found, total: _, ...row }) => (found === null ? [] : [row]));
  const total = result.rows[0]?.total ?? 0;
  const most = task.length === 0 ? total : Math.max(MOST_COUNTED_IN_TEXT, offset + rows.length);
  return {
    rows,
    total: counted ? Math.min(total, most) : offset + rows.length,
    totalIsCapped: counted && total > most,
  };
}

/**
 * Of the tasks that were open in the evening of a day, in the order of their deadlines: the first `most` of those that were
 * overdue, and of those that fell due from that day to `until`. One pass over the history.
 */
export async function listAroundDue(
  db: Queryable,
  scope: Scope,
  filters: { readonly plan?: string },
  on: Day,
  until: Day,
  most: number,
): Promise<LineRow[]> {
  const where: Condition[] = [
    sql`s.state <> 'suspended'`,
    sql`s.due_on <= ${until}::date`,
    ...(scope.units === 'all' ? [] : [sql`s.lead_unit_id = any(${[...scope.units]}::uuid[])`]),
    ...(filters.plan ? [sql`s.plan_id = ${filters.plan}::uuid`] : []),
  ];
  const of = (code: Condition): Condition => spansOn(code, on, spanColumns(code, sql`s.due_on`), where);
  const first = (condition: Condition): Condition =>
    sql`(select * from s where ${condition} order by k1, k2 limit ${most})`;
  const found = await sql<LineRow>`
    with s as materialized (select x.* from unnest(${[...scope.jurisdictions]}::text[]) as j (code)
      cross join lateral (${of(sql`j.code`)}) x),
    p as (${first(sql`due_on < ${on}::date`)} union all ${first(sql`due_on >= ${on}::date`)})
    select ${lineColumns} from p join task t on t.jurisdiction = p.jurisdiction and t.id = p.id order by p.k1, p.k2`.execute(
    db,
  );
  return found.rows;
}

import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { pageAsOf } from '../../../platform/ledger/as-of.ts';
import { sharesOf, textShare } from '../../../platform/ledger/shares.ts';
import { holding } from '../../../platform/ledger/sought.ts';
import type { Condition, Found, LedgerTable, PageAsked } from '../../../platform/ledger/table.ts';
import type { LineRow } from './line-row.ts';
import { spansOn } from './store-figures.ts';
import { asOfDay, type Question } from './store-filters.ts';

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

/** One page of the tasks that were open in the evening of a past day, as they stood then. */
export async function listAsOf(
  db: Queryable,
  scope: Scope,
  question: Question,
  asOf: Day,
  table: LedgerTable,
  { axis, down }: { readonly axis: number; readonly down: boolean },
  asked: PageAsked,
): Promise<Found<LineRow>> {
  const { sought } = question;
  const shares = sought === null ? null : await sharesOf(db, table);
  const rare = sought !== null && shares !== null && shares.rows * textShare(shares, sought) < RARE;
  const { span, task } = asOfDay(rare ? { ...question, sought: null } : question, asOf);
  if (rare)
    span.push(sql`s.task_id in (select t.id from task t
      where t.jurisdiction || '' = any(${[...scope.jurisdictions]}::text[]) and ${holding(sought)})`);
  const key = axis === 2 ? sql`null::date` : axis === 1 ? sql`s.due_on` : sql`s.serial`;
  return pageAsOf<LineRow>(
    db,
    table,
    {
      jurisdictions: scope.jurisdictions,
      spans: (code) => spansOn(code, asOf, spanColumns(code, key), span),
      lasting: task,
      down,
    },
    asked,
    lineColumns,
  );
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

import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { findPage } from '../../../platform/ledger/find.ts';
import { holding } from '../../../platform/ledger/sought.ts';
import { absentOf, allOf, foundAgain, keyOf, slice } from '../../../platform/ledger/statements.ts';
import type { Found, LedgerQuestion, PageAsked } from '../../../platform/ledger/table.ts';
import { type LineRow, lineColumns } from './lines.ts';
import type { Listed } from './store-as-of.ts';
import { facetsOf, plainly, type Question, rangesOf, turnOf, withoutTurn } from './store-filters.ts';

/** Up to so many turns are read and their problems sorted; of more, the ledger is walked and each problem asked for its turn. */
const FEW = 10_000;

/**
 * One page of the problems that had a turn of their life within days, as figures count them: what narrows the list is
 * compared with the turn as it was then.
 */
export async function listByTurn(
  db: Queryable,
  scope: Scope,
  question: Question,
  today: Day,
  { table, sought, axis, down }: Listed,
  asked: PageAsked,
): Promise<Found<LineRow>> {
  const turn = turnOf(question) ?? sql`true`;
  const rest = withoutTurn(question);
  const asking: LedgerQuestion = {
    jurisdictions: scope.jurisdictions,
    ...facetsOf(rest),
    where: plainly(rest, today),
    ranges: rangesOf(rest, today),
    sought,
    axis,
    down,
    smallSet: null,
  };
  const within = sql`e.jurisdiction = any(${[...scope.jurisdictions]}::text[]) and ${turn}`;
  const met = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from problem_turn e where ${within} limit ${FEW + 1}) x`.execute(db);
  if ((met.rows[0]?.n ?? 0) > FEW) {
    const had = sql`exists (select from problem_turn e
      where e.jurisdiction = t.jurisdiction and e.problem_id = t.id and ${turn})`;
    return findPage<LineRow>(db, table, { ...asking, where: [...asking.where, had] }, asked, lineColumns);
  }
  const rows = sql`select ${foundAgain(table.covering)}, t.${keyOf(table, asking)} as k1, t.serial as k2
    from (select distinct e.jurisdiction, e.problem_id from problem_turn e where ${within}) e
    join problem t on t.jurisdiction = e.jurisdiction and t.id = e.problem_id
    where ${allOf([...absentOf(table, asking), ...asking.where, ...(sought ? [holding(sought)] : [])])}`;
  const offset = (asked.page - 1) * asked.pageSize;
  const found = await slice<LineRow>(db, table, asking, rows, { offset, limit: asked.pageSize }, lineColumns);
  return { rows: found.rows, total: found.found, totalIsCapped: false };
}

import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { behindByUnit, type UnitBehind } from '../../../platform/ledger/behind.ts';
import { spansOpen } from './figures/spans.ts';

const counting = sql`s.state in ('toReceive', 'underway', 'toRecheck', 'toClose')`;

export interface BehindAsked {
  readonly grades: readonly string[];
  readonly sectors: readonly string[];
}
const narrowed = (asked: BehindAsked) => [
  ...(asked.grades.length > 0 ? [sql`s.grade = any(${[...asked.grades]}::text[])`] : []),
  ...(asked.sectors.length > 0 ? [sql`s.sector = any(${[...asked.sectors]}::text[])`] : []),
];

/** Units with problems that were overdue by at least so many days in the evening of the day, as the ledger stood then. */
export const overdueProblems = (
  db: Queryable,
  jurisdiction: string,
  day: Day,
  asked: BehindAsked & { readonly days: number },
): Promise<readonly UnitBehind[]> =>
  behindByUnit(
    db,
    jurisdiction,
    'problem',
    sql`select s.lead_unit_id as unit, s.problem_id as id, s.due_on as "on", s.serial,
      greatest(s.due_on + ${asked.days}::int, s.opened_on) as since
    from (${spansOpen(jurisdiction, day, [counting, sql`s.due_on + ${asked.days}::int <= ${day}::date`, ...narrowed(asked)])}) s`,
  );

/** Units with major hazards that were open so many days after they were found major, and not listed for supervision. */
export const undecidedMajor = (
  db: Queryable,
  jurisdiction: string,
  day: Day,
  asked: BehindAsked & { readonly days: number },
): Promise<readonly UnitBehind[]> => {
  const conditions = [sql`s.grade = 'major'`, sql`not s.listed`, ...narrowed({ ...asked, grades: [] })];
  return behindByUnit(
    db,
    jurisdiction,
    'problem',
    sql`select * from (
      select s.lead_unit_id as unit, s.problem_id as id, s.serial, m.day as "on",
        greatest(m.day + ${asked.days}::int, s.opened_on) as since
      from (${spansOpen(jurisdiction, day, conditions)}) s
      join problem t on t.jurisdiction = ${jurisdiction} and t.id = s.problem_id
      cross join lateral (select coalesce(
        least(nullif(t.judgement ->> 'on', '')::date, ${day}::date), t.entered_on) as day) m) x
    where x."on" + ${asked.days}::int <= ${day}::date`,
  );
};

/** Units whose problems were reopened within days, the last included; each reopening counts. */
export const reopenedProblems = (
  db: Queryable,
  jurisdiction: string,
  from: Day,
  to: Day,
  asked: BehindAsked,
): Promise<readonly UnitBehind[]> =>
  behindByUnit(
    db,
    jurisdiction,
    'problem',
    sql`select s.lead_unit_id as unit, s.problem_id as id, s.day as "on", s.serial, s.day as since from problem_turn s
    where s.jurisdiction = ${jurisdiction} and s.turn = 'reopened' and s.day between ${from}::date and ${to}::date
      ${narrowed(asked).length === 0 ? sql`` : sql`and ${sql.join(narrowed(asked), sql` and `)}`}`,
  );

/** Those of the problems that were open and overdue in the evening of the day. */
export async function stillOverdueProblems(
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
  day: Day,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const found = await sql<{ id: string }>`
    select s.problem_id as id from problem_span s
    where s.jurisdiction = ${jurisdiction} and s.problem_id = any(${[...ids]}::uuid[]) and s.from_on <= ${day}::date
      and (s.to_on is null or s.to_on > ${day}::date) and ${counting} and s.due_on < ${day}::date`.execute(db);
  return new Set(found.rows.map((row) => row.id));
}

/** Those of the problems that were open, major and not listed in the evening of the day. */
export async function stillUndecided(
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
  day: Day,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const found = await sql<{ id: string }>`
    select s.problem_id as id from problem_span s
    where s.jurisdiction = ${jurisdiction} and s.problem_id = any(${[...ids]}::uuid[]) and s.from_on <= ${day}::date
      and (s.to_on is null or s.to_on > ${day}::date) and s.grade = 'major' and not s.listed`.execute(db);
  return new Set(found.rows.map((row) => row.id));
}

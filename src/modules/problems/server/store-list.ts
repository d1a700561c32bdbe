import { sql } from 'kysely';
import { type Day, day as dayFrom } from '../../../kernel/day.ts';
import { type Scope, withinOne } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { serialsOfDays } from '../../../platform/ledger/axis.ts';
import { findPage } from '../../../platform/ledger/find.ts';
import { soughtIn } from '../../../platform/ledger/sought.ts';
import type { Found, LedgerTable, PageAsked, Range, SmallSet } from '../../../platform/ledger/table.ts';
import { isOpen } from '../lifecycle.ts';
import { type LineRow, lineColumns } from './lines.ts';
import { listAsOf } from './store-as-of.ts';
import { listByTurn } from './store-by-turn.ts';
import { AXIS, type Filters, facetsOf, plainly, type Question, questionOf, rangesOf } from './store-filters.ts';

export const problemLedger: LedgerTable = {
  name: 'problem',
  index: 'problem_search',
  words: `problem_words(t.jurisdiction, t.serial, t.due_on, t.closed_on, t.found_on, t.lead_unit_id, t.units, t.sector, t.tags,
    t.flags, t.area_code, t.grid, t.enterprise_id, t.plan_id, t.stage_id, t.task_id, t.batch_id, t.source_type, t.kind, t.grade,
    t.state)`,
  axes: [
    { column: 'serial', without: 'never' },
    { column: 'due_on', without: 'never' },
    { column: 'closed_on', without: 'absent' },
    { column: 'found_on', without: 'never' },
  ],
  covering: false,
};

/**
 * Open problems; their indexes begin with the day, the lead unit or the state, those of major hazards with the state. Tags, places
 * on the map and what few lists ask for are not in them.
 */
const openSet = ({ filters, openOnly }: Question): SmallSet | null =>
  openOnly
    ? {
        whole: 'otm',
        within: 'l',
        covered: [
          filters.tag,
          filters.cell,
          filters.batch,
          filters.task,
          filters.coUnit,
          filters.supervisingUnit,
          filters.finderUnit,
        ].every((asked) => asked === undefined || asked.length === 0),
      }
    : null;

const sortKeys = {
  number: { axis: AXIS.number, down: false },
  '-number': { axis: AXIS.number, down: true },
  due: { axis: AXIS.due, down: false },
  '-due': { axis: AXIS.due, down: true },
  found: { axis: AXIS.found, down: false },
  '-found': { axis: AXIS.found, down: true },
  closed: { axis: AXIS.closed, down: false },
  '-closed': { axis: AXIS.closed, down: true },
} as const;

const nothing = { rows: [], total: 0, totalIsCapped: false };

/** One page of problems in order, as of today or as of the evening of `filters.asOf`; newest first when no order is asked. */
export async function listRows(
  db: Queryable,
  sight: Scope,
  filters: Filters,
  today: Day,
  asked: PageAsked,
): Promise<Found<LineRow>> {
  const scope = withinOne(sight, filters.jurisdiction);
  if (scope.jurisdictions.length === 0 || (scope.units !== 'all' && scope.units.length === 0)) return nothing;
  const question = questionOf(scope, filters);
  if (question.impossible) return nothing;
  const order = sortKeys[question.filters.sort ?? '-number'];
  const sought = soughtIn(filters.q, '问');
  const asOf = filters.asOf !== undefined && filters.asOf < today ? dayFrom(filters.asOf) : null;
  const ledger = { table: problemLedger, sought, ...order };
  if (filters.turn !== undefined) return listByTurn(db, scope, question, today, ledger, asked);
  const ended = (filters.state?.length ?? 0) > 0 && !filters.state?.some(isOpen);
  // What had ended by a past day has its closing day still, unless it was reopened; what was open lies in the history.
  if (asOf !== null && !ended) return listAsOf(db, scope, question, asOf, ledger, asked);
  const entered = await enteredWithin(db, scope, question, today);
  if (entered === null) return nothing;
  return findPage<LineRow>(
    db,
    problemLedger,
    {
      jurisdictions: scope.jurisdictions,
      ...facetsOf(question),
      where: [
        ...plainly(question, today),
        ...entered.map(({ from, to }) => sql`t.serial between ${from} and ${to}`),
        ...(asOf === null ? [] : [sql`t.ended_on <= ${asOf}::date`]),
      ],
      ranges: [
        ...rangesOf(asOf === null ? question : { ...question, filters: endedBy(question.filters, asOf) }, today),
        ...entered,
      ],
      sought,
      ...order,
      smallSet: openSet(question),
    },
    asked,
    lineColumns,
  );
}

/** With the end of the range of closing days, where only closed ones are asked for. */
const endedBy = (filters: Filters, asOf: Day): Filters =>
  filters.state?.every((state) => state === 'closed')
    ? { ...filters, closedTo: filters.closedTo !== undefined && filters.closedTo < asOf ? filters.closedTo : asOf }
    : filters;

/**
 * Serials of the problems that were entered on the asked days, as a range of the first axis; null: nothing was entered then.
 * A run that began by a day was entered by that day.
 */
async function enteredWithin(db: Queryable, scope: Scope, { filters }: Question, today: Day): Promise<Range[] | null> {
  const { enteredFrom, enteredTo, openedTo } = filters;
  const last = [enteredTo, openedTo, today as string].filter((day) => day !== undefined).sort()[0] ?? today;
  if (enteredFrom === undefined && last >= today) return [];
  const first = enteredFrom ?? (await firstEntry(db, scope));
  if (first === null || first > last) return null;
  const serials = await serialsOfDays(
    db,
    problemLedger,
    scope.jurisdictions,
    'entered_on',
    dayFrom(first),
    dayFrom(last),
  );
  return serials === null ? null : [{ axis: AXIS.number, from: serials.first, to: serials.last }];
}

async function firstEntry(db: Queryable, scope: Scope): Promise<Day | null> {
  const found = await sql<{ first: Day | null }>`
    select min(x.entered_on) as first from unnest(${[...scope.jurisdictions]}::text[]) as j (code) cross join lateral (
      select t.entered_on from problem t where t.jurisdiction = j.code order by t.entered_on limit 1) x`.execute(db);
  return found.rows[0]?.first ?? null;
}

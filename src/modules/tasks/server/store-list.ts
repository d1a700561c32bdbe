import { sql } from 'kysely';
import { type Day, day as dayFrom } from '../../../kernel/day.ts';
import { type Scope, withinOne } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { findPage } from '../../../platform/ledger/find.ts';
import type { Found, LedgerTable, PageAsked, SmallSet } from '../../../platform/ledger/table.ts';
import type { LineRow } from './line-row.ts';
import { listAsOf } from './store-as-of.ts';
import { type Filters, facetsOf, knownBy, plainly, questionOf, rangesOf } from './store-filters.ts';

export type { Filters } from './store-filters.ts';

const taskLedger: LedgerTable = {
  name: 'task',
  index: 'task_search',
  words: `task_words(t.jurisdiction, t.serial, t.due_on, t.closed_on, t.lead_unit_id, t.units, t.sector, t.plan_id, t.stage_id,
    t.parent_id, t.person_name, t.state)`,
  axes: [
    { column: 'serial', without: 'never' },
    { column: 'due_on', without: 'behind' },
    { column: 'closed_on', without: 'absent' },
  ],
  covering: true,
};

/** Open tasks; their one index begins with the day. */
const openSet: SmallSet = { whole: 'ot', within: '', covered: true };

const sortKeys = {
  due: { axis: 1, down: false },
  '-due': { axis: 1, down: true },
  number: { axis: 0, down: false },
  '-number': { axis: 0, down: true },
  closed: { axis: 2, down: false },
  '-closed': { axis: 2, down: true },
} as const;

const columns = sql`t.id, t.jurisdiction, t.number, t.title, t.text, t.state, t.lead_unit_id as "leadUnitId", t.units as "unitIds",
  t.person_name as "personName", t.sector, t.plan_id as "planId", t.stage_id as "stageId", t.origin, t.deadlines,
  t.first_due_on as "firstDueOn", t.due_on as "dueOn", t.amber_on as "amberOn", t.extensions, t.percent,
  t.closed_on as "closedOn", t.version`;

/** One page of tasks in order, as of today or as of the evening of `filters.asOf`. */
export async function listTasks(
  db: Queryable,
  sight: Scope,
  filters: Filters,
  today: Day,
  asked: PageAsked,
): Promise<Found<LineRow>> {
  const scope = withinOne(sight, filters.jurisdiction);
  if (scope.jurisdictions.length === 0 || (scope.units !== 'all' && scope.units.length === 0))
    return { rows: [], total: 0, totalIsCapped: false };
  const question = questionOf(scope, filters);
  if (question.impossible) return { rows: [], total: 0, totalIsCapped: false };
  const asOf = filters.asOf !== undefined && filters.asOf < today ? dayFrom(filters.asOf) : null;
  const { axis, down } = sortKeys[question.filters.sort ?? 'due'];
  if (filters.known !== undefined) {
    const on = filters.known < today ? dayFrom(filters.known) : today;
    const where = [knownBy(question, on)];
    const asking = {
      jurisdictions: scope.jurisdictions,
      many: [],
      few: [],
      where,
      ranges: [],
      sought: question.sought,
    };
    return findPage<LineRow>(db, taskLedger, { ...asking, axis, down, smallSet: null }, asked, columns);
  }
  // Whoever was closed on a past day still is; all that was open then lies in the history.
  const closedOnly = filters.state?.length === 1 && filters.state[0] === 'closed';
  if (asOf !== null && !closedOnly) return listAsOf(db, scope, question, asOf, taskLedger, { axis, down }, asked);
  return findPage<LineRow>(
    db,
    taskLedger,
    {
      jurisdictions: scope.jurisdictions,
      ...facetsOf(question),
      where: [...plainly(question, today), ...(asOf === null ? [] : [sql`t.closed_on <= ${asOf}::date`])],
      ranges: rangesOf(question, asOf),
      sought: question.sought,
      axis,
      down,
      smallSet: question.openOnly ? openSet : null,
    },
    asked,
    columns,
  );
}

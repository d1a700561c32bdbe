import { sql } from 'kysely';
import type { Static } from 'typebox';
import { notFound } from '../../../../kernel/refusal.ts';
import type { Reading } from '../../../../platform/act.ts';
import type { ViewFilters } from '../../api-views.ts';
import type { ViewColumn } from '../../view-columns.ts';
import type { Filters } from '../store-filters.ts';

export interface ViewRow {
  id: string;
  jurisdiction: string;
  name: string;
  title: string;
  columns: ViewColumn[];
  filters: Static<typeof ViewFilters>;
  sort: Filters['sort'] | null;
  paper: 'A4' | 'A3';
  planId: string | null;
  unitId: string | null;
  madeBy: string;
  madeByName: string;
  version: number;
}

const columns = sql`v.id, v.jurisdiction, v.name, v.title, v.columns, v.filters, v.sort, v.paper, v.plan_id as "planId",
  v.unit_id as "unitId", v.made_by as "madeBy", v.made_by_name as "madeByName", v.version`;

/** Views of one's own government: shared ones, and those of one's units; the office sees all. */
const inSight = ({ actor, scope }: Pick<Reading, 'actor' | 'scope'>) =>
  scope.units === 'all'
    ? sql`v.jurisdiction = ${actor.jurisdiction} and not v.removed`
    : sql`v.jurisdiction = ${actor.jurisdiction} and not v.removed and (v.unit_id is null or v.unit_id = any(${[...scope.units]}::uuid[]))`;

export async function viewsInSight(reading: Reading): Promise<ViewRow[]> {
  const found = await sql<ViewRow>`
    select ${columns} from problem_view v where ${inSight(reading)} order by v.sort_key, v.name, v.id limit 500`.execute(
    reading.db,
  );
  return found.rows;
}

export async function viewInSight(reading: Reading, id: string): Promise<ViewRow> {
  const found = await sql<ViewRow>`
    select ${columns} from problem_view v where ${inSight(reading)} and v.id = ${id}`.execute(reading.db);
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这个清单视图，它可能已被删除。');
  return row;
}

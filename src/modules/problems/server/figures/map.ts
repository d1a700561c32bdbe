import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Reading } from '../../../../platform/act.ts';
import type { figuresApi } from '../../api-figures.ts';
import { CELL, cellOf, placesOf } from './dimensions.ts';
import { conditionsOf, type FigureFilters, keptFor, withinScope } from './filters.ts';
import { areaNames } from './names.ts';
import { baseQuery, figureDay, openQuery } from './overview.ts';
import { spansBegun, spansEnded, spansOpen } from './spans.ts';

export type ProblemMap = Static<typeof figuresApi.problemMap.response>;
interface Dot {
  dim: string;
  key: string | null;
  open: number;
  red: number;
  major: number;
}

/** Where the open problems of a day lie: cells of about a kilometre, and towns. */
export async function problemMap(
  reading: Reading,
  query: FigureFilters & { readonly asOf?: string },
): Promise<ProblemMap> {
  const { db, scope, day: today } = reading;
  const { asOf, ...asked } = query;
  const day = figureDay(asOf, today);
  const filters = withinScope(scope, asked);
  const where = conditionsOf(filters, 's');
  const kept = keptFor(filters);
  const late = sql`s.due_on < ${day}::date and s.state <> 'disputed' and s.state <> 'planned'`;
  const sums = sql`count(*)::int as open, (count(*) filter (where ${late}))::int as red,
    (count(*) filter (where s.grade = 'major'))::int as major`;
  const cells = new Map<string, Dot>();
  const areas = new Map<string, Dot>();
  let total = 0;
  const add = (row: Dot, sign: number): void => {
    if (row.dim === 'all') total += sign * row.open;
    const into = row.dim === 'cell' ? cells : row.dim === 'area' ? areas : null;
    if (into === null || row.key === null) return;
    const cell = into.get(row.key) ?? { dim: row.dim, key: row.key, open: 0, red: 0, major: 0 };
    cell.open += sign * row.open;
    cell.red += sign * row.red;
    cell.major += sign * row.major;
    into.set(row.key, cell);
  };
  for (const jurisdiction of scope.jurisdictions) {
    const whole = kept?.dim === 'all' && Object.keys(kept.slices).length === 1 && kept.slices[''] === 1;
    const morning = whole
      ? (
          await sql<Dot>`select dim, key, open, red, major from problem_stock
            where jurisdiction = ${jurisdiction} and day = ${day}::date and dim in ('all', 'cell', 'area') and slice = ''`.execute(
            db,
          )
        ).rows
      : [];
    if (morning.some((row) => row.dim === 'all')) {
      for (const row of morning) add(row, 1);
      for (const [spans, sign] of [
        [spansEnded(jurisdiction, day), -1],
        [spansBegun(jurisdiction, day), 1],
      ] as const) {
        const changed = await sql<Dot>`
          select p.dim, p.key, ${sums} from (${spans}) s cross join lateral ${placesOf('s', true)}
          where p.dim in ('all', 'cell', 'area') group by 1, 2`.execute(db);
        for (const row of changed.rows) add(row, sign);
      }
    } else {
      const found = await sql<Dot>`
        with s as materialized (${spansOpen(jurisdiction, day, where)})
        select 'cell' as dim, ${cellOf('s')} as key, ${sums} from s group by 2
        union all select 'area', coalesce(s.area_code, ''), ${sums} from s group by 2
        union all select 'all', '', ${sums} from s`.execute(db);
      for (const row of found.rows) add(row, 1);
    }
  }
  const names = await areaNames(db, scope, [...areas.keys()]);
  const base = baseQuery(scope, asked, day, today);
  const shown = [...cells.values()].filter((cell) => cell.open > 0 && cell.key !== null);
  return {
    day,
    cell: CELL,
    without: total - shown.reduce((sum, cell) => sum + cell.open, 0),
    cells: shown.map((cell) => {
      const [longitude = 0, latitude = 0] = (cell.key ?? '').split(',').map(Number);
      return {
        longitude: Math.round((longitude + CELL / 2) * 1000) / 1000,
        latitude: Math.round((latitude + CELL / 2) * 1000) / 1000,
        open: cell.open,
        red: cell.red,
        major: cell.major,
        query: openQuery(base, { cell: [cell.key ?? ''] }),
      };
    }),
    areas: [...areas.values()]
      .filter((area) => area.open > 0)
      .sort((a, b) => b.open - a.open)
      .map((area) => ({
        code: area.key ?? '',
        name: names.get(area.key ?? '') ?? (area.key === '' ? '没有写明属地' : (area.key ?? '')),
        open: area.open,
        red: area.red,
        major: area.major,
        query: openQuery(base, { area: [area.key ?? ''] }),
      })),
  };
}

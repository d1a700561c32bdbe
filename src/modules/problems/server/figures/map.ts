import { sql } from 'kysely';
import type { Static } from 'typebox';
import type { Reading } from '../../../../platform/act.ts';
import type { figuresApi } from '../../api-figures.ts';
import { CELL } from './dimensions.ts';
import { type FigureFilters, type Way, withinScope } from './filters.ts';
import { cellName, cellValue } from './layout.ts';
import { areaNames } from './names.ts';
import { type Dot, openBy } from './open-by.ts';
import { baseQuery, figureDay, openQuery } from './overview.ts';

export type ProblemMap = Static<typeof figuresApi.problemMap.response>;
/** Where the open problems of a day lie: cells of about a kilometre, and towns. */
export async function problemMap(
  reading: Reading,
  query: FigureFilters & { readonly asOf?: string },
  way?: Way,
): Promise<ProblemMap> {
  const { db, scope, day: today } = reading;
  const { asOf, ...asked } = query;
  const day = figureDay(asOf, today);
  const filters = withinScope(scope, asked);
  const asking = { way, shared: new Map<string, Promise<unknown>>() };
  const [cells = new Map<string, Dot>(), areas = new Map<string, Dot>()] = await openBy(
    db,
    scope,
    filters,
    day,
    [
      { by: 'cell', key: cellValue, keysOf: (value) => [cellName(value)] },
      { by: 'area', key: sql`s.area_code`, keysOf: (value) => [value] },
    ],
    asking,
  );
  const total = [...areas.values()].reduce((sum, area) => sum + area.open, 0);
  const names = await areaNames(db, scope, [...areas.keys()]);
  const base = baseQuery(scope, asked, day, today);
  const shown = [...cells].filter(([key, cell]) => cell.open > 0 && key !== '').sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    day,
    cell: CELL,
    without: total - shown.reduce((sum, [, cell]) => sum + cell.open, 0),
    cells: shown.map(([key, cell]) => {
      const [longitude = 0, latitude = 0] = key.split(',').map(Number);
      return {
        longitude: Math.round((longitude + CELL / 2) * 1000) / 1000,
        latitude: Math.round((latitude + CELL / 2) * 1000) / 1000,
        open: cell.open,
        red: cell.red,
        major: cell.major,
        query: openQuery(base, { cell: [key] }),
      };
    }),
    areas: [...areas]
      .filter(([, area]) => area.open > 0)
      .sort(([codeA, a], [codeB, b]) => b.open - a.open || (codeA < codeB ? -1 : 1))
      .map(([code, area]) => ({
        code,
        name: names.get(code) ?? (code === '' ? '没有写明属地' : code),
        open: area.open,
        red: area.red,
        major: area.major,
        query: openQuery(base, { area: [code] }),
      })),
  };
}

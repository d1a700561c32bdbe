import { type RawBuilder, sql } from 'kysely';
import type { Static } from 'typebox';
import type { ProblemFilters } from '../api-shapes.ts';

type Filters = Static<typeof ProblemFilters>;

const turnsOf: Readonly<Record<string, readonly string[]>> = {
  ended: ['closed', 'withdrawn', 'merged', 'unfounded'],
  began: ['registered', 'reopened'],
};
const kindsOf = {
  late: sql`e.late`,
  onTime: sql`not e.late`,
  onSpot: sql`e.on_spot`,
  atGrid: sql`e.at_grid`,
  passed: sql`e.passed`,
  failed: sql`not e.passed`,
  first: sql`e.first`,
  firstPassed: sql`e.first and e.passed`,
} as const;

/** Filters that, where a turn is asked for, are compared with the turn as it was and not with the problem as it is now. */
export const comparedWithTurn = [
  'leadUnit',
  'sector',
  'grade',
  'source',
  'kind',
  'plan',
  'batch',
  'tag',
  'area',
] as const;

const anyOf = (column: string, values: readonly string[] | undefined, type: 'uuid' | 'text'): RawBuilder<unknown>[] => {
  if (!values || values.length === 0) return [];
  const given = values.filter((one) => one !== '');
  const known = sql`${sql.ref(`e.${column}`)} = any(${given}::${sql.raw(type)}[])`;
  // an empty value asks for problems without one
  return [given.length < values.length ? sql`(${known} or ${sql.ref(`e.${column}`)} is null)` : known];
};

/**
 * Ids (government, problem) of the problems that had such a turn within the days, as it was then; null when no turn is asked for.
 * Everything in `comparedWithTurn` is said in it already.
 */
export function problemsOfTurn(jurisdictions: readonly string[], filters: Filters): RawBuilder<unknown> | null {
  if (filters.turn === undefined) return null;
  const where = [
    sql`e.jurisdiction = any(${[...jurisdictions]}::text[])`,
    sql`e.turn = any(${[...(turnsOf[filters.turn] ?? [filters.turn])]}::text[])`,
    ...(filters.turnFrom ? [sql`e.day >= ${filters.turnFrom}::date`] : []),
    ...(filters.turnTo ? [sql`e.day <= ${filters.turnTo}::date`] : []),
    ...(filters.turnIs ? [kindsOf[filters.turnIs]] : []),
    ...anyOf('lead_unit_id', filters.leadUnit, 'uuid'),
    ...anyOf('sector', filters.sector, 'text'),
    ...anyOf('source_type', filters.source, 'text'),
    ...anyOf('area_code', filters.area, 'text'),
    ...anyOf('kind', filters.kind, 'text'),
    ...(filters.grade ? [sql`e.grade = ${filters.grade}`] : []),
    ...(filters.plan ? [sql`e.plan_id = ${filters.plan}::uuid`] : []),
    ...(filters.batch ? [sql`e.batch_id = ${filters.batch}::uuid`] : []),
    ...(filters.tag?.length ? [sql`e.tags && ${[...filters.tag]}::text[]`] : []),
  ];
  return sql`select e.jurisdiction, e.problem_id from problem_turn e where ${sql.join(where, sql` and `)}`;
}

/** The same as a condition on a problem (alias t). */
export function turnCondition(jurisdictions: readonly string[], filters: Filters): RawBuilder<unknown> | null {
  const found = problemsOfTurn(jurisdictions, filters);
  return found === null ? null : sql`(t.jurisdiction, t.id) in (${found})`;
}

/** Problems with coordinates in a map cell of 0.01 degrees; the row is a problem or a span. Rounded as spans keep them. */
export const inCell = (row: string, cell: string): RawBuilder<unknown> => {
  const [longitude = '0', latitude = '0'] = cell.split(',');
  const floor = (column: string): RawBuilder<unknown> => sql`floor(${sql.ref(`${row}.${column}`)}::real::float8 * 100)`;
  return sql`(${floor('longitude')} = ${Math.round(Number(longitude) * 100)} and ${floor('latitude')} = ${Math.round(Number(latitude) * 100)})`;
};

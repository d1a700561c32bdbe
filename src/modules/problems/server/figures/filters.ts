import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Grade, ProblemKind, SourceType } from '../../problem.ts';
import type { Dim, Slice } from './dimensions.ts';

type Sql = RawBuilder<unknown>;

/** What figures may be narrowed to; `leadUnit` has already been cut to the units that the reader may see. */
export interface FigureFilters {
  readonly leadUnit?: readonly string[];
  readonly sector?: readonly string[];
  readonly source?: readonly SourceType[];
  readonly area?: readonly string[];
  readonly kind?: readonly ProblemKind[];
  readonly grade?: Grade;
  readonly plan?: string;
  readonly batch?: string;
  readonly tag?: string;
}

const nobody = '00000000-0000-0000-0000-000000000000';
const given = <T>(list: readonly T[] | undefined): readonly T[] | null => (list && list.length > 0 ? list : null);

/** A unit's own figures are about the problems that it leads; others it reads in the list. */
export function withinScope(scope: Scope, filters: FigureFilters): FigureFilters {
  if (scope.units === 'all') return filters;
  const wanted = given(filters.leadUnit);
  const own = (scope.units as readonly string[]).filter((unit) => wanted?.includes(unit) ?? true);
  return { ...filters, leadUnit: own.length > 0 ? own : [nobody] };
}

/** The same as conditions on a span (s) or a turn (e), which name their columns alike. */
export function conditionsOf(filters: FigureFilters, alias: 's' | 'e'): Sql[] {
  const column = (name: string): Sql => sql.ref(`${alias}.${name}`);
  const { leadUnit, sector, source, area, kind, grade, plan, batch, tag } = filters;
  return [
    ...(given(leadUnit) ? [sql`${column('lead_unit_id')} = any(${[...(leadUnit ?? [])]}::uuid[])`] : []),
    ...(given(sector) ? [sql`${column('sector')} = any(${[...(sector ?? [])]}::text[])`] : []),
    ...(given(source) ? [sql`${column('source_type')} = any(${[...(source ?? [])]}::text[])`] : []),
    ...(given(area) ? [sql`${column('area_code')} = any(${[...(area ?? [])]}::text[])`] : []),
    ...(given(kind) ? [sql`${column('kind')} = any(${[...(kind ?? [])]}::text[])`] : []),
    ...(grade ? [sql`${column('grade')} = ${grade}`] : []),
    ...(plan ? [sql`${column('plan_id')} = ${plan}::uuid`] : []),
    ...(batch ? [sql`${column('batch_id')} = ${batch}::uuid`] : []),
    ...(tag ? [sql`${column('tags')} @> array[${tag}]::text[]`] : []),
  ];
}

/** How the answer is found; changes the time, never the answer. For tests. */
export type Way = 'kept' | 'spans';

/** How one page of figures asks: what several of its figures need is looked up once. */
export interface Asking {
  readonly way?: Way | undefined;
  readonly shared?: Map<string, Promise<unknown>>;
}

/** What `make` gives, once for each key of a page. */
export function once<T>({ shared }: Asking, key: string, make: () => Promise<T>): Promise<T> {
  const known = shared?.get(key);
  if (known) return known as Promise<T>;
  const made = make();
  shared?.set(key, made);
  return made;
}

/** How kept sums answer a question: keys of one dimension, and slices that are added or taken away. */
export interface Kept {
  readonly dim: Extract<Dim, 'all' | 'unit' | 'sector' | 'plan' | 'batch' | 'tag'>;
  readonly keys: readonly string[];
  readonly slices: Readonly<Partial<Record<Slice, 1 | -1>>>;
}

function slicesOf(filters: FigureFilters): Kept['slices'] | null {
  const kinds = given(filters.kind);
  if (kinds && filters.grade) return null;
  if (filters.grade === 'major') return { major: 1 };
  if (filters.grade === 'general') return { '': 1, major: -1 };
  if (!kinds || kinds.length === 3) return { '': 1 };
  const others = (['problem', 'accidentLead'] as const).filter(
    (kind) => kinds.includes(kind) !== kinds.includes('hazard'),
  );
  const sign = kinds.includes('hazard') ? -1 : 1;
  return { ...(sign === -1 ? { '': 1 } : {}), ...Object.fromEntries(others.map((kind) => [kind, sign])) };
}

/** null: sums for such a combination are not kept, spans and turns themselves are counted. */
export function keptFor(filters: FigureFilters): Kept | null {
  const { leadUnit, sector, source, area, plan, batch, tag } = filters;
  if (given(source) || given(area)) return null;
  const narrowed: [Kept['dim'], readonly string[] | null][] = [
    ['unit', given(leadUnit)],
    ['sector', given(sector)],
    ['plan', plan ? [plan] : null],
    ['batch', batch ? [batch] : null],
    ['tag', tag ? [tag] : null],
  ];
  const set = narrowed.filter(([, keys]) => keys !== null);
  const slices = slicesOf(filters);
  if (set.length > 1 || slices === null) return null;
  const [dim, keys] = set[0] ?? ['all', ['']];
  const plain = Object.keys(slices).length === 1 && slices[''] === 1;
  // pairs, plans, batches and tags are kept for all problems only
  if (dim !== 'all' && !plain) return null;
  return { dim, keys: keys ?? [''], slices };
}

/** The dimension whose rows break the kept sums down by unit or by sector; key of the pair first where it is one. */
export function breakdownOf(kept: Kept, by: 'unit' | 'sector'): { dim: Dim; keyed: 'key' | 'key2' | null } | null {
  if (kept.dim === 'all') return { dim: by, keyed: null };
  if (kept.dim === by) return { dim: by, keyed: 'key' };
  if (kept.dim === 'unit') return { dim: 'unitSector', keyed: 'key' };
  if (kept.dim === 'sector') return { dim: 'unitSector', keyed: 'key2' };
  return null;
}

import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/** What every list answers. `total` stops at 10,000; then `totalIsCapped`. */
export interface ListAnswer<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly totalIsCapped?: boolean;
  readonly page?: number;
  readonly pageSize?: number;
}

export interface Ledger<Q extends object> {
  /** Filters, page, pageSize and sort as the list's route takes them. */
  readonly query: Q;
  /** Filters only. */
  readonly filters: Partial<Q>;
  /** Changes some filters and goes back to page 1. */
  readonly setFilters: (change: Partial<Q>) => void;
  readonly clear: () => void;
  /** Whether a filter differs from its default. */
  readonly filtered: boolean;
  readonly page: number;
  readonly pageSize: number;
  readonly setPage: (page: number, pageSize: number) => void;
  /** 'dueOn' ascending, '-dueOn' descending. */
  readonly sort: string | undefined;
  readonly setSort: (sort: string | undefined) => void;
}

const DEFAULT_SIZE = 50;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? '') === JSON.stringify(b ?? '');

/** One filter out of the address, in the type of its default. */
export function readFilter(params: URLSearchParams, key: string, byDefault: unknown, blanks = false): unknown {
  if (!params.has(key)) return byDefault === '' ? undefined : byDefault;
  if (Array.isArray(byDefault)) return params.getAll(key).filter((value) => blanks || value !== '');
  const text = params.get(key) ?? '';
  if (typeof byDefault === 'number') return text === '' || Number.isNaN(Number(text)) ? undefined : Number(text);
  if (typeof byDefault === 'boolean') return text === 'true';
  return text === '' ? undefined : text;
}

/** The address with one filter set; a value equal to its default leaves the address. */
export function writeFilter(params: URLSearchParams, key: string, value: unknown, byDefault: unknown): void {
  params.delete(key);
  if (same(value, byDefault)) return;
  if (Array.isArray(value)) {
    if (value.length === 0) params.append(key, '');
    for (const each of value) params.append(key, String(each));
  } else params.append(key, value === undefined || value === null ? '' : String(value));
}

/**
 * Filters, paging and sorting kept in the page's address, so that a list can be sent to a colleague and the back
 * button works. `defaults` names every filter with its default ('' or undefined for none); keep it outside the component.
 */
export function useLedger<Q extends object>(
  defaults: Partial<Q>,
  options: {
    readonly sort?: string;
    readonly pageSize?: number;
    /** Lists in which an empty value means records without one; keep it outside the component. */
    readonly blankIn?: readonly (keyof Q & string)[];
  } = {},
): Ledger<Q> {
  const [params, setParams] = useSearchParams();
  const size = options.pageSize ?? DEFAULT_SIZE;
  const { blankIn } = options;
  const entries = useMemo(() => Object.entries(defaults), [defaults]);
  const filters = useMemo(
    () =>
      Object.fromEntries(
        entries.map(
          ([key, value]) => [key, readFilter(params, key, value, blankIn?.includes(key as keyof Q & string))] as const,
        ),
      ) as Partial<Q>,
    [entries, params, blankIn],
  );
  const page = Math.max(1, Number(params.get('page')) || 1);
  const pageSize = Number(params.get('pageSize')) || size;
  const sort = params.get('sort') ?? options.sort;
  const change = useCallback(
    (edit: (next: URLSearchParams) => void) => {
      setParams(
        (old) => {
          const next = new URLSearchParams(old);
          edit(next);
          return next;
        },
        { replace: true },
      );
    },
    [setParams],
  );
  return {
    query: { ...filters, page, pageSize, ...(sort === undefined ? {} : { sort }) } as unknown as Q,
    filters,
    filtered: entries.some(([key, value]) => params.has(key) && !same(readFilter(params, key, value), value)),
    page,
    pageSize,
    sort,
    setFilters: (edit) =>
      change((next) => {
        next.delete('page');
        for (const [key, value] of Object.entries(edit)) {
          writeFilter(next, key, value, (defaults as Record<string, unknown>)[key]);
        }
      }),
    clear: () =>
      change((next) => {
        next.delete('page');
        for (const [key] of entries) next.delete(key);
      }),
    setPage: (nextPage, nextSize) =>
      change((next) => {
        writeFilter(next, 'page', nextPage, 1);
        writeFilter(next, 'pageSize', nextSize, size);
      }),
    setSort: (nextSort) =>
      change((next) => {
        next.delete('page');
        writeFilter(next, 'sort', nextSort, options.sort);
      }),
  };
}

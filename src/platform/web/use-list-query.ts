import { useEffect, useMemo, useRef } from 'react';
import { useSearchParams } from 'react-router';
import { useAsOf } from './use-as-of.ts';
import type { Ledger } from './use-ledger.ts';

/** Opened from the menu (no address of its own), the list shows what is still to be done; the filter can be cleared. */
export function useOpenFirst(key: string, values: readonly string[]): void {
  const [params, setParams] = useSearchParams();
  const fresh = useRef([...params.keys()].length === 0);
  useEffect(() => {
    if (fresh.current)
      setParams(
        values.map((value): [string, string] => [key, value]),
        { replace: true },
      );
    fresh.current = false;
  }, [key, values, setParams]);
}

/** Links from figures may give several values of a filter joined by commas: they become single values. */
export function separated<Q extends object>(query: Q, lists: readonly (keyof Q & string)[]): Q {
  const changed = { ...query } as Record<string, unknown>;
  for (const name of lists) {
    const values = changed[name];
    if (Array.isArray(values)) changed[name] = values.flatMap((value) => String(value).split(','));
  }
  return changed as Q;
}

/**
 * The question that a ledger page puts to the server: filters and paging of the address, the past day of the page.
 * `filters` is the same without paging: for exports and saved views. Keep `lists` outside the component.
 */
export function useListQuery<Q extends object>(ledger: Ledger<Q>, lists: readonly (keyof Q & string)[]) {
  const { day, isPast } = useAsOf();
  const query = useMemo(
    () => separated({ ...ledger.query, ...(isPast ? { asOf: day } : {}) }, lists),
    [ledger.query, isPast, day, lists],
  );
  const { page: _page, pageSize: _size, ...filters } = query as Q & { page?: number; pageSize?: number };
  return { query, filters: filters as Omit<Q, 'page' | 'pageSize'>, isPast };
}

/** Address of a list with filters set; a list of values is repeated. */
export function listAddress(
  path: string,
  query: Readonly<Record<string, readonly string[] | string | null | undefined>>,
): string {
  const params = new URLSearchParams();
  for (const [name, values] of Object.entries(query))
    for (const value of typeof values === 'string' ? [values] : (values ?? [])) params.append(name, value);
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** What a list says when a link narrowed it to one of several governments. */
export const oneGovernment = '一级政府的，不含下级政府';

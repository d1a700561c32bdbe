/** A value that can stand in a query: lists are repeated, empty ones are left out. */
export type QueryValue = string | number | boolean | null | undefined | readonly (string | number | boolean)[];

/** `/api/tasks/:id` with its parameters filled in; throws when one is missing, because that is a programming error. */
export function fillPath(path: string, params: Readonly<Record<string, unknown>> = {}): string {
  return path.replace(/:([A-Za-z]\w*)/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined || value === null || value === '') throw new Error(`missing parameter ${name} of ${path}`);
    return encodeURIComponent(String(value));
  });
}

/**
 * `?a=1&b=2`, or nothing; empty text, null and undefined are left out, keys keep their order. Empty text within a list
 * is a value of its own (records without a sector) and stays.
 */
export function queryText(query: Readonly<Record<string, unknown>> = {}): string {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== undefined && each !== null && (each !== '' || Array.isArray(value))) parts.append(key, String(each));
    }
  }
  const text = parts.toString();
  return text === '' ? '' : `?${text}`;
}

/** Filters of a list, as they stand in its address. */
export type Query = Readonly<Record<string, string | number | readonly string[]>>;

/** Numbers drawn evenly, the same for the same seed. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

export const addressOf = (path: string, query: Query): string =>
  `${path}?${new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
    ),
  )}`;

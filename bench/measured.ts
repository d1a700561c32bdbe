/** One line of the bench's table. */
export interface Measured {
  readonly name: string;
  /** What was measured, as people read it. */
  readonly shown: string;
  /** The limit, as people read it; '—' where a line only informs. */
  readonly limit: string;
  readonly ok: boolean;
}

export const percentile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;

/** A line about times in milliseconds: the 95th percentile counts. */
export const timesWithin = (name: string, times: readonly number[], limit: number): Measured => ({
  name,
  shown: `p95 ${percentile(times, 0.95).toFixed(1)} ms (p50 ${percentile(times, 0.5).toFixed(1)}, longest ${Math.max(...times).toFixed(0)}, n ${times.length})`,
  limit: `p95 ≤ ${limit} ms`,
  ok: percentile(times, 0.95) <= limit,
});

export const atMost = (name: string, value: number, limit: number, unit: string): Measured => ({
  name,
  shown: `${value.toFixed(2)} ${unit}`,
  limit: `≤ ${limit} ${unit}`,
  ok: value <= limit,
});

export const atLeast = (name: string, value: number, limit: number, unit: string): Measured => ({
  name,
  shown: `${value.toFixed(2)} ${unit}`,
  limit: `≥ ${limit} ${unit}`,
  ok: value >= limit,
});

export const asTable = (rows: readonly Measured[]): string =>
  [
    '| what | measured | limit | ok |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.name} | ${row.shown} | ${row.limit} | ${row.ok ? 'yes' : '**no**'} |`),
  ].join('\n');

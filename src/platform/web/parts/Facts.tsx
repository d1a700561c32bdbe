import type { ReactNode } from 'react';

export interface FactRow {
  readonly name: string;
  readonly value: ReactNode;
  /** Takes the whole width: long texts. */
  readonly wide?: boolean;
}

/** The bordered two-column description of one record. Empty values show 「—」. */
export function Facts({ rows, title }: { rows: readonly FactRow[]; title?: string }) {
  return (
    <dl className="g-facts" aria-label={title}>
      {rows.map((row) => (
        <div key={row.name} className={row.wide ? 'g-facts-wide' : undefined}>
          <dt>{row.name}</dt>
          <dd>{row.value === null || row.value === undefined || row.value === '' ? '—' : row.value}</dd>
        </div>
      ))}
    </dl>
  );
}

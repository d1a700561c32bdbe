import type { ReactNode } from 'react';

/** One fact as a page shows it. */
export interface TimelineFact {
  readonly id: string;
  /** ISO instant or day. */
  readonly at: string;
  readonly who: string;
  readonly unit?: string | null;
  readonly says: string;
  readonly opinion?: string | null;
  readonly extra?: ReactNode;
}

const SHANGHAI_MS = 8 * 3_600_000;

/** 2026-11-22 09:40 where the office stands, whatever the person's computer believes; a bare day stays as it is. */
export function momentText(at: string): string {
  const moment = Date.parse(at);
  if (at.length <= 10 || Number.isNaN(moment)) return at;
  return new Date(moment + SHANGHAI_MS).toISOString().slice(0, 16).replace('T', ' ');
}

/** The closed-loop record, newest first whatever the order given; what the system did is in it too. */
export function Timeline({ facts, empty = '还没有办理记录。' }: { facts: readonly TimelineFact[]; empty?: string }) {
  if (facts.length === 0) return <p className="g-quiet">{empty}</p>;
  const newestFirst = facts
    .map((fact, order) => ({ fact, order }))
    .sort((a, b) => b.fact.at.localeCompare(a.fact.at) || b.order - a.order)
    .map(({ fact }) => fact);
  return (
    <ol className="g-timeline" aria-label="办理记录，最近的在前">
      {newestFirst.map((fact) => (
        <li key={fact.id}>
          <p className="g-timeline-head">
            <time dateTime={fact.at}>{momentText(fact.at)}</time>
            <b>{fact.who}</b>
            {fact.unit ? <span className="g-quiet">{fact.unit}</span> : null}
          </p>
          <p>{fact.says}</p>
          {fact.opinion ? <blockquote>{fact.opinion}</blockquote> : null}
          {fact.extra}
        </li>
      ))}
    </ol>
  );
}

export type StatusTone = 'plain' | 'active' | 'waiting' | 'done' | 'stopped' | 'alarm';

/** The stored state of an item in its official word. Lateness is no state: use `<Lamp>` for it. */
export function StatusTag({ tone = 'plain', children }: { tone?: StatusTone; children: string }) {
  return <span className={`g-tag g-tag-${tone}`}>{children}</span>;
}

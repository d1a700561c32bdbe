import type { ReactNode } from 'react';

/** Two panes that scroll on their own (document beside drafts); one below the other on narrow screens. */
export function TwoPane(props: {
  left: ReactNode;
  right: ReactNode;
  leftLabel: string;
  rightLabel: string;
  /** Share of the left pane in percent. */
  leftShare?: number;
}) {
  const share = props.leftShare ?? 50;
  return (
    <div className="g-two" style={{ gridTemplateColumns: `minmax(0, ${share}fr) minmax(0, ${100 - share}fr)` }}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard */}
      <section className="g-two-pane" aria-label={props.leftLabel} tabIndex={0}>
        {props.left}
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a pane that scrolls must be reachable by keyboard */}
      <section className="g-two-pane" aria-label={props.rightLabel} tabIndex={0}>
        {props.right}
      </section>
    </div>
  );
}

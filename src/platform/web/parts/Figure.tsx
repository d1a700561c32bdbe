import { Link } from 'react-router';
import { type LampColour, LampSign } from './Lamp.tsx';

/** A number that opens the list behind it. `note` compares it (「较上周 +3」), `time` says as of when. */
export function Figure(props: {
  name: string;
  value: number | string | null | undefined;
  unit?: string;
  to?: string;
  colour?: LampColour;
  note?: string;
  /** Chosen as a filter on this page. */
  chosen?: boolean;
  onClick?: () => void;
}) {
  const inside = (
    <>
      <span className="g-figure-name">
        {props.colour ? <LampSign colour={props.colour} /> : null}
        {props.name}
      </span>
      <span className="g-figure-value">
        {props.value ?? '—'}
        {props.unit ? <small>{props.unit}</small> : null}
      </span>
      {props.note ? <span className="g-figure-note">{props.note}</span> : null}
    </>
  );
  const name = `g-figure${props.chosen ? ' g-figure-chosen' : ''}${props.colour ? ` g-figure-${props.colour}` : ''}`;
  if (props.to !== undefined) {
    return (
      <Link className={name} to={props.to}>
        {inside}
      </Link>
    );
  }
  if (props.onClick !== undefined) {
    return (
      <button type="button" className={name} aria-pressed={props.chosen ?? false} onClick={props.onClick}>
        {inside}
      </button>
    );
  }
  return <div className={name}>{inside}</div>;
}

/** A row of figures: the strip on top of a board. */
export function FigureStrip({ children, label }: { children: React.ReactNode; label: string }) {
  return (
    <section className="g-strip" aria-label={label}>
      {children}
    </section>
  );
}

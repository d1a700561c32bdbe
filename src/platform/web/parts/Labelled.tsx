import type { ReactNode } from 'react';

/** One control of a form under its label; `must` says that it has to be filled in. `says` helps in small print. */
export function Labelled(props: { id: string; label: string; must?: boolean; says?: ReactNode; children: ReactNode }) {
  return (
    <div className="g-field">
      <label htmlFor={props.id}>
        {props.label}
        {props.must ? <span className="g-must">（必填）</span> : null}
      </label>
      {props.children}
      {props.says ? <p className="g-quiet">{props.says}</p> : null}
    </div>
  );
}

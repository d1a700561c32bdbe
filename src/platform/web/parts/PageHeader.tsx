import { type ReactNode, useEffect } from 'react';
import { useCrumb } from '../crumb.tsx';

/** The page's own title, what it is about, and its main buttons. Sets the window's title and the last crumb too. */
export function PageHeader(props: { title: string; says?: ReactNode; actions?: ReactNode; tag?: ReactNode }) {
  const { setTitle } = useCrumb();
  useEffect(() => {
    setTitle(props.title);
    return () => setTitle(null);
  }, [props.title, setTitle]);
  return (
    <header className="g-page-header">
      <div>
        <h1>
          {props.title} {props.tag}
        </h1>
        {props.says ? <div className="g-quiet">{props.says}</div> : null}
      </div>
      {props.actions ? <div className="g-row">{props.actions}</div> : null}
    </header>
  );
}

/** A white card with a heading. */
export function Card(props: { title?: ReactNode; extra?: ReactNode; children: ReactNode; id?: string }) {
  return (
    <section className="g-card" id={props.id}>
      {props.title || props.extra ? (
        <div className="g-card-head">
          <h2>{props.title}</h2>
          {props.extra}
        </div>
      ) : null}
      {props.children}
    </section>
  );
}

import type { ReactNode } from 'react';

/** One labelled control of a form, with what is wrong with it below. */
export function Field(props: {
  label: string;
  htmlFor?: string;
  required?: boolean;
  wrong?: string | undefined;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <div className="g-field" style={{ marginBottom: 12 }}>
      <label htmlFor={props.htmlFor} style={{ display: 'block', marginBottom: 4 }}>
        {props.label}
        {props.required ? <span aria-hidden="true"> *</span> : null}
      </label>
      {props.children}
      {props.hint ? (
        <p className="g-quiet" style={{ margin: '4px 0 0' }}>
          {props.hint}
        </p>
      ) : null}
      {props.wrong ? (
        <p className="g-wrong" role="alert" style={{ margin: '4px 0 0' }}>
          {props.wrong}
        </p>
      ) : null}
    </div>
  );
}

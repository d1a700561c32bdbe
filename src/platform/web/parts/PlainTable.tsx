import type { Key, ReactNode } from 'react';
import '../case.css';

/** A column of a table that is shown whole, without paging. */
export interface PlainColumn<Row> {
  readonly title: string;
  /** Numbers stand at the right. */
  readonly number?: boolean;
  readonly nowrap?: boolean;
  readonly render: (row: Row, at: number) => ReactNode;
}

/** A short table: it scrolls sideways where it must, and on a phone each row is a card whose lines name their column. */
export function PlainTable<Row>(props: {
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row, at: number) => Key;
}) {
  const classOf = (column: PlainColumn<Row>): string =>
    `${column.number ? 'g-number ' : ''}${column.nowrap ? 'g-nowrap' : ''}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="g-scroll-x" aria-label={props.label} tabIndex={0}>
      <table className="g-plain-table g-stacked">
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.title} scope="col" className={classOf(column)}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row, at) => (
            <tr key={props.rowKey(row, at)}>
              {props.columns.map((column) => (
                <td key={column.title} className={classOf(column)} data-name={column.title}>
                  {column.render(row, at)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

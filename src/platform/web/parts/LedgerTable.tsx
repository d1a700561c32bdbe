import { Button, Checkbox, Pagination, Popover, Table, type TableColumnType } from 'antd';
import { type Key, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefusedError } from '../refused.ts';
import type { Ledger, ListAnswer } from '../use-ledger.ts';
import { RefusalAlert } from './RefusalAlert.tsx';

export interface LedgerColumn<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  readonly width?: number;
  /** The server can sort by `key`. */
  readonly sorts?: boolean;
  /** Not shown until chosen in 「列设置」. */
  readonly hidden?: boolean;
  /** Codes, dates and counts: tabular figures. */
  readonly figures?: boolean;
  readonly align?: 'left' | 'right' | 'center';
  /** At most one fixed column a side. */
  readonly fixed?: 'start' | 'end';
}

/** The part of `useRead` that a ledger shows. */
export interface LedgerRead<Row> {
  readonly data?: ListAnswer<Row> | undefined;
  readonly isFetching: boolean;
  readonly error: RefusedError | null;
  readonly refetch: () => unknown;
}

const VIRTUAL_FROM = 100;
const REACHABLE = 10_000;

function chosenColumns<Row>(name: string, columns: readonly LedgerColumn<Row>[]): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(`guatu.columns.${name}`) ?? 'null');
    if (Array.isArray(kept)) return kept.filter((key): key is string => typeof key === 'string');
  } catch {
    // Unreadable choices are no choices.
  }
  return columns.filter((column) => !column.hidden).map((column) => column.key);
}

function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => window.innerWidth < 768);
  useEffect(() => {
    const look = () => setNarrow(window.innerWidth < 768);
    window.addEventListener('resize', look);
    return () => window.removeEventListener('resize', look);
  }, []);
  return narrow;
}

/**
 * The library repeats every column's title in a hidden row that measures widths; the checkbox of the selection must not
 * be reachable there by keyboard.
 */
function OnlyInHead({ children }: { children: ReactNode }) {
  const place = useRef<HTMLSpanElement>(null);
  const [measured, setMeasured] = useState(false);
  useLayoutEffect(() => setMeasured(place.current?.closest('tr[aria-hidden="true"]') !== null), []);
  return <span ref={place}>{measured ? null : children}</span>;
}

/** 「共 27 条」, or 「超过 10,000 条」 where counting stops. */
export const totalText = (answer: { readonly total: number; readonly totalIsCapped?: boolean } | undefined): string =>
  answer === undefined
    ? '正在统计…'
    : answer.totalIsCapped
      ? `超过 ${answer.total.toLocaleString('en-US')} 条，请用筛选缩小范围`
      : `共 ${answer.total.toLocaleString('en-US')} 条`;

/**
 * The ledger of every room: server paging with total and jump, sorting, column choice (kept per browser under `name`),
 * sticky header, virtual rows above 100, selection, and an empty state in words. Filters stand above it in `<FilterBar>`.
 */
export function LedgerTable<Row extends object, Q extends object>(props: {
  name: string;
  label: string;
  ledger: Ledger<Q>;
  list: LedgerRead<Row>;
  columns: readonly LedgerColumn<Row>[];
  rowKey: (row: Row) => string;
  /** What it means that there is nothing, and what to do. */
  empty: string;
  selection?: { readonly keys: readonly string[]; readonly onChange: (keys: string[], rows: Row[]) => void };
  /** Buttons on the left above the table, such as batch actions. */
  toolbar?: ReactNode;
  /** How a row is shown on a phone instead of the table. */
  card?: (row: Row) => ReactNode;
}) {
  const { ledger, list } = props;
  const [chosen, setChosen] = useState(() => chosenColumns(props.name, props.columns));
  const narrow = useNarrow();
  const rows = (list.data?.rows ?? []) as Row[];
  const choose = (keys: readonly string[]) => {
    setChosen(keys);
    try {
      localStorage.setItem(`guatu.columns.${props.name}`, JSON.stringify(keys));
    } catch {
      // The choice then lasts as long as the page.
    }
  };
  const columns = props.columns
    .filter((column) => chosen.includes(column.key))
    .map(
      (column): TableColumnType<Row> => ({
        key: column.key,
        title: column.title,
        render: (_value, row) => column.render(row),
        ...(column.width === undefined ? {} : { width: column.width }),
        ...(column.align === undefined ? {} : { align: column.align }),
        ...(column.fixed === undefined || narrow ? {} : { fixed: column.fixed }),
        ...(column.figures ? { className: 'g-figures' } : {}),
        ...(column.sorts
          ? {
              sorter: true,
              sortOrder:
                ledger.sort === column.key ? ('ascend' as const) : ledger.sort === `-${column.key}` ? 'descend' : null,
            }
          : {}),
      }),
    );
  const virtual = rows.length > VIRTUAL_FROM;
  const place = useRef<HTMLElement>(null);
  // What scrolls sideways must be reachable by keyboard; the library does not provide for it.
  useEffect(() => {
    for (const box of place.current?.querySelectorAll('.ant-table-content, .ant-table-body') ?? []) {
      if (box.scrollWidth > box.clientWidth) box.setAttribute('tabindex', '0');
      else box.removeAttribute('tabindex');
    }
  });
  const width = columns.reduce((sum, column) => sum + (typeof column.width === 'number' ? column.width : 160), 48);
  const empty = list.error ? '没有读到内容。' : list.data === undefined ? '正在读取…' : props.empty;
  const pagination = (
    <div className="g-ledger-foot">
      <span className="g-figures">{totalText(list.data)}</span>
      <Pagination
        size="small"
        current={ledger.page}
        pageSize={ledger.pageSize}
        total={Math.min(list.data?.total ?? 0, REACHABLE)}
        showSizeChanger={{ 'aria-label': '每页条数' }}
        pageSizeOptions={[20, 50, 100, 200]}
        showQuickJumper={!narrow}
        simple={narrow}
        onChange={ledger.setPage}
      />
    </div>
  );
  return (
    <section ref={place} className="g-ledger" aria-label={props.label} aria-busy={list.isFetching}>
      <RefusalAlert refusal={list.error} onResend={() => list.refetch()} />
      <div className="g-ledger-head">
        <div className="g-row">
          {/* Cards have no boxes to tick, so what acts on ticked rows would be a dead end there. */}
          {narrow && props.card && props.selection ? null : props.toolbar}
          {props.selection && props.selection.keys.length > 0 ? (
            <span className="g-quiet" role="status">
              已选 {props.selection.keys.length} 条
            </span>
          ) : null}
        </div>
        <div className="g-row">
          <span className="g-quiet g-figures" role="status">
            {list.isFetching ? '正在读取…' : totalText(list.data)}
          </span>
          {narrow && props.card ? null : (
            <Popover
              trigger="click"
              placement="bottomRight"
              title="显示哪些列"
              content={
                <Checkbox.Group
                  className="g-columns"
                  value={[...chosen]}
                  options={props.columns.map((column) => ({ label: column.title, value: column.key }))}
                  onChange={(keys) => keys.length > 0 && choose(keys.map(String))}
                />
              }
            >
              <Button size="small">列设置</Button>
            </Popover>
          )}
        </div>
      </div>
      {narrow && props.card ? (
        rows.length === 0 ? (
          <p className="g-empty">{empty}</p>
        ) : (
          <ul className="g-cards">
            {rows.map((row) => (
              <li key={props.rowKey(row)}>{props.card?.(row)}</li>
            ))}
          </ul>
        )
      ) : (
        <Table<Row>
          size="small"
          bordered
          columns={columns}
          dataSource={rows}
          rowKey={props.rowKey}
          pagination={false}
          loading={list.isFetching && list.data === undefined}
          virtual={virtual}
          scroll={virtual ? { x: width, y: Math.max(360, window.innerHeight - 320) } : { x: width }}
          {...(virtual ? {} : { sticky: { offsetHeader: narrow ? 0 : 52 } })}
          {...(props.selection === undefined
            ? {}
            : {
                rowSelection: {
                  selectedRowKeys: [...props.selection.keys],
                  preserveSelectedRowKeys: true,
                  columnWidth: 40,
                  columnTitle: (checkbox: ReactNode) => <OnlyInHead>{checkbox}</OnlyInHead>,
                  onChange: (keys: Key[], chosenRows: Row[]) => props.selection?.onChange(keys.map(String), chosenRows),
                  getTitleCheckboxProps: () => ({ 'aria-label': '选择本页全部' }),
                  getCheckboxProps: (row: Row) => ({ 'aria-label': `选择 ${props.rowKey(row)}` }),
                },
              })}
          onChange={(_page, _filters, sorter, extra) => {
            if (extra.action !== 'sort' || Array.isArray(sorter)) return;
            const key = sorter.columnKey === undefined ? undefined : String(sorter.columnKey);
            ledger.setSort(
              key === undefined || !sorter.order ? undefined : sorter.order === 'descend' ? `-${key}` : key,
            );
          }}
          locale={{ emptyText: <p className="g-empty">{empty}</p> }}
        />
      )}
      {pagination}
    </section>
  );
}

import { Button } from 'antd';
import { type Key, type ReactNode, useState } from 'react';
import type { CaseForm } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { type PlainColumn, PlainTable } from '../../../platform/web/parts/PlainTable.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import './meetings.css';

/** How many are late or missing: red where there are any. */
export const behind = (count: number): ReactNode => (count > 0 ? <span className="g-meet-behind">{count}</span> : 0);

/** The list page of cases of this room: head, the button that makes a new one with its dialog, the table. */
export function CaseList<Row extends { readonly id: Key }, Draft extends object>(props: {
  title: string;
  says: string;
  read: {
    readonly data?: { readonly rows: readonly Row[] } | undefined;
    readonly error: Parameters<typeof RefusalAlert>[0]['refusal'];
    refetch(): unknown;
  };
  columns: readonly PlainColumn<Row>[];
  empty: string;
  /** What the button says; null for whoever may not. */
  make: string | null;
  dialog: {
    readonly form: CaseForm<'all', Draft, null>;
    readonly keep: string;
    readonly subject: string;
    readonly begin: Draft;
    readonly fields: (draft: Draft, change: (part: Partial<Draft>) => void) => ReactNode;
  };
  cardTitle?: string;
  children?: ReactNode;
}) {
  const [makes, setMakes] = useState(false);
  const { read, dialog, make } = props;
  return (
    <>
      <PageHeader
        title={props.title}
        says={props.says}
        actions={
          make === null ? null : (
            <Button type="primary" onClick={() => setMakes(true)}>
              {make}
            </Button>
          )
        }
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      {props.children}
      <Card {...(props.cardTitle ? { title: props.cardTitle } : {})}>
        {read.data && read.data.rows.length === 0 ? (
          <p className="g-empty">{props.empty}</p>
        ) : (
          <PlainTable
            label={props.title}
            columns={props.columns}
            rows={read.data?.rows ?? []}
            rowKey={(row) => row.id}
          />
        )}
      </Card>
      {makes && make !== null ? (
        <CaseDialog<'all', Draft, null>
          form={dialog.form}
          view={null}
          id=""
          keep={dialog.keep}
          word={make}
          subject={dialog.subject}
          begin={dialog.begin}
          fields={dialog.fields}
          onClose={() => setMakes(false)}
          onRefresh={() => void read.refetch()}
        />
      ) : null}
    </>
  );
}

import { Button } from 'antd';
import type { PlainColumn } from './PlainTable.tsx';
import { StatusTag } from './StatusTag.tsx';

/** A rule that holds from one day to another. */
interface Dated {
  readonly id: string;
  readonly name: string;
  readonly fromOn: string;
  readonly toOn: string | null;
}

/** 起止 and 状态 of dated rules, with the button that ends one today for those who may. */
export function datedColumns<Row extends Dated>(of: {
  readonly today: string;
  readonly may: boolean;
  readonly busy: boolean;
  readonly onEnd: (row: Row) => void;
}): { readonly days: PlainColumn<Row>; readonly state: PlainColumn<Row> } {
  const { today, may, busy, onEnd } = of;
  return {
    days: {
      title: '起止',
      render: (row) => <span className="g-figures">{`${row.fromOn} 至 ${row.toOn ?? '今后'}`}</span>,
    },
    state: {
      title: '状态',
      render: (row) => {
        const holds = row.fromOn <= today && (row.toOn === null || today <= row.toOn);
        return (
          <>
            <StatusTag tone={holds ? 'active' : 'stopped'}>
              {holds ? '有效' : row.fromOn > today ? '未生效' : '已停用'}
            </StatusTag>{' '}
            {may && holds ? (
              <Button size="small" aria-label={`今日起停用：${row.name}`} loading={busy} onClick={() => onEnd(row)}>
                今日起停用
              </Button>
            ) : null}
          </>
        );
      },
    },
  };
}

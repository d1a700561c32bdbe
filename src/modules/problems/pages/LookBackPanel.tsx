import { useEffect } from 'react';
import { Link } from 'react-router';
import type { HomeGroup } from '../../../platform/web/parts/HomeGroups.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { LookBackChecks } from './LookBackChecks.tsx';
import { lookBacks } from './look-back-client.ts';
import './figures.css';

/** Lent to the problem's page: look-backs that drew it, and what they found. */
export function LookBackPanel({ problemId }: { problemId: string }) {
  const read = useRead(lookBacks.listChecks, { query: { problem: problemId, pageSize: 20 } });
  const rows = read.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Card
      title="回头看"
      extra={rows.map((row) => (
        <Link key={row.id} to={`/look-backs/${row.lookBackId}`}>
          {row.lookBackNumber}{' '}
        </Link>
      ))}
    >
      <LookBackChecks items={rows} />
    </Card>
  );
}

/** Lent to the home page: tells it which checks await the person; draws nothing itself. */
export function HomeLookBacks({ report }: { report: (room: string, groups: readonly HomeGroup[]) => void }) {
  const read = useRead(
    lookBacks.listChecks,
    { query: { mine: 'checks', state: ['toCheck'], pageSize: 10 } },
    { refreshEvery: 60_000 },
  );
  const { data } = read;
  useEffect(() => {
    if (data)
      report('lookBacks', [
        {
          key: 'lookBackChecks',
          title: '待我核查的回头看',
          hint: '到现场核查，登记结果',
          tone: data.rows.some((row) => row.late) ? 'red' : 'amber',
          total: data.total,
          totalIsCapped: false,
          to: '/look-backs',
          rows: data.rows.map((row) => ({
            id: row.id,
            to: '/look-backs',
            lamp: row.late ? 'red' : 'green',
            lampReason: row.late ? '核查超期' : '',
            number: row.number,
            title: row.title ?? '',
            who: row.unitName,
            tone: 'active',
            state: '待核查',
            due: row.dueOn ?? '',
          })),
        },
      ]);
  }, [data, report]);
  return null;
}

import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { listingLifecycle } from '../lifecycle.ts';
import { ProposeDialog } from './ProposeDialog.tsx';
import { api, stateTone } from './supervision-client.ts';

/** Lent to the problem's page: whether it is listed or must be, and the way to propose it. */
export function ProblemListings({ problemId, view }: { problemId: string; view: { problem: { grade: string } } }) {
  const { may } = useSession();
  const [proposes, setProposes] = useState(false);
  const read = useRead(api.listingsOfProblem, { params: { id: problemId } });
  const { data } = read;
  if (!data || (view.problem.grade !== 'major' && data.listings.length === 0)) return null;
  const propose = may('listing.propose');
  return (
    <Card
      title="挂牌督办"
      extra={
        propose && data.refusedBecause === null ? (
          <Button type="primary" onClick={() => setProposes(true)}>
            提请挂牌
          </Button>
        ) : null
      }
    >
      {data.missing ? (
        <p role="status">
          <StatusTag tone="alarm">应挂牌未挂牌</StatusTag> 按「{data.demandedBy.map((one) => one.name).join('」「')}
          」应当挂牌（
          {data.demandedBy.map((one) => one.basis).join('；')}），定为重大已{data.age}天
          {data.late > 0 ? `，逾期${data.late}天` : ''}。
        </p>
      ) : data.demandedBy.length > 0 ? (
        <p className="g-quiet">按「{data.demandedBy.map((one) => one.name).join('」「')}」应当挂牌，已挂牌。</p>
      ) : null}
      {data.listings.length === 0 && !data.missing ? <p className="g-quiet">还没有挂牌。</p> : null}
      <ul className="g-home-lines">
        {data.listings.map((row) => (
          <li key={row.id} className="g-home-line">
            <Lamp colour={row.lamp} reason={row.lampReason} />
            <Link to={`/listings/${row.id}`}>
              <span className="g-code">{row.number}</span> {row.matter}
            </Link>
            <StatusTag tone={stateTone[row.state]}>{listingLifecycle.states[row.state]}</StatusTag>
            <span className="g-quiet g-figures">{row.noticeNumber ?? row.levelName}</span>
          </li>
        ))}
      </ul>
      {propose && data.refusedBecause !== null && data.listings.length === 0 ? (
        <p className="g-quiet">不能提请：{data.refusedBecause}</p>
      ) : null}
      {proposes ? (
        <ProposeDialog
          problemId={problemId}
          of={data}
          onClose={() => setProposes(false)}
          onRefresh={() => void read.refetch()}
        />
      ) : null}
    </Card>
  );
}

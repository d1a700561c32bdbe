import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { ProposePressure } from './pressures/ProposePressure.tsx';
import { api, type DutyChain } from './supervision-client.ts';
import './supervision.css';

function ChainLink({ link }: { link: DutyChain['links'][number] }) {
  return (
    <Card title={`${link.word}：${link.name}`}>
      {link.people.length > 0 ? <p>{link.people.join('，')}</p> : null}
      {link.says.map((one) => (
        <p key={one}>{one}</p>
      ))}
      {link.records.length > 0 ? (
        <ul className="g-chain-records">
          {link.records.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: records of a chain are read only
            <li key={at}>
              <span className="g-figures">{one.on}</span>　
              {one.to === null ? one.says : <Link to={one.to}>{one.says}</Link>}
            </li>
          ))}
        </ul>
      ) : null}
      {link.asks.length > 0 ? (
        <p className="g-chain-asks">
          <b>要问：</b>
          {link.asks.join('')}
        </p>
      ) : null}
    </Card>
  );
}

/** 责任倒查: from one hazard back to everybody who answers for it; printed as it stands. */
export function DutyChainPage() {
  const { id = '' } = useParams();
  const { may } = useSession();
  const [proposes, setProposes] = useState(false);
  const { data, error } = useRead(api.dutyChain, { params: { id } });
  if (error) return <RefusalAlert refusal={error} />;
  if (!data) return null;
  const { problem } = data;
  return (
    <>
      <PageHeader
        title="责任倒查"
        says={`${problem.number}「${problem.title}」，${problem.foundOn}发现。按${data.day}台账中的记录列出，没有登记的检查不在内；是否失职由人认定。`}
        actions={
          <>
            <Button className="g-no-print" onClick={() => window.print()}>
              打印
            </Button>
            {may('pressure.propose') ? (
              <Button className="g-no-print" type="primary" onClick={() => setProposes(true)}>
                提请督促措施
              </Button>
            ) : null}
          </>
        }
      />
      <p>
        <Link to={`/problems/${problem.id}`}>返回问题</Link>
      </p>
      {data.links.map((link) => (
        <ChainLink key={link.level} link={link} />
      ))}
      {proposes ? (
        <ProposePressure
          unitId={problem.leadUnitId}
          matter={`${problem.title.slice(0, 60)}责任倒查`}
          problemIds={[problem.id]}
          onClose={() => setProposes(false)}
        />
      ) : null}
    </>
  );
}

import { Link } from 'react-router';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import type { ListingView } from './supervision-client.ts';

/** What is supervised, by whom, within which limits. */
export function ListingFacts({ view }: { view: ListingView }) {
  const { listing, problem, decision } = view;
  return (
    <Card title="挂牌事项">
      <Facts
        rows={[
          { name: '隐患单位', value: listing.subject },
          { name: '隐患地点', value: problem.address },
          { name: '责任单位', value: listing.leadUnitName },
          { name: '督办单位', value: listing.supervisingUnitName ?? '安委办' },
          { name: '督办级别', value: listing.levelName },
          { name: '行业领域', value: listing.sector },
          {
            name: '整改时限',
            value: `${problem.dueOn}（与问题的整改时限一致${problem.extensions > 0 ? `，延期${problem.extensions}次，原时限${problem.firstDueOn}` : ''}）`,
          },
          {
            name: '问题状态',
            value: (
              <>
                {problem.stateWord}，<Link to={`/problems/${listing.problemId}`}>{listing.problemNumber}</Link>
              </>
            ),
          },
          { name: '报送方案期限', value: view.planDueOn },
          { name: '现场验收期限', value: listing.acceptanceDueOn },
          ...(view.retryOn ? [{ name: '重新整改时限', value: view.retryOn }] : []),
          {
            name: '提请',
            value: `${listing.proposedOn} ${view.proposedUnitName ?? ''}${listing.proposedByName}：${view.reason}`,
            wide: true,
          },
          ...(decision
            ? [
                {
                  name: '审批',
                  value: `${decision.on} ${decision.byPost ?? ''}${decision.byName}${decision.approved ? '批准' : '不批准'}：${decision.opinion}${decision.recordedByName && decision.recordedByName !== decision.byName ? `（${decision.recordedByName}登记）` : ''}`,
                  wide: true,
                },
              ]
            : []),
          {
            name: '整改要求',
            value: (
              <>
                {view.requirements.map((one, at) => (
                  <div key={one}>
                    {at + 1}. {one}
                  </div>
                ))}
              </>
            ),
            wide: true,
          },
        ]}
      />
    </Card>
  );
}

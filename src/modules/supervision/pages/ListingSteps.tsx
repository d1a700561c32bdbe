import { Steps } from 'antd';
import type { ListingState } from '../lifecycle.ts';
import type { ListingView } from './supervision-client.ts';

const at: Readonly<Record<ListingState, number>> = {
  proposed: 1,
  refused: 1,
  retracted: 1,
  approved: 2,
  listed: 3,
  planFiled: 3,
  rectifying: 4,
  toAccept: 5,
  accepted: 6,
  delisted: 7,
  revoked: 6,
};

/** 提请 → 审批 → 挂牌 → 方案 → 整改 → 验收 → 摘牌, with day and person under each. */
export function ListingSteps({ view }: { view: ListingView }) {
  const { listing } = view;
  const under = (day: string | null | undefined, who?: string | null) => (
    <span className="g-figures">
      {day ?? '—'}
      <br />
      {who ?? ''}
    </span>
  );
  const stopped = ['refused', 'retracted', 'revoked'].includes(listing.state);
  return (
    <Steps
      className="g-steps"
      size="small"
      current={at[listing.state]}
      status={stopped ? 'error' : listing.state === 'delisted' ? 'finish' : 'process'}
      aria-label="办理步骤"
      items={[
        { title: '提请', content: under(listing.proposedOn, listing.proposedByName) },
        {
          title: view.decision && !view.decision.approved ? '不予挂牌' : '审批',
          content: under(view.decision?.on, view.decision?.byName),
        },
        { title: '挂牌', content: under(listing.listedOn) },
        { title: '方案备案', content: under(view.planRecordedOn ?? view.planFiledOn) },
        {
          title: listing.failures > 0 ? `整改（验收不通过${listing.failures}次）` : '整改',
          content: under(view.appliedOn),
        },
        { title: '现场验收', content: under(view.acceptedOn) },
        { title: listing.state === 'revoked' ? '已撤销' : '摘牌', content: under(listing.delistedOn) },
      ]}
    />
  );
}

import { Steps } from 'antd';
import type { PressureState } from '../../pressure-lifecycle.ts';
import { pressureLifecycle } from '../../pressure-lifecycle.ts';
import type { PressureView } from './pressures-client.ts';

const at: Readonly<Record<PressureState, number>> = {
  suggested: 0,
  dismissed: 0,
  proposed: 1,
  refused: 1,
  retracted: 1,
  approved: 2,
  served: 3,
  received: 4,
  replied: 5,
  tracking: 5,
  lifted: 6,
  withdrawn: 5,
};

/** 提请 → 审批 → 送达 → 签收 → 回复或到场 → 承诺跟踪 → 解除, with day and person under each. */
export function PressureSteps({ view }: { view: PressureView }) {
  const { pressure } = view;
  const under = (day: string | null | undefined, who?: string | null) => (
    <span className="g-figures">
      {day ?? '—'}
      <br />
      {who ?? ''}
    </span>
  );
  const stopped = ['dismissed', 'refused', 'retracted', 'withdrawn'].includes(pressure.state);
  return (
    <Steps
      className="g-steps"
      size="small"
      current={at[pressure.state]}
      status={stopped ? 'error' : pressure.state === 'lifted' ? 'finish' : 'process'}
      aria-label="办理步骤"
      items={[
        {
          title: pressure.state === 'dismissed' ? '未采纳' : pressure.ruleName ? '规则提示、提请' : '提请',
          content: under(view.proposedOn ?? pressure.suggestedOn, pressure.proposedByName ?? '规则'),
        },
        {
          title: view.decision && !view.decision.approved ? '不予采取' : '审批',
          content: under(view.decision?.on, view.decision?.byName),
        },
        { title: pressure.kind === 'exposure' ? '发布' : '送达', content: under(pressure.servedOn) },
        { title: '签收', content: under(view.receivedOn, view.receivedByName) },
        { title: pressure.kind === 'interview' ? '到场' : '回复', content: under(pressure.repliedOn) },
        {
          title: '整改承诺',
          content: under(pressure.commitments > 0 ? `${pressure.commitmentsDone}/${pressure.commitments}条办结` : null),
        },
        {
          title: pressure.state === 'withdrawn' ? pressureLifecycle.states.withdrawn : '解除',
          content: under(pressure.endedOn),
        },
      ]}
    />
  );
}

import { Steps } from 'antd';
import { problemLifecycle } from '../lifecycle.ts';
import type { ProblemView } from './problems-client.ts';

/** 登记 → 签收 → 整改 → 复查 → (销号), with day and who under each. */
export function ProblemSteps({ view }: { view: ProblemView }) {
  const { problem } = view;
  const closesApart = problem.grade === 'major' || view.handedDown;
  const at = {
    toReceive: 1,
    disputed: 1,
    underway: 2,
    planned: 2,
    toRecheck: 3,
    toClose: 4,
    closed: 5,
    withdrawn: 5,
    merged: 5,
    unfounded: 5,
  }[problem.state];
  const under = (day: string | null | undefined, who: string | null | undefined) => (
    <span className="g-figures">
      {day ?? '—'}
      <br />
      {who ?? ''}
    </span>
  );
  const ended = problem.state === 'withdrawn' || problem.state === 'merged' || problem.state === 'unfounded';
  return (
    <Steps
      className="g-steps"
      size="small"
      current={at}
      status={ended || problem.state === 'disputed' ? 'error' : problem.state === 'closed' ? 'finish' : 'process'}
      items={[
        { title: '登记', content: under(problem.enteredOn, view.registeredByName) },
        {
          title: problem.state === 'disputed' ? '争议待裁' : '签收',
          content: under(view.receivedOn, problem.leadUnitName),
        },
        {
          title:
            problem.state === 'planned'
              ? '列入治理计划'
              : problem.sentBack > 0
                ? `整改（退回${problem.sentBack}次）`
                : '整改',
          content: under(view.done?.on, view.done?.byName),
        },
        { title: '复查', content: under(view.rechecked?.on, view.rechecked?.byName) },
        {
          title: ended ? problemLifecycle.states[problem.state] : '销号',
          content: under(problem.closedOn, closesApart ? '由安委办销号' : '复查通过即销号'),
        },
      ]}
    />
  );
}

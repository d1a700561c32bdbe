import { Steps } from 'antd';
import { useSession } from '../../../platform/web/session.tsx';
import type { TaskView } from './tasks-client.ts';

/** 交办 → 签收 → 办理 → 提交办结 → 核查办结, with day and unit under each. */
export function TaskSteps({ view }: { view: TaskView }) {
  const { actor } = useSession();
  const { task } = view;
  const at = { toReceive: 1, disputed: 1, underway: 2, suspended: 2, submitted: 4, closed: 5, withdrawn: 5 }[
    task.state
  ];
  const checkedBy = view.facts.find((fact) => fact.kind === 'task.closed');
  const assigned = view.facts.at(-1);
  const under = (day: string | null | undefined, who: string | null | undefined) => (
    <span className="g-figures">
      {day ?? '—'}
      <br />
      {who ?? ''}
    </span>
  );
  return (
    <Steps
      className="g-steps"
      size="small"
      current={at}
      status={
        task.state === 'withdrawn' || task.state === 'disputed'
          ? 'error'
          : task.state === 'closed'
            ? 'finish'
            : 'process'
      }
      aria-label={`办理步骤，${actor?.unitName ?? ''}`}
      items={[
        { title: '交办', content: under(assigned?.day, assigned?.unitName ?? assigned?.actorName) },
        { title: task.state === 'disputed' ? '争议待裁' : '签收', content: under(view.receivedOn, task.leadUnitName) },
        {
          title:
            task.state === 'suspended'
              ? '办理（已暂停）'
              : view.sentBack > 0
                ? `办理（退回${view.sentBack}次）`
                : '办理',
          content: under(view.progress[0]?.day, view.progress[0] ? `进度${Math.round(task.percent)}%` : '还没有填报'),
        },
        { title: '提交办结', content: under(view.submittedOn, task.leadUnitName) },
        {
          title: task.state === 'withdrawn' ? '已撤回' : '核查办结',
          content: under(task.closedOn, checkedBy ? (checkedBy.unitName ?? checkedBy.actorName) : null),
        },
      ]}
    />
  );
}

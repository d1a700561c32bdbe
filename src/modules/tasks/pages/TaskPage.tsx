import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { Slot } from '../../../platform/web/slot.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { type TaskAction, taskLifecycle } from '../lifecycle.ts';
import { ActionDialog } from './ActionDialog.tsx';
import { TaskDeadlines } from './TaskDeadlines.tsx';
import { TaskFacts } from './TaskFacts.tsx';
import { TaskSteps } from './TaskSteps.tsx';
import { TaskWork } from './TaskWork.tsx';
import { api, sourceAddress, stateTone, type TaskView, taskPanels } from './tasks-client.ts';

/** The actions in the order of use; the one that leads on comes first and blue. */
const leading: readonly TaskAction[] = [
  'approveExtension',
  'refuseExtension',
  'receive',
  'coReceive',
  'report',
  'recordOccurrence',
  'submit',
  'pass',
  'sendBack',
];

function Source({ view }: { view: TaskView }) {
  const { origin } = view;
  const address = sourceAddress(origin);
  return (
    <Card title="来源" extra={address ? <Link to={address}>在方案原文中查看</Link> : null}>
      <p className="g-quiet">
        {[origin.planTitle, ...(origin.path ?? []), origin.address].filter(Boolean).join(' › ') ||
          (origin.matter ? null : origin.kind === 'split' ? '由上一级任务分办' : '手工交办')}
        {origin.matter ? (
          <>
            由{origin.matter.word}交办：
            <Link to={origin.matter.page}>
              {origin.matter.number} {origin.matter.title}
            </Link>
          </>
        ) : null}
      </p>
      <blockquote className="g-source">{origin.sentence || view.text || view.task.title}</blockquote>
    </Card>
  );
}

/** One task: where it comes from, how it stands and why, who is next, what may be done and why not, all that happened. */
export function TaskPage() {
  const { id = '' } = useParams();
  const read = useRead(api.viewTask, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<TaskAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const { task } = view;
  return (
    <>
      <PageHeader
        title={task.title}
        tag={<StatusTag tone={stateTone[task.state]}>{taskLifecycle.states[task.state]}</StatusTag>}
        says={<span className="g-code">{task.number}</span>}
      />
      <Card>
        <div className="g-case-head">
          <Lamp colour={task.lamp} reason={view.lampSentence} />
          <span>
            下一步：<b>{view.nextStep}</b>
          </span>
        </div>
        <TaskSteps view={view} />
        <CaseActions
          offers={view.offers}
          leading={leading}
          grave={['withdraw']}
          onChoose={(name) => setAction(name as TaskAction)}
        />
      </Card>
      <div className="g-case-columns">
        <div>
          <Source view={view} />
          <TaskFacts view={view} />
          <TaskDeadlines view={view} />
          <TaskWork view={view} />
          <Slot of={taskPanels} with={{ taskId: task.id, planId: task.planId }} />
        </div>
        <CaseRecord facts={view.facts} />
      </div>
      {action === null ? null : (
        <ActionDialog
          key={action}
          action={action}
          view={view}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}

import { Button } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { Slot } from '../../../platform/web/slot.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { type ProblemAction, problemLifecycle } from '../lifecycle.ts';
import { ActionDialog } from './ActionDialog.tsx';
import { ProblemFacts } from './ProblemFacts.tsx';
import { ProblemFive, ProblemJudgement } from './ProblemJudgement.tsx';
import { ProblemPhotos } from './ProblemPhotos.tsx';
import { ProblemSteps } from './ProblemSteps.tsx';
import { ProblemProgress, ProblemRequests } from './ProblemWork.tsx';
import './problems.css';
import { api, problemPanels, stateTone } from './problems-client.ts';

/** The actions in the order of use; the one that leads on comes first and blue. */
const leading: readonly ProblemAction[] = [
  'approveExtension',
  'approveWithdrawal',
  'approveMerge',
  'approveUnfounded',
  'approvePlan',
  'refuseRequest',
  'settleKeep',
  'settleMove',
  'close',
  'refuseClose',
  'passRecheck',
  'failRecheck',
  'receive',
  'reportDone',
  'report',
];

/** One problem: what was found and where, how it stands and why, who is next, what may be done and why not, all that happened. */
export function ProblemPage() {
  const { id = '' } = useParams();
  const read = useRead(api.viewProblem, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<ProblemAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const { problem } = view;
  return (
    <>
      <PageHeader
        title={problem.title}
        tag={
          <>
            <StatusTag tone={stateTone[problem.state]}>{problemLifecycle.states[problem.state]}</StatusTag>{' '}
            {problem.grade === 'major' ? <StatusTag tone="alarm">重大</StatusTag> : null}{' '}
            {problem.listed ? <StatusTag tone="alarm">挂牌督办</StatusTag> : null}{' '}
            {problem.cycle > 1 ? <StatusTag tone="waiting">{`重新打开${problem.cycle - 1}次`}</StatusTag> : null}{' '}
            {problem.onSpot ? <StatusTag>立查立改</StatusTag> : null}
          </>
        }
        says={<span className="g-code">{problem.number}</span>}
        actions={
          <Button className="g-no-print" onClick={() => window.print()}>
            打印
          </Button>
        }
      />
      <Card>
        <div className="g-case-head">
          <Lamp colour={problem.lamp} reason={view.lampSentence} />
          <span>
            下一步：<b>{view.nextStep}</b>
          </span>
        </div>
        <ProblemSteps view={view} />
        <div className="g-no-print">
          <CaseActions
            offers={view.offers}
            leading={leading}
            grave={['askWithdrawal', 'reopen']}
            onChoose={(name) => setAction(name as ProblemAction)}
          />
        </div>
      </Card>
      <div className="g-case-columns">
        <div>
          <ProblemFacts view={view} />
          <ProblemPhotos view={view} />
          <ProblemJudgement view={view} />
          <ProblemFive view={view} />
          <ProblemRequests view={view} />
          <ProblemProgress view={view} />
          <Slot of={problemPanels} with={{ problemId: problem.id, view }} />
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

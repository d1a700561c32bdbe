import { useState } from 'react';
import { Link, useParams } from 'react-router';
import '../../../../platform/web/case.css';
import { CaseActions } from '../../../../platform/web/parts/CaseActions.tsx';
import { CaseDialog } from '../../../../platform/web/parts/CaseDialog.tsx';
import { CaseRecord } from '../../../../platform/web/parts/CaseRecord.tsx';
import { Lamp } from '../../../../platform/web/parts/Lamp.tsx';
import { Card, PageHeader } from '../../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../../platform/web/session.tsx';
import { useRead } from '../../../../platform/web/use-read.ts';
import { IssuedDocuments } from '../../../letters/pages/IssuedDocuments.tsx';
import { type PressureAction, pressureLifecycle } from '../../pressure-lifecycle.ts';
import '../supervision.css';
import { PressureFacts } from './PressureFacts.tsx';
import { PressureFields } from './PressureFields.tsx';
import { PressureGround } from './PressureGround.tsx';
import { PressureSteps } from './PressureSteps.tsx';
import { PressureWork } from './PressureWork.tsx';
import { beginDraft, pressureForms } from './pressure-forms.ts';
import { api, stateTone, stateWord } from './pressures-client.ts';

/** The actions in the order of use; the one that leads on comes first and blue. */
const leading: readonly PressureAction[] = [
  'takeUp',
  'dismiss',
  'approve',
  'refuse',
  'serve',
  'receive',
  'attend',
  'reply',
  'commit',
  'lift',
  'returnReply',
  'urge',
  'note',
];

/** One measure: how it stands and why, its ground, its documents, what was written and promised. */
export function PressurePage() {
  const { id = '' } = useParams();
  const { today, actor } = useSession();
  const read = useRead(api.viewPressure, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<PressureAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const { pressure } = view;
  return (
    <>
      <PageHeader
        title={`${pressure.kindWord}：${pressure.matter}`}
        tag={
          <>
            <StatusTag tone={stateTone[pressure.state]}>
              {stateWord(pressure.kind, pressure.state, pressureLifecycle.states)}
            </StatusTag>{' '}
            {pressure.restricted ? <StatusTag tone="alarm">限知悉范围</StatusTag> : null}
          </>
        }
        says={
          <span className="g-listing-says">
            <span className="g-code">{pressure.number}</span>
            {pressure.documentNumber ? `　${pressure.documentNumber}` : ''}　{pressure.unitName}
          </span>
        }
      />
      <Card>
        <div className="g-case-head">
          <Lamp colour={pressure.lamp} reason={pressure.lampReason} />
          <span>
            下一步：<b>{view.nextStep}</b>
          </span>
        </div>
        <PressureSteps view={view} />
        <div className="g-no-print">
          <CaseActions
            offers={view.offers}
            leading={leading}
            grave={['dismiss', 'refuse', 'retract', 'withdraw']}
            onChoose={(name) => setAction(name as PressureAction)}
          />
        </div>
      </Card>
      {view.ladder.length > 1 ? (
        <Card title="递进层级">
          <ol className="g-pressure-ladder">
            {view.ladder.map((rung) => (
              <li key={rung.id} aria-current={rung.id === pressure.id ? 'step' : undefined}>
                <Link to={`/pressures/${rung.id}`}>
                  {rung.kindWord} <span className="g-code">{rung.number}</span>
                </Link>{' '}
                <StatusTag tone={stateTone[rung.state]}>{pressureLifecycle.states[rung.state]}</StatusTag>
              </li>
            ))}
          </ol>
        </Card>
      ) : null}
      <div className="g-case-columns">
        <div>
          <PressureGround view={view} />
          <PressureFacts view={view} />
          <PressureWork view={view} />
          {pressure.kind === 'exposure' ? null : (
            <IssuedDocuments documents={view.documents} none="还没有印发公文。批准之后由安委办印发送达。" />
          )}
        </div>
        <CaseRecord facts={view.facts} />
      </div>
      {action === null ? null : (
        <CaseDialog
          key={action}
          form={pressureForms[action]}
          view={view}
          id={pressure.id}
          keep={`pressure.${action}.${pressure.id}`}
          word={pressureLifecycle.actions[action]}
          subject={`${pressure.number} ${pressure.matter}`}
          begin={beginDraft(action, view, today, actor?.name ?? '')}
          fields={(draft, change) => (
            <PressureFields form={pressureForms[action]} view={view} draft={draft} onChange={change} />
          )}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}

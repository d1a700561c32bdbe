import { Input, Modal } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { Timeline } from '../../../platform/web/parts/Timeline.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { type MeasureAction, measureKindWords, measureLifecycle } from '../measure.ts';
import { MeasureForm } from './MeasureForm.tsx';
import { type MeasureView, measures, measureTone } from './measures-client.ts';
import './figures.css';

type Step = Exclude<MeasureAction, 'amend' | 'issue'>;
const leading = ['issue', 'propose', 'study', 'progress', 'resume', 'amend', 'sendBack', 'defer', 'revoke'];

/** 梳理: the empty form. */
export function MeasureNewPage() {
  return (
    <>
      <PageHeader title="梳理制度措施" says="写清要解决什么、谁牵头、怎么解决；由哪些问题引出，可以关联上。" />
      <MeasureForm view={null} onDone={() => undefined} />
    </>
  );
}

/** One measure: what it is about, the problems behind it, what is to be done next, its record. */
export function MeasurePage() {
  const { id = '' } = useParams();
  const read = useRead(measures.viewMeasure, { params: { id } }, { keepFormer: false });
  const [open, setOpen] = useState<string | null>(null);
  if (read.error) return <RefusalAlert refusal={read.error} />;
  if (!read.data) return <p className="g-loading">正在读取…</p>;
  const view = read.data;
  const { measure } = view;
  if (open === 'amend') return <MeasureForm view={view} onDone={() => setOpen(null)} />;
  const close = (): void => setOpen(null);
  return (
    <>
      <PageHeader
        title={`${measure.number} ${measure.title}`}
        tag={<StatusTag tone={measureTone[measure.state]}>{measureLifecycle.states[measure.state]}</StatusTag>}
        says={measure.late ? <b className="g-lamp-text-red">研究时限 {measure.dueOn} 已过</b> : undefined}
      />
      {view.offers.length > 0 && !measureLifecycle.final.includes(measure.state) ? (
        <Card title="办理">
          <CaseActions offers={view.offers} leading={leading} grave={['revoke']} onChoose={setOpen} />
        </Card>
      ) : null}
      <Card title="事项">
        <Facts
          rows={[
            { name: '类别', value: measureKindWords[measure.kind] },
            { name: '行业领域', value: measure.sector },
            { name: '牵头单位', value: measure.leadUnitName },
            { name: '责任人', value: measure.personName },
            { name: '配合单位', value: measure.coUnitNames.join('、') },
            { name: '研究时限', value: measure.dueOn },
            { name: '梳理', value: `${measure.sortedOn} ${view.sortedByName}` },
            {
              name: '出台文件',
              value: measure.documentTitle
                ? `${measure.documentTitle}${measure.documentNumber ? `（${measure.documentNumber}）` : ''} ${measure.issuedOn ?? ''}`
                : null,
            },
            { name: '需要研究的内容', value: <span className="g-pre">{view.text}</span>, wide: true },
            { name: '措施建议', value: measure.proposal, wide: true },
          ]}
        />
      </Card>
      {view.problems.length > 0 ? (
        <Card title={`由这些问题引出（${view.problems.length}）`}>
          <ul className="f-steps">
            {view.problems.map((problem) => (
              <li key={problem.id}>
                <Link to={`/problems/${problem.id}`}>
                  {problem.number} {problem.title}
                </Link>{' '}
                <span className="g-quiet">
                  {problem.leadUnitName} · {problem.state}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      <Card title="办理记录">
        <Timeline
          facts={view.facts.map((fact, at) => ({
            id: String(at),
            at: fact.at,
            who: fact.actorName,
            unit: fact.unitName,
            says: fact.says,
          }))}
        />
      </Card>
      {open === 'issue' ? <IssueDialog view={view} onClose={close} onRefresh={() => read.refetch()} /> : null}
      {open !== null && open !== 'issue' ? (
        <StepDialog view={view} action={open as Step} onClose={close} onRefresh={() => read.refetch()} />
      ) : null}
    </>
  );
}

interface DialogProps {
  view: MeasureView;
  onClose: () => void;
  onRefresh: () => void;
}

function StepDialog({ view, action, onClose, onRefresh }: DialogProps & { action: Step }) {
  const [text, setText] = useState('');
  const acting = useAct(measures.stepMeasure, { onDone: onClose });
  const word = measureLifecycle.actions[action];
  const needed = ['progress', 'propose', 'sendBack', 'defer', 'resume', 'revoke'].includes(action);
  return (
    <Modal
      open
      title={`${word}：${view.measure.title}`}
      okText={`确认${word}`}
      cancelText="返回"
      okButtonProps={{ danger: action === 'revoke' }}
      confirmLoading={acting.busy}
      mask={{ closable: false }}
      onOk={() =>
        void acting.act({ params: { id: view.measure.id }, body: { version: view.measure.version, action, text } })
      }
      onCancel={onClose}
    >
      <Labelled
        id="step-text"
        label={['sendBack', 'defer', 'resume', 'revoke'].includes(action) ? '原因' : '内容'}
        must={needed}
      >
        <Input.TextArea
          id="step-text"
          maxLength={2000}
          autoSize={{ minRows: 3, maxRows: 8 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Labelled>
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} onRefresh={onRefresh} />
    </Modal>
  );
}

function IssueDialog({ view, onClose, onRefresh }: DialogProps) {
  const { today } = useSession();
  const [documentTitle, setTitle] = useState('');
  const [documentNumber, setNumber] = useState('');
  const [issuedOn, setDay] = useState<string | null>(today);
  const acting = useAct(measures.issueMeasure, { onDone: onClose });
  return (
    <Modal
      open
      title={`登记出台：${view.measure.title}`}
      okText="登记出台"
      cancelText="返回"
      confirmLoading={acting.busy}
      mask={{ closable: false }}
      onOk={() =>
        void acting.act({
          params: { id: view.measure.id },
          body: { version: view.measure.version, documentTitle, documentNumber, issuedOn: issuedOn ?? '' },
        })
      }
      onCancel={onClose}
    >
      <Labelled id="issue-title" label="文件名称" must>
        <Input
          id="issue-title"
          maxLength={200}
          value={documentTitle}
          onChange={(event) => setTitle(event.target.value)}
        />
      </Labelled>
      <Labelled id="issue-number" label="文号">
        <Input
          id="issue-number"
          maxLength={60}
          value={documentNumber}
          onChange={(event) => setNumber(event.target.value)}
        />
      </Labelled>
      <Labelled id="issue-day" label="出台日期" must>
        <DayPicker id="issue-day" label="出台日期" value={issuedOn} to={today} onChange={setDay} />
      </Labelled>
      <RefusalAlert refusal={acting.refusal} onResend={() => void acting.resend()} onRefresh={onRefresh} />
    </Modal>
  );
}

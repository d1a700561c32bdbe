import { Checkbox } from 'antd';
import { useState } from 'react';
import { useParams } from 'react-router';
import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { IssuedDocuments } from '../../letters/pages/IssuedDocuments.tsx';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { type RequestAction, requestLifecycle } from '../request-lifecycle.ts';
import { CaseFrame, TaskLink } from './CaseFrame.tsx';
import { DayField, Under, Words } from './fields.tsx';
import { type RequestView, requestsOf, requestTone } from './meetings-client.ts';
import { type MatterDraft, MatterFields } from './RequestsPage.tsx';

interface Draft extends MatterDraft {
  readonly reason: string;
  readonly instruction: string;
  readonly name: string;
  readonly post: string;
  readonly on: string | null;
  readonly works: boolean;
  readonly leadUnitId: string | null;
  readonly work: string;
  readonly dueOn: string | null;
  readonly outcome: string;
}
type Form = CaseForm<'matter' | 'reason' | 'instruction' | 'outcome', Draft, RequestView>;
const version = (view: RequestView) => ({ version: view.version });
const reasoned = (draft: Draft, view: RequestView) => ({ ...version(view), reason: draft.reason });

const forms: Readonly<Record<RequestAction, Form>> = {
  supplementRequest: {
    fields: ['matter'],
    call: call(requestsOf.supplementRequest),
    body: ({ title, situation, proposal, answerBy }, view) => ({
      ...version(view),
      title,
      situation,
      proposal,
      answerBy,
    }),
    wide: true,
  },
  returnRequest: { fields: ['reason'], call: call(requestsOf.returnRequest), body: reasoned },
  recordInstruction: {
    fields: ['instruction'],
    call: call(requestsOf.recordInstruction),
    body: (draft, view) => ({
      ...version(view),
      instruction: draft.instruction,
      by: draft.name.trim() === '' ? null : { name: draft.name, post: draft.post, on: draft.on ?? '' },
      work: draft.works ? { leadUnitId: draft.leadUnitId, coUnitIds: [], text: draft.work, dueOn: draft.dueOn } : null,
    }),
    wide: true,
    says: '分管领导本人批示的，批示人就是本人；由安委办登记的，写明哪位领导、何时、何意见。',
  },
  reportOutcome: {
    fields: ['outcome'],
    call: call(requestsOf.reportOutcome),
    body: (draft, view) => ({ ...version(view), outcome: draft.outcome }),
  },
  withdrawRequest: { fields: ['reason'], call: call(requestsOf.withdrawRequest), body: reasoned, danger: true },
};

function InstructionFields({
  draft,
  change,
  askedOn,
}: {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  askedOn: string;
}) {
  const { today, actor } = useSession();
  return (
    <>
      <Words
        label="批示内容"
        must
        rows={3}
        max={2000}
        value={draft.instruction}
        onChange={(instruction) => change({ instruction })}
      />
      {actor?.roles.includes('leader') ? null : (
        <>
          <Words label="批示领导姓名" must max={30} value={draft.name} onChange={(name) => change({ name })} />
          <Words label="职务" must max={40} value={draft.post} onChange={(post) => change({ post })} />
          <DayField
            label="批示日期"
            must
            from={askedOn}
            to={today}
            value={draft.on}
            onChange={(on) => change({ on })}
          />
        </>
      )}
      <Checkbox checked={draft.works} onChange={(event) => change({ works: event.target.checked })}>
        要求单位办理，下达任务
      </Checkbox>
      {draft.works ? (
        <>
          <Words label="要办的事" must rows={2} value={draft.work} onChange={(work) => change({ work })} />
          <Under label="牵头单位" must>
            {(id) => (
              <UnitPicker
                id={id}
                label="牵头单位"
                value={draft.leadUnitId}
                onChange={(leadUnitId) => change({ leadUnitId })}
              />
            )}
          </Under>
          <DayField label="完成时限" must from={today} value={draft.dueOn} onChange={(dueOn) => change({ dueOn })} />
        </>
      ) : null}
    </>
  );
}

/** One request: what was asked, what was answered, what became of it. */
export function RequestPage() {
  const { id = '' } = useParams();
  const { today } = useSession();
  const read = useRead(requestsOf.viewRequest, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<RequestAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  return (
    <>
      <CaseFrame
        title={view.title}
        tone={requestTone[view.state]}
        state={requestLifecycle.states[view.state]}
        says={<span className="g-code">{view.number}</span>}
        nextStep={view.nextStep}
        offers={view.offers}
        leading={['recordInstruction', 'supplementRequest', 'reportOutcome', 'returnRequest']}
        grave={['withdrawRequest']}
        onChoose={(name) => setAction(name as RequestAction)}
        facts={view.facts}
      >
        <Card title="请示">
          <Facts
            rows={[
              { name: '请示单位', value: `${view.unitName}（${view.askedByName}）` },
              { name: '请示日期', value: view.on },
              { name: '文号', value: view.paperNumber },
              { name: '希望答复', value: view.answerBy },
              { name: '基本情况', value: view.situation, wide: true },
              { name: '有关建议', value: view.proposal, wide: true },
            ]}
          />
        </Card>
        {view.instruction ? (
          <Card title="批示">
            <Facts
              rows={[
                { name: '批示领导', value: `${view.instructedPost ?? ''}${view.instructedBy ?? ''}` },
                { name: '批示日期', value: view.instructedOn },
                { name: '批示内容', value: view.instruction, wide: true },
                ...(view.recordedByName && view.recordedByName !== view.instructedBy
                  ? [{ name: '登记人', value: view.recordedByName }]
                  : []),
                ...(view.tasks.length > 0
                  ? [
                      {
                        name: '交办任务',
                        value: view.tasks.map((task) => (
                          <div key={task.id}>
                            <TaskLink task={task} /> {task.leadUnitName}，{task.dueOn ?? '时限待定'}
                          </div>
                        )),
                        wide: true,
                      },
                    ]
                  : []),
                ...(view.outcome
                  ? [{ name: '落实情况', value: `${view.outcomeOn ?? ''} ${view.outcome}`, wide: true }]
                  : []),
              ]}
            />
          </Card>
        ) : null}
        <IssuedDocuments documents={view.documents} none="还没有印制。" />
      </CaseFrame>
      {action === null ? null : (
        <CaseDialog<'matter' | 'reason' | 'instruction' | 'outcome', Draft, RequestView>
          key={action}
          form={forms[action]}
          view={view}
          id={view.id}
          keep={`request.${action}.${view.id}`}
          word={requestLifecycle.actions[action]}
          subject={`${view.number} ${view.title}`}
          begin={{
            title: view.title,
            situation: view.situation,
            proposal: view.proposal,
            answerBy: view.answerBy,
            reason: '',
            instruction: '',
            name: '',
            post: '',
            on: today,
            works: false,
            leadUnitId: null,
            work: '',
            dueOn: null,
            outcome: '',
          }}
          fields={(draft, change) => {
            const [field] = forms[action].fields;
            if (field === 'matter') return <MatterFields draft={draft} onChange={change} />;
            if (field === 'reason')
              return (
                <Words label="原因" must rows={3} value={draft.reason} onChange={(reason) => change({ reason })} />
              );
            if (field === 'outcome')
              return (
                <Words
                  label="落实情况"
                  must
                  rows={4}
                  max={2000}
                  value={draft.outcome}
                  onChange={(outcome) => change({ outcome })}
                />
              );
            return <InstructionFields draft={draft} change={change} askedOn={view.on} />;
          }}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}

import { useState } from 'react';
import { useParams } from 'react-router';
import { filesApi } from '../../../platform/files/api.ts';
import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import { client } from '../../../platform/web/client.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { IssuedDocuments } from '../../letters/pages/IssuedDocuments.tsx';
import { type LetterAction, letterLifecycle } from '../letter-lifecycle.ts';
import { relationWords } from '../responsibility.ts';
import { targetWords } from '../shapes.ts';
import { CaseFrame } from './CaseFrame.tsx';
import { DayField, Words } from './fields.tsx';
import { type LetterDraft, LetterFields, letterText } from './LetterFields.tsx';
import { duties, type LetterView, letterTone } from './meetings-client.ts';

const files = client(filesApi);
type Field = 'text' | 'signing' | 'reason' | 'nothing';
type Form = CaseForm<Field, LetterDraft, LetterView>;
const version = (view: LetterView) => ({ version: view.version });
const reasoned = (draft: LetterDraft, view: LetterView) => ({ ...version(view), reason: draft.reason });

const forms: Readonly<Record<LetterAction, Form>> = {
  editLetter: {
    fields: ['text'],
    call: call(duties.editLetter),
    body: (draft, view) => ({ ...version(view), ...letterText(draft) }),
    wide: true,
    says: '修改之后要重新印制。',
  },
  printLetter: {
    fields: ['nothing'],
    call: call(duties.printLetter),
    body: (_, view) => version(view),
    says: '将编号印制，供双方签字。',
  },
  signLetter: {
    fields: ['signing'],
    call: call(duties.signLetter),
    body: (draft, view) => ({
      ...version(view),
      signedOn: draft.signedOn ?? '',
      signerA: draft.signerA,
      signerB: draft.signerB,
      fileIds: draft.fileIds,
    }),
    says: '目标从登记签订这一天起进入考核。',
  },
  endLetter: { fields: ['reason'], call: call(duties.endLetter), body: reasoned, danger: true },
  withdrawLetter: { fields: ['reason'], call: call(duties.withdrawLetter), body: reasoned, danger: true },
};

/** One responsibility letter: parties, targets, the scan that was signed. */
export function LetterPage() {
  const { id = '' } = useParams();
  const { today } = useSession();
  const read = useRead(duties.viewLetter, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<LetterAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const scans = view.files.filter((file) => view.signedFileIds.includes(file.id));
  const party = (one: LetterView['partyA']) => `${one.unitName}　${one.signer}（${one.post}）`;
  return (
    <>
      <CaseFrame
        title={`${view.title}（${view.partyB.unitName}）`}
        tone={letterTone[view.state]}
        state={letterLifecycle.states[view.state]}
        says={<span className="g-code">{view.number}</span>}
        nextStep={view.nextStep}
        offers={view.offers}
        leading={['printLetter', 'signLetter', 'editLetter']}
        grave={['endLetter', 'withdrawLetter']}
        onChoose={(name) => setAction(name as LetterAction)}
        facts={view.facts}
      >
        <Card title="责任书">
          <Facts
            rows={[
              { name: '年度', value: view.year },
              { name: '由谁与谁签订', value: relationWords[view.relation] },
              { name: '甲方', value: party(view.partyA), wide: true },
              { name: '乙方', value: party(view.partyB), wide: true },
              { name: '印制文号', value: view.paperNumber },
              { name: '签订日期', value: view.signedOn },
              ...(view.duties.length > 0
                ? [{ name: '乙方职责', value: view.duties.map((one) => <div key={one}>{one}</div>), wide: true }]
                : []),
            ]}
          />
          {scans.length > 0 ? (
            <FileList
              files={scans.map((file) => ({
                id: file.id,
                name: file.name,
                size: file.size,
                href: files.openFile.address({ params: { id: file.id } }),
              }))}
            />
          ) : null}
        </Card>
        <Card title={`目标（${view.targets.length}项）`}>
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <thead>
                <tr>
                  <th scope="col">目标</th>
                  <th scope="col">类别</th>
                  <th scope="col" className="g-num">
                    要求
                  </th>
                </tr>
              </thead>
              <tbody>
                {view.targets.map((one) => (
                  <tr key={one.name}>
                    <td>{one.name}</td>
                    <td>{targetWords[one.kind]}</td>
                    <td className="g-num g-figures">
                      {one.bound === 'atMost' ? '不超过' : '不低于'} {one.value}
                      {one.unit}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
        <IssuedDocuments documents={view.documents} none="还没有印制。" />
      </CaseFrame>
      {action === null ? null : (
        <CaseDialog<Field, LetterDraft, LetterView>
          key={action}
          form={forms[action]}
          view={view}
          id={view.id}
          keep={`letter.${action}.${view.id}`}
          word={letterLifecycle.actions[action]}
          subject={`${view.number} ${view.partyB.unitName}`}
          begin={{
            relation: view.relation,
            title: view.title,
            year: view.year,
            partyA: view.partyA,
            partyB: view.partyB,
            targets: view.targets,
            duties: view.duties.join('\n'),
            signedOn: today,
            signerA: view.partyA.signer,
            signerB: view.partyB.signer,
            reason: '',
            fileIds: [],
          }}
          fields={(draft, change) => {
            const [field] = forms[action].fields;
            if (field === 'text') return <LetterFields draft={draft} onChange={change} />;
            if (field === 'reason')
              return (
                <Words label="原因" must rows={3} value={draft.reason} onChange={(reason) => change({ reason })} />
              );
            if (field === 'nothing') return null;
            return (
              <>
                <DayField
                  label="签订日期"
                  must
                  to={today}
                  value={draft.signedOn}
                  onChange={(signedOn) => change({ signedOn })}
                />
                <Words label="甲方签字人" must value={draft.signerA} onChange={(signerA) => change({ signerA })} />
                <Words label="乙方签字人" must value={draft.signerB} onChange={(signerB) => change({ signerB })} />
                <EvidenceField
                  itemKind="responsibilityLetter"
                  itemId={view.id}
                  label="双方签字的扫描件"
                  hint="扫描件或照片"
                  files={view.files}
                  chosen={draft.fileIds}
                  onChange={(fileIds) => change({ fileIds })}
                />
              </>
            );
          }}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}

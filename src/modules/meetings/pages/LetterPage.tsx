import { InputNumber } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { filesApi } from '../../../platform/files/api.ts';
import { type CaseForm, caseCall as call } from '../../../platform/web/case-form.ts';
import { client } from '../../../platform/web/client.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { type PlainColumn, PlainTable } from '../../../platform/web/parts/PlainTable.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { listAddress } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { IssuedDocuments } from '../../letters/pages/IssuedDocuments.tsx';
import { type LetterAction, letterLifecycle } from '../letter-lifecycle.ts';
import { relationWords } from '../responsibility.ts';
import { isComputed } from '../shapes.ts';
import { CaseFrame } from './CaseFrame.tsx';
import { Choose, DayField, Under, Words } from './fields.tsx';
import { type LetterDraft, LetterFields, letterText } from './LetterFields.tsx';
import { duties, type LetterView, letterTone } from './meetings-client.ts';

const files = client(filesApi);
const asFile = (file: { readonly id: string; readonly name: string; readonly size: number }) => ({
  id: file.id,
  name: file.name,
  size: file.size,
  href: files.openFile.address({ params: { id: file.id } }),
});
type Field = 'text' | 'signing' | 'result' | 'reason' | 'nothing';
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
  recordResult: {
    fields: ['result'],
    call: call(duties.recordTargetResult),
    body: (draft, view) => ({
      ...version(view),
      target: draft.target ?? -1,
      value: draft.value ?? -1,
      upTo: draft.upTo ?? '',
      note: draft.note,
      fileIds: draft.fileIds,
    }),
    says: '只登记系统算不出的目标。登记人、日期和证明材料公开显示，以前登记的保留；考核时注明是人工登记。',
  },
  endLetter: { fields: ['reason'], call: call(duties.endLetter), body: reasoned, danger: true },
  withdrawLetter: { fields: ['reason'], call: call(duties.withdrawLetter), body: reasoned, danger: true },
};

const metTone = { true: 'done', false: 'alarm', null: 'waiting' } as const;
const metWords = { true: '达到', false: '没有达到', null: '无结果' } as const;

/** What or who says where a target stands, with the lists or the evidence. */
function From({ standing, files: all }: { standing: LetterView['standings'][number]; files: LetterView['files'] }) {
  const proofs = all.filter((file) => standing.fileIds.includes(file.id));
  return (
    <>
      {standing.says}
      {standing.note ? `（${standing.note}）` : ''}
      {standing.parts.length > 0 ? (
        <div className="g-meeting-parts">
          {standing.parts.map((part) => (
            <span key={part.word}>
              {part.word} {part.to ? <Link to={listAddress(part.to, part.query)}>{part.count}</Link> : part.count}
            </span>
          ))}
        </div>
      ) : null}
      {proofs.length > 0 ? <FileList files={proofs.map(asFile)} /> : null}
    </>
  );
}

/** What is asked and, once the letter is signed, how far each target is. */
function targetColumns(view: LetterView): readonly PlainColumn<LetterView['targets'][number]>[] {
  const shown = (at: number) => view.standings[at];
  const asked: readonly PlainColumn<LetterView['targets'][number]>[] = [
    { title: '目标', render: (one) => one.name },
    {
      title: '要求',
      nowrap: true,
      render: (one) => `${one.bound === 'atMost' ? '不超过' : '不低于'}${one.value}${one.unit}`,
    },
  ];
  if (view.standings.length === 0)
    return [...asked, { title: '结果', render: (one) => (isComputed(one.kind) ? '系统计算' : '人工登记') }];
  return [
    ...asked,
    {
      title: '现在',
      nowrap: true,
      render: (one, at) => {
        const value = shown(at)?.value ?? null;
        return value === null ? '—' : `${value}${one.unit}`;
      },
    },
    {
      title: '是否达到',
      render: (_, at) => {
        const met = String(shown(at)?.met ?? null) as keyof typeof metTone;
        return <StatusTag tone={metTone[met]}>{metWords[met]}</StatusTag>;
      },
    },
    {
      title: '从哪里来',
      render: (_, at) => {
        const standing = shown(at);
        return standing ? <From standing={standing} files={view.files} /> : '—';
      },
    },
  ];
}

/** One responsibility letter: parties, targets and how far they are, the scan that was signed. */
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
  const byHand = view.targets.flatMap((one, at) =>
    isComputed(one.kind) ? [] : [{ value: String(at), label: `${one.name}（${one.unit}）` }],
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
        leading={['printLetter', 'signLetter', 'editLetter', 'recordResult']}
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
          {scans.length > 0 ? <FileList files={scans.map(asFile)} /> : null}
        </Card>
        <Card title={`目标（${view.targets.length}项）`}>
          <PlainTable label="目标" columns={targetColumns(view)} rows={view.targets} rowKey={(target) => target.name} />
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
            target: byHand.length === 1 ? Number(byHand[0]?.value) : null,
            value: null,
            upTo: today,
            note: '',
          }}
          fields={(draft, change) => {
            const [field] = forms[action].fields;
            if (field === 'text') return <LetterFields draft={draft} onChange={change} />;
            if (field === 'reason')
              return (
                <Words label="原因" must rows={3} value={draft.reason} onChange={(reason) => change({ reason })} />
              );
            if (field === 'nothing') return null;
            if (field === 'result')
              return (
                <>
                  <Choose
                    label="哪一项目标"
                    must
                    value={draft.target === null ? '' : String(draft.target)}
                    options={[{ value: '', label: '请选择' }, ...byHand]}
                    onChange={(target) => change({ target: target === '' ? null : Number(target) })}
                  />
                  <Under label="结果" must says="按目标的单位填数字，如 320、96.5">
                    {(id) => (
                      <InputNumber
                        id={id}
                        min={0}
                        value={draft.value}
                        onChange={(value) => change({ value })}
                        style={{ width: '100%' }}
                      />
                    )}
                  </Under>
                  <DayField
                    label="截至哪一天"
                    must
                    to={today}
                    value={draft.upTo}
                    onChange={(upTo) => change({ upTo })}
                  />
                  <Words label="说明" max={300} value={draft.note} onChange={(note) => change({ note })} />
                  <EvidenceField
                    itemKind="responsibilityLetter"
                    itemId={view.id}
                    label="证明材料"
                    hint="签到表、记录、照片等"
                    files={view.files.filter((file) => !view.signedFileIds.includes(file.id))}
                    chosen={draft.fileIds}
                    onChange={(fileIds) => change({ fileIds })}
                  />
                </>
              );
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

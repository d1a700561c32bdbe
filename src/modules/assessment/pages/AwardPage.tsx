import { Button, Input, Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { useParams } from 'react-router';
import { caseCall } from '../../../platform/web/case-form.ts';
import { ActDialog } from '../../../platform/web/parts/ActDialog.tsx';
import { TextField } from '../../../platform/web/parts/TextField.tsx';
import '../../../platform/web/case.css';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { EvidenceField } from '../../../platform/web/parts/EvidenceField.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAct } from '../../../platform/web/use-act.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { UnitPicker } from '../../units/pages/UnitPicker.tsx';
import { awardKinds, type NomineeKind, nomineeKindCodes, nomineeKinds, nomineeStates } from '../award.ts';
import { type AwardAction, awardLifecycle } from '../award-lifecycle.ts';
import './assessment.css';
import { type AwardView, awards, awardTone, files, type NomineeLine, nomineeTone } from './assessment-client.ts';
import { PlainDialog } from './PlainDialog.tsx';

const leading: readonly AwardAction[] = ['nominate', 'closeNominating', 'showNominees', 'decideAward'];
type Open = { readonly action: AwardAction; readonly nominee: NomineeLine | null };

/** One round: its candidates with what the check for vetoes says, and what comes next. */
export function AwardPage() {
  const { id = '' } = useParams();
  const read = useRead(awards.viewAward, { params: { id } }, { keepFormer: false });
  const [open, setOpen] = useState<Open | null>(null);
  const award = read.data;
  if (!award)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  return (
    <>
      <PageHeader
        title={award.title}
        tag={<StatusTag tone={awardTone[award.state]}>{awardLifecycle.states[award.state]}</StatusTag>}
        says={
          <>
            <span className="g-code">{award.number}</span>　{awardKinds[award.kind]}　依据：{award.basis}
          </>
        }
      />
      <Card>
        <p>
          下一步：<b>{award.nextStep}</b>
          {award.state === 'nominating' ? `（推荐至${award.nominateUntil}）` : ''}
          {award.state === 'awardShown' ? `（公示至${award.showUntil}）` : ''}
        </p>
        <p className="a-text">评选条件：{award.criteria}</p>
        <p className="g-quiet">
          {award.from}至{award.to}所在单位有已认定的一票否决情形的，不能通过
          {award.quota === null ? '' : `；名额${award.quota}个`}
          {award.decidedOn === null ? '' : `；${award.decidedByName}于${award.decidedOn}作出决定`}
          {award.endedWhy === null ? '' : `；终止原因：${award.endedWhy}`}。
        </p>
        <div className="g-no-print">
          <CaseActions
            offers={award.offers}
            leading={leading}
            grave={['dropAward']}
            onChoose={(action) => setOpen({ action: action as AwardAction, nominee: null })}
          />
        </div>
      </Card>
      <div className="g-case-columns">
        <div>
          <Card title={award.state === 'decided' ? '名单' : '推荐对象'}>
            {award.nominees.length === 0 ? (
              <p className="g-empty">还没有您能看到的推荐对象。</p>
            ) : (
              <ul className="a-lines">
                {award.nominees.map((one) => (
                  <Candidate
                    key={one.key}
                    award={award}
                    nominee={one}
                    onAct={(action) => setOpen({ action, nominee: one })}
                  />
                ))}
              </ul>
            )}
          </Card>
          {award.objections.length > 0 ? (
            <Card title={`异议（${award.objections.length}）`}>
              <ul className="a-rules">
                {award.objections.map((one) => (
                  <li key={`${one.on}${one.text}`}>
                    {one.on} {one.unitName ?? ''}
                    {one.byName}对{one.about}：{one.text}
                  </li>
                ))}
              </ul>
            </Card>
          ) : null}
        </div>
        {award.facts.length > 0 ? <CaseRecord facts={award.facts} /> : null}
      </div>
      {open ? <Act award={award} open={open} onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function Candidate(props: { award: AwardView; nominee: NomineeLine; onAct: (action: AwardAction) => void }) {
  const { nominee } = props;
  const known = props.award.files.filter((file) => nominee.fileIds.includes(file.id));
  return (
    <li>
      <div className="a-line-head">
        <span>
          <b>{nominee.name}</b>
          {nominee.post === '' ? '' : `　${nominee.post}`}
          {nominee.kind === 'unit' ? '' : `　${nominee.unitName}`}{' '}
          <StatusTag tone={nomineeTone[nominee.state]}>{nomineeStates[nominee.state]}</StatusTag>{' '}
          {nominee.vetoed ? <StatusTag tone="alarm">一票否决</StatusTag> : null}
        </span>
        <span className="g-quiet">{nomineeKinds[nominee.kind]}</span>
      </div>
      <p className="a-text">{nominee.deeds}</p>
      {known.length > 0 ? (
        <p>
          {known.map((file) => (
            <a key={file.id} className="a-proof" href={files.openFile.address({ params: { id: file.id } })}>
              {file.name}
            </a>
          ))}
        </p>
      ) : null}
      {nominee.check === null ? null : (
        <p className={nominee.vetoed ? 'g-wrong' : 'g-quiet'}>
          否决核查：{nominee.check}
          {nominee.grades === null ? '' : `；本年度考核：${nominee.grades}`}。
        </p>
      )}
      {nominee.opinion === '' ? null : (
        <p>
          {nominee.reviewedByName === null ? '' : `${nominee.reviewedByName}审查：`}
          {nominee.opinion}
        </p>
      )}
      <p className="g-quiet">
        {nominee.byName}于{nominee.on}推荐
      </p>
      <div className="g-row g-no-print">
        {nominee.offers
          .filter((offer) => offer.may && (nominee.state === 'proposed' || nominee.state === 'passed'))
          .filter((offer) => offer.action !== 'exclude' || nominee.state === 'passed')
          .map((offer) => (
            <Button key={offer.action} size="small" onClick={() => props.onAct(offer.action as AwardAction)}>
              {offer.action === 'reviewNominee' && nominee.state === 'passed' ? '重新审查' : offer.label}
            </Button>
          ))}
      </div>
    </li>
  );
}

const plain: Readonly<Partial<Record<AwardAction, { says: string; label?: string; danger?: true }>>> = {
  withdrawNominee: { says: '撤回后还可以重新推荐。', label: '原因' },
  closeNominating: { says: '截止之后不能再推荐，转入审查。' },
  showNominees: { says: '向全部单位公示通过审查的名单，接受异议；公示期从今天算起。' },
  exclude: { says: '移出的对象和原因保留在记录里。', label: '原因' },
  decideAward: { says: '决定前再核查一次一票否决；决定后名单记入名册，不再改动。' },
  dropAward: { says: '终止后不能恢复。', label: '原因', danger: true },
  object: { says: '异议由安委办核查处理。', label: '异议的内容' },
};
const calls = {
  withdrawNominee: caseCall(awards.withdrawNominee),
  closeNominating: caseCall(awards.closeNominating),
  showNominees: caseCall(awards.showNominees),
  exclude: caseCall(awards.excludeNominee),
  decideAward: caseCall(awards.decideAward),
  dropAward: caseCall(awards.dropAward),
  object: caseCall(awards.objectToAward),
} as const;

function Act({ award, open, onClose }: { award: AwardView; open: Open; onClose: () => void }) {
  const { action, nominee } = open;
  if (action === 'nominate') return <Nominate award={award} onClose={onClose} />;
  if (action === 'reviewNominee')
    return nominee === null ? null : <ReviewNominee award={award} nominee={nominee} onClose={onClose} />;
  const form = plain[action];
  const word = awardLifecycle.actions[action];
  const about = nominee === null ? award.title : nominee.name;
  const key = nominee?.key ?? null;
  return (
    <PlainDialog
      title={`${word}：${about}`}
      okText={`确认${word}`}
      says={form?.says}
      {...(form?.label ? { label: form.label } : {})}
      danger={form?.danger === true}
      call={calls[action]}
      params={{ id: award.id }}
      body={(text) =>
        action === 'object'
          ? { key, text }
          : {
              version: award.version,
              ...(key === null ? {} : { key }),
              ...(form?.label ? { reason: text } : {}),
            }
      }
      onClose={onClose}
    />
  );
}

function Nominate({ award, onClose }: { award: AwardView; onClose: () => void }) {
  const id = useId();
  const { actor } = useSession();
  const office = (actor?.roles ?? []).includes('officer');
  const [kind, setKind] = useState<NomineeKind>(award.kind === 'creation' ? 'place' : 'unit');
  const [unitId, setUnitId] = useState<string | null>(office ? null : (actor?.unitId ?? null));
  const [name, setName] = useState('');
  const [post, setPost] = useState('');
  const [deeds, setDeeds] = useState('');
  const [fileIds, setFileIds] = useState<string[]>([]);
  const acting = useAct(awards.nominate, { onDone: onClose });
  const send = () =>
    void acting.act({
      params: { id: award.id },
      body: {
        version: award.version,
        kind,
        unitId: unitId ?? '00000000-0000-0000-0000-000000000000',
        name,
        post,
        deeds,
        fileIds,
      },
    });
  return (
    <ActDialog
      title={`推荐申报：${award.title}`}
      okText="推荐"
      width={620}
      acting={acting}
      onSend={send}
      onClose={onClose}
    >
      <div className="a-pair">
        <Labelled id={`${id}-kind`} label="推荐什么" must>
          <Select
            id={`${id}-kind`}
            aria-label="推荐什么"
            className="a-wide"
            value={kind}
            options={nomineeKindCodes.map((value) => ({ value, label: nomineeKinds[value] }))}
            onChange={setKind}
          />
        </Labelled>
        <Labelled id={`${id}-unit`} label={kind === 'unit' ? '单位' : '所在单位'} must>
          <UnitPicker id={`${id}-unit`} label="单位" disabled={!office} value={unitId} onChange={setUnitId} />
        </Labelled>
      </div>
      {kind === 'unit' ? null : (
        <div className="a-pair">
          <Labelled id={`${id}-name`} label={kind === 'person' ? '姓名' : '创建对象（道路、工地、区域等）'} must>
            <Input id={`${id}-name`} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
          </Labelled>
          {kind === 'person' ? (
            <Labelled id={`${id}-post`} label="职务">
              <Input id={`${id}-post`} maxLength={60} value={post} onChange={(event) => setPost(event.target.value)} />
            </Labelled>
          ) : null}
        </div>
      )}
      <TextField label="主要事迹、创建情况" rows={4} maxLength={2000} value={deeds} onChange={setDeeds} />
      <EvidenceField
        itemKind="award"
        itemId={award.id}
        label="证明材料"
        files={award.files}
        chosen={fileIds}
        onChange={setFileIds}
      />
    </ActDialog>
  );
}

function ReviewNominee(props: { award: AwardView; nominee: NomineeLine; onClose: () => void }) {
  const { award, nominee } = props;
  const [pass, setPass] = useState(!nominee.vetoed);
  const [opinion, setOpinion] = useState('');
  const acting = useAct(awards.reviewNominee, { onDone: props.onClose });
  return (
    <ActDialog
      title={`审查：${nominee.name}`}
      okText="确认审查结果"
      acting={acting}
      onSend={() =>
        void acting.act({
          params: { id: award.id },
          body: { version: award.version, key: nominee.key, pass, opinion },
        })
      }
      onClose={props.onClose}
    >
      <p className={nominee.vetoed ? 'g-wrong' : ''} role="status">
        否决核查：{nominee.check}。
      </p>
      {nominee.grades === null ? null : <p className="g-quiet">本年度考核：{nominee.grades}。</p>}
      <Radio.Group
        aria-label="审查结果"
        value={pass}
        options={[
          { value: true, label: '通过', disabled: nominee.vetoed },
          { value: false, label: '不予通过' },
        ]}
        onChange={(event) => setPass(event.target.value === true)}
      />
      <TextField label="审查意见" value={opinion} onChange={setOpinion} />
    </ActDialog>
  );
}

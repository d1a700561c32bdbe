import { Input } from 'antd';
import { useId, useState } from 'react';
import { Link, useParams } from 'react-router';
import '../../../platform/web/case.css';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { CaseRecord } from '../../../platform/web/parts/CaseRecord.tsx';
import { DownloadButton } from '../../../platform/web/parts/DownloadButton.tsx';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { IssuedDocuments } from '../../letters/pages/IssuedDocuments.tsx';
import { type BulletinAction, bulletinLifecycle } from '../lifecycle.ts';
import { Body } from './Body.tsx';
import { type BulletinDraft, bulletinForms, emptyDraft } from './bulletin-forms.ts';
import './bulletins.css';
import { api, type BulletinView, files, stateTone } from './bulletins-client.ts';
import { Editor } from './Editor.tsx';

const labels = { opinion: '意见', reason: '理由', channel: '在哪里公开（网站、公众号、报纸等）' } as const;

function Fields(props: {
  action: Exclude<BulletinAction, 'edit'>;
  draft: BulletinDraft;
  onChange: (part: Partial<BulletinDraft>) => void;
}) {
  const id = useId();
  return (
    <>
      {bulletinForms[props.action].fields.map((field) => (
        <Labelled key={field} id={`${id}-${field}`} label={labels[field]} must>
          <Input.TextArea
            id={`${id}-${field}`}
            rows={field === 'channel' ? 1 : 3}
            maxLength={field === 'channel' ? 100 : 500}
            value={props.draft[field]}
            onChange={(event) => props.onChange({ [field]: event.target.value })}
          />
        </Labelled>
      ))}
    </>
  );
}

function Files({ view }: { view: BulletinView }) {
  const { id, state } = view.bulletin;
  const issued = ['issued', 'toPublish', 'published'].includes(state);
  return (
    <>
      {issued ? (
        <IssuedDocuments documents={view.documents} none="还没有印发。" />
      ) : (
        <Card title="草稿文件">
          <div className="g-row">
            <DownloadButton call={api.draftDocument} input={{ params: { id } }} label="草稿 Word" />
            <DownloadButton call={api.draftPdf} input={{ params: { id } }} label="草稿 PDF" />
          </div>
        </Card>
      )}
      <Card title="附件">
        {issued && view.files.length > 0 ? (
          <FileList
            files={view.files.map((file) => ({
              id: file.id,
              name: file.name,
              size: file.size,
              href: files.openFile.address({ params: { id: file.id } }),
            }))}
          />
        ) : (
          <div className="g-row">
            <DownloadButton call={api.openAnnex} input={{ params: { id, key: 'units' } }} label="各单位情况" />
            <DownloadButton call={api.openAnnex} input={{ params: { id, key: 'overdue' } }} label="逾期最长事项" />
            <DownloadButton call={api.openAnnex} input={{ params: { id, key: 'filings' } }} label="迟报缺报清单" />
          </div>
        )}
      </Card>
    </>
  );
}

/** One bulletin: its words with the figures that open their lists, or the draft beside its snapshot. */
export function BulletinPage() {
  const { id = '' } = useParams();
  const read = useRead(api.viewBulletin, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<BulletinAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const { bulletin, snapshot } = view;
  return (
    <>
      <PageHeader
        title={bulletin.title}
        tag={<StatusTag tone={stateTone[bulletin.state]}>{bulletinLifecycle.states[bulletin.state]}</StatusTag>}
        says={
          <>
            <span className="g-code">{bulletin.number}</span>
            {bulletin.documentNumber ? `　第${bulletin.issue}期　${bulletin.documentNumber}` : ''}　数据截至{view.day}
            ，校验值 <span className="g-code">{snapshot.sha256.slice(0, 16)}</span>
          </>
        }
        actions={<Link to={`/bulletins/${bulletin.id}/print`}>打印页</Link>}
      />
      {snapshot.sealed ? null : (
        <p className="g-bulletin-broken" role="alert">
          快照与封存时的不一致，不能继续办理，请立即核查。
        </p>
      )}
      <Card>
        {bulletin.submittedByName ? (
          <p className="g-quiet">
            {bulletin.submittedByName}
            {view.submittedOn}送审
            {bulletin.approvedByName ? `；${bulletin.approvedByName}${view.approvedOn}批准，意见：${view.opinion}` : ''}
            {bulletin.issuedOn ? `；${bulletin.issuedOn}印发` : ''}
          </p>
        ) : null}
        {view.publishAsked ? (
          <p className="g-quiet">
            {view.publishAsked.name}
            {view.publishAsked.on}申请在{view.publishAsked.channel}公开：{view.publishAsked.reason}
            {bulletin.publishedOn ? `；${view.publishedByName}${bulletin.publishedOn}批准` : ''}
          </p>
        ) : null}
        {bulletin.state === 'submitted' && view.dropped.length > 0 ? (
          <p>
            <b>初稿里有、现在文字里没有的数字：</b>
            {view.dropped.join('、')}。表格仍照快照全部列出。
          </p>
        ) : null}
        {view.flaws.length > 0 ? (
          <ul className="g-bulletin-broken">
            {view.flaws.map((flaw) => (
              <li key={flaw.says}>{flaw.says}</li>
            ))}
          </ul>
        ) : null}
        <CaseActions
          offers={view.offers}
          leading={['submit', 'approve', 'issue', 'edit', 'approvePublish', 'askPublish', 'sendBack', 'takeBack']}
          grave={['void', 'sendBack', 'refusePublish']}
          onChoose={(name) => setAction(name as BulletinAction)}
        />
      </Card>
      {action === 'edit' ? (
        <Editor key={bulletin.version} view={view} onDone={() => setAction(null)} />
      ) : (
        <div className="g-case-columns">
          <Card>
            <Body view={view} />
          </Card>
          <div>
            <Files view={view} />
            <CaseRecord facts={view.facts} />
          </div>
        </div>
      )}
      {action === null || action === 'edit' ? null : (
        <CaseDialog
          key={action}
          form={bulletinForms[action]}
          view={view}
          id={bulletin.id}
          keep={`bulletin.${action}.${bulletin.id}`}
          word={bulletinLifecycle.actions[action]}
          subject={bulletin.title}
          begin={emptyDraft}
          fields={(draft, change) => <Fields action={action} draft={draft} onChange={change} />}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}

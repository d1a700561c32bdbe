import { Input } from 'antd';
import { useId, useState } from 'react';
import { Link, useParams } from 'react-router';
import { filesApi } from '../../../platform/files/api.ts';
import '../../../platform/web/case.css';
import { client } from '../../../platform/web/client.ts';
import { CaseActions } from '../../../platform/web/parts/CaseActions.tsx';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { DayPicker } from '../../../platform/web/parts/DayPicker.tsx';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Labelled } from '../../../platform/web/parts/Labelled.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { listAddress } from '../../../platform/web/use-list-query.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { standingWords } from '../filing.ts';
import { type FilingAction, filingLifecycle } from '../lifecycle.ts';
import { FilledFields } from './FilledFields.tsx';
import './filings.css';
import { beginDraft, type FilingDraft, filingForms } from './filing-forms.ts';
import { api, clock, type FilingView, type Filled, standingTone } from './filings-client.ts';
import { StoryList } from './Stories.tsx';

const files = client(filesApi);

function Known({ figures }: { figures: FilingView['versions'][number]['known'] }) {
  if (figures.length === 0) return <p className="g-quiet">这份报送没有要由系统计算的数字。</p>;
  return (
    <dl className="g-known">
      {figures.map((one) => (
        <div key={one.key}>
          <dt>{one.word}</dt>
          <dd>
            <Link to={listAddress(`/${one.of}`, one.query)}>{one.count}</Link>
          </dd>
        </div>
      ))}
    </dl>
  );
}

const inWords = (value: Filled['values'][string] | undefined): string =>
  value === null || value === undefined || value === ''
    ? '—'
    : value === true
      ? '是'
      : value === false
        ? '否'
        : String(value);

function Version({ view, at }: { view: FilingView; at: number }) {
  const one = view.versions[at];
  if (!one) return null;
  return (
    <Card
      title={at === 0 ? '报送内容' : `原报内容（第${one.no}次）`}
      extra={<span className="g-quiet g-figures">{clock(one.at)}</span>}
    >
      <p className="g-quiet">
        {one.byName}
        {one.reason ? `，更正理由：${one.reason}` : ''}
      </p>
      {view.rhythm.fields.length > 0 ? (
        <table className="g-plain-table g-filled">
          <tbody>
            {view.rhythm.fields.map((field) => (
              <tr key={field.key}>
                <th scope="row">{field.label}</th>
                <td>
                  {inWords(one.filled.values[field.key])}
                  {field.unit}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {one.filled.narrative ? <p style={{ whiteSpace: 'pre-wrap' }}>{one.filled.narrative}</p> : null}
      <StoryList word="典型案例" stories={one.filled.cases} />
      <StoryList word="经验做法" stories={one.filled.practices} />
      {one.filled.fileIds?.length ? (
        <>
          <h3>附件</h3>
          <FileList
            files={view.files
              .filter((file) => one.filled.fileIds?.includes(file.id))
              .map((file) => ({ ...file, href: files.openFile.address({ params: { id: file.id } }) }))}
          />
        </>
      ) : null}
      <h3>系统计算并锁定的数字</h3>
      <Known figures={one.known} />
      <p className="g-quiet">
        锁定于{clock(one.at)}，校验值 <span className="g-code">{one.knownSha256.slice(0, 16)}</span>
      </p>
    </Card>
  );
}

function Fields(props: {
  action: FilingAction;
  view: FilingView;
  draft: FilingDraft;
  onChange: (part: Partial<FilingDraft>) => void;
}) {
  const id = useId();
  const { fields } = filingForms[props.action];
  return (
    <>
      {fields.includes('filled') ? (
        <FilledFields
          rhythm={props.view.rhythm}
          id={props.view.filing.id}
          files={props.view.files}
          draft={props.draft.filled}
          onChange={(filled) => props.onChange({ filled })}
        />
      ) : null}
      {fields.includes('reason') ? (
        <Labelled id={`${id}-reason`} label="理由" must>
          <Input.TextArea
            id={`${id}-reason`}
            rows={3}
            maxLength={500}
            value={props.draft.reason}
            onChange={(event) => props.onChange({ reason: event.target.value })}
          />
        </Labelled>
      ) : null}
      {fields.includes('newHour') ? (
        <div className="g-row">
          <Labelled id={`${id}-due`} label="最晚哪一天重新报送" must>
            <DayPicker
              id={`${id}-due`}
              label="最晚哪一天重新报送"
              value={props.draft.dueOn}
              onChange={(dueOn) => props.onChange({ dueOn })}
            />
          </Labelled>
          <Labelled id={`${id}-hour`} label="几点前" must>
            <Input
              id={`${id}-hour`}
              style={{ width: 100 }}
              value={props.draft.hour}
              onChange={(event) => props.onChange({ hour: event.target.value })}
            />
          </Labelled>
        </div>
      ) : null}
    </>
  );
}

/** One report of one unit: what it filled in, what the product worked out and locked, every version. */
export function FilingPage() {
  const { id = '' } = useParams();
  const { today } = useSession();
  const read = useRead(api.viewReport, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<FilingAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const { filing } = view;
  return (
    <>
      <PageHeader
        title={`${filing.rhythmName}（${filing.periodWords}）`}
        tag={<StatusTag tone={standingTone[filing.standing]}>{standingWords[filing.standing]}</StatusTag>}
        says={
          <>
            <span className="g-code">{filing.number}</span>　{filing.unitName}报{filing.receiver}，
            <span className="g-figures">{clock(filing.dueAt)}</span>前；依据：{view.rhythm.basis}
          </>
        }
      />
      <Card>
        <CaseActions
          offers={view.offers}
          leading={['file', 'amend', 'returnReport', 'exempt', 'demand']}
          grave={['returnReport']}
          onChoose={(name) => setAction(name as FilingAction)}
        />
      </Card>
      {view.now ? (
        <Card title="系统计算的数字（报送时按当时的情况锁定，不能改）">
          <Known figures={view.now} />
        </Card>
      ) : null}
      {view.versions.map((one, at) => (
        <Version key={one.no} view={view} at={at} />
      ))}
      {view.turns.length > 0 ? (
        <Card title="经过">
          <ul className="g-entries">
            {view.turns.map((one) => (
              <li key={one.at + one.kind}>
                <span className="g-figures">{clock(one.at)}</span> {one.byName} {one.word}
                {one.reason ? `：${one.reason}` : ''}
                {one.dueAt ? `（${clock(one.dueAt)}前重新报送）` : ''}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {action === null ? null : (
        <CaseDialog
          key={action}
          form={filingForms[action]}
          view={view}
          id={filing.id}
          keep={`filing.${action}.${filing.id}`}
          word={filingLifecycle.actions[action]}
          subject={`${filing.number} ${filing.rhythmName}`}
          begin={beginDraft(view, today)}
          fields={(draft, change) => <Fields action={action} view={view} draft={draft} onChange={change} />}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}

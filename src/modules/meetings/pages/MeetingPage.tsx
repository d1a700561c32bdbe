import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { filesApi } from '../../../platform/files/api.ts';
import { client } from '../../../platform/web/client.ts';
import { CaseDialog } from '../../../platform/web/parts/CaseDialog.tsx';
import { Facts } from '../../../platform/web/parts/Facts.tsx';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { IssuedDocuments } from '../../letters/pages/IssuedDocuments.tsx';
import { type MeetingAction, meetingLifecycle } from '../lifecycle.ts';
import { attendanceOf } from '../meeting.ts';
import { comingWords } from '../shapes.ts';
import { CaseFrame, TaskLink } from './CaseFrame.tsx';
import { MeetingFields } from './MeetingFields.tsx';
import { beginDraft, meetingForms } from './meeting-forms.ts';
import { api, type MeetingView, meetingTone } from './meetings-client.ts';

const files = client(filesApi);

function People({ view }: { view: MeetingView }) {
  const { asked, came, leave, absent } = attendanceOf(view.attendees);
  return (
    <Card
      title={
        view.heldOn ? `参会人员（应到${asked}，实到${came}，请假${leave}，缺席${absent}）` : `参会人员（${asked}人）`
      }
    >
      <div className="g-scroll-x">
        <table className="g-plain-table">
          <thead>
            <tr>
              <th scope="col">单位</th>
              <th scope="col">姓名</th>
              <th scope="col">职务</th>
              {view.heldOn ? <th scope="col">到会情况</th> : null}
            </tr>
          </thead>
          <tbody>
            {view.attendees.map((one) => (
              <tr key={`${one.unitName}${one.name}`}>
                <td>{one.unitName}</td>
                <td>{one.name || '—'}</td>
                <td>{one.post || '—'}</td>
                {view.heldOn ? (
                  <td>
                    {one.came ? comingWords[one.came] : '—'}
                    {one.note ? `：${one.note}` : ''}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Agenda({ view }: { view: MeetingView }) {
  return (
    <Card title={`议题（${view.agenda.length}项）`}>
      {view.agenda.length === 0 ? (
        <p className="g-quiet">还没有确定议题。</p>
      ) : (
        <div className="g-scroll-x">
          <table className="g-plain-table">
            <thead>
              <tr>
                <th scope="col">序号</th>
                <th scope="col">议题</th>
                <th scope="col">汇报单位</th>
                <th scope="col">出处</th>
              </tr>
            </thead>
            <tbody>
              {view.agenda.map((topic, at) => (
                <tr key={topic.text}>
                  <td className="g-num">{at + 1}</td>
                  <td>{topic.text}</td>
                  <td>{topic.reporter || '—'}</td>
                  <td className="g-nowrap">
                    {topic.item ? <Link to={topic.item.page}>{topic.item.number}</Link> : '自拟'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function Minutes({ view }: { view: MeetingView }) {
  if (view.points.length === 0) return null;
  return (
    <Card title="会议纪要">
      <p className="g-quiet">
        {view.draftedByName}起草
        {view.minutesNumber
          ? `，${view.issuedOn}印发${view.minutesNumber}`
          : view.returned
            ? `，被退回：${view.returned}`
            : '，等待审定'}
      </p>
      <div className="g-meeting-points">
        {view.points.map((point, at) => (
          <p key={point}>
            （{at + 1}）{point}
          </p>
        ))}
      </div>
      {view.decisions.length > 0 ? (
        <div className="g-scroll-x">
          <table className="g-plain-table">
            <caption>交办事项</caption>
            <thead>
              <tr>
                <th scope="col">序号</th>
                <th scope="col">事项</th>
                <th scope="col">牵头单位</th>
                <th scope="col">完成时限</th>
                <th scope="col">任务</th>
              </tr>
            </thead>
            <tbody>
              {view.decisions.map((one, at) => (
                <tr key={one.text}>
                  <td className="g-num">{at + 1}</td>
                  <td>{one.text}</td>
                  <td>{one.leadUnitName || '—'}</td>
                  <td className="g-nowrap g-figures">{one.dueOn ?? '—'}</td>
                  <td className="g-nowrap">
                    {one.task ? <TaskLink task={one.task} /> : one.leadUnitId ? '印发后下达' : '—'}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
    </Card>
  );
}

/** One meeting: when and with whom, its agenda, what was agreed, what became of it. */
export function MeetingPage() {
  const { id = '' } = useParams();
  const { today } = useSession();
  const read = useRead(api.viewMeeting, { params: { id } }, { keepFormer: false });
  const [action, setAction] = useState<MeetingAction | null>(null);
  const view = read.data;
  if (!view)
    return read.error ? (
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
    ) : (
      <p className="g-loading">正在读取…</p>
    );
  const attached = view.files.filter((file) => view.fileIds.includes(file.id));
  return (
    <>
      <CaseFrame
        title={view.name}
        tone={meetingTone[view.state]}
        state={meetingLifecycle.states[view.state]}
        says={<span className="g-code">{view.number}</span>}
        nextStep={view.nextStep}
        offers={view.offers}
        leading={
          view.agenda.length === 0
            ? ['setAgenda', 'sendNotice', 'hold', 'draftMinutes', 'issueMinutes']
            : ['sendNotice', 'hold', 'draftMinutes', 'issueMinutes', 'returnMinutes', 'setAgenda', 'arrange']
        }
        grave={['cancelMeeting']}
        onChoose={(name) => setAction(name as MeetingAction)}
        facts={view.facts}
      >
        <Card title="会议安排">
          <Facts
            rows={[
              { name: view.heldOn ? '召开日期' : '会议日期', value: `${view.on} ${view.time}` },
              { name: '地点', value: view.place },
              { name: '召集单位', value: view.convener },
              { name: '主持人', value: view.chair },
              {
                name: '会议要求',
                value: view.obligation ? `${view.obligation.name}（${view.obligation.words}）` : '不计入会议要求',
                wide: true,
              },
              { name: '通知文号', value: view.noticeNumber },
              { name: '纪要文号', value: view.minutesNumber },
              ...(view.heldOn && view.registeredOn !== view.heldOn
                ? [{ name: '登记日期', value: `${view.registeredOn}（从这一天起计入次数）` }]
                : []),
            ]}
          />
          {attached.length > 0 ? (
            <FileList
              files={attached.map((file) => ({
                id: file.id,
                name: file.name,
                size: file.size,
                href: files.openFile.address({ params: { id: file.id } }),
              }))}
            />
          ) : null}
        </Card>
        <Agenda view={view} />
        <Minutes view={view} />
        <IssuedDocuments documents={view.documents} none="还没有印发公文。确定议题后印发会议通知，审定后印发纪要。" />
        <People view={view} />
      </CaseFrame>
      {action === null ? null : (
        <CaseDialog
          key={action}
          form={meetingForms[action]}
          view={view}
          id={view.id}
          keep={`meeting.${action}.${view.id}`}
          word={meetingLifecycle.actions[action]}
          subject={`${view.number} ${view.name}`}
          begin={beginDraft(view, today)}
          fields={(draft, change) => (
            <MeetingFields form={meetingForms[action]} view={view} draft={draft} onChange={change} />
          )}
          onClose={() => setAction(null)}
          onRefresh={() => void read.refetch()}
        />
      )}
    </>
  );
}

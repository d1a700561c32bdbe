import { Link } from 'react-router';
import { FileList } from '../../../../platform/web/parts/FileList.tsx';
import { Card } from '../../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../../platform/web/parts/StatusTag.tsx';
import { files, type PressureView } from './pressures-client.ts';

function Attached({ view, ids }: { view: PressureView; ids: readonly string[] }) {
  const found = view.files.filter((file) => ids.includes(file.id));
  if (found.length === 0) return null;
  return (
    <FileList
      files={found.map((file) => ({
        id: file.id,
        name: file.name,
        size: file.size,
        href: files.openFile.address({ params: { id: file.id } }),
      }))}
    />
  );
}

function Entry({ view, one }: { view: PressureView; one: PressureView['entries'][number] }) {
  return (
    <article>
      <p>
        <StatusTag>{one.word}</StatusTag>{' '}
        <span className="g-quiet g-figures">
          {one.day} {one.unitName}
          {one.byName}
        </span>
      </p>
      {one.text === one.word ? null : <p className="g-pressure-text">{one.text}</p>}
      {one.attendees.length > 0 ? (
        <div className="g-scroll-x">
          <table className="g-plain-table">
            <caption>参加人员</caption>
            <thead>
              <tr>
                <th scope="col">姓名</th>
                <th scope="col">单位</th>
                <th scope="col">职务</th>
                <th scope="col">身份</th>
              </tr>
            </thead>
            <tbody>
              {one.attendees.map((person) => (
                <tr key={`${person.name}${person.unitName}`}>
                  <td>{person.name}</td>
                  <td>{person.unitName}</td>
                  <td>{person.post}</td>
                  <td>{person.as === 'host' ? '约谈方' : '被约谈方'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : null}
      {one.promised.length > 0 ? <p>作出的整改承诺：</p> : null}
      {one.promised.length > 0 ? (
        <ul>
          {one.promised.map((each) => (
            <li key={each.text}>
              {each.text}（<span className="g-figures">{each.dueOn}</span>前）
            </li>
          ))}
        </ul>
      ) : null}
      <Attached view={view} ids={one.fileIds} />
    </article>
  );
}

/** Commitments that became tasks; replies, minutes, notes. */
export function PressureWork({ view }: { view: PressureView }) {
  return (
    <>
      {view.commitments.length > 0 ? (
        <Card title={`整改承诺（${view.pressure.commitmentsDone}/${view.commitments.length}条办结）`}>
          <div className="g-scroll-x">
            <table className="g-plain-table">
              <thead>
                <tr>
                  <th scope="col">承诺</th>
                  <th scope="col">完成时限</th>
                  <th scope="col">任务</th>
                  <th scope="col">情况</th>
                </tr>
              </thead>
              <tbody>
                {view.commitments.map((one) => (
                  <tr key={one.taskId}>
                    <td>{one.text}</td>
                    <td className="g-figures">{one.dueOn}</td>
                    <td className="g-figures">
                      <Link to={`/tasks/${one.taskId}`}>{one.taskNumber}</Link>
                    </td>
                    <td>
                      <StatusTag tone={one.done ? 'done' : one.late > 0 ? 'alarm' : 'active'}>
                        {one.late > 0 ? `逾期${one.late}天` : one.stateWord}
                      </StatusTag>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      ) : null}
      {view.entries.length > 0 ? (
        <Card title="签收、回复和跟踪">
          {view.entries.map((one) => (
            <Entry key={one.id} view={view} one={one} />
          ))}
        </Card>
      ) : null}
    </>
  );
}

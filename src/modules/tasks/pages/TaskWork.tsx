import { Link } from 'react-router';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { taskLifecycle } from '../lifecycle.ts';
import { files as filesCalls, type TaskView } from './tasks-client.ts';

const fileRows = (view: TaskView, ids: readonly string[] | null) =>
  view.files
    .filter((file) => ids === null || ids.includes(file.id))
    .map((file) => ({
      id: file.id,
      name: file.name,
      size: file.size,
      note: `${file.uploadedByName} ${file.uploadedAt.slice(0, 10)}`,
      href: filesCalls.openFile.address({ params: { id: file.id } }),
    }));

/** What was done: children, occurrences, progress entries with figures and files, and all files. */
export function TaskWork({ view }: { view: TaskView }) {
  return (
    <>
      {view.children.length > 0 ? (
        <Card
          title={`分办（${view.children.filter((child) => child.lamp === 'none').length}/${view.children.length} 已了结）`}
        >
          <ul className="g-home-lines">
            {view.children.map((child) => (
              <li key={child.id} className="g-home-line">
                <Lamp colour={child.lamp} reason={child.lampReason} />
                <Link to={`/tasks/${child.id}`}>
                  {child.number} {child.title}
                </Link>
                <span className="g-quiet">
                  {child.leadUnitName}，{taskLifecycle.states[child.state]}，时限 {child.dueOn ?? '待定'}
                </span>
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {view.occurrences.length > 0 ? (
        <Card title={`已开展 ${view.occurrences.length} 次`}>
          <ol className="g-entries">
            {view.occurrences.map((one) => (
              <li key={one.id}>
                <p>
                  <b className="g-figures">{one.heldOn}</b> <span className="g-quiet">{one.byName}登记</span>
                </p>
                <p>{one.text || '见附件'}</p>
                {one.fileIds.length > 0 ? <FileList files={fileRows(view, one.fileIds)} /> : null}
              </li>
            ))}
          </ol>
        </Card>
      ) : null}
      <Card title="进展">
        {view.progress.length === 0 ? <p className="g-quiet">还没有填报进展。</p> : null}
        <ol className="g-entries">
          {view.progress.map((one) => (
            <li key={one.id}>
              <p>
                <b className="g-figures">{one.day}</b>{' '}
                <span className="g-quiet">
                  {one.unitName ?? ''}
                  {one.byName}
                </span>{' '}
                {one.percent === null ? null : <b className="g-figures">{one.percent}%</b>}
              </p>
              <p>{one.text || '见附件'}</p>
              {one.figures.length > 0 ? (
                <p className="g-figures">
                  {one.figures.map((figure) => `${figure.name} ${figure.value}${figure.unit}`).join('；')}
                </p>
              ) : null}
              {one.fileIds.length > 0 ? <FileList files={fileRows(view, one.fileIds)} /> : null}
            </li>
          ))}
        </ol>
      </Card>
      <Card title={`全部附件（${view.files.length}）`}>
        <FileList files={fileRows(view, null)} />
      </Card>
    </>
  );
}

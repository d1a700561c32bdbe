import { Link } from 'react-router';
import { FileList } from '../../../platform/web/parts/FileList.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { requestWords } from '../problem.ts';
import { fileAddress, type ProblemView } from './problems-client.ts';

const decisionWords: Readonly<Record<string, string>> = { approved: '已批准', refused: '未批准' };

/** What was asked for, by whom, and what was decided; old days stay in sight. */
export function ProblemRequests({ view }: { view: ProblemView }) {
  if (view.requests.length === 0) return null;
  return (
    <Card title="申请与审批">
      <ul className="g-places">
        {view.requests.map((one) => (
          <li key={one.id}>
            {one.askedOn} {one.askedByName}申请{requestWords[one.kind]}
            {one.newDue ? (
              <>
                ，时限由 <s>{one.oldDue ?? '—'}</s> 改为 {one.newDue}
              </>
            ) : null}
            {one.targetId ? (
              <>
                ，并入 <Link to={`/problems/${one.targetId}`}>{one.targetNumber ?? '另一条问题'}</Link>
              </>
            ) : null}
            ：{one.reason}
            {one.controlMeasures ? `；管控措施：${one.controlMeasures}` : ''}；
            {one.decision ? (
              `${one.decidedOn ?? ''} ${one.decidedByName ?? ''}${decisionWords[one.decision] ?? ''} ${one.opinion ?? ''}`
            ) : (
              <b>等待审批</b>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What was done, entry by entry, newest first. */
export function ProblemProgress({ view }: { view: ProblemView }) {
  const byId = new Map(view.photos.map((photo) => [photo.fileId, photo]));
  const rounds = new Set(view.progress.map((one) => one.cycle)).size > 1;
  return (
    <Card title="整改进展">
      {view.progress.length === 0 ? <p className="g-quiet">还没有填报进展。</p> : null}
      <ol className="g-entries">
        {view.progress.map((one) => (
          <li key={one.id}>
            <p>
              <b className="g-figures">{one.day}</b>{' '}
              <span className="g-quiet">
                {one.unitName ?? ''} {one.byName}
                {rounds ? `（第${one.cycle}轮）` : ''}
              </span>
            </p>
            <p>{one.text || '见附件'}</p>
            {one.fileIds.length > 0 ? (
              <FileList
                files={one.fileIds.map((id) => ({
                  id,
                  name: byId.get(id)?.name ?? '附件',
                  href: fileAddress(id),
                }))}
              />
            ) : null}
          </li>
        ))}
      </ol>
    </Card>
  );
}

import { Link } from 'react-router';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { taskLifecycle } from '../lifecycle.ts';
import './tasks.css';
import { api, listAddress, stateTone, type TaskLine } from './tasks-client.ts';

/** One task on one or two lines: lamp, number and title, unit, due day. */
function HomeLine({ line }: { line: TaskLine }) {
  return (
    <li className="g-home-line">
      <Lamp colour={line.lamp} reason={line.lampReason} />
      <Link to={`/tasks/${line.id}`}>
        <span className="g-code">{line.number}</span> {line.title}
      </Link>
      <span className="g-quiet">{line.leadUnitName}</span>
      <StatusTag tone={stateTone[line.state]}>{taskLifecycle.states[line.state]}</StatusTag>
      <span className="g-quiet g-figures">时限 {line.dueOn ?? '待定'}</span>
    </li>
  );
}

/** 待我处理: what awaits the person, most urgent group first. */
export function HomePage() {
  const { actor, may } = useSession();
  const read = useRead(api.home, {}, { enabled: may('task.read'), refreshEvery: 60_000 });
  const groups = read.data?.groups ?? [];
  return (
    <>
      <PageHeader
        title="待我处理"
        says={`${actor?.unitName ?? ''} ${actor?.name ?? ''}${read.data ? `，${read.data.today}` : ''}`}
      />
      <RefusalAlert refusal={read.error} onResend={() => read.refetch()} />
      {read.data && groups.length > 0 ? (
        <nav className="g-home-strip" aria-label="待办分类">
          {groups.map((group) => (
            <a key={group.key} href={`#home-${group.key}`} className={`g-home-figure g-home-${group.key}`}>
              <span>{group.title}</span>
              <b className="g-figures">{group.totalIsCapped ? '超过1万' : group.total}</b>
            </a>
          ))}
        </nav>
      ) : null}
      {read.isLoading ? <p className="g-loading">正在读取…</p> : null}
      {read.data && groups.length === 0 ? (
        <Card>
          <p className="g-empty">眼下没有需要您处理的事项。全部任务在“任务清单”里。</p>
        </Card>
      ) : null}
      {groups.map((group) => (
        <Card
          key={group.key}
          id={`home-${group.key}`}
          title={`${group.title}（${group.totalIsCapped ? '超过1万' : group.total}件）`}
          extra={
            group.query && group.total > group.rows.length ? <Link to={listAddress(group.query)}>查看全部</Link> : null
          }
        >
          <p className="g-quiet">{group.hint}</p>
          <ul className="g-home-lines">
            {group.rows.map((line) => (
              <HomeLine key={line.id} line={line} />
            ))}
          </ul>
          {!group.query && group.total > group.rows.length ? (
            <p className="g-quiet">还有 {group.total - group.rows.length} 件，办完上面的会依次显示。</p>
          ) : null}
        </Card>
      ))}
    </>
  );
}

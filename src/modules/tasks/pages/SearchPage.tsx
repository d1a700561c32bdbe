import { Link, useSearchParams } from 'react-router';
import '../../../platform/web/case.css';
import { client } from '../../../platform/web/client.ts';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { Card, PageHeader } from '../../../platform/web/parts/PageHeader.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { Slot } from '../../../platform/web/slot.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { unitsApi } from '../../units/api.ts';
import { tasksApi } from '../api.ts';
import { searchPanels } from './tasks-client.ts';

const tasks = client(tasksApi);
const units = client(unitsApi);

/** What the header's search box finds: tasks by words or number, units by name, pinyin or its initials. */
export function SearchPage() {
  const { may } = useSession();
  const [params] = useSearchParams();
  const q = (params.get('q') ?? '').trim();
  const foundTasks = useRead(
    tasks.listTasks,
    { query: { q, pageSize: 20 } },
    { enabled: q !== '' && may('task.read') },
  );
  const foundUnits = useRead(units.listUnits, { query: { q, pageSize: 20 } }, { enabled: q !== '' });
  if (q === '')
    return <PageHeader title="搜索" says="请在上方输入任务或问题的名称、内容、编号，或单位名称（可用拼音首字母）。" />;
  const totalOf = (data: { total: number; totalIsCapped: boolean } | undefined): string =>
    data === undefined ? '' : `（${data.totalIsCapped ? '超过' : ''}${data.total}）`;
  return (
    <>
      <PageHeader title={`搜索「${q}」`} />
      {may('task.read') ? (
        <Card
          title={`任务${totalOf(foundTasks.data)}`}
          extra={<Link to={`/tasks?q=${encodeURIComponent(q)}`}>在任务清单中查看</Link>}
        >
          <ul className="g-home-lines">
            {(foundTasks.data?.rows ?? []).map((row) => (
              <li key={row.id} className="g-home-line">
                <Lamp colour={row.lamp} reason={row.lampReason} />
                <Link to={`/tasks/${row.id}`}>
                  {row.number} {row.title}
                </Link>
                <span className="g-quiet">{row.leadUnitName}</span>
              </li>
            ))}
          </ul>
          {foundTasks.data?.total === 0 ? <p className="g-empty">没有找到任务，请换一个词，或用编号查找。</p> : null}
        </Card>
      ) : null}
      <Slot of={searchPanels} with={{ q }} />
      <Card title={`单位${totalOf(foundUnits.data)}`}>
        <ul className="g-home-lines">
          {(foundUnits.data?.rows ?? []).map((row) => (
            <li key={row.id} className="g-home-line">
              {may('task.read') ? <Link to={`/tasks?unit=${row.id}`}>{row.name}</Link> : <span>{row.name}</span>}
              <span className="g-quiet">{row.shortName}</span>
              <Link to={`/units?open=${row.id}`}>单位资料</Link>
            </li>
          ))}
        </ul>
        {foundUnits.data?.total === 0 ? (
          <p className="g-empty">没有找到单位，可以只输入名称中的两个字或拼音首字母。</p>
        ) : null}
      </Card>
    </>
  );
}

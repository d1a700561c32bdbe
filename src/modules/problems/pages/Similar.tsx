import { Link } from 'react-router';
import { useRead } from '../../../platform/web/use-read.ts';
import { openStates, problemLifecycle } from '../lifecycle.ts';
import { similarFirst } from '../similar.ts';
import { api } from './problems-client.ts';

/** Open problems of the same enterprise or object, the most alike first: to be looked at before another one is made. */
export function Similar(props: { text: string; enterpriseId: string | null; subject: string }) {
  const subject = props.subject.trim();
  const asks = props.enterpriseId !== null || subject.length > 1;
  const read = useRead(
    api.listProblems,
    {
      query: {
        ...(props.enterpriseId === null ? { q: subject } : { enterprise: props.enterpriseId }),
        state: [...openStates],
        pageSize: 50,
      },
    },
    { enabled: asks, keepFormer: false },
  );
  if (!asks) return <p className="g-quiet">选定企业或写明对象后，这里列出它还没有了结的问题，避免重复登记。</p>;
  if (read.isLoading) return <p className="g-quiet">正在查找…</p>;
  const found = similarFirst(props.text, read.data?.rows ?? []);
  if (found.length === 0) return <p className="g-quiet">没有还没了结的问题，不会重复。</p>;
  return (
    <>
      {found.some((one) => one.alike) ? (
        <p className="g-doubt" role="status">
          有写法相近的问题，请先看是不是同一件事。
        </p>
      ) : null}
      <ul className="g-similar">
        {found.map(({ row, alike }) => (
          <li key={row.id}>
            <Link to={`/problems/${row.id}`} target="_blank">
              <span className="g-code">{row.number}</span> {row.title}
            </Link>
            <p className="g-quiet">
              {alike ? <b className="g-doubt">写法相近，</b> : null}
              {problemLifecycle.states[row.state]}，{row.leadUnitName}，时限 {row.dueOn}
            </p>
          </li>
        ))}
      </ul>
      {(read.data?.total ?? 0) > found.length ? (
        <p className="g-quiet">一共有 {read.data?.total} 条没有了结。</p>
      ) : null}
    </>
  );
}

import { Link } from 'react-router';
import '../../../platform/web/case.css';
import { Lamp } from '../../../platform/web/parts/Lamp.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { StatusTag } from '../../../platform/web/parts/StatusTag.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { openStates, problemLifecycle } from '../lifecycle.ts';
import { Grade, Marks } from './problem-columns.tsx';
import './problems.css';
import { api, ledgerAddress, type ProblemLine, stateTone } from './problems-client.ts';

const SHOWN = 8;

function Lines({ rows }: { rows: readonly ProblemLine[] }) {
  return (
    <ul className="g-home-lines">
      {rows.map((row) => (
        <li key={row.id} className="g-home-line">
          <Lamp colour={row.lamp} reason={row.lampReason} />
          <Link to={`/problems/${row.id}`}>
            <span className="g-code">{row.number}</span> {row.title}
          </Link>
          <Grade grade={row.grade} />
          <StatusTag tone={stateTone[row.state]}>{problemLifecycle.states[row.state]}</StatusTag>
          <span className="g-quiet g-figures">
            {row.leadUnitName}，时限 {row.dueOn}
            {row.closedOn ? `，${row.closedOn} 销号` : ''}
          </span>
          <Marks row={row} />
        </li>
      ))}
    </ul>
  );
}

/** Lent to the search page: problems whose words or number were searched for. */
export function FoundProblems({ q }: { q: string }) {
  const found = useRead(api.listProblems, { query: { q, sort: '-number', pageSize: 20 } });
  const { data } = found;
  if (!data) return null;
  return (
    <Card
      title={`问题隐患（${data.totalIsCapped ? '超过' : ''}${data.total}）`}
      extra={<Link to={ledgerAddress({ q })}>在问题台账中查看</Link>}
    >
      <Lines rows={data.rows} />
      {data.total === 0 ? <p className="g-empty">没有找到问题，请换一个词，或用编号查找。</p> : null}
    </Card>
  );
}

/**
 * Problems of one enterprise, task or plan on its page: the open ones first, then those that ended last, with the way to
 * the ledger. Shows nothing of itself where there are none and `always` is not set.
 */
export function LinkedProblems(props: {
  /** Name and value of the ledger's filter. */
  by: 'enterprise' | 'task' | 'plan';
  id: string;
  always?: boolean;
}) {
  const { may } = useSession();
  const own = { [props.by]: props.id };
  const open = useRead(api.listProblems, { query: { ...own, state: [...openStates], sort: 'due', pageSize: SHOWN } });
  const all = useRead(api.listProblems, { query: { ...own, sort: '-number', pageSize: SHOWN } });
  const total = all.data?.total ?? 0;
  if (!all.data || (total === 0 && !props.always)) return null;
  const ended = all.data.rows.filter((row) => !openStates.includes(row.state));
  return (
    <Card
      title={`问题隐患（未了结 ${open.data?.totalIsCapped ? '超过' : ''}${open.data?.total ?? 0}，共 ${all.data.totalIsCapped ? '超过' : ''}${total}）`}
      extra={
        <span className="g-row">
          {may('problem.register') ? <Link to={`/problems/new?${props.by}=${props.id}`}>登记问题</Link> : null}
          <Link to={ledgerAddress({ [props.by]: props.id })}>在台账中查看</Link>
        </span>
      }
    >
      {total === 0 ? <p className="g-quiet">还没有登记过问题。</p> : null}
      <Lines rows={open.data?.rows ?? []} />
      {ended.length > 0 ? (
        <details className="g-refused">
          <summary>最近了结的</summary>
          <Lines rows={ended} />
        </details>
      ) : null}
    </Card>
  );
}

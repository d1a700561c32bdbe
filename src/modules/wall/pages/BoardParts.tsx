import { useState } from 'react';
import { Link } from 'react-router';
import { type LampColour, LampSign } from '../../../platform/web/parts/Lamp.tsx';
import type { Board } from '../sheet.ts';

type List = (filters: Record<string, string>) => string;
type Counted = Pick<Board['figures'], 'open' | 'red' | 'amber' | 'green' | 'grey' | 'closed'>;

const lampNames = { red: '逾期', amber: '临期或落后', green: '正常', grey: '暂停' } as const;
const shownLamps = ['red', 'amber', 'green', 'grey'] as const;

/** A count with its sign that opens the list behind it; nothing where there is none. */
function LampCount({
  lamp,
  count,
  to,
  label,
}: {
  lamp: keyof typeof lampNames;
  count: number;
  to: string;
  label: string;
}) {
  if (count === 0) return null;
  return (
    <Link className={`w-count g-lamp-text-${lamp}`} to={to} aria-label={`${label}${lampNames[lamp]} ${count} 项`}>
      <LampSign colour={lamp as LampColour} size={11} />
      {count}
    </Link>
  );
}

/** Bars of one unit: red, amber, green, closed, in proportion to the largest unit. */
function Bar({ counted, most }: { counted: Counted; most: number }) {
  const share = (count: number): string => `${(count / Math.max(1, most)) * 100}%`;
  return (
    <span className="w-bar" aria-hidden="true">
      {(['red', 'amber', 'green', 'grey'] as const).map((lamp) => (
        <i key={lamp} className={`w-fill-${lamp}`} style={{ width: share(counted[lamp]) }} />
      ))}
      <i className="w-fill-closed" style={{ width: share(counted.closed) }} />
    </span>
  );
}

/** Units ranked by how long they are late, then by how much; the ten worst, the rest on request. */
export function UnitRanking({ board, list }: { board: Board; list: List }) {
  const [all, setAll] = useState(false);
  const active = board.units.filter((unit) => unit.open + unit.closed > 0);
  const shown = all ? active : active.slice(0, 12);
  const most = Math.max(1, ...active.map((unit) => unit.open + unit.closed));
  if (active.length === 0) return <p className="g-empty">还没有下达任务。请先在「方案」里导入文件并下达。</p>;
  return (
    <div className="w-scroll">
      <table className="w-table">
        <caption className="g-unseen">各责任单位的任务情况</caption>
        <thead>
          <tr>
            <th scope="col">责任单位</th>
            <th scope="col" className="w-n">
              最长逾期
            </th>
            <th scope="col">在办情况</th>
            <th scope="col" className="w-n">
              办结
            </th>
            <th scope="col" className="w-wide">
              构成
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((unit) => (
            <tr key={unit.unitId}>
              <th scope="row">
                <Link to={list({ leadUnit: unit.unitId })}>{unit.name}</Link>
              </th>
              <td className="w-n">
                {unit.worst && unit.longest > 0 ? (
                  <Link
                    className="g-wrong"
                    to={`/tasks/${unit.worst.id}`}
                    title={`${unit.worst.number} ${unit.worst.title}`}
                  >
                    {unit.longest} 天
                  </Link>
                ) : (
                  <span className="g-quiet">—</span>
                )}
              </td>
              <td className="w-counts">
                {shownLamps.map((lamp) => (
                  <LampCount
                    key={lamp}
                    lamp={lamp}
                    count={unit[lamp]}
                    label={unit.name}
                    to={list({ leadUnit: unit.unitId, lamp })}
                  />
                ))}
              </td>
              <td className="w-n">
                {unit.closed > 0 ? (
                  <Link to={list({ leadUnit: unit.unitId, state: 'closed' })}>{unit.closed}</Link>
                ) : (
                  <span className="g-quiet">—</span>
                )}
              </td>
              <td className="w-wide">
                <Bar counted={unit} most={most} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {active.length > 12 ? (
        <button type="button" className="w-more" onClick={() => setAll(!all)}>
          {all ? '只看前 12 个单位' : `显示全部 ${active.length} 个单位`}
        </button>
      ) : null}
    </div>
  );
}

const daysOf = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000;

/** Stages as bars on one time axis; the share that is closed is filled, the day shown is a red line. */
export function StageLines({ board, list }: { board: Board; list: List }) {
  const dated = board.stages.filter((stage) => stage.from !== null || stage.to !== null);
  const undated = board.stages.filter((stage) => stage.from === null && stage.to === null);
  if (board.stages.length === 0) return <p className="g-empty">方案没有划分阶段。</p>;
  const days = [...dated.flatMap((stage) => [stage.from, stage.to]), board.day]
    .filter((one): one is string => one !== null)
    .map(daysOf);
  const first = Math.min(...days);
  const width = Math.max(1, Math.max(...days) - first);
  const at = (text: string): number => ((daysOf(text) - first) / width) * 100;
  return (
    <ul className="w-stages">
      {[...dated, ...undated].map((stage) => {
        const total = stage.open + stage.closed;
        const done = total === 0 ? 0 : Math.round((stage.closed / total) * 100);
        const from = stage.from ? at(stage.from) : 0;
        const to = stage.to ? at(stage.to) : 100;
        return (
          <li key={stage.stageId}>
            <span className="w-stage-name">
              <Link to={list({ plan: stage.planId, stage: stage.stageId })}>{stage.name}</Link>
              <small>{stage.planTitle}</small>
            </span>
            <span className="w-track">
              {stage.from || stage.to ? (
                <i style={{ left: `${from}%`, width: `${Math.max(0.8, to - from)}%` }}>
                  <u style={{ width: `${done}%` }} />
                </i>
              ) : (
                <span className="g-quiet w-pending">时间待定（等有关会议、活动日期明确）</span>
              )}
              <em style={{ left: `${at(board.day)}%` }} />
            </span>
            <span className="w-stage-says">
              {stage.from ?? '自始'} 至 {stage.to ?? '待定'}
              <br />
              办结 {stage.closed}/{total}（{done}%）
              <LampCount
                lamp="red"
                count={stage.red}
                label={stage.name}
                to={list({ plan: stage.planId, stage: stage.stageId, lamp: 'red' })}
              />
              <LampCount
                lamp="amber"
                count={stage.amber}
                label={stage.name}
                to={list({ plan: stage.planId, stage: stage.stageId, lamp: 'amber' })}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** Sectors down, stages across: open tasks by lamp and what is closed, in each cell. */
export function MatrixTable({ board, list }: { board: Board; list: List }) {
  const sectors = [...new Set(board.matrix.map((cell) => cell.sector))].sort((a, b) =>
    (a ?? '\uffff').localeCompare(b ?? '\uffff', 'zh-CN'),
  );
  const used = new Set(board.matrix.map((cell) => cell.stageId));
  const stages = board.stages.filter((stage) => used.has(stage.stageId));
  const columns = [
    ...stages.map((stage) => ({ id: stage.stageId as string | null, name: stage.name, planId: stage.planId })),
    ...(used.has(null) ? [{ id: null, name: '未分阶段', planId: '' }] : []),
  ];
  if (sectors.length === 0) return <p className="g-empty">还没有任务。</p>;
  return (
    <div className="w-scroll">
      <table className="w-table w-matrix">
        <caption className="g-unseen">各行业领域在各阶段的任务</caption>
        <thead>
          <tr>
            <th scope="col">行业领域</th>
            {columns.map((column) => (
              <th scope="col" key={column.id ?? '-'}>
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sectors.map((sector) => (
            <tr key={sector ?? '-'}>
              <th scope="row">{sector ?? '综合'}</th>
              {columns.map((column) => {
                const cell = board.matrix.find((one) => one.sector === sector && one.stageId === column.id);
                if (!cell)
                  return (
                    <td key={column.id ?? '-'} className="g-quiet">
                      —
                    </td>
                  );
                const missing = [...(sector ? [] : ['sector']), ...(column.id ? [] : ['stage'])].join(',');
                const place = {
                  ...(sector ? { sector } : {}),
                  ...(column.id ? { stage: column.id } : {}),
                  ...(missing ? { without: missing } : {}),
                };
                return (
                  <td
                    key={column.id ?? '-'}
                    className={cell.red > 0 ? 'w-cell-red' : cell.amber > 0 ? 'w-cell-amber' : ''}
                  >
                    <span className="w-counts">
                      {shownLamps.map((lamp) => (
                        <LampCount
                          key={lamp}
                          lamp={lamp}
                          count={cell[lamp]}
                          label={`${sector ?? '综合'}${column.name}`}
                          to={list({ ...place, lamp })}
                        />
                      ))}
                      {cell.closed > 0 ? (
                        <Link className="w-count g-quiet" to={list({ ...place, state: 'closed' })}>
                          结{cell.closed}
                        </Link>
                      ) : null}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Named tasks: number, what, who, since when, why, who is next. */
export function LateList({ tasks, kind }: { tasks: Board['late']; kind: 'late' | 'soon' }) {
  if (tasks.length === 0)
    return <p className="g-empty">{kind === 'late' ? '没有逾期的任务。' : '两周内没有到期的任务。'}</p>;
  return (
    <ul className="w-named">
      {tasks.map((task) => (
        <li key={task.id}>
          <Link to={`/tasks/${task.id}`}>{task.title}</Link>
          <b className={kind === 'late' ? 'g-wrong' : 'g-lamp-text-amber'}>
            {kind === 'late' ? `逾期 ${task.days} 天` : task.days === 0 ? '今天到期' : `还有 ${task.days} 天`}
          </b>
          <small>
            <span className="g-code">{task.number}</span> · {task.unitName}
            {task.personName ? ` ${task.personName}` : ''} · 时限 {task.dueOn ?? '未定'} · {task.reason} · 下一步：
            {task.next}
          </small>
        </li>
      ))}
    </ul>
  );
}

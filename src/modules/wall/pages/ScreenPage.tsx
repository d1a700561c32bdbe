import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { Chart } from '../../../platform/web/parts/Chart.tsx';
import { LampSign } from '../../../platform/web/parts/Lamp.tsx';
import { momentText } from '../../../platform/web/parts/Timeline.tsx';
import { useSession } from '../../../platform/web/session.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { wallApi } from '../api.ts';
import type { Board } from '../sheet.ts';
import { sameCount, tasksAddress } from './links.ts';
import { areaStates, mapOption } from './map-option.ts';
import './wall.css';

const api = client(wallApi);
const refreshSeconds = 30;
/** Older than this is no longer "now": the screen says so in large letters. */
const staleSeconds = 120;

/** Seconds since the shown figures arrived; ticks by itself, so that a lost connection is seen. */
function useAge(arrivedAt: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 5000);
    return () => clearInterval(timer);
  }, []);
  return arrivedAt === 0 ? 0 : Math.max(0, Math.round((now - arrivedAt) / 1000));
}

/** The banner of a demonstration or rehearsal stands above; the rest of the height is the wall's, and nothing is cut. */
function fillScreen(place: HTMLElement | null): void {
  place?.style.setProperty('--top', `${Math.round(place.getBoundingClientRect().top + window.scrollY)}px`);
}

/** The wall for a 1920×1080 screen in the office or meeting room: four questions, no decoration. Refreshes itself. */
export function ScreenPage() {
  const { day, isPast } = useAsOf();
  const query = isPast ? { asOf: day } : {};
  const read = useRead(api.board, { query }, isPast ? {} : { refreshEvery: refreshSeconds * 1000 });
  const map = useRead(api.wallMap, {});
  const age = useAge(read.dataUpdatedAt);
  const stale = (!isPast && age > staleSeconds) || (read.isError && read.data !== undefined);
  if (!read.data)
    return <main className="w-screen w-screen-wait">{read.isError ? '暂时取不到数据，正在重试…' : '正在计算…'}</main>;
  const board = read.data;
  return (
    <main className="w-screen" ref={fillScreen}>
      <header>
        <h1>{board.jurisdictionName}安全生产挂图作战</h1>
        <p role="status" className={stale ? 'w-stale' : ''}>
          {stale
            ? `数据已有 ${Math.ceil(age / 60)} 分钟没有更新，正在重新连接`
            : `数据更新 ${momentText(board.computedAt)}`}
          <Link to="/wall">返回办公页面</Link>
        </p>
      </header>
      <ScreenFigures board={board} />
      <section className="w-screen-units" aria-label="谁欠着">
        <h2>逾期最久的责任单位</h2>
        <UnitLines board={board} />
      </section>
      <section className="w-screen-stages" aria-label="阶段进度">
        <h2>阶段进度</h2>
        <StageLines board={board} />
      </section>
      <section className="w-screen-map" aria-label="分布图">
        <h2>
          分布图 <small>{map.data?.caption}</small>
        </h2>
        {map.data?.caption ? (
          <Chart
            height="100%"
            label="各镇街任务分布，逾期、临期见标注。"
            map={{ name: 'wall', geoJson: map.data.geoJson as object }}
            option={mapOption(areaStates(map.data.geoJson, board), 'dark', 16)}
          />
        ) : (
          <p className="w-screen-none">没有底图</p>
        )}
      </section>
      <section className="w-screen-late" aria-label="逾期任务">
        <h2>逾期任务：从哪天起、下一步谁办</h2>
        <TaskLines tasks={board.late.slice(0, 6)} kind="late" none="没有逾期的任务" />
      </section>
      <section className="w-screen-soon" aria-label="两周内到期">
        <h2>两周内到期</h2>
        <TaskLines tasks={board.soon.slice(0, 6)} kind="soon" none="两周内没有到期的任务" />
      </section>
    </main>
  );
}

/** Addresses of the lists behind the figures of the day shown. */
function useList(): (filters: Record<string, string>) => string {
  const { actor } = useSession();
  const { day, isPast } = useAsOf();
  return (filters) => tasksAddress({ ...sameCount(actor?.roles, isPast ? day : null, null), ...filters });
}

function ScreenFigures({ board }: { board: Board }) {
  const list = useList();
  const { figures } = board;
  const shown: [string, number | string, string, Record<string, string>][] = [
    ['在办', figures.open, '', { lamp: 'red,amber,green,grey' }],
    ['逾期', figures.red, 'red', { lamp: 'red' }],
    ['临期或落后', figures.amber, 'amber', { lamp: 'amber' }],
    ['待签收', figures.toReceive, '', { state: 'toReceive' }],
    ['待核查', figures.submitted, '', { state: 'submitted' }],
    ['已办结', figures.closed, 'green', { state: 'closed' }],
    ['办结率', figures.completion === null ? '—' : `${figures.completion}%`, '', { state: 'closed' }],
  ];
  return (
    <section className="w-screen-figures" aria-label="总览">
      {shown.map(([name, value, lamp, filters]) => (
        <Link key={name} to={list(filters)} className={lamp ? `w-on-${lamp}` : ''}>
          <span>
            {lamp === 'red' || lamp === 'amber' ? <LampSign colour={lamp} size={20} /> : null} {name}
          </span>
          <b>{value}</b>
        </Link>
      ))}
    </section>
  );
}

function UnitLines({ board }: { board: Board }) {
  const list = useList();
  const late = board.units.filter((unit) => unit.longest > 0).slice(0, 8);
  if (late.length === 0) return <p className="w-screen-none">没有单位逾期</p>;
  const most = Math.max(...late.map((unit) => unit.longest));
  return (
    <ol className="w-screen-ranking">
      {late.map((unit) => (
        <li key={unit.unitId}>
          <Link to={list({ leadUnit: unit.unitId, lamp: 'red' })}>{unit.name}</Link>
          <i aria-hidden="true">
            <u style={{ width: `${(unit.longest / most) * 100}%` }} />
          </i>
          <b>{unit.longest} 天</b>
          <small>{unit.red} 项</small>
        </li>
      ))}
    </ol>
  );
}

function StageLines({ board }: { board: Board }) {
  const list = useList();
  const stages = board.stages.filter((stage) => stage.open + stage.closed > 0).slice(0, 6);
  if (stages.length === 0) return <p className="w-screen-none">方案没有划分阶段</p>;
  return (
    <ul className="w-screen-ranking w-screen-progress">
      {stages.map((stage) => {
        const done = Math.round((stage.closed / (stage.open + stage.closed)) * 100);
        return (
          <li key={stage.stageId}>
            <Link to={list({ plan: stage.planId, stage: stage.stageId })}>{stage.name}</Link>
            <i aria-hidden="true">
              <u style={{ width: `${done}%` }} />
            </i>
            <b>{done}%</b>
            <small>{stage.to ? `至 ${stage.to.slice(5)}` : '时间待定'}</small>
          </li>
        );
      })}
    </ul>
  );
}

function TaskLines({ tasks, kind, none }: { tasks: Board['late']; kind: 'late' | 'soon'; none: string }) {
  if (tasks.length === 0) return <p className="w-screen-none">{none}</p>;
  return (
    <ul className="w-screen-tasks">
      {tasks.map((task) => (
        <li key={task.id}>
          <Link to={`/tasks/${task.id}`}>{task.title}</Link>
          <b className={kind === 'late' ? 'w-on-red' : 'w-on-amber'}>
            {kind === 'late' ? `逾期 ${task.days} 天` : task.days === 0 ? '今天到期' : `还有 ${task.days} 天`}
          </b>
          <small>
            {task.unitName}
            {task.personName ? ` · ${task.personName}` : ''} · 时限 {task.dueOn} ·{' '}
            {task.next.replace(task.unitName, '由其')}
          </small>
        </li>
      ))}
    </ul>
  );
}

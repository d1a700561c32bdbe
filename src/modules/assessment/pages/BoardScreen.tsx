import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { momentText } from '../../../platform/web/parts/Timeline.tsx';
import { useAsOf } from '../../../platform/web/use-as-of.ts';
import { useRead } from '../../../platform/web/use-read.ts';
import { assessmentApi } from '../api.ts';
import { schemeLifecycle } from '../lifecycle.ts';
import './board.css';

const api = client(assessmentApi);
const REFRESH_MS = 60_000;
/** Older than this is no longer "now": the screen says so. */
const STALE_SECONDS = 240;
/** Seconds for which a board is shown where there are several. */
const TURN_SECONDS = 20;
const ROWS = 20;

/** The banner of a demonstration stands above; the rest of the height is the board's. */
function fillScreen(place: HTMLElement | null): void {
  place?.style.setProperty('--top', `${Math.round(place.getBoundingClientRect().top + window.scrollY)}px`);
}

/** The scoreboard for a screen of 1920×1080: places, scores, how they are made up; no decoration. Refreshes itself. */
export function BoardScreen() {
  const { day, isPast } = useAsOf();
  const read = useRead(
    api.scoreboard,
    { query: isPast ? { asOf: day } : {} },
    isPast ? {} : { refreshEvery: REFRESH_MS },
  );
  const [tick, setTick] = useState(0);
  const [chosen, setChosen] = useState<number | null>(null);
  useEffect(() => {
    const timer = setInterval(() => setTick((old) => old + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  if (!read.data)
    return <main className="b-screen b-wait">{read.isError ? '暂时取不到数据，正在重试…' : '正在计算…'}</main>;
  const { boards, jurisdictionName, computedAt } = read.data;
  const age = Math.max(0, Math.round((Date.now() - read.dataUpdatedAt) / 1000));
  const stale = (!isPast && age > STALE_SECONDS) || read.isError;
  const at = chosen ?? (boards.length === 0 ? 0 : Math.floor(tick / TURN_SECONDS) % boards.length);
  const board = boards[at];
  if (!board)
    return (
      <main className="b-screen b-wait">
        还没有发布考核方案。<Link to="/assessment">返回办公页面</Link>
      </main>
    );
  const { scheme, table } = board;
  const most = Math.max(table.total, ...table.rows.map((row) => row.total.score + row.total.open));
  const shown = table.rows.slice(0, ROWS);
  const half = Math.ceil(shown.length / 2);
  const running = table.rows.some((row) => row.total.waiting > 0);
  const average = table.rows.reduce((sum, row) => sum + row.total.score, 0) / Math.max(1, table.rows.length);
  return (
    <main className="b-screen" ref={fillScreen}>
      <header>
        <h1>{jurisdictionName}安全生产考核</h1>
        <p role="status" className={stale ? 'b-stale' : ''}>
          {stale ? `数据已有 ${Math.ceil(age / 60)} 分钟没有更新` : `数据更新 ${momentText(computedAt)}`}
          <Link to="/assessment">返回办公页面</Link>
        </p>
      </header>
      <section className="b-title">
        <h2>
          {scheme.title}{' '}
          <small>
            {schemeLifecycle.states[scheme.state]}，截至{table.day}，{table.sealed ? '取数封存' : '实时计算'}，满分
            {table.total}分
          </small>
        </h2>
        {boards.length > 1 ? (
          <div className="b-tabs">
            {boards.map((one, index) => (
              <button
                key={one.scheme.id}
                type="button"
                aria-pressed={index === at}
                onClick={() => setChosen(index === chosen ? null : index)}
              >
                {one.scheme.objectWord}
              </button>
            ))}
          </div>
        ) : null}
      </section>
      <section className="b-figures" aria-label="总览">
        <div>
          <span>单位</span>
          <b>{table.rows.length}</b>
        </div>
        <div>
          <span>平均得分</span>
          <b>{average.toFixed(2)}</b>
        </div>
        {table.grades.map((grade) => (
          <div key={grade.code}>
            <span>{running ? `暂列${grade.name}` : grade.name}</span>
            <b>{grade.count}</b>
          </div>
        ))}
        <div className={table.rows.some((row) => row.vetoes.length > 0) ? 'b-red' : ''}>
          <span>一票否决</span>
          <b>{table.rows.filter((row) => row.vetoes.length > 0).length}</b>
        </div>
      </section>
      <section className="b-ranks" aria-label="各单位得分">
        {[shown.slice(0, half), shown.slice(half)].map((rows, column) => (
          <ol key={column === 0 ? 'left' : 'right'}>
            {rows.map((row) => (
              <li key={row.unitId} className={row.vetoes.length > 0 ? 'b-vetoed' : ''}>
                <span className="b-rank">{row.rank}</span>
                <Link to={`/assessment/${scheme.id}/units/${row.unitId}${isPast ? `?asOf=${day}` : ''}`}>
                  {row.name}
                </Link>
                <b>{row.total.score.toFixed(2)}</b>
                <span className="b-grade">
                  {row.vetoes.length > 0 ? '一票否决' : running ? `暂列${row.gradeName}` : row.gradeName}
                </span>
                <i aria-hidden="true">
                  <u style={{ width: `${(row.total.score / most) * 100}%` }} />
                  <s style={{ width: `${(row.total.open / most) * 100}%` }} />
                </i>
                <small>
                  {row.total.bonus > 0 ? `加分${row.total.bonus}　` : ''}
                  {row.total.malus > 0 ? `扣分${row.total.malus}　` : ''}
                  {row.total.waiting > 0 ? `${row.total.waiting}项${row.total.open}分待打` : ''}
                </small>
              </li>
            ))}
          </ol>
        ))}
      </section>
      <footer>
        {table.rows.length > ROWS ? `只显示前${ROWS}名，共${table.rows.length}个单位。` : ''}
        得分由台账按方案计算，条中浅色部分是等待打分的分值；点单位名称看逐项算法。
      </footer>
    </main>
  );
}

/** One point of a line: a day (YYYY-MM-DD) and a share in percent, 0–100. */
export interface ProgressPoint {
  readonly day: string;
  readonly percent: number;
}

const WIDTH = 640;
const HEIGHT = 190;
const LEFT = 44;
const BOTTOM = 28;
const TOP = 14;
const at = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** Planned progress (倒排工期, 序时进度) against actual, with today's mark; a table of the same for screen readers. */
export function PlannedVsActual(props: {
  planned: readonly ProgressPoint[];
  actual: readonly ProgressPoint[];
  today: string;
}) {
  const all = [...props.planned, ...props.actual];
  if (all.length === 0) return <p className="g-quiet">还没有计划进度和实际进度。</p>;
  const days = [...all.map((point) => point.day), props.today].sort();
  const first = at(days[0] ?? props.today);
  const span = Math.max(1, at(days[days.length - 1] ?? props.today) - first);
  const x = (day: string) => LEFT + ((at(day) - first) / span) * (WIDTH - LEFT - 16);
  const y = (percent: number) => TOP + (1 - Math.min(100, Math.max(0, percent)) / 100) * (HEIGHT - TOP - BOTTOM);
  const line = (points: readonly ProgressPoint[]) =>
    [...points]
      .sort((a, b) => a.day.localeCompare(b.day))
      .map((point) => `${x(point.day).toFixed(1)},${y(point.percent).toFixed(1)}`)
      .join(' ');
  const label = `计划与实际进度：${props.actual.map((point) => `${point.day} 实际 ${point.percent}%`).join('，') || '尚无实际进度'}`;
  return (
    <figure className="g-planned">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        {[0, 50, 100].map((percent) => (
          <g key={percent}>
            <line x1={LEFT} x2={WIDTH - 16} y1={y(percent)} y2={y(percent)} className="g-planned-grid" />
            <text x={LEFT - 6} y={y(percent) + 4} textAnchor="end">
              {percent}%
            </text>
          </g>
        ))}
        <line x1={x(props.today)} x2={x(props.today)} y1={TOP} y2={HEIGHT - BOTTOM} className="g-planned-today" />
        <text x={x(props.today)} y={HEIGHT - 8} textAnchor="middle">
          今天
        </text>
        <polyline points={line(props.planned)} className="g-planned-plan" />
        <polyline points={line(props.actual)} className="g-planned-actual" />
        {props.planned.map((point) => (
          <rect key={`p${point.day}`} x={x(point.day) - 3} y={y(point.percent) - 3} width={6} height={6}>
            <title>{`${point.day} 计划 ${point.percent}%`}</title>
          </rect>
        ))}
        {props.actual.map((point, index) => (
          <circle key={`a${point.day}-${String(index)}`} cx={x(point.day)} cy={y(point.percent)} r={4}>
            <title>{`${point.day} 实际 ${point.percent}%`}</title>
          </circle>
        ))}
      </svg>
      <figcaption>
        <span className="g-planned-key-plan">计划进度</span>
        <span className="g-planned-key-actual">实际进度</span>
      </figcaption>
    </figure>
  );
}

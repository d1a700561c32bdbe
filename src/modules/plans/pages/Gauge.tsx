import type { Gauge as GaugeCount } from '../completeness.ts';

export type Lacking = 'measure' | 'unit' | 'deadline' | 'person';
const words: Readonly<Record<Lacking, string>> = {
  measure: '工作举措',
  unit: '责任单位',
  deadline: '完成时限',
  person: '责任人',
};

/** How many lines have each of the four things that every line must name; a click shows the lines that lack it. */
export function Gauge(props: {
  gauge: GaugeCount;
  blocking: number;
  chosen: Lacking | null;
  onChoose: (lacking: Lacking | null) => void;
  onBlocking: () => void;
}) {
  const { gauge } = props;
  return (
    <section className="p-gauge" aria-label="四要素齐备情况">
      {(Object.keys(words) as Lacking[]).map((key) => {
        const share = gauge.lines === 0 ? 0 : Math.round((gauge[key] / gauge.lines) * 100);
        return (
          <button
            key={key}
            type="button"
            aria-pressed={props.chosen === key}
            onClick={() => props.onChoose(props.chosen === key ? null : key)}
          >
            <span>
              {words[key]} <b className="g-figures">{gauge[key]}</b>/{gauge.lines}
            </span>
            <span className="p-bar">
              <span style={{ width: `${share}%` }} />
            </span>
            <span className="g-quiet">{gauge.lines === gauge[key] ? '齐备' : `缺${gauge.lines - gauge[key]}条`}</span>
          </button>
        );
      })}
      <button type="button" onClick={props.onBlocking}>
        <span>下达前须处理</span>
        <b className={props.blocking > 0 ? 'p-must g-figures' : 'g-figures'}>{props.blocking}处</b>
      </button>
    </section>
  );
}

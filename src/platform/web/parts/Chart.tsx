import { useEffect, useRef } from 'react';
import type { ChartMap, ChartOption, LiveChart } from '../echarts.ts';

/** Loads ECharts on first use: 230 KB that most pages do not need. */
const load = () => import('../echarts.ts');

/**
 * An ECharts chart. `label` says in one sentence what it shows (for screen readers and print); give the figures as a
 * table too where they matter. `map` registers a GeoJSON before drawing. Canvas needs a real font name, not `inherit`.
 */
export function Chart(props: {
  option: ChartOption;
  label: string;
  height?: number | string;
  map?: ChartMap;
  onClick?: (clicked: { name: string; seriesName?: string; value: unknown; data: unknown; dataIndex: number }) => void;
}) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<LiveChart | null>(null);
  const show = useRef<((option: ChartOption) => void) | null>(null);
  const told = useRef(props);
  useEffect(() => {
    told.current = props;
  });
  useEffect(() => {
    let gone = false;
    let watch: ResizeObserver | null = null;
    void load().then(({ draw, dressed }) => {
      if (gone || place.current === null) return;
      const begin = (within: HTMLDivElement): void => {
        const live = draw(within, told.current.map);
        chart.current = live;
        show.current = (option) => live.setOption(dressed(option), { notMerge: true });
        show.current(told.current.option);
        live.on('click', (clicked) => told.current.onClick?.(clicked as never));
      };
      // A place without size (printed, hidden, being laid out anew) cannot hold a map: it is drawn when there is room.
      watch = new ResizeObserver(([entry]) => {
        if (gone || place.current === null || !entry || entry.contentRect.width === 0 || entry.contentRect.height === 0)
          return;
        if (chart.current === null) begin(place.current);
        else chart.current.resize();
      });
      watch.observe(place.current);
    });
    return () => {
      gone = true;
      watch?.disconnect();
      chart.current?.dispose();
      chart.current = null;
      show.current = null;
    };
  }, []);
  useEffect(() => {
    show.current?.(props.option);
  }, [props.option]);
  return (
    <div ref={place} className="g-chart" role="img" aria-label={props.label} style={{ height: props.height ?? 260 }} />
  );
}

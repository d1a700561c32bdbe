import { useMemo } from 'react';
import type { ChartOption } from '../../../platform/web/echarts.ts';
import { Chart } from '../../../platform/web/parts/Chart.tsx';
import type { SectionKey } from '../bulletin-form.ts';
import type { BulletinView } from './bulletins-client.ts';

type Drawn = BulletinView['charts'][number];

/** Room for a bar with its name, and for legend and axis. */
const BAR = 34;
const FRAME = 80;

function optionOf({ form, names, series }: Drawn): ChartOption {
  const lying = form === 'bars';
  const named = { type: 'category' as const, data: names, axisTick: { show: false } };
  const valued = { type: 'value' as const, minInterval: 1 };
  return {
    legend: { top: 0 },
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' } },
    grid: { top: 34 },
    xAxis: lying ? valued : named,
    // the first unit stands on top
    yAxis: lying ? { ...named, inverse: true } : valued,
    series: series.map((one) => ({
      type: 'bar',
      name: one.name,
      data: one.values,
      barMaxWidth: 22,
      ...(lying ? { stack: 'all' } : {}),
    })),
  };
}

function OneChart({ drawn }: { drawn: Drawn }) {
  const option = useMemo(() => optionOf(drawn), [drawn]);
  const said = drawn.names.map((name, at) => `${name}${drawn.series.map((one) => `${one.name}${one.values[at]}`)}`);
  return (
    <figure className="g-bulletin-chart">
      <Chart
        option={option}
        label={`${drawn.title}：${said.join('；')}`}
        height={drawn.form === 'bars' ? FRAME + drawn.names.length * BAR : 260}
      />
      <figcaption>{drawn.title}</figcaption>
    </figure>
  );
}

/** The charts of a part, the same as in the document; what they show stands in the tables as well. */
export function ChartsOf({ part, view }: { part: SectionKey; view: BulletinView }) {
  return view.charts.filter((one) => one.part === part).map((one) => <OneChart key={one.title} drawn={one} />);
}

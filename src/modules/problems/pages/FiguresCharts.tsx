import { useMemo } from 'react';
import type { ChartOption } from '../../../platform/web/echarts.ts';
import { Chart } from '../../../platform/web/parts/Chart.tsx';
import type { Shown } from './figures-client.ts';

type Series = Shown['flow']['series'];

/** 2026-03-16 as it stands under a bar: the month, or the day on which the step begins. */
const stepName = (step: Shown['step'], from: string): string =>
  step === 'month' ? `${from.slice(0, 4)}.${Number(from.slice(5, 7))}` : from.slice(5);

/** Bars of what came and went, and the line of what was open at the end of each step. */
export function FlowChart({ shown }: { shown: Shown }) {
  const { step } = shown;
  const { series } = shown.flow;
  const option = useMemo(
    (): ChartOption => ({
      legend: { top: 0, data: ['登记', '销号', '未销号'] },
      tooltip: {
        trigger: 'axis',
        formatter: (points: unknown) => {
          const at = (points as { dataIndex: number }[])[0]?.dataIndex ?? 0;
          const one = series[at];
          if (!one) return '';
          const days = one.from === one.to ? one.from : `${one.from} 至 ${one.to}`;
          return `${days}<br/>登记 ${one.registered}，重新打开 ${one.reopened}<br/>销号 ${one.closed}${one.ended > one.closed ? `，其他办结 ${one.ended - one.closed}` : ''}<br/>期末未销号 ${one.open}`;
        },
      },
      grid: { top: 62 },
      xAxis: { type: 'category', data: series.map((one) => stepName(step, one.from)) },
      yAxis: [
        { type: 'value', name: '登记、销号（件）', minInterval: 1, nameTextStyle: { align: 'left' } },
        {
          type: 'value',
          name: '未销号（件）',
          minInterval: 1,
          splitLine: { show: false },
          nameTextStyle: { align: 'right' },
        },
      ],
      series: [
        {
          name: '登记',
          type: 'bar',
          data: series.map((one) => one.registered + one.reopened),
          itemStyle: { color: '#5b8cc9' },
        },
        { name: '销号', type: 'bar', data: series.map((one) => one.ended), itemStyle: { color: '#b0bccb' } },
        {
          name: '未销号',
          type: 'line',
          yAxisIndex: 1,
          data: series.map((one) => one.open),
          symbolSize: 5,
          itemStyle: { color: '#0b4a9e' },
          lineStyle: { width: 2 },
        },
      ],
    }),
    [series, step],
  );
  return <Chart option={option} height={300} label={flowLabel(series)} />;
}

const flowLabel = (series: Series): string =>
  `登记与销号：${series.map((one) => `${one.from} 起登记 ${one.registered}、销号 ${one.closed}`).join('；')}`;

/** The curve of what is open, the straight way to zero that is needed, and the day by which it must be reached. */
export function BurnDownChart(props: {
  series: readonly { readonly day: string; readonly open: number }[];
  day: string;
  until: string | null;
}) {
  const { series, day, until } = props;
  const option = useMemo((): ChartOption => {
    const time = (text: string): number => Date.parse(`${text}T00:00:00Z`);
    const last = series.at(-1);
    return {
      legend: { top: 0, data: until ? ['未销号', '需要的进度'] : ['未销号'] },
      tooltip: { trigger: 'axis' },
      grid: { top: 62 },
      xAxis: { type: 'time', max: until && until > day ? time(until) : time(day) },
      yAxis: { type: 'value', name: '未销号（件）', minInterval: 1, min: 0, nameTextStyle: { align: 'left' } },
      series: [
        {
          name: '未销号',
          type: 'line',
          step: 'end',
          showSymbol: false,
          areaStyle: { opacity: 0.15 },
          itemStyle: { color: '#0b4a9e' },
          data: series.map((one) => [time(one.day), one.open]),
        },
        ...(until && last && until > day
          ? [
              {
                name: '需要的进度',
                type: 'line' as const,
                showSymbol: false,
                lineStyle: { type: 'dashed' as const, color: '#c8161d' },
                itemStyle: { color: '#c8161d' },
                data: [
                  [time(last.day), last.open],
                  [time(until), 0],
                ],
              },
            ]
          : []),
      ],
    };
  }, [series, day, until]);
  return (
    <Chart
      option={option}
      height={260}
      label={`清零曲线：${series[0]?.day ?? ''}未销号 ${series[0]?.open ?? 0} 件，${day} ${series.at(-1)?.open ?? 0} 件`}
    />
  );
}

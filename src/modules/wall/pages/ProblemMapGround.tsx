import { type ReactNode, useMemo } from 'react';
import { client } from '../../../platform/web/client.ts';
import type { ChartOption } from '../../../platform/web/echarts.ts';
import { Chart } from '../../../platform/web/parts/Chart.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import type { ShownMap } from '../../problems/pages/figures-client.ts';
import { clustersOf, dotsOf } from '../../problems/pages/figures-map.ts';
import { ledgerAddress } from '../../problems/pages/problems-client.ts';
import { wallApi } from '../api.ts';

const api = client(wallApi);
const name = 'problems';

/** Lent to the figures of problems: the wall's own map under the clusters; without one, what the page itself can draw. */
export function ProblemMapGround({
  map,
  plain,
  onOpen,
}: {
  map: ShownMap;
  plain: ReactNode;
  onOpen: (to: string) => void;
}) {
  const wall = useRead(api.wallMap, {});
  const geoJson = wall.data?.geoJson;
  const clusters = useMemo(() => clustersOf(map), [map]);
  const option = useMemo(
    (): ChartOption =>
      ({
        tooltip: {},
        geo: {
          map: name,
          roam: true,
          scaleLimit: { min: 1, max: 12 },
          layoutCenter: ['50%', '50%'],
          layoutSize: '96%',
          label: { show: true, color: '#4a5563', fontSize: 12 },
          itemStyle: { areaColor: '#eef2f7', borderColor: '#8a97a8' },
          emphasis: { label: { color: '#1f2933' }, itemStyle: { areaColor: '#e2e9f2' } },
          tooltip: { show: false },
        },
        series: [dotsOf(clusters, true)],
      }) as ChartOption,
    [clusters],
  );
  if (wall.isPending) return <p className="g-loading">正在读取底图…</p>;
  if (!geoJson) return <>{plain}</>;
  return (
    <>
      <Chart
        option={option}
        height={420}
        map={{ name, geoJson: geoJson as object }}
        label={`未销号问题分布，${map.cells.length} 处`}
        onClick={(clicked) => {
          const cluster = clicked.seriesName === 'clusters' ? clusters[clicked.dataIndex] : undefined;
          if (cluster) onOpen(ledgerAddress(cluster.query));
        }}
      />
      {wall.data?.caption ? <p className="g-quiet">{wall.data.caption}。可以滚轮放大、拖动。</p> : null}
    </>
  );
}

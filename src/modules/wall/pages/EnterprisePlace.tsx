import { useMemo } from 'react';
import { client } from '../../../platform/web/client.ts';
import type { ChartOption } from '../../../platform/web/echarts.ts';
import { Chart } from '../../../platform/web/parts/Chart.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { wallApi } from '../api.ts';

const api = client(wallApi);

/** Where an enterprise stands on the jurisdiction's own map; nothing where no map was given. */
export function EnterprisePlace(props: { name: string; longitude: number; latitude: number }) {
  const map = useRead(api.wallMap, {});
  const { name, longitude, latitude } = props;
  const option = useMemo(
    (): ChartOption => ({
      geo: {
        map: 'district',
        layoutCenter: ['50%', '50%'],
        layoutSize: '98%',
        label: { show: true, color: '#1f2933', fontSize: 12 },
        itemStyle: { areaColor: '#e6eaf0', borderColor: '#8a97a8' },
        emphasis: { disabled: true },
      },
      series: [
        {
          type: 'scatter',
          coordinateSystem: 'geo',
          symbol: 'pin',
          symbolSize: 34,
          itemStyle: { color: '#0b4a9e', borderColor: '#fff', borderWidth: 1 },
          label: { show: true, position: 'top', formatter: name, color: '#0b4a9e', fontWeight: 'bold' },
          data: [[longitude, latitude]],
        },
      ],
    }),
    [name, longitude, latitude],
  );
  if (!map.data || map.data.caption === null) return null;
  return (
    <Card title="位置" extra={<span className="g-quiet">{map.data.caption}</span>}>
      <Chart
        height={360}
        label={`「${name}」在本地区的位置：东经 ${longitude}°，北纬 ${latitude}°。`}
        map={{ name: 'district', geoJson: map.data.geoJson as object }}
        option={option}
      />
    </Card>
  );
}

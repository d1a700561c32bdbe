import { useNavigate } from 'react-router';
import { client } from '../../../platform/web/client.ts';
import { Chart } from '../../../platform/web/parts/Chart.tsx';
import { Card } from '../../../platform/web/parts/PageHeader.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { wallApi } from '../api.ts';
import type { Board } from '../sheet.ts';
import { type AreaState, areaStates, mapOption } from './map-option.ts';

const api = client(wallApi);

/** The map of the jurisdiction, coloured by the worst lamp of each area; a click opens the area's tasks. */
export function WallMapCard({ board, list }: { board: Board; list: (filters: Record<string, string>) => string }) {
  const map = useRead(api.wallMap, {});
  const go = useNavigate();
  if (!map.data) return <Card title="分布图">正在打开…</Card>;
  if (map.data.caption === null)
    return (
      <Card title="分布图">
        <p className="g-empty">还没有底图。安委办可以在「更换底图」里导入本地区的 GeoJSON 边界。</p>
      </Card>
    );
  const areas = areaStates(map.data.geoJson, board);
  const worst = areas.filter((area) => area.red > 0).map((area) => `${area.name}逾期${area.red}项`);
  return (
    <Card title="分布图" extra={<span className="g-quiet">{map.data.caption}</span>}>
      <Chart
        height={420}
        label={`各镇街任务分布：${worst.length > 0 ? worst.join('，') : '没有逾期'}。`}
        map={{ name: 'wall', geoJson: map.data.geoJson as object }}
        option={mapOption(areas, 'light')}
        onClick={(clicked) => {
          const area = (clicked.data as { area?: AreaState } | undefined)?.area;
          if (area?.unitId) go(list({ leadUnit: area.unitId }));
        }}
      />
    </Card>
  );
}

import type { ShownMap } from './figures-client.ts';

/** Clusters as a scatter series: the area of a dot grows with its count; red where something is late. */
export function dotsOf(map: ShownMap, onGeo = false) {
  const most = Math.max(1, ...map.cells.map((cell) => cell.open));
  return {
    type: 'scatter' as const,
    ...(onGeo ? { coordinateSystem: 'geo' as const } : {}),
    symbolSize: (_value: unknown, point: { dataIndex: number }) =>
      8 + 30 * Math.sqrt((map.cells[point.dataIndex]?.open ?? 0) / most),
    data: map.cells.map((cell) => ({
      value: [cell.longitude, cell.latitude, cell.open],
      itemStyle: { color: cell.red > 0 ? '#c8161d' : '#0b4a9e', opacity: 0.75 },
    })),
    label: {
      show: true,
      color: '#fff',
      fontSize: 11,
      formatter: (point: { dataIndex: number }) => {
        const open = map.cells[point.dataIndex]?.open ?? 0;
        return open > most / 8 && open > 1 ? String(open) : '';
      },
    },
    labelLayout: { hideOverlap: true },
    tooltip: {
      formatter: (point: { dataIndex: number }) => {
        const cell = map.cells[point.dataIndex];
        return cell ? `未销号 ${cell.open} 件，其中逾期 ${cell.red} 件，重大 ${cell.major} 件` : '';
      },
    },
  };
}

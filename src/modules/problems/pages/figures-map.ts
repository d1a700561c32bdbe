import type { ShownMap } from './figures-client.ts';

export interface Cluster {
  readonly longitude: number;
  readonly latitude: number;
  readonly open: number;
  readonly red: number;
  readonly major: number;
  /** Filters of the ledger that show exactly these problems. */
  readonly query: Readonly<Record<string, string | string[]>>;
}

/** More dots than this cannot be told apart. */
const MOST = 80;

/**
 * Cells put together until the dots can be told apart: blocks of one, two, three … cells a side, each at the middle of its
 * problems. A cluster opens the problems of all of its cells.
 */
export function clustersOf(map: ShownMap): Cluster[] {
  for (let side = 1; ; side += 1) {
    const blocks = new Map<string, ShownMap['cells'][number][]>();
    for (const cell of map.cells) {
      const place = (degrees: number): number => Math.floor(Math.floor(degrees / map.cell) / side);
      const key = `${place(cell.longitude)} ${place(cell.latitude)}`;
      const block = blocks.get(key) ?? [];
      block.push(cell);
      blocks.set(key, block);
    }
    if (blocks.size <= MOST || side >= 10) return [...blocks.values()].map(clusterOf);
  }
}

function clusterOf(cells: ShownMap['cells']): Cluster {
  const sum = (pick: (cell: ShownMap['cells'][number]) => number): number =>
    cells.reduce((total, cell) => total + pick(cell), 0);
  const open = sum((cell) => cell.open);
  return {
    longitude: sum((cell) => cell.longitude * cell.open) / open,
    latitude: sum((cell) => cell.latitude * cell.open) / open,
    open,
    red: sum((cell) => cell.red),
    major: sum((cell) => cell.major),
    query: { ...cells[0]?.query, cell: cells.flatMap((cell) => cell.query.cell ?? []) },
  };
}

/** Clusters as a scatter series: the area of a dot grows with its count; red where something is late. */
export function dotsOf(clusters: readonly Cluster[], onGeo = false) {
  const most = Math.max(1, ...clusters.map((cluster) => cluster.open));
  return {
    name: 'clusters',
    type: 'scatter' as const,
    ...(onGeo ? { coordinateSystem: 'geo' as const } : {}),
    symbolSize: (_value: unknown, point: { dataIndex: number }) =>
      10 + 26 * Math.sqrt((clusters[point.dataIndex]?.open ?? 0) / most),
    data: clusters.map((cluster) => ({
      value: [cluster.longitude, cluster.latitude, cluster.open],
      itemStyle: {
        color: cluster.red > cluster.open / 2 ? '#c8161d' : cluster.red > 0 ? '#a86500' : '#0b4a9e',
        opacity: 0.82,
      },
    })),
    label: {
      show: true,
      color: '#fff',
      fontSize: 11,
      formatter: (point: { dataIndex: number }) => {
        const open = clusters[point.dataIndex]?.open ?? 0;
        return open >= 3 ? String(open) : '';
      },
    },
    tooltip: {
      formatter: (point: { dataIndex: number }) => {
        const cluster = clusters[point.dataIndex];
        return cluster ? `未销号 ${cluster.open} 件，其中逾期 ${cluster.red} 件，重大 ${cluster.major} 件` : '';
      },
    },
  };
}

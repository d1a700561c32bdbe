import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ChartOption } from '../../../platform/web/echarts.ts';
import { Chart } from '../../../platform/web/parts/Chart.tsx';
import { RefusalAlert } from '../../../platform/web/parts/RefusalAlert.tsx';
import { Slot } from '../../../platform/web/slot.tsx';
import { useRead } from '../../../platform/web/use-read.ts';
import { counted, figures, problemMapGround, type ShownMap } from './figures-client.ts';
import { clustersOf, dotsOf } from './figures-map.ts';
import { ledgerAddress } from './problems-client.ts';

/** Dots on plain paper: longitude and latitude only, for places without a map. */
function PlainMap({ map, onOpen }: { map: ShownMap; onOpen: (to: string) => void }) {
  const clusters = useMemo(() => clustersOf(map), [map]);
  const option = useMemo(
    (): ChartOption => ({
      tooltip: {},
      grid: { top: 12 },
      xAxis: { type: 'value', scale: true, name: '东经', axisLabel: { formatter: '{value}°' } },
      yAxis: { type: 'value', scale: true, name: '北纬', axisLabel: { formatter: '{value}°' } },
      series: [dotsOf(clusters)],
    }),
    [clusters],
  );
  return (
    <Chart
      option={option}
      height={380}
      label={`未销号问题分布，${map.cells.length} 处`}
      onClick={(clicked) => {
        const cluster = clusters[clicked.dataIndex];
        if (cluster) onOpen(ledgerAddress(cluster.query));
      }}
    />
  );
}

/** 分布: clusters on the map of the district, or on plain paper; towns as a table beside it. */
export function FiguresMap({ query }: { query: Readonly<Record<string, unknown>> }) {
  const navigate = useNavigate();
  const read = useRead(figures.problemMap, { query } as Parameters<typeof useRead<typeof figures.problemMap.route>>[1]);
  if (!read.data) return read.error ? <RefusalAlert refusal={read.error} /> : <p className="g-loading">正在计算…</p>;
  const map = read.data;
  const open = (to: string): void => void navigate(to);
  if (map.cells.length + map.areas.length === 0) return <p className="g-empty">没有未销号的问题。</p>;
  const plain = <PlainMap map={map} onOpen={open} />;
  return (
    <div className="f-columns">
      <div>
        {map.cells.length === 0 ? (
          <p className="g-empty">未销号的问题都没有登记坐标，不能画在图上。</p>
        ) : (
          <Slot of={problemMapGround} with={{ map, plain, onOpen: open }} otherwise={plain} />
        )}
        <p className="g-quiet">
          圆点里的数是这一片未销号的件数：红色多数逾期，褐色有逾期，蓝色没有逾期；点击打开清单。
          {map.without > 0 ? `另有 ${counted(map.without)} 件没有登记坐标。` : ''}
        </p>
      </div>
      <div className="f-scroll">
        <table className="f-table">
          <caption className="g-unseen">各镇街未销号的问题</caption>
          <thead>
            <tr>
              <th scope="col">属地</th>
              <th scope="col" className="f-n">
                未销号
              </th>
              <th scope="col" className="f-n">
                逾期
              </th>
              <th scope="col" className="f-n">
                重大
              </th>
            </tr>
          </thead>
          <tbody>
            {map.areas.slice(0, 20).map((area) => (
              <tr key={area.code}>
                <th scope="row">{area.name}</th>
                <td className="f-n">
                  <Link to={ledgerAddress(area.query)}>{counted(area.open)}</Link>
                </td>
                <td className="f-n">
                  {area.red > 0 ? (
                    <b className="g-lamp-text-red">{counted(area.red)}</b>
                  ) : (
                    <span className="g-quiet">—</span>
                  )}
                </td>
                <td className="f-n">{area.major > 0 ? counted(area.major) : <span className="g-quiet">—</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

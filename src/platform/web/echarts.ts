import { BarChart, LineChart, MapChart, PieChart, ScatterChart } from 'echarts/charts';
import {
  AriaComponent,
  GeoComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import type { EChartsOption } from 'echarts/types/dist/shared';

echarts.use([
  BarChart,
  LineChart,
  PieChart,
  ScatterChart,
  MapChart,
  GridComponent,
  TooltipComponent,
  LegendComponent,
  VisualMapComponent,
  GeoComponent,
  MarkLineComponent,
  AriaComponent,
  CanvasRenderer,
]);

export type ChartOption = EChartsOption;
export type LiveChart = echarts.ECharts;
/** A map to be drawn: the name used in the option and its GeoJSON. */
export interface ChartMap {
  readonly name: string;
  readonly geoJson: object;
}

const FONT = 'PingFang SC, Microsoft YaHei, HarmonyOS Sans SC, Source Han Sans SC, Noto Sans CJK SC, sans-serif';

/** Starts a chart in a place. No motion: an office tool that is read for hours. */
export function draw(place: HTMLElement, map?: ChartMap): LiveChart {
  if (map !== undefined) echarts.registerMap(map.name, map.geoJson as never);
  return echarts.init(place, { textStyle: { fontFamily: FONT }, animation: false, aria: { enabled: false } } as never, {
    locale: 'ZH',
  });
}

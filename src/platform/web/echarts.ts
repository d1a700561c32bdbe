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

/** Quiet colours that differ in brightness too; red, amber and green are kept for lamps. */
const palette = ['#0b4a9e', '#5b8cc9', '#7b8794', '#2f6f73', '#8a6fa8', '#b0bccb'];
const room = { left: 12, right: 20, top: 28, bottom: 12, containLabel: true };

/** A page's option with the house's fonts, colours and margins where it says nothing of its own. */
export const dressed = (option: ChartOption): ChartOption => ({
  color: palette,
  animation: false,
  textStyle: { fontFamily: FONT, fontSize: 13 },
  ...option,
  ...(Array.isArray(option.grid) ? {} : { grid: { ...room, ...option.grid } }),
});

/** Starts a chart in a place. No motion: an office tool that is read for hours. */
export function draw(place: HTMLElement, map?: ChartMap): LiveChart {
  if (map !== undefined) echarts.registerMap(map.name, map.geoJson as never);
  return echarts.init(place, null, { locale: 'ZH' });
}

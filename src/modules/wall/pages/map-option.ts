import type { ChartOption } from '../../../platform/web/echarts.ts';
import type { Board } from '../sheet.ts';

/** One area of the map with the tasks of the unit that stands for it. */
export interface AreaState {
  readonly name: string;
  readonly unitId: string | null;
  readonly red: number;
  readonly amber: number;
  readonly open: number;
  readonly closed: number;
  readonly longest: number;
}

/** Matches the features of the map with the board's units by division code. Areas without a unit stay grey. */
export function areaStates(geoJson: unknown, board: Board): readonly AreaState[] {
  const features = (geoJson as { features?: { properties?: { code?: string; name?: string } }[] }).features ?? [];
  return features.map(({ properties }) => {
    const units = board.units.filter((unit) => unit.areaCode !== null && unit.areaCode === properties?.code);
    const sum = (key: 'red' | 'amber' | 'open' | 'closed'): number =>
      units.reduce((total, unit) => total + unit[key], 0);
    return {
      name: properties?.name ?? '',
      unitId: units[0]?.unitId ?? null,
      red: sum('red'),
      amber: sum('amber'),
      open: sum('open'),
      closed: sum('closed'),
      longest: Math.max(0, ...units.map((unit) => unit.longest)),
    };
  });
}

const palettes = {
  light: { red: '#f2b8ba', amber: '#ffe0a3', green: '#bfe3c8', idle: '#e6eaf0', line: '#8a97a8', text: '#1f2933' },
  dark: { red: '#a3262c', amber: '#8f6410', green: '#1f6b3a', idle: '#1b3557', line: '#5f7ea6', text: '#eef4ff' },
} as const;

const wordOf = (area: AreaState): string =>
  area.red > 0 ? `◆逾期${area.red}` : area.amber > 0 ? `▲临期${area.amber}` : area.open > 0 ? `●${area.open}` : '';

/** Fill by the worst lamp, and the same in words on the label: colour never stands alone. */
export function mapOption(areas: readonly AreaState[], theme: keyof typeof palettes, fontSize = 12): ChartOption {
  const colours = palettes[theme];
  const fill = (area: AreaState): string =>
    area.red > 0
      ? colours.red
      : area.amber > 0
        ? colours.amber
        : area.open + area.closed > 0
          ? colours.green
          : colours.idle;
  return {
    tooltip: {
      trigger: 'item',
      formatter: (item: unknown) => {
        const area = (item as { data?: { area?: AreaState } }).data?.area;
        if (!area) return '';
        return `${area.name}<br/>在办 ${area.open} 项，逾期 ${area.red} 项，临期或落后 ${area.amber} 项，办结 ${area.closed} 项${area.longest > 0 ? `<br/>最长逾期 ${area.longest} 天` : ''}`;
      },
    },
    series: [
      {
        type: 'map',
        map: 'wall',
        selectedMode: false,
        layoutCenter: ['50%', '50%'],
        layoutSize: '98%',
        label: {
          show: true,
          color: colours.text,
          fontSize,
          lineHeight: fontSize * 1.35,
          formatter: (item: unknown) => {
            const { name, data } = item as { name: string; data?: { area?: AreaState } };
            const word = data?.area ? wordOf(data.area) : '';
            return word === '' ? name : `${name}\n${word}`;
          },
        },
        itemStyle: { borderColor: colours.line, borderWidth: 1 },
        emphasis: {
          label: { color: colours.text },
          itemStyle: { areaColor: theme === 'light' ? '#cfdcf0' : '#2c4d7a' },
        },
        data: areas.map((area) => ({ name: area.name, value: area.red, area, itemStyle: { areaColor: fill(area) } })),
      },
    ],
  } as ChartOption;
}

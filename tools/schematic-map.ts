/**
 * Draws the schematic map of the fictional district: `node --import tsx tools/schematic-map.ts`.
 * Cells of a Voronoi diagram inside an invented outline; every border is bent by a sequence that depends only on the
 * border's own ends, so that neighbours share each line exactly and the file is the same on every run.
 */
import { readFile, writeFile } from 'node:fs/promises';

type Point = readonly [number, number];

const FOLDER = new URL('../data/jurisdictions/990102/', import.meta.url);

/** Where each town lies: streets crowd in the middle, the zone at the estuary. Units of the drawing, x 0–100, y 0–80. */
const SEEDS: readonly (readonly [unit: string, x: number, y: number])[] = [
  ['lanqiao', 47, 41],
  ['oudu', 57, 33],
  ['jingping', 40, 52],
  ['xiwan', 66, 42],
  ['zhiting', 54, 53],
  ['huailing', 14, 62],
  ['fengyan', 35, 70],
  ['sangyan', 60, 69],
  ['liwu', 84, 60],
  ['liling', 13, 37],
  ['maiyu', 28, 26],
  ['yuya', 52, 14],
  ['zone', 79, 24],
];

const OUTLINE: readonly Point[] = [
  [4, 30],
  [9, 18],
  [20, 13],
  [30, 5],
  [44, 8],
  [58, 2],
  [72, 7],
  [84, 4],
  [94, 14],
  [97, 27],
  [87, 37],
  [91, 46],
  [99, 56],
  [92, 68],
  [80, 72],
  [70, 79],
  [56, 75],
  [42, 80],
  [26, 77],
  [10, 71],
  [6, 58],
  [1, 47],
];

/** Keeps the part of a convex polygon that lies nearer to `a` than to `b`. */
function nearerTo(polygon: readonly Point[], a: Point, b: Point): Point[] {
  const side = ([x, y]: Point): number =>
    (x - (a[0] + b[0]) / 2) * (b[0] - a[0]) + (y - (a[1] + b[1]) / 2) * (b[1] - a[1]);
  return polygon.flatMap((from, index) => {
    const to = polygon[(index + 1) % polygon.length] ?? from;
    const [s, t] = [side(from), side(to)];
    const kept: Point[] = s <= 0 ? [from] : [];
    if ((s < 0 && t > 0) || (s > 0 && t < 0)) {
      const share = s / (s - t);
      kept.push([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]);
    }
    return kept;
  });
}

const round = (value: number): number => Math.round(value * 1e4) / 1e4;
const same = (a: Point, b: Point): boolean => Math.hypot(a[0] - b[0], a[1] - b[1]) < 1e-3;

/** A number in −1…1 that depends only on the place. */
function bend(x: number, y: number): number {
  const wave = Math.sin(x * 12.9898 + y * 78.233) * 43758.5453;
  return (wave - Math.floor(wave)) * 2 - 1;
}

/** Points between two ends, bent by moving midpoints sideways; the same line from whichever end one comes. */
function border(from: Point, to: Point): Point[] {
  const turned = from[0] > to[0] || (from[0] === to[0] && from[1] > to[1]);
  const [a, b] = turned ? [to, from] : [from, to];
  const split = (p: Point, q: Point, depth: number): Point[] => {
    const length = Math.hypot(q[0] - p[0], q[1] - p[1]);
    if (depth === 0 || length < 0.9) return [];
    const shift = bend(round((p[0] + q[0]) / 2), round((p[1] + q[1]) / 2)) * 0.11;
    const middle: Point = [(p[0] + q[0]) / 2 - (q[1] - p[1]) * shift, (p[1] + q[1]) / 2 + (q[0] - p[0]) * shift];
    return [...split(p, middle, depth - 1), middle, ...split(middle, q, depth - 1)];
  };
  const points = split(a, b, 4);
  return turned ? points.reverse() : points;
}

function cellOf(index: number): Point[] {
  const own = SEEDS[index];
  if (own === undefined) return [];
  const convex = SEEDS.reduce<readonly Point[]>(
    (polygon, other) => (other === own ? polygon : nearerTo(polygon, [own[1], own[2]], [other[1], other[2]])),
    OUTLINE,
  ).map(([x, y]): Point => [round(x), round(y)]);
  const corners = convex.filter((point, at) => !same(point, convex[(at + 1) % convex.length] ?? [-1, -1]));
  return corners.flatMap((from, at) => [from, ...border(from, corners[(at + 1) % corners.length] ?? from)]);
}

/** Drawing units become degrees near 0°, 0°: open sea, where no administrative division lies. */
const degrees = ([x, y]: Point): [number, number] => [Math.round(x * 100) / 1e4, Math.round(y * 85) / 1e4];

const district: { units: { key: string; short: string; area?: string }[] } = JSON.parse(
  await readFile(new URL('district.json', FOLDER), 'utf8'),
);
const features = SEEDS.map(([key, x, y], index) => {
  const unit = district.units.find((each) => each.key === key);
  if (unit?.area === undefined) throw new Error(`no area for ${key}`);
  const ring = cellOf(index).map(degrees);
  const [first] = ring;
  return {
    type: 'Feature',
    properties: { code: unit.area, name: unit.short, unit: key, cp: degrees([x, y]) },
    geometry: { type: 'Polygon', coordinates: [first === undefined ? ring : [...ring, first]] },
  };
});
const lines = features.map((feature) => JSON.stringify(feature)).join(',\n');
await writeFile(
  new URL('map.geojson', FOLDER),
  `{"type":"FeatureCollection","caption":"示意图","features":[\n${lines}\n]}\n`,
);

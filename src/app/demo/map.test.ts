import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';

type Point = [number, number];
interface Town {
  properties: { code: string; name: string; unit: string; cp: Point };
  geometry: { type: string; coordinates: Point[][] };
}

const folder = new URL('../../../data/jurisdictions/990102/', import.meta.url);
const text = await readFile(new URL('map.geojson', folder), 'utf8');
const map: { caption: string; features: Town[] } = JSON.parse(text);
const district: { units: { key: string; short: string; kind: string; area?: string }[] } = JSON.parse(
  await readFile(new URL('district.json', folder), 'utf8'),
);
const ringOf = (town: Town): Point[] => town.geometry.coordinates[0] ?? [];

function contains(ring: readonly Point[], [x, y]: Point): boolean {
  let inside = false;
  ring.forEach(([ax, ay], at) => {
    const [bx, by] = ring[(at + 1) % ring.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

const turn = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
const cross = ([a, b]: [Point, Point], [c, d]: [Point, Point]): boolean =>
  turn(a, b, c) * turn(a, b, d) < -1e-16 && turn(c, d, a) * turn(c, d, b) < -1e-16;

describe('演示用的示意图', () => {
  it('十三个镇街和开发区各有一块，名称和代码与机构名册一致，文件不超过40KB', () => {
    expect(text.length).toBeLessThan(40_000);
    expect(map.caption).toBe('示意图');
    const expected = district.units.filter((unit) => unit.kind === 'town' || unit.kind === 'zone');
    expect(
      map.features.map((town) => [town.properties.unit, town.properties.name, town.properties.code]).sort(),
    ).toEqual(expected.map((unit) => [unit.key, unit.short, unit.area]).sort());
  });

  it('边界闭合，互不交叉，名称落在自己的地界内', () => {
    const edges = map.features.flatMap((town) => {
      const ring = ringOf(town);
      expect(ring.at(-1)).toEqual(ring[0]);
      return ring.slice(1).map((point, at): [Point, Point] => [ring[at] ?? point, point]);
    });
    for (const [index, edge] of edges.entries())
      for (const other of edges.slice(index + 1)) if (cross(edge, other)) expect([edge, other]).toEqual('不相交');
    for (const town of map.features) {
      const holders = map.features.filter((other) => contains(ringOf(other), town.properties.cp));
      expect(holders.map((one) => one.properties.name)).toEqual([town.properties.name]);
    }
  });
});

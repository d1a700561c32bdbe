import { notValid, type RefusalPlace } from '../../kernel/refusal.ts';

/** A map as the wall draws it: polygons with a division code and a name, and where its label stands. */
export interface WallMap {
  readonly type: 'FeatureCollection';
  readonly features: readonly {
    readonly type: 'Feature';
    readonly properties: { readonly code: string; readonly name: string; readonly cp?: readonly [number, number] };
    readonly geometry: { readonly type: 'Polygon' | 'MultiPolygon'; readonly coordinates: unknown };
  }[];
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Rings of at least four points, first equal to last, all numbers within the globe. */
function ringTrouble(ring: unknown): string | null {
  if (!Array.isArray(ring) || ring.length < 4) return '边界至少要有四个点';
  for (const point of ring) {
    const [x, y] = Array.isArray(point) ? point : [];
    if (typeof x !== 'number' || typeof y !== 'number' || Math.abs(x) > 180 || Math.abs(y) > 90)
      return '坐标应为经纬度（东经、北纬，单位度）';
  }
  const [first, last] = [ring[0], ring[ring.length - 1]] as [number[], number[]];
  return first[0] === last[0] && first[1] === last[1] ? null : '边界没有闭合';
}

function geometryTrouble(geometry: unknown): string | null {
  if (!isRecord(geometry)) return '没有图形';
  const { type, coordinates } = geometry;
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    return `图形类型是 ${String(type)}，应为面（Polygon 或 MultiPolygon）`;
  if (!Array.isArray(coordinates)) return '没有坐标';
  const rings = type === 'Polygon' ? coordinates : (coordinates as unknown[]).flat();
  if (rings.length === 0) return '没有坐标';
  for (const ring of rings) {
    const trouble = ringTrouble(ring);
    if (trouble) return trouble;
  }
  return null;
}

/**
 * Checks a customer's GeoJSON and keeps only what the wall draws. Throws a refusal that names each feature that is wrong;
 * nothing is repaired silently.
 */
export function readMap(geoJson: unknown, codeProperty: string, nameProperty: string): WallMap {
  if (!isRecord(geoJson) || geoJson.type !== 'FeatureCollection' || !Array.isArray(geoJson.features))
    throw notValid('这个文件不是 GeoJSON 的要素集合（FeatureCollection），请从地理信息软件另存为 GeoJSON 后再导入。');
  const list: readonly unknown[] = geoJson.features;
  if (list.length === 0) throw notValid('地图里没有任何图形。');
  if (list.length > 2000) throw notValid(`地图里有 ${list.length} 个图形，最多 2000 个；请只导入本地区的镇街边界。`);
  const places: RefusalPlace[] = [];
  const features: WallMap['features'][number][] = [];
  list.forEach((feature, index) => {
    const where = `第${index + 1}个图形`;
    const properties = isRecord(feature) && isRecord(feature.properties) ? feature.properties : {};
    const code = properties[codeProperty];
    const name = properties[nameProperty];
    if (typeof code !== 'string' && typeof code !== 'number')
      places.push({ where, says: `没有区划代码字段「${codeProperty}」` });
    if (typeof name !== 'string' || name === '') places.push({ where, says: `没有名称字段「${nameProperty}」` });
    const trouble = geometryTrouble(isRecord(feature) ? feature.geometry : null);
    if (trouble) places.push({ where, says: trouble });
    const cp = properties.cp;
    if (!isRecord(feature)) return;
    features.push({
      type: 'Feature',
      properties: {
        code: String(code),
        name: String(name),
        ...(Array.isArray(cp) && cp.length === 2 && cp.every((one) => typeof one === 'number')
          ? { cp: cp as unknown as [number, number] }
          : {}),
      },
      geometry: feature.geometry as WallMap['features'][number]['geometry'],
    });
  });
  if (places.length > 0)
    throw notValid(`地图有 ${places.length} 处不合要求，没有导入，现有底图没有变。`, places.slice(0, 50));
  return { type: 'FeatureCollection', features };
}

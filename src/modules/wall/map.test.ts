import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../kernel/refusal.ts';
import { readMap } from './map.ts';

const square = [
  [
    [119, 34],
    [119.1, 34],
    [119.1, 34.1],
    [119, 34.1],
    [119, 34],
  ],
];
const feature = (properties: object, geometry: object = { type: 'Polygon', coordinates: square }) => ({
  type: 'Feature',
  properties,
  geometry,
});
const read = (features: unknown[]) => readMap({ type: 'FeatureCollection', features }, 'code', 'name');
const refusal = (run: () => unknown): Refusal => {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('应当拒绝');
};

describe('导入底图', () => {
  it('只留区划代码、名称和标注位置，其余属性不进系统', () => {
    const map = read([feature({ code: 990102001, name: '甲镇', cp: [119.05, 34.05], secret: 'x' })]);
    expect(map.features[0]?.properties).toEqual({ code: '990102001', name: '甲镇', cp: [119.05, 34.05] });
  });
  it('不是要素集合的文件，说明应当怎样另存', () => {
    expect(refusal(() => readMap({ type: 'Topology' }, 'code', 'name')).says).toContain('GeoJSON');
  });
  it('逐个图形说明哪里不对，一处不对就全不导入', () => {
    const bad = refusal(() =>
      read([
        feature({ name: '甲镇' }),
        feature({ code: '1', name: '乙镇' }, { type: 'Point', coordinates: [1, 2] }),
        feature(
          { code: '2', name: '丙镇' },
          {
            type: 'Polygon',
            coordinates: [
              [
                [0, 0],
                [1, 1],
                [2, 2],
              ],
            ],
          },
        ),
      ]),
    );
    expect(bad.places.map((place) => `${place.where}${place.says}`)).toEqual([
      '第1个图形没有区划代码字段「code」',
      '第2个图形图形类型是 Point，应为面（Polygon 或 MultiPolygon）',
      '第3个图形边界至少要有四个点',
    ]);
  });
  it('投影坐标（米）会被认出来，提示应为经纬度', () => {
    const metres = [
      [
        [40500000, 3760000],
        [40500100, 3760000],
        [40500100, 3760100],
        [40500000, 3760000],
      ],
    ];
    expect(
      refusal(() => read([feature({ code: '1', name: '甲' }, { type: 'Polygon', coordinates: metres })])).places[0]
        ?.says,
    ).toContain('经纬度');
  });
  it('不管给什么内容，要么读成地图，要么用中文拒绝，不会出别的差错', () => {
    fc.assert(
      fc.property(fc.anything(), (anything) => {
        try {
          read([anything]);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
        }
      }),
    );
  });
});

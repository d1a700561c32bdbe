import { describe, expect, it } from 'vitest';
import { likeness, similarFirst } from './similar.ts';

const rows = [
  { id: '1', title: '配电箱未接地' },
  { id: '2', title: '二楼安全出口堆放杂物' },
  { id: '3', title: '特种作业人员无证上岗' },
];

describe('登记前的重复提示', () => {
  it('换了说法的同一个问题排在最前，并标为相似', () => {
    const found = similarFirst('车间二楼的安全出口堆放了杂物，通道不畅', rows);
    expect(found[0]?.row.id).toBe('2');
    expect(found[0]?.alike).toBe(true);
    expect(found[1]?.alike).toBe(false);
  });

  it('没有文字可比的不算相似', () => {
    expect(likeness('', '配电箱')).toBe(0);
  });
});

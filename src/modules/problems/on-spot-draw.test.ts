import { describe, expect, it } from 'vitest';
import { drawOnSpot } from './on-spot-draw.ts';

describe('立查立改的抽查', () => {
  it('公布的算例：SHA-256(上一条记录的哈希 ‖ 换行 ‖ 问题标识) 的前12位十六进制数，折成百分数', () => {
    // head (64 times the sign), id, value, drawn at 20 %; behind it the twelve digits
    const vectors = [
      ['0', '00000000-0000-4000-8000-000000000001', 87.77, false], // e0b16014cb19
      ['0', '00000000-0000-4000-8000-000000000002', 78.09, false], // c7ea059019a1
      ['0', '00000000-0000-4000-8000-000000000003', 57.84, false], // 9415f293a563
      ['a', '00000000-0000-4000-8000-000000000001', 29.92, false], // 4c9ecc8ca522
      ['a', '00000000-0000-4000-8000-000000000005', 10.46, true], // 1ac9b0587976
    ] as const;
    for (const [sign, id, value, drawn] of vectors)
      expect(drawOnSpot(sign.repeat(64), id, 20)).toEqual({ head: sign.repeat(64), share: 20, value, drawn });
  });

  it('大写小写的同一个标识，结果一样', () => {
    const id = 'ABCDEF00-0000-4000-8000-00000000000A';
    expect(drawOnSpot('b'.repeat(64), id, 20).value).toBe(drawOnSpot('b'.repeat(64), id.toLowerCase(), 20).value);
  });

  it('比例为零一条不抽，为一百全抽；两成大约抽两成', () => {
    const ids = Array.from({ length: 5000 }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`);
    const share = (percent: number) => ids.filter((id) => drawOnSpot('c'.repeat(64), id, percent).drawn).length;
    expect(share(0)).toBe(0);
    expect(share(100)).toBe(5000);
    expect(share(20)).toBeGreaterThan(850);
    expect(share(20)).toBeLessThan(1150);
  });
});

import { describe, expect, it } from 'vitest';
import { cameraNotes, withCameraNotes } from './photo.ts';

/** A JPEG of nothing but its beginning, with the camera's notes: turned sideways (6), little-endian. */
const notes = [
  ...[0xff, 0xe1, 0x00, 0x22],
  ...[0x45, 0x78, 0x69, 0x66, 0x00, 0x00],
  ...[0x49, 0x49, 0x2a, 0x00, 0x08, 0x00, 0x00, 0x00],
  ...[0x01, 0x00],
  ...[0x12, 0x01, 0x03, 0x00, 0x01, 0x00, 0x00, 0x00, 0x06, 0x00, 0x00, 0x00],
  ...[0x00, 0x00, 0x00, 0x00],
];
const original = new Uint8Array([0xff, 0xd8, ...notes, 0xff, 0xda, 0x00, 0x02, 1, 2, 3]);
const drawn = new Uint8Array([0xff, 0xd8, 0xff, 0xdb, 0x00, 0x02, 9, 9]);

describe('照片缩小', () => {
  it('缩小后的照片带着原照片的拍摄时间和位置，方向改为正立', () => {
    const joined = withCameraNotes(drawn, original);
    const found = cameraNotes(joined);
    expect(found).toEqual({ start: 2, end: 2 + notes.length });
    expect(joined[2 + 28]).toBe(1);
    expect([...joined.slice(2 + notes.length)]).toEqual([...drawn.slice(2)]);
    expect(original[2 + 28]).toBe(6);
  });

  it('原照片没有拍摄信息，或根本不是照片的，原样不动', () => {
    expect(withCameraNotes(drawn, drawn)).toBe(drawn);
    expect(withCameraNotes(drawn, new Uint8Array([1, 2, 3]))).toBe(drawn);
    expect(cameraNotes(new Uint8Array())).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { day } from '../../kernel/day.ts';
import { deviceSays } from './device.ts';
import { metresBetween, type PhotoInQuestion, type PhotoMeasure, photoDoubts } from './photo.ts';

const usual: PhotoInQuestion = {
  fileId: 'f1',
  type: 'image/jpeg',
  sha256: 'a'.repeat(64),
  role: 'before',
  takenAt: '2026-11-21T10:00:00+08:00',
  takenFrom: 'picture',
  longitude: 119.5,
  latitude: 34.2,
  picture: { takenAt: null, longitude: null, latitude: null },
  receivedAt: new Date('2026-11-21T10:05:00+08:00'),
  aheadMs: 0,
  elsewhere: [],
};
const measure: PhotoMeasure = {
  foundOn: day('2026-11-21'),
  place: { name: '「某厂」', longitude: 119.5, latitude: 34.2 },
  outside: new Set(),
};
const doubts = (change: Partial<PhotoInQuestion>, by: Partial<PhotoMeasure> = {}): readonly string[] =>
  photoDoubts([{ ...usual, ...change }], { ...measure, ...by }).get('f1') ?? [];

describe('照片的疑点', () => {
  it('当场拍、当场传、就在现场的，没有疑点', () => {
    expect(doubts({})).toEqual([]);
    expect(doubts({ takenAt: null, longitude: null, latitude: null })).toEqual([]);
  });

  it.each<[string, Partial<PhotoInQuestion>, RegExp]>([
    ['拍摄时间在将来', { takenAt: '2026-11-22T10:00:00+08:00' }, /晚于收到时间（2026-11-21 10:05）/],
    ['比发现日早得多', { takenAt: '2026-11-11T10:00:00+08:00' }, /比发现日 2026-11-21 早 10 天/],
    ['过了好几天才传', { receivedAt: new Date('2026-11-26T10:05:00+08:00') }, /拍摄 5 天以后才收到/],
    ['整改后的早于发现', { role: 'after', takenAt: '2026-11-20T10:00:00+08:00' }, /拍摄于 2026-11-20，早于发现日/],
    ['离企业太远', { longitude: 119.6 }, /拍摄位置离「某厂」约 9\.2 公里/],
    ['别处用过', { elsewhere: ['问-2026-0012'] }, /同一张照片还用在问-2026-0012/],
    ['手机时钟不准', { takenFrom: 'device', aheadMs: -86_400_000 }, /手机时钟慢约 24 小时/],
    ['苹果格式', { type: 'image/heic', picture: null }, /HEIC 格式/],
    [
      '自带时间不同',
      { picture: { takenAt: '2026-10-01T10:00:00+08:00', longitude: null, latitude: null } },
      /与照片自带的拍摄时间（2026-10-01 10:00）不一致/,
    ],
    [
      '自带位置不同',
      { picture: { takenAt: null, longitude: 119.5, latitude: 34.3 } },
      /报送的位置与照片自带的位置相距约 11 公里/,
    ],
  ])('%s', (_name, change, says) => {
    expect(doubts(change).join('；')).toMatch(says);
  });

  it('附近没有任何登记过的企业的，可能不在本地区', () => {
    expect(doubts({}, { outside: new Set(['f1']) }).join()).toContain('可能不在本地区');
  });

  it('整改前后同一张、整改后早于整改前，都看得出', () => {
    const after: PhotoInQuestion = { ...usual, fileId: 'f2', role: 'after', takenAt: '2026-11-21T09:00:00+08:00' };
    const same = photoDoubts([usual, after], measure);
    expect(same.get('f2')).toEqual(['整改前、整改后用的是同一张照片', '整改后的照片拍摄时间早于整改前的照片']);
    const other = photoDoubts(
      [usual, { ...after, sha256: 'b'.repeat(64), takenAt: '2026-11-21T10:03:00+08:00' }],
      measure,
    );
    expect(other.size).toBe(0);
  });

  it('文件材料不问时间地点，只问是否在将来', () => {
    expect(doubts({ role: 'document', longitude: 100, takenAt: '2025-01-01T10:00:00+08:00' })).toEqual([]);
    expect(doubts({ role: 'document', takenAt: '2026-12-01T10:00:00+08:00' })).toHaveLength(1);
  });

  it('不成时间的时间不出错', () => {
    expect(doubts({ takenAt: '昨天下午' })).toEqual([]);
  });

  it('距离按平面计算，千米内误差不到百分之一', () => {
    expect(metresBetween({ longitude: 119.5, latitude: 34.2 }, { longitude: 119.5, latitude: 34.21 })).toBeCloseTo(
      1113,
      -1,
    );
  });
});

describe('手机报送的说明', () => {
  const received = new Date('2026-11-22T08:00:00+08:00');
  it('当场送达、时钟准的不必说', () => {
    expect(deviceSays(undefined, received)).toBe('');
    expect(deviceSays({ aheadMs: 60_000, madeAt: new Date(received.getTime() - 60_000) }, received)).toBe('');
  });
  it('离线补送、时钟不准的写明', () => {
    const madeAt = new Date('2026-11-20T17:30:00+08:00');
    expect(deviceSays({ aheadMs: 0, madeAt }, received)).toBe('（手机上做于 11-20 17:30，11-22 08:00 收到）');
    expect(deviceSays({ aheadMs: 26 * 3_600_000, madeAt: null }, received)).toBe(
      '（手机时钟快约 26 小时，已按服务器时间折算）',
    );
    expect(deviceSays({ aheadMs: -40 * 60_000, madeAt: null }, received)).toContain('慢约 40 分钟');
  });
});

import { type Day, daysBetween } from '../../kernel/day.ts';
import { clockSays, inShanghai } from './device.ts';

/** What is known about one photo: what was told with it, what its own bytes state, and when it really came in. */
export interface PhotoInQuestion {
  readonly fileId: string;
  readonly type: string;
  readonly sha256: string;
  readonly role: 'before' | 'after' | 'document';
  /** As told with the photo; ISO time. */
  readonly takenAt: string | null;
  readonly takenFrom: 'picture' | 'device' | null;
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** What the stored bytes themselves state; null for what is no picture. */
  readonly picture: {
    readonly takenAt: string | null;
    readonly longitude: number | null;
    readonly latitude: number | null;
  } | null;
  readonly receivedAt: Date;
  /** By how much the sending phone's clock was ahead of the server's; null where no phone told. */
  readonly aheadMs: number | null;
  /** Numbers of other problems in which the very same picture was handed in. */
  readonly elsewhere: readonly string[];
}

/** What the photos of one problem are measured by. */
export interface PhotoMeasure {
  readonly foundOn: Day;
  /** Where it should be: the enterprise's or the place's position with its name; null where none is known. */
  readonly place: { readonly name: string; readonly longitude: number; readonly latitude: number } | null;
  /** Photos (by file) for which no enterprise or place of the register is anywhere near. */
  readonly outside: ReadonlySet<string>;
}

/** How long a photo may wait on a phone without network before somebody should ask, in days. */
const LATE_DAYS = 3;
const MINUTES = 60_000;
/** Cameras and servers may differ by this much. */
const CLOCK_MINUTES = 10;
const FAR_METRES = 1000;
const DIFFERENT_METRES = 500;
const METRES_PER_DEGREE = 111_320;

interface Point {
  readonly longitude: number;
  readonly latitude: number;
}

/** Metres between two points; plane geometry, exact enough within a province. */
export function metresBetween(a: Point, b: Point): number {
  const narrowing = Math.cos(((a.latitude + b.latitude) / 2) * (Math.PI / 180));
  return Math.hypot(a.latitude - b.latitude, (a.longitude - b.longitude) * narrowing) * METRES_PER_DEGREE;
}

const pointOf = (from: { readonly longitude: number | null; readonly latitude: number | null } | null): Point | null =>
  from && from.longitude !== null && from.latitude !== null
    ? { longitude: from.longitude, latitude: from.latitude }
    : null;

const far = (metres: number): string =>
  metres < 10_000 ? `${(metres / 1000).toFixed(1)} 公里` : `${Math.round(metres / 1000)} 公里`;

const dayOf = (moment: Date): Day => new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10) as Day;

function timeDoubts(photo: PhotoInQuestion, foundOn: Day, firstBefore: number | null): string[] {
  const doubts: string[] = [];
  const own = photo.picture?.takenAt ? new Date(photo.picture.takenAt) : null;
  const told = photo.takenAt ? new Date(photo.takenAt) : own;
  if (told === null || Number.isNaN(told.getTime())) return doubts;
  const year = (moment: Date): string => `${dayOf(moment).slice(0, 4)}-${inShanghai(moment)}`;
  if (own && photo.takenAt && Math.abs(own.getTime() - told.getTime()) > CLOCK_MINUTES * MINUTES)
    doubts.push(`报送的拍摄时间（${year(told)}）与照片自带的拍摄时间（${year(own)}）不一致`);
  const late = photo.receivedAt.getTime() - told.getTime();
  if (late < -CLOCK_MINUTES * MINUTES)
    doubts.push(`拍摄时间（${year(told)}）晚于收到时间（${year(photo.receivedAt)}），时间不可信`);
  else if (photo.role !== 'document' && late > LATE_DAYS * 1440 * MINUTES)
    doubts.push(`拍摄 ${Math.floor(late / (1440 * MINUTES))} 天以后才收到`);
  if (photo.role === 'document') return doubts;
  const early = daysBetween(dayOf(told), foundOn);
  if (photo.role === 'after' && early > 0) doubts.push(`整改后的照片拍摄于 ${dayOf(told)}，早于发现日 ${foundOn}`);
  else if (photo.role === 'before' && early > 1)
    doubts.push(`拍摄于 ${dayOf(told)}，比发现日 ${foundOn} 早 ${early} 天`);
  else if (photo.role === 'after' && firstBefore !== null && told.getTime() < firstBefore)
    doubts.push('整改后的照片拍摄时间早于整改前的照片');
  return doubts;
}

function placeDoubts(photo: PhotoInQuestion, measure: PhotoMeasure): string[] {
  const doubts: string[] = [];
  const own = pointOf(photo.picture);
  const told = pointOf(photo);
  if (own && told && metresBetween(own, told) > DIFFERENT_METRES)
    doubts.push(`报送的位置与照片自带的位置相距约 ${far(metresBetween(own, told))}`);
  const at = told ?? own;
  if (at === null || photo.role === 'document') return doubts;
  const metres = measure.place ? metresBetween(at, measure.place) : 0;
  if (measure.place && metres > FAR_METRES) doubts.push(`拍摄位置离${measure.place.name}约 ${far(metres)}`);
  if (measure.outside.has(photo.fileId)) doubts.push('拍摄位置附近没有本地区登记的任何企业或场所，可能不在本地区');
  return doubts;
}

/**
 * What does not fit about the photos of one problem: by file, Chinese sentences without full stop, worst first; files
 * without doubts are absent. Nothing is refused for it: a phone with a wrong clock is no crime, but whoever rechecks,
 * closes or looks back must see it.
 */
export function photoDoubts(
  photos: readonly PhotoInQuestion[],
  measure: PhotoMeasure,
): ReadonlyMap<string, readonly string[]> {
  const times = photos
    .filter((photo) => photo.role === 'before' && photo.takenAt !== null)
    .map((photo) => Date.parse(photo.takenAt ?? ''))
    .filter((time) => !Number.isNaN(time));
  const firstBefore = times.length > 0 ? Math.min(...times) : null;
  const found = photos.map((photo): [string, string[]] => {
    const twin = photos.find((other) => other.sha256 === photo.sha256 && other.fileId !== photo.fileId);
    const clock = photo.takenFrom === 'device' && photo.aheadMs !== null ? clockSays(photo.aheadMs) : null;
    return [
      photo.fileId,
      [
        ...(photo.elsewhere.length > 0 ? [`同一张照片还用在${photo.elsewhere.slice(0, 5).join('、')}`] : []),
        ...(twin ? [twin.role === photo.role ? '同一张照片重复上传' : '整改前、整改后用的是同一张照片'] : []),
        ...timeDoubts(photo, measure.foundOn, firstBefore),
        ...placeDoubts(photo, measure),
        ...(clock ? [`手机时钟${clock}，拍摄时间由手机提供`] : []),
        ...(photo.type === 'image/heic' ? ['HEIC 格式，网页上不能直接查看，请下载后查看'] : []),
      ],
    ];
  });
  return new Map(found.filter(([, doubts]) => doubts.length > 0));
}

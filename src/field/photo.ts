import { readClaims } from '../platform/files/exif.ts';
import { pixelSize } from '../platform/files/picture.ts';
import { newKey } from '../platform/web/key.ts';
import type { WaitingPhoto } from './outbox.ts';
import type { Position } from './place.ts';

const LONGEST_SIDE = 1600;
const ENOUGH_BYTES = 320 * 1024;
/** What a browser cannot open is sent as it is, up to this size. */
const MOST_ORIGINAL = 20 * 1_048_576;

/** A photo that cannot be used; the message is for the person. */
export class PhotoRefused extends Error {}

export interface TakenPhoto {
  readonly photo: WaitingPhoto;
  readonly picture: Blob;
}

function load(file: Blob): Promise<HTMLImageElement | null> {
  return new Promise((done) => {
    const address = URL.createObjectURL(file);
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => {
      URL.revokeObjectURL(address);
      done(null);
    };
    image.src = address;
  });
}

/** Chromium 80 draws pictures as the sensor saw them; later ones turn them upright by themselves. */
const turnsByItself = (): boolean => typeof CSS !== 'undefined' && CSS.supports('image-orientation', 'from-image');

/** The canvas on which the picture stands upright, at most 1,600 pixels long. */
function draw(image: HTMLImageElement, orientation: number): HTMLCanvasElement {
  const share = Math.min(1, LONGEST_SIDE / Math.max(image.naturalWidth, image.naturalHeight));
  const width = Math.max(1, Math.round(image.naturalWidth * share));
  const height = Math.max(1, Math.round(image.naturalHeight * share));
  const turn = turnsByItself() ? 1 : orientation;
  const canvas = document.createElement('canvas');
  canvas.width = turn >= 5 ? height : width;
  canvas.height = turn >= 5 ? width : height;
  const context = canvas.getContext('2d');
  if (!context) throw new PhotoRefused('手机内存不足，这张照片没有存下，请关掉其他应用后重拍。');
  const upright: Readonly<Record<number, readonly [number, number, number, number, number, number]>> = {
    2: [-1, 0, 0, 1, width, 0],
    3: [-1, 0, 0, -1, width, height],
    4: [1, 0, 0, -1, 0, height],
    5: [0, 1, 1, 0, 0, 0],
    6: [0, 1, -1, 0, height, 0],
    7: [0, -1, -1, 0, height, width],
    8: [0, -1, 1, 0, 0, width],
  };
  const matrix = upright[turn];
  if (matrix) context.setTransform(...matrix);
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

const asJpeg = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality));

/** About 300 KB: quality gives way before size does. Null where this browser cannot open the picture. */
async function shrink(file: Blob, orientation: number): Promise<Blob | null> {
  const image = await load(file);
  if (!image) return null;
  const canvas = draw(image, orientation);
  URL.revokeObjectURL(image.src);
  let smaller: Blob | null = null;
  for (const quality of [0.82, 0.72, 0.6, 0.45]) {
    smaller = await asJpeg(canvas, quality);
    if (smaller && smaller.size <= ENOUGH_BYTES) break;
  }
  canvas.width = 0;
  return smaller;
}

const names = { before: '整改前', after: '整改后', document: '现场' } as const;

const endingOf = (file: File): string => (/\.([A-Za-z0-9]{2,5})$/.exec(file.name)?.[1] ?? 'jpg').toLowerCase();

const isHeic = (file: File, head: Uint8Array): boolean =>
  /hei[cf]/i.test(file.type) || String.fromCharCode(...Array.from(head.subarray(4, 12))).indexOf('ftyp') === 0;

/**
 * Takes a picture from the camera or the album: reads time and place from the original before it is shrunk, and falls back
 * to the phone's clock and receiver. Throws PhotoRefused with a sentence for what is no picture or too large.
 */
export async function takePhoto(
  file: File,
  role: WaitingPhoto['role'],
  count: number,
  position: Position | null,
): Promise<TakenPhoto> {
  if (file.size === 0) throw new PhotoRefused('这张照片是空的，请重新拍摄。');
  if (file.type !== '' && !file.type.startsWith('image/'))
    throw new PhotoRefused(`「${file.name}」不是照片，请选择相机拍摄的照片。`);
  const head = new Uint8Array(await file.slice(0, 512 * 1024).arrayBuffer());
  const claims = readClaims(head);
  const pixels = pixelSize(head, file.type);
  if (pixels && pixels.width * pixels.height > 200e6)
    throw new PhotoRefused(`这张照片有 ${pixels.width}×${pixels.height} 像素，太大了，请调低相机的分辨率后重拍。`);
  const smaller = await shrink(file, claims.orientation);
  if (smaller === null && pixels === null && !isHeic(file, head))
    throw new PhotoRefused(`「${file.name}」不是照片，或者已经损坏，请重新拍摄。`);
  if (smaller === null && file.size > MOST_ORIGINAL)
    throw new PhotoRefused('手机打不开这张照片，文件又太大，不能原样上传。请调低相机的分辨率后重拍。');
  const ending = smaller === null ? endingOf(file) : 'jpg';
  const placed = claims.longitude !== null && claims.latitude !== null;
  return {
    // under a type of its own, so that nobody tries to show what cannot be shown
    picture: smaller ?? new Blob([file], { type: 'application/octet-stream' }),
    photo: {
      id: newKey(),
      role,
      name: `${names[role]}${count + 1}.${ending}`,
      takenAt: claims.takenAt ?? new Date(Math.min(Date.now(), file.lastModified || Date.now())).toISOString(),
      takenFrom: claims.takenAt ? 'picture' : 'device',
      longitude: placed ? claims.longitude : (position?.longitude ?? null),
      latitude: placed ? claims.latitude : (position?.latitude ?? null),
      fileId: null,
    },
  };
}

/** Longest side of a photo after shrinking, in pixels: enough to read a nameplate, small enough for a slow line. */
export const PHOTO_SIDE = 2000;
const QUALITY = 0.85;
/** Below this a photo that is small enough anyway is sent as it is. */
const SMALL_BYTES = 900 * 1024;

/** A photo made ready to be sent; `says` tells the person what could not be done with it. */
export interface ReadyPhoto {
  readonly file: File;
  readonly shrunk: boolean;
  readonly says: string | null;
}

/** The format of newer iPhones, which most browsers cannot draw: it goes as it is and is offered as a file. */
export const isHeic = (file: File): boolean => /\.(heic|heif)$/i.test(file.name) || /hei[cf]/.test(file.type);
const looksLikePhoto = (file: File): boolean =>
  file.type.startsWith('image/') || /\.(jpe?g|png|webp|bmp|gif|heic|heif)$/i.test(file.name);

interface Segment {
  readonly start: number;
  readonly end: number;
}

/** Where the camera's notes (EXIF) stand in a JPEG, marker included; null where there are none. */
export function cameraNotes(bytes: Uint8Array): Segment | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  let at = 2;
  while (at + 4 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    const size = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
    if (marker === 0xda || size < 2) return null;
    const exif = String.fromCharCode(...bytes.subarray(at + 4, at + 8)) === 'Exif';
    if (marker === 0xe1 && exif) return { start: at, end: Math.min(at + 2 + size, bytes.length) };
    at += 2 + size;
  }
  return null;
}

/** The notes with the picture's turn set to "upright": the drawn picture is turned already. */
function upright(notes: Uint8Array): Uint8Array {
  const copy = notes.slice();
  const tiff = 10;
  const little = copy[tiff] === 0x49;
  const view = new DataView(copy.buffer);
  if (copy.length < tiff + 10) return copy;
  const directory = tiff + view.getUint32(tiff + 4, little);
  if (directory + 2 > copy.length) return copy;
  const entries = view.getUint16(directory, little);
  for (let each = 0; each < entries; each++) {
    const entry = directory + 2 + each * 12;
    if (entry + 12 > copy.length) break;
    if (view.getUint16(entry, little) === 0x0112) view.setUint16(entry + 8, 1, little);
  }
  return copy;
}

/**
 * The shrunk JPEG with the camera's notes of its original: time and place of the photo are read by the server from the
 * picture itself, and shrinking must not lose them.
 */
export function withCameraNotes(shrunk: Uint8Array, original: Uint8Array): Uint8Array {
  const found = cameraNotes(original);
  if (found === null || shrunk[0] !== 0xff || shrunk[1] !== 0xd8) return shrunk;
  const notes = upright(original.subarray(found.start, found.end));
  const joined = new Uint8Array(shrunk.length + notes.length);
  joined.set(shrunk.subarray(0, 2), 0);
  joined.set(notes, 2);
  joined.set(shrunk.subarray(2), 2 + notes.length);
  return joined;
}

/** Shown by an `<img>`, so that the browser turns it upright and may decode a huge photo at a smaller size. */
function opened(file: File): Promise<{ image: HTMLImageElement; close: () => void }> {
  const address = URL.createObjectURL(file);
  const image = new Image();
  return new Promise((done, fail) => {
    image.onload = () => done({ image, close: () => URL.revokeObjectURL(address) });
    image.onerror = () => {
      URL.revokeObjectURL(address);
      fail(new Error('unreadable'));
    };
    image.src = address;
  });
}

/**
 * A photo as it is to be sent: at most `PHOTO_SIDE` pixels on its longer side, JPEG, with the camera's time and place.
 * With `original`, and whatever the browser cannot draw (HEIC, documents), the file goes as it is.
 */
export async function readyPhoto(file: File, options: { readonly original?: boolean } = {}): Promise<ReadyPhoto> {
  if (isHeic(file)) return { file, shrunk: false, says: null };
  if (options.original || !looksLikePhoto(file) || /\.gif$/i.test(file.name))
    return { file, shrunk: false, says: null };
  try {
    const { image, close } = await opened(file);
    const longest = Math.max(image.naturalWidth, image.naturalHeight);
    if (longest <= PHOTO_SIDE && file.size <= SMALL_BYTES) {
      close();
      return { file, shrunk: false, says: null };
    }
    const scale = Math.min(1, PHOTO_SIDE / longest);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    const drawing = canvas.getContext('2d');
    if (drawing === null) throw new Error('no canvas');
    drawing.fillStyle = '#fff';
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    drawing.imageSmoothingQuality = 'high';
    drawing.drawImage(image, 0, 0, canvas.width, canvas.height);
    close();
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', QUALITY));
    canvas.width = 0;
    if (blob === null) throw new Error('not drawn');
    const joined = withCameraNotes(
      new Uint8Array(await blob.arrayBuffer()),
      // Notes stand at the beginning; a huge original need not be read whole.
      new Uint8Array(await file.slice(0, 256 * 1024).arrayBuffer()),
    );
    if (joined.length >= file.size) return { file, shrunk: false, says: null };
    const name = file.name.replace(/\.[^.]+$/, '');
    return {
      file: new File([joined as BlobPart], `${name}.jpg`, { type: 'image/jpeg', lastModified: file.lastModified }),
      shrunk: true,
      says: null,
    };
  } catch {
    return { file, shrunk: false, says: `“${file.name}”没有能够缩小，将按原样上传。` };
  }
}

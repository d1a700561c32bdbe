/** What a picture says about itself. Never trusted: anybody can write these bytes; it is compared, and shown as a claim. */
export interface PictureClaims {
  /** When it was taken, with zone: 2026-11-21T10:30:00+08:00; cameras that name no zone stand in China. */
  readonly takenAt: string | null;
  /** Degrees, WGS-84, as the camera wrote them. */
  readonly longitude: number | null;
  readonly latitude: number | null;
  /** 1–8: how the camera was held. */
  readonly orientation: number;
}

const silent: PictureClaims = { takenAt: null, longitude: null, latitude: null, orientation: 1 };

const tags = {
  orientation: 0x0112,
  exif: 0x8769,
  gps: 0x8825,
  taken: 0x9003,
  digitised: 0x9004,
  zone: 0x9011,
} as const;
const sizes: Readonly<Record<number, number>> = { 1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8 };

interface Entry {
  readonly type: number;
  readonly count: number;
  /** Where the value lies, counted from the head of the TIFF block. */
  readonly at: number;
}

/** A TIFF block, read with its own byte order; everything outside it reads as nothing. */
class Tiff {
  readonly #view: DataView;
  readonly #little: boolean;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#little = this.number(0, 2) === 0x4949;
  }

  number(at: number, bytes: 2 | 4): number {
    if (at < 0 || at + bytes > this.#view.byteLength) return -1;
    return bytes === 2 ? this.#view.getUint16(at, this.#little) : this.#view.getUint32(at, this.#little);
  }

  get first(): number {
    return this.number(2, 2) === 42 ? this.number(4, 4) : -1;
  }

  /** The entries of one directory; a directory that runs out of the block gives what can be read. */
  directory(at: number): ReadonlyMap<number, Entry> {
    const found = new Map<number, Entry>();
    const count = this.number(at, 2);
    if (at < 8 || count < 0 || count > 1000) return found;
    for (let i = 0; i < count; i += 1) {
      const entry = at + 2 + i * 12;
      const tag = this.number(entry, 2);
      const type = this.number(entry + 2, 2);
      const many = this.number(entry + 4, 4);
      const size = sizes[type];
      if (tag < 0 || size === undefined || many < 0 || many > 65_535) continue;
      const value = size * many > 4 ? this.number(entry + 8, 4) : entry + 8;
      if (value >= 0 && value + size * many <= this.#view.byteLength) found.set(tag, { type, count: many, at: value });
    }
    return found;
  }

  text(entry: Entry | undefined): string | null {
    if (entry?.type !== 2) return null;
    let text = '';
    for (let i = 0; i < entry.count; i += 1) text += String.fromCharCode(this.#view.getUint8(entry.at + i));
    return text.replace(/\0.*$/s, '').trim();
  }

  integer(entry: Entry | undefined): number | null {
    if (entry?.type === 3) return this.number(entry.at, 2);
    return entry?.type === 4 ? this.number(entry.at, 4) : null;
  }

  /** Degrees, minutes and seconds as one number of degrees. */
  degrees(entry: Entry | undefined): number | null {
    if (entry?.type !== 5 || entry.count < 1) return null;
    let sum = 0;
    for (let i = 0; i < Math.min(3, entry.count); i += 1) {
      const above = this.number(entry.at + i * 8, 4);
      const below = this.number(entry.at + i * 8 + 4, 4);
      if (above < 0 || below <= 0) return null;
      sum += above / below / 60 ** i;
    }
    return Number.isFinite(sum) ? sum : null;
  }
}

/** 2026:11:21 10:30:00 as a moment with zone; null for what is no time, such as the zeros of a camera never set. */
function moment(text: string | null, zone: string | null): string | null {
  const parts = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(text ?? '');
  if (!parts) return null;
  const [, year, month, day, hour, minute, second] = parts;
  const offset = /^[+-](0\d|1[0-4]):[0-5]\d$/.test(zone ?? '') ? zone : '+08:00';
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const real = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) >= 1990;
  return real && !Number.isNaN(Date.parse(iso)) ? iso : null;
}

function signed(degrees: number | null, side: string | null, negative: string, limit: number): number | null {
  if (degrees === null || degrees > limit) return null;
  return Math.round((side?.toUpperCase().startsWith(negative) ? -degrees : degrees) * 1e6) / 1e6;
}

function readTiff(bytes: Uint8Array): PictureClaims {
  const tiff = new Tiff(bytes);
  const main = tiff.directory(tiff.first);
  const exif = tiff.directory(tiff.integer(main.get(tags.exif)) ?? -1);
  const gps = tiff.directory(tiff.integer(main.get(tags.gps)) ?? -1);
  const zone = tiff.text(exif.get(tags.zone));
  const latitude = signed(tiff.degrees(gps.get(2)), tiff.text(gps.get(1)), 'S', 90);
  const longitude = signed(tiff.degrees(gps.get(4)), tiff.text(gps.get(3)), 'W', 180);
  // a receiver without satellites writes zeros, and half a position is none
  const placed = latitude !== null && longitude !== null && (latitude !== 0 || longitude !== 0);
  const orientation = tiff.integer(main.get(tags.orientation)) ?? 1;
  return {
    takenAt: moment(tiff.text(exif.get(tags.taken)), zone) ?? moment(tiff.text(exif.get(tags.digitised)), zone),
    longitude: placed ? longitude : null,
    latitude: placed ? latitude : null,
    orientation: orientation >= 1 && orientation <= 8 ? orientation : 1,
  };
}

const is = (bytes: Uint8Array, at: number, text: string): boolean => {
  for (let i = 0; i < text.length; i += 1) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
};

/** The TIFF block with the camera's notes: JPEG (APP1), PNG (eXIf) or WebP (EXIF); null where there is none. */
function tiffBlock(bytes: Uint8Array): Uint8Array | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    for (let at = 2; at + 4 <= bytes.length && bytes[at] === 0xff; ) {
      const marker = bytes[at + 1] ?? 0;
      if (marker === 0xda) return null;
      const length = view.getUint16(at + 2);
      if (length < 2) return null;
      if (marker === 0xe1 && is(bytes, at + 4, 'Exif\0\0')) return bytes.subarray(at + 10, at + 2 + length);
      at += 2 + length;
    }
    return null;
  }
  if (is(bytes, 1, 'PNG')) {
    for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at))
      if (is(bytes, at + 4, 'eXIf')) return bytes.subarray(at + 8, at + 8 + view.getUint32(at));
    return null;
  }
  if (is(bytes, 0, 'RIFF') && is(bytes, 8, 'WEBP')) {
    for (let at = 12; at + 8 <= bytes.length; ) {
      const length = view.getUint32(at + 4, true);
      if (is(bytes, at, 'EXIF')) {
        const block = bytes.subarray(at + 8, at + 8 + length);
        return is(block, 0, 'Exif\0\0') ? block.subarray(6) : block;
      }
      at += 8 + length + (length % 2);
    }
  }
  return null;
}

/**
 * Reads time, place and orientation out of the head of a picture (the first 256 KB are enough). Bears every content:
 * what is broken or missing is null. Runs on the phone before a photo is shrunk, and on the server over what is stored.
 */
export function readClaims(bytes: Uint8Array): PictureClaims {
  const block = tiffBlock(bytes);
  return block && block.length >= 8 ? readTiff(block) : silent;
}

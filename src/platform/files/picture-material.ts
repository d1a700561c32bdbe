import { crc32 } from 'node:zlib';

/** What a made-up camera writes; for tests. */
export interface CameraNotes {
  /** 2026:11:21 10:30:05, or whatever a broken camera writes. */
  readonly taken?: string;
  readonly zone?: string;
  readonly longitude?: number;
  readonly latitude?: number;
  readonly orientation?: number;
  readonly little?: boolean;
}

/** A TIFF block with time, place and orientation, as cameras put it into their pictures. For tests. */
export function camera(notes: CameraNotes): Buffer {
  const little = notes.little ?? true;
  const block = Buffer.alloc(600);
  const two = (value: number, at: number) => (little ? block.writeUInt16LE(value, at) : block.writeUInt16BE(value, at));
  const four = (value: number, at: number) =>
    little ? block.writeUInt32LE(value, at) : block.writeUInt32BE(value, at);
  let free = 300;
  const keep = (bytes: number): number => {
    free += bytes;
    return free - bytes;
  };
  const entry = (at: number, tag: number, type: number, count: number, value: number): void => {
    two(tag, at);
    two(type, at + 2);
    four(count, at + 4);
    if (type === 3) two(value, at + 8);
    else four(value, at + 8);
  };
  const text = (at: number, tag: number, content: string): void => {
    const bytes = Buffer.from(`${content}\0`, 'utf8');
    const place = bytes.length > 4 ? keep(bytes.length) : at + 8;
    entry(at, tag, 2, bytes.length, place);
    bytes.copy(block, place);
  };
  const degrees = (at: number, tag: number, value: number): void => {
    const place = keep(24);
    entry(at, tag, 5, 3, place);
    const whole = Math.floor(Math.abs(value));
    [whole, 1, Math.round((Math.abs(value) - whole) * 60), 1, 0, 1].forEach((part, i) => {
      four(part, place + i * 4);
    });
  };
  block.write(little ? 'II' : 'MM', 0, 'latin1');
  two(42, 2);
  four(8, 4);
  const [main, exif, gps] = [8, 60, 120];
  two(3, main);
  entry(main + 2, 0x0112, 3, 1, notes.orientation ?? 1);
  entry(main + 14, 0x8769, 4, 1, exif);
  entry(main + 26, 0x8825, 4, 1, gps);
  two(2, exif);
  text(exif + 2, 0x9003, notes.taken ?? '');
  text(exif + 14, 0x9011, notes.zone ?? '');
  two(4, gps);
  text(gps + 2, 1, (notes.latitude ?? 0) < 0 ? 'S' : 'N');
  degrees(gps + 14, 2, notes.latitude ?? 0);
  text(gps + 26, 3, (notes.longitude ?? 0) < 0 ? 'W' : 'E');
  degrees(gps + 38, 4, notes.longitude ?? 0);
  return block;
}

const segment = (marker: number, content: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
};

/** The frame of a JPEG: size and notes are real, the pixels are not. For tests. */
export function jpeg(what: {
  readonly width?: number;
  readonly height?: number;
  readonly exif?: Buffer;
  readonly comment?: string;
}): Buffer {
  const size = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  size.writeUInt16BE(what.height ?? 300, 1);
  size.writeUInt16BE(what.width ?? 400, 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    what.comment ? segment(0xfe, Buffer.from(what.comment, 'utf8')) : Buffer.alloc(0),
    what.exif ? segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), what.exif])) : Buffer.alloc(0),
    segment(0xc0, size),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0x34, 0xff, 0xd9]),
  ]);
}

/** The frame of a PNG. For tests. */
export function png(width: number, height: number, exif?: Buffer): Buffer {
  const chunk = (type: string, content: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(content.length, 0);
    around.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', size),
    exif ? chunk('eXIf', exif) : Buffer.alloc(0),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Width and height in pixels as the head of a picture states them, or null where it states none. */
export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** More pixels than any phone takes: who opens such a picture has no memory left. In millions. */
export const mostMegapixels = 200;

function jpegSize(head: DataView): PixelSize | null {
  for (let at = 2; at + 9 <= head.byteLength; ) {
    if (head.getUint8(at) !== 0xff) return null;
    const marker = head.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // SOF0–SOF15 without DHT, JPG and DAC
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { height: head.getUint16(at + 5), width: head.getUint16(at + 7) };
    if (marker === 0xda || marker === 0xd9) return null;
    at += 2 + Math.max(2, head.getUint16(at + 2));
  }
  return null;
}

function webpSize(head: DataView): PixelSize | null {
  if (head.byteLength < 30) return null;
  const kind = head.getUint32(12);
  const low = (at: number): number => head.getUint16(at, true);
  const three = (at: number): number => low(at) | (head.getUint8(at + 2) << 16);
  if (kind === 0x56503858) return { width: three(24) + 1, height: three(27) + 1 };
  if (kind === 0x56503820) return { width: low(26) & 0x3fff, height: low(28) & 0x3fff };
  const bits = head.getUint32(21, true);
  return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
}

/** Reads the size of a JPEG, PNG, GIF, BMP or WebP from its head, without decoding anything. */
export function pixelSize(bytes: Uint8Array, type: string): PixelSize | null {
  const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (type) {
    case 'image/jpeg':
      return jpegSize(head);
    case 'image/png':
      return head.byteLength < 24 ? null : { width: head.getUint32(16), height: head.getUint32(20) };
    case 'image/gif':
      return head.byteLength < 10 ? null : { width: head.getUint16(6, true), height: head.getUint16(8, true) };
    case 'image/bmp':
      return head.byteLength < 26
        ? null
        : { width: Math.abs(head.getInt32(18, true)), height: Math.abs(head.getInt32(22, true)) };
    case 'image/webp':
      return webpSize(head);
    default:
      return null;
  }
}

/** Names and first bytes of the streams of an OLE compound file, as far as telling its kind needs them. */
export class OleContainer {
  private readonly bytes: Uint8Array;
  private readonly view: DataView;
  private readonly sectorSize: number;
  private readonly fat: number[] = [];
  private readonly streams = new Map<string, { start: number; size: number }>();

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.sectorSize = this.u16(30) === 12 ? 4096 : 512;
    this.readFat();
    this.readDirectory();
  }

  private u16(at: number): number {
    return at + 2 <= this.bytes.length ? this.view.getUint16(at, true) : 0;
  }

  private u32(at: number): number {
    return at + 4 <= this.bytes.length ? this.view.getUint32(at, true) : 0xffffffff;
  }

  private offset(sector: number): number {
    return (sector + 1) * this.sectorSize;
  }

  private readFat(): void {
    const tables: number[] = [];
    for (let index = 0; index < 109; index += 1) tables.push(this.u32(76 + index * 4));
    let next = this.u32(68);
    for (let steps = 0; next < 0xfffffffa && steps < 1000; steps += 1) {
      const base = this.offset(next);
      for (let at = 0; at < this.sectorSize - 4; at += 4) tables.push(this.u32(base + at));
      next = this.u32(base + this.sectorSize - 4);
    }
    for (const sector of tables) {
      if (sector >= 0xfffffffa || this.offset(sector) > this.bytes.length) continue;
      const base = this.offset(sector);
      for (let at = 0; at < this.sectorSize; at += 4) this.fat.push(this.u32(base + at));
    }
  }

  private readDirectory(): void {
    const decoder = new TextDecoder('utf-16le');
    let sector = this.u32(48);
    for (let steps = 0; sector < 0xfffffffa && steps < 10_000; steps += 1) {
      const base = this.offset(sector);
      for (let at = base; at + 128 <= Math.min(base + this.sectorSize, this.bytes.length); at += 128) {
        const length = this.u16(at + 64);
        if (length < 2 || length > 64) continue;
        const name = decoder.decode(this.bytes.subarray(at, at + length - 2));
        if (!this.streams.has(name)) this.streams.set(name, { start: this.u32(at + 116), size: this.u32(at + 120) });
      }
      sector = this.fat[sector] ?? 0xffffffff;
    }
  }

  has(name: string): boolean {
    return this.streams.has(name);
  }

  /** First sector of a stream that is not in the mini stream; empty where it is. */
  head(name: string): Uint8Array {
    const stream = this.streams.get(name);
    if (!stream || stream.size < 4096) return new Uint8Array(0);
    const from = this.offset(stream.start);
    return this.bytes.subarray(from, from + this.sectorSize);
  }
}

/** True for a Word 97–2003 file whose text is encrypted (flag fEncrypted of its file information block). */
export function isEncryptedWord(ole: OleContainer): boolean {
  const head = ole.head('WordDocument');
  return head.length > 12 && ((head[11] ?? 0) & 1) === 1;
}

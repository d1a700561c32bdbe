import { Inflate } from 'fflate';
import type { Limits } from './limits.ts';
import { DocumentRefused } from './refused.ts';

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly flags: number;
  readonly packed: number;
  readonly headerAt: number;
}

const BOMB = '文件解压后的内容远远大于文件本身，不像正常的办公文件，已停止读取。请用办公软件重新另存一份再导入。';
const DAMAGED = '文件已损坏，压缩内容读不出来。请在办公软件中打开原件，另存一份后再导入。';

/** A zip container whose sizes are counted while inflating: what the headers claim is never trusted. */
export class ZipContainer {
  readonly entries = new Map<string, ZipEntry>();
  private inflated = 0;
  private readonly bytes: Uint8Array;
  private readonly limits: Limits;

  constructor(bytes: Uint8Array, limits: Limits) {
    this.bytes = bytes;
    this.limits = limits;
    this.readDirectory();
  }

  private readDirectory(): void {
    const { bytes } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let end = -1;
    for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 65_535); at -= 1) {
      if (view.getUint32(at, true) === 0x06054b50) {
        end = at;
        break;
      }
    }
    if (end < 0) throw new DocumentRefused('damaged', DAMAGED);
    const count = view.getUint16(end + 10, true);
    let at = view.getUint32(end + 16, true);
    if (count > this.limits.zipEntries) throw new DocumentRefused('bomb', BOMB);
    const decoder = new TextDecoder();
    for (let index = 0; index < count; index += 1) {
      if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) {
        throw new DocumentRefused('damaged', DAMAGED);
      }
      const nameLength = view.getUint16(at + 28, true);
      const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/');
      this.entries.set(name.replace(/^\//, ''), {
        name,
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        packed: view.getUint32(at + 20, true),
        headerAt: view.getUint32(at + 42, true),
      });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Hands on the inflated bytes of one entry piece by piece. Returns false where the entry does not exist. */
  stream(name: string, onBytes: (bytes: Uint8Array) => void): boolean {
    const entry = this.entries.get(name);
    if (!entry) return false;
    if (entry.flags & 1) throw new DocumentRefused('encrypted', '文件设有打开密码，请先在办公软件中去掉密码再导入。');
    const { bytes, limits } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (entry.headerAt + 30 > bytes.length) throw new DocumentRefused('damaged', DAMAGED);
    const from =
      entry.headerAt + 30 + view.getUint16(entry.headerAt + 26, true) + view.getUint16(entry.headerAt + 28, true);
    const packed = bytes.subarray(from, from + entry.packed);
    let produced = 0;
    const take = (piece: Uint8Array): void => {
      produced += piece.length;
      this.inflated += piece.length;
      if (
        this.inflated > limits.unzippedBytes ||
        (produced > limits.ratioFrom && produced > packed.length * limits.zipRatio)
      ) {
        throw new DocumentRefused('bomb', BOMB);
      }
      if (piece.length > 0) onBytes(piece);
    };
    if (entry.method === 0) {
      take(packed);
      return true;
    }
    if (entry.method !== 8) throw new DocumentRefused('damaged', DAMAGED);
    try {
      const inflate = new Inflate(take);
      const step = 16_384;
      for (let at = 0; at < packed.length; at += step) {
        inflate.push(packed.subarray(at, at + step), at + step >= packed.length);
      }
    } catch (error) {
      if (error instanceof DocumentRefused) throw error;
      if (error instanceof Error && typeof Reflect.get(error, 'code') !== 'number') throw error;
      throw new DocumentRefused('damaged', DAMAGED);
    }
    return true;
  }
}

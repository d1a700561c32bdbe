import { once } from 'node:events';
import { crc32, createDeflateRaw } from 'node:zlib';
import type { AsyncFlateStreamHandler, ZipInputFile } from 'fflate';

/** The same day for every entry of an archive: equal content gives equal bytes. */
export const ENTRY_DAY = new Date(2000, 0, 1);
const PIECE = 64 * 1024;

/**
 * A file of a zip archive that grows piece by piece. It is packed in a thread of its own, while the next piece is being
 * made, by the library that Node itself brings: faster than in JavaScript, and nobody else waits for it.
 */
export class PackedEntry implements ZipInputFile {
  readonly filename: string;
  readonly compression = 8;
  readonly mtime = ENTRY_DAY;
  size = 0;
  crc = 0;
  /** Set by the archive to which the entry is added; it must be before the first piece. */
  ondata?: AsyncFlateStreamHandler;
  readonly #packing = createDeflateRaw({ level: 6, chunkSize: PIECE });

  constructor(filename: string) {
    this.filename = filename;
    this.#packing.on('data', (piece: Buffer<ArrayBuffer>) => this.ondata?.(null, piece, false));
  }

  /** Resolves when the piece is packed; only then comes the next one. */
  push(text: string): Promise<void> {
    const bytes = Buffer.from(text);
    this.size += bytes.length;
    this.crc = crc32(bytes, this.crc);
    return new Promise((resolve, reject) => {
      this.#packing.write(bytes, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** The last of it: the archive then knows its size and its sum. */
  async end(): Promise<void> {
    const ended = once(this.#packing, 'end');
    this.#packing.end();
    await ended;
    this.ondata?.(null, new Uint8Array(0), true);
  }

  /** Lets go of what was begun, where nobody wants the rest. */
  abandon(): void {
    this.#packing.destroy();
  }
}

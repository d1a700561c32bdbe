import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';

/** What was written or read under one name: bytes, SHA-256 (hex) and how many line feeds it holds. */
export type Part = { entry: string; size: number; sha256: string };

/** One entry while an archive is read; `content` must be run to its end before the next one. */
export type Entry = { entry: string; size: number; content: AsyncGenerator<Buffer> };

const BLOCK = 512;
const LARGEST = 8 ** 11 - 1;

/** A .tar.gz file is damaged or is no archive; the message is technical, callers say it in Chinese. */
export class BrokenArchive extends Error {
  override name = 'BrokenArchive';
}

function header(entry: string, size: number): Buffer {
  if (!/^[\x21-\x7e]{1,99}$/.test(entry) || size > LARGEST) throw new RangeError(`cannot be archived: ${entry}`);
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, digits: number) => `${value.toString(8).padStart(digits, '0')}\0`;
  block.write(entry, 0);
  block.write(octal(0o600, 7), 100);
  block.write(octal(0, 7), 108);
  block.write(octal(0, 7), 116);
  block.write(octal(size, 11), 124);
  block.write(octal(0, 11), 136);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\x0000', 257, 'latin1');
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

/**
 * Writes a .tar.gz that any tar program can unpack. It appears under its name only when finish() has put all of it on
 * the disk; until then, and after discard(), there is at most a `.partial` file.
 */
export class ArchiveWriter {
  readonly #to: string;
  readonly #gzip = createGzip({ level: 6 });
  readonly #file: WriteStream;
  readonly #done: Promise<void>;

  constructor(to: string) {
    this.#to = to;
    const file = createWriteStream(`${to}.partial`, { mode: 0o600, flush: true });
    this.#file = file;
    // An error of the file (disk full) must end the writing side too, or it would wait for ever.
    file.on('error', (error) => this.#gzip.destroy(error));
    this.#gzip.on('error', (error) => file.destroy(error));
    this.#done = finished(this.#gzip.pipe(file));
    this.#done.catch(() => {});
  }

  async #write(bytes: Buffer): Promise<void> {
    if (this.#gzip.destroyed) await this.#done;
    if (!this.#gzip.write(bytes)) await Promise.race([once(this.#gzip, 'drain'), this.#done]);
  }

  /** Adds one entry whose `size` is known before; fails when the content is not exactly that long. */
  async add(entry: string, size: number, content: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<Part> {
    await this.#write(header(entry, size));
    const hash = createHash('sha256');
    let written = 0;
    for await (const chunk of content) {
      written += chunk.length;
      if (written > size) break;
      hash.update(chunk);
      await this.#write(chunk);
    }
    if (written !== size) throw new BrokenArchive(`${entry} changed its size while it was read`);
    if (size % BLOCK !== 0) await this.#write(Buffer.alloc(BLOCK - (size % BLOCK)));
    return { entry, size, sha256: hash.digest('hex') };
  }

  async finish(): Promise<void> {
    await this.#write(Buffer.alloc(2 * BLOCK));
    this.#gzip.end();
    await this.#done;
    await rename(`${this.#to}.partial`, this.#to);
  }

  async discard(): Promise<void> {
    this.#gzip.destroy();
    this.#file.destroy();
    await this.#done.catch(() => {});
    await rm(`${this.#to}.partial`, { force: true });
  }
}

/** Yields the entries of a .tar.gz in order. Throws BrokenArchive when it is cut off, damaged or something else. */
export async function* readArchive(from: string): AsyncGenerator<Entry> {
  // Opened first, so that a missing file is an ordinary ENOENT and not a damaged archive.
  await (await open(from)).close();
  const source = createReadStream(from);
  const unzipped = createGunzip();
  source.on('error', (error) => unzipped.destroy(error));
  const chunks = source.pipe(unzipped)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let held: Buffer = Buffer.alloc(0);
  const take = async (most: number): Promise<Buffer> => {
    if (held.length === 0) {
      const next = await chunks.next().catch((error: Error) => {
        throw new BrokenArchive(error.message);
      });
      if (next.done) throw new BrokenArchive('unexpected end');
      held = next.value;
    }
    const piece = held.subarray(0, most);
    held = held.subarray(piece.length);
    return piece;
  };
  const exactly = async (size: number): Promise<Buffer> => {
    const pieces: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const piece = await take(left);
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  };
  try {
    for (;;) {
      const block = await exactly(BLOCK);
      if (block.every((byte) => byte === 0)) return;
      const text = (from: number, to: number) => block.toString('latin1', from, to).replace(/[\0 ].*$/s, '');
      const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
      if (Number.parseInt(text(148, 156), 8) !== sum) throw new BrokenArchive('bad header');
      const size = Number.parseInt(text(124, 136), 8);
      let left = size;
      const content = (async function* () {
        while (left > 0) {
          const piece = await take(left);
          left -= piece.length;
          yield piece;
        }
      })();
      yield { entry: text(0, 100), size, content };
      if (left > 0) throw new Error('an entry was not read to its end');
      await exactly((BLOCK - (size % BLOCK)) % BLOCK);
    }
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

/** Reads an entry whole; for the small ones. */
export async function contentOf(entry: Entry): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of entry.content) pieces.push(piece);
  return Buffer.concat(pieces);
}

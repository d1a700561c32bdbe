import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes on disk under their SHA-256: equal files lie there once, and a changed byte no longer fits its name. */
export interface FileStore {
  readonly folder: string;
  /** Writes the stream; throws `FileTooLarge` past the limit and leaves nothing behind. */
  put(stream: Readable, limitBytes: number): Promise<{ sha256: string; size: number }>;
  path(sha256: string): string;
  read(sha256: string): Readable;
  size(sha256: string): Promise<number | null>;
}

export class FileTooLarge extends Error {
  override readonly name = 'FileTooLarge';
}

/** The name of a file lies in its folder: without this a power cut could lose the name of bytes that are safe. */
async function flushFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}

export async function openFileStore(folder: string): Promise<FileStore> {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true });
  const path = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('not a SHA-256');
    return join(folder, sha256.slice(0, 2), sha256);
  };
  return {
    folder,
    path,
    read: (sha256) => createReadStream(path(sha256)),
    size: async (sha256) => (await stat(path(sha256)).catch(() => null))?.size ?? null,
    async put(stream, limitBytes) {
      const temporary = join(incoming, randomUUID());
      const hash = createHash('sha256');
      let size = 0;
      const measure = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length;
          if (size > limitBytes) return done(new FileTooLarge(String(limitBytes)));
          hash.update(chunk);
          done(null, chunk);
        },
      });
      try {
        // flush: an acknowledged upload must survive a power cut as the row that names it does
        await pipeline(stream, measure, createWriteStream(temporary, { flags: 'wx', flush: true }));
        const sha256 = hash.digest('hex');
        await mkdir(join(folder, sha256.slice(0, 2)), { recursive: true });
        await rename(temporary, path(sha256));
        await flushFolder(join(folder, sha256.slice(0, 2)));
        return { sha256, size };
      } catch (error) {
        await rm(temporary, { force: true });
        throw error;
      }
    },
  };
}

/** Bytes of blocks, and of what was counted from them, that this process holds ready, over all governments. */
const HELD = 256 * 2 ** 20;

interface Entry {
  /** A promise while it is being made. */
  value: unknown;
  bytes: number;
}

/** Whatever is held never changes under its key, so it stays as long as there is room; the longest unused go first. */
const held = new Map<string, Entry>();
let bytesHeld = 0;

function known(key: string): Entry | undefined {
  const entry = held.get(key);
  if (entry !== undefined) {
    held.delete(key);
    held.set(key, entry);
  }
  return entry;
}

function keep(entry: Entry, value: unknown, bytes: number): void {
  entry.value = value;
  entry.bytes = bytes;
  bytesHeld += bytes;
}

function makeRoom(): void {
  for (const [key, { value, bytes }] of held) {
    if (bytesHeld <= HELD) return;
    if (value instanceof Promise) continue;
    held.delete(key);
    bytesHeld -= bytes;
  }
}

/**
 * What stands under these keys, in their order; `make` is asked once for all that do not (by place among the keys), and nobody
 * asks for them again while it is at work. `sizeOf`: bytes that a value takes.
 */
export async function holdAll<T>(
  keys: readonly string[],
  make: (missing: readonly number[]) => Promise<readonly T[]>,
  sizeOf: (value: T) => number,
): Promise<T[]> {
  const entries = keys.map(known);
  const missing = [...entries.keys()].filter((place) => entries[place] === undefined);
  if (missing.length > 0) {
    const made = make(missing);
    const own = missing.map((place, at) => {
      const entry: Entry = { value: made.then((all) => all[at]), bytes: 0 };
      entries[place] = entry;
      held.set(keys[place] as string, entry);
      return entry;
    });
    try {
      const all = await made;
      own.forEach((entry, at) => {
        keep(entry, all[at], sizeOf(all[at] as T));
      });
      makeRoom();
    } catch (error) {
      for (const place of missing) held.delete(keys[place] as string);
      await Promise.allSettled(own.map(({ value }) => value));
      throw error;
    }
  }
  const values = entries.map((entry) => entry?.value);
  return (values.some((value) => value instanceof Promise) ? Promise.all(values) : values) as Promise<T[]> | T[];
}

/** What `make` gives, made once for the key while there is room. */
export async function hold<T>(key: string, make: () => Promise<T>, sizeOf: (value: T) => number): Promise<T> {
  const [value] = await holdAll([key], async () => [await make()], sizeOf);
  return value as T;
}

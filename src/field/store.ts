const NAME = 'guatu-field';
/** acts: what waits to be sent; blobs: its photos; kept: what was read, for use without network, by person. */
const tables = ['acts', 'blobs', 'kept'] as const;
export type Table = (typeof tables)[number];

let opened: Promise<IDBDatabase> | null = null;

function openDatabase(): Promise<IDBDatabase> {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      for (const table of tables)
        if (!asked.result.objectStoreNames.contains(table)) asked.result.createObjectStore(table);
    };
    asked.onsuccess = () => {
      const database = asked.result;
      database.onversionchange = () => {
        database.close();
        opened = null;
      };
      done(database);
    };
    asked.onerror = () => {
      opened = null;
      failed(asked.error ?? new Error('indexedDB'));
    };
  });
  return opened;
}

async function run<T>(
  table: Table,
  mode: IDBTransactionMode,
  ask: (store: IDBObjectStore) => IDBRequest<T>,
): Promise<T> {
  const database = await openDatabase();
  return new Promise((done, failed) => {
    const transaction = database.transaction(table, mode);
    const asked = ask(transaction.objectStore(table));
    // a write counts only when its transaction is through: a phone may be switched off in between
    transaction.oncomplete = () => done(asked.result);
    transaction.onabort = () => failed(transaction.error ?? new Error('indexedDB'));
    transaction.onerror = () => failed(transaction.error ?? new Error('indexedDB'));
  });
}

/** What the phone keeps. Every function fails with the browser's error when the storage is full or switched off. */
export const keep = (table: Table, key: string, value: unknown): Promise<unknown> =>
  run(table, 'readwrite', (store) => store.put(value, key));
export const kept = async <T>(table: Table, key: string): Promise<T | null> =>
  ((await run(table, 'readonly', (store) => store.get(key))) as T | undefined) ?? null;
export const drop = (table: Table, key: string): Promise<unknown> =>
  run(table, 'readwrite', (store) => store.delete(key));
export const all = async <T>(table: Table): Promise<T[]> =>
  (await run(table, 'readonly', (store) => store.getAll())) as T[];

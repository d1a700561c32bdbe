import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { connectDatabase, type Database } from '../platform/db/connect.ts';
import { startEmbedded } from '../platform/db/embedded.ts';
import { migrate } from '../platform/db/migrate.ts';
import { type FileStore, openFileStore } from '../platform/files/store.ts';
import type { Settings } from './settings.ts';

/** Database and files, ready for use. `close` ends what this process opened, in the right order. */
export interface Opened {
  readonly database: Database;
  readonly files: FileStore;
  readonly filesDir: string;
  readonly url: string;
  close(): Promise<void>;
}

/** The file that keeps the seals outside the database. */
export const stubsOf = (settings: Settings): string => join(settings.dataDir, 'seals.log');

export const filesDirOf = (settings: Settings): string => join(settings.dataDir, 'files');

/** Starts or adopts the embedded server (or connects to DATABASE_URL); `structure: false` leaves the tables as they are. */
export async function openInstallation(
  settings: Settings,
  log: (line: string) => void,
  options: { readonly structure?: boolean; readonly connections?: number } = {},
): Promise<Opened> {
  await mkdir(settings.dataDir, { recursive: true });
  const embedded = settings.databaseUrl
    ? null
    : await startEmbedded({ dataDir: join(settings.dataDir, 'database'), log });
  const url = settings.databaseUrl ?? embedded?.url ?? '';
  try {
    const database = await connectDatabase({ url, log, max: options.connections ?? 10 });
    if (options.structure ?? true) await migrate(database);
    const filesDir = filesDirOf(settings);
    const files = await openFileStore(filesDir);
    return {
      database,
      files,
      filesDir,
      url,
      close: async () => {
        await database.close();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

import type { AppliedMigration } from '../platform/db/migrate.ts';
import type { Part } from './archive.ts';

/** Names of the entries around the data. The manifest comes last: an archive that was cut off has none. */
export const HEAD = 'guatu-backup.json';
export const MANIFEST = 'manifest.json';
export const MANIFEST_HASH = 'manifest.sha256';
export const FORMAT = 1;

/** One table: COPY text in pieces of whole rows, in order. `rows` counts them. */
export type TablePart = { name: string; columns: string[]; rows: number; parts: Part[] };

/** Everything that lies in a backup, with the hash of each piece. */
export type Manifest = {
  format: number;
  productVersion: string;
  /** ISO moment at which the snapshot was taken. */
  createdAt: string;
  migrations: AppliedMigration[];
  tables: TablePart[];
  /** Partitions made while running (by month, say), which no migration would create again. */
  partitions: { name: string; parent: string; bound: string }[];
  sequences: { name: string; last: string; called: boolean }[];
  /** Uploaded files; `path` is relative to the files folder, with '/'. */
  files: (Part & { path: string })[];
};

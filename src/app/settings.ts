import { resolve } from 'node:path';
import { type Day, parseDay } from '../kernel/day.ts';

/** What the environment and the command line decide. Everything has a default; nothing is read anywhere else. */
export interface Settings {
  /** Folder of data, files and seals. */
  readonly dataDir: string;
  /** A PostgreSQL of one's own; null for the embedded one. */
  readonly databaseUrl: string | null;
  readonly host: string;
  readonly port: number;
  /** The day that a rehearsal pretends to be. */
  readonly today: Day | null;
  /** PEM files; null where TLS ends at a proxy or is not used. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
  /** True when a proxy in front speaks TLS: the session cookie is then marked secure. */
  readonly behindTls: boolean;
  readonly uploadLimit: number;
  /** How many problems a demonstration tells. */
  readonly told: number;
}

/** A setting that cannot be used; the message says which, and what it should be. */
export class SettingRefused extends Error {
  override readonly name = 'SettingRefused';
}

/** Reads the settings from the environment; throws SettingRefused with a Chinese sentence. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const port = Number(env.PORT ?? 8020);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new SettingRefused(`PORT=${env.PORT} 不是可用的端口，应为 1 到 65535 之间的整数。`);
  const today = env.GUATU_TODAY ? parseDay(env.GUATU_TODAY) : null;
  if (env.GUATU_TODAY && today === null)
    throw new SettingRefused(`GUATU_TODAY=${env.GUATU_TODAY} 不是日期，应写成 2020-09-15 这样。`);
  const { GUATU_TLS_CERT: cert, GUATU_TLS_KEY: key } = env;
  if (Boolean(cert) !== Boolean(key))
    throw new SettingRefused('GUATU_TLS_CERT 与 GUATU_TLS_KEY 要同时给出，或者都不给。');
  const megabytes = Number(env.GUATU_UPLOAD_MB ?? 100);
  if (!(megabytes > 0)) throw new SettingRefused(`GUATU_UPLOAD_MB=${env.GUATU_UPLOAD_MB} 应为大于零的数。`);
  const told = Number(env.GUATU_DEMO_PROBLEMS ?? 20_000);
  if (!Number.isInteger(told) || told < 0 || told > 200_000)
    throw new SettingRefused(`GUATU_DEMO_PROBLEMS=${env.GUATU_DEMO_PROBLEMS} 应为 0 到 200000 之间的整数。`);
  return {
    dataDir: resolve(env.GUATU_DATA ?? 'var'),
    databaseUrl: env.DATABASE_URL || null,
    host: env.HOST ?? '127.0.0.1',
    port,
    today,
    tls: cert && key ? { cert, key } : null,
    behindTls: env.GUATU_BEHIND_TLS === '1',
    uploadLimit: megabytes * 1_048_576,
    told,
  };
}

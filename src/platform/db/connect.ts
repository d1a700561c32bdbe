import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import { keepPlans } from './kept-plans.ts';
import { DatabaseTrouble } from './trouble.ts';

/** Queries are plain SQL through kysely's `sql` tag with typed rows, so no table is described here. */
// biome-ignore lint/complexity/noBannedTypes: kysely wants an object type; an empty one means that no table is described.
export type Tables = {};

/** What every store takes as its first argument: the database or an open transaction. */
export type Queryable = Kysely<Tables> | Transaction<Tables>;

/** An open database. `db` for queries, `pool` for what needs a connection of its own (LISTEN, COPY, locks). */
export type Database = { db: Kysely<Tables>; pool: pg.Pool; close(): Promise<void> };

/** Name of this process's sessions at the server; others of this product begin with 'guatu ' too. */
export const SESSION_NAME = `guatu ${randomBytes(6).toString('hex')}`;

const LEAST_VERSION = 15;
const oid = { int8: 20, date: 1082, timestamp: 1114, int8Array: 1016, dateArray: 1182, timestampArray: 1115 };

/** int8 as number while that is exact, else as text; a day is text ('2026-11-22') and never a moment. */
function parsers(): pg.CustomTypesConfig {
  const plain = (text: string) => text;
  const int8 = (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : text);
  // The declared list of types leaves out the array types.
  const textArrayType = 1009 as Parameters<typeof pg.types.getTypeParser>[0];
  const textArray: (text: string) => (string | null)[] = pg.types.getTypeParser(textArrayType, 'text');
  const own = new Map<number, (text: string) => unknown>([
    [oid.int8, int8],
    [oid.date, plain],
    [oid.timestamp, plain],
    [oid.int8Array, (text) => textArray(text).map((one) => (one === null ? null : int8(one)))],
    [oid.dateArray, textArray],
    [oid.timestampArray, textArray],
  ]);
  return {
    getTypeParser: ((type: number, format: 'text' | 'binary') =>
      (format !== 'binary' && own.get(type)) || pg.types.getTypeParser(type, format)) as typeof pg.types.getTypeParser,
  };
}

/**
 * Opens a pool on a PostgreSQL 15 or newer. `url`: what startEmbedded() gives, or DATABASE_URL. `max`: connections of
 * this process (10). `statementSeconds`: longest time of one statement (30).
 *
 * Rows come with int8 as number (text beyond 2^53), date as 'YYYY-MM-DD', timestamptz as Date, numeric as text, json
 * parsed. Sessions run in READ COMMITTED and in China Standard Time, so `::date` of a moment is the day people mean.
 * Throws DatabaseTrouble (Chinese) when it cannot be reached, is too old or is not UTF-8.
 */
export async function connectDatabase(config: {
  url: string;
  max?: number;
  statementSeconds?: number;
  log?: (line: string) => void;
}): Promise<Database> {
  const pool = new pg.Pool({
    connectionString: config.url,
    max: config.max ?? 10,
    types: parsers(),
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: (config.statementSeconds ?? 30) * 1000,
    lock_timeout: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    options: '-c TimeZone=Asia/Shanghai -c DateStyle=ISO,YMD -c default_transaction_isolation=read\\ committed',
    application_name: SESSION_NAME,
  });
  // An idle connection that breaks (server restarted) must not end the process; the pool opens another one.
  pool.on('error', (error) => config.log?.(`数据库空闲连接断开：${error.message}`));
  // The same for a connection in use: its query is refused with the error, nobody else has to hear of it.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('connect', keepPlans);
  try {
    await check(pool);
  } catch (error) {
    await pool.end().catch(() => {});
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}

async function check(pool: pg.Pool): Promise<void> {
  const asked = await pool
    .query<{ version: number; encoding: string }>(
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding`,
    )
    .catch((cause: unknown) => {
      throw new DatabaseTrouble(`连接不上数据库：${reason(cause)}。请检查数据库是否在运行、DATABASE_URL 是否正确。`, {
        cause,
      });
    });
  const { version, encoding } = asked.rows[0] ?? { version: 0, encoding: '' };
  if (version < LEAST_VERSION) {
    throw new DatabaseTrouble(
      `数据库是 PostgreSQL ${version}，本系统需要 ${LEAST_VERSION} 或更新的版本。请升级数据库。`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseTrouble(`数据库的编码是 ${encoding}，必须是 UTF8。请用 encoding 'UTF8' 重新建库。`);
  }
}

function reason(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === '28P01' || code === '28000') return '用户名或密码不对';
  if (code === '3D000') return '指定的库不存在';
  if (code === 'ECONNREFUSED' || code === 'ENOENT') return '对方没有应答';
  if (code === 'ENOTFOUND') return '找不到这台主机';
  if (code === '53300') return '连接数已满';
  return message ?? String(error);
}

const RETRIED = new Set(['40001', '40P01']);
const TRIES = 5;

/**
 * Runs `run` in one transaction (READ COMMITTED): all of it is saved, or nothing. Deadlocks and serialization failures
 * are tried again up to 5 times, so `run` must do nothing outside the database that cannot be done twice.
 * Inside an open transaction it simply joins it.
 */
export async function transaction<T>(db: Queryable, run: (within: Transaction<Tables>) => Promise<T>): Promise<T> {
  if (db.isTransaction) return run(db as Transaction<Tables>);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(run);
    } catch (error) {
      if (attempt === TRIES || !RETRIED.has((error as { code?: string }).code ?? '')) throw error;
      await wait(10 * 2 ** attempt * (0.5 + Math.random()));
    }
  }
}

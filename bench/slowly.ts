import type { Database } from '../src/platform/db/connect.ts';

/** Statements that take longer than the product allows, one after the other on one connection. */
export async function slowly(pool: Database['pool'], statements: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`set statement_timeout = 0; set lock_timeout = 0; set maintenance_work_mem = '1GB'; set work_mem = '256MB';
      set max_parallel_maintenance_workers = 1`);
    for (const statement of statements) await client.query(statement);
  } finally {
    client.release(true);
  }
}

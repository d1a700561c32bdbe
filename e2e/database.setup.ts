import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { connectDatabase } from '../src/platform/db/connect.ts';
import { startEmbedded } from '../src/platform/db/embedded.ts';
import { migrate } from '../src/platform/db/migrate.ts';
import { isSameRunning, type ProcessMark } from '../src/platform/db/processes.ts';
import { urlFor } from '../src/platform/db/testing.ts';

const PREFIX = 'guatu-test-';

/** A run that was killed leaves its server and folder behind; the next run clears them away. */
async function clearLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(PREFIX))) {
    const dir = join(tmpdir(), name);
    try {
      const record = join(dir, 'server.json');
      if (!existsSync(record)) continue;
      const { owner } = JSON.parse(readFileSync(record, 'utf8')) as { owner: ProcessMark };
      if (isSameRunning(owner)) continue;
      const left = await startEmbedded({ dataDir: dir });
      await left.stop();
      rmSync(dir, { recursive: true, force: true });
    } catch {
      // Somebody else's, or being cleared by another run at this moment: not worth failing a test run.
    }
  }
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const given = process.env.TEST_DATABASE_URL;
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} };
  await clearLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  const embedded = await startEmbedded({ dataDir });
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/**
 * Before all tests: one PostgreSQL (embedded, or TEST_DATABASE_URL, whose user may create databases) and in it one
 * migrated template, built anew in each run, from which freshDatabase() copies.
 */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startServer();
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const template = `guatu_template_${process.pid}`;
  await admin.query(`drop database if exists ${template} with (force)`);
  await admin.query(`create database ${template} template template0 encoding 'UTF8'`);
  const database = await connectDatabase({ url: urlFor(server.url, template), max: 1 });
  await migrate(database);
  await database.close();
  process.env.GUATU_TEST_SERVER = server.url;
  process.env.GUATU_TEST_TEMPLATE = template;
  return async () => {
    await admin.query(`drop database if exists ${template} with (force)`);
    await admin.end();
    await server.stop();
  };
}

import { sql } from 'kysely';
import { connectDatabase } from './connect.ts';
import { startEmbedded } from './embedded.ts';

/**
 * Run as its own process by the kill tests: `node --import tsx writer-to-kill.ts <data folder> <hold|write>`. Writes
 * rows without end and prints the number of each one after the database has acknowledged it.
 */
const [dataDir = '', mode = 'write'] = process.argv.slice(2);
const embedded = await startEmbedded({ dataDir, stopOnSignals: true });
const database = await connectDatabase({ url: embedded.url, max: 4 });
process.stdout.write(embedded.adopted ? 'adopted\n' : 'started\n');
if (mode === 'hold') {
  setInterval(() => {}, 1000);
} else {
  await sql`create table if not exists acknowledged (id bigint generated always as identity primary key, pair text)`.execute(
    database.db,
  );
  const write = async () => {
    for (;;) {
      const { rows } = await sql<{ id: number }>`
        insert into acknowledged (pair) values (md5(random()::text)) returning id`.execute(database.db);
      process.stdout.write(`${rows[0]?.id}\n`);
    }
  };
  await Promise.all([write(), write(), write(), write()]);
}

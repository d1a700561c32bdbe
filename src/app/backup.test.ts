import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectDatabase, transaction } from '../platform/db/connect.ts';
import { knownMigrations, type Migration, migrate } from '../platform/db/migrate.ts';
import { freshDatabase, type TestDatabase } from '../platform/db/testing.ts';
import { backup, OWN_TABLES, quoted } from './backup.ts';
import { restore, verifyBackup } from './restore.ts';

let folder: string;
let source: TestDatabase;
let target: TestDatabase;
let filesDir: string;
let archive: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guatu-backup-'));
  filesDir = join(folder, 'files');
  archive = join(folder, '备份.tar.gz');
  source = await freshDatabase();
  target = await freshDatabase({ empty: true });
  await fill(source);
});
afterEach(async () => {
  await source.drop();
  await target.drop();
  rmSync(folder, { recursive: true, force: true });
});

const AWKWARD = `第一行\n第二行\t制表\\反斜线 "引号" \\. 〇𠮷 NULL \\N`;

/** Structure beyond the product's own: a circle of foreign keys, a sequence, a generated column, partitions, a guard. */
async function fill(database: TestDatabase): Promise<void> {
  await sql`insert into setting select '110000', 'n' || g, jsonb_build_object('words', ${AWKWARD}::text, 'g', g)
    from generate_series(1, 5000) g`.execute(database.db);
  await sql`insert into number_series select '110000', 's' || g, 2026, 100 from generate_series(1, 10) g`.execute(
    database.db,
  );
  await sql`insert into duty_run (duty, day, jurisdiction, outcome) values ('nightly', '2026-02-28', '110000', null)`.execute(
    database.db,
  );
  // Append-only tables refuse changes by a trigger; a restore must get past what their own rules allow.
  await sql`insert into audit_entry (jurisdiction, at, action, route, outcome, says)
    select '110000', now(), 'a', 'r', 'done', ${AWKWARD} from generate_series(1, 50)`.execute(database.db);
  for (const content of [Buffer.from('附件内容'), randomBytes(3_000_000), Buffer.alloc(0)]) addFile(content);
}

function addFile(content: Buffer): string {
  const sha256 = createHash('sha256').update(content).digest('hex');
  mkdirSync(join(filesDir, sha256.slice(0, 2)), { recursive: true });
  writeFileSync(join(filesDir, sha256.slice(0, 2), sha256), content);
  return join(sha256.slice(0, 2), sha256);
}

/** Every table with a hash over all its rows, the state of every sequence, all keys, checks and triggers. */
async function portrait(database: TestDatabase): Promise<Record<string, unknown>> {
  const { rows: tables } = await database.pool.query<{ name: string }>(OWN_TABLES);
  const result: Record<string, unknown> = {};
  for (const { name } of tables) {
    const { rows } = await database.pool.query(
      `select count(*) as rows, md5(string_agg(t::text, E'\\n' order by t::text)) as hash from ${quoted(name)} t`,
    );
    result[name] = rows[0];
  }
  const list = async (query: string) => (await database.pool.query(query)).rows;
  return {
    ...result,
    sequences: await list(`select sequencename, last_value from pg_sequences where schemaname = 'public' order by 1`),
    constraints:
      await list(`select conrelid::regclass::text as t, conname, pg_get_constraintdef(oid) as d from pg_constraint
      where connamespace = 'public'::regnamespace order by 1, 2`),
    triggers: await list(`select tgrelid::regclass::text as t, tgname, tgenabled from pg_trigger t
      join pg_class c on c.oid = tgrelid where not tgisinternal and c.relnamespace = 'public'::regnamespace order by 1, 2`),
    indexes: await list(`select indexname, indexdef from pg_indexes where schemaname = 'public' order by 1`),
  };
}

function filesIn(dir: string): Record<string, string> {
  const found = readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((path) => statSync(join(dir, path)).isFile());
  return Object.fromEntries(
    found.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(dir, path)))
        .digest('hex'),
    ]),
  );
}

test('恢复演练：备份恢复到新库后，每张表、每个序列、每条约束、每个文件都与原来一样', async () => {
  const lines: string[] = [];
  const saved = await backup({ database: source, filesDir, to: archive, progress: (line) => lines.push(line) });
  expect(saved.files).toBe(3);
  expect(saved.damagedFiles).toEqual([]);
  expect(lines.join('\n')).toContain('备份数据');
  const newFiles = join(folder, 'new-files');
  const done = await restore({ from: archive, database: target, filesDir: newFiles });
  expect(done.keptAside).toBeNull();
  expect(done.rows).toBe(saved.rows);
  expect(await portrait(target)).toEqual(await portrait(source));
  expect(filesIn(newFiles)).toEqual(filesIn(filesDir));
  // Numbers go on where they were, and the restored database is up to date.
  expect(await migrate(target)).toEqual([]);
  const { rows } = await sql<{ id: number }>`insert into audit_entry (jurisdiction, at, action, route, outcome)
    values ('110000', now(), 'a', 'r', 'done') returning id`.execute(target.db);
  expect(rows[0]?.id).toBe(51);
  await expect(target.pool.query('update audit_entry set says = null')).rejects.toThrow('只能追加');
});

const LATER_ROOM: Migration = {
  name: 'modules/later/29990101T0000-create-later.sql',
  sha256: 'x',
  repeatable: false,
  sql: `
    create table left_one (jurisdiction text, id int, other int, sum int generated always as (id + 1) stored,
      "odd name" text, primary key (jurisdiction, id));
    create table right_one (jurisdiction text, id serial, other int, primary key (jurisdiction, id),
      foreign key (jurisdiction, other) references left_one);
    alter table left_one add foreign key (jurisdiction, other) references right_one deferrable;
    create table reading (jurisdiction text, at timestamptz, value float8, raw bytea, primary key (jurisdiction, at))
      partition by range (at);
    create function spoil() returns trigger language plpgsql as $$ begin new.other := -1; return new; end $$;
    create trigger spoil before insert on left_one for each row execute function spoil();
    create type mood as enum ('a', 'b');
    create domain positive as int check (value > 0);
    create type point3 as (x int, y int);
    create sequence alone start 5;
    create table typed (jurisdiction text primary key, m mood, p positive default nextval('alone'), c point3);
    create view both_ones as select l.id from left_one l join right_one r using (jurisdiction, id);
    create table code (x text primary key);
    insert into code values ('from the script');`,
};

test('互相引用的表、自动计算的列、运行中新建的分区、脚本自带的代码行，都按备份时的样子恢复', async () => {
  const migrations = [...knownMigrations(), LATER_ROOM];
  await migrate(source, migrations);
  await source.pool.query(`
    insert into right_one values ('110000', 1, null), ('110000', 7, null);
    alter table left_one disable trigger spoil;
    insert into left_one (jurisdiction, id, other, "odd name") values ('110000', 1, 7, '');
    alter table left_one enable trigger spoil;
    update right_one set other = 1 where id = 7;
    select setval('right_one_id_seq', 7);
    create table reading_2026_11 partition of reading for values from ('2026-11-01 00:00+08') to ('2026-12-01 00:00+08');
    insert into reading values ('110000', '2026-11-22 12:00:00.123456+08', 0.1::float8 + 0.2, '\\x00ff0a5c');
    delete from code; insert into code values ('edited')`);
  await backup({ database: source, filesDir, to: archive });
  await expect(verifyBackup(archive)).rejects.toThrow('不认识的结构升级');
  await restore({ from: archive, database: target, filesDir: join(folder, 'new-files'), migrations });
  expect(await portrait(target)).toEqual(await portrait(source));
  expect((await target.pool.query('select x from code')).rows).toEqual([{ x: 'edited' }]);
  expect((await target.pool.query('select other, sum from left_one')).rows).toEqual([{ other: 7, sum: 2 }]);
});

test('替换结构复杂的库时，原来的表、序列、函数、类型都完整地留在一旁', async () => {
  const migrations = [...knownMigrations(), LATER_ROOM];
  await backup({ database: source, filesDir, to: archive });
  await migrate(target, migrations);
  await target.pool.query(`insert into typed values ('110000', 'a', default, row(1, 2))`);
  await target.pool.query(
    `create table reading_1 partition of reading default; insert into reading values ('110000', now())`,
  );
  const done = await restore({ from: archive, database: target, filesDir, replace: true, migrations });
  const aside = await target.pool.query(`select t.*, (select count(*) from ${done.keptAside}.reading) as readings
    from ${done.keptAside}.typed t`);
  expect(aside.rows).toEqual([{ jurisdiction: '110000', m: 'a', p: 5, c: '(1,2)', readings: 1 }]);
  expect((await target.pool.query('select * from typed')).rows).toEqual([]);
  expect(await migrate(target, migrations)).toEqual([]);
});

test('旧版本的备份恢复到新版本的程序时，自动补上新的数据结构', async () => {
  await backup({ database: source, filesDir, to: archive });
  const migrations = [...knownMigrations(), LATER_ROOM];
  await restore({ from: archive, database: target, filesDir: join(folder, 'new-files'), migrations });
  expect((await target.pool.query('select x from code')).rows).toEqual([{ x: 'from the script' }]);
  expect(await migrate(target, migrations)).toEqual([]);
});

test('备份期间有人在写，备份里的数据仍是同一时刻的（总数不变）', async () => {
  let writing = true;
  let transfers = 0;
  const writer = async () => {
    while (writing) {
      const [from, to] = [Math.ceil(Math.random() * 10), Math.ceil(Math.random() * 10)];
      await transaction(source.db, async (within) => {
        // Rows are taken in one order, or the two writers would spend the test waiting for each other.
        for (const series of [from, to].sort((a, b) => a - b)) {
          const change = (series === to ? 1 : 0) - (series === from ? 1 : 0);
          await sql`update number_series set last = last + ${change} where series = ${`s${series}`}`.execute(within);
        }
        await sql`insert into idempotency (jurisdiction, account, key, route, request_hash)
          values ('110000', 'a', gen_random_uuid()::text, 'r', 'h')`.execute(within);
      });
      transfers++;
    }
  };
  const writers = [writer(), writer()];
  while (transfers < 20) await new Promise((done) => setTimeout(done, 10));
  const before = transfers;
  await backup({ database: source, filesDir, to: archive });
  const during = transfers - before;
  writing = false;
  await Promise.all(writers);
  expect(during).toBeGreaterThan(0);
  await restore({ from: archive, database: target, filesDir: join(folder, 'new-files') });
  const { rows } = await target.pool.query('select sum(last) as total from number_series');
  expect(rows).toEqual([{ total: 1000 }]);
});

test('损坏、截断、改动或拼接的备份一律拒绝，库和文件都没有动', async () => {
  await backup({ database: source, filesDir, to: archive });
  await migrate(target);
  await sql`insert into setting values ('110000', '原有', '1')`.execute(target.db);
  const before = await portrait(target);
  const good = readFileSync(archive);
  const tar = gunzipSync(good);
  const altered = (at: number) => {
    const copy = Buffer.from(tar);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return gzipSync(copy, { level: 1 });
  };
  const flipped = Buffer.from(good);
  flipped[Math.floor(good.length / 2)] = (flipped[Math.floor(good.length / 2)] ?? 0) ^ 0xff;
  const bad: [string, Buffer][] = [
    ['截断', good.subarray(0, good.length - 100)],
    ['截去大半', good.subarray(0, 2000)],
    ['空文件', Buffer.alloc(0)],
    ['不是备份', Buffer.from('hello')],
    ['压缩流损坏', flipped],
    ['一个字被改', altered(tar.indexOf('第二行'))],
    ['文件内容被改', altered(tar.indexOf('附件内容'))],
    ['清单被改', altered(tar.lastIndexOf('"rows"') + 9)],
  ];
  for (const [what, bytes] of bad) {
    const file = join(folder, 'bad.tar.gz');
    writeFileSync(file, bytes);
    const attempt = restore({ from: file, database: target, filesDir: join(folder, 'untouched'), replace: true });
    await expect(attempt, what).rejects.toThrow('已损坏或不完整');
  }
  expect(await portrait(target)).toEqual(before);
  expect(() => statSync(join(folder, 'untouched'))).toThrow();
});

test('库里已有数据时不覆盖；说明要替换后，原数据保留在一旁', async () => {
  await backup({ database: source, filesDir, to: archive });
  await migrate(target);
  await sql`insert into setting values ('110000', '原有', '1')`.execute(target.db);
  await expect(restore({ from: archive, database: target, filesDir })).rejects.toThrow('--replace');
  const done = await restore({ from: archive, database: target, filesDir, replace: true });
  expect(done.keptAside).toMatch(/^before_\d{8}t\d{6}$/);
  expect(await portrait(target)).toEqual(await portrait(source));
  const { rows } = await target.pool.query(`select name from ${done.keptAside}.setting`);
  expect(rows).toEqual([{ name: '原有' }]);
});

test('恢复中途失败，库和文件都退回原状', async () => {
  await backup({ database: source, filesDir, to: archive });
  await migrate(target);
  await sql`insert into setting values ('110000', '原有', '1')`.execute(target.db);
  const before = await portrait(target);
  // A folder stands where one of the files must go.
  const newFiles = join(folder, 'new-files');
  const last = Object.keys(filesIn(filesDir)).at(-1) ?? '';
  mkdirSync(join(newFiles, last), { recursive: true });
  await expect(restore({ from: archive, database: target, filesDir: newFiles, replace: true })).rejects.toThrow(
    '已退回原状',
  );
  expect(await portrait(target)).toEqual(before);
  expect(filesIn(newFiles)).toEqual({});
});

test('本系统的另一个进程还连着数据库时，不恢复', async () => {
  await backup({ database: source, filesDir, to: archive });
  const other = await connectDatabase({ url: target.url });
  await other.pool.query(`set application_name = 'guatu another'`);
  await expect(restore({ from: archive, database: target, filesDir })).rejects.toThrow('正在运行');
  await other.close();
});

test('备份来自更新的程序时，说明要用哪个版本恢复', async () => {
  await sql`insert into guatu_migration (name, sha256) values ('modules/x/29990101T0000-create-x.sql', 'x')`.execute(
    source.db,
  );
  await backup({ database: source, filesDir, to: archive });
  await expect(verifyBackup(archive)).rejects.toThrow('29990101T0000-create-x.sql');
});

test('备份写不进去时说明原因，不留下半个文件', async () => {
  await expect(backup({ database: source, filesDir, to: join(folder, '没有', 'x.tar.gz') })).rejects.toThrow(
    '备份没有完成',
  );
  writeFileSync(archive, '上一份');
  await expect(backup({ database: target, filesDir, to: archive })).rejects.toThrow('没有可备份的内容');
  expect(readFileSync(archive, 'utf8')).toBe('上一份');
  expect(readdirSync(folder).filter((name) => name.endsWith('.partial'))).toEqual([]);
});

test('内容与登记校验值不符的上传文件会被指出', async () => {
  const path = addFile(Buffer.from('原来的内容'));
  writeFileSync(join(filesDir, path), '被改过');
  const saved = await backup({ database: source, filesDir, to: archive });
  expect(saved.damagedFiles).toEqual([path]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase, type TestDatabase } from '../src/platform/db/testing.ts';

/** Tables that belong to the installation, not to one government. Each with its reason. */
const OF_THE_INSTALLATION: Record<string, string> = {
  guatu_migration: 'the structure is one for all',
  installation: 'demonstration or real is decided once',
  problem_day_mark: 'days are written alike everywhere',
  login_guard: 'counted before anybody knows whose account it is',
};

/** Tables where something else has to come first in the key. Each with its reason. */
const OTHER_KEYS: Record<string, string> = {
  jurisdiction: 'it is the list of governments itself',
  duty_run: 'asked by duty and day over all governments',
  login_name: 'nobody says his government when signing in, so a login is unique over all of them',
};

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function ask<T extends object>(query: string): Promise<T[]> {
  return (await database.pool.query<T>(query)).rows;
}

const OWN = `c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;

test('每张业务表的主键和唯一约束都以所属政府（jurisdiction）开头', async () => {
  const keys = await ask<{ name: string; key: string | null; first: string | null }>(`
    select c.relname as name, i.indexrelid::regclass::text as key, a.attname as first
      from pg_class c
      left join pg_index i on i.indrelid = c.oid and i.indisunique
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where ${OWN}`);
  const wrong = keys.filter(
    ({ name, first }) => !(name in OF_THE_INSTALLATION) && !(name in OTHER_KEYS) && first !== 'jurisdiction',
  );
  expect(wrong).toEqual([]);
});

test('每张业务表都有不为空的 jurisdiction 列', async () => {
  const tables = await ask<{ name: string }>(`
    select c.relname as name from pg_class c
     where ${OWN} and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'jurisdiction'
       and a.attnotnull and a.atttypid = 'text'::regtype)`);
  expect(tables.filter(({ name }) => !(name in OF_THE_INSTALLATION) && name !== 'jurisdiction')).toEqual([]);
});

test('外键不跨政府：每个外键都带 jurisdiction，两边对应', async () => {
  const crossing = await ask(`
    select k.conrelid::regclass::text as "table", k.conname as key from pg_constraint k
     where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.confrelid <> 'jurisdiction'::regclass
       and not exists (
         select 1 from unnest(k.conkey, k.confkey) as pair(here, there)
           join pg_attribute h on h.attrelid = k.conrelid and h.attnum = pair.here and h.attname = 'jurisdiction'
           join pg_attribute t on t.attrelid = k.confrelid and t.attnum = pair.there and t.attname = 'jurisdiction')`);
  expect(crossing).toEqual([]);
});

test('逾期、挂牌这类可推算的状态不存成列', async () => {
  const stored = await ask(`
    select c.relname as "table", a.attname as "column" from pg_attribute a join pg_class c on c.oid = a.attrelid
     where ${OWN} and a.attnum > 0 and a.attname ~ '(^|_)(overdue|is_late|late_days|expired)$'`);
  expect(stored).toEqual([]);
});

import { type RawBuilder, sql } from 'kysely';
import type { ItemKind, Reading, RecordLoader } from '../../../platform/act.ts';
import { directorySight, peopleSight } from '../sight.ts';
import { within } from './store.ts';

interface Loaded {
  id: string;
  record: unknown;
}

/** All rows that make up each item, as JSON in a fixed order: what its facts vouch for. */
const loader =
  (query: (jurisdiction: string, ids: readonly string[]) => RawBuilder<Loaded>): RecordLoader =>
  async (db, jurisdiction, ids) => {
    const found = await query(jurisdiction, ids).execute(db);
    return new Map(found.rows.map((row) => [row.id, row.record]));
  };

export const unitRecord: RecordLoader = loader(
  (jurisdiction, ids) => sql<Loaded>`
    select u.id::text, jsonb_build_object('unit', to_jsonb(u), 'aliases', (
      select coalesce(jsonb_agg(to_jsonb(a) order by a.key collate "C"), '[]') from alias a
      where a.jurisdiction = u.jurisdiction and a.unit_id = u.id)) as record
    from unit u where u.jurisdiction = ${jurisdiction} and u.id = any(${[...ids]}::uuid[])`,
);

export const personRecord: RecordLoader = loader(
  (jurisdiction, ids) => sql<Loaded>`
    select p.id::text, jsonb_build_object('person', to_jsonb(p), 'posts', (
      select coalesce(jsonb_agg(to_jsonb(o) order by o.id), '[]') from post o
      where o.jurisdiction = p.jurisdiction and o.person_id = p.id)) as record
    from person p where p.jurisdiction = ${jurisdiction} and p.id = any(${[...ids]}::uuid[])`,
);

export const unitGroupRecord: RecordLoader = loader(
  (jurisdiction, ids) => sql<Loaded>`
    select g.id::text, jsonb_build_object('group', to_jsonb(g), 'members', (
      select coalesce(jsonb_agg(to_jsonb(m) order by m.id), '[]') from group_member m
      where m.jurisdiction = g.jurisdiction and m.group_id = g.id), 'aliases', (
      select coalesce(jsonb_agg(to_jsonb(a) order by a.key collate "C"), '[]') from alias a
      where a.jurisdiction = g.jurisdiction and a.group_id = g.id)) as record
    from unit_group g where g.jurisdiction = ${jurisdiction} and g.id = any(${[...ids]}::uuid[])`,
);

export const taskForceRecord: RecordLoader = loader(
  (jurisdiction, ids) => sql<Loaded>`
    select t.id::text, jsonb_build_object('taskForce', to_jsonb(t), 'seats', (
      select coalesce(jsonb_agg(to_jsonb(s) order by s.id), '[]') from task_force_seat s
      where s.jurisdiction = t.jurisdiction and s.task_force_id = t.id)) as record
    from task_force t where t.jurisdiction = ${jurisdiction} and t.id = any(${[...ids]}::uuid[])`,
);

/** The organisation is open to all who work here. */
const inDirectory = async ({ actor }: Reading): Promise<boolean> => directorySight(actor).jurisdictions.length > 0;

const personInSight = async ({ db, actor }: Reading, id: string): Promise<boolean> => {
  const found = await sql`
    select 1 from post o where ${within(peopleSight(actor), 'o', 'unit_id')} and o.person_id = ${id} limit 1`.execute(
    db,
  );
  return found.rows.length > 0;
};

/** By item kind, for `app/house.ts`. */
export const unitsItems: Readonly<Record<string, ItemKind>> = {
  unit: { record: unitRecord, table: 'unit', called: { word: '单位', column: 'name' }, sight: inDirectory },
  person: { record: personRecord, table: 'person', called: { word: '人员', column: 'name' }, sight: personInSight },
  unitGroup: {
    record: unitGroupRecord,
    table: 'unit_group',
    called: { word: '分组', column: 'name' },
    sight: inDirectory,
  },
  taskForce: { record: taskForceRecord, table: 'task_force', called: { word: '专班', column: 'name' } },
};

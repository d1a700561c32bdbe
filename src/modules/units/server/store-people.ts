import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { PostDuty } from '../unit.ts';
import { COUNT_CAP, likeText, within } from './store.ts';

export interface PostRow {
  id: string;
  personId: string;
  personName: string;
  phone: string | null;
  unitId: string;
  unitName: string;
  title: string;
  duty: PostDuty;
  from: string | null;
  to: string | null;
}

export interface PersonRow {
  id: string;
  name: string;
  phone: string | null;
  version: number;
}

const post = sql`o.id, o.person_id as "personId", e.name as "personName", e.phone, o.unit_id as "unitId",
  u.name as "unitName", o.title, o.duty, o.from_on as "from", o.to_on as "to"`;
const tables = sql`post o join person e on e.jurisdiction = o.jurisdiction and e.id = o.person_id
  join unit u on u.jurisdiction = o.jurisdiction and u.id = o.unit_id`;
const dutyOrder = sql`array_position(array['principal','inCharge','liaison','staff'], o.duty)`;

/** Posts of one unit that are held on `day`, heads first. */
export async function postsOfUnit(db: Queryable, scope: Scope, unitId: string, day: string): Promise<PostRow[]> {
  const found = await sql<PostRow>`
    select ${post} from ${tables}
    where ${within(scope, 'o', 'unit_id')} and o.unit_id = ${unitId}
      and (o.from_on is null or o.from_on <= ${day}::date) and (o.to_on is null or o.to_on >= ${day}::date)
    order by ${dutyOrder}, e.pinyin, o.id`.execute(db);
  return found.rows;
}

export interface PeopleFilter {
  readonly q?: string;
  readonly unitId?: string;
  readonly duty?: string;
  readonly former?: boolean;
  readonly day: string;
}

/** People of a page with the posts that the scope lets through; `former` gives those who hold no post on `day`. */
export async function listPeople(
  db: Queryable,
  scope: Scope,
  filter: PeopleFilter,
  page: number,
  pageSize: number,
): Promise<{ rows: (PersonRow & { posts: PostRow[] })[]; counted: number }> {
  const held = sql`(o.to_on is null or o.to_on >= ${filter.day}::date)`;
  const postWhere: RawBuilder<unknown>[] = [
    within(scope, 'o', 'unit_id'),
    sql`o.jurisdiction = p.jurisdiction`,
    sql`o.person_id = p.id`,
  ];
  if (!filter.former) postWhere.push(held);
  if (filter.unitId) postWhere.push(sql`o.unit_id = ${filter.unitId}`);
  if (filter.duty) postWhere.push(sql`o.duty = ${filter.duty}`);
  const where: RawBuilder<unknown>[] = [
    sql`p.jurisdiction = any(${[...scope.jurisdictions]}::text[])`,
    sql`exists (select 1 from post o where ${sql.join(postWhere, sql` and `)})`,
  ];
  if (filter.former)
    where.push(
      sql`not exists (select 1 from post o where o.jurisdiction = p.jurisdiction and o.person_id = p.id and ${held})`,
    );
  const q = filter.q?.trim();
  if (q) {
    const like = `%${likeText(q)}%`;
    const typed = `%${likeText(q.toLowerCase())}%`;
    where.push(
      sql`(p.name like ${like} or p.phone like ${like} or p.initials like ${typed} or p.pinyin like ${typed})`,
    );
  }
  const condition = sql.join(where, sql` and `);
  const counted = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from person p where ${condition} limit ${COUNT_CAP + 1}) c`.execute(db);
  const people = await sql<PersonRow>`
    select p.id, p.name, p.phone, p.version from person p where ${condition}
    order by p.pinyin, p.id limit ${pageSize} offset ${(page - 1) * pageSize}`.execute(db);
  const ids = people.rows.map((row) => row.id);
  const posts = await sql<PostRow>`
    select ${post} from ${tables}
    where ${within(scope, 'o', 'unit_id')} and o.person_id = any(${ids}::uuid[])
    order by o.to_on desc nulls first, ${dutyOrder}, o.id`.execute(db);
  return {
    rows: people.rows.map((row) => ({ ...row, posts: posts.rows.filter((one) => one.personId === row.id) })),
    counted: counted.rows[0]?.n ?? 0,
  };
}

export async function lockPerson(db: Queryable, jurisdiction: string, id: string): Promise<PersonRow | null> {
  const found = await sql<PersonRow>`
    select id, name, phone, version from person where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(
    db,
  );
  return found.rows[0] ?? null;
}

export async function personById(db: Queryable, jurisdiction: string, id: string): Promise<PersonRow | null> {
  const found = await sql<PersonRow>`
    select id, name, phone, version from person where jurisdiction = ${jurisdiction} and id = ${id}`.execute(db);
  return found.rows[0] ?? null;
}

export async function savePerson(
  db: Queryable,
  jurisdiction: string,
  person: PersonRow & { pinyin: string; initials: string },
): Promise<void> {
  await sql`
    insert into person (jurisdiction, id, name, phone, pinyin, initials, version)
    values (${jurisdiction}, ${person.id}, ${person.name}, ${person.phone}, ${person.pinyin}, ${person.initials}, ${person.version})
    on conflict (jurisdiction, id) do update set name = excluded.name, phone = excluded.phone,
      pinyin = excluded.pinyin, initials = excluded.initials, version = excluded.version`.execute(db);
}

export interface PostValues {
  readonly id: string;
  readonly personId: string;
  readonly unitId: string;
  readonly title: string;
  readonly duty: string;
  readonly from: string | null;
  readonly to: string | null;
}

export async function savePost(db: Queryable, jurisdiction: string, row: PostValues): Promise<void> {
  await sql`
    insert into post (jurisdiction, id, person_id, unit_id, title, duty, from_on, to_on)
    values (${jurisdiction}, ${row.id}, ${row.personId}, ${row.unitId}, ${row.title}, ${row.duty}, ${row.from}, ${row.to})
    on conflict (jurisdiction, id) do update set title = excluded.title, duty = excluded.duty,
      from_on = excluded.from_on, to_on = excluded.to_on`.execute(db);
}

export async function postsOfPerson(db: Queryable, jurisdiction: string, personId: string): Promise<PostValues[]> {
  const found = await sql<PostValues>`
    select id, person_id as "personId", unit_id as "unitId", title, duty, from_on as "from", to_on as "to" from post
    where jurisdiction = ${jurisdiction} and person_id = ${personId} order by from_on nulls first, id`.execute(db);
  return found.rows;
}

/** People of that name in the unit (for imports: the same person is not entered twice). */
export async function peopleNamed(
  db: Queryable,
  jurisdiction: string,
  name: string,
): Promise<(PersonRow & { unitIds: string[] })[]> {
  const found = await sql<PersonRow & { unitIds: string[] }>`
    select p.id, p.name, p.phone, p.version, coalesce(array_agg(o.unit_id::text) filter (where o.id is not null), '{}') as "unitIds"
    from person p left join post o on o.jurisdiction = p.jurisdiction and o.person_id = p.id
    where p.jurisdiction = ${jurisdiction} and p.name = ${name} group by p.id, p.name, p.phone, p.version`.execute(db);
  return found.rows;
}

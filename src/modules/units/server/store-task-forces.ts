import { sql } from 'kysely';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { SeatPart } from '../unit.ts';
import { within } from './store.ts';

export interface TaskForceRow {
  id: string;
  name: string;
  purpose: string | null;
  leaders: string;
  seatCount: number;
  validFrom: string | null;
  validTo: string | null;
  version: number;
}

export interface SeatRow {
  id: string;
  personId: string | null;
  personName: string | null;
  unitId: string | null;
  unitName: string | null;
  part: SeatPart;
  duty: string | null;
  from: string | null;
  to: string | null;
}

const whole = (scope: Scope): Scope => ({ ...scope, units: 'all' });

/** Task forces, current or ended ones, with the names of their leaders on `day`. */
export async function listTaskForces(
  db: Queryable,
  scope: Scope,
  filter: { readonly ended?: boolean; readonly id?: string; readonly day: string },
): Promise<TaskForceRow[]> {
  const ended = filter.id
    ? sql`true`
    : filter.ended
      ? sql`t.valid_to < ${filter.day}::date`
      : sql`(t.valid_to is null or t.valid_to >= ${filter.day}::date)`;
  const one = filter.id ? sql`t.id = ${filter.id}` : sql`true`;
  const held = sql`(s.from_on is null or s.from_on <= ${filter.day}::date) and (s.to_on is null or s.to_on >= ${filter.day}::date)`;
  const found = await sql<TaskForceRow>`
    select t.id, t.name, t.purpose, t.valid_from as "validFrom", t.valid_to as "validTo", t.version,
      coalesce((select string_agg(coalesce(e.name, u.name), '、' order by s.id) from task_force_seat s
        left join person e on e.jurisdiction = s.jurisdiction and e.id = s.person_id
        left join unit u on u.jurisdiction = s.jurisdiction and u.id = s.unit_id
        where s.jurisdiction = t.jurisdiction and s.task_force_id = t.id and s.part = 'leader' and ${held}), '') as leaders,
      (select count(*)::int from task_force_seat s
        where s.jurisdiction = t.jurisdiction and s.task_force_id = t.id and ${held}) as "seatCount"
    from task_force t where ${within(whole(scope), 't', 'id')} and ${ended} and ${one}
    order by t.pinyin, t.id`.execute(db);
  return found.rows;
}

/** All seats of a task force, leader first, those who left last. */
export async function seatsOf(db: Queryable, scope: Scope, taskForceId: string): Promise<SeatRow[]> {
  const found = await sql<SeatRow>`
    select s.id, s.person_id as "personId", e.name as "personName", s.unit_id as "unitId", u.name as "unitName",
      s.part, s.duty, s.from_on as "from", s.to_on as "to"
    from task_force_seat s
    left join person e on e.jurisdiction = s.jurisdiction and e.id = s.person_id
    left join unit u on u.jurisdiction = s.jurisdiction and u.id = s.unit_id
    where ${within(whole(scope), 's', 'id')} and s.task_force_id = ${taskForceId}
    order by s.to_on desc nulls first, array_position(array['leader','deputy','member'], s.part), e.pinyin, s.id`.execute(
    db,
  );
  return found.rows;
}

export async function lockTaskForce(
  db: Queryable,
  jurisdiction: string,
  id: string,
): Promise<{
  id: string;
  name: string;
  purpose: string | null;
  validFrom: string | null;
  validTo: string | null;
  version: number;
} | null> {
  const found = await sql<{
    id: string;
    name: string;
    purpose: string | null;
    validFrom: string | null;
    validTo: string | null;
    version: number;
  }>`
    select id, name, purpose, valid_from as "validFrom", valid_to as "validTo", version from task_force
    where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(db);
  return found.rows[0] ?? null;
}

export async function taskForceNamed(db: Queryable, jurisdiction: string, key: string): Promise<string | null> {
  const found = await sql<{ id: string }>`
    select id from task_force where jurisdiction = ${jurisdiction} and name_key = ${key} and valid_to is null`.execute(
    db,
  );
  return found.rows[0]?.id ?? null;
}

export async function saveTaskForce(
  db: Queryable,
  jurisdiction: string,
  row: {
    id: string;
    name: string;
    nameKey: string;
    purpose: string | null;
    pinyin: string;
    initials: string;
    validFrom: string | null;
    validTo: string | null;
    version: number;
  },
): Promise<void> {
  await sql`
    insert into task_force (jurisdiction, id, name, name_key, purpose, pinyin, initials, valid_from, valid_to, version)
    values (${jurisdiction}, ${row.id}, ${row.name}, ${row.nameKey}, ${row.purpose}, ${row.pinyin}, ${row.initials},
      ${row.validFrom}, ${row.validTo}, ${row.version})
    on conflict (jurisdiction, id) do update set name = excluded.name, name_key = excluded.name_key,
      purpose = excluded.purpose, pinyin = excluded.pinyin, initials = excluded.initials,
      valid_to = excluded.valid_to, version = excluded.version`.execute(db);
}

export async function addSeatRow(
  db: Queryable,
  jurisdiction: string,
  row: {
    id: string;
    taskForceId: string;
    personId: string | null;
    unitId: string | null;
    part: string;
    duty: string | null;
    from: string | null;
  },
): Promise<void> {
  await sql`
    insert into task_force_seat (jurisdiction, id, task_force_id, person_id, unit_id, part, duty, from_on)
    values (${jurisdiction}, ${row.id}, ${row.taskForceId}, ${row.personId}, ${row.unitId}, ${row.part}, ${row.duty}, ${row.from})`.execute(
    db,
  );
}

/** Ends the seat; false when this task force has no such open seat. */
export async function endSeatRow(
  db: Queryable,
  jurisdiction: string,
  taskForceId: string,
  id: string,
  to: string,
): Promise<boolean> {
  const done = await sql<{ id: string }>`
    update task_force_seat set to_on = ${to}
    where jurisdiction = ${jurisdiction} and task_force_id = ${taskForceId} and id = ${id} and to_on is null
      and (from_on is null or from_on <= ${to}::date) returning id`.execute(db);
  return done.rows.length > 0;
}

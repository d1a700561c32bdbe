import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { GroupMember, GroupRule, GroupUnit, UnitClass } from '../group.ts';

export interface GroupRow {
  id: string;
  name: string;
  class: UnitClass | null;
  kind: 'list' | 'rule';
  rule: GroupRule | null;
  validFrom: string | null;
  validTo: string | null;
  version: number;
}

const columns = sql`id, name, class, kind, rule, valid_from as "validFrom", valid_to as "validTo", version`;

export async function groupsOf(db: Queryable, jurisdiction: string): Promise<GroupRow[]> {
  const found = await sql<GroupRow>`
    select ${columns} from unit_group where jurisdiction = ${jurisdiction} order by pinyin, id`.execute(db);
  return found.rows;
}

export async function groupById(db: Queryable, jurisdiction: string, id: string): Promise<GroupRow | null> {
  const found = await sql<GroupRow>`
    select ${columns} from unit_group where jurisdiction = ${jurisdiction} and id = ${id}`.execute(db);
  return found.rows[0] ?? null;
}

export async function lockGroup(db: Queryable, jurisdiction: string, id: string): Promise<GroupRow | null> {
  const found = await sql<GroupRow>`
    select ${columns} from unit_group where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(db);
  return found.rows[0] ?? null;
}

export async function currentGroupNamed(db: Queryable, jurisdiction: string, key: string): Promise<GroupRow | null> {
  const found = await sql<GroupRow>`
    select ${columns} from unit_group
    where jurisdiction = ${jurisdiction} and name_key = ${key} and valid_to is null`.execute(db);
  return found.rows[0] ?? null;
}

/** Periods of membership of these groups, oldest first. */
export async function membersOf(
  db: Queryable,
  jurisdiction: string,
  groupIds: readonly string[],
): Promise<(GroupMember & { id: string; groupId: string })[]> {
  const found = await sql<GroupMember & { id: string; groupId: string }>`
    select id, group_id as "groupId", unit_id as "unitId", from_on as "from", to_on as "to" from group_member
    where jurisdiction = ${jurisdiction} and group_id = any(${[...groupIds]}::uuid[])
    order by group_id, from_on nulls first, id`.execute(db);
  return found.rows;
}

/** All units as membership needs them, ended ones included, enterprises too, in their order. */
export async function groupUnits(db: Queryable, jurisdiction: string): Promise<GroupUnit[]> {
  const found = await sql<GroupUnit>`
    select id, name, kind, area_code as "areaCode", valid_from as "from", valid_to as "to" from unit
    where jurisdiction = ${jurisdiction} order by sort, pinyin, id`.execute(db);
  return found.rows;
}

export interface GroupValues extends GroupRow {
  readonly nameKey: string;
  readonly pinyin: string;
  readonly initials: string;
}

export async function saveGroup(db: Queryable, jurisdiction: string, group: GroupValues): Promise<void> {
  await sql`
    insert into unit_group (jurisdiction, id, name, name_key, class, kind, rule, pinyin, initials, valid_from, valid_to, version)
    values (${jurisdiction}, ${group.id}, ${group.name}, ${group.nameKey}, ${group.class}, ${group.kind},
      ${group.rule === null ? null : JSON.stringify(group.rule)}::jsonb, ${group.pinyin}, ${group.initials},
      ${group.validFrom}, ${group.validTo}, ${group.version})
    on conflict (jurisdiction, id) do update set name = excluded.name, name_key = excluded.name_key,
      class = excluded.class, kind = excluded.kind, rule = excluded.rule, pinyin = excluded.pinyin,
      initials = excluded.initials, valid_from = excluded.valid_from, valid_to = excluded.valid_to,
      version = excluded.version`.execute(db);
}

export async function addMember(
  db: Queryable,
  jurisdiction: string,
  row: { id: string; groupId: string; unitId: string; from: string | null; to: string | null },
): Promise<void> {
  await sql`
    insert into group_member (jurisdiction, id, group_id, unit_id, from_on, to_on)
    values (${jurisdiction}, ${row.id}, ${row.groupId}, ${row.unitId}, ${row.from}, ${row.to})`.execute(db);
}

export async function endMember(db: Queryable, jurisdiction: string, id: string, to: string): Promise<void> {
  await sql`update group_member set to_on = ${to} where jurisdiction = ${jurisdiction} and id = ${id}`.execute(db);
}

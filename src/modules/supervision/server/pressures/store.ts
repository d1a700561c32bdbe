import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { type Actor, hasRole } from '../../../../kernel/actor.ts';
import type { Day } from '../../../../kernel/day.ts';
import { notFound } from '../../../../kernel/refusal.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Act, RecordLoader } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import type { Commitment, Pressure } from '../../pressure.ts';
import type { Ground, GroundItem, PressureRule } from '../../pressure-rule.ts';

/** The columns of `Pressure` from the table `pressure`, alias t; other names are those of the table. */
const columns = sql`
  t.id, t.number, t.kind, t.state, t.unit_id as "unitId", t.unit_name as "unitName", t.addressee, t.matter, t.reason, t.demands,
  t.rule_id as "ruleId", t.rule_code as "ruleCode", t.rule_version as "ruleVersion", t.rung, t.earlier_id as "earlierId",
  t.keepers, t.suggested_on as "suggestedOn", t.proposed_on as "proposedOn", t.proposed_by as "proposedBy",
  t.proposed_by_name as "proposedByName", t.proposed_by_person as "proposedByPerson", t.proposed_unit_id as "proposedUnitId",
  t.proposed_unit_name as "proposedUnitName", t.decided_on as "decidedOn", t.decided_by_name as "decidedByName",
  t.decided_by_post as "decidedByPost", t.decision, t.opinion, t.recorded_by as "recordedBy",
  t.recorded_by_name as "recordedByName", t.served_on as "servedOn", t.document_number as "documentNumber",
  t.reply_due_on as "replyDueOn", t.meet_on as "meetOn", t.meet_at as "meetAt", t.meet_place as "meetPlace",
  t.meet_host as "meetHost", t.medium, t.published_on as "publishedOn", t.link, t.received_on as "receivedOn",
  t.received_by_name as "receivedByName", t.replied_on as "repliedOn", t.urged, t.ended_on as "endedOn", t.version`;

export interface PressureRow extends Pressure {
  readonly jurisdiction: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const unknownPressure = () => notFound('没有找到这件督促措施，可能编号有误，或者它不在您能查看的范围内。');

/** Who reads: the scope says how far he reaches, the person what he may know of restricted ones. */
export interface Reader {
  readonly scope: Scope;
  readonly actor: Actor;
}

/**
 * Whole governments for offices and leaders; others what was sent to their units, and what they proposed. Leads that were
 * transferred: the named people of the office and the leaders of the same government.
 */
const inSight = ({ scope, actor }: Reader) => sql`
  t.jurisdiction = any(${[...scope.jurisdictions]}::text[])
  and (t.kind <> 'transfer' or (t.jurisdiction = ${actor.jurisdiction} and (${hasRole(actor, 'leader')}
    or t.keepers @> ${JSON.stringify([{ accountId: actor.accountId }])}::jsonb)))
  ${
    scope.units === 'all'
      ? sql``
      : sql`and (t.proposed_by = ${actor.accountId} or t.proposed_unit_id = any(${[...scope.units]}::uuid[])
          or (t.unit_id = any(${[...scope.units]}::uuid[]) and t.served_on is not null
            and t.kind not in ('accountability', 'transfer')))`
  }`;

export async function pressureById(db: Queryable, reader: Reader, id: string): Promise<PressureRow> {
  if (!uuid.test(id)) throw unknownPressure();
  const found = await sql<PressureRow>`select t.jurisdiction, ${columns} from pressure t
    where ${inSight(reader)} and t.id = ${id}`.execute(db);
  const row = found.rows[0];
  if (!row) throw unknownPressure();
  return row;
}

export async function lockPressure(db: Queryable, reader: Reader, id: string): Promise<PressureRow> {
  if (!uuid.test(id)) throw unknownPressure();
  await sql`select 1 from pressure t where ${inSight(reader)} and t.id = ${id} for update`.execute(db);
  return pressureById(db, reader, id);
}

/** All measures in sight, the newest first, at most 20,000; narrowed to a unit, to an item, to a ladder. */
export async function pressuresInSight(
  db: Queryable,
  reader: Reader,
  asked: { readonly unitId?: string; readonly item?: { readonly kind: string; readonly id: string } } = {},
): Promise<PressureRow[]> {
  const found = await sql<PressureRow>`select t.jurisdiction, ${columns} from pressure t where ${inSight(reader)}
    ${asked.unitId ? sql`and t.unit_id = ${asked.unitId}::uuid` : sql``}
    ${
      asked.item
        ? sql`and (exists (select 1 from pressure_item x where x.jurisdiction = t.jurisdiction and x.pressure_id = t.id
              and x.kind = ${asked.item.kind} and x.item_id = ${asked.item.id})
            or (${asked.item.kind} = 'task' and exists (select 1 from pressure_commitment c
              where c.jurisdiction = t.jurisdiction and c.pressure_id = t.id and c.task_id = ${asked.item.id}::uuid)))`
        : sql``
    }
    order by t.created_at desc, t.number desc limit 20000`.execute(db);
  return found.rows;
}

/** The measures of one ladder in sight: those below and above one, the lowest rung first. */
export async function ladderOf(db: Queryable, reader: Reader, one: PressureRow): Promise<PressureRow[]> {
  const found = await sql<PressureRow>`
    with recursive down as (
      select id, earlier_id from pressure where jurisdiction = ${one.jurisdiction} and id = ${one.id}
      union select p.id, p.earlier_id from pressure p join down d on p.jurisdiction = ${one.jurisdiction} and p.id = d.earlier_id),
    up as (
      select id from down
      union select p.id from pressure p join up u on p.jurisdiction = ${one.jurisdiction} and p.earlier_id = u.id)
    select t.jurisdiction, ${columns} from pressure t
    where ${inSight(reader)} and t.jurisdiction = ${one.jurisdiction} and t.id in (select id from up)
    order by t.rung, t.created_at`.execute(db);
  return found.rows;
}

export interface GroundRow {
  readonly pressureId: string;
  readonly day: Day;
  readonly figure: number;
  readonly says: readonly string[];
  readonly sha256: string;
  readonly rule: PressureRule | null;
}

export async function groundsOf(
  db: Queryable,
  jurisdictions: readonly string[],
  ids: readonly string[],
): Promise<ReadonlyMap<string, GroundRow>> {
  if (ids.length === 0) return new Map();
  const found = await sql<GroundRow>`
    select pressure_id as "pressureId", day, figure, says, sha256, rule from pressure_ground
    where jurisdiction = any(${[...jurisdictions]}::text[]) and pressure_id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.pressureId, row]));
}

export async function itemsOf(
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, GroundItem[]>> {
  const found = await sql<GroundItem & { pressureId: string }>`
    select pressure_id as "pressureId", kind, item_id as id, number, title, day as "on", count from pressure_item
    where jurisdiction = ${jurisdiction} and pressure_id = any(${[...ids]}::uuid[]) order by pressure_id, place`.execute(
    db,
  );
  const items = new Map<string, GroundItem[]>();
  for (const { pressureId, ...item } of found.rows) items.set(pressureId, [...(items.get(pressureId) ?? []), item]);
  return items;
}

export interface CommitmentRow extends Commitment {
  readonly pressureId: string;
  readonly taskId: string;
  readonly taskNumber: string;
}
export async function commitmentsOf(
  db: Queryable,
  jurisdictions: readonly string[],
  ids: readonly string[],
): Promise<CommitmentRow[]> {
  if (ids.length === 0) return [];
  const found = await sql<CommitmentRow>`
    select pressure_id as "pressureId", text, due_on as "dueOn", task_id as "taskId", task_number as "taskNumber"
    from pressure_commitment
    where jurisdiction = any(${[...jurisdictions]}::text[]) and pressure_id = any(${[...ids]}::uuid[])
    order by pressure_id, place`.execute(db);
  return found.rows;
}

/** Writes a new measure with its frozen ground. False where the same ground was proposed before. */
export async function insertPressure(
  act: Act,
  one: Pressure,
  open: boolean,
  ground: (Ground & { readonly day: Day; readonly sha256: string; readonly rule: PressureRule | null }) | null,
): Promise<void> {
  const { jurisdiction } = act.actor;
  await sql`
    insert into pressure (jurisdiction, id, number, kind, state, open, unit_id, unit_name, addressee, matter, reason, demands,
      rule_id, rule_code, rule_version, rung, earlier_id, keepers, suggested_on, proposed_on, proposed_by, proposed_by_name,
      proposed_by_person, proposed_unit_id, proposed_unit_name, created_at)
    values (${jurisdiction}, ${one.id}, ${one.number}, ${one.kind}, ${one.state}, ${open}, ${one.unitId}, ${one.unitName},
      ${one.addressee}, ${one.matter}, ${one.reason}, ${JSON.stringify(one.demands)}::jsonb, ${one.ruleId}, ${one.ruleCode},
      ${one.ruleVersion}, ${one.rung}, ${one.earlierId}, ${JSON.stringify(one.keepers)}::jsonb, ${one.suggestedOn},
      ${one.proposedOn}, ${one.proposedBy}, ${one.proposedByName}, ${one.proposedByPerson}, ${one.proposedUnitId},
      ${one.proposedUnitName}, ${act.now})`.execute(act.db);
  if (ground === null) return;
  await sql`
    insert into pressure_ground (jurisdiction, pressure_id, key, day, rule, rule_code, unit_id, figure, says, sha256)
    values (${jurisdiction}, ${one.id}, ${ground.key}, ${ground.day},
      ${ground.rule === null ? null : JSON.stringify(ground.rule)}::jsonb, ${one.ruleCode}, ${one.unitId}, ${ground.figure},
      ${JSON.stringify(ground.says)}::jsonb, ${ground.sha256})`.execute(act.db);
  const items = ground.items.map((item, place) => ({ ...item, place: place + 1 }));
  await sql`
    insert into pressure_item (jurisdiction, pressure_id, place, kind, item_id, number, title, day, count)
    select ${jurisdiction}, ${one.id}, x.place, x.kind, x.id, x.number, x.title, x."on", x.count
    from jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      as x (place int, kind text, id text, number text, title text, "on" date, count int)`.execute(act.db);
}

/** Writes the measure as it now is; `before` was locked. Gives it with its new version. */
export async function updatePressure(
  act: Act,
  before: PressureRow,
  changes: Partial<Pressure>,
  open: boolean,
): Promise<PressureRow> {
  const after = { ...before, ...changes, version: before.version + 1 };
  await sql`
    update pressure set kind = ${after.kind}, state = ${after.state}, open = ${open}, addressee = ${after.addressee},
      matter = ${after.matter}, reason = ${after.reason}, demands = ${JSON.stringify(after.demands)}::jsonb,
      keepers = ${JSON.stringify(after.keepers)}::jsonb, proposed_on = ${after.proposedOn}, proposed_by = ${after.proposedBy},
      proposed_by_name = ${after.proposedByName}, proposed_by_person = ${after.proposedByPerson},
      proposed_unit_id = ${after.proposedUnitId}, proposed_unit_name = ${after.proposedUnitName},
      decided_on = ${after.decidedOn}, decided_by_name = ${after.decidedByName}, decided_by_post = ${after.decidedByPost},
      decision = ${after.decision}, opinion = ${after.opinion}, recorded_by = ${after.recordedBy},
      recorded_by_name = ${after.recordedByName}, served_on = ${after.servedOn}, document_number = ${after.documentNumber},
      reply_due_on = ${after.replyDueOn}, meet_on = ${after.meetOn}, meet_at = ${after.meetAt}, meet_place = ${after.meetPlace},
      meet_host = ${after.meetHost}, medium = ${after.medium}, published_on = ${after.publishedOn}, link = ${after.link},
      received_on = ${after.receivedOn}, received_by_name = ${after.receivedByName}, replied_on = ${after.repliedOn},
      urged = ${after.urged}, ended_on = ${after.endedOn}, version = ${after.version}
    where jurisdiction = ${before.jurisdiction} and id = ${after.id}`.execute(act.db);
  return after;
}

/** Something that was written about the measure: it is never changed. */
export async function addEntry(
  act: Act,
  pressureId: string,
  entry: {
    readonly kind: 'receipt' | 'reply' | 'returned' | 'minutes' | 'note' | 'urging';
    readonly text: string;
    readonly data?: unknown;
    readonly fileIds?: readonly string[];
  },
): Promise<void> {
  const { actor } = act;
  await sql`
    insert into pressure_entry (jurisdiction, id, pressure_id, kind, day, at, by_id, by_name, unit_name, text, data, file_ids)
    values (${actor.jurisdiction}, ${randomUUID()}, ${pressureId}, ${entry.kind}, ${act.day}, ${act.now}, ${actor.accountId},
      ${actor.name}, ${actor.unitName}, ${entry.text},
      ${entry.data === undefined ? null : JSON.stringify(entry.data)}::jsonb, ${[...(entry.fileIds ?? [])]}::uuid[])`.execute(
    act.db,
  );
}

/** All rows that make up each measure. */
export const pressureRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const rows = (table: string, order: string) => sql`
    (select jsonb_agg(to_jsonb(x) order by ${sql.raw(`x.${order}`)}) from ${sql.table(table)} x
      where x.jurisdiction = t.jurisdiction and x.pressure_id = t.id)`;
  const found = await sql<{ id: string; record: unknown }>`
    select t.id, jsonb_build_object('pressure', to_jsonb(t), 'ground', ${rows('pressure_ground', 'key')},
      'items', ${rows('pressure_item', 'place')}, 'entries', ${rows('pressure_entry', 'id')},
      'commitments', ${rows('pressure_commitment', 'place')}) as record
    from pressure t where t.jurisdiction = ${jurisdiction} and t.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

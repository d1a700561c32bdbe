import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { notFound } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { DraftEvent, Sheet } from '../plan.ts';
import { inSight } from './store.ts';

export interface EventRow {
  id: string;
  name: string;
  date: string | null;
  setByName: string | null;
  version: number;
}

type Events = ReadonlyMap<
  string,
  { readonly id: string; readonly date: string | null; readonly undated: number | null }
>;

/**
 * The anchor events of a plan under adoption, by key: an event that is known by name keeps its day. `undated` is the
 * version of a known event whose day only this plan brings.
 */
export async function ensureEvents(act: Act, events: readonly DraftEvent[]): Promise<Events> {
  const { jurisdiction } = act.actor;
  const found = new Map<string, { id: string; date: string | null; undated: number | null }>();
  for (const event of events) {
    const id = randomUUID();
    const made = await sql<{ id: string; date: string | null; version: number }>`
      insert into event (jurisdiction, id, name, date, set_by_name)
      values (${jurisdiction}, ${id}, ${event.name}, ${event.date}::date, ${event.date === null ? null : act.actor.name})
      on conflict (jurisdiction, name) do update set version = event.version returning id, date, version`.execute(
      act.db,
    );
    const row = made.rows[0];
    if (!row) continue;
    const undated = row.date === null && event.date !== null ? row.version : null;
    found.set(event.key, { id: row.id, date: row.date ?? event.date, undated });
    if (row.id !== id) continue;
    await announce(act, {
      item: { kind: 'event', id },
      kind: 'event.named',
      says: `登记事件「${event.name}」${event.date === null ? '，日期待定' : `，日期${event.date}`}`,
    });
  }
  return found;
}

/** Writes the stages of a plan; gives their ids by key. */
export async function insertStages(
  act: Act,
  planId: string,
  sheet: Sheet,
  events: Events,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const [ordinal, stage] of sheet.stages.entries()) {
    const id = randomUUID();
    ids.set(stage.key, id);
    const from = events.get(stage.fromEvent ?? '');
    const to = events.get(stage.toEvent ?? '');
    await sql`
      insert into stage (jurisdiction, id, plan_id, ordinal, name, text, from_on, to_on, from_event, to_event, source_start, source_end)
      values (${act.actor.jurisdiction}, ${id}, ${planId}, ${ordinal}, ${stage.name}, ${stage.text},
        ${stage.from ?? from?.date ?? null}::date, ${stage.to ?? to?.date ?? null}::date, ${from?.id ?? null}::uuid,
        ${to?.id ?? null}::uuid, ${stage.source?.start ?? null}::int, ${stage.source?.end ?? null}::int)`.execute(
      act.db,
    );
  }
  return ids;
}

export interface StageRow {
  id: string;
  name: string;
  text: string;
  fromOn: string | null;
  toOn: string | null;
  event: string | null;
}

export async function stagesOfPlan(db: Queryable, jurisdiction: string, planId: string): Promise<StageRow[]> {
  const found = await sql<StageRow>`
    select s.id, s.name, s.text, s.from_on as "fromOn", s.to_on as "toOn",
      (select string_agg(e.name, '、') from event e
        where e.jurisdiction = s.jurisdiction and e.id in (s.from_event, s.to_event) and e.date is null) as event
    from stage s where s.jurisdiction = ${jurisdiction} and s.plan_id = ${planId} order by s.ordinal`.execute(db);
  return found.rows;
}

/** The stages of several plans in order. */
export async function stagesOfPlans(
  db: Queryable,
  plans: readonly { readonly jurisdiction: string; readonly id: string }[],
): Promise<(Pick<StageRow, 'id' | 'name' | 'fromOn' | 'toOn'> & { planId: string })[]> {
  const found = await sql<Pick<StageRow, 'id' | 'name' | 'fromOn' | 'toOn'> & { planId: string }>`
    select s.id, s.plan_id as "planId", s.name, s.from_on as "fromOn", s.to_on as "toOn"
    from unnest(${plans.map((plan) => plan.jurisdiction)}::text[], ${plans.map((plan) => plan.id)}::uuid[]) as p (code, id)
    join stage s on s.jurisdiction = p.code and s.plan_id = p.id order by s.plan_id, s.ordinal`.execute(db);
  return found.rows;
}

/** Events with the adopted plans in sight that hang on them; a unit sees the events of its own plans only. */
export async function listEvents(
  db: Queryable,
  scope: Scope,
): Promise<(EventRow & { plans: { id: string; title: string }[] })[]> {
  const found = await sql<EventRow & { plans: { id: string; title: string }[] }>`
    select e.id, e.name, e.date, e.set_by_name as "setByName", e.version,
      coalesce((select jsonb_agg(distinct jsonb_build_object('id', p.id, 'title', p.title)) from plan p
        join plan_document d on d.jurisdiction = p.jurisdiction and d.plan_id = p.id
        where p.jurisdiction = e.jurisdiction and p.state = 'adopted' and ${inSight(scope)}
          and d.sheet->'events' @> jsonb_build_array(jsonb_build_object('name', e.name))), '[]') as plans
    from event e where e.jurisdiction = any(${scope.jurisdictions}) order by e.date nulls first, e.name limit 500`.execute(
    db,
  );
  return scope.units === 'all' ? found.rows : found.rows.filter((event) => event.plans.length > 0);
}

export async function lockEvent(db: Queryable, jurisdiction: string, id: string): Promise<EventRow> {
  const found = await sql<EventRow>`
    select id, name, date, set_by_name as "setByName", version from event
    where jurisdiction = ${jurisdiction} and id = ${id} for update`.execute(db);
  const row = found.rows[0];
  if (!row) throw notFound('没有找到这个事件，或者它属于其他地区。');
  return row;
}

/** Sets the day of an event and of the stages that begin or end with it. */
export async function saveEventDate(act: Act, id: string, date: string): Promise<void> {
  const { jurisdiction, name } = act.actor;
  await sql`
    update event set date = ${date}::date, set_by_name = ${name}, version = version + 1
    where jurisdiction = ${jurisdiction} and id = ${id}`.execute(act.db);
  await sql`update stage set from_on = ${date}::date where jurisdiction = ${jurisdiction} and from_event = ${id}`.execute(
    act.db,
  );
  await sql`update stage set to_on = ${date}::date where jurisdiction = ${jurisdiction} and to_event = ${id}`.execute(
    act.db,
  );
}

/** Adopted plans that have a stage on the event; their record changes with it. */
export async function plansOnEvent(
  db: Queryable,
  jurisdiction: string,
  eventId: string,
): Promise<{ id: string; state: string }[]> {
  const found = await sql<{ id: string; state: string }>`
    select p.id, p.state from plan p where p.jurisdiction = ${jurisdiction} and exists (
      select 1 from stage s where s.jurisdiction = p.jurisdiction and s.plan_id = p.id and ${eventId}::uuid in (s.from_event, s.to_event))
    order by p.id for update of p`.execute(db);
  return found.rows;
}

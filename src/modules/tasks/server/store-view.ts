import { sql } from 'kysely';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { LineRow } from './line-row.ts';

/** What a task's page shows beside the task itself; the caller has made sure that the task may be seen. */
export interface Details {
  readonly units: {
    unitId: string;
    role: 'lead' | 'responsible' | 'territorial';
    receivedOn: string | null;
    receivedByName: string | null;
  }[];
  readonly progress: {
    id: string;
    day: string;
    byName: string;
    unitName: string | null;
    text: string;
    figures: { name: string; value: number; unit: string }[];
    percent: number | null;
    fileIds: string[];
    leads: boolean;
  }[];
  readonly occurrences: {
    id: string;
    heldOn: string;
    quota: number;
    text: string;
    byName: string;
    fileIds: string[];
  }[];
  readonly extensions: {
    id: string;
    askedByName: string;
    askedOn: string;
    oldDue: string | null;
    newDue: string;
    reason: string;
    decision: string | null;
    decidedByName: string | null;
    decidedOn: string | null;
    opinion: string | null;
  }[];
  readonly files: {
    id: string;
    name: string;
    size: number;
    type: string;
    uploadedByName: string;
    uploadedAt: string;
  }[];
  readonly facts: {
    seq: number;
    at: string;
    day: string;
    kind: string;
    says: string;
    actorName: string;
    unitName: string | null;
  }[];
  readonly parent: { id: string; number: string; title: string } | null;
}

export async function detailsOf(db: Queryable, jurisdiction: string, id: string): Promise<Details> {
  const mine = sql`x.jurisdiction = ${jurisdiction} and x.task_id = ${id}`;
  const found = await sql<Details>`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('unitId', x.unit_id, 'role', x.role, 'receivedOn', x.received_on,
        'receivedByName', x.received_by_name) order by x.sort, x.unit_id), '[]') from task_unit x where ${mine}) as units,
      (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'day', x.day, 'byName', x.by_name, 'unitName', x.unit_name,
        'text', x.text, 'figures', x.figures, 'percent', x.percent, 'fileIds', x.file_ids) order by x.at desc, x.id), '[]')
        from task_progress x where ${mine}) as progress,
      (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'heldOn', x.held_on, 'quota', x.quota, 'text', x.text,
        'byName', x.by_name, 'fileIds', x.file_ids) order by x.held_on desc, x.id), '[]')
        from task_occurrence x where ${mine}) as occurrences,
      (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'askedByName', x.asked_by_name, 'askedOn', x.asked_on,
        'oldDue', x.old_due, 'newDue', x.new_due, 'reason', x.reason, 'decision', x.decision,
        'decidedByName', x.decided_by_name, 'decidedOn', x.decided_on, 'opinion', x.opinion) order by x.asked_on, x.id), '[]')
        from task_extension x where ${mine}) as extensions,
      (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'size', f.size, 'type', f.type,
        'uploadedByName', f.uploaded_by_name, 'uploadedAt', f.uploaded_at) order by f.uploaded_at, f.id), '[]')
        from file f where f.jurisdiction = ${jurisdiction} and f.item_kind = 'task' and f.item_id = ${id}) as files,
      (select coalesce(jsonb_agg(jsonb_build_object('seq', f.seq, 'at', f.at, 'day', f.day, 'kind', f.kind, 'says', f.says,
        'actorName', f.actor_name, 'unitName', f.unit_name) order by f.seq desc), '[]')
        from fact f where f.jurisdiction = ${jurisdiction} and f.item_kind = 'task' and f.item_id = ${id}) as facts,
      (select jsonb_build_object('id', p.id, 'number', p.number, 'title', p.title) from task t
        join task p on p.jurisdiction = t.jurisdiction and p.id = t.parent_id
        where t.jurisdiction = ${jurisdiction} and t.id = ${id}) as parent`.execute(db);
  const row = found.rows[0];
  if (!row) throw new Error('a query without condition gave no row');
  return row;
}

/** Lines by id, in the order of their numbers; for children, for lists of a plan and for groups of the home page. */
export async function linesById(
  db: Queryable,
  jurisdiction: string,
  condition: { readonly parentId: string } | { readonly planId: string } | { readonly ids: readonly string[] },
): Promise<LineRow[]> {
  const where =
    'parentId' in condition
      ? sql`t.parent_id = ${condition.parentId}::uuid`
      : 'planId' in condition
        ? sql`t.plan_id = ${condition.planId}::uuid`
        : sql`t.id = any(${[...condition.ids]}::uuid[])`;
  const found = await sql<LineRow>`
    select t.id, t.jurisdiction, t.number, t.title, t.text, t.state, t.lead_unit_id as "leadUnitId", t.units as "unitIds",
      t.person_name as "personName", t.sector, t.plan_id as "planId", t.stage_id as "stageId", t.origin, t.deadlines,
      t.first_due_on as "firstDueOn", t.due_on as "dueOn", t.amber_on as "amberOn", t.extensions, t.percent,
      t.closed_on as "closedOn", t.version
    from task t where t.jurisdiction = ${jurisdiction} and ${where} order by t.serial limit 10000`.execute(db);
  return found.rows;
}

import { sql } from 'kysely';
import type { Reading } from '../../../platform/act.ts';
import type { Draft } from '../plan.ts';

interface Found {
  jurisdiction: string;
  planId: string;
  planTitle: string;
  planNumber: string | null;
  documentNumber: string | null;
  draftId: string;
  body: Draft;
  text: string;
}

const AROUND = 300;

/** Where a task stands in its plan: the words of the source with what surrounds them. Null where it comes from no plan. */
export async function taskSource(reading: Reading, taskId: string) {
  const sight = reading.house.items.task?.sight;
  if (!sight || !(await sight(reading, taskId))) return { source: null };
  const found = await sql<Found>`
    select p.jurisdiction, p.id as "planId", p.title as "planTitle", p.number as "planNumber",
      p.document_number as "documentNumber", d.id as "draftId", d.body, t.source_text as text
    from plan_draft d join plan p on p.jurisdiction = d.jurisdiction and p.id = d.plan_id
    join plan_document t on t.jurisdiction = d.jurisdiction and t.plan_id = d.plan_id
    where d.jurisdiction = any(${reading.scope.jurisdictions}) and d.task_id = ${taskId} limit 1`.execute(reading.db);
  const row = found.rows[0];
  if (!row) return { source: null };
  const { start, end } = row.body.source;
  const higher = await sql<{ planTitle: string; number: string; title: string }>`
    select h.title as "planTitle", l.body->>'number' as number, l.body->>'title' as title from line_mapping m
    join plan h on h.jurisdiction = m.jurisdiction and h.id = m.higher_plan_id
    join plan_draft l on l.jurisdiction = m.jurisdiction and l.plan_id = m.higher_plan_id and l.id = m.line_id
    where m.jurisdiction = ${row.jurisdiction} and m.plan_id = ${row.planId} and m.draft_id = ${row.draftId}`.execute(
    reading.db,
  );
  return {
    source: {
      planId: row.planId,
      planTitle: row.planTitle,
      planNumber: row.planNumber,
      documentNumber: row.documentNumber,
      address: row.body.number,
      path: [...row.body.path],
      before: row.text.slice(Math.max(0, start - AROUND), start),
      start,
      end,
      sentence: row.text.slice(start, end),
      after: row.text.slice(end, end + AROUND),
      higher: higher.rows,
    },
  };
}

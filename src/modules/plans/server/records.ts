import { sql } from 'kysely';
import type { ItemKind, Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { planById } from './store.ts';
import { filingById } from './store-filings.ts';

type Records = ReadonlyMap<string, unknown>;
const asMap = (rows: readonly { id: string; record: unknown }[]): Records =>
  new Map(rows.map((row) => [row.id, row.record]));

/**
 * What makes up a plan for the chain of facts: its row without the counters of reading and review, what was read (by
 * its hash), its stages and its mapping. Lines under review have a history of their own until they become tasks.
 */
export async function planRecord(db: Queryable, jurisdiction: string, ids: readonly string[]): Promise<Records> {
  const found = await sql<{ id: string; record: unknown }>`
    select p.id, jsonb_build_array(
      case when p.state in ('adopted', 'withdrawn')
        then jsonb_build_array(p.kind, p.title, p.document_number, p.issuer, p.issued_on) end,
      p.number, p.state, p.parent_plan_id, p.file_sha256, p.file_name, p.adopted_on, p.with_doubts, p.ended_because, p.version,
      (select jsonb_build_array(md5(d.source_text), md5(d.extraction::text)) from plan_document d
        where d.jurisdiction = p.jurisdiction and d.plan_id = p.id),
      (select jsonb_agg(to_jsonb(s) order by s.ordinal) from stage s where s.jurisdiction = p.jurisdiction and s.plan_id = p.id),
      (select jsonb_agg(jsonb_build_array(m.higher_plan_id, m.line_id, m.draft_id, m.not_ours_because, m.decided_by_name)
        order by m.higher_plan_id, m.line_id, m.draft_id) from line_mapping m
        where m.jurisdiction = p.jurisdiction and m.plan_id = p.id)) as record
    from plan p where p.jurisdiction = ${jurisdiction} and p.id = any(${ids}::uuid[])`.execute(db);
  return asMap(found.rows);
}

export async function eventRecord(db: Queryable, jurisdiction: string, ids: readonly string[]): Promise<Records> {
  const found = await sql<{ id: string; record: unknown }>`
    select id, jsonb_build_array(name, date, set_by_name) as record from event
    where jurisdiction = ${jurisdiction} and id = any(${ids}::uuid[])`.execute(db);
  return asMap(found.rows);
}

export async function filingRecord(db: Queryable, jurisdiction: string, ids: readonly string[]): Promise<Records> {
  const found = await sql<{ id: string; record: unknown }>`
    select f.id, to_jsonb(f) as record from filing f where f.jurisdiction = ${jurisdiction} and f.id = any(${ids}::uuid[])`.execute(
    db,
  );
  return asMap(found.rows);
}

const seen =
  (look: (reading: Reading, id: string) => Promise<unknown>) =>
  async (reading: Reading, id: string): Promise<boolean> => {
    try {
      await look(reading, id);
      return true;
    } catch {
      return false;
    }
  };

const keeps = { sha256: 'file_sha256', name: 'file_name' };

/** The kinds of items that this room keeps, for the platform. */
export const planItems: Readonly<Record<string, ItemKind>> = {
  plan: {
    record: planRecord,
    table: 'plan',
    called: { word: '方案', column: 'title' },
    keeps,
    sight: seen(({ db, scope }, id) => planById(db, scope, id)),
  },
  event: { record: eventRecord, table: 'event', called: { word: '事件', column: 'name' } },
  filing: {
    record: filingRecord,
    table: 'filing',
    called: { word: '子方案', column: 'title' },
    keeps,
    sight: seen(({ db, scope }, id) => filingById(db, scope, id)),
  },
};

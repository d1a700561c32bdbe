import { sql } from 'kysely';
import { Refusal } from '../../../../kernel/refusal.ts';
import type { ItemKind, RecordLoader } from '../../../../platform/act.ts';
import { batchById } from './store.ts';

/** A list and what became of its lines. Steps of the reading belong to no record. */
const batchRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select b.id, jsonb_build_object('batch', to_jsonb(b) - 'step' - 'error', 'lines', (
      select jsonb_agg(jsonb_build_array(l.id, l.position, l.state, l.reason, l.problem_id, l.wording, l.draft) order by l.position, l.id)
      from problem_batch_line l where l.jurisdiction = b.jurisdiction and l.batch_id = b.id)) as record
    from problem_batch b where b.jurisdiction = ${jurisdiction} and b.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

const viewRecord: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select v.id, to_jsonb(v) as record from problem_view v
    where v.jurisdiction = ${jurisdiction} and v.id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

/** Lists of superiors and list views, for the platform. */
export const batchItems: Readonly<Record<string, ItemKind>> = {
  problemBatch: {
    record: batchRecord,
    table: 'problem_batch',
    called: { word: '问题清单', column: 'number' },
    series: '批',
    keeps: { sha256: 'file_sha256', name: 'file_name' },
    sight: async (reading, id) => {
      try {
        await batchById(reading.db, reading.scope, id);
        return true;
      } catch (refused) {
        if (refused instanceof Refusal) return false;
        throw refused;
      }
    },
  },
  problemView: {
    record: viewRecord,
    table: 'problem_view',
    called: { word: '清单视图', column: 'name' },
  },
};

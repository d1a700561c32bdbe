import { sql } from 'kysely';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import type { RequestKind } from '../problem.ts';

export interface ProblemRef {
  readonly id: string;
  readonly number: string;
  readonly title: string;
}

/** What a problem's page shows beside the problem itself; the caller has made sure that the problem may be seen. */
export interface Details {
  readonly progress: {
    id: string;
    day: string;
    at: string;
    byName: string;
    unitName: string | null;
    text: string;
    cycle: number;
    fileIds: string[];
  }[];
  readonly requests: {
    id: string;
    kind: RequestKind;
    askedByName: string;
    askedOn: string;
    oldDue: string | null;
    newDue: string | null;
    targetId: string | null;
    targetNumber: string | null;
    controlMeasures: string | null;
    reason: string;
    decision: string | null;
    decidedByName: string | null;
    decidedOn: string | null;
    opinion: string | null;
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
  readonly mergedInto: ProblemRef | null;
  readonly mergedHere: ProblemRef[];
}

export async function detailsOf(db: Queryable, scope: Scope, jurisdiction: string, id: string): Promise<Details> {
  const mine = sql`x.jurisdiction = ${jurisdiction} and x.problem_id = ${id}`;
  // a problem that this one was merged into may lie out of the reader's sight
  const seen = scope.units === 'all' ? sql`true` : sql`p.units && ${scope.units as readonly string[]}::uuid[]`;
  const reference = sql`jsonb_build_object('id', p.id, 'number', p.number, 'title', p.title)`;
  const found = await sql<Details>`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'day', x.day, 'at', x.at, 'byName', x.by_name,
        'unitName', x.unit_name, 'text', x.text, 'cycle', x.cycle, 'fileIds', x.file_ids) order by x.at desc, x.id), '[]')
        from problem_progress x where ${mine}) as progress,
      (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'kind', x.kind, 'askedByName', x.asked_by_name,
        'askedOn', x.asked_on, 'oldDue', x.old_due, 'newDue', x.new_due, 'targetId', x.target_id, 'targetNumber', p.number,
        'controlMeasures', x.control_measures, 'reason', x.reason, 'decision', x.decision, 'decidedByName', x.decided_by_name,
        'decidedOn', x.decided_on, 'opinion', x.opinion) order by x.asked_on, x.id), '[]')
        from problem_request x left join problem p on p.jurisdiction = x.jurisdiction and p.id = x.target_id and ${seen}
        where ${mine}) as requests,
      (select coalesce(jsonb_agg(jsonb_build_object('seq', f.seq, 'at', f.at, 'day', f.day, 'kind', f.kind, 'says', f.says,
        'actorName', f.actor_name, 'unitName', f.unit_name) order by f.seq desc), '[]')
        from fact f where f.jurisdiction = ${jurisdiction} and f.item_kind = 'problem' and f.item_id = ${id}) as facts,
      (select ${reference} from problem t join problem p on p.jurisdiction = t.jurisdiction and p.id = t.merged_into
          and ${seen}
        where t.jurisdiction = ${jurisdiction} and t.id = ${id}) as "mergedInto",
      (select coalesce(jsonb_agg(${reference} order by p.serial), '[]') from problem p
        where p.jurisdiction = ${jurisdiction} and p.merged_into = ${id}::uuid and ${seen}) as "mergedHere"`.execute(
    db,
  );
  const row = found.rows[0];
  if (!row) throw new Error('a query without condition gave no row');
  return row;
}

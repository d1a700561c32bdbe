import { sql } from 'kysely';
import type { Day } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Act, ItemKind, RecordLoader } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { type Clause, type CriteriaSet, holdsOn } from '../criteria.ts';

const columns = sql`s.id, s.name, s.version, s.valid_from as "validFrom", s.valid_to as "validTo", s.source, s.sample,
  (select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'sector', c.sector, 'text', c.text) order by c.sort), '[]')
    from criteria_clause c where c.jurisdiction = s.jurisdiction and c.set_id = s.id) as clauses`;

/** One version of the criteria with its clauses in their order. */
export type WholeCriteria = CriteriaSet & { readonly clauses: Clause[] };

/** Criteria of a jurisdiction, the sample last, newest first; `on`: only those that hold on that day. */
export async function criteriaSets(db: Queryable, jurisdiction: string, on: Day | null): Promise<WholeCriteria[]> {
  const found = await sql<WholeCriteria>`
    select ${columns} from criteria_set s where s.jurisdiction = ${jurisdiction}
      and (${on}::date is null or (s.valid_from <= ${on}::date and (s.valid_to is null or s.valid_to >= ${on}::date)))
    order by s.sample, s.valid_from desc, s.name limit 200`.execute(db);
  return found.rows;
}

/** One version of the criteria, or null. */
export async function criteriaSet(db: Queryable, jurisdiction: string, id: string): Promise<WholeCriteria | null> {
  const found = await sql<WholeCriteria>`
    select ${columns} from criteria_set s where s.jurisdiction = ${jurisdiction} and s.id = ${id}`.execute(db);
  return found.rows[0] ?? null;
}

/**
 * The clauses that were ticked, with their texts, of criteria that hold today; null where no criteria were named. Throws a
 * not-valid refusal for unknown criteria, criteria of another time, and clauses that they do not have.
 */
export async function clausesTicked(
  act: Act,
  criteriaId: string | null,
  codes: readonly string[],
): Promise<{ readonly set: CriteriaSet; readonly clauses: { code: string; text: string }[] } | null> {
  if (criteriaId === null) {
    if (codes.length > 0)
      throw notValid('请选择判定所依据的标准。', [{ where: 'body.criteriaId', says: '没有选择标准' }]);
    return null;
  }
  const set = await criteriaSet(act.db, act.actor.jurisdiction, criteriaId);
  if (!set) throw notValid('没有找到所选的判定标准，请重新选择。', [{ where: 'body.criteriaId', says: '不存在' }]);
  if (!holdsOn(set, act.day)) {
    const until = set.validTo === null ? '' : `，至${set.validTo}`;
    throw notValid(
      `「${set.name}」${set.version}自${set.validFrom}起施行${until}，今天不能据以判定。请选择现行的标准。`,
      [{ where: 'body.criteriaId', says: '判定之日不施行' }],
    );
  }
  const texts = new Map(set.clauses.map((clause) => [clause.code, clause.text]));
  const unknown = codes.filter((code) => !texts.has(code));
  if (unknown.length > 0)
    throw notValid(`「${set.name}」${set.version}没有${unknown.join('、')}这样的条文，请重新勾选。`, [
      { where: 'body.clauses', says: `没有${unknown.join('、')}` },
    ]);
  return { set, clauses: codes.map((code) => ({ code, text: texts.get(code) ?? '' })) };
}

const record: RecordLoader = async (db, jurisdiction, ids) => {
  const found = await sql<{ id: string; record: unknown }>`
    select s.id, jsonb_build_object('set', to_jsonb(s), 'clauses', (select jsonb_agg(to_jsonb(c) order by c.sort, c.code)
      from criteria_clause c where c.jurisdiction = s.jurisdiction and c.set_id = s.id)) as record
    from criteria_set s where s.jurisdiction = ${jurisdiction} and s.id = any(${ids}::uuid[])`.execute(db);
  return new Map(found.rows.map((row) => [row.id, row.record]));
};

export const criteriaItems: Readonly<Record<string, ItemKind>> = {
  criteria: { record, table: 'criteria_set', called: { word: '判定标准', column: 'name' } },
};

import { sql } from 'kysely';
import type { Difference } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { recountFigures } from './figures/recount.ts';

type Differs = (where: Difference) => void;

/** Findings of one kind; more of them would say nothing new. */
const MOST = 200;

/** Counts anew what lists and figures keep ready beside the problems, and tells where it differs from them. */
export async function recountProblems(db: Queryable, differs: Differs): Promise<void> {
  await recountSpans(db, differs);
  await recountSight(db, differs);
  await recountTurns(db, differs);
  await recountRequests(db, differs);
  await recountFigures(db, differs);
}

/** An open problem has one running span, and it shows the problem as it now stands; any other problem has none. */
async function recountSpans(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; where: string }>`
    select coalesce(t.jurisdiction, s.jurisdiction) as jurisdiction, coalesce(t.number, s.problem_id::text) as "where"
    from (select * from problem where open) t
    full join (select * from problem_span where to_on is null) s on s.jurisdiction = t.jurisdiction and s.problem_id = t.id
    where (t.kind, t.state, t.grade, t.lead_unit_id, t.sector, t.source_type, t.batch_id, t.plan_id, t.stage_id, t.enterprise_id,
        t.area_code, t.tags, t.due_on, t.amber_on, t.extensions, t.found_on, t.entered_on, t.opened_on, t.serial, t.units,
        t.listed_on is not null and t.delisted_on is null)
      is distinct from
      (s.kind, s.state, s.grade, s.lead_unit_id, s.sector, s.source_type, s.batch_id, s.plan_id, s.stage_id, s.enterprise_id,
        s.area_code, s.tags, s.due_on, s.amber_on, s.extensions, s.found_on, s.entered_on, s.opened_on, s.serial, s.units, s.listed)
    order by 1, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, where } of found.rows)
    differs({ jurisdiction, where: `问题 ${where}`, says: '台账的历史与问题现状不符，图表上的数字不可信。' });
}

/** Whoever takes part in a problem sees it, and nobody else; what lists filter by agrees with the problem. */
async function recountSight(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; number: string }>`
    select t.jurisdiction, t.number from problem t
    cross join lateral (select array_remove(t.co_unit_ids || array[t.lead_unit_id, t.supervising_unit_id, t.finder_unit_id], null) as units) u
    where not (t.units @> u.units and t.units <@ u.units)
      or t.open <> (t.state not in ('closed', 'withdrawn', 'merged', 'unfounded'))
      or ('listed' = any(t.flags)) <> (t.listed_on is not null and t.delisted_on is null)
      or ('reopened' = any(t.flags)) <> (t.cycle > 1) or ('onSpot' = any(t.flags)) <> t.on_spot
      or ('sentBack' = any(t.flags)) <> (t.sent_back > 0) or ('request' = any(t.flags)) <> (t.asked is not null)
      or ('extended' = any(t.flags)) <> (t.extensions > 0)
    order by 1, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, number } of found.rows)
    differs({
      jurisdiction,
      where: `问题 ${number}`,
      says: '能看到这条问题的单位，或筛选用的标记，与问题本身不符。',
    });
}

/** Every problem was registered once; whether it is ended now is what its last turn says. */
async function recountTurns(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; number: string }>`
    with told as (
      select jurisdiction, problem_id, count(*) filter (where turn = 'registered') as registered,
        count(*) filter (where turn = 'reopened') as reopened,
        (array_agg(turn order by seq desc) filter (where turn in ('registered', 'reopened', 'closed', 'withdrawn', 'merged', 'unfounded')))[1]
          as last, max(seq) as highest, count(*) as n
      from problem_turn group by 1, 2)
    select t.jurisdiction, t.number from problem t
    left join told on told.jurisdiction = t.jurisdiction and told.problem_id = t.id
    where told.registered is distinct from 1 or told.reopened is distinct from (t.cycle - 1) or told.highest <> told.n
      or (case when told.last in ('registered', 'reopened') then not t.open else told.last <> t.state end)
    order by 1, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, number } of found.rows)
    differs({
      jurisdiction,
      where: `问题 ${number}`,
      says: '登记、办结、重新打开的流水与问题现状不符，统计数字不可信。',
    });
}

/** What waits for a decision is marked as such. */
async function recountRequests(db: Queryable, differs: Differs): Promise<void> {
  const found = await sql<{ jurisdiction: string; number: string }>`
    select t.jurisdiction, t.number
    from problem t full join (select * from problem_request where decision is null) r
      on r.jurisdiction = t.jurisdiction and r.problem_id = t.id
    where t.asked is distinct from r.kind order by 1, 2 limit ${MOST}`.execute(db);
  for (const { jurisdiction, number } of found.rows)
    differs({ jurisdiction, where: `问题 ${number}`, says: '等待审批的申请与问题上的标记不符。' });
}

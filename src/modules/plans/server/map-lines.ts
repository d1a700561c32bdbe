import { sql } from 'kysely';
import { verdict } from '../../../kernel/lifecycle.ts';
import { notFound, notNow } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { announce } from '../../../platform/facts/record.ts';
import { planLifecycle } from '../lifecycle.ts';
import { indexLines, suggest } from '../mapping.ts';
import type { Draft } from '../plan.ts';
import { lockPlan, type PlanRow, planById, savePlan } from './store.ts';
import { draftsOf } from './store-review.ts';

interface Decision {
  line: string;
  draft: string;
  notOursBecause: string | null;
  decidedByName: string;
}

/** What was decided about each line of the higher plan for one local plan. */
export async function decisionsOf(
  db: Queryable,
  jurisdiction: string,
  planId: string,
  higherId: string,
): Promise<Decision[]> {
  const found = await sql<Decision>`
    select line_id as line, draft_id as draft, not_ours_because as "notOursBecause", decided_by_name as "decidedByName"
    from line_mapping where jurisdiction = ${jurisdiction} and plan_id = ${planId} and higher_plan_id = ${higherId}
    order by line_id, draft_id`.execute(db);
  return found.rows;
}

const wordsOf = (draft: Draft): string => `${draft.title}${draft.text}`;

/** The table of the higher plan's lines against the local plan's: decided, not ours, or still without an answer. */
export async function readMapping(
  reading: Reading,
  id: string,
  query: { page: number; pageSize: number; show?: 'all' | 'unmapped' | 'mapped' | 'notOurs' },
) {
  const { db, scope } = reading;
  const plan = await planById(db, scope, id);
  const empty = { higher: null, lines: 0, unmapped: 0, mapped: 0, notOurs: 0, local: [], rows: [], total: 0, ...query };
  if (plan.parentPlanId === null) return { ...empty, page: query.page, pageSize: query.pageSize };
  const higher = await planById(db, { jurisdictions: [plan.jurisdiction as never], units: 'all' }, plan.parentPlanId);
  const lines = await draftsOf(db, higher, { keptOnly: true });
  const local = await draftsOf(db, plan, { keptOnly: true });
  const decided = new Map<string, Decision[]>();
  for (const one of await decisionsOf(db, plan.jurisdiction, id, higher.id)) {
    decided.set(one.line, [...(decided.get(one.line) ?? []), one]);
  }
  const stateOf = (line: Draft): 'unmapped' | 'mapped' | 'notOurs' => {
    const here = decided.get(line.id);
    if (!here) return 'unmapped';
    return here.some((one) => one.draft !== '') ? 'mapped' : 'notOurs';
  };
  const count = (state: string): number => lines.filter((line) => stateOf(line) === state).length;
  const shown = lines.filter((line) => (query.show ?? 'all') === 'all' || stateOf(line) === query.show);
  const index = indexLines(local.map((draft) => ({ id: draft.id, words: wordsOf(draft) })));
  return {
    higher,
    lines: lines.length,
    unmapped: count('unmapped'),
    mapped: count('mapped'),
    notOurs: count('notOurs'),
    local: local.map(({ id: draft, number, title }) => ({ id: draft, number, title })),
    rows: shown.slice((query.page - 1) * query.pageSize, query.page * query.pageSize).map((line) => {
      const here = decided.get(line.id) ?? [];
      return {
        id: line.id,
        number: line.number,
        title: line.title,
        text: line.text,
        units: [...line.lead, ...line.responsible].map((mention) => mention.text).join('、'),
        drafts: here.map((one) => one.draft).filter((draft) => draft !== ''),
        notOursBecause: here.find((one) => one.draft === '')?.notOursBecause ?? null,
        decidedByName: here[0]?.decidedByName ?? null,
        suggestions: here.length > 0 ? [] : [...suggest({ id: line.id, words: wordsOf(line) }, index)],
      };
    }),
    total: shown.length,
    page: query.page,
    pageSize: query.pageSize,
  };
}

/** A person decides which local lines answer a line of the higher plan, or that it does not concern us and why. */
export async function mapLine(
  act: Act,
  id: string,
  line: string,
  input: { drafts: readonly string[]; notOursBecause?: string },
): Promise<{ line: string }> {
  const { db, actor } = act;
  const plan = await lockPlan(db, actor, id);
  const judged = verdict(planLifecycle, { state: plan.state, action: 'mapLines', parts: ['office'], unmet: [] });
  if (!judged.may) throw judged.refusal;
  if (plan.parentPlanId === null) throw notNow('这份方案还没有设定上级方案，请先设定，再对接任务。');
  const higher = { jurisdiction: plan.jurisdiction, id: plan.parentPlanId };
  const [above] = await draftsOf(db, higher, { ids: [line] });
  if (!above) throw notFound('上级方案里没有这一条，请刷新。');
  const local = await draftsOf(db, plan, { ids: input.drafts });
  if (local.length !== new Set(input.drafts).size) throw notFound('所选的本级任务有的已不在清单里，请刷新后重选。');
  await sql`
    delete from line_mapping where jurisdiction = ${plan.jurisdiction} and plan_id = ${id}
      and higher_plan_id = ${higher.id} and line_id = ${line}`.execute(db);
  const reason = input.notOursBecause?.trim() ?? '';
  const decided = local.length > 0 ? local.map((draft) => draft.id) : reason === '' ? [] : [''];
  for (const draft of decided) {
    await sql`
      insert into line_mapping (jurisdiction, higher_plan_id, line_id, plan_id, draft_id, not_ours_because, decided_by_name, decided_at)
      values (${plan.jurisdiction}, ${higher.id}, ${line}, ${id}, ${draft}, ${draft === '' ? reason : null}, ${actor.name}, ${act.now})`.execute(
      db,
    );
  }
  const says =
    local.length > 0
      ? `上级任务「${above.number} ${above.title.slice(0, 20)}」对接到本级${local.map((draft) => `「${draft.number}」`).join('、')}`
      : reason === ''
        ? `撤销上级任务「${above.number}」的对接`
        : `上级任务「${above.number}」不涉及本级：${reason}`;
  await announce(act, { item: { kind: 'plan', id }, kind: 'plan.lineMapped', says });
  return { line };
}

/** Hangs a plan under a higher one, or takes it off. A plan cannot stand under itself, directly or by way of others. */
export async function hangPlan(
  act: Act,
  id: string,
  input: { version: number; parentPlanId: string | null },
): Promise<{ id: string; version: number }> {
  const plan = await lockPlan(act.db, act.actor, id);
  if (plan.version !== input.version) throw notNow('这份方案在您打开之后已有变化，请看最新情况后再设定。');
  if (plan.state === 'withdrawn') throw notNow('方案已撤回，不能再设定上级方案。');
  let above: PlanRow | null = null;
  if (input.parentPlanId !== null) {
    above = await planById(act.db, { jurisdictions: [act.actor.jurisdiction], units: 'all' }, input.parentPlanId);
    for (let step: PlanRow | null = above, depth = 0; step !== null; depth++) {
      if (step.id === id || depth > 20) throw notNow('不能把方案挂在它自己或它的子方案之下。');
      step =
        step.parentPlanId === null
          ? null
          : await planById(act.db, { jurisdictions: [act.actor.jurisdiction], units: 'all' }, step.parentPlanId);
    }
  }
  await savePlan(act.db, act.actor.jurisdiction, id, { parentPlanId: input.parentPlanId });
  const says = above ? `设定上级方案「${above.title}」` : '取消上级方案';
  await announce(act, { item: { kind: 'plan', id }, kind: 'plan.hung', says });
  return { id, version: plan.version + 1 };
}

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { yearOf } from '../../../kernel/day.ts';
import { notAllowed, notNow, notValid } from '../../../kernel/refusal.ts';
import { ownJurisdiction } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announce } from '../../../platform/facts/record.ts';
import { problemOfScope } from '../../problems/server/door.ts';
import { isOpen } from '../lifecycle.ts';
import { proposalRefusal } from '../situation.ts';
import { type Done, factsOf } from './step.ts';
import { listingsOfProblems, settingOf } from './store.ts';

/** 提请: an open major problem is proposed for listing, with what is to be supervised and what is required. */
export async function propose(
  act: Act,
  input: {
    readonly problemId: string;
    readonly level: string;
    readonly matter: string;
    readonly requirements: readonly string[];
    readonly reason: string;
  },
): Promise<Done> {
  const { actor } = act;
  const { problem } = await problemOfScope(act.db, ownJurisdiction(act.scope, actor), input.problemId);
  const facts = await factsOf(act.db, actor.jurisdiction, problem);
  const open = (await listingsOfProblems(act.db, [actor.jurisdiction], [problem.id])).find((one) => isOpen(one.state));
  const refusal = proposalRefusal(facts, actor, open ?? null);
  if (refusal !== null)
    throw open ? notNow(refusal) : facts.major && facts.open ? notAllowed(refusal) : notValid(refusal);
  const { levels } = await settingOf(act.db, actor.jurisdiction);
  const matter = input.matter.trim();
  const reason = input.reason.trim();
  const requirements = input.requirements.map((one) => one.trim()).filter((one) => one !== '');
  if (!levels.some((one) => one.code === input.level))
    throw notValid('请选择督办级别。', [{ where: 'body.level', says: '没有这个级别' }]);
  if (matter.length < 4) throw notValid('请写明督办事项的名称。', [{ where: 'body.matter', says: '请写明名称' }]);
  if (requirements.length === 0)
    throw notValid('请至少写明一条整改要求。', [{ where: 'body.requirements', says: '请写明整改要求' }]);
  if (reason.length < 2) throw notValid('请写明提请挂牌的理由。', [{ where: 'body.reason', says: '请写明理由' }]);
  const [number = ''] = await nextNumbers(act.db, actor.jurisdiction, '督', yearOf(act.day), 1);
  const id = randomUUID();
  const made = await sql`
    insert into listing (jurisdiction, id, number, problem_id, problem_number, state, open, level, matter, requirements, reason,
      proposed_on, proposed_by, proposed_by_name, proposed_by_person, proposed_unit_id, proposed_unit_name, created_at)
    values (${actor.jurisdiction}, ${id}, ${number}, ${problem.id}, ${problem.number}, 'proposed', true, ${input.level},
      ${matter}, ${JSON.stringify(requirements)}::jsonb, ${reason}, ${act.day}, ${actor.accountId}, ${actor.name},
      ${actor.personId}, ${actor.unitId}, ${actor.unitName}, ${act.now})
    on conflict (jurisdiction, problem_id) where open do nothing`.execute(act.db);
  if (made.numAffectedRows === 0n) throw notNow('这条问题刚刚已由别人提请挂牌，不能重复提请。');
  await announce(act, {
    item: { kind: 'listing', id },
    kind: 'listing.proposed',
    says: `${who(act)}提请对${problem.number}「${matter}」挂牌督办：${reason}`,
    to: 'proposed',
    data: { version: 1, number, problem: problem.number, level: input.level },
  });
  return { id, number, version: 1, state: 'proposed' };
}

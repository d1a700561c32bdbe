import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { addDays, type Day, yearOf } from '../../../../kernel/day.ts';
import type { Act } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { nextNumbers } from '../../../../platform/db/number.ts';
import { canonical, sha256 } from '../../../../platform/facts/canonical.ts';
import { announce } from '../../../../platform/facts/record.ts';
import type { Duty } from '../../../../platform/jobs/duty.ts';
import { stillOverdueProblems, stillUndecided } from '../../../problems/server/door.ts';
import { stillOpenTasks, stillOverdueTasks } from '../../../tasks/server/door.ts';
import { type PressureKind, pressureWords } from '../../pressure.ts';
import {
  type Ground,
  type GroundItem,
  groundOf,
  inForce,
  isLasting,
  nextRung,
  type PressureRule,
} from '../../pressure-rule.ts';
import { findingsOf, type GroundSources } from './findings.ts';
import { newPressure } from './propose.ts';
import { rulesOf } from './rules.ts';
import { type CommitmentRow, commitmentsOf, insertPressure, itemsOf, type PressureRow } from './store.ts';

/** What a rule usually demands; the office words it anew when it takes it up. */
const usualDemands: Readonly<Record<PressureKind, readonly string[]>> = {
  reminder: ['认真核查所列事项，明确责任人和完成时限。', '抓紧办理，按期书面回复办理情况。'],
  warning: ['主要负责人亲自过问，逐项制定整改措施。', '限期整改到位，按期书面回复整改情况。'],
  urging: ['对所列事项逐项挂账，限期办结。', '按期书面回复办理结果。'],
  interview: ['主要负责人到场，说明情况和原因。', '提交书面整改措施，作出整改承诺。'],
  circular: ['深刻吸取教训，举一反三，限期整改到位。'],
  exposure: ['限期整改到位，并公开整改结果。'],
  accountability: ['请依规依纪对有关责任单位和人员予以处理，并反馈结果。'],
  transfer: ['请依规依纪处置，并反馈结果。'],
};

interface Before {
  readonly last: Day | null;
  readonly open: boolean;
}

/** For each unit: when the rule last proposed against it, and whether a measure from it is still on its way. */
async function beforeOf(db: Queryable, jurisdiction: string, code: string): Promise<ReadonlyMap<string, Before>> {
  const found = await sql<{ unitId: string; last: Day | null; open: boolean }>`
    select p.unit_id as "unitId", max(g.day) as last, bool_or(p.open) as open from pressure p
    left join pressure_ground g on g.jurisdiction = p.jurisdiction and g.pressure_id = p.id
    where p.jurisdiction = ${jurisdiction} and p.rule_code = ${code} group by 1`.execute(db);
  return new Map(found.rows.map((row) => [row.unitId, row]));
}

/** Writes one proposal of a rule with its ground frozen. False where this ground had been proposed before. */
async function suggest(
  act: Act,
  rule: PressureRule,
  day: Day,
  unit: { readonly unitId: string; readonly unitName: string },
  step: { readonly kind: PressureKind; readonly rung: number; readonly earlierId: string | null },
  ground: Ground,
): Promise<boolean> {
  const { jurisdiction } = act.actor;
  const known =
    await sql`select 1 from pressure_ground where jurisdiction = ${jurisdiction} and key = ${ground.key}`.execute(
      act.db,
    );
  if (known.rows.length > 0) return false;
  const [number = ''] = await nextNumbers(act.db, jurisdiction, '措', yearOf(act.day), 1);
  const id = randomUUID();
  const hash = sha256(canonical({ rule, day, ...ground }));
  const one = newPressure({
    id,
    number,
    kind: step.kind,
    state: 'suggested',
    unitId: unit.unitId,
    unitName: unit.unitName,
    addressee: unit.unitName,
    matter: rule.name,
    reason: ground.says.join('\n'),
    demands: usualDemands[step.kind],
    ruleId: rule.id,
    ruleCode: rule.code,
    ruleVersion: rule.version,
    rung: step.rung,
    earlierId: step.earlierId,
    suggestedOn: act.day,
  });
  await insertPressure(act, one, true, { ...ground, day, rule, sha256: hash });
  await announce(act, {
    item: { kind: 'pressure', id },
    kind: 'pressure.suggested',
    says: `规则「${rule.name}」（第${rule.version}版）提示对${unit.unitName}采取${pressureWords[step.kind]}：${ground.says.join('')}`,
    to: 'suggested',
    data: {
      version: 1,
      number,
      rule: { code: rule.code, version: rule.version },
      figure: ground.figure,
      items: ground.items.length,
      ground: hash,
    },
  });
  return true;
}

/** Which items of a measure were still in the same trouble in the evening of the day. */
async function stillOf(
  db: Queryable,
  jurisdiction: string,
  rule: PressureRule,
  items: readonly GroundItem[],
  day: Day,
): Promise<GroundItem[]> {
  if (!isLasting(rule.kind)) return [];
  const of = (kind: GroundItem['kind']): string[] => items.filter((one) => one.kind === kind).map((one) => one.id);
  const problems =
    rule.kind === 'majorUndecided'
      ? await stillUndecided(db, jurisdiction, of('problem'), day)
      : await stillOverdueProblems(db, jurisdiction, of('problem'), day);
  const tasks = await stillOverdueTasks(db, jurisdiction, of('task'), day);
  return items.filter((one) => problems.has(one.id) || tasks.has(one.id));
}

/** Commitments whose tasks were not done in the evening of the day. */
async function openPromises(
  db: Queryable,
  jurisdiction: string,
  ids: readonly string[],
  day: Day,
): Promise<readonly CommitmentRow[]> {
  const all = await commitmentsOf(db, [jurisdiction], ids);
  const open = await stillOpenTasks(
    db,
    jurisdiction,
    all.map((one) => one.taskId),
    day,
  );
  return all.filter((one) => open.has(one.taskId));
}

/** The ladder: measures that had no reply or no effect lead to the next rung, once. */
async function climb(act: Act, rule: PressureRule, day: Day): Promise<number> {
  const { jurisdiction } = act.actor;
  const found = await sql<
    Pick<PressureRow, 'id' | 'number' | 'kind' | 'state' | 'rung' | 'servedOn' | 'replyDueOn' | 'unitName' | 'unitId'>
  >`
    select p.id, p.number, p.kind, p.state, p.rung, p.served_on as "servedOn", p.reply_due_on as "replyDueOn",
      p.unit_name as "unitName", p.unit_id as "unitId"
    from pressure p where p.jurisdiction = ${jurisdiction} and p.open and p.rule_code = ${rule.code}
      and p.served_on is not null and p.served_on <= ${day}::date
      and not exists (select 1 from pressure n where n.jurisdiction = p.jurisdiction and n.earlier_id = p.id)
    order by p.created_at, p.number`.execute(act.db);
  if (found.rows.length === 0) return 0;
  const items = await itemsOf(
    act.db,
    jurisdiction,
    found.rows.map((row) => row.id),
  );
  const promised = await openPromises(
    act.db,
    jurisdiction,
    found.rows.map((row) => row.id),
    day,
  );
  let made = 0;
  for (const row of found.rows) {
    const own = items.get(row.id) ?? [];
    const promisedTo = promised
      .filter((one) => one.pressureId === row.id)
      .reduce<Day | null>((last, one) => (last === null || one.dueOn > last ? one.dueOn : last), null);
    const still = await stillOf(act.db, jurisdiction, rule, own, day);
    const next = nextRung(rule, { ...row, items: own, still, promisedTo }, day);
    if (next === null) continue;
    if (await suggest(act, rule, day, row, { ...next, earlierId: row.id }, next.ground)) made += 1;
  }
  return made;
}

/**
 * What the rules in force on the day find in the ledgers as they stood that evening, proposed with its grounds. Running
 * again changes nothing: what was found is kept with its day and key.
 */
export async function suggestAll(
  act: Act,
  day: Day,
  sources: GroundSources = {},
): Promise<{ fresh: number; climbed: number }> {
  const rules = (await rulesOf(act.db, [act.actor.jurisdiction])).filter((rule) => inForce(rule, day));
  let fresh = 0;
  let climbed = 0;
  for (const rule of rules) {
    climbed += await climb(act, rule, day);
    const before = await beforeOf(act.db, act.actor.jurisdiction, rule.code);
    for (const found of await findingsOf(act.db, act.actor.jurisdiction, rule, day, sources)) {
      const ground = groundOf(rule, found, day, before.get(found.unitId) ?? { last: null, open: false });
      const [first] = rule.ladder;
      if (ground === null || !first) continue;
      if (await suggest(act, rule, day, found, { kind: first.kind, rung: 0, earlierId: null }, ground)) fresh += 1;
    }
  }
  return { fresh, climbed };
}

/** Every night: the rules look at the day that has ended. */
export const suggestPressure = (sources: GroundSources = {}): Duty => ({
  name: 'suggest-pressure',
  word: '按督促规则提示措施',
  pattern: '20 1 * * *',
  about: (today) => addDays(today, -1),
  run: async (act, day) => {
    const { fresh, climbed } = await suggestAll(act, day, sources);
    return fresh + climbed === 0 ? '没有新的提示' : `规则提示${fresh}件，递进提示${climbed}件`;
  },
});

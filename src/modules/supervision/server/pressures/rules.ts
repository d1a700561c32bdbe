import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Static } from 'typebox';
import { Value } from 'typebox/value';
import type { ResponseOf } from '../../../../kernel/contract.ts';
import { addDays, parseDay } from '../../../../kernel/day.ts';
import { notFound, notNow, notValid } from '../../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { PressureRuleData, type pressuresApi } from '../../api-pressures.ts';
import { pressureWords } from '../../pressure.ts';
import { inForce, isWindowed, type PressureRule, type Rung, ruleInWords } from '../../pressure-rule.ts';

export type RuleData = Static<typeof PressureRuleData>;

interface RuleRow extends PressureRule {
  readonly madeByName: string;
  readonly madeOn: string;
}

/** Every version of every rule, the newest first. */
export async function rulesOf(db: Queryable, jurisdictions: readonly string[]): Promise<RuleRow[]> {
  const found = await sql<RuleRow>`
    select id, code, version, name, basis, kind, about, threshold, window_days as "windowDays", quiet_days as "quietDays", grades,
      sectors, ladder, from_on as "fromOn", to_on as "toOn", made_by_name as "madeByName", made_on as "madeOn"
    from pressure_rule where jurisdiction = any(${[...jurisdictions]}::text[]) order by code, version desc`.execute(db);
  return found.rows;
}

/** 提示函 → 回复逾期7天：警示函 → … */
export const ladderInWords = (ladder: readonly Rung[]): string =>
  ladder
    .map((rung, at) =>
      at === 0 ? pressureWords[rung.kind] : `${rung.afterDays}天后仍无回复或没有见效：${pressureWords[rung.kind]}`,
    )
    .join(' → ');

export async function listRules(reading: Reading): Promise<ResponseOf<typeof pressuresApi.listPressureRules>> {
  const { jurisdiction } = reading.actor;
  const rules = await rulesOf(reading.db, [jurisdiction]);
  const counts = await sql<{ id: string; count: number }>`
    select rule_id as id, count(*)::int as count from pressure where jurisdiction = ${jurisdiction} and rule_id is not null
    group by 1`.execute(reading.db);
  const proposed = new Map(counts.rows.map((row) => [row.id, row.count]));
  return {
    rows: rules.map((rule) => ({
      ...rule,
      about: [...rule.about],
      grades: [...rule.grades],
      sectors: [...rule.sectors],
      ladder: rule.ladder.map((rung) => ({ ...rung })),
      words: ruleInWords(rule),
      ladderWords: ladderInWords(rule.ladder),
      inForce: inForce(rule, reading.day),
      proposed: proposed.get(rule.id) ?? 0,
    })),
    hasData: dataOf(jurisdiction) !== null,
  };
}

function refuseFlawed(rule: RuleData): void {
  const flaws: { where: string; says: string }[] = [];
  if (rule.name.trim().length < 2) flaws.push({ where: 'body.name', says: '请写明规则名称' });
  if (rule.basis.trim().length < 2) flaws.push({ where: 'body.basis', says: '请写明依据哪份文件哪一条' });
  if (parseDay(rule.fromOn) === null) flaws.push({ where: 'body.fromOn', says: '起始日期不是有效的日期' });
  if (rule.toOn !== null && (parseDay(rule.toOn) === null || rule.toOn < rule.fromOn))
    flaws.push({ where: 'body.toOn', says: '截止日期应不早于起始日期' });
  if (isWindowed(rule.kind) && rule.windowDays === null)
    flaws.push({ where: 'body.windowDays', says: '请写明在多少天之内' });
  if ((rule.kind === 'overdue' || rule.kind === 'overdueAtOnce') && rule.about.length === 0)
    flaws.push({ where: 'body.about', says: '请选择看问题还是任务' });
  if (rule.ladder.some((rung) => rung.kind === 'transfer' || rung.kind === 'accountability'))
    flaws.push({ where: 'body.ladder', says: '线索移交、问责建议只由人提请，规则不提示' });
  if (flaws.length > 0) throw notValid(`规则「${rule.name}」${flaws.map((one) => one.says).join('；')}。`, flaws);
}

/**
 * A new rule, or under a known code its next version from a day on: the version before ends the day before. What was
 * proposed stays with the version by which it was found.
 */
export async function makeRule(act: Act, data: RuleData): Promise<{ id: string; version: number }> {
  refuseFlawed(data);
  const { jurisdiction } = act.actor;
  const fromOn = parseDay(data.fromOn);
  if (fromOn === null) throw notValid('起始日期不是有效的日期。');
  await sql`select 1 from pressure_rule where jurisdiction = ${jurisdiction} and code = ${data.code} for update`.execute(
    act.db,
  );
  const before = (await rulesOf(act.db, [jurisdiction])).find((rule) => rule.code === data.code);
  if (before && before.fromOn >= fromOn)
    throw notNow(
      `规则「${before.name}」第${before.version}版自${before.fromOn}起有效，修订的版本应从更晚的日期起。请改起始日期。`,
    );
  if (before && (before.toOn === null || before.toOn >= fromOn)) {
    await sql`update pressure_rule set to_on = ${addDays(fromOn, -1)} where jurisdiction = ${jurisdiction} and id = ${before.id}`.execute(
      act.db,
    );
    await announce(act, {
      item: { kind: 'pressureRule', id: before.id },
      kind: 'pressureRule.ended',
      says: `规则「${before.name}」第${before.version}版至${addDays(fromOn, -1)}止，之后用第${before.version + 1}版`,
    });
  }
  const id = randomUUID();
  const version = (before?.version ?? 0) + 1;
  await sql`
    insert into pressure_rule (jurisdiction, id, code, version, name, basis, kind, about, threshold, window_days, quiet_days,
      grades, sectors, ladder, from_on, to_on, made_by_name, made_on)
    values (${jurisdiction}, ${id}, ${data.code}, ${version}, ${data.name.trim()}, ${data.basis.trim()}, ${data.kind},
      ${[...data.about]}::text[], ${data.threshold}, ${data.windowDays}, ${data.quietDays}, ${[...data.grades]}::text[],
      ${[...data.sectors]}::text[], ${JSON.stringify(data.ladder)}::jsonb, ${data.fromOn}, ${data.toOn}, ${act.actor.name},
      ${act.day})`.execute(act.db);
  await announce(act, {
    item: { kind: 'pressureRule', id },
    kind: 'pressureRule.made',
    says: `${who(act)}${before ? '修订' : '新增'}督促规则「${data.name.trim()}」（第${version}版），自${data.fromOn}起`,
    data: { code: data.code, version },
  });
  return { id, version };
}

/** The rule holds to the end of the day and no longer; it stays in sight. */
export async function endRule(act: Act, id: string, on: string): Promise<{ id: string }> {
  const day = parseDay(on);
  if (day === null) throw notValid('请选择停用日期。', [{ where: 'body.on', says: '请选择日期' }]);
  const rule = (await rulesOf(act.db, [act.actor.jurisdiction])).find((one) => one.id === id);
  if (!rule) throw notFound('没有找到这条规则。');
  if (rule.toOn !== null && rule.toOn <= day) throw notNow(`规则「${rule.name}」已定于${rule.toOn}停用。`);
  if (day < rule.fromOn) throw notValid('停用日期早于起始日期。', [{ where: 'body.on', says: '应不早于起始日期' }]);
  await sql`update pressure_rule set to_on = ${day} where jurisdiction = ${act.actor.jurisdiction} and id = ${id}`.execute(
    act.db,
  );
  await announce(act, {
    item: { kind: 'pressureRule', id },
    kind: 'pressureRule.ended',
    says: `${who(act)}停用督促规则「${rule.name}」（第${rule.version}版），至${day}止`,
  });
  return { id };
}

const folder = join(fileURLToPath(import.meta.url), '..', '..', '..', '..', '..', '..', 'data', 'jurisdictions');

/** The rules that a district brings as data; null where it brings none. Throws a not-valid refusal for a flawed file. */
function dataOf(jurisdiction: string): readonly RuleData[] | null {
  const path = join(folder, jurisdiction, 'pressure.json');
  if (!/^\d{6,9}$/.test(jurisdiction) || !existsSync(path)) return null;
  return rulesFrom(JSON.parse(readFileSync(path, 'utf8')));
}

/** Checks rules that came as data. Throws a not-valid refusal that names the place. */
export function rulesFrom(data: unknown): readonly RuleData[] {
  const rules: unknown[] = Array.isArray((data as { rules?: unknown } | null)?.rules)
    ? (data as { rules: unknown[] }).rules
    : [];
  return rules.map((rule, at) => {
    if (!Value.Check(PressureRuleData, rule)) {
      const [flaw] = Value.Errors(PressureRuleData, rule);
      throw notValid(`第${at + 1}条规则的数据不合格式，没有载入。请改正数据文件后重试。`, [
        { where: `rules[${at}]${flaw?.instancePath ?? ''}`, says: flaw?.message ?? '格式不对' },
      ]);
    }
    refuseFlawed(rule);
    return rule;
  });
}

/** Rules whose code is not known yet are added; those that are known stay as the office changed them. */
export async function addRules(act: Act, rules: readonly RuleData[]): Promise<number> {
  const known = new Set((await rulesOf(act.db, [act.actor.jurisdiction])).map((rule) => rule.code));
  const fresh = rules.filter((rule) => !known.has(rule.code));
  for (const rule of fresh) await makeRule(act, rule);
  return fresh.length;
}

export async function loadRules(act: Act): Promise<ResponseOf<typeof pressuresApi.loadPressureRules>> {
  const rules = dataOf(act.actor.jurisdiction);
  if (rules === null) throw notNow('本地数据中没有督促规则（pressure.json），请在本页逐条新增。');
  const made = await addRules(act, rules);
  return { made, says: made === 0 ? '数据中的规则都已在用，没有新增。' : `已载入${made}条规则。` };
}

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { BodyOf } from '../../../kernel/contract.ts';
import { parseDay } from '../../../kernel/day.ts';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { supervisionApi } from '../api.ts';

const trimmed = (list: readonly string[]): string[] => [
  ...new Set(list.map((one) => one.trim()).filter((one) => one !== '')),
];

/** A kind of problem that must be listed from a day on. */
export async function makeRule(act: Act, body: BodyOf<typeof supervisionApi.makeRule>): Promise<{ id: string }> {
  const name = body.name.trim();
  const basis = body.basis.trim();
  if (name.length < 2)
    throw notValid('请写明规则名称，如“重大火灾隐患全部挂牌”。', [{ where: 'body.name', says: '请写明名称' }]);
  if (basis.length < 2) throw notValid('请写明依据哪份文件哪一条。', [{ where: 'body.basis', says: '请写明依据' }]);
  if (parseDay(body.fromOn) === null || (body.toOn !== null && parseDay(body.toOn) === null))
    throw notValid('起止日期不是有效的日期。', [{ where: 'body.fromOn', says: '请选择日期' }]);
  if (body.toOn !== null && body.toOn < body.fromOn)
    throw notValid('截止日期早于起始日期。', [{ where: 'body.toOn', says: '应不早于起始日期' }]);
  const id = randomUUID();
  await sql`
    insert into listing_rule (jurisdiction, id, name, basis, sectors, kinds, tags, clauses, from_on, to_on, within_days, made_by_name,
      made_on)
    values (${act.actor.jurisdiction}, ${id}, ${name}, ${basis}, ${trimmed(body.sectors)}::text[], ${trimmed(body.kinds)}::text[],
      ${trimmed(body.tags)}::text[], ${trimmed(body.clauses)}::text[], ${body.fromOn}, ${body.toOn}, ${body.withinDays},
      ${act.actor.name}, ${act.day})`.execute(act.db);
  await announce(act, {
    item: { kind: 'listingRule', id },
    kind: 'listingRule.made',
    says: `${who(act)}新增应挂牌规则「${name}」，自${body.fromOn}起`,
  });
  return { id };
}

/** The rule holds to the end of the day and no longer; it stays in sight. */
export async function endRule(act: Act, id: string, on: string): Promise<{ id: string }> {
  const day = parseDay(on);
  if (day === null) throw notValid('请选择停用日期。', [{ where: 'body.on', says: '请选择日期' }]);
  const found = await sql<{ name: string; fromOn: string; toOn: string | null }>`
    select name, from_on as "fromOn", to_on as "toOn" from listing_rule
    where jurisdiction = ${act.actor.jurisdiction} and id = ${id} for update`.execute(act.db);
  const rule = found.rows[0];
  if (!rule) throw notFound('没有找到这条规则。');
  if (rule.toOn !== null && rule.toOn < act.day) throw notNow(`规则「${rule.name}」已于${rule.toOn}停用。`);
  if (day < rule.fromOn) throw notValid('停用日期早于起始日期。', [{ where: 'body.on', says: '应不早于起始日期' }]);
  await sql`update listing_rule set to_on = ${day} where jurisdiction = ${act.actor.jurisdiction} and id = ${id}`.execute(
    act.db,
  );
  await announce(act, {
    item: { kind: 'listingRule', id },
    kind: 'listingRule.ended',
    says: `${who(act)}停用应挂牌规则「${rule.name}」，至${day}止`,
  });
  return { id };
}

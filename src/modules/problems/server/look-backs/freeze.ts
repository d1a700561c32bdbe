import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { daysBetween, parseDay, yearOf } from '../../../../kernel/day.ts';
import { notValid, type RefusalPlace } from '../../../../kernel/refusal.ts';
import type { Act } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import { nextNumbers } from '../../../../platform/db/number.ts';
import { sha256 } from '../../../../platform/facts/canonical.ts';
import { announce } from '../../../../platform/facts/record.ts';
import { frozenText, listHashOf, type SeedSource } from '../../look-back.ts';
import type { Grade } from '../../problem.ts';
import { closedProblems } from './closed-problems.ts';

import { type LookBack, rulesOf } from './store.ts';

const SERIES = '查';
/** A list longer than this is no use to anybody who wants to recompute it. */
const MOST = 200_000;

export interface FreezeInput {
  readonly title: string;
  readonly from: string;
  readonly to: string;
  readonly units?: readonly string[];
  readonly sectors?: readonly string[];
  readonly grades?: readonly Grade[];
  readonly take: number;
  readonly perUnit: number;
  readonly perMajor: number;
  readonly seedSource: SeedSource;
}

function troublesOf(act: Act, input: FreezeInput): RefusalPlace[] {
  const places: RefusalPlace[] = [];
  const [from, to] = [parseDay(input.from), parseDay(input.to)];
  if (input.title.trim() === '') places.push({ where: 'body.title', says: '请写明这次回头看的名称' });
  if (from === null) places.push({ where: 'body.from', says: `没有“${input.from}”这一天` });
  if (to === null) places.push({ where: 'body.to', says: `没有“${input.to}”这一天` });
  if (from !== null && to !== null && daysBetween(from, to) < 0)
    places.push({ where: 'body.to', says: '结束日期早于开始日期' });
  if (to !== null && to > act.day) places.push({ where: 'body.to', says: '只能抽取到今天为止已经销号的问题' });
  return places;
}

/**
 * Makes the list of closed problems and freezes it with the rules of the draw; from now on its hash is public and nothing
 * of it can be changed. The seed comes later. `replaces`: the draw in whose place this one stands.
 */
export async function freezeLookBack(
  act: Act,
  input: FreezeInput,
  replaces: { readonly id: string; readonly number: string; readonly reason: string } | null = null,
): Promise<{ id: string; number: string; version: number }> {
  const places = troublesOf(act, input);
  if (places.length > 0) throw notValid('回头看的名单没有冻结，请按提示修改。', places);
  const { jurisdiction } = act.actor;
  const pool = await closedProblems(act.db, jurisdiction, input, MOST + 1);
  if (pool.length === 0)
    throw notValid('这段时间、这个范围里没有已销号的问题，没有可以抽取的名单；请放宽时间或者范围。');
  if (pool.length > MOST)
    throw notValid(`这个范围里已销号的问题超过 ${MOST / 10_000} 万条，请缩短时间或者缩小范围后再冻结。`);
  const id = randomUUID();
  const [number = ''] = await nextNumbers(act.db, jurisdiction, SERIES, yearOf(act.day), 1);
  const perGrade: LookBack['perGrade'] = input.perMajor > 0 ? { major: input.perMajor } : {};
  const text = frozenText(rulesOf({ ...input, number, perGrade, frozenOn: act.day } as unknown as LookBack), pool);
  const listHash = listHashOf(text, sha256);
  await sql`
    insert into look_back (jurisdiction, id, number, title, state, closed_from, closed_to, of_units, of_sectors, of_grades,
      take, per_unit, per_grade, seed_source, frozen_on, frozen_at, frozen_by, frozen_by_name, pool_size, list_hash,
      replaces_id, reason)
    values (${jurisdiction}, ${id}, ${number}, ${input.title.trim()}, 'frozen', ${input.from}, ${input.to},
      ${[...(input.units ?? [])]}::uuid[], ${[...(input.sectors ?? [])]}::text[], ${[...(input.grades ?? [])]}::text[],
      ${input.take}, ${input.perUnit}, ${JSON.stringify(perGrade)}::jsonb, ${input.seedSource}, ${act.day}, ${act.now},
      ${act.actor.accountId}, ${act.actor.name}, ${pool.length}, ${listHash}, ${replaces?.id ?? null},
      ${replaces?.reason ?? null})`.execute(act.db);
  for (let at = 0; at < pool.length; at += 5000) {
    const part = pool.slice(at, at + 5000);
    await sql`
      insert into look_back_pool (jurisdiction, look_back_id, position, problem_id, number, unit_id, sector, grade)
      select ${jurisdiction}, ${id}, ${at} + x.place, x.problem_id, x.number, x.unit_id, x.sector, x.grade
      from unnest(${part.map((one) => one.id)}::uuid[], ${part.map((one) => one.number)}::text[],
        ${part.map((one) => one.unitId)}::uuid[], ${part.map((one) => one.sector)}::text[],
        ${part.map((one) => one.grade)}::text[]) with ordinality as x (problem_id, number, unit_id, sector, grade, place)`.execute(
      act.db,
    );
  }
  await announce(act, {
    item: { kind: 'lookBack', id },
    kind: 'lookBack.frozen',
    says: `${who(act)}冻结${number}的名单，共 ${pool.length} 条，名单摘要 ${listHash}。${replaces ? `代替${replaces.number}，原因：${replaces.reason}` : ''}`,
    to: 'frozen',
    data: { version: 1, number, listHash, poolSize: pool.length, take: input.take },
  });
  return { id, number, version: 1 };
}

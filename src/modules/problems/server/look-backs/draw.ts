import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Act } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import { sha256 } from '../../../../platform/facts/canonical.ts';
import { announce, announceMany } from '../../../../platform/facts/record.ts';
import { becauseWords, frozenText, ranked, sampleOf } from '../../look-back.ts';
import { closedCards } from './closed-problems.ts';
import { decide, load, type Seen } from './step.ts';
import { poolOf, rulesOf } from './store.ts';

/**
 * 抽取: computes the tickets of the frozen list and keeps the sample, with those who closed each item. Whoever closed it
 * is taken as it stands now, because a problem that was reopened meanwhile is no longer theirs.
 */
export async function drawLookBack(act: Act, seen: Seen): Promise<{ id: string; number: string; version: number }> {
  const draw = await load(act, seen);
  const state = decide(act, draw, 'draw', []);
  const pool = await poolOf(act.db, draw);
  const rules = rulesOf(draw);
  if (sha256(frozenText(rules, pool)) !== draw.listHash)
    throw new Error(`the frozen list of ${draw.number} is not the one that was published`);
  const sample = sampleOf(rules, ranked(draw.seed ?? '', pool, sha256));
  const cards = await closedCards(
    act.db,
    draw.jurisdiction,
    sample.map((one) => one.id),
  );
  const rows = sample.map((one, at) => {
    const card = cards.get(one.id);
    return {
      id: randomUUID(),
      position: at + 1,
      problem_id: one.id,
      number: one.number,
      title: card?.title ?? '',
      ticket: one.ticket,
      rank: one.rank,
      because: one.because,
      unit_id: one.unitId,
      sector: one.sector,
      grade: one.grade,
      cycle: card?.cycle ?? 1,
      closed_on: card?.closedOn ?? draw.to,
      done_by: card?.doneBy ?? null,
      done_by_name: card?.doneByName ?? null,
      rechecked_by: card?.recheckedBy ?? null,
      rechecked_by_name: card?.recheckedByName ?? null,
      rechecked_unit_id: card?.recheckedUnitId ?? null,
      closed_by: card?.closedBy ?? null,
      closed_by_name: card?.closedByName ?? null,
      hands: card?.hands ?? [],
    };
  });
  const version = draw.version + 1;
  await sql`
    insert into look_back_item (jurisdiction, id, look_back_id, position, problem_id, number, title, ticket, rank, because,
      unit_id, sector, grade, cycle, closed_on, done_by, done_by_name, rechecked_by, rechecked_by_name, rechecked_unit_id,
      closed_by, closed_by_name, hands, state)
    select ${draw.jurisdiction}, x.id, ${draw.id}, x.position, x.problem_id, x.number, x.title, x.ticket, x.rank, x.because,
      x.unit_id, x.sector, x.grade, x.cycle, x.closed_on, x.done_by, x.done_by_name, x.rechecked_by, x.rechecked_by_name,
      x.rechecked_unit_id, x.closed_by, x.closed_by_name, x.hands, 'toAssign'
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x (id uuid, position int, problem_id uuid, number text,
      title text, ticket text, rank int, because text, unit_id uuid, sector text, grade text, cycle int, closed_on date,
      done_by text, done_by_name text, rechecked_by text, rechecked_by_name text, rechecked_unit_id uuid, closed_by text,
      closed_by_name text, hands text[])`.execute(act.db);
  await sql`update look_back set state = ${state}, drawn_at = ${act.now}, drawn_by_name = ${act.actor.name},
      version = ${version}
    where jurisdiction = ${draw.jurisdiction} and id = ${draw.id}`.execute(act.db);
  await announceMany(
    act,
    rows.map((row) => ({
      item: { kind: 'lookBackItem', id: row.id },
      kind: 'lookBackItem.drawn',
      says: `${draw.number}抽中${row.number}，${becauseWords[row.because]}，票号 ${row.ticket}。`,
      to: 'toAssign',
      data: { version: 1, problemId: row.problem_id, ticket: row.ticket },
    })),
  );
  await announce(act, {
    item: { kind: 'lookBack', id: draw.id },
    kind: 'lookBack.drawn',
    says: `${who(act)}抽取${draw.number}，名单 ${pool.length} 条中抽中 ${rows.length} 条：${shortList(rows.map((row) => row.number))}。`,
    from: draw.state,
    to: state,
    data: { version, sample: rows.map((row) => row.problem_id) },
  });
  return { id: draw.id, number: draw.number, version };
}

const shortList = (numbers: readonly string[]): string =>
  numbers.length > 12 ? `${numbers.slice(0, 12).join('、')}等` : numbers.join('、');

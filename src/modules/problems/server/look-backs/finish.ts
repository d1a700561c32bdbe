import { sql } from 'kysely';
import type { Act } from '../../../../platform/act.ts';
import { who } from '../../../../platform/case.ts';
import { announce, announceMany } from '../../../../platform/facts/record.ts';
import { type FreezeInput, freezeLookBack } from './freeze.ts';
import { decide, load, type Seen } from './step.ts';
import type { LookBack } from './store.ts';

interface Counted {
  readonly open: number;
  readonly checked: number;
  readonly notStill: number;
}

export async function countsOf(act: Pick<Act, 'db'>, draw: Pick<LookBack, 'jurisdiction' | 'id'>): Promise<Counted> {
  const found = await sql<Counted>`
    select (count(*) filter (where state in ('toAssign', 'toCheck')))::int as open,
      (count(*) filter (where state in ('still', 'notStill')))::int as checked,
      (count(*) filter (where state = 'notStill'))::int as "notStill"
    from look_back_item where jurisdiction = ${draw.jurisdiction} and look_back_id = ${draw.id}`.execute(act.db);
  return found.rows[0] ?? { open: 0, checked: 0, notStill: 0 };
}

/** 结束回头看: every drawn problem has its result. */
export async function finishLookBack(act: Act, seen: Seen): Promise<{ id: string; number: string; version: number }> {
  const draw = await load(act, seen);
  const counted = await countsOf(act, draw);
  const state = decide(act, draw, 'finish', counted.open > 0 ? ['allChecked'] : []);
  const version = draw.version + 1;
  await sql`update look_back set state = ${state}, finished_on = ${act.day}, version = ${version}
    where jurisdiction = ${draw.jurisdiction} and id = ${draw.id}`.execute(act.db);
  await announce(act, {
    item: { kind: 'lookBack', id: draw.id },
    kind: 'lookBack.finished',
    says: `${who(act)}结束${draw.number}：核查 ${counted.checked} 条，整改不实 ${counted.notStill} 条。`,
    from: draw.state,
    to: state,
    data: { version, ...counted },
  });
  return { id: draw.id, number: draw.number, version };
}

/** 重新抽取: a new numbered draw with its own frozen list; the old one stays with the reason, its items are not checked. */
export async function redrawLookBack(
  act: Act,
  input: Seen & FreezeInput & { readonly reason: string },
): Promise<{ id: string; number: string; version: number }> {
  const draw = await load(act, input);
  const counted = await countsOf(act, draw);
  const reason = input.reason.trim();
  const state = decide(act, draw, 'redraw', [
    ...(reason.length < 4 ? (['reason'] as const) : []),
    ...(counted.checked > 0 ? (['notBegun'] as const) : []),
  ]);
  const next = await freezeLookBack(act, input, { id: draw.id, number: draw.number, reason });
  const version = draw.version + 1;
  const dropped = await sql<{ id: string; state: string; version: number; number: string }>`
    update look_back_item i set state = 'dropped', version = i.version + 1
    from (select jurisdiction, id, state from look_back_item where jurisdiction = ${draw.jurisdiction}
      and look_back_id = ${draw.id} and state in ('toAssign', 'toCheck') order by id for update) o
    where i.jurisdiction = o.jurisdiction and i.id = o.id
    returning i.id, o.state, i.version, i.number`.execute(act.db);
  await sql`update look_back set state = ${state}, replaced_by_id = ${next.id}, version = ${version}
    where jurisdiction = ${draw.jurisdiction} and id = ${draw.id}`.execute(act.db);
  await announceMany(
    act,
    dropped.rows.map((row) => ({
      item: { kind: 'lookBackItem', id: row.id },
      kind: 'lookBackItem.dropped',
      says: `${draw.number}重新抽取，${row.number}不再核查。`,
      from: row.state,
      to: 'dropped',
      data: { version: row.version },
    })),
  );
  await announce(act, {
    item: { kind: 'lookBack', id: draw.id },
    kind: 'lookBack.replaced',
    says: `${who(act)}将${draw.number}改为重新抽取，见${next.number}。原因：${reason}`,
    from: draw.state,
    to: state,
    data: { version, replacedBy: next.number },
  });
  return next;
}

import { randomUUID } from 'node:crypto';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { nameKey, type SeatPart, seatParts } from '../unit.ts';
import { refuseStale } from './seen.ts';
import { spelling } from './spelling.ts';
import { unitsByIds } from './store.ts';
import { personById } from './store-people.ts';
import { addSeatRow, endSeatRow, lockTaskForce, saveTaskForce, seatsOf, taskForceNamed } from './store-task-forces.ts';

interface Saved {
  id: string;
  version: number;
}
type Force = NonNullable<Awaited<ReturnType<typeof lockTaskForce>>>;

export async function createTaskForce(
  act: Act,
  draft: { readonly name: string; readonly purpose?: string | null; readonly validFrom?: string | null },
): Promise<Saved> {
  const name = draft.name.trim();
  await refuseTwin(act, name, null);
  const id = randomUUID();
  const row = {
    id,
    name,
    purpose: draft.purpose?.trim() || null,
    validFrom: draft.validFrom ?? null,
    validTo: null,
    version: 1,
  };
  await write(act, row);
  await announce(act, {
    item: { kind: 'taskForce', id },
    kind: 'taskForce.created',
    says: `成立「${name}」`,
    data: draft,
  });
  return { id, version: 1 };
}

export async function changeTaskForce(
  act: Act,
  id: string,
  draft: { readonly version: number; readonly name: string; readonly purpose?: string | null },
): Promise<Saved> {
  const force = await load(act, id, draft.version);
  await refuseTwin(act, draft.name.trim(), id);
  const next = { ...force, name: draft.name.trim(), purpose: draft.purpose?.trim() || null };
  return save(act, next, 'taskForce.changed', `修改「${next.name}」`, { before: force, after: draft });
}

/** A person, or a unit that will name one, takes a seat. There is one leader at a time. */
export async function addSeat(
  act: Act,
  id: string,
  draft: {
    readonly version: number;
    readonly personId?: string | null;
    readonly unitId?: string | null;
    readonly part: SeatPart;
    readonly duty?: string | null;
    readonly from?: string | null;
  },
): Promise<Saved> {
  const { db, actor } = act;
  const force = await load(act, id, draft.version);
  const person = draft.personId ? await personById(db, actor.jurisdiction, draft.personId) : null;
  const [unit] = draft.unitId ? await unitsByIds(db, actor.jurisdiction, [draft.unitId]) : [];
  if (draft.personId && !person) throw notFound('没有找到所选人员，请重新选择。');
  if (draft.unitId && !unit) throw notFound('没有找到所选单位，请重新选择。');
  if (!person && !unit)
    throw notValid('请选择人员或单位。', [{ where: 'body.personId', says: '人员、单位至少选一项' }]);
  const open = (await seatsOf(db, { jurisdictions: [actor.jurisdiction], units: 'all' }, id)).filter(
    (seat) => seat.to === null,
  );
  const leader = open.find((seat) => seat.part === 'leader');
  if (draft.part === 'leader' && leader)
    throw notNow(`现任组长是${leader.personName ?? leader.unitName}，请先让其退出再指定新组长。`);
  if (person && open.some((seat) => seat.personId === person.id)) throw notNow(`${person.name}已在专班中。`);
  await addSeatRow(db, actor.jurisdiction, {
    id: randomUUID(),
    taskForceId: id,
    personId: person?.id ?? null,
    unitId: unit?.id ?? null,
    part: draft.part,
    duty: draft.duty?.trim() || null,
    from: draft.from ?? null,
  });
  return save(act, force, 'taskForce.seatsChanged', `${person?.name ?? unit?.name}任${seatParts[draft.part]}`, draft);
}

export async function endSeat(
  act: Act,
  id: string,
  given: { readonly version: number; readonly seatId: string; readonly on: string },
): Promise<Saved> {
  const { db, actor } = act;
  const force = await load(act, id, given.version);
  const seat = (await seatsOf(db, { jurisdictions: [actor.jurisdiction], units: 'all' }, id)).find(
    (one) => one.id === given.seatId,
  );
  if (!seat) throw notFound('没有找到这名成员。');
  if (!(await endSeatRow(db, actor.jurisdiction, id, given.seatId, given.on)))
    throw notNow('这名成员已经退出，或者退出日期早于进入日期，请核对。');
  return save(act, force, 'taskForce.seatsChanged', `${seat.personName ?? seat.unitName}于 ${given.on} 退出`, given);
}

export async function endTaskForce(
  act: Act,
  id: string,
  given: { readonly version: number; readonly on: string; readonly reason: string },
): Promise<Saved> {
  const force = await load(act, id, given.version);
  if (force.validFrom !== null && given.on < force.validFrom) throw notValid('撤销日期早于成立日期，请核对。');
  return save(
    act,
    { ...force, validTo: given.on },
    'taskForce.ended',
    `「${force.name}」于 ${given.on} 撤销：${given.reason.trim()}`,
  );
}

async function load(act: Act, id: string, version: number): Promise<Force> {
  const force = await lockTaskForce(act.db, act.actor.jurisdiction, id);
  if (force === null) throw notFound('没有找到这个专班，可能编号有误。');
  await refuseStale(act, 'taskForce', force, version);
  if (force.validTo !== null) throw notNow(`「${force.name}」已于 ${force.validTo} 撤销，不能再修改。`);
  return force;
}

async function refuseTwin(act: Act, name: string, self: string | null): Promise<void> {
  const twin = await taskForceNamed(act.db, act.actor.jurisdiction, nameKey(name));
  if (twin !== null && twin !== self)
    throw notValid(`已经有「${name}」，请换一个名称。`, [{ where: 'body.name', says: '重名' }]);
}

const write = (act: Act, force: Force): Promise<void> =>
  saveTaskForce(act.db, act.actor.jurisdiction, { ...force, nameKey: nameKey(force.name), ...spelling(force.name) });

async function save(act: Act, force: Force, kind: string, says: string, data?: unknown): Promise<Saved> {
  const version = force.version + 1;
  await write(act, { ...force, version });
  await announce(act, { item: { kind: 'taskForce', id: force.id }, kind, says, data });
  return { id: force.id, version };
}

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { BodyOf, ResponseOf } from '../../../kernel/contract.ts';
import { addDays, type Day, parseDay } from '../../../kernel/day.ts';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Act, Reading } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { announce } from '../../../platform/facts/record.ts';
import { resolveMentions, unitsByIds } from '../../units/server/door.ts';
import type { filingsApi } from '../api.ts';
import { flawsOfRhythm, occurrencesOpenOn, type Rhythm } from '../rhythm.ts';
import { workingDays } from './calendar.ts';
import { rhythmsOf } from './store.ts';

/** Units that report on a day, settled from the names of units and groups; names that mean nothing then apart. */
export async function reportersOn(
  db: Queryable,
  jurisdiction: string,
  names: readonly string[],
  day: Day,
): Promise<{ readonly unitIds: string[]; readonly unknown: string[] }> {
  const settled = await resolveMentions(db, jurisdiction, names, day);
  const unitIds = new Set<string>();
  const unknown: string[] = [];
  settled.forEach((one, at) => {
    if (one.kind === 'unit') unitIds.add(one.unitId);
    else if (one.kind === 'group') for (const id of one.unitIds) unitIds.add(id);
    else unknown.push(names[at] ?? '');
  });
  return { unitIds: [...unitIds], unknown };
}

/** A rhythm that holds from a day on. Refused where nobody is known by the names. */
export async function makeRhythm(act: Act, body: BodyOf<typeof filingsApi.makeRhythm>): Promise<{ id: string }> {
  const fromOn = parseDay(body.fromOn);
  const toOn = body.toOn === null ? null : parseDay(body.toOn);
  if (fromOn === null || (body.toOn !== null && toOn === null))
    throw notValid('起止日期不是有效的日期。', [{ where: 'body.fromOn', says: '请选择日期' }]);
  const rhythm: Omit<Rhythm, 'id'> = {
    ...body,
    attachments: body.attachments ?? 'none',
    dueDay: body.dueDay ?? null,
    reporters: [...new Set(body.reporters.map((one) => one.trim()).filter((one) => one !== ''))],
    fromOn,
    toOn,
  };
  const flaws = flawsOfRhythm(rhythm);
  if (flaws.length > 0) throw notValid([...new Set(flaws.map((flaw) => flaw.says))].join('；'), flaws);
  const on = fromOn > act.day ? fromOn : act.day;
  const { unknown } = await reportersOn(act.db, act.actor.jurisdiction, rhythm.reporters, on);
  if (unknown.length > 0)
    throw notValid(`单位名册里没有${unknown.map((one) => `“${one}”`).join('、')}，请写单位或单位组的名称。`, [
      { where: 'body.reporters', says: '名册里没有' },
    ]);
  const id = randomUUID();
  const json = (value: unknown) => sql`${JSON.stringify(value)}::jsonb`;
  await sql`
    insert into rhythm (jurisdiction, id, name, basis, period, reporters, receiver, hour, due_after, due_day, opens_before, workdays,
      fields, known, narrative, cases, practices, attachments, from_on, to_on, made_on, made_by_name)
    values (${act.actor.jurisdiction}, ${id}, ${rhythm.name.trim()}, ${rhythm.basis.trim()}, ${rhythm.period},
      ${json(rhythm.reporters)}, ${rhythm.receiver.trim()}, ${rhythm.hour}, ${rhythm.dueAfter}, ${rhythm.dueDay}, ${rhythm.opensBefore},
      ${rhythm.workdays}, ${json(rhythm.fields)}, ${json(rhythm.known)}, ${rhythm.narrative}, ${rhythm.cases},
      ${rhythm.practices}, ${rhythm.attachments}, ${fromOn}, ${toOn}, ${act.day}, ${who(act)})`.execute(act.db);
  await announce(act, {
    item: { kind: 'rhythm', id },
    kind: 'rhythm.made',
    says: `${who(act)}新增报送制度「${rhythm.name.trim()}」，自${fromOn}起`,
  });
  return { id };
}

/** The rhythm holds to the end of the day and no longer; what was asked for before stays. */
export async function endRhythm(act: Act, id: string, on: string): Promise<{ id: string }> {
  const day = parseDay(on);
  if (day === null) throw notValid('请选择停用日期。', [{ where: 'body.on', says: '请选择日期' }]);
  await sql`select 1 from rhythm where jurisdiction = ${act.actor.jurisdiction} and id = ${id} for update`.execute(
    act.db,
  );
  const rhythm = (await rhythmsOf(act.db, [act.actor.jurisdiction])).find((one) => one.id === id);
  if (!rhythm) throw notFound('没有找到这项报送制度。');
  if (rhythm.toOn !== null && rhythm.toOn < act.day) throw notNow(`「${rhythm.name}」已于${rhythm.toOn}停用。`);
  if (day < rhythm.fromOn) throw notValid('停用日期早于起始日期。', [{ where: 'body.on', says: '应不早于起始日期' }]);
  await sql`update rhythm set to_on = ${day} where jurisdiction = ${act.actor.jurisdiction} and id = ${id}`.execute(
    act.db,
  );
  await announce(act, {
    item: { kind: 'rhythm', id },
    kind: 'rhythm.ended',
    says: `${who(act)}停用报送制度「${rhythm.name}」，至${day}止`,
  });
  return { id };
}

/** Every rhythm with who reports today and when it is due next. */
export async function listRhythms(reading: Reading): Promise<ResponseOf<typeof filingsApi.listRhythms>> {
  const rows: ResponseOf<typeof filingsApi.listRhythms>['rows'] = [];
  for (const rhythm of await rhythmsOf(reading.db, reading.scope.jurisdictions)) {
    const on = rhythm.fromOn > reading.day ? rhythm.fromOn : reading.day;
    const { unitIds, unknown } = await reportersOn(reading.db, rhythm.jurisdiction, rhythm.reporters, on);
    const units = await unitsByIds(reading.db, rhythm.jurisdiction, unitIds);
    const visible = reading.scope.units === 'all' ? units : units.filter((one) => reading.actor.units.includes(one.id));
    rows.push({
      ...rhythm,
      reporters: [...rhythm.reporters],
      fields: rhythm.fields.map((field) => ({ ...field, options: [...field.options] })),
      known: [...rhythm.known],
      units: visible.map((unit) => ({ id: unit.id, name: unit.shortName ?? unit.name })),
      unknown,
      nextDue: nextDueOf(rhythm, reading.day),
    });
  }
  return { rows };
}

/** The next day on which it is due, seen from a day; null where none comes within about a year. */
function nextDueOf(rhythm: Rhythm, from: Day): Day | null {
  if (rhythm.toOn !== null && rhythm.toOn < from && rhythm.period !== 'special') return null;
  const open: Rhythm = { ...rhythm, opensBefore: 60 };
  for (let step = 0; step < 8; step += 1) {
    const [first] = occurrencesOpenOn(open, addDays(from, step * 55), workingDays()).filter((one) => one.dueOn >= from);
    if (first) return first.dueOn;
  }
  return null;
}

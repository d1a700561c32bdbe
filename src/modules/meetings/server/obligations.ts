import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Period } from '../../../kernel/calendar.ts';
import { addDays, type Day, parseDay } from '../../../kernel/day.ts';
import { notFound, notNow, notValid } from '../../../kernel/refusal.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { who } from '../../../platform/case.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { announce } from '../../../platform/facts/record.ts';
import { type Held, inForce, type Met, met, type Obligation } from '../obligation.ts';
import { dayIn, namesOf } from './from-form.ts';

const columns = sql`jurisdiction, id, name, convener_unit_id as "convenerUnitId", convener, attends,
  attendee_unit_ids as "attendeeUnitIds", count, per, every_years as "everyYears", from_on as "fromOn", to_on as "toOn", basis`;

/** What a government must hold, those that have ended included; a unit sees what it convenes or is asked to. */
export async function obligationsIn(db: Queryable, scope: Scope): Promise<Obligation[]> {
  const units = scope.units === 'all' ? null : [...scope.units];
  const found = await sql<Obligation>`select ${columns} from meeting_obligation
    where jurisdiction = any(${[...scope.jurisdictions]}::text[])
      and (${units}::uuid[] is null or convener_unit_id = any(${units}::uuid[]) or attendee_unit_ids && ${units}::uuid[])
    order by from_on, name, id`.execute(db);
  return found.rows;
}

export async function obligationById(db: Queryable, scope: Scope, id: string): Promise<Obligation> {
  const one = (await obligationsIn(db, scope)).find((row) => row.id === id);
  if (!one) throw notFound('没有找到这项会议要求。');
  return one;
}

/** Years back that an obligation's period and the one before may reach. */
const YEARS = 21;

/** Meetings that were held, of whole governments: counts do not depend on who asks. */
export async function heldMeetings(db: Queryable, jurisdictions: readonly string[], day: Day): Promise<Held[]> {
  const found = await sql<Held>`
    select id, number, body ->> 'obligationId' as "obligationId", on_day as "heldOn", body ->> 'registeredOn' as "registeredOn"
    from meeting where jurisdiction = any(${[...jurisdictions]}::text[]) and on_day between ${addDays(day, -366 * YEARS)} and ${day}
      and state in ('held', 'minuted', 'minutesIssued')`.execute(db);
  return found.rows;
}

/**
 * How every obligation in force stood on the evening of `day`, as it was known then: required, held, due by now, behind.
 * `meetingIds` are those that were counted. For the assessment and the bulletins.
 */
export async function obligationsMet(db: Queryable, scope: Scope, day: Day): Promise<Met[]> {
  const [obligations, held] = await Promise.all([obligationsIn(db, scope), heldMeetings(db, scope.jurisdictions, day)]);
  return obligations.filter((one) => inForce(one, day)).map((one) => met(one, held, day));
}

/** A meeting that must be held so often from a day on. */
export async function makeObligation(
  act: Act,
  input: {
    readonly name: string;
    readonly convenerUnitId?: string | null;
    readonly convener: string;
    readonly attends: string;
    readonly attendeeUnitIds: readonly string[];
    readonly count: number;
    readonly per: Period;
    readonly everyYears: number;
    readonly fromOn: string;
    readonly toOn: string | null;
    readonly basis: string;
  },
): Promise<{ id: string }> {
  const name = input.name.trim();
  const basis = input.basis.trim();
  if (name.length < 2) throw notValid('请写明会议名称。', [{ where: 'body.name', says: '请写明名称' }]);
  if (input.convener.trim().length < 2)
    throw notValid('请写明由谁召集。', [{ where: 'body.convener', says: '请写明召集单位' }]);
  if (basis.length < 2) throw notValid('请写明依据哪份文件哪一条。', [{ where: 'body.basis', says: '请写明依据' }]);
  dayIn(input.fromOn, 'body.fromOn');
  if (input.toOn !== null && dayIn(input.toOn, 'body.toOn') < input.fromOn)
    throw notValid('截止日期早于起始日期。', [{ where: 'body.toOn', says: '应不早于起始日期' }]);
  await namesOf(act, [input.convenerUnitId ?? null, ...input.attendeeUnitIds], 'body.attendeeUnitIds');
  const id = randomUUID();
  await sql`
    insert into meeting_obligation (jurisdiction, id, name, convener_unit_id, convener, attends, attendee_unit_ids, count, per,
      every_years, from_on, to_on, basis, made_by_name, made_on)
    values (${act.actor.jurisdiction}, ${id}, ${name}, ${input.convenerUnitId ?? null}, ${input.convener.trim()},
      ${input.attends.trim()}, ${[...input.attendeeUnitIds]}::uuid[], ${input.count}, ${input.per}, ${input.everyYears},
      ${input.fromOn}, ${input.toOn}, ${basis}, ${act.actor.name}, ${act.day})`.execute(act.db);
  await announce(act, {
    item: { kind: 'meetingObligation', id },
    kind: 'meetingObligation.made',
    says: `${who(act)}新增会议要求「${name}」，自${input.fromOn}起`,
  });
  return { id };
}

/** The obligation holds to the end of the day and no longer; it stays in sight. */
export async function endObligation(act: Act, id: string, on: string): Promise<{ id: string }> {
  const day = parseDay(on);
  if (day === null) throw notValid('请选择停用日期。', [{ where: 'body.on', says: '请选择日期' }]);
  const found = await sql<{ name: string; fromOn: string; toOn: string | null }>`
    select name, from_on as "fromOn", to_on as "toOn" from meeting_obligation
    where jurisdiction = ${act.actor.jurisdiction} and id = ${id} for update`.execute(act.db);
  const one = found.rows[0];
  if (!one) throw notFound('没有找到这项会议要求。');
  if (one.toOn !== null && one.toOn < act.day) throw notNow(`会议要求「${one.name}」已于${one.toOn}停用。`);
  if (day < one.fromOn) throw notValid('停用日期早于起始日期。', [{ where: 'body.on', says: '应不早于起始日期' }]);
  await sql`update meeting_obligation set to_on = ${day} where jurisdiction = ${act.actor.jurisdiction} and id = ${id}`.execute(
    act.db,
  );
  await announce(act, {
    item: { kind: 'meetingObligation', id },
    kind: 'meetingObligation.ended',
    says: `${who(act)}停用会议要求「${one.name}」，至${day}止`,
  });
  return { id };
}

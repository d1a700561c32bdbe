import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { addDays, type Day, yearOf } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Act } from '../../../platform/act.ts';
import { nextNumbers } from '../../../platform/db/number.ts';
import { announceMany } from '../../../platform/facts/record.ts';
import type { Duty } from '../../../platform/jobs/duty.ts';
import { standingAt } from '../filing.ts';
import { momentOf, occurrencesOpenOn, periodInWords } from '../rhythm.ts';
import { workingDays } from './calendar.ts';
import { makeRhythm, reportersOn } from './rhythms.ts';
import { filingsOf, rhythmsOf } from './store.ts';

/**
 * Makes the filings whose form opens on or before the day and is due on or after it; units and groups as they are on the
 * day. Those that are there already stay. `only`: of one rhythm, and only what is due later. Gives how many were made.
 */
export async function openFilings(
  act: Act,
  day: Day,
  only?: { readonly rhythm: string; readonly dueAfter: Date },
): Promise<number> {
  const { jurisdiction } = act.actor;
  let made = 0;
  for (const rhythm of await rhythmsOf(act.db, [jurisdiction])) {
    if (only && rhythm.id !== only.rhythm) continue;
    const occurrences = occurrencesOpenOn(rhythm, day, workingDays()).filter(
      (one) => !only || momentOf(one.dueOn, rhythm.hour) > only.dueAfter,
    );
    if (occurrences.length === 0) continue;
    const { unitIds } = await reportersOn(act.db, jurisdiction, rhythm.reporters, day);
    for (const occurrence of occurrences) {
      // a version of the rhythm that took the place of another does not ask again for what was asked already
      const known = await sql<{ unit: string }>`
        select f.unit_id as unit from periodic_report f
        join rhythm r on r.jurisdiction = f.jurisdiction and r.id = f.rhythm_id
        where f.jurisdiction = ${jurisdiction} and f.period_from = ${occurrence.from}
          and (r.id = ${rhythm.id} or (r.name = ${rhythm.name} and r.period = ${rhythm.period}))`.execute(act.db);
      const there = new Set(known.rows.map((row) => row.unit));
      const wanted = unitIds.filter((id) => !there.has(id));
      if (wanted.length === 0) continue;
      const numbers = await nextNumbers(act.db, jurisdiction, '送', yearOf(day), wanted.length);
      const ids = wanted.map(() => randomUUID());
      const dueAt = momentOf(occurrence.dueOn, rhythm.hour);
      await sql`
        insert into periodic_report (jurisdiction, id, number, rhythm_id, unit_id, period_from, period_to, opens_on, due_on, due_at, state)
        select ${jurisdiction}, t.id, t.number, ${rhythm.id}::uuid, t.unit, ${occurrence.from}::date, ${occurrence.to}::date,
          ${occurrence.opensOn}::date, ${occurrence.dueOn}::date, ${dueAt}::timestamptz, 'toFile'
        from unnest(${ids}::uuid[], ${numbers}::text[], ${wanted}::uuid[]) as t (id, number, unit)`.execute(act.db);
      const words = periodInWords(rhythm.period, occurrence.from, occurrence.to);
      await announceMany(
        act,
        ids.map((id, at) => ({
          item: { kind: 'periodicReport', id },
          kind: 'periodicReport.opened',
          says: `布置《${rhythm.name}》（${words}），${occurrence.dueOn} ${rhythm.hour}前报${rhythm.receiver}。`,
          to: 'toFile',
          data: { version: 1, number: numbers[at], unit: wanted[at] },
        })),
      );
      made += ids.length;
    }
  }
  return made;
}

/** A rhythm that holds from a day on; what it asks for today is there at once, unless its hour has passed. */
export async function beginRhythm(act: Act, body: Parameters<typeof makeRhythm>[1]): Promise<{ id: string }> {
  const { id } = await makeRhythm(act, body);
  await openFilings(act, act.day, { rhythm: id, dueAfter: act.now });
  return { id };
}

const wholeOf = (act: Act): Scope => ({ jurisdictions: [act.actor.jurisdiction], units: 'all' });

/**
 * Reminds those who have not filed what is due from `from` up to `to`, or what came back and must come again by then. Gives
 * how many.
 */
async function remindDue(act: Act, from: Date, to: Date): Promise<number> {
  const [first, last] = [dayOf(from), dayOf(to)];
  const found = [
    ...(await filingsOf(act.db, wholeOf(act), { from: first, to: last })),
    ...(await filingsOf(act.db, wholeOf(act), {
      states: ['returned'],
      from: addDays(first, -400),
      to: addDays(first, -1),
    })),
  ];
  const due = found.flatMap((one) => {
    const standing = standingAt(one.dueAt, one.turns, act.now);
    const until =
      standing === 'returned' ? (one.turns.findLast((turn) => turn.dueAt !== null)?.dueAt ?? one.dueAt) : one.dueAt;
    return (standing === 'waiting' || standing === 'returned') && until >= from && until < to ? [{ one, until }] : [];
  });
  await announceMany(
    act,
    due.map(({ one, until }) => ({
      item: { kind: 'periodicReport', id: one.id },
      kind: 'periodicReport.reminded',
      says: `提醒：《${one.rhythmName}》（${periodInWords(one.period, one.periodFrom, one.periodTo)}）${dayOf(until) === act.day ? '今天' : `${dayOf(until)} `}${clock(until)}前应当报送。`,
      data: { number: one.number, unit: one.unitId },
    })),
  );
  return due.length;
}
const dayOf = (at: Date): Day => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10) as Day;
const clock = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);

/** Reminds those who have not filed what is due on the day. Gives how many. */
export const remindFilings = (act: Act, day: Day): Promise<number> =>
  remindDue(act, momentOf(day, '00:00'), momentOf(addDays(day, 1), '00:00'));

/** 布置报送: shortly after midnight, so that the day's forms are there in the morning. */
export const openFilingsDuty: Duty = {
  name: 'open-filings',
  word: '布置到期的报送',
  pattern: '5 0 * * *',
  about: (today) => today,
  run: async (act, day) => `布置 ${await openFilings(act, day)} 份`,
};

/** Reminders before the hour: in the morning, and once more after noon to those who still have not filed. */
export const remindFilingsDuty: Duty = {
  name: 'remind-filings',
  word: '提醒当日应报未报的单位',
  pattern: '30 8 * * *',
  about: (today) => today,
  run: async (act, day) => `提醒 ${await remindFilings(act, day)} 份`,
};
export const remindAgainDuty: Duty = {
  ...remindFilingsDuty,
  name: 'remind-filings-again',
  word: '再次提醒当日应报未报的单位',
  pattern: '30 14 * * *',
};
/** What is due before the morning's reminder would be of use is reminded in the evening before. */
export const remindAheadDuty: Duty = {
  name: 'remind-filings-ahead',
  word: '提醒次日上午十时前应报的单位',
  pattern: '30 16 * * *',
  about: (today) => today,
  run: async (act, day) => {
    const next = addDays(day, 1);
    return `提醒 ${await remindDue(act, momentOf(next, '00:00'), momentOf(next, '10:00'))} 份`;
  },
};

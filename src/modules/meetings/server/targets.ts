import type { Static } from 'typebox';
import { addDays, type Day, earlier, monthOf } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { missedFilings } from '../../filings/server/door.ts';
import { shareOf } from '../../problems/figures.ts';
import { standingsByUnit } from '../../problems/server/door.ts';
import { figuresAsOf } from '../../tasks/server/door.ts';
import type { TargetPart } from '../api-duties.ts';
import { type Standing, standingByHand, standingByLedger, targetInWords } from '../responsibility.ts';
import { type ComputedKind, isComputed, type Target } from '../shapes.ts';
import { accidentsIn } from './accidents.ts';
import { type KeptLetter, responsibilityLetters as letters } from './kinds.ts';

type Part = Static<typeof TargetPart>;
/** What the ledgers tell of a unit: the value, and the counts it was worked out from, each with its list. */
interface Told {
  readonly value: number | null;
  readonly parts: readonly Part[];
}
type TellerOf = (unitId: string) => Told;

const nothing: Told = { value: null, parts: [] };
const part = (word: string, count: number, to: string | null, query: Part['query'] = {}): Part => ({
  word,
  count,
  to,
  query,
});

/** 按期率: closed in time ÷ (closed + overdue still); in percent. */
const inTime = (closed: number, late: number, red: number): number | null => shareOf(closed - late, closed + red);

/** From the first of January to the day, one question per kind for all units. */
async function tellers(
  db: Queryable,
  scope: Scope,
  kinds: ReadonlySet<ComputedKind>,
  of: { readonly from: Day; readonly day: Day; readonly today: Day; readonly units: readonly string[] },
): Promise<ReadonlyMap<ComputedKind, TellerOf>> {
  const { from, day, today, units } = of;
  const found = new Map<ComputedKind, TellerOf>();
  const past = { asOf: day };
  if (kinds.has('deaths') || kinds.has('accidents')) {
    const months = monthOf(day) - monthOf(from) + 1;
    const counts = new Map((await accidentsIn(db, scope, { day, months, units })).map((one) => [one.unitId, one]));
    const counted =
      (of: 'deaths' | 'accidents'): TellerOf =>
      (unit) => {
        const value = counts.get(unit)?.[of] ?? 0;
        return { value, parts: [part('已核对的事故数字', value, '/accident-targets')] };
      };
    found.set('deaths', counted('deaths'));
    found.set('accidents', counted('accidents'));
  }
  for (const kind of ['rectified', 'majorRectified'] as const) {
    if (!kinds.has(kind)) continue;
    const major = kind === 'majorRectified' ? ({ grade: 'major' } as const) : null;
    const grade: Part['query'] = major ? { grade: 'major' } : {};
    const rows = new Map(
      (await standingsByUnit(db, scope, major ?? {}, { from, day, today })).map((one) => [one.unitId, one]),
    );
    found.set(kind, (unit) => {
      const one = rows.get(unit);
      if (!one) return nothing;
      const turned = { ...grade, leadUnit: [unit], turn: 'closed', turnFrom: from, turnTo: day };
      return {
        value: inTime(one.closed, one.closedLate, one.red),
        parts: [
          part('本年销号', one.closed, '/problems', turned),
          part('其中按期', one.closed - one.closedLate, '/problems', { ...turned, turnIs: 'onTime' }),
          part('逾期未销号', one.red, '/problems', { ...grade, leadUnit: [unit], lamp: ['red'], ...past }),
        ],
      };
    });
  }
  if (kinds.has('taskOnTime')) {
    const now = await figuresAsOf(db, scope, {}, day);
    const then = new Map(
      (await figuresAsOf(db, scope, {}, addDays(from, -1))).units.map((one) => [one.unitId as string, one]),
    );
    const rows = new Map(now.units.map((one) => [one.unitId as string, one]));
    found.set('taskOnTime', (unit) => {
      const one = rows.get(unit);
      if (!one) return nothing;
      const closed = one.closed - (then.get(unit)?.closed ?? 0);
      const late = one.closedLate - (then.get(unit)?.closedLate ?? 0);
      const ended = { leadUnit: [unit], state: ['closed'], closedFrom: from, closedTo: day };
      return {
        value: inTime(closed, late, one.red),
        parts: [
          part('本年办结', closed, '/tasks', ended),
          part('其中按时', closed - late, '/tasks', { ...ended, closing: 'onTime' }),
          part('逾期未办结', one.red, '/tasks', { leadUnit: [unit], lamp: ['red'], ...past }),
        ],
      };
    });
  }
  if (kinds.has('filingOnTime')) {
    const rows = new Map((await missedFilings(db, scope, from, day)).map((one) => [one.unitId as string, one]));
    found.set('filingOnTime', (unit) => {
      const one = rows.get(unit);
      if (!one) return nothing;
      const due = one.onTime + one.late + one.missing;
      const listed = (standing: string[]) => ({ unit, dueFrom: from, dueTo: day, standing, hour: '24:00' });
      return {
        value: shareOf(one.onTime, due),
        parts: [
          part('到期应报', due, '/periodic-reports', listed(['onTime', 'late', 'missing'])),
          part('其中按时', one.onTime, '/periodic-reports', listed(['onTime'])),
        ],
      };
    });
  }
  return found;
}

/** A target of a letter with where it stands and what that was worked out from. */
export interface TargetStanding extends Standing {
  readonly parts: readonly Part[];
}

/** Where the targets of letters of one year stand in the evening of a day, by the id of the letter, in the order of the letter. */
export async function standingsOf(
  db: Queryable,
  scope: Scope,
  of: { readonly letters: readonly KeptLetter[]; readonly year: number; readonly day: Day; readonly today: Day },
): Promise<ReadonlyMap<string, readonly TargetStanding[]>> {
  const day = earlier(of.day, `${of.year}-12-31` as Day);
  const from = `${of.year}-01-01` as Day;
  const kinds = new Set(of.letters.flatMap((one) => one.body.targets.map((target) => target.kind)).filter(isComputed));
  const units = [...new Set(of.letters.flatMap((one) => one.body.partyB.unitId ?? []))];
  const told = day < from ? new Map() : await tellers(db, scope, kinds, { from, day, today: of.today, units });
  return new Map(
    of.letters.map(({ id, body }) => [
      id,
      body.targets.map((target, at): TargetStanding => {
        if (!isComputed(target.kind)) return { ...standingByHand(body, at, of.day), parts: [] };
        const { value, parts } = (body.partyB.unitId && told.get(target.kind)?.(body.partyB.unitId)) || nothing;
        return { ...standingByLedger(target, value, day), parts };
      }),
    ]),
  );
}

/** What a signed letter asks of a unit and how far it is, for the assessment and the bulletins. */
export interface SignedTarget extends Target {
  readonly letterId: string;
  readonly letterNumber: string;
  readonly unitId: string;
  readonly unitName: string;
  readonly signedOn: string;
  /** 死亡人数不超过2人 */
  readonly words: string;
  /** Where it stands on the day: computed, or entered by hand, which it says. */
  readonly standing: Standing;
}

/**
 * The targets of the year's responsibility letters that were signed and known to be so on the evening of `day`, by the unit
 * that undertook them, with where each stands. A letter that was ended by then asks nothing any more. `today`: the day on
 * which it is asked.
 */
export async function targetsOf(
  db: Queryable,
  scope: Scope,
  of: { readonly year: number; readonly day: Day; readonly today: Day; readonly units?: readonly string[] },
): Promise<SignedTarget[]> {
  const signed = (await letters.list(db, scope, { year: of.year, states: ['signed', 'letterEnded'] })).filter(
    ({ body }) => {
      const known = body.registeredOn !== null && body.registeredOn <= of.day;
      const ended = body.endedOn !== null && body.endedOn <= of.day;
      const { unitId } = body.partyB;
      return unitId !== null && body.signedOn !== null && known && !ended && (of.units?.includes(unitId) ?? true);
    },
  );
  const standings = await standingsOf(db, scope, { letters: signed, ...of });
  return signed.flatMap(({ id, number, body }) => {
    const { unitId, unitName } = body.partyB;
    if (unitId === null || body.signedOn === null) return [];
    const { signedOn } = body;
    return body.targets.flatMap((target, at) => {
      const standing = standings.get(id)?.[at];
      if (!standing) return [];
      return {
        ...target,
        letterId: id,
        letterNumber: number,
        unitId,
        unitName,
        signedOn,
        words: targetInWords(target),
        standing,
      };
    });
  });
}

import { addDays, type Day, earlier, yearOf } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import { takingTurns } from '../../../platform/turns.ts';
import { missedFilings } from '../../filings/server/door.ts';
import { obligationsMet, targetsOf } from '../../meetings/server/door.ts';
import { adoptedPlans } from '../../plans/server/door.ts';
import { lookBackQualityOf, sharedLookups, standingsByUnit, type UnitStanding } from '../../problems/server/door.ts';
import { measuresOf } from '../../supervision/server/door.ts';
import { figuresAsOf, type UnitFigures } from '../../tasks/server/door.ts';
import { type Counted, type MeasureCode, type Measured, type MeasureSource, measures, percentOf } from '../measures.ts';
import type { Indicator, Narrow } from '../scheme.ts';

/** What one source gave for every unit: measure → value; units that are absent have nothing to measure. */
export type Values = ReadonlyMap<string, Readonly<Partial<Record<MeasureCode, Measured>>>>;

/** What is asked of a source: for which units, from when, as of which day, and how narrowed. */
export interface Asked {
  readonly jurisdiction: string;
  readonly units: readonly string[];
  readonly from: Day;
  readonly day: Day;
  readonly narrow: Narrow;
  /** The plan that it is narrowed to; null: all plans. */
  readonly planId: string | null;
}
/** `lookups`: what narrowings of one source ask in common. */
type Source = (reading: Reading, asked: Asked, lookups: ReturnType<typeof sharedLookups>) => Promise<Values>;

const counted = (word: string, count: number, to: string | null, query: Counted['query'] = {}): Counted => ({
  word,
  count,
  to,
  query,
});
const whole = (jurisdiction: string): Scope => ({ jurisdictions: [asJurisdiction(jurisdiction)], units: 'all' });

/** Tasks: what was closed in the period is what was closed up to the day less what was closed before it began. */
const fromTasks: Source = async (reading, { jurisdiction, units, from, day, narrow, planId }) => {
  const scope = whole(jurisdiction);
  const filters = {
    ...(units.length === 1 ? { leadUnit: units } : {}),
    ...(narrow.sectors.length > 0 ? { sector: narrow.sectors } : {}),
    ...(planId === null ? {} : { plan: planId }),
  };
  const [now, before] = await Promise.all([
    figuresAsOf(reading.db, scope, filters, day),
    figuresAsOf(reading.db, scope, filters, addDays(from, -1)),
  ]);
  const then = new Map(before.units.map((unit) => [unit.unitId, unit]));
  // Kept with a snapshot, the list is opened on later days.
  const past: Counted['query'] = { asOf: day };
  const of = (unit: UnitFigures) => {
    const closed = unit.closed - (then.get(unit.unitId)?.closed ?? 0);
    const late = unit.closedLate - (then.get(unit.unitId)?.closedLate ?? 0);
    const mine = {
      leadUnit: [unit.unitId],
      ...(narrow.sectors.length > 0 ? { sector: [...narrow.sectors] } : {}),
      ...(planId === null ? {} : { plan: planId }),
    };
    const ended = { ...mine, state: ['closed'], closedFrom: from, closedTo: day };
    const parts = {
      closed: counted('考核期内办结', closed, '/tasks', ended),
      onTime: counted('其中按时', closed - late, '/tasks', { ...ended, closing: 'onTime' }),
      red: counted('逾期未办结', unit.red, '/tasks', { ...mine, lamp: ['red'], ...past }),
      open: counted('在办', unit.open, '/tasks', { ...mine, lamp: ['red', 'amber', 'green', 'grey'], ...past }),
    };
    return {
      taskOnTime: {
        value: percentOf(closed - late, closed + unit.red),
        parts: [parts.closed, parts.onTime, parts.red],
      },
      taskLateShare: { value: percentOf(unit.red, unit.open), parts: [parts.red, parts.open] },
      taskLongest: {
        value: unit.open + closed === 0 ? null : unit.longestDays,
        parts: [parts.red, parts.open, parts.closed],
      },
    };
  };
  return new Map(now.units.map((unit) => [unit.unitId, of(unit)]));
};

const fromProblems: Source = async (reading, { jurisdiction, units, from, day, narrow, planId }, lookups) => {
  const [tag] = narrow.tags;
  const standings = await standingsByUnit(
    reading.db,
    whole(jurisdiction),
    {
      ...(units.length === 1 ? { leadUnit: units } : {}),
      ...(narrow.sectors.length > 0 ? { sector: narrow.sectors } : {}),
      ...(tag === undefined ? {} : { tag }),
      ...(planId === null ? {} : { plan: planId }),
      ...(narrow.major ? { grade: 'major' as const } : {}),
    },
    { from, day, today: reading.day },
    lookups,
  );
  // Kept with a snapshot, the list is opened on later days.
  const past: Counted['query'] = { asOf: day };
  const of = (unit: UnitStanding) => {
    const mine = {
      leadUnit: [unit.unitId],
      ...(narrow.sectors.length > 0 ? { sector: [...narrow.sectors] } : {}),
      ...(tag === undefined ? {} : { tag: [tag] }),
      ...(planId === null ? {} : { plan: planId }),
      ...(narrow.major ? { grade: 'major' } : {}),
    };
    const turned = (turn: string, is?: string): Record<string, string | string[]> => ({
      ...mine,
      turn,
      turnFrom: from,
      turnTo: day,
      ...(is === undefined ? {} : { turnIs: is }),
    });
    const parts = {
      closed: counted('考核期内销号（件次）', unit.closed, '/problems', turned('closed')),
      onTime: counted('其中按期（件次）', unit.closed - unit.closedLate, '/problems', turned('closed', 'onTime')),
      red: counted('逾期未销号', unit.red, '/problems', { ...unit.queries.red, ...past }),
      open: counted('未销号', unit.open, '/problems', { ...unit.queries.open, ...past }),
      checked: counted('首次复查（件次）', unit.firstChecked, '/problems', turned('rechecked', 'first')),
      passed: counted('其中一次通过（件次）', unit.firstPassed, '/problems', turned('rechecked', 'firstPassed')),
      reopened: counted('重新打开（件次）', unit.reopened, '/problems', turned('reopened')),
      remaining: counted('其中仍未销号', unit.remaining, '/problems', { ...unit.queries.remaining, ...past }),
      before: counted('考核期开始时未销号', unit.before, '/problems', {
        ...unit.queries.open,
        asOf: addDays(from, -1),
      }),
    };
    return {
      problemOnTime: {
        value: percentOf(unit.closed - unit.closedLate, unit.closed + unit.red),
        parts: [parts.closed, parts.onTime, parts.red],
      },
      problemLateShare: { value: percentOf(unit.red, unit.open), parts: [parts.red, parts.open] },
      problemLongest: {
        value: unit.open + unit.closed === 0 ? null : unit.longestDays,
        parts: [parts.red, parts.open, parts.closed],
      },
      problemFirstPass: {
        value: percentOf(unit.firstPassed, unit.firstChecked),
        parts: [parts.checked, parts.passed],
      },
      problemReopened: { value: percentOf(unit.reopened, unit.closed), parts: [parts.reopened, parts.closed] },
      stockCleared: {
        value: percentOf(unit.before - unit.remaining, unit.before),
        parts: [parts.before, parts.remaining],
      },
    };
  };
  return new Map(standings.map((unit) => [unit.unitId, of(unit)]));
};

const fromLookBacks: Source = async (reading, { jurisdiction, from, day }) => {
  const quality = await lookBackQualityOf(reading.db, whole(jurisdiction), day, from);
  const listed = (unit: string, state: string[]) => ({ unit, state, from, asOf: day });
  return new Map(
    quality.units.map((unit) => [
      unit.unitId,
      {
        lookBackQuality: {
          value: percentOf(unit.still, unit.checked),
          parts: [
            counted('回头看核查', unit.checked, '/look-backs/results', listed(unit.unitId, ['still', 'notStill'])),
            counted('其中仍然整改到位', unit.still, '/look-backs/results', listed(unit.unitId, ['still'])),
          ],
        },
      },
    ]),
  );
};

const fromFilings: Source = async (reading, { jurisdiction, from, day }) => {
  // Of today what is due at a later hour is not missing yet.
  const at = day < reading.day ? undefined : reading.now;
  const hour = at === undefined ? '23:59' : new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
  const found = await missedFilings(reading.db, whole(jurisdiction), from, day, at);
  return new Map(
    found.map((unit) => {
      const due = unit.onTime + unit.late + unit.missing;
      const listed = (standing: string[]) => ({
        unit: unit.unitId,
        dueFrom: from,
        dueTo: day,
        standing,
        hour,
      });
      const parts = {
        due: counted('到期应报', due, '/periodic-reports', listed(['onTime', 'late', 'missing'])),
        onTime: counted('其中按时报送', unit.onTime, '/periodic-reports', listed(['onTime'])),
        missing: counted('到期没有报', unit.missing, '/periodic-reports', listed(['missing'])),
      };
      return [
        unit.unitId,
        {
          filingOnTime: { value: percentOf(unit.onTime, due), parts: [parts.due, parts.onTime] },
          filingMissing: { value: due === 0 ? null : unit.missing, parts: [parts.due, parts.missing] },
        },
      ] as const;
    }),
  );
};

/** Meetings that the unit itself must convene: duties in force on the day, each counted no higher than it asks. */
const fromMeetings: Source = async (reading, { jurisdiction, day }) => {
  const units = new Map<string, { due: number; held: number; parts: Counted[] }>();
  for (const one of await obligationsMet(reading.db, whole(jurisdiction), day)) {
    if (one.convenerUnitId === null) continue;
    const sums = units.get(one.convenerUnitId) ?? { due: 0, held: 0, parts: [] };
    const due = Math.ceil(one.dueByNow);
    sums.due += due;
    sums.held += Math.min(due, one.held);
    sums.parts.push(
      counted(`${one.name}（${one.words}，截至当日应${due}次）`, one.held, '/meetings', {
        obligation: one.obligationId,
        only: 'held',
        from: one.from,
        to: day,
      }),
    );
    units.set(one.convenerUnitId, sums);
  }
  return new Map(
    [...units].map(([unit, { due, held, parts }]) => [unit, { meetingsHeld: { value: percentOf(held, due), parts } }]),
  );
};

/** Targets of the year's responsibility letters: what the ledgers tell is computed, the others were entered by a person, which it says. */
const fromTargets: Source = async (reading, { jurisdiction, units, from, day }) => {
  const asked = { year: yearOf(from), day, today: reading.day, units };
  const found = new Map<string, { of: number; met: number; parts: Counted[] }>();
  for (const target of await targetsOf(reading.db, whole(jurisdiction), asked)) {
    const { value, met, says } = target.standing;
    const sums = found.get(target.unitId) ?? { of: 0, met: 0, parts: [] };
    const about = `${target.letterNumber}「${target.words}」`;
    const to = `/responsibility-letters/${target.letterId}`;
    if (value === null || met === null) sums.parts.push(counted(`${about}（${says}，不计），现为`, 0, to));
    else {
      sums.of += 1;
      sums.met += met ? 1 : 0;
      sums.parts.push(counted(`${about}${met ? '达到' : '没有达到'}（${says}），现为`, value, to));
    }
    found.set(target.unitId, sums);
  }
  return new Map(
    [...found].map(([unit, { of, met, parts }]) => [unit, { targetsMet: { value: percentOf(met, of), parts } }]),
  );
};

const fromPressure: Source = async (reading, { jurisdiction, units, from, day }) => {
  const { lines } = await measuresOf(reading.db, whole(jurisdiction), { from, to: day, units });
  return new Map(
    units.map((unit) => {
      const count = lines.filter((line) => line.unitId === unit).length;
      const part = counted('考核期内受到的措施', count, '/pressures', { unit, servedFrom: from, servedTo: day });
      return [unit, { measuresReceived: { value: count, parts: [part] } }] as const;
    }),
  );
};

const sources: Readonly<Record<MeasureSource, Source>> = {
  tasks: fromTasks,
  problems: fromProblems,
  lookBacks: fromLookBacks,
  filings: fromFilings,
  meetings: fromMeetings,
  targets: fromTargets,
  pressure: fromPressure,
};

/** Adopted plans by the title under which schemes name them; empty where no narrowing names one. */
export async function planIds(
  reading: Pick<Reading, 'db'>,
  jurisdiction: string,
  narrowings: readonly Narrow[],
): Promise<ReadonlyMap<string, string>> {
  if (narrowings.every((one) => (one.plan ?? '') === '')) return new Map();
  const plans = await adoptedPlans(reading.db, whole(jurisdiction));
  // The newest of one title, which stands first, is meant.
  return new Map([...plans].reverse().map((plan) => [plan.title, plan.id]));
}

/**
 * What every computed indicator came to for every unit, as of the evening of a day: unit → indicator's code → value. A few
 * set-based questions for each narrowing, however many units and indicators there are.
 */
export async function measuredOf(
  reading: Reading,
  jurisdiction: string,
  indicators: readonly Indicator[],
  units: readonly string[],
  period: { readonly from: Day; readonly to: Day },
  asOf: Day,
): Promise<ReadonlyMap<string, ReadonlyMap<string, Measured>>> {
  const day = earlier(earlier(asOf, period.to), reading.day);
  const computed = indicators.flatMap((one) =>
    one.by === 'ledger' && one.measure !== null
      ? [
          {
            code: one.code,
            measure: one.measure,
            source: measures[one.measure].source as MeasureSource,
            narrow: one.narrow,
          },
        ]
      : [],
  );
  const keyOf = (one: { readonly source: MeasureSource; readonly narrow: Narrow }): string =>
    JSON.stringify([one.source, one.narrow.sectors, one.narrow.tags, one.narrow.major, one.narrow.plan ?? '']);
  const groups = new Map<string, { readonly source: MeasureSource; readonly narrow: Narrow }>();
  for (const one of computed) groups.set(keyOf(one), { source: one.source, narrow: one.narrow });
  const plans = await planIds(
    reading,
    jurisdiction,
    [...groups.values()].map((one) => one.narrow),
  );
  const found = new Map<string, Values>();
  // Narrowings of one source follow each other and share what they look up; the sources do not wait for each other.
  const bySource = new Map<MeasureSource, [string, Narrow][]>();
  for (const [key, { source, narrow }] of groups)
    bySource.set(source, [...(bySource.get(source) ?? []), [key, narrow]]);
  await Promise.all(
    [...bySource].map(async ([source, narrowings]) => {
      const lookups = sharedLookups();
      const turn = takingTurns();
      for (const [key, narrow] of narrowings) {
        const title = narrow.plan ?? '';
        const planId = title === '' ? null : (plans.get(title) ?? null);
        // A plan that nobody knows has nothing to measure.
        const known = title === '' || planId !== null;
        const asked: Asked = { jurisdiction, units, from: period.from, day, narrow, planId };
        found.set(key, known ? await sources[source](reading, asked, lookups) : new Map());
        await turn();
      }
    }),
  );
  const nothing: Measured = { value: null, parts: [] };
  return new Map(
    units.map((unit) => [
      unit,
      new Map(computed.map((one) => [one.code, found.get(keyOf(one))?.get(unit)?.[one.measure] ?? nothing])),
    ]),
  );
}

import { addDays, type Day, earlier } from '../../../kernel/day.ts';
import { asJurisdiction } from '../../../kernel/ids.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import { lookBackQualityOf, type OverviewOf, overview } from '../../problems/server/door.ts';
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
}
type Source = (reading: Reading, asked: Asked) => Promise<Values>;

const counted = (word: string, count: number, to: string | null, query: Counted['query'] = {}): Counted => ({
  word,
  count,
  to,
  query,
});
const whole = (jurisdiction: string): Scope => ({ jurisdictions: [asJurisdiction(jurisdiction)], units: 'all' });

/** Tasks: what was closed in the period is what was closed up to the day less what was closed before it began. */
const fromTasks: Source = async (reading, { jurisdiction, units, from, day, narrow }) => {
  const scope = whole(jurisdiction);
  const filters = {
    ...(units.length === 1 ? { leadUnit: units } : {}),
    ...(narrow.sectors.length > 0 ? { sector: narrow.sectors } : {}),
  };
  const [now, before] = await Promise.all([
    figuresAsOf(reading.db, scope, filters, day),
    figuresAsOf(reading.db, scope, filters, addDays(from, -1)),
  ]);
  const then = new Map(before.units.map((unit) => [unit.unitId, unit]));
  const past: Counted['query'] = day < reading.day ? { asOf: day } : {};
  const of = (unit: UnitFigures) => {
    const closed = unit.closed - (then.get(unit.unitId)?.closed ?? 0);
    const late = unit.closedLate - (then.get(unit.unitId)?.closedLate ?? 0);
    const mine = { leadUnit: [unit.unitId], ...(narrow.sectors.length > 0 ? { sector: [...narrow.sectors] } : {}) };
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

const fromProblems: Source = async (reading, { jurisdiction, units, from, day, narrow }) => {
  const [tag] = narrow.tags;
  const shown = await overview(
    { ...reading, scope: whole(jurisdiction) },
    {
      asOf: day,
      from,
      cut: from,
      ...(units.length === 1 ? { leadUnit: units } : {}),
      ...(narrow.sectors.length > 0 ? { sector: narrow.sectors } : {}),
      ...(tag === undefined ? {} : { tag }),
      ...(narrow.major ? { grade: 'major' as const } : {}),
    },
  );
  const past: Counted['query'] = day < reading.day ? { asOf: day } : {};
  const of = (unit: OverviewOf['units'][number]) => {
    const mine = {
      leadUnit: [unit.unitId],
      ...(narrow.sectors.length > 0 ? { sector: [...narrow.sectors] } : {}),
      ...(tag === undefined ? {} : { tag: [tag] }),
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
      closed: counted('考核期内销号', unit.closed, '/problems', turned('closed')),
      onTime: counted('其中按期', unit.closed - unit.closedLate, '/problems', turned('closed', 'onTime')),
      red: counted('逾期未销号', unit.red, '/problems', { ...unit.queries.red, ...past }),
      open: counted('未销号', unit.open, '/problems', unit.queries.open),
      checked: counted('首次复查', unit.firstChecked, '/problems', turned('rechecked', 'first')),
      passed: counted('其中一次通过', unit.firstPassed, '/problems', turned('rechecked', 'firstPassed')),
      reopened: counted('重新打开', unit.reopened, '/problems', turned('reopened')),
      remaining: counted('其中仍未销号', unit.remaining, '/problems', unit.queries.remaining),
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
        value: unit.open + unit.closed === 0 ? null : (unit.oldest?.days ?? 0),
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
  return new Map(shown.units.map((unit) => [unit.unitId, of(unit)]));
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

const sources: Readonly<Partial<Record<MeasureSource, Source>>> = {
  tasks: fromTasks,
  problems: fromProblems,
  lookBacks: fromLookBacks,
};

/** Sources that are there; a measure of another one applies to nobody. */
export const knownSources = Object.keys(sources) as MeasureSource[];

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
    JSON.stringify([one.source, one.narrow.sectors, one.narrow.tags, one.narrow.major]);
  const groups = new Map<string, { readonly source: MeasureSource; readonly narrow: Narrow }>();
  for (const one of computed) groups.set(keyOf(one), { source: one.source, narrow: one.narrow });
  const found = new Map<string, Values>();
  for (const [key, { source, narrow }] of groups) {
    const asked: Asked = { jurisdiction, units, from: period.from, day, narrow };
    found.set(key, (await sources[source]?.(reading, asked)) ?? new Map());
  }
  const nothing: Measured = { value: null, parts: [] };
  return new Map(
    units.map((unit) => [
      unit,
      new Map(computed.map((one) => [one.code, found.get(keyOf(one))?.get(unit)?.[one.measure] ?? nothing])),
    ]),
  );
}

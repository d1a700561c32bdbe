import { sql } from 'kysely';
import type { Static } from 'typebox';
import { addDays, addMonths, type Day, daysBetween, parseDay } from '../../../../kernel/day.ts';
import { notValid } from '../../../../kernel/refusal.ts';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Reading } from '../../../../platform/act.ts';
import type { Queryable } from '../../../../platform/db/connect.ts';
import type { Overview } from '../../api-figures.ts';
import { ageBands, foundWithin, type Step, shareOf, stepsOf } from '../../figures.ts';
import { openStates, problemLifecycle } from '../../lifecycle.ts';
import { type Grade, gradeWords, type SourceType, sourceWords } from '../../problem.ts';
import { noUnit, unitNames } from '../lines.ts';
import { type FlowColumn, SERIALS, type StockColumn } from './dimensions.ts';
import { type FigureFilters, type Way, withinScope } from './filters.ts';
import { areaNames } from './names.ts';
import { flowBetween, flowByDay, noFlow } from './read-flow.ts';
import { type Opened, openByDay, type Stock, type StockCell, stockAsOf, stockBefore } from './read-stock.ts';

export type OverviewOf = Static<typeof Overview>;
type Query = Record<string, string | string[]>;

export interface OverviewQuery extends FigureFilters {
  readonly asOf?: string;
  readonly from?: string;
  readonly cut?: string;
  readonly step?: Step;
}

/** The day asked for: a real one, not in the future; today when none is asked. */
export function figureDay(asked: string | undefined, today: Day, field = 'asOf'): Day {
  if (asked === undefined) return today;
  const day = parseDay(asked);
  if (day === null)
    throw notValid(`「${asked}」不是日期，请写成 2026-03-31 这样。`, [{ where: `query.${field}`, says: '不是日期' }]);
  return day > today ? today : day;
}

/** What every link carries so that its list counts as the figure does: the narrowing, the day, and whose problems. */
export function baseQuery(scope: Scope, asked: FigureFilters, day: Day, today: Day): Query {
  const { leadUnit, sector, source, area, kind, grade, plan, batch, tag } = asked;
  return {
    ...(leadUnit?.length ? { leadUnit: [...leadUnit] } : {}),
    ...(sector?.length ? { sector: [...sector] } : {}),
    ...(source?.length ? { source: [...source] } : {}),
    ...(area?.length ? { area: [...area] } : {}),
    ...(kind?.length ? { kind: [...kind] } : {}),
    ...(grade ? { grade } : {}),
    ...(plan ? { plan } : {}),
    ...(batch ? { batch } : {}),
    ...(tag ? { tag: [tag] } : {}),
    ...(scope.units === 'all' ? {} : { mine: 'led' }),
    ...(day < today ? { asOf: day } : {}),
  };
}

const onlyNarrowing = ({ asOf: _, ...query }: Query): Query => query;
/** Turns within days: nothing of it depends on the day that is looked at. */
export const turnQuery = (base: Query, turn: string, from: Day, to: Day, is?: string): Query => ({
  ...onlyNarrowing(base),
  turn,
  turnFrom: from,
  turnTo: to,
  ...(is ? { turnIs: is } : {}),
});
export const openQuery = (base: Query, more: Query = {}): Query => ({ ...base, state: [...openStates], ...more });

const states: readonly [StockColumn, keyof typeof problemLifecycle.states][] = [
  ['to_receive', 'toReceive'],
  ['underway', 'underway'],
  ['to_recheck', 'toRecheck'],
  ['to_close', 'toClose'],
  ['disputed', 'disputed'],
  ['planned', 'planned'],
];

const lampsOf = (cell: StockCell | undefined) => ({
  open: cell?.sums.open ?? 0,
  red: cell?.sums.red ?? 0,
  amber: cell?.sums.amber ?? 0,
  grey: cell?.sums.grey ?? 0,
});
const flowsOf = (flow: Record<FlowColumn, number> | undefined) => ({
  registered: flow?.registered ?? 0,
  closed: flow?.closed ?? 0,
  closedLate: flow?.closed_late ?? 0,
  reopened: flow?.reopened ?? 0,
  firstChecked: flow?.first_checked ?? 0,
  firstPassed: flow?.first_passed ?? 0,
});

/** The problems whose serials these are. */
async function bySerial(db: Queryable, scope: Scope, serials: readonly number[]) {
  if (serials.length === 0) return new Map<number, { id: string; number: string; title: string }[]>();
  const found = await sql<{ id: string; number: string; title: string; serial: number; unit: string }>`
    select id, number, title, serial, lead_unit_id as unit from problem
    where jurisdiction = any(${[...scope.jurisdictions]}::text[]) and serial = any(${[...serials]}::bigint[])`.execute(
    db,
  );
  const map = new Map<number, { id: string; number: string; title: string }[]>();
  for (const { serial, unit: _, ...card } of found.rows) map.set(serial, [...(map.get(serial) ?? []), card]);
  return map;
}

/**
 * 态势: stock and flow of a day, with the query of the ledger list behind each figure. Everything as it was on the evening of
 * the day; what was registered, closed or reopened later changes nothing of it.
 */
export async function overview(reading: Reading, query: OverviewQuery, way?: Way): Promise<OverviewOf> {
  const { db, scope, day: today, now } = reading;
  const { asOf, from: fromAsked, cut: cutAsked, step = 'month', ...asked } = query;
  const day = figureDay(asOf, today);
  const usual = addMonths(`${day.slice(0, 7)}-01` as Day, -11);
  const given = figureDay(fromAsked, today, 'from');
  const from = fromAsked === undefined ? usual : given > day ? day : given;
  const cutGiven = cutAsked === undefined ? (`${day.slice(0, 4)}-01-01` as Day) : figureDay(cutAsked, today, 'cut');
  const cut = cutGiven > day ? day : cutGiven;
  const filters = withinScope(scope, asked);
  const steps = stepsOf(from, day, step);
  const evenings = steps.map((one) => one.to).filter((one) => one < day);
  const asking = { way, shared: new Map<string, Promise<unknown>>() };
  const [stock, flow, since, days] = await Promise.all([
    stockAsOf(db, scope, filters, day, today, { ...asking, cut, oldest: true }),
    flowBetween(db, scope, filters, from, day, asking),
    flowBetween(db, scope, filters, cut, day, asking),
    flowByDay(db, scope, filters, from, day, asking),
  ]);
  const [opens, before] = await Promise.all([
    openByDay(db, scope, filters, evenings, { day, stock }, days),
    stockBefore(db, scope, filters, cut, today, { stock, since }, asking),
  ]);
  const base = baseQuery(scope, asked, day, today);
  const debtOf = (
    pick: (of: Stock) => StockCell | undefined,
    pickBefore: (of: Opened) => number | undefined,
    began: Record<FlowColumn, number>,
  ): { before: number; remaining: number; began: number; fresh: number } => {
    const left = pick(stock)?.old ?? 0;
    return {
      before: pickBefore(before) ?? 0,
      remaining: left,
      began: began.registered + began.reopened,
      fresh: (pick(stock)?.sums.open ?? 0) - left,
    };
  };
  const queriesOf = (narrow: Query) => {
    const narrowed = { ...base, ...narrow };
    return {
      open: openQuery(narrowed),
      red: { ...narrowed, lamp: ['red'] },
      registered: turnQuery(narrowed, 'registered', from, day),
      closed: turnQuery(narrowed, 'closed', from, day),
      remaining: openQuery(narrowed, { openedTo: addDays(cut, -1) }),
      fresh: openQuery(narrowed, { openedFrom: cut }),
    };
  };
  const unitIds = [
    ...new Set([...stock.units.keys(), ...flow.units.keys(), ...before.units.keys(), ...since.units.keys()]),
  ];
  const [unitName, areas, oldest] = await Promise.all([
    unitNames(
      db,
      scope.jurisdictions.map((jurisdiction) => ({ jurisdiction, unitIds })),
    ),
    areaNames(db, scope, [...stock.areas.keys()]),
    bySerial(
      db,
      scope,
      [...stock.units.values()].flatMap((cell) => (cell.oldest === null ? [] : [cell.oldest % SERIALS])),
    ),
  ]);
  const oldestOf = (cell: StockCell | undefined): OverviewOf['units'][number]['oldest'] => {
    if (!cell || cell.oldest === null) return null;
    const [card] = oldest.get(cell.oldest % SERIALS) ?? [];
    if (!card) return null;
    return { ...card, days: daysBetween('1970-01-01' as Day, day) - Math.floor(cell.oldest / SERIALS) };
  };
  const sectorNames = [
    ...new Set([...stock.sectors.keys(), ...flow.sectors.keys(), ...before.sectors.keys(), ...since.sectors.keys()]),
  ];
  const { sums } = stock.all;
  const whole = debtOf(
    (of) => of.all,
    (of) => of.open,
    since.all,
  );
  const counted = (count: number, found: Query) => ({ count, query: found });
  const share = (count: number, of: number, found: Query) => ({ count, of, share: shareOf(count, of), query: found });
  const { all } = flow;
  const older181 = sums.open - sums.age_7 - sums.age_30 - sums.age_90 - sums.age_180;
  return {
    day,
    from,
    cut,
    step,
    computedAt: now.toISOString(),
    stock: {
      ...lampsOf(stock.all),
      green: sums.open - sums.red - sums.amber - sums.grey,
      major: sums.major,
      listed: sums.listed,
      query: openQuery(base),
      listedQuery: openQuery(base, { only: ['listed'] }),
      lamps: (
        [
          ['red', '逾期', sums.red],
          ['amber', '临期', sums.amber],
          ['green', '正常', sums.open - sums.red - sums.amber - sums.grey],
          ['grey', '不计时', sums.grey],
        ] as const
      ).map(([key, label, count]) => ({ key, label, count, query: { ...base, lamp: [key] } })),
      states: states.map(([column, key]) => ({
        key,
        label: problemLifecycle.states[key],
        count: sums[column],
        query: { ...base, state: [key] },
      })),
      grades: (['major', 'general'] as const)
        .filter((key) => asked.grade === undefined || asked.grade === key)
        .map((key: Grade) => ({
          key,
          label: gradeWords[key],
          count: key === 'major' ? sums.major : sums.open - sums.major,
          query: openQuery(base, { grade: key }),
        })),
      sources: byCount(stock.sources).map(([key, cell]) => ({
        key,
        label: sourceWords[key as SourceType] ?? key,
        count: cell.sums.open,
        query: openQuery(base, { source: [key] }),
      })),
      areas: byCount(stock.areas).map(([key, cell]) => ({
        key,
        label: areas.get(key) ?? (key === '' ? '没有写明属地' : key),
        count: cell.sums.open,
        query: openQuery(base, { area: [key] }),
      })),
      ages: ageBands.map((band) => ({
        key: band.key,
        label: band.label,
        count: band.key === 'older' ? older181 : sums[band.key],
        query: openQuery(base, foundWithin(band, day)),
      })),
    },
    flow: {
      registered: counted(all.registered, turnQuery(base, 'registered', from, day)),
      closed: counted(all.closed, turnQuery(base, 'closed', from, day)),
      ended: counted(all.closed + all.other_end, turnQuery(base, 'ended', from, day)),
      reopened: counted(all.reopened, turnQuery(base, 'reopened', from, day)),
      closedLate: share(all.closed_late, all.closed, turnQuery(base, 'closed', from, day, 'late')),
      lateEntry: share(all.late_entry, all.registered, turnQuery(base, 'registered', from, day, 'late')),
      onSpot: share(all.fixed_on_spot, all.registered, turnQuery(base, 'registered', from, day, 'onSpot')),
      atGrid: share(all.closed_at_grid, all.closed, turnQuery(base, 'closed', from, day, 'atGrid')),
      firstPass: share(all.first_passed, all.first_checked, turnQuery(base, 'rechecked', from, day, 'firstPassed')),
      series: steps.map((one, index) => {
        const part = noFlow();
        for (let on = one.from; on <= one.to; on = addDays(on, 1)) {
          const found = days.days.get(on);
          if (found) for (const column of Object.keys(part) as FlowColumn[]) part[column] += found[column];
        }
        return {
          ...one,
          registered: part.registered,
          closed: part.closed,
          ended: part.closed + part.other_end,
          reopened: part.reopened,
          open: one.to === day ? sums.open : (opens[index] ?? 0),
        };
      }),
    },
    debt: {
      ...whole,
      solved: whole.before - whole.remaining,
      solvedShare: shareOf(whole.before - whole.remaining, whole.before),
      freshEnded: whole.began - whole.fresh,
      freshShare: shareOf(whole.began - whole.fresh, whole.began),
      beforeQuery: openQuery({ ...base, asOf: addDays(cut, -1) }),
      remainingQuery: openQuery(base, { openedTo: addDays(cut, -1) }),
      beganQuery: turnQuery(base, 'began', cut, day),
      freshQuery: openQuery(base, { openedFrom: cut }),
    },
    units: unitIds
      .map((unitId) => {
        const cell = stock.units.get(unitId);
        return {
          unitId,
          name: unitName.get(unitId) ?? noUnit,
          ...lampsOf(cell),
          ...flowsOf(flow.units.get(unitId)),
          ...debtOf(
            (of) => of.units.get(unitId),
            (of) => of.units.get(unitId),
            since.units.get(unitId) ?? noFlow(),
          ),
          oldest: oldestOf(cell),
          queries: queriesOf({ leadUnit: [unitId] }),
        };
      })
      .sort(
        (a, b) =>
          (b.oldest?.days ?? 0) - (a.oldest?.days ?? 0) ||
          b.red - a.red ||
          b.open - a.open ||
          (a.unitId < b.unitId ? -1 : 1),
      ),
    sectors: sectorNames
      .map((sector) => ({
        sector,
        ...lampsOf(stock.sectors.get(sector)),
        ...flowsOf(flow.sectors.get(sector)),
        ...debtOf(
          (of) => of.sectors.get(sector),
          (of) => of.sectors.get(sector),
          since.sectors.get(sector) ?? noFlow(),
        ),
        queries: queriesOf({ sector: [sector] }),
      }))
      .sort((a, b) => b.open - a.open || b.red - a.red || (a.sector < b.sector ? -1 : 1)),
  };
}

const byCount = (cells: ReadonlyMap<string, StockCell>): [string, StockCell][] =>
  [...cells].sort(([keyA, a], [keyB, b]) => b.sums.open - a.sums.open || (keyA < keyB ? -1 : 1));

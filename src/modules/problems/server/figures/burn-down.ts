import type { Static } from 'typebox';
import { addDays, type Day, daysBetween, parseDay } from '../../../../kernel/day.ts';
import { notValid } from '../../../../kernel/refusal.ts';
import type { Reading } from '../../../../platform/act.ts';
import type { figuresApi } from '../../api-figures.ts';
import { paceOf } from '../../figures.ts';
import { type FigureFilters, type Way, withinScope } from './filters.ts';
import { baseQuery, figureDay, openQuery } from './overview.ts';
import { flowBetween, flowByDay } from './read-flow.ts';
import { openByDay, stockAsOf } from './read-stock.ts';

export type BurnDown = Static<typeof figuresApi.burnDown.response>;

/** Points of the curve; longer times show fewer of them. */
const MOST = 120;

/** 清零进度: how many were open on each evening, how many a day are needed to be at zero on `until`. */
export async function burnDown(
  reading: Reading,
  query: FigureFilters & { readonly asOf?: string; readonly from?: string; readonly until?: string },
  way?: Way,
): Promise<BurnDown> {
  const { db, scope, day: today } = reading;
  const { asOf, from: fromAsked, until: untilAsked, ...asked } = query;
  const day = figureDay(asOf, today);
  const given = fromAsked === undefined ? addDays(day, -90) : figureDay(fromAsked, today, 'from');
  const from = given > day ? day : given;
  const until = untilAsked === undefined ? null : parseDay(untilAsked);
  if (untilAsked !== undefined && until === null)
    throw notValid(`「${untilAsked}」不是日期，请写成 2026-03-31 这样。`, [{ where: 'query.until', says: '不是日期' }]);
  const filters = withinScope(scope, asked);
  const every = Math.max(1, Math.ceil(daysBetween(from, day) / MOST));
  const days: Day[] = [];
  for (let one = addDays(day, -every); one >= from; one = addDays(one, -every)) days.unshift(one);
  const asking = { way, shared: new Map<string, Promise<unknown>>() };
  const [stock, flow, turns] = await Promise.all([
    stockAsOf(db, scope, filters, day, today, asking),
    flowBetween(db, scope, filters, from, day, asking),
    flowByDay(db, scope, filters, from, day, asking),
  ]);
  const opens = await openByDay(db, scope, filters, days, { day, stock }, turns);
  const series = [...days.map((one, at) => ({ day: one, open: opens[at] ?? 0 })), { day, open: stock.all.sums.open }];
  const pace = paceOf(
    series.filter((one) => daysBetween(one.day, day) <= 14 || every > 1),
    day,
    until,
  );
  return {
    day,
    from,
    until,
    open: pace.open,
    began: flow.all.registered + flow.all.reopened,
    ended: flow.all.closed + flow.all.other_end,
    daysLeft: pace.daysLeft,
    required: pace.required,
    recent: pace.recent,
    zeroOn: pace.zeroOn,
    query: openQuery(baseQuery(scope, asked, day, today)),
    series,
  };
}

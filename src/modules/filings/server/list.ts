import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { addDays, type Day, daysBetween, parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import { withinOne } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import type { filingsApi } from '../api.ts';
import { disciplineOf } from '../filing.ts';
import { momentOf } from '../rhythm.ts';
import { linesOf } from './lines.ts';
import { filingsOf, rhythmsOf } from './store.ts';

type Query = QueryOf<typeof filingsApi.listReports>;
const SHOWN = 500;

const dayAsked = (text: string | undefined, where: string, usual: Day): Day => {
  if (text === undefined) return usual;
  const day = parseDay(text);
  if (day === null) throw notValid('日期有误，请重新选择。', [{ where: `query.${where}`, says: '不是日期' }]);
  return day;
};

/** 报送情况: what is due within some days, how each stands at the hour asked for (now when none is), by unit. */
export async function list(reading: Reading, query: Query): Promise<ResponseOf<typeof filingsApi.listReports>> {
  const to = dayAsked(query.dueTo, 'dueTo', addDays(reading.day, 1));
  const from = dayAsked(query.dueFrom, 'dueFrom', addDays(to < reading.day ? to : reading.day, -6));
  if (to < from || daysBetween(from, to) > 400)
    throw notValid('起止日期有误，最多可看四百天。', [{ where: 'query.dueFrom', says: '应不晚于截止日期' }]);
  if (query.hour !== undefined && !/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(query.hour))
    throw notValid('请写成 14:00 这样的时刻。', [{ where: 'query.hour', says: '不是时刻' }]);
  const last = to < reading.day ? to : reading.day;
  const asked =
    query.hour === undefined
      ? reading.now
      : query.hour === '24:00'
        ? new Date(momentOf(addDays(last, 1), '00:00').getTime() - 1)
        : momentOf(last, query.hour);
  const at = asked > reading.now ? reading.now : asked;
  const rows = await filingsOf(reading.db, withinOne(reading.scope, query.jurisdiction), {
    from,
    to,
    ...(query.rhythm ? { rhythm: query.rhythm } : {}),
    ...(query.unit ? { unit: query.unit } : {}),
    ...(query.only === 'mine' && reading.actor.unitId
      ? { unit: reading.actor.unitId, states: ['toFile', 'returned'] }
      : {}),
  });
  const lines = await linesOf(reading.db, rows, at);
  const wanted = query.standing?.length ? lines.filter((one) => query.standing?.includes(one.standing)) : lines;
  const byUnit = new Map<string, { name: string; standings: (typeof lines)[number]['standing'][] }>();
  for (const line of lines) {
    const of = byUnit.get(line.unitId) ?? { name: line.unitName, standings: [] };
    of.standings.push(line.standing);
    byUnit.set(line.unitId, of);
  }
  return {
    from,
    to,
    at: at.toISOString(),
    rows: wanted.slice(-SHOWN).reverse(),
    capped: wanted.length > SHOWN,
    whole: disciplineOf(lines.map((line) => line.standing)),
    units: [...byUnit]
      .map(([unitId, of]) => ({ unitId, name: of.name, ...disciplineOf(of.standings) }))
      .sort((a, b) => b.missing - a.missing || b.late - a.late || (a.name < b.name ? -1 : 1)),
    rhythms: (await rhythmsOf(reading.db, reading.scope.jurisdictions)).map(({ id, name }) => ({ id, name })),
  };
}

/** What the reader's own unit has to file: the form is open, or it came back. The soonest first. */
export async function toDo(reading: Reading): Promise<ResponseOf<typeof filingsApi.reportsToDo>> {
  const { unitId } = reading.actor;
  if (unitId === null) return { rows: [] };
  const rows = await filingsOf(reading.db, reading.scope, {
    unit: unitId,
    states: ['toFile', 'returned'],
    openBy: reading.day,
    from: addDays(reading.day, -60),
  });
  return { rows: await linesOf(reading.db, rows, reading.now) };
}

import type { Day } from '../../../kernel/day.ts';
import { addDays } from '../../../kernel/day.ts';
import type { Scope } from '../../../kernel/scope.ts';
import type { Reading } from '../../../platform/act.ts';
import { overview } from '../../problems/server/door.ts';
import { figuresAsOf } from '../../tasks/server/door.ts';
import type { KnownFigure } from '../filing.ts';
import type { KnownKey } from '../rhythm.ts';

/**
 * What the ledgers know of a unit and a period, as of the evening of its last day (as of now while it runs). A unit is
 * counted by what it leads, whoever asks.
 */
export async function knownOf(
  reading: Reading,
  jurisdiction: string,
  of: { readonly unitId: string; readonly from: Day; readonly to: Day; readonly keys: readonly KnownKey[] },
): Promise<KnownFigure[]> {
  if (of.keys.length === 0) return [];
  const scope: Scope = { jurisdictions: [jurisdiction as Scope['jurisdictions'][number]], units: 'all' };
  const whole: Reading = { ...reading, scope };
  const to = of.to > reading.day ? reading.day : of.to;
  const from = of.from > to ? to : of.from;
  const units = { leadUnit: [of.unitId] };
  const problems = of.keys.some((key) => !key.startsWith('tasks'));
  const tasks = of.keys.some((key) => key.startsWith('tasks'));
  const [seen, now, before] = await Promise.all([
    problems ? overview(whole, { ...units, asOf: to, from, cut: `${from.slice(0, 7)}-01`, step: 'day' }) : null,
    tasks ? figuresAsOf(reading.db, scope, units, to) : null,
    tasks ? figuresAsOf(reading.db, scope, units, addDays(from, -1)) : null,
  ]);
  const stock = { ...units, ...(to < reading.day ? { asOf: to } : {}) };
  const problem = (count: number | undefined, query: KnownFigure['query'] | undefined) => ({
    of: 'problems' as const,
    count: count ?? 0,
    query: query ?? {},
  });
  const task = (count: number | undefined, query: KnownFigure['query']) => ({
    of: 'tasks' as const,
    count: count ?? 0,
    query,
  });
  const all: Readonly<Record<KnownKey, Omit<KnownFigure, 'key'>>> = {
    registered: problem(seen?.flow.registered.count, seen?.flow.registered.query),
    closed: problem(seen?.flow.closed.count, seen?.flow.closed.query),
    reopened: problem(seen?.flow.reopened.count, seen?.flow.reopened.query),
    open: problem(seen?.stock.open, seen?.stock.query),
    red: problem(seen?.stock.red, { ...stock, lamp: ['red'] }),
    major: problem(seen?.stock.major, { ...(seen?.stock.query ?? {}), grade: 'major' }),
    tasksOpen: task(now?.open, { ...stock, lamp: ['red', 'amber', 'green', 'grey'] }),
    tasksRed: task(now?.red, { ...stock, lamp: ['red'] }),
    tasksClosed: task((now?.closed ?? 0) - (before?.closed ?? 0), { ...units, closedFrom: from, closedTo: to }),
  };
  return of.keys.map((key) => ({ key, ...all[key] }));
}

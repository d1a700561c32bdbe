import { parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { type Line, linesOf } from './lines.ts';
import { listAroundDue } from './store-as-of.ts';
import { type Filters, listTasks } from './store-list.ts';

const dayFields = ['asOf', 'known', 'dueFrom', 'dueTo', 'closedFrom', 'closedTo'] as const;

/** Filters as the store takes them: days checked, 我的 turned into units. Throws a not-valid refusal for a day that is none. */
export function soundFilters(reading: Reading, query: Filters & { readonly mine?: 'lead' | 'co' | 'led' }): Filters {
  const places = dayFields.flatMap((field) => {
    const text = query[field];
    return text !== undefined && parseDay(text) === null
      ? [{ where: `query.${field}`, says: `没有“${text}”这一天` }]
      : [];
  });
  if (places.length > 0) throw notValid('日期有误，请重新选择。', places);
  const { mine, ...filters } = query;
  const own = reading.actor.unitId ?? '00000000-0000-0000-0000-000000000000';
  if (mine === 'lead') return { ...filters, leadUnit: [own] };
  if (mine === 'co') return { ...filters, unit: [own] };
  if (mine === 'led' && reading.scope.units !== 'all') {
    const wanted = filters.leadUnit?.length ? filters.leadUnit : null;
    const led = reading.scope.units.filter((unit) => wanted?.includes(unit) ?? true);
    return { ...filters, leadUnit: led.length > 0 ? led : ['00000000-0000-0000-0000-000000000000'] };
  }
  return filters;
}

/** 任务清单. */
export async function list(reading: Reading, query: Filters & { readonly page?: number; readonly pageSize?: number }) {
  const { page = 1, pageSize = 50, ...rest } = query;
  if ((page - 1) * pageSize >= 10_000)
    throw notValid('翻页只能到前1万条，请增加筛选条件后再找。', [{ where: 'query.page', says: '超出前1万条' }]);
  const filters = soundFilters(reading, rest);
  const found = await listTasks(reading.db, reading.scope, filters, reading.day, { page, pageSize });
  const on =
    filters.asOf !== undefined && filters.asOf < reading.day ? (parseDay(filters.asOf) ?? reading.day) : reading.day;
  return { ...found, rows: await linesOf(reading.db, found.rows, on), page, pageSize };
}

/** The first few tasks in order, uncounted. */
async function firstTasks(reading: Reading, query: Parameters<typeof soundFilters>[1], most: number) {
  const filters = soundFilters(reading, query);
  const found = await listTasks(reading.db, reading.scope, filters, reading.day, {
    page: 1,
    pageSize: most,
    counted: false,
  });
  const on =
    filters.asOf !== undefined && filters.asOf < reading.day ? (parseDay(filters.asOf) ?? reading.day) : reading.day;
  return linesOf(reading.db, found.rows, on);
}

/** Of a day, within what the reader's units lead: the first tasks that were overdue and that fell due by `until`. */
export async function aroundDue(
  reading: Reading,
  filters: { readonly plan?: string },
  on: Reading['day'],
  until: Reading['day'],
  most: number,
): Promise<{ late: Line[]; soon: Line[] }> {
  if (on < reading.day) {
    const rows = await listAroundDue(reading.db, reading.scope, filters, on, until, most);
    const lines = await linesOf(reading.db, rows, on);
    const isLate = (line: Line): boolean => line.dueOn !== null && line.dueOn < on;
    return { late: lines.filter(isLate), soon: lines.filter((line) => !isLate(line)) };
  }
  const listed = { ...filters, mine: 'led', sort: 'due' } as const;
  const [late, soon] = await Promise.all([
    firstTasks(reading, { ...listed, lamp: ['red'] }, most),
    firstTasks(reading, { ...listed, lamp: ['amber', 'green'], dueFrom: on, dueTo: until }, most),
  ]);
  return { late, soon };
}

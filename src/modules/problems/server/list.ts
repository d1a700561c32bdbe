import { parseDay } from '../../../kernel/day.ts';
import { notValid } from '../../../kernel/refusal.ts';
import type { Reading } from '../../../platform/act.ts';
import { serve } from '../../../platform/http/serve.ts';
import { problemsApi } from '../api.ts';
import { linesOf } from './lines.ts';
import type { Filters } from './store-filters.ts';
import { listRows } from './store-list.ts';

type Asked = Filters & { readonly mine?: 'lead' | 'co' | 'led' | 'supervised' | 'found' };

const dayFields = [
  'asOf',
  'foundFrom',
  'foundTo',
  'enteredFrom',
  'enteredTo',
  'dueFrom',
  'dueTo',
  'closedFrom',
  'closedTo',
  'openedFrom',
  'openedTo',
  'turnFrom',
  'turnTo',
] as const;

/** No unit has this id. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** Filters as the store takes them: days checked, 我的 turned into units. Throws a not-valid refusal for a day that is none. */
export function soundFilters(reading: Reading, query: Asked): Filters {
  const places = dayFields.flatMap((field) => {
    const text = query[field];
    return text !== undefined && parseDay(text) === null
      ? [{ where: `query.${field}`, says: `没有“${text}”这一天` }]
      : [];
  });
  if (places.length > 0) throw notValid('日期有误，请重新选择。', places);
  const { mine, ...filters } = query;
  const own: string = reading.actor.unitId ?? nobody;
  if (mine === 'lead') return { ...filters, leadUnit: [own] };
  if (mine === 'co') return { ...filters, coUnit: own };
  if (mine === 'supervised') return { ...filters, supervisingUnit: own };
  if (mine === 'found') return { ...filters, finderUnit: own };
  if (mine === 'led' && reading.scope.units !== 'all') {
    const wanted = filters.leadUnit?.length ? filters.leadUnit : null;
    const led = reading.scope.units.filter((unit) => wanted?.includes(unit) ?? true);
    return { ...filters, leadUnit: led.length > 0 ? led : [nobody] };
  }
  return filters;
}

/** Rows that can be reached by turning pages. */
const MOST_TURNED = 10_000;

/** 问题隐患台账. */
export async function list(reading: Reading, query: Asked & { readonly page?: number; readonly pageSize?: number }) {
  const { page = 1, pageSize = 50, ...rest } = query;
  if ((page - 1) * pageSize >= MOST_TURNED)
    throw notValid('翻页只能到前1万条，请增加筛选条件后再找。', [{ where: 'query.page', says: '超出前1万条' }]);
  const filters = soundFilters(reading, rest);
  const found = await listRows(reading.db, reading.scope, filters, reading.day, { page, pageSize });
  const asOf = filters.asOf === undefined ? null : parseDay(filters.asOf);
  const on = asOf !== null && asOf < reading.day && filters.turn === undefined ? asOf : reading.day;
  return { ...found, rows: await linesOf(reading.db, found.rows, on), page, pageSize };
}

export const listRoutes = serve(
  { listProblems: problemsApi.listProblems },
  { listProblems: (reading) => list(reading, reading.query) },
);

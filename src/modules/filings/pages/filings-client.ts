import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { filingsApi } from '../api.ts';
import type { Standing } from '../filing.ts';

export const api = client(filingsApi);

export type Line = ResponseOf<typeof filingsApi.listReports>['rows'][number];
export type FilingView = ResponseOf<typeof filingsApi.viewReport>;
export type FilingQuery = QueryOf<typeof filingsApi.listReports>;
export type RhythmLine = ResponseOf<typeof filingsApi.listRhythms>['rows'][number];
export type Filled = FilingView['versions'][number]['filled'];

export const standingTone: Readonly<Record<Standing, StatusTone>> = {
  waiting: 'waiting',
  onTime: 'done',
  late: 'alarm',
  missing: 'alarm',
  returned: 'waiting',
  exempt: 'stopped',
};

/** 3月8日 17:00, Shanghai time. */
export function clock(at: string): string {
  const there = new Date(new Date(at).getTime() + 8 * 3_600_000).toISOString();
  return `${there.slice(0, 10)} ${there.slice(11, 16)}`;
}

import type { QueryOf, ResponseOf } from '../../../../kernel/contract.ts';
import { filesApi } from '../../../../platform/files/api.ts';
import { client } from '../../../../platform/web/client.ts';
import type { StatusTone } from '../../../../platform/web/parts/StatusTag.tsx';
import { pressuresApi } from '../../api-pressures.ts';
import type { PressureState } from '../../pressure-lifecycle.ts';

export const api = client(pressuresApi);
export const files = client(filesApi);

export type PressureLine = ResponseOf<typeof pressuresApi.listPressures>['rows'][number];
export type PressureView = ResponseOf<typeof pressuresApi.viewPressure>;
export type PressureQuery = QueryOf<typeof pressuresApi.listPressures>;
export type PressureRuleLine = ResponseOf<typeof pressuresApi.listPressureRules>['rows'][number];

export const stateTone: Readonly<Record<PressureState, StatusTone>> = {
  suggested: 'waiting',
  proposed: 'waiting',
  approved: 'waiting',
  served: 'alarm',
  received: 'active',
  replied: 'waiting',
  tracking: 'active',
  lifted: 'done',
  dismissed: 'stopped',
  refused: 'stopped',
  retracted: 'stopped',
  withdrawn: 'stopped',
};

/** The words of a state on the page: an interview is not replied to, it is attended. */
export const stateWord = (
  kind: PressureLine['kind'],
  state: PressureState,
  words: Readonly<Record<PressureState, string>>,
): string =>
  kind === 'interview' && state === 'received'
    ? '待约谈'
    : kind === 'interview' && state === 'replied'
      ? '已约谈'
      : words[state];

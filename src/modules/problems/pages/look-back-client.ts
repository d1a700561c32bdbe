import type { ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { lookBacksApi } from '../api-look-backs.ts';
import type { CheckState, LookBackState } from '../look-back-lifecycle.ts';

export const lookBacks = client(lookBacksApi);
export type LookBackLine = ResponseOf<typeof lookBacksApi.listLookBacks>['rows'][number];
export type LookBackView = ResponseOf<typeof lookBacksApi.viewLookBack>;
export type CheckLine = ResponseOf<typeof lookBacksApi.viewCheck>;
export type QualityView = ResponseOf<typeof lookBacksApi.lookBackQuality>;

export const lookBackTone: Readonly<Record<LookBackState, StatusTone>> = {
  frozen: 'waiting',
  seeded: 'waiting',
  drawn: 'active',
  finished: 'done',
  replaced: 'stopped',
};
export const checkTone: Readonly<Record<CheckState, StatusTone>> = {
  toAssign: 'waiting',
  toCheck: 'active',
  still: 'done',
  notStill: 'alarm',
  dropped: 'stopped',
};

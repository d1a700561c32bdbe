import type { ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { measuresApi } from '../api-measures.ts';
import type { MeasureState } from '../measure.ts';

export const measures = client(measuresApi);
export type MeasureLine = ResponseOf<typeof measuresApi.listMeasures>['rows'][number];
export type MeasureView = ResponseOf<typeof measuresApi.viewMeasure>;

export const measureTone: Readonly<Record<MeasureState, StatusTone>> = {
  sorted: 'waiting',
  studying: 'active',
  proposed: 'alarm',
  issued: 'done',
  deferred: 'plain',
  revoked: 'stopped',
};

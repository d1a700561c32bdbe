import type { BodyOf, QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { enterprisesApi } from '../api.ts';
import { type EnterpriseState, enterpriseStates } from '../enterprise.ts';

export const api = client(enterprisesApi);

export type EnterpriseLine = ResponseOf<typeof enterprisesApi.listEnterprises>['rows'][number];
export type EnterpriseQuery = QueryOf<typeof enterprisesApi.listEnterprises>;
export type EnterpriseFile = ResponseOf<typeof enterprisesApi.readEnterprise>;
export type EnterpriseBody = BodyOf<typeof enterprisesApi.registerEnterprise>;
export type EnterpriseDoubt = ResponseOf<typeof enterprisesApi.enterpriseDoubts>['doubts'][number];

export const stateTone: Readonly<Record<EnterpriseState, StatusTone>> = {
  active: 'active',
  stopped: 'waiting',
  closed: 'stopped',
};

/** The state as lists and pages say it; what was merged says so instead. */
export const stateOf = (one: {
  state: EnterpriseState;
  mergedInto: string | null;
}): { word: string; tone: StatusTone } =>
  one.mergedInto === null
    ? { word: enterpriseStates[one.state], tone: stateTone[one.state] }
    : { word: '已并入', tone: 'stopped' };

/** Under which address the product is open, for codes; a code with the machine's own name opens on no phone. */
export const origin = (): string => window.location.origin;
export const originOnlyHere = (): boolean => /^(?:localhost|127\.|\[::1\])/.test(window.location.hostname);

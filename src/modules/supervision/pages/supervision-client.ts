import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { filesApi } from '../../../platform/files/api.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { supervisionApi } from '../api.ts';
import type { ListingState } from '../lifecycle.ts';

export const api = client(supervisionApi);
export const files = client(filesApi);

export type ListingLine = ResponseOf<typeof supervisionApi.listListings>['rows'][number];
export type ListingView = ResponseOf<typeof supervisionApi.viewListing>;
export type ListingQuery = QueryOf<typeof supervisionApi.listListings>;
export type ProblemListings = ResponseOf<typeof supervisionApi.listingsOfProblem>;
export type DutyChain = ResponseOf<typeof supervisionApi.dutyChain>;
export type ListingRuleLine = ResponseOf<typeof supervisionApi.listRules>['rows'][number];
export type MissingLine = ResponseOf<typeof supervisionApi.missingListings>['rows'][number];

export const stateTone: Readonly<Record<ListingState, StatusTone>> = {
  proposed: 'waiting',
  approved: 'waiting',
  listed: 'alarm',
  planFiled: 'waiting',
  rectifying: 'active',
  toAccept: 'waiting',
  accepted: 'waiting',
  delisted: 'done',
  refused: 'stopped',
  retracted: 'stopped',
  revoked: 'stopped',
};

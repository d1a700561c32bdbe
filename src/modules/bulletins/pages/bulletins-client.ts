import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { filesApi } from '../../../platform/files/api.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { listAddress } from '../../../platform/web/use-list-query.ts';
import { bulletinsApi } from '../api.ts';
import type { BulletinState } from '../lifecycle.ts';

export const api = client(bulletinsApi);
export const files = client(filesApi);

export type BulletinLine = ResponseOf<typeof bulletinsApi.listBulletins>['rows'][number];
export type BulletinView = ResponseOf<typeof bulletinsApi.viewBulletin>;
export type BulletinQuery = QueryOf<typeof bulletinsApi.listBulletins>;
export type FigureLine = BulletinView['figures'][number];

export const stateTone: Readonly<Record<BulletinState, StatusTone>> = {
  draft: 'active',
  submitted: 'waiting',
  approved: 'waiting',
  issued: 'done',
  toPublish: 'waiting',
  published: 'done',
  voided: 'stopped',
};

const pathOf = {
  problems: '/problems',
  tasks: '/tasks',
  filings: '/periodic-reports',
  listings: '/listings',
  measures: '/pressures',
} as const;

/** The list behind a figure; null where there is none. */
export const listOf = (figure: Pick<FigureLine, 'of' | 'query'>): string | null =>
  figure.of && figure.query ? listAddress(pathOf[figure.of], figure.query) : null;

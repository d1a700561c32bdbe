import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { filesApi } from '../../../platform/files/api.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { listAddress } from '../../../platform/web/use-list-query.ts';
import { bulletinsApi } from '../api.ts';
import type { BulletinState } from '../lifecycle.ts';
import type { Opened } from '../opening.ts';

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
  lookBacks: '/look-backs/results',
} as const;

/** The list behind a figure, narrowed to the government that was counted where the reader sees several. */
export const addressOf = (opened: Opened, within: string | null): string =>
  listAddress(pathOf[opened.of], within === null ? opened.query : { ...opened.query, jurisdiction: within });

/** The same for a figure by its name; null where there is no list. */
export const listOf = (figure: Pick<FigureLine, 'of' | 'query'>, within: string | null): string | null =>
  figure.of && figure.query ? addressOf({ of: figure.of, query: figure.query }, within) : null;

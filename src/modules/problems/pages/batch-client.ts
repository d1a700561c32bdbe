import type { BodyOf, ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { batchesApi } from '../api-batches.ts';
import { viewsApi } from '../api-views.ts';
import type { BatchState } from '../batch.ts';

export const batches = client(batchesApi);
export const views = client(viewsApi);

export type Batch = ResponseOf<typeof batchesApi.listBatches>['rows'][number];
export type BatchView = ResponseOf<typeof batchesApi.readBatch>;
export type Line = BatchView['lines'][number];
export type Point = Line['points'][number];
export type Meaning = BatchView['meanings'][number];
export type Operation = BodyOf<typeof batchesApi.reviewBatch>['operation'];
export type View = ResponseOf<typeof viewsApi.listViews>['rows'][number];
export type ViewBody = BodyOf<typeof viewsApi.addView>;

/** A review in the hands of its parts: one step at a time. */
export interface Review {
  readonly run: (operation: Operation) => Promise<boolean>;
  readonly busy: boolean;
  readonly today: string;
  readonly usualDays: BatchView['usualDays'];
  /** Units that a wording may mean, best first. */
  readonly candidates: (text: string) => Meaning['candidates'];
}

export const batchTone: Readonly<Record<BatchState, StatusTone>> = {
  reading: 'waiting',
  unreadable: 'alarm',
  reviewing: 'active',
  registered: 'done',
  withdrawn: 'stopped',
};

/** Formats that can be read, as the file chooser knows them. */
export const listExtensions = ['docx', 'doc', 'wps', 'pdf', 'xlsx', 'xls', 'txt', 'html', 'htm', 'ofd', 'rtf'] as const;

/** 62% of the problems of a list are closed; 「—」 while none was registered. */
export const closedShare = (closing: Batch['closing']): string =>
  closing.problems === 0 ? '—' : `${Math.floor((closing.closed / closing.problems) * 100)}%`;

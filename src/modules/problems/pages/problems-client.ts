import type { QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { filesApi } from '../../../platform/files/api.ts';
import { client } from '../../../platform/web/client.ts';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { slot } from '../../../platform/web/slot.tsx';
import { listAddress } from '../../../platform/web/use-list-query.ts';
import { problemsApi } from '../api.ts';
import type { ProblemState } from '../lifecycle.ts';

export const api = client(problemsApi);
export const files = client(filesApi);

export type ProblemLine = ResponseOf<typeof problemsApi.listProblems>['rows'][number];
export type ProblemView = ResponseOf<typeof problemsApi.viewProblem>;
export type ProblemQuery = QueryOf<typeof problemsApi.listProblems>;
export type ProblemPhoto = ProblemView['photos'][number];

/** Panels that this room's own parts (look-backs) and higher rooms (supervision) show on a problem's page. */
export const problemPanels = slot<{ problemId: string; view: ProblemView }>('problem.panels');

export const stateTone: Readonly<Record<ProblemState, StatusTone>> = {
  toReceive: 'waiting',
  underway: 'active',
  toRecheck: 'waiting',
  toClose: 'waiting',
  closed: 'done',
  disputed: 'alarm',
  planned: 'plain',
  withdrawn: 'stopped',
  merged: 'stopped',
  unfounded: 'stopped',
};

/** Address of the ledger with filters set. */
export const ledgerAddress = (query: Readonly<Record<string, readonly string[] | string | null | undefined>>): string =>
  listAddress('/problems', query);

/** Address of a stored file, for pictures and links. */
export const fileAddress = (fileId: string): string => files.openFile.address({ params: { id: fileId } });

/** Pictures that every browser shows; others (HEIC, documents) are offered as files. */
export const isShown = (type: string): boolean => /^image\/(jpeg|png|gif|webp|bmp)$/.test(type);

import type { ReactNode } from 'react';
import type { ResponseOf } from '../../../kernel/contract.ts';
import { client } from '../../../platform/web/client.ts';
import { slot } from '../../../platform/web/slot.tsx';
import { figuresApi } from '../api-figures.ts';

export const figures = client(figuresApi);
export type Shown = ResponseOf<typeof figuresApi.problemFigures>;
export type ShownMap = ResponseOf<typeof figuresApi.problemMap>;
export type Completion = ResponseOf<typeof figuresApi.batchCompletion>;

/** Where a higher room may draw its map under the dots; `plain` is what is shown without one. */
export const problemMapGround = slot<{ map: ShownMap; plain: ReactNode; onOpen: (to: string) => void }>(
  'problem.mapGround',
);

/** Thousands are set apart: 12,345. */
export const counted = (count: number): string => count.toLocaleString('en-US');
export const percent = (share: number | null): string => (share === null ? '—' : `${share}%`);

import type { BodyOf, QueryOf, ResponseOf } from '../../../kernel/contract.ts';
import { filesApi } from '../../../platform/files/api.ts';
import { client } from '../../../platform/web/client.ts';
import type { HomeGroup } from '../../../platform/web/parts/HomeGroups.tsx';
import type { StatusTone } from '../../../platform/web/parts/StatusTag.tsx';
import { slot } from '../../../platform/web/slot.tsx';
import { tasksApi } from '../api.ts';
import type { TaskState } from '../lifecycle.ts';

export const api = client(tasksApi);
export const files = client(filesApi);

export type TaskLine = ResponseOf<typeof tasksApi.listTasks>['rows'][number];
export type TaskView = ResponseOf<typeof tasksApi.viewTask>;
export type TaskQuery = QueryOf<typeof tasksApi.listTasks>;
export type BatchBody = BodyOf<typeof tasksApi.batchTasks>;

/** Panels that higher rooms show on a task's page. */
export const taskPanels = slot<{ taskId: string; planId: string | null }>('task.panels');

/**
 * What awaits the person in higher rooms: a filler draws nothing, it reports its groups under its own name, and the
 * home page shows them among the others.
 */
export const homeGroups = slot<{ report: (room: string, groups: readonly HomeGroup[]) => void }>('home.groups');

/** What higher rooms find for the words in the header's search box; each shows a card of its own. */
export const searchPanels = slot<{ q: string }>('search.found');

export const stateTone: Readonly<Record<TaskState, StatusTone>> = {
  toReceive: 'waiting',
  underway: 'active',
  submitted: 'waiting',
  closed: 'done',
  disputed: 'alarm',
  suspended: 'stopped',
  withdrawn: 'stopped',
};

/** Where the source sentence stands in its plan. */
export function sourceAddress(origin: TaskView['origin']): string | null {
  if (!origin.planId) return null;
  const place = origin.place ? `?from=${origin.place.start}&to=${origin.place.end}` : '';
  return `/plans/${origin.planId}/text${place}`;
}

export type { NewTask, TaskOrigin } from '../task.ts';
export { createTasks } from './create-tasks.ts';
export { taskRecord } from './store.ts';

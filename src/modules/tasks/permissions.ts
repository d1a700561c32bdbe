import type { Permissions } from '../../kernel/permission.ts';

/** Coarse doors only; who may do what to which task is in `lifecycle.ts` and `situation.ts`. */
export const tasksPermissions: Permissions = {
  /** The home page; what it shows beside tasks is lent by higher rooms. */
  'home.read': {
    word: '查看待办',
    roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector', 'gridWorker'],
  },
  'task.read': { word: '查看任务', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'task.export': { word: '导出任务', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'task.work': { word: '办理任务', roles: ['officer', 'clerk', 'unitLeader'] },
  'task.direct': { word: '调度任务', roles: ['officer'] },
  'task.check': { word: '核查与审批', roles: ['officer', 'clerk', 'unitLeader'] },
};

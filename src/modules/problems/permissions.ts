import type { Permissions } from '../../kernel/permission.ts';

/** Coarse doors only; who may do what to which problem is in `lifecycle.ts` and `situation.ts`. */
export const problemsPermissions: Permissions = {
  'problem.read': {
    word: '查看问题',
    roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector', 'gridWorker'],
  },
  'problem.export': { word: '导出问题台账', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'problem.register': { word: '登记问题', roles: ['officer', 'clerk', 'unitLeader', 'inspector', 'gridWorker'] },
  'problem.work': { word: '整改问题', roles: ['officer', 'clerk', 'unitLeader', 'inspector', 'gridWorker'] },
  'problem.recheck': { word: '复查与审批问题', roles: ['officer', 'clerk', 'unitLeader', 'inspector'] },
  'problem.direct': { word: '调度与销号', roles: ['officer'] },
};

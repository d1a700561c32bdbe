import type { Permissions } from '../../kernel/permission.ts';

/** Coarse doors only; who may do what to which problem is in `lifecycle.ts` and `situation.ts`. */
export const problemsPermissions: Permissions = {
  'problem.read': {
    word: '查看问题',
    roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector', 'gridWorker'],
    machine: true,
  },
  'problem.export': { word: '导出问题台账', roles: ['officer', 'clerk', 'unitLeader', 'leader'], machine: true },
  'problem.register': {
    word: '登记问题',
    roles: ['officer', 'clerk', 'unitLeader', 'inspector', 'gridWorker'],
    machine: true,
  },
  'problem.work': {
    word: '整改问题',
    roles: ['officer', 'clerk', 'unitLeader', 'inspector', 'gridWorker'],
    machine: true,
  },
  'problem.recheck': { word: '复查与审批问题', roles: ['officer', 'clerk', 'unitLeader', 'inspector'] },
  'problem.direct': { word: '调度与销号', roles: ['officer'] },
  'problem.criteria': { word: '维护判定标准', roles: ['officer'] },
  'problem.import': { word: '导入问题清单', roles: ['officer', 'clerk'] },
  'problem.view.change': { word: '设置清单视图', roles: ['officer', 'clerk', 'unitLeader'] },
  'figures.read': { word: '查看态势', roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector'] },
  'lookBack.read': { word: '查看回头看', roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector'] },
  'lookBack.check': { word: '核查回头看', roles: ['officer', 'clerk', 'unitLeader', 'inspector'] },
  'lookBack.direct': { word: '组织回头看', roles: ['officer'] },
  'measure.read': { word: '查看制度措施', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'measure.work': { word: '办理制度措施', roles: ['officer', 'clerk', 'unitLeader'] },
};

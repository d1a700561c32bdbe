import type { Permissions } from '../../kernel/permission.ts';

/**
 * Who may read and change the register. Beyond this the scope decides: offices see their jurisdiction, everybody else the
 * enterprises of which his unit is the regulator or the town.
 */
export const enterprisesPermissions = {
  'enterprise.read': {
    word: '查看企业和场所',
    roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector', 'gridWorker'],
  },
  'enterprise.register': {
    word: '登记企业和场所',
    roles: ['officer', 'clerk', 'unitLeader', 'inspector', 'gridWorker'],
  },
  'enterprise.change': { word: '维护企业和场所', roles: ['officer', 'clerk', 'unitLeader'] },
  'enterprise.import': { word: '导入企业名录', roles: ['officer', 'clerk'] },
} as const satisfies Permissions;

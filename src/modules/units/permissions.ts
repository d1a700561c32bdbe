import type { Permissions } from '../../kernel/permission.ts';

/** Who may read and change the organisation. Task forces are business: administrators of the system do not see them. */
export const unitsPermissions = {
  'unit.read': {
    word: '查看单位',
    roles: ['systemAdmin', 'officer', 'clerk', 'unitLeader', 'leader', 'inspector', 'gridWorker'],
  },
  'unit.change': { word: '维护单位', roles: ['systemAdmin', 'officer'] },
  'person.read': { word: '查看人员', roles: ['systemAdmin', 'officer', 'clerk', 'unitLeader', 'leader'] },
  'person.change': { word: '维护人员', roles: ['systemAdmin', 'officer'] },
  'unitGroup.read': {
    word: '查看分组',
    roles: ['systemAdmin', 'officer', 'clerk', 'unitLeader', 'leader', 'inspector'],
  },
  'unitGroup.change': { word: '维护分组', roles: ['systemAdmin', 'officer'] },
  'taskForce.read': { word: '查看专班', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'taskForce.change': { word: '维护专班', roles: ['officer'] },
} as const satisfies Permissions;

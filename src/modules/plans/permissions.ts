import type { Permissions } from '../../kernel/permission.ts';

/** Plans are made by the committee office; units read what concerns them and file their own sub-plans. */
export const plansPermissions: Permissions = {
  'plan.read': { word: '查看方案', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'plan.review': { word: '导入和校核方案', roles: ['officer'] },
  'plan.adopt': { word: '采用、撤回方案', roles: ['officer'] },
  'plan.map': { word: '对接上级任务', roles: ['officer'] },
  'event.read': { word: '查看事件', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'event.date': { word: '设定事件日期', roles: ['officer'] },
  'filing.read': { word: '查看子方案报送', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'filing.ask': { word: '要求报送子方案', roles: ['officer'] },
  'filing.file': { word: '报送子方案', roles: ['clerk', 'unitLeader', 'officer'] },
  'filing.judge': { word: '审查子方案', roles: ['officer'] },
};

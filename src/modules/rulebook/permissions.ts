import type { Permissions } from '../../kernel/permission.ts';

/** Whoever keeps the rules of the rooms may take them out and bring them in as one workbook. */
export const rulebookPermissions: Permissions = {
  'rulebook.read': { word: '导出规则与样式', roles: ['officer'] },
  'rulebook.change': { word: '导入规则与样式', roles: ['officer'] },
};

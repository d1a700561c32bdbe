import type { Permissions } from '../../kernel/permission.ts';

/** A document is seen by whoever sees the item for which it was issued. */
export const lettersPermissions: Permissions = {
  'letter.read': { word: '查看公文', roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector'] },
  'letter.templates': { word: '维护公文模板和发文机关资料', roles: ['officer'] },
};

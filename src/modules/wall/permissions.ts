import type { Permissions } from '../../kernel/permission.ts';

/** The wall shows everybody what his scope lets him see; only the office changes the map under it. */
export const wallPermissions = {
  'wall.read': { word: '查看挂图', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'wall.map': { word: '更换挂图底图', roles: ['officer'] },
} as const satisfies Permissions;

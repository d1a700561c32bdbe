import type { Permissions } from '../../kernel/permission.ts';

/** Files follow their item: besides these, whoever does not see the item does not see its files. */
export const filePermissions: Permissions = {
  'file.read': {
    word: '查看附件',
    roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector', 'gridWorker'],
    machine: true,
  },
  'file.add': { word: '上传附件', roles: ['officer', 'clerk', 'unitLeader', 'inspector', 'gridWorker'], machine: true },
};

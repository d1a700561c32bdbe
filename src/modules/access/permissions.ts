import type { Permissions } from '../../kernel/permission.ts';

/** Accounts belong to the system administrator, the audit log to the audit administrator, and to nobody else. */
export const accessPermissions = {
  'account.read': { word: '查看账号', roles: ['systemAdmin', 'auditAdmin'] },
  'account.change': { word: '管理账号', roles: ['systemAdmin'] },
  'apiKey.read': { word: '查看接口密钥', roles: ['systemAdmin', 'auditAdmin'] },
  'apiKey.change': { word: '管理接口密钥', roles: ['systemAdmin'] },
  'audit.read': { word: '查看操作日志', roles: ['auditAdmin'] },
} as const satisfies Permissions;

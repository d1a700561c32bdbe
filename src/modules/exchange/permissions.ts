import type { Permissions } from '../../kernel/permission.ts';

/** Who may tell other systems is a matter of administration; what they are told is limited by the webhook's own scope. */
export const exchangePermissions: Permissions = {
  'webhook.read': { word: '查看消息推送', roles: ['systemAdmin', 'auditAdmin'] },
  'webhook.change': { word: '管理消息推送', roles: ['systemAdmin'] },
};

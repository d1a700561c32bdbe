import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';

/** Pages of accounts, sessions and the log; signing in and changing the password belong to the shell. */
export const accessPages: readonly PageEntry[] = [
  {
    path: '/accounts',
    title: '账号',
    permission: 'account.read',
    menu: { group: '系统', order: 10 },
    element: lazyPage(async () => (await import('./AccountsPage.tsx')).AccountsPage),
  },
  {
    path: '/api-keys',
    title: '接口密钥',
    permission: 'apiKey.read',
    menu: { group: '系统', order: 15 },
    element: lazyPage(async () => (await import('./ApiKeysPage.tsx')).ApiKeysPage),
  },
  {
    path: '/audit',
    title: '操作日志',
    permission: 'audit.read',
    menu: { group: '系统', order: 20 },
    element: lazyPage(async () => (await import('./AuditPage.tsx')).AuditPage),
  },
  {
    path: '/sessions',
    title: '我的登录',
    permission: 'signedIn',
    menu: { group: '系统', order: 90 },
    element: lazyPage(async () => (await import('./MySessionsPage.tsx')).MySessionsPage),
  },
];

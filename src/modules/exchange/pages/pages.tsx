import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';

/** What other systems are told. */
export const exchangePages: readonly PageEntry[] = [
  {
    path: '/webhooks',
    title: '消息推送',
    permission: 'webhook.read',
    menu: { group: '系统', order: 16 },
    element: lazyPage(async () => (await import('./WebhooksPage.tsx')).WebhooksPage),
  },
];

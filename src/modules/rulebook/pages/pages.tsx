import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';

export const rulebookPages: readonly PageEntry[] = [
  {
    path: '/rulebook',
    title: '规则与样式',
    permission: 'rulebook.read',
    menu: { group: '系统', order: 35 },
    element: lazyPage(async () => (await import('./RulebookPage.tsx')).RulebookPage),
  },
];

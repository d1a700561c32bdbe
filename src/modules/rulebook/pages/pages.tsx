import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';

export const rulebookPages: readonly PageEntry[] = [
  {
    path: '/rulebook',
    title: '规则与样式',
    permission: 'rulebook.read',
    menu: { group: '规则样式', order: 5 },
    element: lazyPage(async () => (await import('./RulebookPage.tsx')).RulebookPage),
  },
];

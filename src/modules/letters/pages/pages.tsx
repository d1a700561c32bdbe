import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';

/** The pages of this room; each is loaded when it is first opened. */
export const lettersPages: readonly PageEntry[] = [
  {
    path: '/document-templates',
    title: '公文模板',
    permission: 'letter.templates',
    menu: { group: '规则样式', order: 70 },
    element: lazyPage(async () => (await import('./TemplatesPage.tsx')).TemplatesPage),
  },
];

import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';

/** Lists of superiors, workbooks and list views. */
export const batchPages: readonly PageEntry[] = [
  {
    path: '/problem-batches',
    title: '问题批次',
    permission: 'problem.read',
    menu: { group: '问题隐患', order: 30 },
    element: lazyPage(async () => (await import('./BatchListPage.tsx')).BatchListPage),
  },
  {
    path: '/problem-batches/:id',
    title: '批次详情',
    permission: 'problem.read',
    element: lazyPage(async () => (await import('./BatchPage.tsx')).BatchPage),
  },
  {
    path: '/problem-sheets',
    title: '导入问题隐患表格',
    permission: 'problem.import',
    element: lazyPage(async () => (await import('./ImportSheetPage.tsx')).ImportSheetPage),
  },
  {
    path: '/problem-views',
    title: '清单视图',
    permission: 'problem.read',
    menu: { group: '规则样式', order: 80 },
    element: lazyPage(async () => (await import('./ViewListPage.tsx')).ViewListPage),
  },
  {
    path: '/problem-views/:id',
    title: '清单',
    permission: 'problem.read',
    element: lazyPage(async () => (await import('./ViewPage.tsx')).ViewPage),
  },
];

import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';

/** The pages of this room; each is loaded when it is first opened. */
export const enterprisesPages: readonly PageEntry[] = [
  {
    path: '/enterprises',
    title: '企业名录',
    permission: 'enterprise.read',
    menu: { group: '问题隐患', order: 70 },
    element: lazyPage(async () => (await import('./EnterprisesPage.tsx')).EnterprisesPage),
  },
  {
    path: '/enterprises/new',
    title: '登记企业或场所',
    permission: 'enterprise.register',
    element: lazyPage(async () => (await import('./RegisterEnterprisePage.tsx')).RegisterEnterprisePage),
  },
  {
    path: '/enterprises/import',
    title: '导入企业名录',
    permission: 'enterprise.import',
    element: lazyPage(async () => (await import('./ImportEnterprisesPage.tsx')).ImportEnterprisesPage),
  },
  {
    path: '/enterprises/:id',
    title: '企业档案',
    permission: 'enterprise.read',
    element: lazyPage(async () => (await import('./EnterprisePage.tsx')).EnterprisePage),
  },
  {
    path: '/enterprises/:id/change',
    title: '修改档案',
    permission: 'enterprise.change',
    element: lazyPage(async () => (await import('./ChangeEnterprisePage.tsx')).ChangeEnterprisePage),
  },
  {
    path: '/e/:number',
    title: '扫码打开',
    permission: 'enterprise.read',
    element: lazyPage(async () => (await import('./NumberPage.tsx')).NumberPage),
  },
];

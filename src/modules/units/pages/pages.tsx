import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';

/** Pages of the organisation. */
export const unitsPages: readonly PageEntry[] = [
  {
    path: '/units',
    title: '单位',
    permission: 'unit.read',
    menu: { group: '组织', order: 10 },
    element: lazyPage(async () => (await import('./UnitsPage.tsx')).UnitsPage),
  },
  {
    path: '/people',
    title: '人员',
    permission: 'person.read',
    menu: { group: '组织', order: 20 },
    element: lazyPage(async () => (await import('./PeoplePage.tsx')).PeoplePage),
  },
  {
    path: '/unit-groups',
    title: '单位分组',
    permission: 'unitGroup.read',
    menu: { group: '组织', order: 30 },
    element: lazyPage(async () => (await import('./GroupsPage.tsx')).GroupsPage),
  },
  {
    path: '/task-forces',
    title: '专班',
    permission: 'taskForce.read',
    menu: { group: '组织', order: 40 },
    element: lazyPage(async () => (await import('./TaskForcesPage.tsx')).TaskForcesPage),
  },
  {
    path: '/units/import',
    title: '导入组织机构',
    permission: 'unit.change',
    element: lazyPage(async () => (await import('./ImportUnitsPage.tsx')).ImportUnitsPage),
  },
];

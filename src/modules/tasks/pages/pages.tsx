import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';

/** The pages of this room; each is loaded when it is first opened. */
export const tasksPages: readonly PageEntry[] = [
  {
    path: '/',
    title: '待我处理',
    permission: 'home.read',
    menu: { group: '我的工作', order: 10 },
    element: lazyPage(async () => (await import('./HomePage.tsx')).HomePage),
  },
  {
    path: '/tasks',
    title: '任务清单',
    permission: 'task.read',
    menu: { group: '任务', order: 10 },
    element: lazyPage(async () => (await import('./TaskListPage.tsx')).TaskListPage),
  },
  {
    path: '/tasks/:id',
    title: '任务详情',
    permission: 'task.read',
    element: lazyPage(async () => (await import('./TaskPage.tsx')).TaskPage),
  },
  {
    path: '/search',
    title: '搜索',
    permission: 'home.read',
    element: lazyPage(async () => (await import('./SearchPage.tsx')).SearchPage),
  },
];

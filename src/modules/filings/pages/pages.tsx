import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { homeGroups } from '../../tasks/pages/tasks-client.ts';

fillSlot(homeGroups, async () => (await import('./HomeFilings.tsx')).HomeFilings, {
  permission: 'periodicReport.file',
  load: true,
  order: 40,
});

/** The pages of this room; each is loaded when it is first opened. */
export const filingsPages: readonly PageEntry[] = [
  {
    path: '/periodic-reports',
    title: '报送',
    permission: 'periodicReport.read',
    menu: { group: '我的工作', order: 30 },
    element: lazyPage(async () => (await import('./FilingsPage.tsx')).FilingsPage),
  },
  {
    path: '/periodic-reports/:id',
    title: '报送详情',
    permission: 'periodicReport.read',
    element: lazyPage(async () => (await import('./FilingPage.tsx')).FilingPage),
  },
  {
    path: '/told-stories',
    title: '案例和做法',
    permission: 'periodicReport.read',
    menu: { group: '我的工作', order: 32 },
    element: lazyPage(async () => (await import('./StoriesPage.tsx')).StoriesPage),
  },
  {
    path: '/report-rhythms',
    title: '报送制度',
    permission: 'periodicReport.read',
    menu: { group: '规则样式', order: 40 },
    element: lazyPage(async () => (await import('./RhythmsPage.tsx')).RhythmsPage),
  },
];

import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { taskPanels } from '../../tasks/pages/tasks-client.ts';

fillSlot(taskPanels, async () => (await import('./TaskSourcePanel.tsx')).TaskSourcePanel, {
  order: 10,
  permission: 'plan.read',
  load: true,
});

/** The pages of this room; each is loaded when it is first opened. */
export const plansPages: readonly PageEntry[] = [
  {
    path: '/plans',
    title: '方案台账',
    permission: 'plan.read',
    menu: { group: '方案', order: 10 },
    element: lazyPage(async () => (await import('./PlansPage.tsx')).PlansPage),
  },
  {
    path: '/plans/:id',
    title: '方案详情',
    permission: 'plan.read',
    element: lazyPage(async () => (await import('./PlanPage.tsx')).PlanPage),
  },
  {
    path: '/plans/:id/review',
    title: '方案校核',
    permission: 'plan.review',
    element: lazyPage(async () => (await import('./ReviewPage.tsx')).ReviewPage),
  },
  {
    path: '/plans/:id/text',
    title: '方案原文',
    permission: 'plan.read',
    element: lazyPage(async () => (await import('./PlanTextPage.tsx')).PlanTextPage),
  },
  {
    path: '/plans/:id/mapping',
    title: '上级任务对接',
    permission: 'plan.read',
    element: lazyPage(async () => (await import('./MappingPage.tsx')).MappingPage),
  },
  {
    path: '/filings',
    title: '子方案报送',
    permission: 'filing.read',
    menu: { group: '方案', order: 20 },
    element: lazyPage(async () => (await import('./FilingsPage.tsx')).FilingsPage),
  },
  {
    path: '/events',
    title: '事件与时限',
    permission: 'event.read',
    menu: { group: '方案', order: 30 },
    element: lazyPage(async () => (await import('./EventsPage.tsx')).EventsPage),
  },
];

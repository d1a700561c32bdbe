import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { homeGroups } from '../../tasks/pages/tasks-client.ts';
import { problemPanels } from './problems-client.ts';

fillSlot(problemPanels, async () => (await import('./LookBackPanel.tsx')).LookBackPanel, {
  permission: 'lookBack.read',
  load: true,
  order: 20,
});
fillSlot(homeGroups, async () => (await import('./LookBackPanel.tsx')).HomeLookBacks, {
  permission: 'lookBack.check',
  load: true,
  order: 40,
});

/** 态势, 回头看, 制度措施. */
export const figurePages: readonly PageEntry[] = [
  {
    path: '/problem-figures',
    title: '态势',
    permission: 'figures.read',
    menu: { group: '问题隐患', order: 40 },
    element: lazyPage(async () => (await import('./FiguresPage.tsx')).FiguresPage),
  },
  {
    path: '/look-backs',
    title: '回头看',
    permission: 'lookBack.read',
    menu: { group: '问题隐患', order: 50 },
    element: lazyPage(async () => (await import('./LookBackListPage.tsx')).LookBackListPage),
  },
  {
    path: '/look-backs/new',
    title: '发起回头看',
    permission: 'lookBack.direct',
    element: lazyPage(async () => (await import('./LookBackNewPage.tsx')).LookBackNewPage),
  },
  {
    path: '/look-backs/results',
    title: '核查结果',
    permission: 'lookBack.read',
    element: lazyPage(async () => (await import('./LookBackResultsPage.tsx')).LookBackResultsPage),
  },
  {
    path: '/look-backs/:id',
    title: '回头看详情',
    permission: 'lookBack.read',
    element: lazyPage(async () => (await import('./LookBackPage.tsx')).LookBackPage),
  },
  {
    path: '/measures',
    title: '制度措施',
    permission: 'measure.read',
    menu: { group: '问题隐患', order: 55 },
    element: lazyPage(async () => (await import('./MeasureListPage.tsx')).MeasureListPage),
  },
  {
    path: '/measures/new',
    title: '梳理制度措施',
    permission: 'measure.work',
    element: lazyPage(async () => (await import('./MeasurePage.tsx')).MeasureNewPage),
  },
  {
    path: '/measures/:id',
    title: '制度措施详情',
    permission: 'measure.read',
    element: lazyPage(async () => (await import('./MeasurePage.tsx')).MeasurePage),
  },
];

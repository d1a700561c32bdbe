import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { enterpriseMap } from '../../enterprises/pages/slots.ts';
import { problemMapGround } from '../../problems/pages/figures-client.ts';

fillSlot(problemMapGround, async () => (await import('./ProblemMapGround.tsx')).ProblemMapGround, {
  permission: 'wall.read',
  load: true,
});
fillSlot(enterpriseMap, async () => (await import('./EnterprisePlace.tsx')).EnterprisePlace, {
  permission: 'wall.read',
  load: true,
});

export const wallPages: readonly PageEntry[] = [
  {
    path: '/day',
    title: '今日',
    permission: 'wall.read',
    menu: { group: '我的工作', order: 5 },
    element: lazyPage(async () => (await import('./DayPage.tsx')).DayPage),
  },
  {
    path: '/wall',
    title: '挂图作战',
    permission: 'wall.read',
    menu: { group: '挂图作战', order: 10, label: '作战图' },
    element: lazyPage(async () => (await import('./BoardPage.tsx')).BoardPage),
  },
  {
    path: '/wall/screen',
    title: '大屏',
    permission: 'wall.read',
    menu: { group: '挂图作战', order: 20, label: '大屏' },
    bare: true,
    plain: true,
    element: lazyPage(async () => (await import('./ScreenPage.tsx')).ScreenPage),
  },
  {
    path: '/wall/map',
    title: '底图',
    permission: 'wall.map',
    menu: { group: '规则样式', order: 90, label: '更换底图' },
    element: lazyPage(async () => (await import('./MapPage.tsx')).MapPage),
  },
];

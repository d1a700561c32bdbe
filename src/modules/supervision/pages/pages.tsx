import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { problemPanels } from '../../problems/pages/problems-client.ts';
import { homeGroups, taskPanels } from '../../tasks/pages/tasks-client.ts';
import { unitPanels } from '../../units/pages/slots.ts';

const lent = { permission: 'listing.read', load: true } as const;
fillSlot(homeGroups, async () => (await import('./HomeListings.tsx')).HomeListings, { ...lent, order: 120 });
fillSlot(problemPanels, async () => (await import('./ProblemListings.tsx')).ProblemListings, { ...lent, order: 20 });
fillSlot(problemPanels, async () => (await import('./ProblemDutyChain.tsx')).ProblemDutyChain, {
  permission: 'dutyChain.read',
  load: true,
  order: 24,
});

const pressing = { permission: 'pressure.read', load: true } as const;
fillSlot(homeGroups, async () => (await import('./pressures/HomePressures.tsx')).HomePressures, {
  ...pressing,
  order: 115,
});
fillSlot(problemPanels, async () => (await import('./pressures/ItemPressures.tsx')).ProblemPressures, {
  ...pressing,
  order: 22,
});
fillSlot(taskPanels, async () => (await import('./pressures/ItemPressures.tsx')).TaskPressures, {
  ...pressing,
  order: 30,
});
fillSlot(unitPanels, async () => (await import('./pressures/ItemPressures.tsx')).UnitPressures, {
  ...pressing,
  order: 10,
});

/** The pages of this room; each is loaded when it is first opened. */
export const supervisionPages: readonly PageEntry[] = [
  {
    path: '/listings',
    title: '挂牌督办',
    permission: 'listing.read',
    menu: { group: '问题隐患', order: 40 },
    element: lazyPage(async () => (await import('./ListingsPage.tsx')).ListingsPage),
  },
  {
    path: '/listings/missing',
    title: '应挂牌未挂牌',
    permission: 'listing.read',
    element: lazyPage(async () => (await import('./MissingPage.tsx')).MissingPage),
  },
  {
    path: '/listings/:id',
    title: '挂牌督办详情',
    permission: 'listing.read',
    element: lazyPage(async () => (await import('./ListingPage.tsx')).ListingPage),
  },
  {
    path: '/duty-chains/:id',
    title: '责任倒查',
    permission: 'dutyChain.read',
    element: lazyPage(async () => (await import('./DutyChainPage.tsx')).DutyChainPage),
  },
  {
    path: '/listing-rules',
    title: '应挂牌规则',
    permission: 'listing.read',
    menu: { group: '规则样式', order: 20 },
    element: lazyPage(async () => (await import('./RulesPage.tsx')).RulesPage),
  },
  {
    path: '/pressures',
    title: '督促措施',
    permission: 'pressure.read',
    menu: { group: '问题隐患', order: 42 },
    element: lazyPage(async () => (await import('./pressures/PressuresPage.tsx')).PressuresPage),
  },
  {
    path: '/pressures/:id',
    title: '督促措施详情',
    permission: 'pressure.read',
    element: lazyPage(async () => (await import('./pressures/PressurePage.tsx')).PressurePage),
  },
  {
    path: '/pressure-rules',
    title: '督促规则',
    permission: 'pressure.read',
    menu: { group: '规则样式', order: 30 },
    element: lazyPage(async () => (await import('./pressures/PressureRulesPage.tsx')).PressureRulesPage),
  },
];

import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { problemPanels } from '../../problems/pages/problems-client.ts';
import { homeGroups } from '../../tasks/pages/tasks-client.ts';

const lent = { permission: 'listing.read', load: true } as const;
fillSlot(homeGroups, async () => (await import('./HomeListings.tsx')).HomeListings, { ...lent, order: 120 });
fillSlot(problemPanels, async () => (await import('./ProblemListings.tsx')).ProblemListings, { ...lent, order: 20 });

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
    path: '/listing-rules',
    title: '应挂牌规则',
    permission: 'listing.read',
    menu: { group: '问题隐患', order: 82 },
    element: lazyPage(async () => (await import('./RulesPage.tsx')).RulesPage),
  },
];

import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { homeGroups } from '../../tasks/pages/tasks-client.ts';

fillSlot(homeGroups, async () => (await import('./HomeBulletins.tsx')).HomeBulletins, {
  permission: 'bulletin.decide',
  load: true,
  order: 130,
});

/** The pages of this room; each is loaded when it is first opened. */
export const bulletinsPages: readonly PageEntry[] = [
  {
    path: '/bulletins',
    title: '日报、周通报、月调度',
    permission: 'bulletin.read',
    menu: { group: '挂图作战', order: 40, label: '日报周报月报' },
    element: lazyPage(async () => (await import('./BulletinsPage.tsx')).BulletinsPage),
  },
  {
    path: '/bulletins/:id',
    title: '通报',
    permission: 'bulletin.read',
    element: lazyPage(async () => (await import('./BulletinPage.tsx')).BulletinPage),
  },
  {
    path: '/bulletins/:id/print',
    title: '打印通报',
    permission: 'bulletin.read',
    bare: true,
    element: lazyPage(async () => (await import('./PrintPage.tsx')).PrintPage),
  },
  {
    path: '/bulletin-forms',
    title: '通报种类',
    permission: 'bulletin.read',
    menu: { group: '规则样式', order: 50 },
    element: lazyPage(async () => (await import('./FormsPage.tsx')).FormsPage),
  },
];

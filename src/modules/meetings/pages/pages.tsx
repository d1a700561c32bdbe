import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { homeGroups } from '../../tasks/pages/tasks-client.ts';

fillSlot(homeGroups, async () => (await import('./HomeMeetings.tsx')).HomeMeetings, {
  permission: 'meeting.read',
  load: true,
  order: 118,
});

const group = '会议责任' as const;

/** The pages of this room; each is loaded when it is first opened. */
export const meetingsPages: readonly PageEntry[] = [
  {
    path: '/meetings',
    title: '会议',
    permission: 'meeting.read',
    menu: { group, order: 10 },
    element: lazyPage(async () => (await import('./MeetingsPage.tsx')).MeetingsPage),
  },
  {
    path: '/meetings/:id',
    title: '会议详情',
    permission: 'meeting.read',
    element: lazyPage(async () => (await import('./MeetingPage.tsx')).MeetingPage),
  },
  {
    path: '/meeting-obligations',
    title: '会议要求',
    permission: 'meeting.read',
    menu: { group: '规则样式', order: 60 },
    element: lazyPage(async () => (await import('./ObligationsPage.tsx')).ObligationsPage),
  },
  {
    path: '/responsibility-letters',
    title: '责任书',
    permission: 'duty.read',
    menu: { group, order: 20 },
    element: lazyPage(async () => (await import('./LettersPage.tsx')).LettersPage),
  },
  {
    path: '/responsibility-letters/:id',
    title: '责任书详情',
    permission: 'duty.read',
    element: lazyPage(async () => (await import('./LetterPage.tsx')).LetterPage),
  },
  {
    path: '/duty-lists',
    title: '职责清单',
    permission: 'duty.read',
    menu: { group, order: 30 },
    element: lazyPage(async () => (await import('./DutyListsPage.tsx')).DutyListsPage),
  },
  {
    path: '/duty-lists/:id',
    title: '职责清单详情',
    permission: 'duty.read',
    element: lazyPage(async () => (await import('./DutyListPage.tsx')).DutyListPage),
  },
  {
    path: '/accident-targets',
    title: '事故压降',
    permission: 'accident.read',
    menu: { group, order: 40 },
    element: lazyPage(async () => (await import('./AccidentsPage.tsx')).AccidentsPage),
  },
  {
    path: '/requests',
    title: '请示批示',
    permission: 'request.read',
    menu: { group, order: 50 },
    element: lazyPage(async () => (await import('./RequestsPage.tsx')).RequestsPage),
  },
  {
    path: '/requests/:id',
    title: '请示详情',
    permission: 'request.read',
    element: lazyPage(async () => (await import('./RequestPage.tsx')).RequestPage),
  },
  {
    path: '/special-periods',
    title: '重点时段和值班',
    permission: 'roster.read',
    menu: { group, order: 60, label: '值班' },
    element: lazyPage(async () => (await import('./PeriodsPage.tsx')).PeriodsPage),
  },
  {
    path: '/special-periods/:id',
    title: '重点时段详情',
    permission: 'roster.read',
    element: lazyPage(async () => (await import('./PeriodPage.tsx')).PeriodPage),
  },
];

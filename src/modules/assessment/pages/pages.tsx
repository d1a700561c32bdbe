import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { homeGroups } from '../../tasks/pages/tasks-client.ts';

fillSlot(homeGroups, async () => (await import('./HomeAssessment.tsx')).HomeAssessment, {
  permission: 'assessment.read',
  load: true,
  order: 150,
});

/** The pages of this room; each is loaded when it is first opened. */
export const assessmentPages: readonly PageEntry[] = [
  {
    path: '/assessment',
    title: '年度考核',
    permission: 'assessment.read',
    menu: { group: '考核', order: 10 },
    element: lazyPage(async () => (await import('./SchemesPage.tsx')).SchemesPage),
  },
  {
    path: '/assessment/new',
    title: '起草考核方案',
    permission: 'assessment.draft',
    element: lazyPage(async () => (await import('./EditorPage.tsx')).EditorPage),
  },
  {
    path: '/assessment/vetoes',
    title: '一票否决',
    permission: 'assessment.read',
    menu: { group: '考核', order: 20 },
    element: lazyPage(async () => (await import('./VetoesPage.tsx')).VetoesPage),
  },
  {
    path: '/assessment/appeals',
    title: '考核申诉',
    permission: 'assessment.read',
    menu: { group: '考核', order: 30 },
    element: lazyPage(async () => (await import('./AppealsPage.tsx')).AppealsPage),
  },
  {
    path: '/leader-reviews',
    title: '个人考核',
    permission: 'leaderReview.read',
    menu: { group: '考核', order: 32 },
    element: lazyPage(async () => (await import('./ReviewsPage.tsx')).ReviewsPage),
  },
  {
    path: '/leader-reviews/:id',
    title: '个人考核',
    permission: 'leaderReview.read',
    element: lazyPage(async () => (await import('./ReviewPage.tsx')).ReviewPage),
  },
  {
    path: '/awards',
    title: '评优与创建',
    permission: 'assessment.read',
    menu: { group: '考核', order: 34 },
    element: lazyPage(async () => (await import('./AwardsPage.tsx')).AwardsPage),
  },
  {
    path: '/awards/:id',
    title: '评选',
    permission: 'assessment.read',
    element: lazyPage(async () => (await import('./AwardPage.tsx')).AwardPage),
  },
  {
    path: '/assessment/screen',
    title: '考核大屏',
    permission: 'assessment.read',
    menu: { group: '考核', order: 40, label: '考核大屏' },
    bare: true,
    plain: true,
    element: lazyPage(async () => (await import('./BoardScreen.tsx')).BoardScreen),
  },
  {
    path: '/assessment/:id',
    title: '考核方案',
    permission: 'assessment.read',
    element: lazyPage(async () => (await import('./SchemePage.tsx')).SchemePage),
  },
  {
    path: '/assessment/:id/edit',
    title: '修改考核方案',
    permission: 'assessment.draft',
    element: lazyPage(async () => (await import('./EditorPage.tsx')).EditorPage),
  },
  {
    path: '/assessment/:id/units/:unitId',
    title: '考核表',
    permission: 'assessment.read',
    element: lazyPage(async () => (await import('./SheetPage.tsx')).SheetPage),
  },
];

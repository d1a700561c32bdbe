import { lazyPage, type PageEntry } from '../../../platform/web/page.ts';
import { fillSlot } from '../../../platform/web/slot.tsx';
import { enterprisePanels } from '../../enterprises/pages/slots.ts';
import { planPanels } from '../../plans/pages/plans-client.ts';
import { homeGroups, searchPanels, taskPanels } from '../../tasks/pages/tasks-client.ts';
import { batchPages } from './batch-pages.tsx';
import { figurePages } from './figure-pages.ts';

const lent = { permission: 'problem.read', load: true } as const;
fillSlot(homeGroups, async () => (await import('./HomeProblems.tsx')).HomeProblems, lent);
fillSlot(searchPanels, async () => (await import('./LinkedProblems.tsx')).FoundProblems, lent);
fillSlot(taskPanels, async () => (await import('./panels.tsx')).TaskProblems, { ...lent, order: 30 });
fillSlot(enterprisePanels, async () => (await import('./panels.tsx')).EnterpriseProblems, { ...lent, order: 10 });
fillSlot(planPanels, async () => (await import('./panels.tsx')).PlanProblems, { ...lent, order: 10 });

/** The pages of this room; each is loaded when it is first opened. */
export const problemsPages: readonly PageEntry[] = [
  {
    path: '/problems',
    title: '问题台账',
    permission: 'problem.read',
    menu: { group: '问题隐患', order: 10 },
    element: lazyPage(async () => (await import('./ProblemListPage.tsx')).ProblemListPage),
  },
  {
    path: '/problems/new',
    title: '登记问题',
    permission: 'problem.register',
    menu: { group: '问题隐患', order: 20 },
    element: lazyPage(async () => (await import('./RegisterPage.tsx')).RegisterPage),
  },
  {
    path: '/problems/:id',
    title: '问题详情',
    permission: 'problem.read',
    element: lazyPage(async () => (await import('./ProblemPage.tsx')).ProblemPage),
  },
  {
    path: '/problem-criteria',
    title: '判定标准',
    permission: 'problem.read',
    menu: { group: '规则样式', order: 10 },
    element: lazyPage(async () => (await import('./CriteriaPage.tsx')).CriteriaPage),
  },
  ...batchPages,
  ...figurePages,
];

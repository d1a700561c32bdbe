import { type ComponentType, createElement, lazy, type ReactNode, Suspense } from 'react';

/** The groups of the menu, in their order. */
export const menuGroups = [
  '我的工作',
  '挂图作战',
  '方案',
  '任务',
  '问题隐患',
  '会议责任',
  '考核',
  '规则样式',
  '组织',
  '系统',
] as const;
export type MenuGroup = (typeof menuGroups)[number];

/** One page of a room; `app/browser.tsx` gathers them from each room's `pages/pages.tsx`. */
export interface PageEntry {
  /** '/tasks/:id', in the notation of react-router. */
  readonly path: string;
  /** Title of the window and last crumb; a page with a better one says it by `<PageHeader title>`. */
  readonly title: string;
  readonly element: ReactNode;
  /** 'public', 'signedIn', or a permission's name: without it the page is not in the menu and refuses to open. */
  readonly permission: string;
  readonly menu?: { readonly group: MenuGroup; readonly order: number; readonly label?: string };
  /** Without header and menu: wall screen, print. */
  readonly bare?: boolean;
  /** Does not use the component library, which is then not loaded: phone and wall screen. */
  readonly plain?: boolean;
}

/** A page that is loaded when it is first opened: `lazyPage(async () => (await import('./TaskLedger.tsx')).TaskLedger)`. */
export function lazyPage(load: () => Promise<ComponentType>): ReactNode {
  const Page = lazy(async () => ({ default: await load() }));
  return createElement(
    Suspense,
    { fallback: createElement('p', { className: 'g-loading', role: 'status' }, '正在打开…') },
    createElement(Page),
  );
}

import { matchPath } from 'react-router';
import { type MenuGroup, menuGroups, type PageEntry } from './page.ts';

export interface MenuEntry {
  readonly path: string;
  readonly label: string;
}
export interface MenuSection {
  readonly group: MenuGroup;
  readonly entries: readonly MenuEntry[];
}

/** The menu that a person sees: groups in their fixed order, without groups that are empty for him. */
export function menuFor(pages: readonly PageEntry[], may: (permission: string) => boolean): readonly MenuSection[] {
  return menuGroups
    .map((group) => ({
      group,
      entries: pages
        .filter((page) => page.menu?.group === group && may(page.permission))
        .sort((a, b) => (a.menu?.order ?? 0) - (b.menu?.order ?? 0))
        .map((page) => ({ path: page.path, label: page.menu?.label ?? page.title })),
    }))
    .filter((section) => section.entries.length > 0);
}

/** As long a menu is seen without scrolling on the usual screen; of a longer one only the groups of daily work stand open. */
const SEEN_AT_ONCE = 20;
const DAILY_GROUPS: readonly MenuGroup[] = ['我的工作', '挂图作战', '方案', '任务', '问题隐患'];

/** The groups that stand open until a person folds or opens them himself. */
export const openGroups = (sections: readonly MenuSection[]): ReadonlySet<MenuGroup> => {
  const all = sections.reduce((sum, section) => sum + section.entries.length, 0);
  const shown = all <= SEEN_AT_ONCE ? sections : sections.filter((section) => DAILY_GROUPS.includes(section.group));
  return new Set(shown.map((section) => section.group));
};

/** The page that an address opens; a fixed path wins over one with a parameter. */
export function pageAt(pages: readonly PageEntry[], pathname: string): PageEntry | undefined {
  return pages.find((page) => page.path === pathname) ?? pages.find((page) => matchPath(page.path, pathname) !== null);
}

export interface CrumbEntry {
  readonly label: string;
  readonly path: string | null;
}

/** The pages above an address, by its path. */
const pagesAbove = (pages: readonly PageEntry[], pathname: string): { path: string; page: PageEntry }[] => {
  const parts = pathname.split('/').filter(Boolean);
  return parts
    .slice(0, -1)
    .map((_part, index) => `/${parts.slice(0, index + 1).join('/')}`)
    .map((path) => ({ path, page: pageAt(pages, path) }))
    .filter((entry): entry is { path: string; page: PageEntry } => entry.page !== undefined);
};

/** The menu's group in which the page of an address stands. */
export const groupOf = (pages: readonly PageEntry[], pathname: string): MenuGroup | undefined =>
  pagesAbove(pages, pathname)[0]?.page.menu?.group ?? pageAt(pages, pathname)?.menu?.group;

/** Where one is: menu group, pages above by their path, the page itself. */
export function crumbsFor(pages: readonly PageEntry[], pathname: string, title: string | null): readonly CrumbEntry[] {
  const page = pageAt(pages, pathname);
  if (page === undefined || page.path === '/') return [];
  const above = pagesAbove(pages, pathname);
  const group = groupOf(pages, pathname);
  const own = title ?? page.title;
  return [
    ...(group === undefined || (group === own && above.length === 0) ? [] : [{ label: group, path: null }]),
    ...above.map((entry) => ({ label: entry.page.menu?.label ?? entry.page.title, path: entry.path })),
    { label: own, path: null },
  ];
}

/** Where a person lands: '/' when a room has it and he may see it, else his first menu entry. */
export function homeFor(pages: readonly PageEntry[], may: (permission: string) => boolean): string | null {
  const home = pages.find((page) => page.path === '/');
  if (home !== undefined && may(home.permission)) return '/';
  return menuFor(pages, may)[0]?.entries[0]?.path ?? null;
}

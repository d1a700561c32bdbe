import { describe, expect, it } from 'vitest';
import { crumbsFor, groupOf, homeFor, menuFor, openGroups, pageAt } from './menu.ts';
import { menuGroups, type PageEntry } from './page.ts';
import { copyOf } from './polyfills.ts';
import { mayIn } from './session.tsx';
import { readFilter, writeFilter } from './use-ledger.ts';

const pages: readonly PageEntry[] = [
  { path: '/', title: '待我处理', permission: 'task.read', menu: { group: '我的工作', order: 1 }, element: null },
  { path: '/tasks', title: '任务清单', permission: 'task.read', menu: { group: '任务', order: 2 }, element: null },
  { path: '/tasks/new', title: '新建任务', permission: 'task.create', element: null },
  { path: '/tasks/:id', title: '任务详情', permission: 'task.read', element: null },
  { path: '/audit', title: '操作日志', permission: 'audit.read', menu: { group: '系统', order: 1 }, element: null },
];
const may =
  (...held: string[]) =>
  (permission: string) =>
    held.includes(permission);

describe('菜单和当前位置', () => {
  it('菜单只列出有权限的页面，没有内容的分组不出现', () => {
    expect(menuFor(pages, may('task.read')).map((section) => section.group)).toEqual(['我的工作', '任务']);
    expect(menuFor(pages, may('audit.read'))).toEqual([
      { group: '系统', entries: [{ path: '/audit', label: '操作日志' }] },
    ]);
  });

  it('菜单不长时各组都展开；很长时只展开日常的几组，所在页面的一组总能找到', () => {
    const short = menuFor(pages, may('task.read', 'audit.read'));
    expect([...openGroups(short)]).toEqual(['我的工作', '任务', '系统']);
    const long = menuGroups.map((group) => ({
      group,
      entries: [1, 2, 3].map((at) => ({ path: `/${group}${at}`, label: `${at}` })),
    }));
    expect([...openGroups(long)]).toEqual(['我的工作', '挂图作战', '方案', '任务', '问题隐患']);
    expect(groupOf(pages, '/tasks/7')).toBe('任务');
    expect(groupOf(pages, '/audit')).toBe('系统');
  });

  it('登录后先到待我处理；没有这项权限的人到他的第一个页面', () => {
    expect(homeFor(pages, may('task.read'))).toBe('/');
    expect(homeFor(pages, may('audit.read'))).toBe('/audit');
    expect(homeFor(pages, may())).toBeNull();
  });

  it('固定地址优先于带编号的地址', () => {
    expect(pageAt(pages, '/tasks/new')?.title).toBe('新建任务');
    expect(pageAt(pages, '/tasks/7')?.title).toBe('任务详情');
    expect(pageAt(pages, '/nowhere')).toBeUndefined();
  });

  it('当前位置由分组、上级页面和本页标题组成', () => {
    expect(crumbsFor(pages, '/tasks/7', 'RW-2026-0007').map((crumb) => crumb.label)).toEqual([
      '任务',
      '任务清单',
      'RW-2026-0007',
    ]);
    expect(crumbsFor(pages, '/', null)).toEqual([]);
  });

  it('未登录的人只有公开页面的权限', () => {
    const out = { signedIn: false, rehearsal: null, today: '2026-11-22', installation: 'real' } as const;
    expect(mayIn(out, 'public')).toBe(true);
    expect(mayIn(out, 'signedIn')).toBe(false);
    expect(mayIn(out, 'task.read')).toBe(false);
  });
});

describe('筛选条件保存在地址里', () => {
  it('按默认值的类型读出，写法错误的数字视为没有', () => {
    const address = new URLSearchParams('q=危化&days=x&late=true&states=a&states=b');
    expect(readFilter(address, 'q', '')).toBe('危化');
    expect(readFilter(address, 'days', 3)).toBeUndefined();
    expect(readFilter(address, 'late', false)).toBe(true);
    expect(readFilter(address, 'states', [])).toEqual(['a', 'b']);
    expect(readFilter(address, 'absent', '')).toBeUndefined();
  });

  it('等于默认值的条件不留在地址里，清空默认条件会留下空值', () => {
    const address = new URLSearchParams('state=open');
    writeFilter(address, 'state', 'open', 'open');
    expect(address.toString()).toBe('');
    writeFilter(address, 'state', undefined, 'open');
    expect(address.toString()).toBe('state=');
    expect(readFilter(address, 'state', 'open')).toBeUndefined();
    writeFilter(address, 'states', [], ['a']);
    expect(readFilter(address, 'states', ['a'])).toEqual([]);
  });
});

describe('旧浏览器缺少的能力', () => {
  it('复制数据时不共用内部的列表，循环引用也能复制', () => {
    const source: { list: number[]; self?: unknown } = { list: [1, 2] };
    source.self = source;
    const copy = copyOf(source) as typeof source;
    copy.list.push(3);
    expect(source.list).toEqual([1, 2]);
    expect(copy.self).toBe(copy);
  });
});

import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Link, NavLink, useLocation, useNavigate } from 'react-router';
import { CrumbPlace } from './crumb.tsx';
import { crumbsFor, groupOf, menuFor, openGroups, pageAt } from './menu.ts';
import type { MenuGroup, PageEntry } from './page.ts';
import { useSession } from './session.tsx';

/** What every page must say about itself: that the clock is pretended, that the data are invented. */
export function Banners() {
  const { view, reload } = useSession();
  const told = Boolean(view.notice);
  useEffect(() => {
    if (!told) return;
    const timer = setInterval(() => void reload(), 5000);
    return () => clearInterval(timer);
  }, [told, reload]);
  if (view.rehearsal === null && !told && view.installation !== 'demonstration') return null;
  return (
    <aside aria-label="环境提示">
      {view.rehearsal !== null ? (
        <p className="g-banner g-banner-rehearsal">演练：系统时间为 {view.rehearsal}</p>
      ) : null}
      {view.notice ? <p className="g-banner g-banner-rehearsal">{view.notice}</p> : null}
      {view.installation === 'demonstration' ? (
        <p className="g-banner g-banner-demo">演示环境：区划、单位、人员和任务均为虚构，请勿录入真实数据。</p>
      ) : null}
    </aside>
  );
}

/** Opens the search page where a room has one, else the ledger of tasks with the words as its filter. */
function SearchBox({ target }: { target: '/search' | '/tasks' }) {
  const navigate = useNavigate();
  const { search, pathname } = useLocation();
  const shown = pathname === target ? (new URLSearchParams(search).get('q') ?? '') : '';
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get('q') ?? '').trim();
    if (text !== '') void navigate(`${target}?q=${encodeURIComponent(text)}`);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element `search` is unknown to the oldest browsers we support
    <form className="g-search" role="search" aria-label="全站搜索" onSubmit={submit}>
      <input
        key={shown}
        name="q"
        defaultValue={shown}
        aria-label={target === '/search' ? '搜索任务、问题、单位' : '搜索任务'}
        placeholder={target === '/search' ? '搜索任务、问题、单位（可用拼音首字母）' : '搜索任务名称、内容或编号'}
      />
      <button type="submit">搜索</button>
    </form>
  );
}

const MENU_KEY = 'guatu.menu';

/** What a person folded (false) or opened (true) on this device. */
function keptMenu(): Readonly<Record<string, boolean>> {
  try {
    return JSON.parse(localStorage.getItem(MENU_KEY) ?? '{}') as Record<string, boolean>;
  } catch {
    return {};
  }
}

function Menu({ pages, onGo }: { pages: readonly PageEntry[]; onGo: () => void }) {
  const { may } = useSession();
  const { pathname } = useLocation();
  const [kept, setKept] = useState(keptMenu);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`a[href="${pathname}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  const sections = menuFor(pages, may);
  const first = openGroups(sections);
  const here = groupOf(pages, pathname);
  // An entry that stands above another one in the menu (/wall above /wall/map) is lit only on its own page.
  const above = (path: string): boolean =>
    sections.some((section) => section.entries.some((entry) => entry.path.startsWith(`${path}/`)));
  const fold = (group: MenuGroup, open: boolean): void => {
    const next = { ...kept, [group]: open };
    setKept(next);
    try {
      localStorage.setItem(MENU_KEY, JSON.stringify(next));
    } catch {
      // a browser that keeps nothing forgets it with the page
    }
  };
  return (
    <div ref={list}>
      {sections.map(({ group, entries }) => {
        const open = group === here || (kept[group] ?? first.has(group));
        return (
          <section key={group} aria-label={group}>
            <h2>
              <button type="button" aria-expanded={open} onClick={() => fold(group, !open)}>
                {group}
              </button>
            </h2>
            <ul hidden={!open}>
              {entries.map((entry) => (
                <li key={entry.path}>
                  <NavLink to={entry.path} end={entry.path === '/' || above(entry.path)} onClick={onGo}>
                    {entry.label}
                  </NavLink>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Crumbs({ pages, title }: { pages: readonly PageEntry[]; title: string | null }) {
  const { pathname } = useLocation();
  const crumbs = crumbsFor(pages, pathname, title);
  if (crumbs.length === 0) return null;
  return (
    <nav className="g-crumbs" aria-label="当前位置">
      <ol>
        {crumbs.map((crumb, index) => (
          <li
            key={`${crumb.path ?? ''} ${crumb.label}`}
            aria-current={index === crumbs.length - 1 ? 'page' : undefined}
          >
            {crumb.path === null ? crumb.label : <Link to={crumb.path}>{crumb.label}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Header, menu, breadcrumb and footer around a page. The component library is not needed for it. */
export function Shell(props: {
  pages: readonly PageEntry[];
  children: ReactNode;
  onSignOut: () => void;
  onChangePassword: () => void;
}) {
  const { actor, view, may } = useSession();
  const { pathname } = useLocation();
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState<string | null>(null);
  const former = useRef<string | null>(null);
  const crumb = useMemo(() => ({ title, setTitle }), [title]);
  const page = pageAt(props.pages, pathname);
  const target = (['/search', '/tasks'] as const).find((path) => {
    const found = props.pages.find((each) => each.path === path);
    return found !== undefined && may(found.permission);
  });
  useEffect(() => {
    document.title = `${title ?? page?.title ?? '没有这个页面'} · Guatu 挂图`;
  }, [title, page]);
  useEffect(() => {
    setOpen(false);
    window.scrollTo(0, 0);
    // Who hears the page instead of seeing it must notice that another one opened.
    if (former.current !== null && former.current !== pathname) {
      document.getElementById('content')?.focus({ preventScroll: true });
    }
    former.current = pathname;
  }, [pathname]);
  return (
    <CrumbPlace.Provider value={crumb}>
      <a className="g-skip" href="#content">
        跳到正文
      </a>
      <Banners />
      <header className="g-header">
        <button
          type="button"
          className="g-menu-button"
          aria-expanded={open}
          aria-controls="menu"
          onClick={() => setOpen(!open)}
        >
          菜单
        </button>
        <Link to="/" className="g-brand">
          <b>
            <span lang="en">Guatu</span> 挂图
          </b>
          <span className="g-jurisdiction">{actor?.jurisdictionName}</span>
        </Link>
        {target === undefined ? <span className="g-header-space" /> : <SearchBox target={target} />}
        <span className="g-person">
          <span className="g-person-unit">{actor?.unitName ?? ''}</span>
          <b>{actor?.name}</b>
        </span>
        <button type="button" className="g-header-button g-password" onClick={props.onChangePassword}>
          修改密码
        </button>
        <button type="button" className="g-header-button" onClick={props.onSignOut}>
          退出
        </button>
      </header>
      <div className="g-body">
        <nav
          id="menu"
          className={open ? 'g-menu g-menu-open' : 'g-menu'}
          aria-label="主菜单"
          onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
        >
          <Menu pages={props.pages} onGo={() => setOpen(false)} />
        </nav>
        <div className="g-content">
          <Crumbs pages={props.pages} title={title} />
          <main id="content" tabIndex={-1}>
            {props.children}
          </main>
          <footer className="g-footer">
            Guatu 挂图 {view.version ?? __GUATU_VERSION__} · {view.today}
          </footer>
        </div>
      </div>
    </CrumbPlace.Provider>
  );
}

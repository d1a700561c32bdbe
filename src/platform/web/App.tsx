import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { BrowserRouter, Navigate, Route, Routes, useLocation } from 'react-router';
import { ChangePassword } from './ChangePassword.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { homeFor } from './menu.ts';
import type { PageEntry } from './page.ts';
import { RefusedError } from './refused.ts';
import { onSignedOut } from './request.ts';
import { SetupPage } from './SetupPage.tsx';
import { Banners, Shell } from './Shell.tsx';
import { SignInPage } from './SignIn.tsx';
import { SignInDialog } from './SignInDialog.tsx';
import { mayIn, readSession, SessionPlace, type SessionView, signOut, useSession } from './session.tsx';
import { answers } from './use-read.ts';

const loadFrame = async () => ({ default: (await import('./Frame.tsx')).Frame });
const Frame = lazy(loadFrame);
const opening = (
  <p className="g-loading" role="status">
    正在打开…
  </p>
);

function Message({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="g-card g-message">
      <h1>{title}</h1>
      {children}
    </section>
  );
}

/** A page as far as the person may open it, with the component library around it where it is used. */
function Opened({ page }: { page: PageEntry }) {
  const { may } = useSession();
  const { pathname } = useLocation();
  if (!may(page.permission)) {
    return (
      <Message title="不能打开这个页面">
        <p>您的账号没有“{page.title}”的权限。如确需办理，请联系本地安委办或系统管理员。</p>
      </Message>
    );
  }
  return (
    <ErrorBoundary key={pathname}>
      <Suspense fallback={opening}>{page.plain ? page.element : <Frame>{page.element}</Frame>}</Suspense>
    </ErrorBoundary>
  );
}

/** A page without header and menu; that the clock is pretended must be seen there too. */
function Bare({ page }: { page: PageEntry }) {
  useEffect(() => {
    document.title = `${page.title} · Guatu 挂图`;
  }, [page]);
  return (
    <>
      <Banners />
      <Opened page={page} />
    </>
  );
}

function Home({ pages }: { pages: readonly PageEntry[] }) {
  const { may } = useSession();
  const home = homeFor(pages, may);
  const page = pages.find((each) => each.path === '/');
  if (home === '/' && page !== undefined) return <Opened page={page} />;
  if (home !== null) return <Navigate to={home} replace />;
  return (
    <Message title="没有可以打开的页面">
      <p>您的账号还没有任何权限，请联系系统管理员。</p>
    </Message>
  );
}

/** Everything behind the sign-in. */
function House(props: { pages: readonly PageEntry[]; onSignOut: () => void }) {
  const [changing, setChanging] = useState(false);
  const done = useCallback(() => setChanging(false), []);
  const framed = (inside: ReactNode) => (
    <Shell pages={props.pages} onSignOut={props.onSignOut} onChangePassword={() => setChanging(true)}>
      {changing ? <ChangePassword forced={false} onDone={done} onCancel={done} /> : inside}
    </Shell>
  );
  return (
    <Routes>
      <Route path="/" element={framed(<Home pages={props.pages} />)} />
      {props.pages
        .filter((page) => page.path !== '/')
        .map((page) => (
          <Route
            key={page.path}
            path={page.path}
            element={page.bare ? <Bare page={page} /> : framed(<Opened page={page} />)}
          />
        ))}
      <Route
        path="*"
        element={framed(
          <Message title="没有这个页面">
            <p>地址可能写错了，或者这个页面已经不在了。请从左边的菜单重新进入。</p>
          </Message>,
        )}
      />
    </Routes>
  );
}

interface Asking {
  readonly resolve: () => void;
  readonly reject: (refusal: RefusedError) => void;
}

/** The whole of the pages: asks who is there, then shows the sign-in, the forced change of password, or the house. */
export function GuatuApp({ pages }: { pages: readonly PageEntry[] }) {
  const [view, setView] = useState<SessionView | null>(null);
  const [lost, setLost] = useState<RefusedError | null>(null);
  const [asking, setAsking] = useState<Asking | null>(null);
  const now = useRef<SessionView | null>(null);
  now.current = view;
  const reload = useCallback(async () => {
    try {
      setView(await readSession());
      setLost(null);
    } catch (thrown) {
      setLost(thrown as RefusedError);
    }
  }, []);
  useEffect(() => {
    void reload();
    onSignedOut(() => new Promise<void>((resolve, reject) => setAsking({ resolve, reject })));
    return () => onSignedOut(null);
  }, [reload]);
  const signedIn = view?.signedIn === true;
  useEffect(() => {
    // The library is fetched while the person types his password, or at once for somebody who is signed in.
    if (view === null) return;
    const timer = setTimeout(() => void loadFrame(), signedIn ? 0 : 300);
    return () => clearTimeout(timer);
  }, [view, signedIn]);

  useEffect(() => {
    // Somebody else may have signed in from another tab of this browser: what is open here is then not his.
    const look = async () => {
      const before = now.current?.actor;
      if (document.visibilityState !== 'visible' || before === undefined) return;
      const fresh = await readSession().catch(() => null);
      if (fresh?.actor !== undefined && fresh.actor.accountId !== before.accountId) window.location.reload();
      else if (fresh?.signedIn === true) setView(fresh);
    };
    const listen = () => void look();
    document.addEventListener('visibilitychange', listen);
    return () => document.removeEventListener('visibilitychange', listen);
  }, []);

  const session = useMemo(
    () =>
      view === null
        ? null
        : {
            view,
            actor: view.actor ?? null,
            today: view.today,
            may: (permission: string) => mayIn(view, permission),
            reload,
          },
    [view, reload],
  );
  const leave = async () => {
    await signOut().catch(() => {});
    window.location.assign('/');
  };
  const signedInAgain = async () => {
    const before = now.current?.actor;
    const fresh = await readSession();
    // Another person must not finish what the first had begun; his drafts are kept under his own name.
    if (before && fresh.actor?.accountId !== before.accountId) {
      window.location.reload();
      return;
    }
    setView(fresh);
    asking?.resolve();
    setAsking(null);
  };
  const giveUp = () => {
    asking?.reject(
      new RefusedError('not-signed-in', '您还没有重新登录，这次操作没有进行；填写的内容还在，登录后可以再提交。'),
    );
    setAsking(null);
  };

  if (session === null || view === null) {
    if (lost === null) return opening;
    return (
      <Message title="没有连上服务器">
        <p role="alert">{lost.says}</p>
        <button type="button" className="g-button g-button-main" onClick={() => void reload()}>
          重新连接
        </button>
      </Message>
    );
  }
  return (
    <QueryClientProvider client={answers}>
      <SessionPlace.Provider value={session}>
        {view.setup ? (
          <SetupPage onDone={reload} />
        ) : !view.signedIn ? (
          <>
            <Banners />
            <SignInPage view={view} onDone={reload} />
          </>
        ) : view.mustChangePassword ? (
          <main className="g-sign">
            <ChangePassword forced onDone={reload} onCancel={() => void leave()} />
          </main>
        ) : (
          <BrowserRouter>
            <House pages={pages} onSignOut={() => void leave()} />
          </BrowserRouter>
        )}
        {asking === null ? null : (
          <SignInDialog name={view.actor?.name ?? ''} onDone={signedInAgain} onCancel={giveUp} />
        )}
      </SessionPlace.Provider>
    </QueryClientProvider>
  );
}

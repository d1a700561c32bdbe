import { createContext, useContext } from 'react';
import { asRefused, type RefusedError } from './refused.ts';
import { send } from './request.ts';

/** An account that a demonstration offers on its login page. */
export interface DemoAccount {
  readonly login: string;
  readonly password: string;
  readonly role: string;
  readonly unit: string;
}

/** Who is signed in, as pages need it. */
export interface SignedInActor {
  readonly accountId: string;
  readonly login?: string;
  readonly name: string;
  readonly unitId?: string | null;
  readonly unitName: string | null;
  readonly jurisdiction: string;
  readonly jurisdictionName: string;
  readonly roles: readonly string[];
  /** Names of all permissions that the roles hold. */
  readonly permissions: readonly string[];
}

/** Answer of GET /api/session. */
export interface SessionView {
  readonly signedIn: boolean;
  readonly actor?: SignedInActor;
  readonly mustChangePassword?: boolean;
  /** The pretended day of a rehearsal, else null. */
  readonly rehearsal: string | null;
  /** What everybody should know about the installation now. */
  readonly notice?: string | null;
  /** The product's own day; pages never ask the browser's clock. */
  readonly today: string;
  readonly installation: 'demonstration' | 'real';
  readonly demoAccounts?: readonly DemoAccount[];
  /** A real installation that has not been told whose it is. */
  readonly setup?: boolean;
  readonly version?: string;
}

export interface SessionContext {
  readonly view: SessionView;
  readonly actor: SignedInActor | null;
  /** YYYY-MM-DD by the server's clock. */
  readonly today: string;
  /** Whether the person holds a permission; 'public' and 'signedIn' are understood. */
  readonly may: (permission: string) => boolean;
  readonly reload: () => Promise<void>;
}

const closed: SessionContext = {
  view: { signedIn: false, rehearsal: null, today: '1970-01-01', installation: 'real' },
  actor: null,
  today: '1970-01-01',
  may: () => false,
  reload: async () => {},
};
export const SessionPlace = createContext<SessionContext>(closed);

/** The session of the open page: `const { today, may, actor } = useSession()`. */
export const useSession = (): SessionContext => useContext(SessionPlace);

/** Whether the view's actor holds a permission. */
export function mayIn(view: SessionView, permission: string): boolean {
  if (permission === 'public') return true;
  if (!view.signedIn || view.actor === undefined) return false;
  return permission === 'signedIn' || view.actor.permissions.includes(permission);
}

let latestLogin = '';
/** The login name last used in this page, also before it was loaded anew, to be offered when the session has ended. */
export const knownLogin = (): string => latestLogin;

export const readSession = async (): Promise<SessionView> => {
  const view = (await send({ method: 'GET', address: '/api/session', open: true })) as SessionView;
  latestLogin = view.actor?.login ?? latestLogin;
  return view;
};

export const signIn = async (login: string, password: string): Promise<void> => {
  await send({ method: 'POST', address: '/api/session', body: { login, password }, open: true });
  latestLogin = login;
};

export const signOut = async (): Promise<void> => {
  await send({ method: 'DELETE', address: '/api/session', open: true });
};

export const changePassword = async (current: string, next: string): Promise<void> => {
  await send({ method: 'PUT', address: '/api/session/password', body: { current, next } });
};

/** Runs something and gives its refusal, or null when all went well. */
export async function refusalOf(run: () => Promise<void>): Promise<RefusedError | null> {
  try {
    await run();
    return null;
  } catch (thrown) {
    return asRefused(thrown);
  }
}

import type { Actor } from '../../../kernel/actor.ts';
import { holds } from '../../../kernel/permission.ts';
import { notFound } from '../../../kernel/refusal.ts';
import { type Session, serve } from '../../../platform/http/serve.ts';
import { jurisdictionName } from '../../units/server/door.ts';
import { accessApi } from '../api.ts';
import { permissionsForKeys } from '../api-key.ts';
import { IDLE_MINUTES } from '../session.ts';
import { createApiKey, disableApiKey, listApiKeys } from './api-keys.ts';
import { authenticate } from './authenticate.ts';
import { awaitsSetup, beginInstallation } from './begin-installation.ts';
import { changeAccount, disableAccount, enableAccount, resetPassword, unlockAccount } from './change-account.ts';
import { changePassword } from './change-password.ts';
import { createAccount } from './create-account.ts';
import { createClerkAccounts } from './create-clerk-accounts.ts';
import { demonstrationAccounts } from './first-accounts.ts';
import { readToken } from './secrets.ts';
import { endToken, signIn } from './sign-in.ts';
import { type AccountLine, listAccounts, noticeOf } from './store.ts';
import { factsOfAccount, listAudit } from './store-audit.ts';
import { endSessionsOf, openSessionsOf } from './store-sessions.ts';

const paged = <T>(rows: T[], counted: number, query: { page?: number; pageSize?: number }) => ({
  rows,
  total: Math.min(counted, 10_000),
  totalIsCapped: counted > 10_000,
  page: query.page ?? 1,
  pageSize: query.pageSize ?? 50,
});

const lineOf = (row: AccountLine) => ({
  ...row,
  lockedUntil: row.lockedUntil?.toISOString() ?? null,
  disabledAt: row.disabledAt?.toISOString() ?? null,
  lastSignedInAt: row.lastSignedInAt?.toISOString() ?? null,
});

const hashOfToken = (session: Session): string | null =>
  session.token ? (readToken(session.token)?.tokenHash ?? null) : null;
const idleSince = (now: Date): Date => new Date(now.getTime() - IDLE_MINUTES * 60_000);
const own = (actor: Actor): [string, string] => [actor.jurisdiction, actor.accountId];

export const accessRoutes = serve(accessApi, {
  readSession: async ({ db, house, now, day, session }) => {
    const common = {
      rehearsal: house.clock.rehearsal,
      today: day,
      installation: house.kind,
      notice: await noticeOf(db),
    };
    const signedIn = session.token ? await authenticate(db, session.token, now) : null;
    if (signedIn === null)
      return house.kind === 'demonstration'
        ? { ...common, signedIn: false, demoAccounts: [...(await demonstrationAccounts(db))] }
        : { ...common, signedIn: false, setup: await awaitsSetup(db) };
    const { actor } = signedIn;
    return {
      ...common,
      signedIn: true,
      actor: {
        accountId: actor.accountId,
        login: signedIn.login,
        name: actor.name,
        unitId: actor.unitId,
        unitName: actor.unitName,
        jurisdiction: actor.jurisdiction,
        jurisdictionName: await jurisdictionName(db, actor.jurisdiction),
        roles: [...actor.roles],
        permissions: Object.keys(house.permissions).filter((name) => holds(house.permissions, actor, name)),
      },
      mustChangePassword: signedIn.mustChangePassword,
      idleEndsAt: signedIn.idleEndsAt.toISOString(),
    };
  },
  beginInstallation: (act) => beginInstallation(act, act.body),
  signIn: async (act) => signIn(act, act.session, act.body),
  signOut: async ({ db, now, session }) => {
    if (session.token) await endToken(db, session.token, now);
    session.clear();
    return { done: true };
  },
  changePassword: async (act) => changePassword(act, act.session, act.body),
  listMySessions: async ({ db, actor, now, session }) => {
    const current = hashOfToken(session);
    const rows = await openSessionsOf(db, ...own(actor), now, idleSince(now));
    return {
      rows: rows.map((row) => ({
        id: row.id,
        address: row.address,
        startedAt: row.startedAt.toISOString(),
        lastSeenAt: row.lastSeenAt.toISOString(),
        current: row.tokenHash === current,
      })),
    };
  },
  endMySession: async ({ db, actor, now, params }) => {
    const ended = await endSessionsOf(db, ...own(actor), now, { id: params.id });
    if (ended === 0) throw notFound('没有找到这个登录，可能已经退出。');
    return { done: true };
  },
  endMyOtherSessions: async ({ db, actor, now, session }) => {
    const current = hashOfToken(session);
    return { ended: await endSessionsOf(db, ...own(actor), now, current ? { except: current } : {}) };
  },
  listAccounts: async ({ db, actor, now, query }) => {
    const { rows, counted } = await listAccounts(
      db,
      actor.jurisdiction,
      { ...query, now },
      query.page ?? 1,
      query.pageSize ?? 50,
    );
    return paged(rows.map(lineOf), counted, query);
  },
  readAccount: async ({ db, actor, now, params }) => {
    const { rows } = await listAccounts(db, actor.jurisdiction, { id: params.id, now }, 1, 1);
    const only = rows[0];
    if (!only) throw notFound('没有找到这个账号，可能编号有误。');
    return lineOf(only);
  },
  listAccountFacts: async ({ db, actor, params }) => {
    const rows = await factsOfAccount(db, actor.jurisdiction, params.id);
    if (rows.length === 0) throw notFound('没有找到这个账号，可能编号有误。');
    return { rows: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
  },
  createAccount: async (act) => createAccount(act, act.body),
  createClerkAccounts: async (act) => createClerkAccounts(act, act.body.unitIds),
  changeAccount: async (act) => changeAccount(act, act.params.id, act.body),
  disableAccount: async (act) => disableAccount(act, act.params.id, act.body),
  enableAccount: async (act) => enableAccount(act, act.params.id, act.body),
  unlockAccount: async (act) => unlockAccount(act, act.params.id),
  resetPassword: async (act) => resetPassword(act, act.params.id, act.body),
  listApiKeys: async ({ db, actor, house }) => ({
    rows: (await listApiKeys(db, actor.jurisdiction)).map((row) => ({
      ...row,
      disabledAt: row.disabledAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    })),
    grantable: permissionsForKeys(house.permissions),
  }),
  createApiKey: (act) => createApiKey(act, act.body),
  disableApiKey: (act) => disableApiKey(act, act.params.id, act.body),
  listAudit: async ({ db, actor, query }) => {
    const { rows, counted } = await listAudit(db, actor.jurisdiction, query, query.page ?? 1, query.pageSize ?? 50);
    return paged(
      rows.map((row) => ({ ...row, at: row.at.toISOString() })),
      counted,
      query,
    );
  },
});

import { randomUUID } from 'node:crypto';
import { Refusal } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import type { Queryable } from '../../../platform/db/connect.ts';
import { audit } from '../../../platform/http/audit.ts';
import type { Session } from '../../../platform/http/serve.ts';
import { loginKey } from '../account.ts';
import { attemptsLeft, delayMinutes, type GuardKind, lockedSays } from '../lockout.ts';
import { LONGEST_HOURS } from '../session.ts';
import { actorOf } from './authenticate.ts';
import { fits, newToken, readToken } from './secrets.ts';
import { type AccountRow, accountOfLogin } from './store.ts';
import { beginSession, clearGuard, closeUntil, countFailure, endSession, guardOf } from './store-sessions.ts';

/**
 * Signs in. The same work and the same sentences whether or not the login exists. A wrong password is counted although
 * the act is refused, for the login that was typed and for the address it came from.
 */
export async function signIn(
  act: Act,
  session: Session,
  given: { readonly login: string; readonly password: string },
): Promise<{ mustChangePassword: boolean }> {
  const { db, now } = act;
  const login = loginKey(given.login);
  const account = await accountOfLogin(db, login);
  await refuseClosed(act, session, login, account);
  const right = await fits(account?.passwordHash ?? null, given.password);
  if (account === null || !right) {
    act.afterRefusal((outside) => countWrong(outside, login, session.address, now));
    const left = attemptsLeft((await guardOf(db, 'login', login, now)).failures + 1);
    const warning = left === 0 ? '这个账号已暂停登录，请稍后再试。' : left <= 2 ? `再输错 ${left} 次将暂停登录。` : '';
    throw refused(
      act,
      session,
      login,
      account,
      new Refusal('not-signed-in', `登录名或密码不对，请检查大小写后重新输入。${warning}`),
    );
  }
  if (account.disabledAt !== null)
    throw refused(
      act,
      session,
      login,
      account,
      new Refusal('not-signed-in', '这个账号已停用。如需继续使用，请联系系统管理员。'),
    );
  await clearGuard(db, 'login', login);
  if (session.token) await endToken(db, session.token, now);
  session.set(await openSession(act, account, session.address));
  await audit(db, { ...line(act, session, login), actor: await actorOf(db, account), outcome: 'done', says: null });
  return { mustChangePassword: account.mustChangePassword };
}

/** A new session of the account; gives the token that only the browser keeps. */
export async function openSession(act: Act, account: AccountRow, address: string): Promise<string> {
  const token = newToken(account.jurisdiction);
  const read = readToken(token);
  if (read === null) throw new Error('the jurisdiction of an account must be a division code');
  await beginSession(act.db, account.jurisdiction, {
    id: randomUUID(),
    accountId: account.id,
    tokenHash: read.tokenHash,
    address,
    startedAt: act.now,
    expiresAt: new Date(act.now.getTime() + LONGEST_HOURS * 3_600_000),
  });
  return token;
}

/** Ends the session of a token; unknown tokens are no error. */
export async function endToken(db: Queryable, token: string, now: Date): Promise<void> {
  const read = readToken(token);
  if (read) await endSession(db, read.jurisdiction, read.tokenHash, now);
}

async function refuseClosed(act: Act, session: Session, login: string, account: AccountRow | null): Promise<void> {
  const doors: [GuardKind, string][] = [
    ['login', login],
    ['address', session.address],
  ];
  for (const [kind, key] of doors) {
    const { lockedUntil } = await guardOf(act.db, kind, key, act.now);
    if (lockedUntil !== null && lockedUntil > act.now)
      throw refused(act, session, login, account, new Refusal('too-many', lockedSays(kind, lockedUntil, act.now)));
  }
}

/** Counts a wrong password and closes the login or the address when there were too many. */
export async function countWrong(db: Queryable, login: string, address: string, now: Date): Promise<void> {
  const doors: [GuardKind, string][] = [
    ['login', login],
    ['address', address],
  ];
  for (const [kind, key] of doors) {
    const minutes = delayMinutes(kind, await countFailure(db, kind, key, now));
    if (minutes > 0) await closeUntil(db, kind, key, new Date(now.getTime() + minutes * 60_000));
  }
}

const line = (act: Act, session: Session, login: string) => ({
  at: act.now,
  action: '登录',
  route: 'signIn',
  target: login,
  address: session.address,
});

/** Keeps the refused attempt in the log of the jurisdiction of the account that was tried. */
function refused(act: Act, session: Session, login: string, account: AccountRow | null, refusal: Refusal): Refusal {
  act.afterRefusal(async (db) => {
    const actor = account === null ? null : await actorOf(db, account);
    await audit(db, { ...line(act, session, login), actor, outcome: 'refused', says: refusal.says });
  });
  return refusal;
}

import { notFound, notValid, Refusal } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import type { Session } from '../../../platform/http/serve.ts';
import { lockedSays } from '../lockout.ts';
import { passwordRefusal } from '../password.ts';
import { withdrawDemonstrationAccount } from './first-accounts.ts';
import { fits, hashPassword } from './secrets.ts';
import { countWrong, openSession } from './sign-in.ts';
import { lockAccount, saveAccount } from './store.ts';
import { clearGuard, endSessionsOf, guardOf } from './store-sessions.ts';

/** The person himself takes a new password; every session of the account ends, and a new one begins here. */
export async function changePassword(
  act: Act,
  session: Session,
  given: { readonly current: string; readonly next: string },
): Promise<{ done: boolean }> {
  const { db, actor, now } = act;
  const account = await lockAccount(db, actor.jurisdiction, actor.accountId);
  if (account === null) throw notFound('没有找到您的账号，请重新登录。');
  const { lockedUntil } = await guardOf(db, 'login', account.login, now);
  if (lockedUntil !== null && lockedUntil > now) throw new Refusal('too-many', lockedSays('login', lockedUntil, now));
  if (!(await fits(account.passwordHash, given.current))) {
    act.afterRefusal((outside) => countWrong(outside, account.login, session.address, now));
    throw notValid('原密码不对，请重新输入。', [{ where: 'body.current', says: '原密码不对' }]);
  }
  const refusal = passwordRefusal(given.next, account.login, given.current);
  if (refusal) throw refusal;
  await saveAccount(db, {
    ...account,
    passwordHash: await hashPassword(given.next),
    mustChangePassword: false,
    version: account.version + 1,
  });
  await clearGuard(db, 'login', account.login);
  await endSessionsOf(db, account.jurisdiction, account.id, now);
  session.set(await openSession(act, account, session.address));
  await withdrawDemonstrationAccount(db, account.jurisdiction, account.login);
  await announce(act, {
    item: { kind: 'account', id: account.id },
    kind: 'account.passwordChanged',
    says: account.mustChangePassword ? '修改了初始密码' : '修改了密码',
  });
  return { done: true };
}

import { hasRole, type Role } from '../../../kernel/actor.ts';
import { notAllowed, notFound, notNow } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { rolesRefusal, roleWords } from '../account.ts';
import { refuseStrangers } from './create-account.ts';
import { withdrawDemonstrationAccount } from './first-accounts.ts';
import { hashPassword, initialPassword } from './secrets.ts';
import { type AccountRow, lockAccount, lockAdministrators, saveAccount } from './store.ts';
import { clearGuard, endSessionsOf } from './store-sessions.ts';

export interface AccountChange {
  readonly version: number;
  readonly name: string;
  readonly personId?: string | null;
  readonly unitId?: string | null;
  readonly roles: readonly Role[];
  readonly areaCode?: string | null;
}
interface Saved {
  id: string;
  version: number;
}

/** Name, person, unit, roles and area. Nobody changes his own roles; the last administrator stays one. */
export async function changeAccount(act: Act, id: string, change: AccountChange): Promise<Saved> {
  const account = await load(act, id, change.version);
  const unitId = change.unitId ?? null;
  const refused = rolesRefusal(change.roles, unitId);
  if (refused) throw refused;
  const sameRoles = [...change.roles].sort().join() === [...account.roles].sort().join();
  if (!sameRoles && id === act.actor.accountId)
    throw notAllowed('不能修改自己的角色。如确需调整，请由另一位系统管理员办理。');
  if (account.roles.includes('systemAdmin') && !change.roles.includes('systemAdmin'))
    await keepOneAdministrator(act, id);
  await refuseStrangers(act, change);
  const next = {
    ...account,
    name: change.name.trim(),
    personId: change.personId ?? null,
    unitId,
    roles: [...change.roles],
    areaCode: change.areaCode ?? null,
  };
  const words = change.roles.map((role) => roleWords[role]).join('、');
  return save(act, next, 'account.changed', `修改账号「${account.login}」，角色：${words}`, {
    before: { name: account.name, unitId: account.unitId, roles: account.roles, areaCode: account.areaCode },
    after: { name: next.name, unitId, roles: next.roles, areaCode: next.areaCode },
  });
}

/** The account can no longer sign in and is signed out everywhere at once. */
export async function disableAccount(act: Act, id: string, given: { version: number; reason: string }): Promise<Saved> {
  const account = await load(act, id, given.version);
  if (id === act.actor.accountId) throw notAllowed('不能停用自己的账号，请由另一位系统管理员办理。');
  if (account.disabledAt !== null) throw notNow(`账号「${account.login}」已经是停用状态。`);
  if (account.roles.includes('systemAdmin')) await keepOneAdministrator(act, id);
  await endSessionsOf(act.db, account.jurisdiction, id, act.now);
  return save(
    act,
    { ...account, disabledAt: act.now },
    'account.disabled',
    `停用账号「${account.login}」：${given.reason.trim()}`,
  );
}

export async function enableAccount(act: Act, id: string, given: { version: number }): Promise<Saved> {
  const account = await load(act, id, given.version);
  if (account.disabledAt === null) throw notNow(`账号「${account.login}」没有停用，不需要启用。`);
  return save(act, { ...account, disabledAt: null }, 'account.enabled', `启用账号「${account.login}」`);
}

/** Forgets the wrong passwords of the account, so that its owner need not wait. */
export async function unlockAccount(act: Act, id: string): Promise<{ done: boolean }> {
  const account = await load(act, id, null);
  if (!(await clearGuard(act.db, 'login', account.login)))
    throw notNow(`账号「${account.login}」没有被暂停登录，不需要解锁。`);
  await announce(act, {
    item: { kind: 'account', id },
    kind: 'account.unlocked',
    says: `解除账号「${account.login}」的暂停登录`,
  });
  return { done: true };
}

/** A new random password, shown once to the administrator; the owner must change it and is signed out everywhere. */
export async function resetPassword(
  act: Act,
  id: string,
  given: { version: number },
): Promise<{ id: string; login: string; initialPassword: string }> {
  const account = await load(act, id, given.version);
  if (id === act.actor.accountId) throw notAllowed('请用「修改密码」修改自己的密码，不能为自己重置。');
  const password = initialPassword();
  await endSessionsOf(act.db, account.jurisdiction, id, act.now);
  await clearGuard(act.db, 'login', account.login);
  await withdrawDemonstrationAccount(act.db, account.jurisdiction, account.login);
  const next = { ...account, passwordHash: await hashPassword(password), mustChangePassword: true };
  await save(act, next, 'account.passwordReset', `重置账号「${account.login}」的密码`);
  return { id, login: account.login, initialPassword: password };
}

async function load(act: Act, id: string, version: number | null): Promise<AccountRow> {
  if (!hasRole(act.actor, 'systemAdmin')) throw notAllowed('账号由系统管理员管理。');
  const account = await lockAccount(act.db, act.actor.jurisdiction, id);
  if (account === null) throw notFound('没有找到这个账号，可能编号有误。');
  if (version !== null && account.version !== version)
    throw notNow(`账号「${account.login}」在您打开之后已被修改，请查看最新情况后再办理。`);
  return account;
}

async function keepOneAdministrator(act: Act, id: string): Promise<void> {
  const others = (await lockAdministrators(act.db, act.actor.jurisdiction)).filter((one) => one !== id);
  if (others.length === 0)
    throw notNow('这是最后一个可用的系统管理员账号，不能停用或调整角色。请先建立另一个系统管理员账号。');
}

async function save(act: Act, account: AccountRow, kind: string, says: string, data?: unknown): Promise<Saved> {
  const version = account.version + 1;
  await saveAccount(act.db, { ...account, version });
  await announce(act, { item: { kind: 'account', id: account.id }, kind, says, data });
  return { id: account.id, version };
}

import { randomUUID } from 'node:crypto';
import type { Role } from '../../../kernel/actor.ts';
import { notFound, notValid } from '../../../kernel/refusal.ts';
import type { Act } from '../../../platform/act.ts';
import { announce } from '../../../platform/facts/record.ts';
import { personById, unitsByIds } from '../../units/server/door.ts';
import { loginKey, loginRefusal, rolesRefusal, roleWords } from '../account.ts';
import { hashPassword, initialPassword } from './secrets.ts';
import { reserveLogin, saveAccount } from './store.ts';

export interface NewAccount {
  readonly login: string;
  readonly name: string;
  readonly roles: readonly Role[];
  readonly personId?: string | null;
  readonly unitId?: string | null;
  readonly areaCode?: string | null;
}

export interface CreatedAccount {
  readonly id: string;
  readonly login: string;
  /** Known nowhere else: only its hash is kept. */
  readonly initialPassword: string;
}

/** Creates an account with a random initial password, which must be changed at the first sign-in. */
export async function createAccount(
  act: Act,
  draft: NewAccount,
  options: { keepPassword?: boolean } = {},
): Promise<CreatedAccount> {
  const { db, actor } = act;
  const login = loginKey(draft.login);
  const unitId = draft.unitId ?? null;
  const refused = loginRefusal(draft.login) ?? rolesRefusal(draft.roles, unitId);
  if (refused) throw refused;
  await refuseStrangers(act, draft);
  const id = randomUUID();
  if (!(await reserveLogin(db, login, actor.jurisdiction, id)))
    throw notValid(`登录名「${login}」已经有人使用，请换一个。`, [{ where: 'body.login', says: '已有人使用' }]);
  const password = initialPassword();
  await saveAccount(db, {
    id,
    jurisdiction: actor.jurisdiction,
    login,
    name: draft.name.trim(),
    personId: draft.personId ?? null,
    unitId,
    roles: [...draft.roles],
    areaCode: draft.areaCode ?? null,
    passwordHash: await hashPassword(password),
    mustChangePassword: options.keepPassword !== true,
    disabledAt: null,
    version: 1,
  });
  await announce(act, {
    item: { kind: 'account', id },
    kind: 'account.created',
    says: `建立账号「${login}」（${draft.name.trim()}），角色：${draft.roles.map((role) => roleWords[role]).join('、')}`,
    data: { login, roles: draft.roles, unitId, areaCode: draft.areaCode ?? null },
  });
  return { id, login, initialPassword: password };
}

/** Units and people of the account must be of this jurisdiction. */
export async function refuseStrangers(act: Act, draft: Pick<NewAccount, 'unitId' | 'personId'>): Promise<void> {
  const { db, actor } = act;
  if (draft.unitId && (await unitsByIds(db, actor.jurisdiction, [draft.unitId])).length === 0)
    throw notFound('没有找到所选的单位，请重新选择。');
  if (draft.personId && (await personById(db, actor.jurisdiction, draft.personId)) === null)
    throw notFound('没有找到所选的人员，请重新选择。');
}

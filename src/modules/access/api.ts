import { Type } from 'typebox';
import { roles } from '../../kernel/actor.ts';
import { contract } from '../../kernel/contract.ts';
import { pageOf, paging } from '../../kernel/paging.ts';
import { ById, DayText, FactRow, Id, Nullable } from '../../kernel/shapes.ts';
import { keySights } from './api-key.ts';

const RoleName = Type.Enum([...roles]);
const Roles = Type.Array(RoleName, { minItems: 1, maxItems: 4 });
const Version = Type.Integer({ minimum: 1 });
const Saved = Type.Object({ id: Type.String(), version: Type.Integer() });
const Done = Type.Object({ done: Type.Boolean() });
const Name = Type.String({ minLength: 1, maxLength: 30 });
const Secret = Type.String({ minLength: 1, maxLength: 256 });
const AreaCode = Type.String({ pattern: '^\\d{6,12}$' });

const AccountRow = Type.Object({
  id: Type.String(),
  login: Type.String(),
  name: Type.String(),
  personId: Nullable(Type.String()),
  unitId: Nullable(Type.String()),
  unitName: Nullable(Type.String()),
  roles: Type.Array(RoleName),
  areaCode: Nullable(Type.String()),
  mustChangePassword: Type.Boolean(),
  lockedUntil: Nullable(Type.String()),
  disabledAt: Nullable(Type.String()),
  lastSignedInAt: Nullable(Type.String()),
  version: Type.Integer(),
});
const accountFields = {
  name: Name,
  personId: Type.Optional(Nullable(Id)),
  unitId: Type.Optional(Nullable(Id)),
  roles: Roles,
  areaCode: Type.Optional(Nullable(AreaCode)),
};

/** Routes of signing in, accounts and the audit log. */
export const accessApi = contract({
  readSession: {
    method: 'GET',
    path: '/api/session',
    summary: '当前登录情况',
    permission: 'public',
    audit: null,
    response: Type.Object({
      signedIn: Type.Boolean(),
      actor: Type.Optional(
        Type.Object({
          accountId: Type.String(),
          login: Type.String(),
          name: Type.String(),
          unitId: Nullable(Type.String()),
          unitName: Nullable(Type.String()),
          jurisdiction: Type.String(),
          jurisdictionName: Type.String(),
          roles: Type.Array(RoleName),
          permissions: Type.Array(Type.String()),
        }),
      ),
      mustChangePassword: Type.Optional(Type.Boolean()),
      idleEndsAt: Type.Optional(Type.String()),
      rehearsal: Nullable(Type.String()),
      /** What everybody should know about the installation now; null when there is nothing. */
      notice: Nullable(Type.String()),
      today: Type.String(),
      installation: Type.Enum(['demonstration', 'real']),
      /** True while a real installation has not been told whose it is. */
      setup: Type.Optional(Type.Boolean()),
      demoAccounts: Type.Optional(
        Type.Array(
          Type.Object({ login: Type.String(), password: Type.String(), role: Type.String(), unit: Type.String() }),
        ),
      ),
    }),
  },
  signIn: {
    method: 'POST',
    path: '/api/session',
    summary: '登录',
    permission: 'public',
    audit: null,
    body: Type.Object({ login: Type.String({ minLength: 1, maxLength: 64 }), password: Secret }),
    response: Type.Object({ mustChangePassword: Type.Boolean() }),
  },
  beginInstallation: {
    method: 'POST',
    path: '/api/setup',
    summary: '建立正式安装',
    permission: 'public',
    audit: '建立正式安装',
    secret: true,
    body: Type.Object({
      /** The one-time code on the terminal; spaces do not matter. */
      code: Type.String({ minLength: 1, maxLength: 20 }),
      jurisdiction: Type.String({ pattern: '^\\d{6}(\\d{3})?$' }),
      name: Type.String({ minLength: 2, maxLength: 40 }),
      level: Type.Enum(['province', 'city', 'district', 'town']),
      office: Type.String({ minLength: 2, maxLength: 60 }),
    }),
    response: Type.Object({
      accounts: Type.Array(Type.Object({ login: Type.String(), role: Type.String(), password: Type.String() })),
    }),
  },
  signOut: {
    method: 'DELETE',
    path: '/api/session',
    summary: '退出登录',
    permission: 'public',
    audit: '退出登录',
    response: Done,
  },
  changePassword: {
    method: 'PUT',
    path: '/api/session/password',
    summary: '修改密码',
    permission: 'signedIn',
    audit: '修改密码',
    secret: true,
    body: Type.Object({ current: Secret, next: Secret }),
    response: Done,
  },
  listMySessions: {
    method: 'GET',
    path: '/api/sessions',
    summary: '我的登录',
    permission: 'signedIn',
    audit: null,
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          address: Type.String(),
          startedAt: Type.String(),
          lastSeenAt: Type.String(),
          current: Type.Boolean(),
        }),
      ),
    }),
  },
  endMySession: {
    method: 'POST',
    path: '/api/sessions/:id/end',
    summary: '终止我的一个登录',
    permission: 'signedIn',
    audit: '终止登录',
    params: ById,
    response: Done,
  },
  endMyOtherSessions: {
    method: 'POST',
    path: '/api/sessions/end-others',
    summary: '终止我在别处的全部登录',
    permission: 'signedIn',
    audit: '终止别处登录',
    response: Type.Object({ ended: Type.Integer() }),
  },
  listAccounts: {
    method: 'GET',
    path: '/api/accounts',
    summary: '账号列表',
    permission: 'account.read',
    audit: null,
    query: Type.Object({
      ...paging,
      q: Type.Optional(Type.String({ maxLength: 50 })),
      role: Type.Optional(RoleName),
      unitId: Type.Optional(Id),
      state: Type.Optional(Type.Enum(['usable', 'disabled', 'locked', 'initial'])),
    }),
    response: pageOf(AccountRow),
  },
  readAccount: {
    method: 'GET',
    path: '/api/accounts/:id',
    summary: '账号详情',
    permission: 'account.read',
    audit: null,
    params: ById,
    response: AccountRow,
  },
  listAccountFacts: {
    method: 'GET',
    path: '/api/accounts/:id/facts',
    summary: '账号的变更记录',
    permission: 'account.read',
    audit: null,
    params: ById,
    response: Type.Object({
      rows: Type.Array(FactRow),
    }),
  },
  createAccount: {
    method: 'POST',
    path: '/api/accounts',
    summary: '建立账号',
    permission: 'account.change',
    audit: '建立账号',
    secret: true,
    body: Type.Object({ login: Type.String({ minLength: 1, maxLength: 32 }), ...accountFields }),
    response: Type.Object({ id: Type.String(), login: Type.String(), initialPassword: Type.String() }),
  },
  createClerkAccounts: {
    method: 'POST',
    path: '/api/accounts/for-units',
    summary: '为没有账号的单位批量建立经办人账号',
    permission: 'account.change',
    audit: '批量建立账号',
    secret: true,
    body: Type.Object({ unitIds: Type.Array(Id, { minItems: 1, maxItems: 500 }) }),
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          login: Type.String(),
          unitName: Type.String(),
          initialPassword: Type.String(),
        }),
      ),
    }),
  },
  changeAccount: {
    method: 'PUT',
    path: '/api/accounts/:id',
    summary: '修改账号',
    permission: 'account.change',
    audit: '修改账号',
    params: ById,
    body: Type.Object({ version: Version, ...accountFields }),
    response: Saved,
  },
  disableAccount: {
    method: 'POST',
    path: '/api/accounts/:id/disable',
    summary: '停用账号',
    permission: 'account.change',
    audit: '停用账号',
    params: ById,
    body: Type.Object({ version: Version, reason: Type.String({ minLength: 2, maxLength: 200 }) }),
    response: Saved,
  },
  enableAccount: {
    method: 'POST',
    path: '/api/accounts/:id/enable',
    summary: '启用账号',
    permission: 'account.change',
    audit: '启用账号',
    params: ById,
    body: Type.Object({ version: Version }),
    response: Saved,
  },
  unlockAccount: {
    method: 'POST',
    path: '/api/accounts/:id/unlock',
    summary: '解除暂停登录',
    permission: 'account.change',
    audit: '解锁账号',
    params: ById,
    response: Done,
  },
  resetPassword: {
    method: 'POST',
    path: '/api/accounts/:id/password',
    summary: '重置密码',
    permission: 'account.change',
    audit: '重置密码',
    secret: true,
    params: ById,
    body: Type.Object({ version: Version }),
    response: Type.Object({ id: Type.String(), login: Type.String(), initialPassword: Type.String() }),
  },
  listApiKeys: {
    method: 'GET',
    path: '/api/api-keys',
    summary: '接口密钥',
    permission: 'apiKey.read',
    audit: null,
    response: Type.Object({
      rows: Type.Array(
        Type.Object({
          id: Type.String(),
          name: Type.String(),
          unitId: Type.String(),
          unitName: Nullable(Type.String()),
          sight: Type.Enum([...keySights]),
          permissions: Type.Array(Type.String()),
          perMinute: Type.Integer(),
          hint: Type.String(),
          expiresOn: Type.String(),
          disabledAt: Nullable(Type.String()),
          createdByName: Type.String(),
          lastUsedAt: Nullable(Type.String()),
          version: Type.Integer(),
        }),
      ),
      /** What a key may be given at all. */
      grantable: Type.Array(Type.Object({ name: Type.String(), word: Type.String() })),
    }),
  },
  createApiKey: {
    method: 'POST',
    path: '/api/api-keys',
    summary: '建立接口密钥',
    permission: 'apiKey.change',
    audit: '建立接口密钥',
    secret: true,
    body: Type.Object({
      name: Name,
      unitId: Id,
      sight: Type.Enum([...keySights]),
      permissions: Type.Array(Type.String({ maxLength: 60 }), { minItems: 1, maxItems: 40 }),
      perMinute: Type.Integer({ minimum: 1, maximum: 60_000 }),
      expiresOn: DayText,
    }),
    response: Type.Object({ id: Type.String(), key: Type.String() }),
  },
  disableApiKey: {
    method: 'POST',
    path: '/api/api-keys/:id/disable',
    summary: '停用接口密钥',
    permission: 'apiKey.change',
    audit: '停用接口密钥',
    params: ById,
    body: Type.Object({ version: Version, reason: Type.String({ minLength: 2, maxLength: 200 }) }),
    response: Saved,
  },
  listAudit: {
    method: 'GET',
    path: '/api/audit',
    summary: '操作日志',
    permission: 'audit.read',
    audit: null,
    query: Type.Object({
      ...paging,
      from: Type.Optional(DayText),
      to: Type.Optional(DayText),
      accountId: Type.Optional(Id),
      outcome: Type.Optional(Type.Enum(['done', 'refused', 'failed'])),
      q: Type.Optional(Type.String({ maxLength: 50 })),
    }),
    response: pageOf(
      Type.Object({
        id: Type.String(),
        at: Type.String(),
        accountId: Nullable(Type.String()),
        accountName: Nullable(Type.String()),
        action: Type.String(),
        target: Nullable(Type.String()),
        outcome: Type.Enum(['done', 'refused', 'failed']),
        says: Nullable(Type.String()),
        address: Nullable(Type.String()),
      }),
    ),
  },
});

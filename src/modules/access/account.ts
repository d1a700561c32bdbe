import type { Role } from '../../kernel/actor.ts';
import { notValid, type Refusal } from '../../kernel/refusal.ts';

export const roleWords: Readonly<Record<Role, string>> = {
  systemAdmin: '系统管理员',
  auditAdmin: '审计管理员',
  officer: '安委办工作人员',
  clerk: '单位经办人',
  unitLeader: '单位负责人',
  leader: '分管领导',
  inspector: '检查人员',
  gridWorker: '网格员',
};

const LOGIN = /^[a-z0-9][a-z0-9._-]{1,31}$/;

/** A login as it is kept and compared: widths made equal, lower case, no white space. */
export const loginKey = (login: string): string => login.normalize('NFKC').trim().toLowerCase();

/** Why this login cannot be used, or null. */
export const loginRefusal = (login: string): Refusal | null =>
  LOGIN.test(loginKey(login))
    ? null
    : notValid('登录名应为 2 至 32 位，由小写字母、数字、点、横线组成，以字母或数字开头。', [
        { where: 'body.login', says: '格式不对' },
      ]);

/**
 * Whether one account may hold these roles together. Administration of the system, audit and business are three hands:
 * who grants rights does no business and does not read the log of his own acts (GB/T 22239, separation of duties).
 */
export function rolesRefusal(roles: readonly Role[], unitId: string | null): Refusal | null {
  const wrong = (says: string): Refusal => notValid(says, [{ where: 'body.roles', says }]);
  if (roles.length === 0) return wrong('请至少选择一个角色。');
  if (new Set(roles).size !== roles.length) return wrong('同一角色选了两次。');
  for (const alone of ['systemAdmin', 'auditAdmin'] as const) {
    if (roles.includes(alone) && roles.length > 1)
      return wrong(`「${roleWords[alone]}」不能与其他角色由同一账号担任：系统管理、审计、业务须由不同的人分别负责。`);
  }
  const ofUnits: readonly Role[] = ['officer', 'clerk', 'unitLeader', 'inspector', 'gridWorker'];
  const business = roles.filter((role) => ofUnits.includes(role));
  if (business.length > 0 && unitId === null)
    return notValid(`「${business.map((role) => roleWords[role]).join('、')}」须选定所属单位。`, [
      { where: 'body.unitId', says: '请选择所属单位' },
    ]);
  return null;
}

/** Whether the account sees the whole jurisdiction: offices and leaders, unless limited to an area. */
export const seesWhole = (roles: readonly Role[], areaCode: string | null): boolean =>
  areaCode === null && roles.some((role) => role === 'officer' || role === 'leader');

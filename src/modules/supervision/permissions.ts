import type { Permissions } from '../../kernel/permission.ts';

/** Coarse doors only; who may do what to which listing is in `lifecycle.ts` and `situation.ts`. */
export const supervisionPermissions: Permissions = {
  'listing.read': { word: '查看挂牌督办', roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector'] },
  'listing.propose': { word: '提请挂牌', roles: ['officer', 'clerk', 'unitLeader', 'inspector'] },
  'listing.decide': { word: '审批挂牌', roles: ['officer', 'leader'] },
  'listing.work': { word: '办理挂牌整改', roles: ['officer', 'clerk', 'unitLeader', 'inspector'] },
  'listing.accept': { word: '备案与验收', roles: ['officer', 'clerk', 'unitLeader', 'inspector'] },
  'listing.direct': { word: '挂牌、摘牌与升级', roles: ['officer'] },
  'listing.rules': { word: '维护挂牌规则', roles: ['officer'] },
  'dutyChain.read': { word: '查看责任倒查', roles: ['officer', 'leader', 'inspector'] },
  'pressure.read': { word: '查看督促措施', roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector'] },
  'pressure.propose': { word: '提请督促措施', roles: ['officer', 'clerk', 'unitLeader', 'inspector'] },
  'pressure.decide': { word: '审批督促措施', roles: ['officer', 'leader'] },
  'pressure.direct': { word: '办理督促措施', roles: ['officer'] },
  'pressure.answer': { word: '签收和回复督促措施', roles: ['officer', 'clerk', 'unitLeader'] },
  'pressure.rules': { word: '维护督促规则', roles: ['officer'] },
};

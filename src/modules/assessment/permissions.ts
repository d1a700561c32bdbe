import type { Permissions } from '../../kernel/permission.ts';

/** Coarse doors only; who may do what to which scheme is in the lifecycles and `situation.ts`. */
export const assessmentPermissions: Permissions = {
  'assessment.read': { word: '查看考核', roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector'] },
  'assessment.draft': { word: '起草考核方案', roles: ['officer'] },
  'assessment.direct': { word: '组织考核', roles: ['officer', 'leader'] },
  'assessment.work': { word: '自评、打分与申诉', roles: ['officer', 'clerk', 'unitLeader'] },
  'assessment.veto': { word: '登记否决情形', roles: ['officer', 'clerk'] },
  'assessment.decide': { word: '认定否决情形、处理申诉、审查评选、核定个人考核', roles: ['officer', 'leader'] },
  'leaderReview.read': { word: '查看个人考核', roles: ['officer', 'leader', 'unitLeader', 'clerk'] },
  'leaderReview.state': { word: '报送述职', roles: ['officer', 'leader', 'unitLeader', 'clerk'] },
};

import type { Permissions } from '../../kernel/permission.ts';

/** Coarse doors; who may do what to which filing is in `lifecycle.ts` and `situation.ts`. */
export const filingsPermissions: Permissions = {
  'periodicReport.read': { word: '查看报送', roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector'] },
  'periodicReport.file': { word: '报送和更正', roles: ['officer', 'clerk', 'unitLeader', 'inspector'] },
  'periodicReport.direct': { word: '退回、免报', roles: ['officer'] },
  'periodicReport.rhythms': { word: '维护报送制度', roles: ['officer'] },
};

import type { Permissions } from '../../kernel/permission.ts';

/** Coarse doors; who may do what to which bulletin is in `lifecycle.ts` and `situation.ts`. */
export const bulletinsPermissions: Permissions = {
  /** Units see what was issued; drafts are seen by the office and the leaders alone. */
  'bulletin.read': { word: '查看通报', roles: ['officer', 'leader', 'clerk', 'unitLeader', 'inspector'] },
  'bulletin.write': { word: '起草、送审、印发通报', roles: ['officer'] },
  'bulletin.decide': { word: '审批通报', roles: ['officer', 'leader'] },
  'bulletin.forms': { word: '维护通报种类', roles: ['officer'] },
};

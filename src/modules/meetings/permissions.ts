import type { Permissions } from '../../kernel/permission.ts';

/** Coarse doors only; who may do what to which case is in the lifecycles and the rules beside them. */
export const meetingsPermissions: Permissions = {
  'meeting.read': { word: '查看会议', roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector'] },
  'meeting.work': { word: '办理会议', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'meeting.rules': { word: '维护会议要求和重点时段', roles: ['officer'] },
  'duty.read': { word: '查看责任书和职责清单', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'duty.work': { word: '办理责任书和职责清单', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'accident.read': { word: '查看事故压降目标和数字', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'accident.work': { word: '填报和核对事故数字', roles: ['officer', 'clerk', 'unitLeader'] },
  'accident.target': { word: '下达事故压降目标', roles: ['officer'] },
  'request.read': { word: '查看请示', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'request.work': { word: '办理请示', roles: ['officer', 'clerk', 'unitLeader', 'leader'] },
  'roster.read': { word: '查看重点时段和值班', roles: ['officer', 'clerk', 'unitLeader', 'leader', 'inspector'] },
  'roster.work': { word: '安排值班、登记交接班', roles: ['officer', 'clerk', 'unitLeader'] },
};

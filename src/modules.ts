/**
 * THE FLOORS. A room may import rooms on lower floors only; rooms on one floor do not know each other.
 * `checks/` and the import walls are generated from this table; people read it first.
 */
export const floors = [
  { floor: 1, room: 'units', name: '单位、人员、专班' },
  { floor: 2, room: 'access', name: '账号、登录、角色' },
  { floor: 2, room: 'enterprises', name: '企业和公共场所' },
  { floor: 2, room: 'letters', name: '公文' },
  { floor: 3, room: 'tasks', name: '任务清单' },
  { floor: 4, room: 'plans', name: '方案、工作要点' },
  { floor: 5, room: 'problems', name: '问题隐患台账' },
  { floor: 6, room: 'exchange', name: '对外接口' },
  { floor: 6, room: 'filings', name: '报送' },
  { floor: 7, room: 'supervision', name: '挂牌督办' },
  { floor: 8, room: 'meetings', name: '会议、责任书、值班' },
  { floor: 9, room: 'assessment', name: '考核、一票否决' },
  { floor: 10, room: 'bulletins', name: '日报、周通报、月调度' },
  { floor: 11, room: 'rulebook', name: '规则与样式' },
  { floor: 11, room: 'wall', name: '挂图作战' },
] as const;

export type Room = (typeof floors)[number]['room'];

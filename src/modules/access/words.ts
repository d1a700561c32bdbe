import type { Word } from '../../kernel/words.ts';

/** The words that this room owns. */
export const accessWords: readonly Word[] = [
  { id: 'account', zh: '账号', means: '一个人登录本系统的身份，有登录名、密码和角色。', of: 'thing', not: ['user'] },
  { id: 'login', zh: '登录名', means: '登录时填写的名字，全系统唯一。', of: 'thing', not: ['username'] },
  { id: 'session', zh: '登录', means: '一次登录，到退出、超时或被终止为止。', of: 'thing' },
  {
    id: 'lockout',
    zh: '暂停登录',
    means: '连续输错密码后，一段时间内不能登录，越错越久。',
    of: 'thing',
    from: 'GB/T 22239 登录失败处理',
  },
  {
    id: 'initialPassword',
    zh: '初始密码',
    means: '管理员建立或重置账号时随机产生、只显示一次的密码，登录后必须修改。',
    of: 'thing',
  },
  {
    id: 'auditEntry',
    zh: '操作日志',
    means: '谁在何时从哪里要求做什么、结果如何。',
    of: 'thing',
    from: 'GB/T 22239 安全审计',
  },
  { id: 'systemAdmin', zh: '系统管理员', means: '管账号、单位、设置、备份，不看业务。', of: 'role' },
  { id: 'auditAdmin', zh: '审计管理员', means: '看操作日志、核验记录，不管账号也不办业务。', of: 'role' },
  { id: 'officer', zh: '安委办工作人员', means: '办理本地安委办的各项业务。', of: 'role' },
  { id: 'clerk', zh: '单位经办人', means: '签收、填报、提交本单位的任务。', of: 'role' },
  { id: 'unitLeader', zh: '单位负责人', means: '看本单位的全部任务，审定提交，提出异议。', of: 'role' },
  { id: 'leader', zh: '分管领导', means: '查看全区或所分管范围，不办理。', of: 'role' },
  { id: 'account.read', zh: '查看账号', means: '查看账号、角色和登录情况。', of: 'permission' },
  { id: 'account.change', zh: '管理账号', means: '建立、停用、解锁账号，重置密码，调整角色。', of: 'permission' },
  { id: 'audit.read', zh: '查看操作日志', means: '查看全部操作日志。', of: 'permission' },
  { id: 'account.created', zh: '账号建立', means: '建立了一个账号。', of: 'fact' },
  { id: 'account.changed', zh: '账号修改', means: '姓名、单位、角色或范围有变化。', of: 'fact' },
  { id: 'account.disabled', zh: '账号停用', means: '账号不能再登录，已有的登录随即终止。', of: 'fact' },
  { id: 'account.enabled', zh: '账号启用', means: '停用的账号恢复使用。', of: 'fact' },
  { id: 'account.unlocked', zh: '账号解锁', means: '解除因输错密码造成的暂停登录。', of: 'fact' },
  { id: 'account.passwordReset', zh: '密码重置', means: '管理员为账号换了随机的初始密码。', of: 'fact' },
  { id: 'account.passwordChanged', zh: '密码修改', means: '本人修改了密码。', of: 'fact' },
];

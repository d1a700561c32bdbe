import type { Word } from '../../kernel/words.ts';

/** The words that this room owns. */
export const enterprisesWords: readonly Word[] = [
  {
    id: 'register',
    zh: '企业和场所名录',
    means: '一企一档：本地区的生产经营单位和公共场所，每家一份档案、一个编号。',
    from: 'M09 9.1',
    of: 'thing',
    not: ['company', 'firm'],
  },
  { id: 'place', zh: '公共场所', means: '学校、医院、商场、景区等人员聚集、需要监管的场所。', of: 'code' },
  {
    id: 'creditCode',
    zh: '统一社会信用代码',
    means: '法人和其他组织的 18 位代码；校验位不对只提醒，不拦阻。',
    from: 'GB 32100-2015',
    of: 'thing',
  },
  {
    id: 'regulator',
    zh: '直接监管单位',
    means: '对这家企业或场所负直接监管责任的单位，变更由安委办办理。',
    from: 'M09 9.1',
    of: 'thing',
  },
  { id: 'townUnit', zh: '属地', means: '企业或场所所在的镇街、开发区或村（社区）。', of: 'thing' },
  { id: 'grid', zh: '网格', means: '基层网格化监管的最小片区。', from: 'M13 13.1', of: 'thing' },
  { id: 'sticker', zh: '二维码标牌', means: '贴在企业或场所门口的二维码，扫码打开它的档案。', of: 'thing' },
  { id: 'enterprise.state.active', zh: '在营', means: '正常生产经营或开放。', of: 'state' },
  { id: 'enterprise.state.stopped', zh: '停业', means: '暂停生产经营或关闭，可能恢复。', of: 'state' },
  { id: 'enterprise.state.closed', zh: '注销', means: '不再存在，档案保留。', of: 'state' },
  { id: 'enterprise.read', zh: '查看企业和场所', means: '查看所能看到的企业和场所档案。', of: 'permission' },
  { id: 'enterprise.register', zh: '登记企业和场所', means: '登记名录中没有的企业或场所。', of: 'permission' },
  { id: 'enterprise.change', zh: '维护企业和场所', means: '修改、停业注销、合并、核实档案。', of: 'permission' },
  { id: 'enterprise.import', zh: '导入企业名录', means: '用表格成批登记或更新企业和场所。', of: 'permission' },
  { id: 'enterprise.registered', zh: '企业登记', means: '登记了一家企业或一处场所。', of: 'fact' },
  { id: 'enterprise.changed', zh: '企业变更', means: '档案内容有变化，更名的记下原名。', of: 'fact' },
  { id: 'enterprise.stateChanged', zh: '企业状态变化', means: '停业、恢复或注销。', of: 'fact' },
  { id: 'enterprise.merged', zh: '企业合并', means: '重复登记的并入保留的一份，原编号不再使用。', of: 'fact' },
  { id: 'enterprise.confirmed', zh: '企业核实', means: '有人核实了档案内容。', of: 'fact' },
];

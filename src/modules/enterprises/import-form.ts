import type { FormColumn } from '../../kernel/sheet-form.ts';

/** Headers by which a list of enterprises is read, as districts write them; the first one is what the template has. */
export const enterpriseColumns: readonly FormColumn[] = [
  {
    key: 'name',
    names: [
      '名称',
      '企业名称',
      '单位名称',
      '企业（场所）名称',
      '场所名称',
      '生产经营单位名称',
      '企业全称',
      '市场主体名称',
    ],
    needed: true,
  },
  { key: 'kind', names: ['类别', '类型', '对象类别'] },
  { key: 'creditCode', names: ['统一社会信用代码', '社会信用代码', '信用代码', '统一信用代码', '营业执照号'] },
  { key: 'sector', names: ['行业领域', '所属行业', '监管行业', '行业'] },
  { key: 'industry', names: ['国民经济行业代码', '行业代码', '行业类别代码'] },
  { key: 'address', names: ['地址', '详细地址', '生产经营地址', '经营地址', '单位地址', '住所', '所在地'] },
  { key: 'areaCode', names: ['区划代码', '行政区划代码'] },
  { key: 'longitude', names: ['经度', '东经'] },
  { key: 'latitude', names: ['纬度', '北纬'] },
  { key: 'town', names: ['属地', '所属镇街', '镇街', '所属乡镇', '属地镇街', '乡镇街道', '乡镇', '所在镇街'] },
  { key: 'grid', names: ['网格', '网格名称', '所属网格'] },
  { key: 'gridCode', names: ['网格编码', '网格编号'] },
  { key: 'regulator', names: ['直接监管单位', '监管单位', '行业主管部门', '主管部门', '监管部门'] },
  { key: 'legalPerson', names: ['法定代表人', '法人代表', '法人', '主要负责人', '负责人'] },
  { key: 'safetyHead', names: ['安全负责人', '安全管理人员', '安全管理员', '安全总监'] },
  { key: 'safetyPhone', names: ['安全负责人电话', '联系电话', '联系方式', '电话', '手机'] },
  { key: 'size', names: ['规模', '企业规模'] },
  { key: 'headcount', names: ['从业人数', '职工人数', '员工人数', '从业人员数', '人数'] },
  { key: 'risk', names: ['风险等级', '安全风险等级', '风险颜色', '风险分级'] },
  { key: 'state', names: ['状态', '经营状态', '登记状态', '生产经营状态'] },
  { key: 'stateOn', names: ['状态日期', '停业日期', '注销日期'] },
  { key: 'note', names: ['备注', '说明'] },
];

/** What the page of explanations in the template says. */
export const enterpriseFormHelp: readonly string[] = [
  '一、只有「名称」必填，其余不清楚的可以留空，以后补。一家企业或一处场所写一行；列的先后不限，用不到的列可以删去。',
  '二、「类别」填写：企业、公共场所；不填的按企业登记。',
  '三、「统一社会信用代码」按营业执照填写。校验位不对的只提醒、不拦阻；与名录中已有的相同，或名称、地址都相同的，认作同一家。',
  '四、「直接监管单位」「属地」填写本系统里的单位名称或简称；认不出的会逐行列出，并提示可能是哪个单位。',
  '五、「经度」「纬度」填写度数，如 118.1234、33.1234，要么都填，要么都不填。',
  '六、「规模」填写：大型、中型、小型、微型；「风险等级」填写：红、橙、黄、蓝；「状态」填写：在营、停业、注销。',
  '七、「状态日期」写成 2026-01-05 的样子，文本或表格日期都可以；不填的按导入当天。',
  '八、先核对，后写入：核对不改动任何内容，会逐行指出单元格和改法。写入时要么全部写入，要么一行也不写入。',
];

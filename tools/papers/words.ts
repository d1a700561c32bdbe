// Words of an invented district for documents to be looked at: as long as they come in practice, and longer.
import { addDays, type Day, day } from '../../src/kernel/day.ts';

export const issuer = '松涛区安全生产委员会办公室';
export const today = day('2026-11-22');
export const after = (days: number): Day => addDays(today, days);

/** Names of units, short and as long as they come. */
export const units = [
  '松涛区应急管理局',
  '松涛区住房和城乡建设局',
  '松涛区消防救援大队',
  '青石镇人民政府',
  '松涛区市场监督管理局',
  '白鹭街道办事处',
  '松涛区文化广电旅游体育局（区文物局）',
  '松涛经济技术开发区管理委员会安全生产和生态环境监督管理局',
  '松涛区交通运输局',
  '柳荫镇人民政府',
  '松涛区教育局',
  '松涛区卫生健康委员会',
] as const;
export const unit = (at: number): string => units[at % units.length] ?? '';
const people = [
  '周立诚',
  '林晓',
  '欧阳明远',
  '赵建国',
  '孙丽华',
  '钱伟',
  '吴海燕',
  '郑岩',
  '王思远',
  '冯静',
  '陈卫东',
  '褚云',
];
export const person = (at: number): string => people[at % people.length] ?? '';
const posts = ['党组书记、局长', '副局长', '镇长', '党工委委员、办事处副主任', '消防监督科科长', '安全总监'];
export const post = (at: number): string => posts[at % posts.length] ?? '';

const titles = [
  '消防控制室无人值守',
  '疏散通道堆放杂物，安全出口被锁闭',
  '有限空间作业未办理审批手续，现场没有监护人员，也没有配备气体检测和应急救援器材',
  '外脚手架连墙件缺失，作业层防护栏杆高度不足',
  '燃气报警器失效',
  '电动自行车在门厅内停放充电',
  '危险化学品仓库禁配物料混存，通风设施停用，应急处置卡没有更新',
  '特种设备超期未检',
];
export const title = (at: number): string => titles[at % titles.length] ?? '';
const sentences = [
  '现场检查发现，该场所消防水泵不能启动，疏散通道被占用堵塞，一旦发生火灾极易造成人员伤亡。',
  '经核查，该隐患自2026年9月3日发现以来，责任单位虽然制定了整改方案，但是没有落实资金和人员，整改进展缓慢，先后两次申请延期，目前仍未完成。',
  '应当明确一名负责同志牵头，逐项细化整改措施、责任人和完成时限，整改期间落实防范措施，不能保证安全的停止使用。',
  '对同类场所开展一次全面排查，举一反三，排查情况形成书面材料。',
  '应当压实企业主体责任和部门监管责任，对弄虚作假、敷衍整改的，依法依规处理，并按照有关规定移送。',
  '加强日常巡查，每周至少一次，巡查记录留存备查。',
];
export const sentence = (at: number): string => sentences[at % sentences.length] ?? '';
export const many = <T>(count: number, make: (at: number) => T): T[] =>
  Array.from({ length: count }, (_, at) => make(at));

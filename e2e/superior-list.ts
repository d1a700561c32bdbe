import { buildLetter } from '../src/app/demo/documents/letter.ts';
import { readTemplate } from '../src/app/demo/documents/template.ts';
import { day } from '../src/kernel/day.ts';
import type { PlanFile } from './material.ts';

/** Rows of the list: 21, of which one is there twice; `{d+18}` is a day relative to the one on which it comes. */
const rows = [
  [
    '澜滨新城三期项目工地',
    '三层临边没有防护栏杆，工人正在作业。',
    '一般',
    '装设标准栏杆和挡脚板',
    '区住建局',
    '{d+18}前',
    '',
  ],
  [
    '澜澜购物中心',
    '二层人员密集场所疏散通道被砖墙封堵，宽度不足八十厘米。',
    '一般',
    '拆除砖墙，恢复疏散通道',
    '区消防救援大队',
    '{d+54}前',
    '',
  ],
  ['榆荫农贸市场', '配电箱没有上锁，周边堆放纸箱。', '一般', '上锁，清理可燃物', '澜桥街道', '{d+11}前', ''],
  ['望澜第二机修厂', '砂轮机防护罩缺失，操作工未戴护目镜。', '一般', '加装防护罩', '区应急管理局', '{d+3}前', ''],
  ['河湾加油站', '卸油口静电接地夹锈蚀。', '一般', '更换接地夹', '区应急管理局', '{d+2}前', ''],
  [null, '油罐区消防沙箱没有沙。', '一般', '补足消防沙', '区应急管理局', '{d+23}前', ''],
  ['站前客运点', '发车前安全告知没有落实，安检仪停用。', '一般', '恢复安检', '区交通运输局', '{d+13}前', ''],
  ['学府路小学', '食堂燃气报警器没有通电。', '一般', '通电并试验', '区教育局', '{d+8}前', ''],
  ['文昌培训中心', '安全出口上锁，教室窗户装有铁栅栏。', '一般', '拆除锁具和铁栅栏', '区教体局', '{d+13}前', ''],
  ['望月大厦', '地下车库消火栓被车位挡住。', '一般', '调整车位', '区住建局', '{d+54}前', ''],
  ['顺和家具厂', '喷漆房使用非防爆电气。', '一般', '更换为防爆电气', '区应急管理局', '立即整改', ''],
  [
    '新圩仓储',
    '一是叉车通道与人行通道没有分开；二是应急照明灯不亮。',
    '一般',
    '划线分流，更换灯具',
    '区应急管理局',
    '{d+23}前',
    '',
  ],
  ['镜湖路酒楼', '排烟管道一年没有清洗，油垢厚。', '一般', '清洗管道', '区城管局', '{d+21}前', ''],
  ['隆昌渔业码头', '渔船救生衣数量不足。', '一般', '按人数配足', '区农业农村局', '{d+38}前', ''],
  ['汐湾影城', '放映厅疏散指示标志不亮。', '较大', '更换标志', '区文体旅局', '{d+15}前', ''],
  ['园区二路物流园', '危险货物车辆与普通车辆混停。', '一般', '划定专用车位', '区交通运输局', '{d+33}前', ''],
  ['东桥卫生院', '氧气瓶与可燃物同室存放。', '一般', '分室存放', '区卫健委', '{d+19}前', ''],
  ['杏花小区', '三号楼楼道堆放电动自行车。', '一般', '清理并设集中停放点', '澜桥街道', '{d+5}前', '已完成整改'],
  ['澜北汽修', '举升机没有定期检查记录。', '一般', '补做检查', '区市场监管局', '{d+31}前', ''],
  ['白鹭民宿', '厨房与客房之间没有防火分隔。', '一般', '按要求分隔', '区文体旅局', '{d+43}前', ''],
  ['望澜第二机修厂', '砂轮机防护罩缺失，操作工未戴护目镜。', '一般', '加装防护罩', '区应急管理局', '{d+3}前', ''],
] as const;

const letter = `
@landscape
@issued -3
@redhead 陵沧市安全生产委员会办公室
@number 陵安办函〔{y}〕39号
@notice 关于反馈望澜区安全生产督导检查发现问题的函
@to 望澜区人民政府：
{D-8}至{D-5}，市安委会第一督导组对你区开展安全生产督导检查，发现问题隐患。现将清单反馈你区，请逐条落实整改。
附件：望澜区安全生产督导检查发现问题清单
@sign 陵沧市安全生产委员会办公室
@date {issued}
@page
@plain 附件
@title 望澜区安全生产督导检查发现问题清单
@table 6 24 54 10 30 18 18 14
序号 | 被检查单位 | 存在问题 | 隐患等级 | 整改要求 | 责任单位 | 整改时限 | 备注`;

/** How many problems come of the list. */
export const listed = 20;

/** A superior's feedback list about the fictional district as such lists are drafted, three days old on the given day. */
export async function superiorList(on: string): Promise<PlanFile> {
  const table = rows.map((cells, at) => [at + 1, ...cells.map((cell) => cell ?? '^')].join(' | ')).join('\n');
  const bytes = await buildLetter(readTemplate(`${letter}\n${table}`, day(on)));
  return {
    name: '关于反馈望澜区安全生产督导检查发现问题的函.docx',
    mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    buffer: Buffer.from(bytes),
    tasks: listed,
  };
}

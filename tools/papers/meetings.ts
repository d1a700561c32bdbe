import type { DocumentSays } from '../../src/modules/letters/form.ts';
import type { meetingForms } from '../../src/modules/meetings/documents.ts';
import { after, many, person, post, sentence, title, today, unit, units } from './words.ts';

type Says = { readonly [K in keyof typeof meetingForms]: DocumentSays<(typeof meetingForms)[K]['blanks']> };
const topics = [
  '听取前三季度安全生产形势汇报',
  '审议冬季安全生产专项整治工作方案',
  '研究重大隐患挂牌督办和考核有关事项',
];

/** What the documents of meetings say: as usual, much, and as little as may be. */
export const meetingPapers = (size: 'usual' | 'long' | 'bare'): Says => {
  const long = size === 'long';
  const count = long ? 26 : size === 'usual' ? 6 : 1;
  const name = long
    ? '松涛区安全生产委员会2026年第四次全体（扩大）会议暨冬季安全生产专项整治调度会'
    : '区安委会2026年第四次全体会议';
  return {
    notice: {
      会议名称: name,
      主送单位: many(Math.min(count, units.length), unit).join('，'),
      会议日期: after(4),
      会议时间: '14:30',
      会议地点: '区政府一号楼二楼第一会议室',
      主持人: '区政府副区长周立诚',
      议题: many(size === 'bare' ? 1 : long ? 12 : 3, (at) => ({
        序号: at + 1,
        内容: topics[at % 3] ?? '',
        汇报单位: size === 'bare' ? null : unit(at),
      })),
      参会人员: many(count, (at) => ({
        序号: at + 1,
        单位: unit(at),
        姓名: size === 'bare' ? '—' : person(at),
        职务: size === 'bare' ? '—' : post(at),
      })),
      抄送单位: size === 'bare' ? null : '区委办公室，区政府办公室',
    },
    minutes: {
      会议名称: name,
      会议编号: 'H2026-0019',
      召开日期: today,
      会议地点: '区政府一号楼二楼第一会议室',
      主持人: '区政府副区长周立诚',
      应到人数: count + 1,
      实到人数: count,
      出席: many(count, (at) => `${unit(at)}${person(at)}`).join('，'),
      请假: size === 'bare' ? null : '松涛区教育局冯静',
      缺席: null,
      议题: many(size === 'bare' ? 1 : 3, (at) => ({ 序号: at + 1, 内容: `${topics[at] ?? ''}。` })),
      议定内容: many(long ? 14 : 3, (at) => `（${at + 1}）${sentence(at)}`),
      交办事项:
        size === 'bare'
          ? [{ 序号: 1, 事项: '本次会议没有交办事项', 牵头单位: '—', 完成时限: '—', 任务编号: '—' }]
          : many(long ? 13 : 3, (at) => ({
              序号: at + 1,
              事项: title(at),
              牵头单位: unit(at + 5),
              完成时限: after(20 + at),
              任务编号: `R2026-${String(314 + at).padStart(6, '0')}`,
            })),
      抄送单位: size === 'bare' ? null : '区委办公室，区政府办公室',
    },
    responsibility: {
      责任书名称: `${long ? '松涛经济技术开发区管理委员会' : '青石镇'}2026年度安全生产目标管理责任书`,
      责任书编号: 'Z2026-0007',
      年度: '2026年',
      甲方: '松涛区人民政府',
      乙方: long ? unit(7) : unit(3),
      甲方签字人: '周立诚（区政府副区长）',
      乙方签字人: '林晓（党工委委员、管委会副主任）',
      目标: many(long ? 12 : 3, (at) => ({
        序号: at + 1,
        名称: ['生产安全死亡事故', '问题隐患按期整改率', '重大隐患按期销号率'][at % 3] ?? '',
        要求: at % 3 === 0 ? '不超过1起' : '不低于95%',
      })),
      职责: size === 'bare' ? ['履行法定安全生产职责。'] : many(long ? 14 : 4, (at) => `（${at + 1}）${sentence(at)}`),
    },
    request: {
      事项: long
        ? '将松涛国际商贸城地下二层物流配送中心重大火灾隐患提请市级挂牌督办并协调异地搬迁'
        : '对永兴仓储中心停产停业整顿',
      请示编号: 'S2026-0005',
      抄送单位: null,
      联系人: size === 'bare' ? null : '欧阳明远',
      请示单位: unit(2),
      主送机关: '松涛区安全生产委员会',
      情况: long ? many(12, sentence) : [sentence(0)],
      建议: many(long ? 6 : 1, (at) => sentence(at + 2)),
    },
    roster: {
      时段名称: '2027年元旦',
      起始日期: after(40),
      截止日期: after(42),
      主送单位: many(long ? 12 : 4, unit).join('，'),
      要求: ['严格执行领导带班和24小时值班制度。', ...(long ? many(4, sentence) : [])],
      值班: many(long ? 36 : size === 'usual' ? 6 : 1, (at) => ({
        日期: after(40 + (at % 3)),
        单位: unit(Math.floor(at / 3)),
        带班领导: at % 4 === 1 ? person(at) : `${person(at)}\n139000000${String(at).padStart(2, '0')}`,
        值班人员: person(at + 3),
        电话: '0000-81234567',
      })),
      抄送单位: null,
    },
  };
};

export const assessmentPaper = (size: 'usual' | 'long' | 'bare') => {
  const count = size === 'long' ? 36 : size === 'usual' ? 10 : 1;
  const grades = ['优秀', '良好', '合格', '不合格'];
  return {
    年度: 2026,
    考核对象: size === 'long' ? '区安委会各成员单位和中央、省、市驻区有关单位' : '各镇（街道）',
    主送单位: '各镇（街道），区各有关部门',
    依据: '《松涛区安全生产目标管理考核办法（演示）》第四条',
    考核期: '2026年1月1日至2026年12月31日',
    单位数: count,
    满分: 100,
    平均分: '87.35',
    取数日期: after(40),
    数据指纹: '5f1c88a0d2b34e71',
    等次: grades.map((name, at) => {
      const names = many(count, unit).filter((_, one) => one % 4 === at);
      return { 等次: name, 数量: names.length, 单位: names.join('、') || '无' };
    }),
    结果: many(count, (at) => ({
      名次: at + 1,
      单位: unit(at),
      基本分: (95.5 - at * 0.75).toFixed(2),
      加分: at % 3 === 0 ? '1.50' : '0',
      扣分: at % 4 === 1 ? '3.00' : '0',
      得分: (97 - at * 0.75).toFixed(2),
      等次: grades[at % 4] ?? '',
    })),
    否决:
      size === 'bare'
        ? ['没有一票否决的情形。']
        : [`${unit(7)}：2026年6月发生一起较大生产安全责任事故，按照考核办法第十二条予以一票否决，等次定为不合格。`],
    挂钩: ['考核等次与部门绩效考核等级挂钩：优秀的，部门绩效考核加2分；不合格的，不得评为优秀等次。'],
    抄送单位: size === 'bare' ? null : '区委组织部，区委编办',
  };
};

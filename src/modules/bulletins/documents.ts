import { type DocumentForm, type DocumentSays, documentFoot, documentForm, documentHead } from '../letters/form.ts';
import { sectionWords } from './bulletin-form.ts';
import { typedFigures } from './text.ts';

const text = (means: string) => ({ kind: 'text', means }) as const;
const number = (means: string) => ({ kind: 'number', means }) as const;
const paragraphs = (means: string) => ({ kind: 'paragraphs', means, optional: true }) as const;

const chart = (means: string) => ({ kind: 'chart', means, optional: true }) as const;
const chartName = { kind: 'text', means: '图的序号和图题，没有图时为空', optional: true } as const;
const heading = { kind: 'text', means: '这一部分的序号和标题，没有这一部分时为空', optional: true } as const;

const ranked = {
  名次: number('得分相同的名次相同'),
  单位: text('单位名称'),
  得分: text('满分一百'),
  按期率: text('按期了结率'),
  最长逾期: text('最长逾期天数'),
  首查通过率: text('首次复查通过率'),
  回头看合格率: text('回头看合格率'),
} as const;

/** The blanks of every bulletin; a template may do without those that are optional. */
const bulletinBlanks = {
  ...documentHead,
  ...documentFoot,
  标题: text('通报的名称'),
  期次: text('本年第几期'),
  本期: text('起止日期'),
  截至日: text('期末的日期'),
  快照指纹: text('快照的校验值，凭它可以核对数字'),
  主送单位: { kind: 'text', means: '通报发给谁', optional: true },
  总体情况标题: heading,
  总体情况: paragraphs(sectionWords.summary),
  任务进展标题: heading,
  任务进展: paragraphs(sectionWords.tasks),
  问题隐患标题: heading,
  问题隐患: paragraphs(sectionWords.problems),
  逾期情况标题: heading,
  逾期情况: paragraphs(sectionWords.overdue),
  督办情况标题: heading,
  督办情况: paragraphs(sectionWords.pressure),
  报送情况标题: heading,
  报送情况: paragraphs(sectionWords.filings),
  排名情况标题: heading,
  排名情况: paragraphs(sectionWords.ranking),
  经验做法标题: heading,
  经验做法: paragraphs(sectionWords.practices),
  工作要求标题: heading,
  工作要求: paragraphs(sectionWords.next),
  指标: {
    kind: 'rows',
    means: '主要指标和上期比较',
    optional: true,
    fields: { 名称: text('指标'), 本期: number('本期数'), 上期: number('上期数'), 增减: text('增加、减少或持平') },
  },
  新增销号图: chart('本期逐日（逐周、逐月）新增和销号的问题隐患'),
  新增销号图题: chartName,
  逾期图: chart('期末逾期较多的单位，问题隐患和任务分开'),
  逾期图题: chartName,
  附件说明: { kind: 'text', means: '附件的序号和名称，一行一个', optional: true },
  阶段: {
    kind: 'rows',
    means: '各阶段任务进展',
    optional: true,
    fields: {
      名称: text('方案和阶段'),
      总数: number('任务总数'),
      已销号: number('已销号任务'),
      在办: number('在办任务'),
      逾期: number('逾期任务'),
      完成率: text('完成率'),
    },
  },
  行业: {
    kind: 'rows',
    means: '各行业领域问题隐患',
    optional: true,
    fields: {
      名称: text('行业领域'),
      新增: number('本期新增'),
      销号: number('本期销号'),
      重新打开: number('本期重新打开'),
      未销号: number('期末未销号'),
      逾期: number('期末逾期'),
    },
  },
  任务行业: {
    kind: 'rows',
    means: '各行业领域任务进展',
    optional: true,
    fields: {
      名称: text('行业领域'),
      总数: number('任务总数'),
      已销号: number('已销号任务'),
      在办: number('在办任务'),
      逾期: number('逾期任务'),
      完成率: text('完成率'),
    },
  },
  单位: {
    kind: 'rows',
    means: '各单位问题隐患和任务',
    optional: true,
    fields: {
      名称: text('单位名称'),
      新增: number('本期新增问题'),
      销号: number('本期销号问题'),
      未销号: number('期末未销号问题'),
      逾期: number('期末逾期问题'),
      最长逾期: number('最长逾期天数'),
      在办任务: number('期末在办任务'),
      逾期任务: number('期末逾期任务'),
    },
  },
  逾期事项: {
    kind: 'rows',
    means: '各单位逾期时间最长的事项',
    optional: true,
    fields: {
      单位: text('责任单位'),
      事项: text('编号和事项'),
      责任人: text('责任人'),
      时限: text('整改或完成时限'),
      天数: number('逾期天数'),
    },
  },
  挂牌: {
    kind: 'rows',
    means: '正在挂牌督办的重大隐患',
    optional: true,
    fields: {
      编号: text('挂牌编号'),
      事项: text('督办事项'),
      责任单位: text('责任单位'),
      时限: text('整改时限'),
      逾期: number('逾期天数'),
    },
  },
  措施: {
    kind: 'rows',
    means: '本期送达的督促措施',
    optional: true,
    fields: {
      种类: text('提示函、警示函、约谈等'),
      单位: text('针对的单位'),
      事项: text('因为什么'),
      日期: text('送达日期'),
      文号: text('发文字号'),
    },
  },
  报送: {
    kind: 'rows',
    means: '各单位报送情况',
    optional: true,
    fields: {
      单位: text('单位名称'),
      应报: number('应报份数'),
      按时: number('按时份数'),
      迟报: number('迟报份数'),
      缺报: number('缺报份数'),
    },
  },
  靠前: { kind: 'rows', means: '排名靠前的单位', optional: true, fields: ranked },
  靠后: { kind: 'rows', means: '排名靠后的单位', optional: true, fields: ranked },
} as const;

const formOf = (kind: string, word: string) =>
  documentForm({
    kind: `bulletin.${kind}`,
    word,
    room: 'bulletins',
    letters: 'bulletin',
    layout: 'document',
    blanks: bulletinBlanks,
    typed: typedFigures,
  });

/** The documents of bulletins: one layout for each length. */
export const bulletinForms = {
  daily: formOf('daily', '日报'),
  weekly: formOf('weekly', '周通报'),
  monthly: formOf('monthly', '月调度材料'),
} as const satisfies Readonly<Record<string, DocumentForm>>;
export type BulletinSays = DocumentSays<typeof bulletinBlanks>;

/** Which layout a period takes. */
export const documentFormOf = (period: string): (typeof bulletinForms)[keyof typeof bulletinForms] =>
  period === 'day' ? bulletinForms.daily : period === 'week' ? bulletinForms.weekly : bulletinForms.monthly;

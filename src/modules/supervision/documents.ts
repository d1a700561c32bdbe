import { blanks, type ValuesOf } from '../../kernel/blanks.ts';

/** The documents that leave this room. Each is a template with the blanks declared here, and a series of numbers. */
export const documentKinds = ['notice', 'announcement', 'acceptance', 'delisting', 'letter'] as const;
export type DocumentKind = (typeof documentKinds)[number];
export const documentWords: Readonly<Record<DocumentKind, string>> = {
  notice: '挂牌督办通知书',
  announcement: '挂牌公告',
  acceptance: '验收意见书',
  delisting: '摘牌公告',
  letter: '督办函',
};

const head = {
  发文机关标志: { kind: 'headline', means: '红头，如“某某区安全生产委员会办公室文件”' },
  发文字号: { kind: 'text', means: '机关代字、六角括号中的年份和序号' },
  发文机关: { kind: 'text', means: '落款的发文机关' },
  成文日期: { kind: 'day', means: '签发的日期' },
} as const;
const foot = {
  抄送单位: { kind: 'text', means: '抄送哪些单位', optional: true },
  印发机关: { kind: 'text', means: '版记中的印发机关' },
  印发日期: { kind: 'day', means: '版记中的印发日期' },
} as const;
const matter = {
  事项名称: { kind: 'text', means: '督办事项的名称' },
  挂牌编号: { kind: 'text', means: '系统中的挂牌编号' },
  隐患单位: { kind: 'text', means: '存在隐患的企业或场所' },
  责任单位: { kind: 'text', means: '负责整改的单位' },
} as const;
const listedRows = {
  kind: 'rows',
  means: '公告的事项，一项一行',
  fields: {
    序号: { kind: 'number', means: '从1起' },
    单位: { kind: 'text', means: '存在隐患的企业或场所' },
    地点: { kind: 'text', means: '隐患所在的地点' },
    隐患: { kind: 'text', means: '隐患的主要情况' },
    责任单位: { kind: 'text', means: '负责整改的单位' },
    督办单位: { kind: 'text', means: '负责督办的单位' },
    时限: { kind: 'day', means: '整改时限' },
  },
} as const;

/** The type of the blanks of each document: a template is checked against it, and a value left out does not compile. */
export const documentBlanks = {
  notice: blanks({
    ...head,
    ...foot,
    ...matter,
    主送单位: { kind: 'text', means: '通知书发给谁' },
    督办级别: { kind: 'text', means: '县级、市级、省级等' },
    隐患地点: { kind: 'text', means: '隐患所在的地点' },
    行业领域: { kind: 'text', means: '行业领域' },
    隐患情况: { kind: 'paragraphs', means: '隐患的基本情况，可有若干段' },
    判定依据: { kind: 'text', means: '判定为重大所依据的标准条款' },
    督办单位: { kind: 'text', means: '负责督办的单位' },
    整改要求: {
      kind: 'rows',
      means: '整改要求，一条一行',
      fields: { 序号: { kind: 'number', means: '从1起' }, 内容: { kind: 'text', means: '一条整改要求' } },
    },
    报送方案时限: { kind: 'day', means: '最晚哪一天报送整改方案' },
    整改时限: { kind: 'day', means: '最晚哪一天完成整改，与责令整改的时限一致' },
    验收天数: { kind: 'number', means: '接到验收申请后几日内组织现场验收' },
  }),
  announcement: blanks({
    ...head,
    事项名称: matter.事项名称,
    督办级别: { kind: 'text', means: '县级、市级、省级等' },
    事项: listedRows,
    监督电话: { kind: 'text', means: '受理监督举报的电话', optional: true },
  }),
  acceptance: blanks({
    ...head,
    ...matter,
    挂牌文号: { kind: 'text', means: '挂牌督办通知书的发文字号' },
    申请日期: { kind: 'day', means: '责任单位申请验收的日期' },
    验收日期: { kind: 'day', means: '现场验收的日期' },
    验收地点: { kind: 'text', means: '现场验收的地点' },
    人员: {
      kind: 'rows',
      means: '参加验收的人员，一人一行',
      fields: {
        序号: { kind: 'number', means: '从1起' },
        姓名: { kind: 'text', means: '姓名' },
        单位: { kind: 'text', means: '所在单位' },
        职务: { kind: 'text', means: '职务、职称' },
        身份: { kind: 'text', means: '验收人员或专家' },
      },
    },
    检查: {
      kind: 'rows',
      means: '逐条核对整改要求，一条一行',
      fields: {
        序号: { kind: 'number', means: '从1起' },
        要求: { kind: 'text', means: '整改要求' },
        情况: { kind: 'text', means: '现场核对的情况' },
      },
    },
    验收结论: { kind: 'text', means: '通过或不通过' },
    验收意见: { kind: 'paragraphs', means: '验收意见，可有若干段' },
    重新整改时限: { kind: 'day', means: '不通过的，最晚哪一天完成重新整改', optional: true },
  }),
  delisting: blanks({
    ...head,
    事项名称: matter.事项名称,
    督办级别: { kind: 'text', means: '县级、市级、省级等' },
    事项: {
      kind: 'rows',
      means: '摘牌的事项，一项一行',
      fields: {
        序号: { kind: 'number', means: '从1起' },
        单位: { kind: 'text', means: '存在隐患的企业或场所' },
        隐患: { kind: 'text', means: '隐患的主要情况' },
        责任单位: { kind: 'text', means: '负责整改的单位' },
        挂牌文号: { kind: 'text', means: '挂牌督办通知书的发文字号' },
        挂牌日期: { kind: 'day', means: '挂牌的日期' },
        验收日期: { kind: 'day', means: '验收通过的日期' },
      },
    },
  }),
  letter: blanks({
    ...head,
    ...matter,
    抄送单位: foot.抄送单位,
    主送单位: { kind: 'text', means: '督办函发给谁' },
    挂牌文号: { kind: 'text', means: '挂牌督办通知书的发文字号' },
    整改时限: { kind: 'day', means: '原定的整改时限' },
    督办缘由: { kind: 'paragraphs', means: '为什么督办，可有若干段' },
    督办要求: { kind: 'paragraphs', means: '要求怎么办，可有若干段' },
    回复时限: { kind: 'day', means: '最晚哪一天书面回复' },
  }),
} as const;

export type DocumentValues<K extends DocumentKind> = ValuesOf<(typeof documentBlanks)[K]>;

/** X安委办〔2026〕3号: letters of the office, the year in hexagonal brackets, a serial without leading zeros. */
export const documentNumber = (letters: string, year: number, serial: number): string =>
  `${letters}〔${year}〕${serial}号`;

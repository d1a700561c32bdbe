import { documentFoot, documentForm, documentHead } from '../letters/form.ts';
import type { PressureKind } from './pressure.ts';

const letter = {
  ...documentHead,
  抄送单位: documentFoot.抄送单位,
  事项名称: { kind: 'text', means: '措施针对的事项，用在标题中' },
  主送单位: { kind: 'text', means: '发给谁' },
  措施编号: { kind: 'text', means: '系统中的措施编号' },
  缘由: { kind: 'paragraphs', means: '为什么采取措施：规则查到的事实或提请的理由，可有若干段' },
  事项清单: { kind: 'paragraphs', means: '涉及的问题、任务等，一条一段；没有就没有这一段', optional: true },
  要求: { kind: 'paragraphs', means: '要求怎么办，一条一段' },
} as const;
const replied = { ...letter, 回复时限: { kind: 'day', means: '最晚哪一天书面回复' } } as const;
const organ = { ...replied, 有关单位: { kind: 'text', means: '事项涉及的单位' } } as const;
const meeting = {
  约谈日期: { kind: 'day', means: '约谈的日期' },
  约谈时间: { kind: 'text', means: '几时几分' },
  约谈地点: { kind: 'text', means: '约谈的地点' },
  主持人: { kind: 'text', means: '主持约谈的领导' },
} as const;

/** The documents of measures. Most are letters; a circular and the papers of an interview carry the red head. */
export const pressureForms = {
  reminder: documentForm({
    kind: 'pressure.reminder',
    word: '提示函',
    room: 'supervision',
    letters: 'letter',
    layout: 'letter',
    blanks: replied,
  }),
  warning: documentForm({
    kind: 'pressure.warning',
    word: '警示函',
    room: 'supervision',
    letters: 'letter',
    layout: 'letter',
    blanks: replied,
  }),
  urging: documentForm({
    kind: 'pressure.urging',
    word: '督办单',
    room: 'supervision',
    letters: 'letter',
    layout: 'letter',
    blanks: replied,
  }),
  interview: documentForm({
    kind: 'pressure.interview',
    word: '约谈通知书',
    room: 'supervision',
    letters: 'interview',
    layout: 'document',
    blanks: { ...letter, ...documentFoot, ...meeting },
  }),
  minutes: documentForm({
    kind: 'pressure.minutes',
    word: '约谈纪要',
    room: 'supervision',
    letters: 'minutes',
    layout: 'document',
    blanks: {
      ...documentHead,
      ...documentFoot,
      ...meeting,
      事项名称: letter.事项名称,
      措施编号: letter.措施编号,
      约谈文号: { kind: 'text', means: '约谈通知书的发文字号' },
      被约谈单位: { kind: 'text', means: '被约谈的单位' },
      人员: {
        kind: 'rows',
        means: '参加约谈的人员，一人一行',
        fields: {
          序号: { kind: 'number', means: '从1起' },
          姓名: { kind: 'text', means: '姓名' },
          单位: { kind: 'text', means: '所在单位' },
          职务: { kind: 'text', means: '职务' },
          身份: { kind: 'text', means: '约谈方或被约谈方' },
        },
      },
      纪要: { kind: 'paragraphs', means: '约谈的主要内容，可有若干段' },
      承诺: { kind: 'paragraphs', means: '被约谈单位的整改承诺，一条一段' },
    },
  }),
  circular: documentForm({
    kind: 'pressure.circular',
    word: '通报',
    room: 'supervision',
    letters: 'circular',
    layout: 'document',
    blanks: {
      ...letter,
      ...documentFoot,
      被通报单位: { kind: 'text', means: '被通报批评的单位' },
    },
  }),
  accountability: documentForm({
    kind: 'pressure.accountability',
    word: '问责建议书',
    room: 'supervision',
    letters: 'letter',
    layout: 'letter',
    blanks: organ,
  }),
  transfer: documentForm({
    kind: 'pressure.transfer',
    word: '线索移交函',
    room: 'supervision',
    letters: 'transfer',
    layout: 'letter',
    blanks: organ,
  }),
  reminding: documentForm({
    kind: 'pressure.reminding',
    word: '催办函',
    room: 'supervision',
    letters: 'letter',
    layout: 'letter',
    blanks: {
      ...documentHead,
      抄送单位: documentFoot.抄送单位,
      事项名称: letter.事项名称,
      主送单位: letter.主送单位,
      原文号: { kind: 'text', means: '原来那份公文的发文字号' },
      送达日期: { kind: 'day', means: '原来那份公文送达的日期' },
      回复时限: replied.回复时限,
      逾期天数: { kind: 'number', means: '回复逾期几天' },
    },
  }),
  lifting: documentForm({
    kind: 'pressure.lifting',
    word: '解除通知',
    room: 'supervision',
    letters: 'letter',
    layout: 'letter',
    blanks: {
      ...documentHead,
      抄送单位: documentFoot.抄送单位,
      事项名称: letter.事项名称,
      主送单位: letter.主送单位,
      原文号: { kind: 'text', means: '原来那份公文的发文字号' },
      措施名称: { kind: 'text', means: '警示函、约谈等' },
      解除意见: { kind: 'paragraphs', means: '为什么解除，可有若干段' },
    },
  }),
} as const;

/** The document with which a kind is served; an exposure has a record of its publication instead. */
export const servingForm = (kind: PressureKind): Exclude<PressureKind, 'exposure'> | null =>
  kind === 'exposure' ? null : kind;

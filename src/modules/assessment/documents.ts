import { documentForm, documentFoot as foot, documentHead as head } from '../letters/form.ts';

/** The documents of an assessment. Each is a template with the blanks declared here. */
export const assessmentForms = {
  result: documentForm({
    kind: 'assessment.result',
    word: '考核结果通报',
    room: 'assessment',
    letters: 'circular',
    layout: 'document',
    blanks: {
      ...head,
      ...foot,
      年度: { kind: 'number', means: '考核的年度' },
      考核对象: { kind: 'text', means: '如各镇（街道）' },
      主送单位: { kind: 'text', means: '通报发给谁' },
      依据: { kind: 'text', means: '考核依据的文件' },
      考核期: { kind: 'text', means: '自何日至何日' },
      单位数: { kind: 'number', means: '被考核的单位数' },
      满分: { kind: 'number', means: '总分' },
      平均分: { kind: 'text', means: '各单位得分的平均数' },
      取数日期: { kind: 'day', means: '从台账取数截至哪一天' },
      数据指纹: { kind: 'text', means: '取数封存的指纹' },
      等次: {
        kind: 'rows',
        means: '各等次有哪些单位，一个等次一行',
        fields: {
          等次: { kind: 'text', means: '优秀、良好等' },
          数量: { kind: 'number', means: '单位数' },
          单位: { kind: 'text', means: '单位名称' },
        },
      },
      结果: {
        kind: 'rows',
        means: '各单位的得分，一个单位一行',
        fields: {
          名次: { kind: 'number', means: '得分相同的名次相同' },
          单位: { kind: 'text', means: '单位名称' },
          基本分: { kind: 'text', means: '共性、个性指标得分' },
          加分: { kind: 'text', means: '加分' },
          扣分: { kind: 'text', means: '扣分' },
          得分: { kind: 'text', means: '总得分' },
          等次: { kind: 'text', means: '等次' },
        },
      },
      否决: { kind: 'paragraphs', means: '一票否决的情形，没有的写没有' },
      挂钩: { kind: 'paragraphs', means: '等次与部门绩效考核等级挂钩的规定' },
    },
  }),
} as const;

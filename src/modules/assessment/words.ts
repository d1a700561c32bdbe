import type { Word } from '../../kernel/words.ts';
import { appealLifecycle } from './appeal-lifecycle.ts';
import { schemeLifecycle } from './lifecycle.ts';
import { vetoLifecycle } from './veto-lifecycle.ts';

/** Words of a lifecycle's states and actions from its own table, so that they cannot drift. */
const ofCase = (
  item: string,
  of: {
    readonly noun: string;
    readonly states: Readonly<Record<string, string>>;
    readonly actions: Readonly<Record<string, string>>;
  },
  means: Readonly<Record<string, string>>,
): Word[] => [
  ...Object.entries(of.states).map(
    ([id, zh]): Word => ({
      id: `${item}.state.${id}`,
      zh,
      of: 'state',
      means: means[id] ?? `${of.noun}的状态：${zh}。`,
    }),
  ),
  ...Object.entries(of.actions).map(
    ([id, zh]): Word => ({
      id: `${item}.action.${id}`,
      zh,
      of: 'action',
      means: means[id] ?? `对${of.noun}的办理：${zh}。`,
    }),
  ),
];

/** The words of this room. */
export const assessmentWords: readonly Word[] = [
  {
    id: 'scheme',
    zh: '考核方案',
    of: 'thing',
    means: '一年一类考核对象的指标、分值、计分规则、等次和否决情形；发布后不改，只出新版本。',
    from: '年度考核',
  },
  {
    id: 'indicator',
    zh: '考核指标',
    of: 'thing',
    means: '共性或个性的一项，从台账取数或由指定单位凭证据打分。',
    from: '“共性+个性”安全生产责任考核评价体系',
  },
  { id: 'measureOfLedger', zh: '取数口径', of: 'thing', means: '固定的一组从台账计算的数，不数录入了多少。' },
  { id: 'scoring', zh: '计分规则', of: 'thing', means: '按比例、分档、分段或逐项加减，好的不会比差的分低。' },
  { id: 'scoreSheet', zh: '考核表', of: 'thing', means: '一个单位逐项的得分和算法，每个数都能打开对应的记录。' },
  {
    id: 'scoreSnapshot',
    zh: '考核取数',
    of: 'thing',
    means: '某一天从台账取得的全部数据，封存后不再变动，有指纹可核对。',
  },
  { id: 'selfAssessment', zh: '自评', of: 'thing', means: '被考核单位的自评分和说明。' },
  {
    id: 'veto',
    zh: '一票否决',
    of: 'thing',
    means: '出现规定的情形，不论得分多少，等次直接定为或不高于某一等。',
    from: '严格实行安全生产“一票否决”制度',
  },
  { id: 'appeal', zh: '考核申诉', of: 'thing', means: '公示期内被考核单位对某一项得分提出异议。' },
  { id: 'assessmentGrade', zh: '考核等次', of: 'thing', means: '优秀、良好等，起点分数和名额比例是各地的数据。' },
  {
    id: 'gradeCoupling',
    zh: '等次挂钩',
    of: 'thing',
    means: '安全生产考核等次对部门绩效考核等级的限制。',
    from: '安全生产绩效与部门绩效考核等级挂钩制度',
  },
  ...ofCase('scheme', schemeLifecycle, {
    draft: '正在起草，可以试算，不影响任何单位。',
    published: '已经发布，各单位随时可见按它计算的得分。',
    collect: '截至某一天从台账取数并封存，算出指纹。',
    show: '向被考核单位公示全部得分，开始申诉期。',
  }),
  ...ofCase('vetoEvent', vetoLifecycle, { entered: '有人凭证据登记，等待另一人认定。' }),
  ...ofCase('appeal', appealLifecycle, { upheld: '申诉成立，分数已更正，前后都有记录。' }),
  { id: 'assessment.read', zh: '查看考核', of: 'permission', means: '看考核方案和本单位的得分；安委办、领导看全部。' },
  { id: 'assessment.draft', zh: '起草考核方案', of: 'permission', means: '起草、试算、导入方案，拟订新版本。' },
  { id: 'assessment.direct', zh: '组织考核', of: 'permission', means: '发布、布置自评、取数、公示、定级、公布。' },
  { id: 'assessment.work', zh: '自评、打分与申诉', of: 'permission', means: '被考核单位自评、申诉；打分单位打分。' },
  { id: 'assessment.veto', zh: '登记否决情形', of: 'permission', means: '凭证据登记一票否决情形。' },
  {
    id: 'assessment.decide',
    zh: '认定否决情形、处理申诉',
    of: 'permission',
    means: '由登记人、打分人以外的人认定和处理。',
  },
  { id: 'scheme.drafted', zh: '考核方案已起草', of: 'fact', means: '起草了一份方案。' },
  { id: 'scheme.edited', zh: '方案草案已修改', of: 'fact', means: '修改了还没有发布的方案。' },
  { id: 'scheme.published', zh: '考核方案已发布', of: 'fact', means: '方案由另一人发布。' },
  { id: 'scheme.amended', zh: '新版本已拟订', of: 'fact', means: '为已发布的方案拟订新版本。' },
  { id: 'scheme.versionIssued', zh: '新版本已发布', of: 'fact', means: '新版本自某日起用。' },
  { id: 'scheme.versionWithdrawn', zh: '新版本已撤回', of: 'fact', means: '还没有发布的新版本撤回了。' },
  { id: 'scheme.dropped', zh: '考核方案已作废', of: 'fact', means: '方案作废。' },
  { id: 'scheme.selfOpened', zh: '自评已布置', of: 'fact', means: '请各单位自评。' },
  { id: 'scheme.collected', zh: '考核已取数', of: 'fact', means: '从台账取数并封存。' },
  { id: 'scheme.recollected', zh: '考核已重新取数', of: 'fact', means: '写明原因后重新取数，前一次仍保留。' },
  { id: 'scheme.scoringFinished', zh: '考评打分已结束', of: 'fact', means: '全部指标打完分。' },
  { id: 'scheme.shown', zh: '考核得分已公示', of: 'fact', means: '开始公示和申诉。' },
  { id: 'scheme.graded', zh: '考核已定级', of: 'fact', means: '各单位等次已定。' },
  { id: 'scheme.announced', zh: '考核结果已公布', of: 'fact', means: '由定级人以外的人公布。' },
  { id: 'scoreSheet.opened', zh: '考核表已建立', of: 'fact', means: '为被考核单位建立考核表。' },
  { id: 'scoreSheet.selfFiled', zh: '自评已报送', of: 'fact', means: '被考核单位报送自评。' },
  { id: 'scoreSheet.scored', zh: '指标已打分', of: 'fact', means: '打分单位给一项指标打了分。' },
  { id: 'scoreSheet.rectified', zh: '失分已布置整改', of: 'fact', means: '就一项失分给被考核单位建立了整改任务。' },
  { id: 'scoreSheet.corrected', zh: '得分已更正', of: 'fact', means: '申诉成立，更正一项得分。' },
  { id: 'scoreSheet.graded', zh: '单位已定级', of: 'fact', means: '这个单位的分数、名次、等次定下来。' },
  { id: 'vetoEvent.entered', zh: '否决情形已登记', of: 'fact', means: '登记了一条否决情形。' },
  { id: 'vetoEvent.confirmed', zh: '否决情形已认定', of: 'fact', means: '由另一人认定。' },
  { id: 'vetoEvent.dismissed', zh: '否决情形不予认定', of: 'fact', means: '查明不属于否决情形。' },
  { id: 'vetoEvent.retracted', zh: '否决登记已撤回', of: 'fact', means: '登记人撤回。' },
  { id: 'vetoEvent.lifted', zh: '否决认定已撤销', of: 'fact', means: '写明原因后撤销认定。' },
  { id: 'appeal.filed', zh: '考核申诉已提出', of: 'fact', means: '对一项得分提出申诉。' },
  { id: 'appeal.upheld', zh: '考核申诉成立', of: 'fact', means: '申诉成立并更正得分。' },
  { id: 'appeal.rejected', zh: '考核申诉不成立', of: 'fact', means: '申诉不成立，维持原分。' },
  { id: 'appeal.retracted', zh: '考核申诉已撤回', of: 'fact', means: '申诉单位撤回。' },
];

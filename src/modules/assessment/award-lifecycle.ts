import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type AwardState = 'nominating' | 'reviewing' | 'awardShown' | 'decided' | 'awardDropped';
export type AwardAction =
  | 'nominate'
  | 'withdrawNominee'
  | 'closeNominating'
  | 'reviewNominee'
  | 'showNominees'
  | 'object'
  | 'exclude'
  | 'decideAward'
  | 'dropAward';
/** nominator: works for the unit that put the candidate forward. */
export type AwardPart = 'office' | 'leader' | 'unit' | 'nominator';
export type AwardNeed =
  | 'nominee'
  | 'stillOpen'
  | 'reason'
  | 'anyNominee'
  | 'opinion'
  | 'notOwnUnit'
  | 'clear'
  | 'allReviewed'
  | 'anyPassed'
  | 'withinQuota'
  | 'content'
  | 'showOpen'
  | 'showOver'
  | 'vetoFree'
  | 'showerApart';

/**
 * 评优表彰、平安创建: 推荐 → 审查 → 公示 → 决定. Whoever is under 一票否决 cannot pass: looked up when a candidate is reviewed, once
 * more when candidates are shown, and once more on the day of the decision.
 */
export const awardLifecycle: Lifecycle<AwardState, AwardAction, AwardPart, AwardNeed> = {
  noun: '评选',
  initial: 'nominating',
  final: ['decided', 'awardDropped'],
  states: {
    nominating: '推荐申报中',
    reviewing: '审查中',
    awardShown: '评选公示中',
    decided: '评选已决定',
    awardDropped: '评选已终止',
  },
  actions: {
    nominate: '推荐申报',
    withdrawNominee: '撤回推荐',
    closeNominating: '截止推荐',
    reviewNominee: '审查',
    showNominees: '公示名单',
    object: '提出异议',
    exclude: '移出名单',
    decideAward: '作出决定',
    dropAward: '终止评选',
  },
  parts: { office: '安委办工作人员', leader: '分管领导', unit: '单位工作人员', nominator: '推荐单位' },
  needs: {
    nominee: '请写明推荐谁、属于哪个单位和主要事迹，同一对象不重复推荐',
    stillOpen: '推荐的截止日期已过，不能再推荐',
    reason: '请写明原因',
    anyNominee: '还没有推荐对象，不能截止推荐',
    opinion: '请写明审查意见',
    notOwnUnit: '不能审查本单位的推荐对象，请由另一单位的同志审查',
    clear: '这个对象所在单位在评选期内有已认定的一票否决情形，不能通过',
    allReviewed: '还有推荐对象没有审查完',
    anyPassed: '没有通过审查的对象',
    withinQuota: '通过的对象超过名额，请先移出或不予通过',
    content: '请写明异议的内容',
    showOpen: '公示期已过，不能再提异议',
    showOver: '公示期还没有结束，不能作出决定',
    vetoFree: '名单里有对象所在单位被认定了一票否决情形，请先移出名单',
    showerApart: '公示名单的人不能自己作出决定，请由另一位同志决定',
  },
  table: [
    { from: ['nominating'], action: 'nominate', to: 'same', by: ['office', 'unit'], needs: ['nominee', 'stillOpen'] },
    { from: ['nominating'], action: 'withdrawNominee', to: 'same', by: ['office', 'nominator'], needs: ['reason'] },
    { from: ['nominating'], action: 'closeNominating', to: 'reviewing', by: ['office'], needs: ['anyNominee'] },
    {
      from: ['reviewing'],
      action: 'reviewNominee',
      to: 'same',
      by: ['office', 'leader'],
      needs: ['opinion', 'notOwnUnit', 'clear'],
    },
    {
      from: ['reviewing'],
      action: 'showNominees',
      to: 'awardShown',
      by: ['office'],
      needs: ['allReviewed', 'anyPassed', 'withinQuota', 'vetoFree'],
    },
    { from: ['awardShown'], action: 'object', to: 'same', by: ['office', 'unit'], needs: ['content', 'showOpen'] },
    { from: ['reviewing', 'awardShown'], action: 'exclude', to: 'same', by: ['office'], needs: ['reason'] },
    {
      from: ['awardShown'],
      action: 'decideAward',
      to: 'decided',
      by: ['office', 'leader'],
      needs: ['showOver', 'anyPassed', 'vetoFree', 'showerApart'],
    },
    {
      from: ['nominating', 'reviewing', 'awardShown'],
      action: 'dropAward',
      to: 'awardDropped',
      by: ['office'],
      needs: ['reason'],
    },
  ],
};

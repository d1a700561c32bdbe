import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type VetoState = 'entered' | 'confirmed' | 'dismissed' | 'retracted' | 'lifted';
export type VetoAction = 'confirm' | 'dismiss' | 'retract' | 'lift';
export type VetoPart = 'office' | 'leader' | 'enterer';
export type VetoNeed = 'opinion' | 'reason' | 'otherPerson' | 'evidence' | 'notFinal';

/** 一票否决情形: entered with evidence by one person, confirmed by another; lifted only with a reason by a third look. */
export const vetoLifecycle: Lifecycle<VetoState, VetoAction, VetoPart, VetoNeed> = {
  noun: '否决情形',
  initial: 'entered',
  final: ['dismissed', 'retracted', 'lifted'],
  states: {
    entered: '待认定',
    confirmed: '已认定',
    dismissed: '不予认定',
    retracted: '登记已撤回',
    lifted: '认定已撤销',
  },
  actions: { confirm: '认定', dismiss: '不予认定', retract: '撤回登记', lift: '撤销认定' },
  parts: { office: '安委办工作人员', leader: '分管领导', enterer: '登记人' },
  needs: {
    opinion: '请写明认定意见',
    reason: '请写明原因',
    otherPerson: '登记人不能认定或撤销自己登记的情形，请由另一位同志办理',
    evidence: '还没有证据材料，请先上传认定文件、事故通报等材料',
    notFinal: '考核结果已经定级，不能再改动否决情形',
  },
  table: [
    {
      from: ['entered'],
      action: 'confirm',
      to: 'confirmed',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'evidence', 'opinion', 'notFinal'],
    },
    {
      from: ['entered'],
      action: 'dismiss',
      to: 'dismissed',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'reason'],
    },
    { from: ['entered'], action: 'retract', to: 'retracted', by: ['enterer'], needs: ['reason'] },
    {
      from: ['confirmed'],
      action: 'lift',
      to: 'lifted',
      by: ['office', 'leader'],
      needs: ['otherPerson', 'reason', 'notFinal'],
    },
  ],
};

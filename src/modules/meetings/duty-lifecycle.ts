import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type DutyListState = 'listDrafted' | 'listInForce' | 'listArchived';
export type DutyListAction = 'editList' | 'confirmList' | 'recordDuty' | 'archiveList';
export type DutyListPart = 'office' | 'leader' | 'owner' | 'ownUnit';
export type DutyListNeed = 'items' | 'otherPerson' | 'notOwner' | 'dutyDone' | 'doneDay' | 'evidence' | 'yearOver';

/** 职责清单和年度工作清单 of one leader: drawn up, confirmed by another, then each item recorded as done, with evidence. */
export const dutyListLifecycle: Lifecycle<DutyListState, DutyListAction, DutyListPart, DutyListNeed> = {
  noun: '清单',
  initial: 'listDrafted',
  final: ['listArchived'],
  states: { listDrafted: '清单拟定中', listInForce: '清单执行中', listArchived: '清单已归档' },
  actions: { editList: '修改清单', confirmList: '审定清单', recordDuty: '登记履职', archiveList: '归档清单' },
  parts: { office: '安委办工作人员', leader: '分管领导', owner: '本人', ownUnit: '本单位' },
  needs: {
    items: '请至少写明一项年度工作',
    otherPerson: '拟定清单的人不能审定，请由另一位同志审定',
    notOwner: '清单由他人审定，本人不能审定自己的清单',
    dutyDone: '请选择是哪一项工作，并写明做了什么',
    doneDay: '履职日期应在清单年度之内，不晚于今天',
    evidence: '请附佐证材料（照片、通知、记录等）或写明会议、任务编号',
    yearOver: '年度还没有过完，也没有全部完成，不能归档',
  },
  table: [
    { from: ['listDrafted'], action: 'editList', to: 'same', by: ['office', 'ownUnit'], needs: ['items'] },
    {
      from: ['listDrafted'],
      action: 'confirmList',
      to: 'listInForce',
      by: ['office', 'leader'],
      needs: ['items', 'otherPerson', 'notOwner'],
    },
    {
      from: ['listInForce'],
      action: 'recordDuty',
      to: 'same',
      by: ['office', 'owner', 'ownUnit'],
      needs: ['dutyDone', 'doneDay', 'evidence'],
    },
    { from: ['listInForce'], action: 'archiveList', to: 'listArchived', by: ['office'], needs: ['yearOver'] },
  ],
};

import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type PlanState = 'importing' | 'unreadable' | 'reviewing' | 'adopted' | 'reference' | 'withdrawn';
export type PlanAction =
  | 'finishReading'
  | 'failReading'
  | 'readAgain'
  | 'review'
  | 'adopt'
  | 'keepForReference'
  | 'reopen'
  | 'withdraw'
  | 'askFilings'
  | 'mapLines';
export type PlanPart = 'office' | 'system';
export type PlanNeed = 'reason' | 'hasLines' | 'noBlockingPoints';

/** From the file that was dropped in to the plan whose tasks were handed out. */
export const planLifecycle: Lifecycle<PlanState, PlanAction, PlanPart, PlanNeed> = {
  noun: '方案',
  initial: 'importing',
  final: ['withdrawn'],
  states: {
    importing: '正在识读',
    unreadable: '读取失败',
    reviewing: '校核中',
    adopted: '已下达',
    reference: '上级方案（对照用）',
    withdrawn: '已撤回',
  },
  actions: {
    finishReading: '完成识读',
    failReading: '报告读取失败',
    readAgain: '重新识读',
    review: '校核',
    adopt: '采用并下达',
    keepForReference: '留作上级方案对照',
    reopen: '恢复校核',
    withdraw: '撤回方案',
    askFilings: '要求报送子方案',
    mapLines: '对接上级任务',
  },
  parts: { office: '安委办工作人员', system: '系统' },
  needs: {
    reason: '请写明撤回的原因',
    hasLines: '这份方案没有一条保留的任务，请先在校核页新增任务，或留作上级方案对照',
    noBlockingPoints: '还有必须先定下来的事项，请在校核页逐条处理后再下达',
  },
  table: [
    { from: ['importing'], action: 'finishReading', to: 'reviewing', by: ['system'] },
    { from: ['importing'], action: 'failReading', to: 'unreadable', by: ['system'] },
    { from: ['importing', 'unreadable'], action: 'readAgain', to: 'importing', by: ['office'] },
    { from: ['reviewing'], action: 'review', to: 'same', by: ['office'] },
    { from: ['reviewing'], action: 'adopt', to: 'adopted', by: ['office'], needs: ['hasLines', 'noBlockingPoints'] },
    { from: ['reviewing'], action: 'keepForReference', to: 'reference', by: ['office'] },
    { from: ['reference'], action: 'reopen', to: 'reviewing', by: ['office'] },
    {
      from: ['importing', 'unreadable', 'reviewing', 'reference', 'adopted'],
      action: 'withdraw',
      to: 'withdrawn',
      by: ['office'],
      needs: ['reason'],
    },
    { from: ['adopted'], action: 'askFilings', to: 'same', by: ['office'] },
    { from: ['adopted', 'reviewing'], action: 'mapLines', to: 'same', by: ['office'] },
  ],
};

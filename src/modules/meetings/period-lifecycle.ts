import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type PeriodState = 'periodPlanned' | 'rosterIssued' | 'periodEnded';
export type PeriodAction = 'setShifts' | 'issueRoster' | 'handOver' | 'orderChecks' | 'endPeriod';
export type PeriodPart = 'office' | 'dutyUnit';
export type PeriodNeed =
  | 'shifts'
  | 'ownShifts'
  | 'noGaps'
  | 'handover'
  | 'dutyDay'
  | 'once'
  | 'checks'
  | 'summary'
  | 'afterEnd';

/** 重点时段: who is on duty each day, gaps shown, handed over shift by shift, extra checks ordered as tasks of the units. */
export const specialPeriodLifecycle: Lifecycle<PeriodState, PeriodAction, PeriodPart, PeriodNeed> = {
  noun: '重点时段',
  initial: 'periodPlanned',
  final: ['periodEnded'],
  states: { periodPlanned: '值班安排中', rosterIssued: '值班表已印发', periodEnded: '重点时段已结束' },
  actions: {
    setShifts: '填报值班安排',
    issueRoster: '印发值班表',
    handOver: '登记交接班',
    orderChecks: '下达专项检查',
    endPeriod: '结束重点时段',
  },
  parts: { office: '安委办工作人员', dutyUnit: '值班单位' },
  needs: {
    shifts: '每个班次应写明值班日期（在重点时段之内）、带班领导、值班人员和电话',
    ownShifts: '只能填报本单位的值班安排',
    noGaps: '还有单位或日期没有安排值班，补齐后再印发',
    handover: '请写明交班人、接班人和交接情况',
    dutyDay: '交接班的日期应在重点时段之内，不晚于今天',
    once: '这个重点时段已经下达过专项检查，不能重复下达',
    checks: '请写明检查要求和完成时限（晚于今天）',
    summary: '请写明重点时段的安全情况',
    afterEnd: '重点时段还没有过完，不能结束',
  },
  table: [
    {
      from: ['periodPlanned', 'rosterIssued'],
      action: 'setShifts',
      to: 'same',
      by: ['office', 'dutyUnit'],
      needs: ['shifts', 'ownShifts'],
    },
    { from: ['periodPlanned'], action: 'issueRoster', to: 'rosterIssued', by: ['office'], needs: ['noGaps'] },
    {
      from: ['periodPlanned', 'rosterIssued'],
      action: 'handOver',
      to: 'same',
      by: ['office', 'dutyUnit'],
      needs: ['handover', 'dutyDay'],
    },
    {
      from: ['periodPlanned', 'rosterIssued'],
      action: 'orderChecks',
      to: 'same',
      by: ['office'],
      needs: ['once', 'checks'],
    },
    {
      from: ['periodPlanned', 'rosterIssued'],
      action: 'endPeriod',
      to: 'periodEnded',
      by: ['office'],
      needs: ['afterEnd', 'summary'],
    },
  ],
};

import type { Day } from '../../kernel/day.ts';
import { daysBetween } from '../../kernel/day.ts';
import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type FilingState = 'due' | 'filed' | 'returned' | 'accepted';
export type FilingAction = 'file' | 'return' | 'accept' | 'excuse';
export type FilingPart = 'office' | 'unit';
export type FilingNeed = 'reason' | 'file';

/** A sub-plan that a unit was asked for (制定本单位方案报送). The unit that files never passes its own paper. */
export const filingLifecycle: Lifecycle<FilingState, FilingAction, FilingPart, FilingNeed> = {
  noun: '报送件',
  initial: 'due',
  final: ['accepted'],
  states: { due: '应报', filed: '已报', returned: '退改', accepted: '通过' },
  actions: { file: '报送', return: '退回修改', accept: '审查通过', excuse: '免报' },
  parts: { office: '安委办工作人员', unit: '应报单位的经办人' },
  needs: { reason: '请写明原因，让对方知道要改什么', file: '请选择要报送的方案文件' },
  table: [
    { from: ['due', 'returned', 'filed'], action: 'file', to: 'filed', by: ['unit'], needs: ['file'] },
    { from: ['filed'], action: 'return', to: 'returned', by: ['office'], needs: ['reason'] },
    { from: ['filed'], action: 'accept', to: 'accepted', by: ['office'] },
    { from: ['due', 'returned'], action: 'excuse', to: 'accepted', by: ['office'], needs: ['reason'] },
  ],
};

/**
 * How the filing stands against its due day. Counted from the day on which the paper entered the product for the first
 * time, never from a day that somebody writes; a returned paper stays on time if its first filing was.
 */
export function punctuality(
  filing: { readonly state: FilingState; readonly dueOn: Day; readonly firstFiledOn: Day | null },
  today: Day,
): { readonly late: boolean; readonly says: string } {
  if (filing.firstFiledOn !== null) {
    const days = daysBetween(filing.dueOn, filing.firstFiledOn);
    return days > 0 ? { late: true, says: `迟报${days}天` } : { late: false, says: '按时报送' };
  }
  if (filing.state === 'accepted') return { late: false, says: '免报' };
  const days = daysBetween(filing.dueOn, today);
  if (days > 0) return { late: true, says: `逾期${days}天未报` };
  return { late: false, says: days === 0 ? '今天到期' : `还有${-days}天` };
}

import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type FilingState = 'toFile' | 'filed' | 'returned' | 'exempt';
export type FilingAction = 'file' | 'amend' | 'returnReport' | 'exempt' | 'demand';
/** reporter: who works for the unit that reports. */
export type FilingPart = 'office' | 'reporter';
export type FilingNeed = 'open' | 'whole' | 'reason' | 'newHour' | 'apart';

/**
 * 待报送 → 已报送; 更正 leaves the version before it in its place; 退回 sets a new hour; 免报 says why. Whether it is late or missing
 * is derived from the hours and appears nowhere here.
 */
export const filingLifecycle: Lifecycle<FilingState, FilingAction, FilingPart, FilingNeed> = {
  noun: '报送',
  initial: 'toFile',
  final: [],
  states: { toFile: '待报送', filed: '已报送', returned: '退回补正', exempt: '免报' },
  actions: { file: '报送', amend: '更正', returnReport: '退回报送', exempt: '同意免报', demand: '恢复报送' },
  parts: { office: '安委办工作人员', reporter: '报送单位' },
  needs: {
    open: '还没有到开始填报的日子',
    whole: '请把要求填报的内容填写完整',
    reason: '请写明理由',
    newHour: '请写明重新报送的时限，晚于现在',
    apart: '报送单位不能退回、免除本单位的报送，请由另一单位的同志办理',
  },
  table: [
    { from: ['toFile', 'returned'], action: 'file', to: 'filed', by: ['reporter'], needs: ['open', 'whole'] },
    { from: ['filed'], action: 'amend', to: 'same', by: ['reporter'], needs: ['whole', 'reason'] },
    { from: ['filed'], action: 'returnReport', to: 'returned', by: ['office'], needs: ['apart', 'reason', 'newHour'] },
    { from: ['toFile', 'returned'], action: 'exempt', to: 'exempt', by: ['office'], needs: ['apart', 'reason'] },
    { from: ['exempt'], action: 'demand', to: 'toFile', by: ['office'], needs: ['reason'] },
  ],
};

export const filingStates = Object.keys(filingLifecycle.states) as FilingState[];

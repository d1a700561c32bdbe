import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type LetterState = 'letterDrafted' | 'toSign' | 'signed' | 'letterEnded' | 'letterWithdrawn';
export type LetterAction =
  | 'editLetter'
  | 'printLetter'
  | 'signLetter'
  | 'recordResult'
  | 'endLetter'
  | 'withdrawLetter';
export type LetterPart = 'office' | 'signatory';
export type LetterNeed =
  | 'parties'
  | 'targets'
  | 'computedKind'
  | 'signedDay'
  | 'signedFile'
  | 'signers'
  | 'handTarget'
  | 'resultValue'
  | 'resultDay'
  | 'resultFile'
  | 'reason';

/** 责任书: drawn up, printed with a number, signed on a day with the scan kept, results entered where no ledger tells them. */
export const letterLifecycle: Lifecycle<LetterState, LetterAction, LetterPart, LetterNeed> = {
  noun: '责任书',
  initial: 'letterDrafted',
  final: ['letterEnded', 'letterWithdrawn'],
  states: {
    letterDrafted: '责任书拟定中',
    toSign: '待签订',
    signed: '已签订',
    letterEnded: '责任书已终止',
    letterWithdrawn: '责任书已撤销',
  },
  actions: {
    editLetter: '修改责任书',
    printLetter: '印制责任书',
    signLetter: '登记签订',
    recordResult: '登记目标结果',
    endLetter: '终止责任书',
    withdrawLetter: '撤销责任书',
  },
  parts: { office: '安委办工作人员', signatory: '责任单位' },
  needs: {
    parties: '请写明签订双方的单位、签字人和职务',
    targets: '请至少写明一项有数字的目标',
    computedKind: '有的目标系统能按台账算出，请把它的类别改选为系统计算的那一类',
    signedDay: '签订日期应不早于印制之日，不晚于今天',
    signedFile: '请上传双方签字的责任书扫描件',
    signers: '签字人应与责任书上写明的签字人一致；换人的，请先修改责任书再重新印制',
    handTarget: '系统能算出的目标由系统计算，不能人工登记；请选择需要人工登记的目标',
    resultValue: '请填写结果的数值，不能小于零，百分率不能超过100',
    resultDay: '结果截至的日期应不早于签订之日，不晚于今天',
    resultFile: '请上传能证明结果的材料',
    reason: '请写明原因',
  },
  table: [
    {
      from: ['letterDrafted', 'toSign'],
      action: 'editLetter',
      to: 'letterDrafted',
      by: ['office'],
      needs: ['parties', 'targets', 'computedKind'],
    },
    { from: ['letterDrafted'], action: 'printLetter', to: 'toSign', by: ['office'], needs: ['parties', 'targets'] },
    {
      from: ['toSign'],
      action: 'signLetter',
      to: 'signed',
      by: ['office', 'signatory'],
      needs: ['signedDay', 'signedFile', 'signers'],
    },
    {
      from: ['signed'],
      action: 'recordResult',
      to: 'same',
      by: ['office', 'signatory'],
      needs: ['handTarget', 'resultValue', 'resultDay', 'resultFile'],
    },
    { from: ['signed'], action: 'endLetter', to: 'letterEnded', by: ['office'], needs: ['reason'] },
    {
      from: ['letterDrafted', 'toSign'],
      action: 'withdrawLetter',
      to: 'letterWithdrawn',
      by: ['office'],
      needs: ['reason'],
    },
  ],
};

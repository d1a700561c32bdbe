import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type LookBackState = 'frozen' | 'seeded' | 'drawn' | 'finished' | 'replaced';
export type LookBackAction = 'fixSeed' | 'draw' | 'assign' | 'finish' | 'redraw';
export type LookBackPart = 'office';
export type LookBackNeed =
  | 'soundSeed'
  | 'witnesses'
  | 'howFixed'
  | 'laterSeal'
  | 'seederApart'
  | 'allChecked'
  | 'reason'
  | 'notBegun';

/**
 * The life of a draw: 名单冻结 → 种子已定 → 已抽取 → 核查完毕. A draw is never changed: whoever wants another one makes a
 * new numbered draw with a reason, and the old one stays in sight as 已重抽.
 */
export const lookBackLifecycle: Lifecycle<LookBackState, LookBackAction, LookBackPart, LookBackNeed> = {
  noun: '抽取',
  initial: 'frozen',
  final: ['finished', 'replaced'],
  states: {
    frozen: '名单冻结',
    seeded: '种子已定',
    drawn: '已抽取',
    finished: '核查完毕',
    replaced: '已重抽',
  },
  actions: {
    fixSeed: '确定种子',
    draw: '抽取',
    assign: '派发核查',
    finish: '结束回头看',
    redraw: '重新抽取',
  },
  parts: { office: '安委办工作人员' },
  needs: {
    soundSeed: '种子不合要求',
    witnesses: '当众产生种子的，请写明至少两位见证人的姓名',
    howFixed: '请写明种子是怎样当众产生的，例如掷了几次骰子、哪一期开奖号码',
    laterSeal: '冻结之后还没有新的封存日，请等到封存以后再取种子',
    seederApart: '冻结名单的人不能自己录入种子，请由另一位同志录入',
    allChecked: '还有抽中的事项没有核查结果，不能结束',
    reason: '请写明原因',
    notBegun: '已经有核查结果的，不能重新抽取；可以另外发起一次回头看',
  },
  table: [
    {
      from: ['frozen'],
      action: 'fixSeed',
      to: 'seeded',
      by: ['office'],
      needs: ['soundSeed', 'witnesses', 'howFixed', 'laterSeal', 'seederApart'],
    },
    { from: ['seeded'], action: 'draw', to: 'drawn', by: ['office'] },
    { from: ['drawn'], action: 'assign', to: 'same', by: ['office'] },
    { from: ['drawn'], action: 'finish', to: 'finished', by: ['office'], needs: ['allChecked'] },
    {
      from: ['frozen', 'seeded', 'drawn'],
      action: 'redraw',
      to: 'replaced',
      by: ['office'],
      needs: ['reason', 'notBegun'],
    },
  ],
};

export type CheckState = 'toAssign' | 'toCheck' | 'still' | 'notStill' | 'dropped';
export type CheckAction = 'assign' | 'recordStill' | 'recordNotStill' | 'drop';
export type CheckPart = 'office' | 'checker';
export type CheckNeed =
  | 'checkerApart'
  | 'checkerOtherUnit'
  | 'checkerActive'
  | 'checkDay'
  | 'content'
  | 'photos'
  | 'reason'
  | 'newDeadline'
  | 'actorApart'
  | 'actorOtherUnit'
  | 'reopenable';

/**
 * The life of one drawn item: 待派发 → 待核查 → 整改属实 / 整改不实. 整改不实 reopens the problem under its number. The checker
 * is none of those who rectified, rechecked and closed it; for a major one, of another unit.
 */
export const checkLifecycle: Lifecycle<CheckState, CheckAction, CheckPart, CheckNeed> = {
  noun: '抽中事项',
  initial: 'toAssign',
  final: ['still', 'notStill', 'dropped'],
  states: {
    toAssign: '待派发',
    toCheck: '待核查',
    still: '整改属实',
    notStill: '整改不实',
    dropped: '随重抽作废',
  },
  actions: {
    assign: '派发核查',
    recordStill: '认定整改属实',
    recordNotStill: '认定整改不实',
    drop: '随重抽作废',
  },
  parts: { office: '安委办工作人员', checker: '核查人' },
  needs: {
    checkerApart: '核查人不能是这件问题的整改人、复查人或者销号人，请另派一位同志',
    checkerOtherUnit: '重大隐患的回头看须由责任单位以外的单位核查，请另派一个单位的同志',
    checkerActive: '这个账号已经停用或者没有核查的权限，请另派一位同志',
    checkDay: '请写明核查期限，不早于今天',
    content: '请写明现场核查的情况',
    photos: '请上传本次核查的现场照片或者材料',
    reason: '请写明哪里没有整改到位',
    newDeadline: '请写明新的整改时限，不早于今天',
    actorApart: '您是这件问题的整改人、复查人或者销号人，不能核查，请联系安委办另派一位同志',
    actorOtherUnit: '重大隐患的回头看须由责任单位以外的单位核查，请联系安委办另派',
    reopenable: '这件问题现在不是「已销号」，可能已经重新打开，请看问题的最新情况',
  },
  table: [
    {
      from: ['toAssign', 'toCheck'],
      action: 'assign',
      to: 'toCheck',
      by: ['office'],
      needs: ['checkerActive', 'checkerApart', 'checkerOtherUnit', 'checkDay'],
    },
    {
      from: ['toCheck'],
      action: 'recordStill',
      to: 'still',
      by: ['checker'],
      needs: ['actorApart', 'actorOtherUnit', 'content', 'photos'],
    },
    {
      from: ['toCheck'],
      action: 'recordNotStill',
      to: 'notStill',
      by: ['checker'],
      needs: ['actorApart', 'actorOtherUnit', 'reason', 'photos', 'newDeadline', 'reopenable'],
    },
    { from: ['toAssign', 'toCheck'], action: 'drop', to: 'dropped', by: ['office'] },
  ],
};

import type { Lifecycle } from '../../kernel/lifecycle.ts';

export type SchemeState =
  | 'draft'
  | 'published'
  | 'selfFiling'
  | 'scoring'
  | 'vetoChecking'
  | 'shown'
  | 'graded'
  | 'announced'
  | 'dropped';

export type SchemeAction =
  | 'edit'
  | 'publish'
  | 'amend'
  | 'issueVersion'
  | 'withdrawVersion'
  | 'drop'
  | 'openSelf'
  | 'fileSelf'
  | 'collect'
  | 'recollect'
  | 'score'
  | 'finishScoring'
  | 'show'
  | 'rectify'
  | 'appeal'
  | 'grade'
  | 'announce';

/** object: works for a unit that is assessed; scorer: works for the unit that scores the line by hand. */
export type SchemePart = 'office' | 'leader' | 'object' | 'scorer';

export type SchemeNeed =
  | 'reason'
  | 'content'
  | 'sound'
  | 'otherPerson'
  | 'pending'
  | 'noPending'
  | 'fromDay'
  | 'selfDay'
  | 'selfOpen'
  | 'snapshotDay'
  | 'evidence'
  | 'range'
  | 'notOwnUnit'
  | 'allScored'
  | 'vetoesSettled'
  | 'appealOpen'
  | 'appealOver'
  | 'appealsDecided'
  | 'graderApart'
  | 'lostPoints'
  | 'taskDay'
  | 'notRectified';

/**
 * 方案草拟 → 发布 → 自评 → 取数 → 考评打分 → 否决核查 → 公示、申诉 → 定级 → 公布. A published version is never edited: a new
 * one holds from a day on. What the ledger gave is sealed when it is taken; points of every unit follow from it.
 */
export const schemeLifecycle: Lifecycle<SchemeState, SchemeAction, SchemePart, SchemeNeed> = {
  noun: '考核方案',
  initial: 'draft',
  final: ['announced', 'dropped'],
  states: {
    draft: '起草中',
    published: '已发布',
    selfFiling: '自评中',
    scoring: '考评打分中',
    vetoChecking: '否决核查中',
    shown: '公示中',
    graded: '已定级',
    announced: '已公布',
    dropped: '已作废',
  },
  actions: {
    edit: '修改草案',
    publish: '发布方案',
    amend: '拟订新版本',
    issueVersion: '发布新版本',
    withdrawVersion: '撤回新版本',
    drop: '作废方案',
    openSelf: '布置自评',
    fileSelf: '报送自评',
    collect: '取数封存',
    recollect: '重新取数',
    score: '打分',
    rectify: '布置整改',
    finishScoring: '结束打分',
    show: '公示得分',
    appeal: '提出申诉',
    grade: '定级',
    announce: '公布结果',
  },
  parts: { office: '安委办工作人员', leader: '分管领导', object: '被考核单位', scorer: '打分单位' },
  needs: {
    reason: '请写明原因',
    content: '请写明内容',
    sound: '方案还有不能发布的地方，请按列出的各处修改',
    otherPerson: '起草人不能发布自己起草的方案，请由另一位同志发布',
    pending: '没有等待发布的新版本，请先拟订',
    noPending: '有一个新版本还没有发布，请先发布或撤回',
    fromDay: '请选择新版本的起用日期，不早于今天，晚于现行版本的起用日期，在考核期之内',
    selfDay: '请选择自评的截止日期，晚于今天',
    selfOpen: '自评的截止日期已过，不能再报送',
    snapshotDay: '请选择取数截至哪一天，在考核期之内，不晚于今天',
    evidence: '请写明打分的依据，或附上证据材料',
    range: '分数应在0分和该项分值之间',
    notOwnUnit: '打分单位不能给本单位打分，请由安委办打分',
    allScored: '还有需要打分的指标没有打完',
    vetoesSettled: '还有登记了、没有认定的否决情形，请先认定或不予认定',
    appealOpen: '申诉期已过，不能再申诉',
    appealOver: '申诉期还没有结束，不能定级',
    appealsDecided: '还有申诉没有处理完，请先处理',
    graderApart: '定级的人不能公布自己定级的结果，请由另一位同志公布',
    lostPoints: '这一项没有失分，不用布置整改',
    taskDay: '请选择整改完成的期限，不早于今天',
    notRectified: '这一项已经布置整改，请打开任务查看',
  },
  table: [
    { from: ['draft'], action: 'edit', to: 'same', by: ['office'] },
    { from: ['draft'], action: 'publish', to: 'published', by: ['office', 'leader'], needs: ['sound', 'otherPerson'] },
    { from: ['published'], action: 'amend', to: 'same', by: ['office'], needs: ['reason', 'noPending', 'sound'] },
    {
      from: ['published'],
      action: 'issueVersion',
      to: 'same',
      by: ['office', 'leader'],
      needs: ['pending', 'otherPerson', 'fromDay', 'sound'],
    },
    { from: ['published'], action: 'withdrawVersion', to: 'same', by: ['office'], needs: ['pending', 'reason'] },
    { from: ['draft', 'published'], action: 'drop', to: 'dropped', by: ['office'], needs: ['reason'] },
    { from: ['published'], action: 'openSelf', to: 'selfFiling', by: ['office'], needs: ['noPending', 'selfDay'] },
    { from: ['selfFiling'], action: 'fileSelf', to: 'same', by: ['object'], needs: ['content', 'selfOpen'] },
    { from: ['selfFiling'], action: 'collect', to: 'scoring', by: ['office'], needs: ['snapshotDay'] },
    { from: ['scoring'], action: 'recollect', to: 'same', by: ['office'], needs: ['snapshotDay', 'reason'] },
    {
      from: ['scoring'],
      action: 'score',
      to: 'same',
      by: ['scorer', 'office'],
      needs: ['range', 'evidence', 'notOwnUnit'],
    },
    { from: ['scoring'], action: 'finishScoring', to: 'vetoChecking', by: ['office'], needs: ['allScored'] },
    { from: ['vetoChecking'], action: 'show', to: 'shown', by: ['office'], needs: ['vetoesSettled', 'content'] },
    {
      from: ['scoring', 'vetoChecking', 'shown', 'graded'],
      action: 'rectify',
      to: 'same',
      by: ['office'],
      needs: ['lostPoints', 'notRectified', 'content', 'taskDay'],
    },
    { from: ['shown'], action: 'appeal', to: 'same', by: ['object'], needs: ['content', 'appealOpen'] },
    {
      from: ['shown'],
      action: 'grade',
      to: 'graded',
      by: ['office'],
      needs: ['appealOver', 'appealsDecided', 'vetoesSettled'],
    },
    { from: ['graded'], action: 'announce', to: 'announced', by: ['office', 'leader'], needs: ['graderApart'] },
  ],
};

export const schemeStates = Object.keys(schemeLifecycle.states) as SchemeState[];
/** From the snapshot on the sheets no longer move with the ledger. */
export const sealed: readonly SchemeState[] = ['scoring', 'vetoChecking', 'shown', 'graded', 'announced'];
/** Points and places of all units are open to all who are assessed. */
export const openToAll: readonly SchemeState[] = ['shown', 'graded', 'announced'];
export const isLive = (state: SchemeState): boolean => state === 'published' || state === 'selfFiling';

import type { Word } from '../../kernel/words.ts';
import { filingLifecycle } from './filing.ts';
import { planLifecycle } from './lifecycle.ts';
import { plansPermissions } from './permissions.ts';

const things: readonly Word[] = [
  {
    id: 'plan',
    zh: '方案',
    means: '印发的文件：实施方案、工作要点、目标任务清单，任务由它分解而来。',
    of: 'thing',
    not: ['program', 'scheme'],
  },
  { id: 'draft', zh: '任务草稿', means: '从方案读出、尚在校核的一条任务。', of: 'thing', not: ['candidate'] },
  { id: 'doubt', zh: '疑问', means: '细心的人读方案时会问的一处，只提出，不代为改正。', of: 'thing', not: ['warning'] },
  { id: 'mention', zh: '单位写法', means: '方案里写出的单位名称或一类单位，校核时对应到单位名册。', of: 'thing' },
  { id: 'stage', zh: '阶段', means: '方案的时序安排中的一段，可以重叠。', of: 'thing', not: ['phase'] },
  { id: 'event', zh: '事件', means: '时限所系、印发时尚不知日期的事，如某次全会。', of: 'thing', not: ['anchor'] },
  { id: 'adoption', zh: '采用', means: '校核完毕，方案取得编号，任务下达到单位。', of: 'thing' },
  { id: 'lineMapping', zh: '任务对接', means: '上级方案的一条由本级哪几条任务落实，由人决定。', of: 'thing' },
  { id: 'filing', zh: '子方案报送', means: '要求单位制定并按期报送的本单位方案。', of: 'thing', not: ['submission'] },
];

const facts: readonly (readonly [id: string, zh: string])[] = [
  ['plan.imported', '方案文件已导入'],
  ['plan.readAgain', '方案已重新识读'],
  ['plan.read', '方案已读完'],
  ['plan.unreadable', '方案读取失败'],
  ['plan.adopted', '方案已下达'],
  ['plan.keptForReference', '方案已留作对照'],
  ['plan.reopened', '方案已恢复校核'],
  ['plan.withdrawn', '方案已撤回'],
  ['plan.hung', '上级方案已设定'],
  ['plan.lineMapped', '上级任务已对接'],
  ['plan.filingsAsked', '已要求报送子方案'],
  ['plan.stagesMoved', '阶段日期已调整'],
  ['event.named', '事件已登记'],
  ['event.dated', '事件日期已定'],
  ['filing.asked', '子方案已要求报送'],
  ['filing.filed', '子方案已报送'],
  ['filing.returned', '子方案已退回'],
  ['filing.accepted', '子方案已通过'],
  ['filing.excused', '子方案已免报'],
];

const named = (
  room: string,
  of: Word['of'],
  words: Readonly<Record<string, string>>,
  means: (zh: string) => string,
): readonly Word[] =>
  Object.entries(words).map(([id, zh]) => ({ id: `${room}.${id}`, zh: `${zh}`, means: means(zh), of }));

/** The words that this room owns. */
export const plansWords: readonly Word[] = [
  ...things,
  ...named('plan.state', 'state', planLifecycle.states, (zh) => `方案的状态：${zh}。`),
  ...named('plan.action', 'action', planLifecycle.actions, (zh) => `对方案的办理：${zh}。`),
  ...named('filing.state', 'state', filingLifecycle.states, (zh) => `报送件的状态：${zh}。`),
  ...named('filing.action', 'action', filingLifecycle.actions, (zh) => `对报送件的办理：${zh}。`),
  ...Object.entries(plansPermissions).map(
    ([id, { word }]): Word => ({ id, zh: word, means: `可以${word}。`, of: 'permission' }),
  ),
  ...facts.map(([id, zh]): Word => ({ id, zh, means: `${zh}，记入办理记录。`, of: 'fact' })),
];

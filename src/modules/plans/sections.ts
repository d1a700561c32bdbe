/** What a section is for, as its heading says. */
export type SectionUse = 'work' | 'schedule' | 'general' | 'scope' | 'bodies' | 'plain';

const schedule =
  /(?:时间|时序|进度|阶段|步骤|日程)(?:及|和|与)?(?:安排|步骤|划分|要求|进度|节点|时间)|(?:实施|工作|方法|推进|整治|行动|整改|具体|活动|治理|检查|组织)(?:方法|方式|时间|的)?(?:和|与|及|、)?步骤|实施阶段|工作阶段|^(?:阶段划分|步骤方法|步骤|时间步骤|(?:专项)?(?:整治|行动|活动|检查|治理|实施|攻坚)时间)$/;
const general =
  /总体(?:要求|目标|思路)|指导思想|(?:基本|工作|总的|总体)原则|(?:工作|主要|整治|行动|活动|发展|任务)目标$|^目标(?:要求)?$|目标(?:和|与)原则|(?:工作|有关|相关|具体|几点|其他|活动|组织|整治|保障|纪律)要求|保障(?:措施|机制)|(?:组织|工作|实施|制度|机制|条件|责任|监督)保障|组织(?:领导|实施|推进)|加强领导|强化领导|措施保障|重要意义|^附则|^总则|编制(?:依据|目的)|(?:工作|编制)?背景|适用范围|基本情况|形势分析|监督(?:考核|问责)$|督导考核$|考核(?:问责|奖惩)$/;
const scope =
  /^(?:整治|检查|排查|治理|督查|行动|监管|工作|执法)?(?:重点|范围|对象|重点对象|重点内容|范围和重点|范围及重点)$|整治范围|检查范围|整治对象|^突出[一二三四五六七八九十]+个|^聚焦[一二三四五六七八九十]+个/;
const bodies =
  /(?:组织|领导|工作|协调|保障|指挥)(?:机构|小组|专班)|成立.{0,12}(?:组|机构|专班)|建立.{0,12}(?:机构|专班)|人员(?:组成|分工)|机构(?:设置|组成)/;
const work =
  /(?:重点|主要|工作|攻坚|整治|具体|目标|行动|治理|年度|检查|活动|专项)(?:目标)?(?:任务|工作|内容|措施|举措|事项)(?:及|和|与|、)?(?:工作|责任|任务)?(?:措施|分工|安排|清单|要求|内容)?$|^任务(?:及|和)?(?:分工|清单|措施)?$|工作(?:内容|分工)$|整改措施$|主要(?:举措|做法)$|职责(?:分工|任务)$|责任分工$/;

/** Classifies a heading without its number. */
export function sectionUse(heading: string): SectionUse {
  const h = heading.replace(/（[^（）]*）/g, '').replace(/[。：；，.]+$/, '');
  if (h.length > 40) return 'plain';
  const short = h.length <= 16;
  if (short && schedule.test(h)) return 'schedule';
  if (short && bodies.test(h)) return 'bodies';
  if (short && scope.test(h)) return 'scope';
  if (short && general.test(h)) return 'general';
  if (short && work.test(h)) return 'work';
  return 'plain';
}

/** True where an unnumbered line alone is the heading of a section. */
export function isBareSectionName(line: string): boolean {
  if (line.length > 14 || /[，。；：！？]/.test(line)) return false;
  const use = sectionUse(line);
  return use !== 'plain' && use !== 'bodies';
}

import { usualAllowances } from '../problems/allowances.ts';
import { usualLevels, usualLimits } from '../supervision/listing.ts';
import { usualPace } from '../tasks/schedule.ts';
import type { RuleColumn } from './cells.ts';

/** A sheet of items with one content each: 发文机关, 发文代字, 办理参数. */
export interface PlainSheet {
  readonly name: string;
  readonly columns: readonly RuleColumn[];
}

const plainSheet = (name: string, item: string, content: string): PlainSheet => ({
  name,
  columns: [
    { key: 'item', names: [item], needed: true, width: 30, fill: `照本表原有的${item}写，不增加` },
    { key: 'content', names: [content], needed: true, width: 60, fill: `写${content}；空着的保持现在的内容` },
    { key: 'means', names: ['说明'], width: 50, fill: '说明不导入' },
  ],
});

export const letterheadSheet = plainSheet('发文机关', '项目', '内容');
export const lettersSheet = plainSheet('发文代字', '文种', '发文代字');
export const settingSheet = plainSheet('办理参数', '参数', '内容');

/** What the sheet 发文机关 says, by the field of the letterhead. */
export const letterheadItems = {
  redHead: { word: '红头', means: '如：某某区安全生产委员会办公室文件', must: true, most: 60 },
  issuer: { word: '发文机关', means: '落款的机关', must: true, most: 60 },
  numberSeries: { word: '发文代字', means: '没有另写代字的文种用它', must: true, most: 20 },
  printer: { word: '印发机关', means: '版记中的印发机关', must: true, most: 60 },
  copies: { word: '通常抄送', means: '没有另写抄送单位时抄送谁', must: false, most: 300 },
  hotline: { word: '举报电话', means: '公开发布的文书上的电话', must: false, most: 40 },
} as const;
export type LetterheadItem = keyof typeof letterheadItems;

/** A number, or a list of names, that a government sets for its work; where nothing is set, `usual` holds. */
export interface Setting {
  readonly key: string;
  readonly word: string;
  readonly means: string;
  readonly usual: string;
  readonly least: number;
  readonly most: number;
  /** The content is names in order and no number. */
  readonly names?: true;
}
const setting = (key: string, word: string, usual: number, means: string, least: number, most: number): Setting => ({
  key,
  word,
  means,
  usual: String(usual),
  least,
  most,
});

/** 办理参数. */
export const settings: readonly Setting[] = [
  setting('tasks.nearDays', '任务临期提前天数', usualPace.nearDays, '时限之前几天亮黄灯', 0, 60),
  setting('tasks.tolerance', '任务进度允许落后', usualPace.tolerance, '实际进度比应有进度低多少个百分点亮黄灯', 0, 100),
  setting('problems.entryDays', '问题登记期限', usualAllowances.entryDays, '发现之后超过几天登记的算迟报', 0, 60),
  setting('problems.nearDays', '问题临期提前天数', usualAllowances.nearDays, '整改时限之前几天亮黄灯', 0, 60),
  setting('problems.extensions', '问题延期次数', usualAllowances.extensions, '最多可以延期几次', 0, 20),
  setting(
    'problems.usualDays.general',
    '一般隐患整改天数',
    usualAllowances.usualDays.general,
    '登记时带出的整改期限',
    1,
    3650,
  ),
  setting(
    'problems.usualDays.major',
    '重大隐患整改天数',
    usualAllowances.usualDays.major,
    '登记时带出的整改期限',
    1,
    3650,
  ),
  setting('problems.onSpotShare', '当场整改抽查比例', usualAllowances.onSpotShare, '每百件当场整改的抽查几件', 0, 100),
  setting('supervision.planDays', '报送整改方案天数', usualLimits.planDays, '挂牌之后几天内报送整改方案', 0, 365),
  setting('supervision.acceptanceDays', '挂牌验收天数', usualLimits.acceptanceDays, '申请验收之后几天内验收', 0, 365),
  {
    key: 'supervision.levels',
    word: '督办级别',
    means: '由低到高，用顿号隔开',
    usual: usualLevels.map((level) => level.name).join('、'),
    least: 1,
    most: 6,
    names: true,
  },
];

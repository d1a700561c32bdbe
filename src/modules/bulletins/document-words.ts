import { dayInWords } from '../../kernel/day.ts';
import { periodInWords } from '../filings/rhythm.ts';
import { inOwnWords, type SectionKey, titleOf } from './bulletin-form.ts';
import { chartsOf } from './charts.ts';
import type { BulletinSays } from './documents.ts';
import type { Ranked } from './ranking.ts';
import type { Bulletin } from './situation.ts';
import { changeInWords, coveredInWords, type Snapshot, type StoryRow } from './snapshot.ts';
import { paragraphsOf } from './text.ts';

const ordinals = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** Rows that stand in the document itself; the annex has them all. */
export const overdueShown = 20;

const percent = (value: number | null): string => (value === null ? '—' : `${value.toFixed(1)}%`);
const line = (words: string): string => words.replace(/\s*\r?\n\s*/g, '；').trim();

const rankedRow = (one: Ranked) => ({
  名次: one.rank,
  单位: one.name,
  得分: one.score.toFixed(1),
  按期率: percent(one.timeliness),
  最长逾期: one.longest === 0 ? '—' : `${one.longest}天`,
  首查通过率: percent(one.firstPass),
  回头看合格率: percent(one.lookBack),
});

/** The stories that people chose, in their order. */
export const chosenStories = (bulletin: Pick<Bulletin, 'chosen'>, snapshot: Snapshot): StoryRow[] =>
  bulletin.chosen.flatMap(
    (pick) =>
      snapshot.stories.find((one) => one.filingId === pick.filingId && one.at === pick.at && one.kind === pick.kind) ??
      [],
  );

/** The workbooks that go out with the bulletin, as they are named in it. */
const annexNames = ['各单位情况', '各单位逾期最长事项', '迟报缺报清单'];

/** All that the document says: the words with their figures from the snapshot, and the tables from the snapshot alone. */
export function documentOf(
  bulletin: Pick<Bulletin, 'sections' | 'chosen' | 'formName' | 'addressee' | 'copies'>,
  snapshot: Snapshot,
  sha256: string,
  issue: number | null,
): BulletinSays {
  const has = (key: SectionKey): boolean => snapshot.form.sections.includes(key);
  const charts = chartsOf(snapshot, has);
  const flow = charts.find((one) => one.part === 'summary');
  const overdue = charts.find((one) => one.part === 'overdue');
  const words = (key: SectionKey): string[] | null => {
    const section = bulletin.sections.find((one) => one.key === key);
    const found = section ? paragraphsOf(section.text, snapshot) : [];
    return found.length > 0 ? found : has(key) ? ['无。'] : null;
  };
  /** Nothing to say: the table falls away. */
  const rows = <T>(key: SectionKey, list: readonly T[]): readonly T[] | null =>
    has(key) && list.length > 0 ? list : null;
  const heading = (key: SectionKey): string | null =>
    has(key) ? `${ordinals[snapshot.form.sections.indexOf(key)] ?? ''}、${titleOf(key, snapshot.form.called)}` : null;
  const stories = chosenStories(bulletin, snapshot);
  return {
    标题: bulletin.formName,
    期次: issue === null ? '草稿' : `第${issue}期`,
    本期: periodInWords(snapshot.form.period, snapshot.from, snapshot.to),
    截至日: snapshot.lower ? `${dayInWords(snapshot.to)}（${coveredInWords}）` : dayInWords(snapshot.to),
    快照指纹: sha256.slice(0, 16),
    主送单位: bulletin.addressee.trim() || null,
    抄送单位: bulletin.copies.trim() || null,
    总体情况标题: heading('summary'),
    总体情况: words('summary'),
    任务进展标题: heading('tasks'),
    任务进展: words('tasks'),
    问题隐患标题: heading('problems'),
    问题隐患: words('problems'),
    逾期情况标题: heading('overdue'),
    逾期情况: words('overdue'),
    督办情况标题: heading('pressure'),
    督办情况: words('pressure'),
    报送情况标题: heading('filings'),
    报送情况: words('filings'),
    排名情况标题: heading('ranking'),
    排名情况: words('ranking'),
    经验做法标题: heading('practices'),
    经验做法: has('practices')
      ? stories.length > 0
        ? stories.map((one) => `${one.title}（${one.unitName}）。${line(one.text)}`)
        : ['本期没有选登。']
      : null,
    工作要求标题: heading('next'),
    工作要求: words('next'),
    新增销号图: flow?.chart ?? null,
    新增销号图题: flow?.title ?? null,
    逾期图: overdue?.chart ?? null,
    逾期图题: overdue?.title ?? null,
    附件说明: `附件：${annexNames.map((name, at) => `${at + 1}.${inOwnWords(name, snapshot.form.called)}`).join('\n')}`,
    指标: snapshot.comparisons.map((one) => ({
      名称: one.name,
      本期: one.now,
      上期: one.before,
      增减: changeInWords(one.now - one.before, ''),
    })),
    阶段: rows(
      'tasks',
      snapshot.stages.map((one) => ({
        名称: one.planTitle === '' ? one.name : `${one.planTitle}：${one.name}`,
        总数: one.all,
        已销号: one.closed,
        在办: one.open,
        逾期: one.red,
        完成率: percent(one.rate),
      })),
    ),
    任务行业: rows(
      'tasks',
      snapshot.taskSectors.map((one) => ({
        名称: one.sector,
        总数: one.all,
        已销号: one.closed,
        在办: one.open,
        逾期: one.red,
        完成率: percent(one.rate),
      })),
    ),
    行业: rows(
      'problems',
      snapshot.sectors.map((one) => ({
        名称: one.sector,
        新增: one.registered,
        销号: one.closed,
        重新打开: one.reopened,
        未销号: one.open,
        逾期: one.red,
      })),
    ),
    单位: rows(
      'problems',
      snapshot.units.map((one) => ({
        名称: one.name,
        新增: one.registered,
        销号: one.closed,
        未销号: one.open,
        逾期: one.red,
        最长逾期: one.longest,
        在办任务: one.tasksOpen,
        逾期任务: one.tasksRed,
      })),
    ),
    逾期事项: rows(
      'overdue',
      snapshot.overdue.slice(0, overdueShown).map((one) => ({
        单位: one.unitName,
        事项: `${one.number} ${line(one.title)}`,
        责任人: one.personName ?? '未落实',
        时限: one.dueOn,
        天数: one.days,
      })),
    ),
    挂牌: rows(
      'pressure',
      snapshot.listed.map((one) => ({
        编号: one.number,
        事项: line(one.matter),
        责任单位: one.unitName,
        时限: one.limitOn,
        逾期: one.late,
      })),
    ),
    措施: rows(
      'pressure',
      snapshot.measures.map((one) => ({
        种类: one.word,
        单位: one.unitName,
        事项: line(one.matter),
        日期: one.servedOn,
        文号: one.documentNumber ?? one.number,
      })),
    ),
    报送: rows(
      'filings',
      snapshot.discipline.map((one) => ({
        单位: one.name,
        应报: one.required,
        按时: one.onTime,
        迟报: one.late,
        缺报: one.missing,
      })),
    ),
    靠前: rows('ranking', snapshot.ranking.best.map(rankedRow)),
    靠后: rows('ranking', snapshot.ranking.worst.map(rankedRow)),
  };
}

// Writes the templates of 日报、周通报、月调度材料 (src/modules/bulletins/templates/*.docx). `--check` only says whether they are fresh.
import { bulletinForms } from '../src/modules/bulletins/documents.ts';
import {
  addressee,
  body,
  enclosures,
  gap,
  heading,
  imprint,
  officialDocx,
  paragraph,
  redHead,
  run,
  signature,
  table,
  title,
} from './templates/official.ts';
import { writeTemplates } from './templates/write.ts';

/** A chart with its name below; both fall away where there is nothing to show. */
const chart = (name: string): string =>
  paragraph(run(`{{${name}}}`), { align: 'center', line: null, before: 120, keep: true }) +
  paragraph(run(`{{${name}题}}`, { face: 'heading', size: 24 }), { align: 'center', line: null, after: 120 });

/** A line above a table that stays with it; it falls away with a table that has nothing to say. */
const caption = (words: string): string =>
  paragraph(run(words, { face: 'heading', size: 28 }), { align: 'center', before: 120, after: 60, keep: true });

const part = (name: string, ...tables: readonly string[]): string =>
  heading(`{{${name}标题}}`) + body(`{{${name}}}`) + tables.join('');

const row = (list: string, ...fields: readonly string[]): string[] => fields.map((field) => `{{${list}.${field}}}`);

const figures = (): string =>
  caption('主要指标与上期比较') +
  table(
    ['指标', '本期', '上期', '增减'],
    [row('指标', '名称', '本期', '上期', '增减')],
    [46, 16, 16, 22],
    [],
    [1, 2, 3],
  );
const stages = (): string =>
  caption('各阶段任务进展') +
  table(
    ['方案和阶段', '总数', '已销号', '在办', '逾期', '完成率'],
    [row('阶段', '名称', '总数', '已销号', '在办', '逾期', '完成率')],
    [42, 11, 12, 11, 11, 13],
    [],
    [1, 2, 3, 4, 5],
  );
const taskSectors = (): string =>
  caption('各行业领域任务进展') +
  table(
    ['行业领域', '总数', '已销号', '在办', '逾期', '完成率'],
    [row('任务行业', '名称', '总数', '已销号', '在办', '逾期', '完成率')],
    [42, 11, 12, 11, 11, 13],
    [],
    [1, 2, 3, 4, 5],
  );
const sectors = (): string =>
  caption('各行业领域问题隐患') +
  table(
    ['行业领域', '新增', '销号', '重新打开', '未销号', '逾期'],
    [row('行业', '名称', '新增', '销号', '重新打开', '未销号', '逾期')],
    [36, 12, 12, 16, 13, 12],
    [],
    [1, 2, 3, 4, 5],
  );
const units = (): string =>
  caption('分单位问题隐患和任务') +
  table(
    ['单位', '新增', '销号', '未销号', '逾期', '最长逾期\n（天）', '在办任务', '逾期任务'],
    [row('单位', '名称', '新增', '销号', '未销号', '逾期', '最长逾期', '在办任务', '逾期任务')],
    [24, 9, 9, 11, 9, 13, 13, 13],
    [],
    [1, 2, 3, 4, 5, 6, 7],
  );
const overdue = (): string =>
  caption('逾期时间最长的事项') +
  table(
    ['责任单位', '事项', '责任人', '时限', '逾期天数'],
    [row('逾期事项', '单位', '事项', '责任人', '时限', '天数')],
    [18, 38, 14, 16, 14],
    [2, 3],
    [4],
  );
const listed = (): string =>
  caption('正在挂牌督办的重大隐患') +
  table(
    ['编号', '督办事项', '责任单位', '整改时限', '逾期天数'],
    [row('挂牌', '编号', '事项', '责任单位', '时限', '逾期')],
    [20, 33, 17, 16, 14],
    [0, 3],
    [4],
  );
const measures = (): string =>
  caption('本期督促措施') +
  table(
    ['种类', '单位', '事项', '送达日期', '文号'],
    [row('措施', '种类', '单位', '事项', '日期', '文号')],
    [13, 18, 31, 16, 22],
    [0, 3],
  );
const filings = (): string =>
  caption('分单位报送情况') +
  table(
    ['单位', '应报', '按时', '迟报', '缺报'],
    [row('报送', '单位', '应报', '按时', '迟报', '缺报')],
    [44, 14, 14, 14, 14],
    [],
    [1, 2, 3, 4],
  );
const ranked = (list: '靠前' | '靠后'): string =>
  caption(`排名${list}的单位`) +
  table(
    ['名次', '单位', '得分', '按期\n了结率', '最长逾期', '首次复查\n通过率', '回头看\n合格率'],
    [row(list, '名次', '单位', '得分', '按期率', '最长逾期', '首查通过率', '回头看合格率')],
    [9, 24, 10, 13, 15, 15, 14],
    [0],
    [2, 3, 4, 5, 6],
  );

const bulletin = (tables: { readonly whole: boolean }): string => {
  const only = (of: string): string => (tables.whole ? of : '');
  return [
    redHead(),
    title('{{标题}}'),
    paragraph(run('（{{期次}}　{{本期}}）', { face: 'item' }), { align: 'center', after: 280 }),
    addressee('{{主送单位}}：'),
    part('总体情况', figures(), chart('新增销号图')),
    part('任务进展', only(stages()), only(taskSectors())),
    part('问题隐患', only(sectors()), only(units())),
    part('逾期情况', chart('逾期图'), overdue()),
    part('督办情况', listed(), measures()),
    part('报送情况', only(filings())),
    part('排名情况', ranked('靠前'), ranked('靠后')),
    part('经验做法'),
    heading('{{工作要求标题}}'),
    body('{{工作要求}}', { keep: true }),
    gap('keep'),
    paragraph(run('本期数据截至{{截至日}}，由系统自动汇总并封存。\n校验值：{{快照指纹}}', { size: 24 }), {
      indent: ' w:left="640"',
      align: 'left',
      line: 400,
      keep: true,
    }),
    enclosures('{{附件说明}}'),
    signature(),
    imprint(),
  ].join('');
};

/** Every template by its document. */
export const templates = (): Readonly<Record<keyof typeof bulletinForms, Uint8Array>> => ({
  daily: officialDocx(bulletin({ whole: false })),
  weekly: officialDocx(bulletin({ whole: true })),
  monthly: officialDocx(bulletin({ whole: true })),
});

writeTemplates(import.meta.url, bulletinForms, templates);

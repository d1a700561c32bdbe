// Writes the templates of 考核 (src/modules/assessment/templates/*.docx). `--check` only says whether they are fresh.
import { assessmentForms } from '../src/modules/assessment/documents.ts';
import {
  addressee,
  body,
  gap,
  heading,
  imprint,
  officialDocx,
  redHead,
  signature,
  table,
  title,
} from './templates/official.ts';
import { writeTemplates } from './templates/write.ts';

const result = (): string =>
  [
    redHead(),
    title('关于{{年度}}年度{{考核对象}}安全生产目标管理考核结果的通报'),
    addressee('{{主送单位}}：'),
    body(
      '根据{{依据}}，对{{考核对象}}{{考核期}}的安全生产工作进行了考核。考核以截至{{取数日期}}的台账数据为准（取数封存，数据指纹：{{数据指纹}}），经自评、打分、否决核查和公示、申诉，现将结果通报如下：',
    ),
    heading('一、考核等次'),
    body('本次考核共{{单位数}}个单位，满分{{满分}}分，平均{{平均分}}分。各等次单位如下：'),
    table(['等次', '单位数', '单位'], [['{{等次.等次}}', '{{等次.数量}}', '{{等次.单位}}']], [14, 12, 74], [0], [1]),
    gap(),
    heading('二、考核得分'),
    table(
      ['名次', '单位', '基本分', '加分', '扣分', '得分', '等次'],
      [
        [
          '{{结果.名次}}',
          '{{结果.单位}}',
          '{{结果.基本分}}',
          '{{结果.加分}}',
          '{{结果.扣分}}',
          '{{结果.得分}}',
          '{{结果.等次}}',
        ],
      ],
      [9, 27, 14, 11, 11, 14, 14],
      [0, 6],
      [2, 3, 4, 5],
    ),
    gap(),
    heading('三、一票否决'),
    body('{{否决}}'),
    heading('四、结果运用'),
    body('{{挂钩}}', { keep: true }),
    signature(),
    imprint(),
  ].join('');

/** Every template by its document. */
export const templates = (): Readonly<Record<keyof typeof assessmentForms, Uint8Array>> => ({
  result: officialDocx(result()),
});

writeTemplates(import.meta.url, assessmentForms, templates);

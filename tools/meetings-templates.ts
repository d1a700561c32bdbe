// Writes the templates of 会议、责任书、请示、值班表 (src/modules/meetings/templates/*.docx). `--check` only says whether they are fresh.
import { meetingForms } from '../src/modules/meetings/documents.ts';
import {
  addressee,
  body,
  enclosure,
  enclosures,
  gap,
  heading,
  imprint,
  item,
  officialDocx,
  redHead,
  sheet,
  signature,
  table,
  title,
  upwardHead,
} from './templates/official.ts';
import { writeTemplates } from './templates/write.ts';

const notice = (): string =>
  [
    redHead(),
    title('关于召开{{会议名称}}的通知'),
    addressee('{{主送单位}}：'),
    body('经研究，定于{{会议日期}}召开{{会议名称}}。现就有关事项通知如下：'),
    item('一、会议时间。', '{{会议日期}}{{会议时间}}。'),
    item('二、会议地点。', '{{会议地点}}。'),
    item('三、会议主持。', '{{主持人}}。'),
    heading('四、会议议题'),
    table(['序号', '议题', '汇报单位'], [['{{议题.序号}}', '{{议题.内容}}', '{{议题.汇报单位}}']], [8, 66, 26], [0]),
    gap(),
    heading('五、参会人员'),
    table(
      ['序号', '单位', '姓名', '职务'],
      [['{{参会人员.序号}}', '{{参会人员.单位}}', '{{参会人员.姓名}}', '{{参会人员.职务}}']],
      [8, 46, 18, 28],
      [0, 2],
    ),
    gap(),
    body('请参会人员准时到会；因故不能参会的，应当履行请假手续，并派有关负责同志参会。', { keep: true }),
    signature(),
    imprint(),
  ].join('');

const minutes = (): string =>
  [
    redHead(280),
    title('{{会议名称}}纪要'),
    body('{{召开日期}}，{{主持人}}在{{会议地点}}主持召开{{会议名称}}，应到{{应到人数}}人，实到{{实到人数}}人。'),
    heading('一、会议议题'),
    body('（{{议题.序号}}）{{议题.内容}}'),
    heading('二、会议议定'),
    body('{{议定内容}}'),
    heading('三、交办事项'),
    table(
      ['序号', '事项', '牵头单位', '完成时限', '任务编号'],
      [
        [
          '{{交办事项.序号}}',
          '{{交办事项.事项}}',
          '{{交办事项.牵头单位}}',
          '{{交办事项.完成时限}}',
          '{{交办事项.任务编号}}',
        ],
      ],
      [8, 36, 20, 17, 19],
      [0, 3, 4],
    ),
    gap(),
    body('出席：{{出席}}。'),
    body('请假：{{请假}}。'),
    body('缺席：{{缺席}}。'),
    body('会议编号：{{会议编号}}。', { keep: true }),
    signature(),
    imprint(),
  ].join('');

const responsibility = (): string =>
  [
    redHead(280),
    title('{{责任书名称}}'),
    sheet([
      ['编号', '{{责任书编号}}', '年度', '{{年度}}'],
      ['甲方', '{{甲方}}', '乙方', '{{乙方}}'],
    ]),
    gap(),
    body('为落实安全生产责任制，甲方与乙方签订本责任书。'),
    heading('一、目标'),
    table(['序号', '目标', '要求'], [['{{目标.序号}}', '{{目标.名称}}', '{{目标.要求}}']], [8, 56, 36], [0, 2]),
    gap(),
    heading('二、职责'),
    body('{{职责}}'),
    heading('三、考核'),
    body('本责任书所列目标纳入{{年度}}年度安全生产考核；本责任书一式两份，双方各执一份，自签字之日起生效。', {
      keep: true,
    }),
    gap('keep'),
    sheet(
      [
        ['甲方签字人', '{{甲方签字人}}', '乙方签字人', '{{乙方签字人}}'],
        ['签字', '', '签字', ''],
        ['日期', '    年    月    日', '日期', '    年    月    日'],
      ],
      'keep',
    ),
    signature('alone'),
  ].join('');

const request = (): string =>
  [
    upwardHead(280),
    title('关于{{事项}}的请示'),
    addressee('{{主送机关}}：'),
    body('现就{{请示编号}}号请示事项（由{{请示单位}}提出）请示如下：'),
    heading('一、基本情况'),
    body('{{情况}}'),
    heading('二、有关建议'),
    body('{{建议}}'),
    body('妥否，请批示。', { keep: true }),
    signature(),
    body('（联系人：{{联系人}}）', { keep: true }),
    imprint(),
  ].join('');

const roster = (): string =>
  [
    redHead(280),
    title('关于做好{{时段名称}}值班工作的通知'),
    addressee('{{主送单位}}：'),
    body('{{起始日期}}至{{截止日期}}为{{时段名称}}，现就值班工作通知如下：'),
    body('{{要求}}', { keep: true }),
    enclosures('附件：{{时段名称}}值班表'),
    signature('alone'),
    enclosure('{{时段名称}}值班表'),
    table(
      ['日期', '单位', '带班领导', '值班人员', '值班电话'],
      [['{{值班.日期}}', '{{值班.单位}}', '{{值班.带班领导}}', '{{值班.值班人员}}', '{{值班.电话}}']],
      [16, 29, 19, 16, 20],
      [0, 3, 4],
    ),
    imprint(),
  ].join('');

/** Every template by its document. */
export const templates = (): Readonly<Record<keyof typeof meetingForms, Uint8Array>> => ({
  notice: officialDocx(notice()),
  minutes: officialDocx(minutes()),
  responsibility: officialDocx(responsibility()),
  request: officialDocx(request()),
  roster: officialDocx(roster()),
});

writeTemplates(import.meta.url, meetingForms, templates);

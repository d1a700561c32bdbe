// Writes the templates of 挂牌督办 (src/modules/supervision/templates/*.docx). `--check` only says whether they are fresh.
import { listingForms } from '../src/modules/supervision/documents.ts';
import {
  addressee,
  body,
  gap,
  heading,
  imprint,
  item,
  letterImprint,
  officialDocx,
  paragraph,
  redHead,
  run,
  sheet,
  signature,
  table,
  title,
} from './templates/official.ts';
import { writeTemplates } from './templates/write.ts';

const notice = (): string =>
  [
    redHead(),
    title('关于对{{事项名称}}实施挂牌督办的通知'),
    addressee('{{主送单位}}：'),
    body(
      '经现场检查和判定，{{隐患单位}}存在重大隐患。按照重大隐患挂牌督办的有关规定，经研究，决定对该隐患实施{{督办级别}}挂牌督办。现就有关事项通知如下：',
    ),
    heading('一、隐患基本情况'),
    body('{{隐患情况}}'),
    gap(),
    sheet([
      ['挂牌编号', '{{挂牌编号}}', '督办级别', '{{督办级别}}'],
      ['隐患单位', '{{隐患单位}}', '行业领域', '{{行业领域}}'],
      ['隐患地点', '{{隐患地点}}'],
      ['判定依据', '{{判定依据}}'],
      ['责任单位', '{{责任单位}}', '督办单位', '{{督办单位}}'],
      ['整改时限', '{{整改时限}}'],
    ]),
    gap(),
    heading('二、整改要求'),
    table(['序号', '整改要求'], [['{{整改要求.序号}}', '{{整改要求.内容}}']], [8, 92], [0]),
    gap(),
    heading('三、工作要求'),
    item(
      '（一）制定整改方案。',
      '责任单位应当制定整改方案，明确目标任务、方法措施、经费物资、机构责任、时限要求、安全措施和应急预案，于{{报送方案时限}}前报送备案。',
    ),
    item(
      '（二）落实防范措施。',
      '整改期间应当采取可靠的安全防范措施，不能保证安全的，应当停止使用或者停产停业，防止发生事故。',
    ),
    item(
      '（三）按期完成整改。',
      '整改应当于{{整改时限}}前完成，并由责任单位提出验收申请；自收到申请之日起{{验收天数}}日内组织现场验收，验收通过的，予以摘牌并向社会公告。',
    ),
    item('（四）严格责任追究。', '逾期没有完成整改或者验收不通过的，将提级督办，并依法依规提出处理建议。', {
      keep: true,
    }),
    signature(),
    imprint(),
  ].join('');

const announcement = (): string =>
  [
    redHead(280),
    title('关于对{{事项名称}}实施挂牌督办的公告'),
    body(
      '为督促消除重大隐患，保障人民群众生命财产安全，经研究，决定对以下重大隐患实施{{督办级别}}挂牌督办，现予公告，请社会各界监督。',
    ),
    gap('keep'),
    table(
      ['序号', '单位', '地点', '隐患', '责任单位', '督办单位', '整改时限'],
      [
        [
          '{{事项.序号}}',
          '{{事项.单位}}',
          '{{事项.地点}}',
          '{{事项.隐患}}',
          '{{事项.责任单位}}',
          '{{事项.督办单位}}',
          '{{事项.时限}}',
        ],
      ],
      [8, 16, 14, 20, 14, 14, 14],
      [0, 6],
    ),
    body('整改期间如发现整改不力、弄虚作假等情况，请拨打监督电话：{{监督电话}}。', { before: 100, keep: true }),
    body('特此公告。', { before: 100, keep: true }),
    signature('alone'),
  ].join('');

const acceptance = (): string =>
  [
    redHead(280),
    title('{{事项名称}}验收意见书'),
    sheet([
      ['挂牌编号', '{{挂牌编号}}', '挂牌文号', '{{挂牌文号}}'],
      ['隐患单位', '{{隐患单位}}', '责任单位', '{{责任单位}}'],
      ['申请日期', '{{申请日期}}', '验收日期', '{{验收日期}}'],
      ['验收地点', '{{验收地点}}'],
      ['验收结论', '{{验收结论}}'],
    ]),
    gap(),
    heading('一、参加验收人员'),
    table(
      ['序号', '姓名', '单位', '职务、职称', '身份', '签名'],
      [['{{人员.序号}}', '{{人员.姓名}}', '{{人员.单位}}', '{{人员.职务}}', '{{人员.身份}}', '']],
      [8, 14, 24, 18, 14, 16],
      [0, 1, 4],
    ),
    gap(),
    heading('二、整改要求核对情况'),
    table(
      ['序号', '整改要求', '现场核对情况'],
      [['{{检查.序号}}', '{{检查.要求}}', '{{检查.情况}}']],
      [8, 46, 46],
      [0],
    ),
    gap(),
    heading('三、验收意见'),
    body('{{验收意见}}', { keep: true }),
    body('应当于{{重新整改时限}}前完成重新整改，并再次申请验收。', { keep: true }),
    signature('alone'),
  ].join('');

const delisting = (): string =>
  [
    redHead(280),
    title('关于{{事项名称}}摘牌的公告'),
    body('以下{{督办级别}}挂牌督办的重大隐患已完成整改，经现场验收合格，现予摘牌，并向社会公告。'),
    gap('keep'),
    table(
      ['序号', '单位', '隐患', '责任单位', '挂牌文号', '挂牌日期', '验收日期'],
      [
        [
          '{{事项.序号}}',
          '{{事项.单位}}',
          '{{事项.隐患}}',
          '{{事项.责任单位}}',
          '{{事项.挂牌文号}}',
          '{{事项.挂牌日期}}',
          '{{事项.验收日期}}',
        ],
      ],
      [8, 16, 18, 14, 16, 14, 14],
      [0, 5, 6],
    ),
    body('特此公告。', { before: 100, keep: true }),
    signature('alone'),
  ].join('');

const letter = (): string =>
  [
    paragraph(run('{{发文字号}}'), { align: 'right', before: 240 }),
    title('关于{{事项名称}}整改工作的督办函', 560),
    addressee('{{主送单位}}：'),
    body(
      '编号为{{挂牌编号}}的{{隐患单位}}重大隐患，已由{{挂牌文号}}挂牌督办，由{{责任单位}}负责整改，整改时限为{{整改时限}}。',
    ),
    body('{{督办缘由}}'),
    body('现就有关要求函告如下：', { keep: true }),
    body('{{督办要求}}'),
    body('请于{{回复时限}}前将办理情况书面回复。', { keep: true }),
    signature(),
    letterImprint(),
  ].join('');

/** Every template by its document. */
export const templates = (): Readonly<Record<keyof typeof listingForms, Uint8Array>> => ({
  notice: officialDocx(notice()),
  announcement: officialDocx(announcement()),
  acceptance: officialDocx(acceptance()),
  delisting: officialDocx(delisting()),
  letter: officialDocx(letter(), 'letter'),
});

writeTemplates(import.meta.url, listingForms, templates);

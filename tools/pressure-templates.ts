// Writes the templates of 督促措施 (src/modules/supervision/templates/*.docx). `--check` only says whether they are fresh.
import { pressureForms } from '../src/modules/supervision/pressure-documents.ts';
import {
  addressee,
  body,
  gap,
  heading,
  imprint,
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

const number = (): string => paragraph(run('{{发文字号}}'), { align: 'right', before: 240 });

/** A letter: why, which items, what is demanded, by when to reply. */
const letter = (name: string, opening: string, asking: string, closing: string): string =>
  [
    number(),
    title(name, 560),
    addressee('{{主送单位}}：'),
    body(opening),
    body('{{缘由}}'),
    body('{{事项清单}}'),
    body(asking, { keep: true }),
    body('{{要求}}'),
    body(closing, { keep: true }),
    signature(),
    letterImprint(),
  ].join('');

const reminder = (): string =>
  letter(
    '关于{{事项名称}}的提示函',
    '为推动安全生产责任落实，现就{{措施编号}}号事项提示如下。',
    '请做好以下工作：',
    '请于{{回复时限}}前书面回复办理情况。',
  );
const warning = (): string =>
  letter(
    '关于{{事项名称}}的警示函',
    '现就{{措施编号}}号事项予以警示，你单位在安全生产工作中存在以下突出情况。',
    '请高度重视，并做好以下工作：',
    '请于{{回复时限}}前书面回复整改情况。逾期没有回复或者整改没有成效的，将视情约谈、通报。',
  );
const urging = (): string =>
  letter(
    '关于{{事项名称}}的督办单',
    '现对以下事项予以督办（编号：{{措施编号}}）。',
    '督办要求如下：',
    '请于{{回复时限}}前书面报告办理结果。',
  );

const interview = (): string =>
  [
    redHead(),
    title('关于就{{事项名称}}进行约谈的通知'),
    addressee('{{主送单位}}：'),
    body('经研究，决定就{{事项名称}}对你单位进行约谈。现将有关事项通知如下：'),
    heading('一、约谈缘由'),
    body('{{缘由}}'),
    body('{{事项清单}}'),
    heading('二、约谈安排'),
    gap('keep'),
    sheet([
      ['约谈编号', '{{措施编号}}'],
      ['约谈日期', '{{约谈日期}}', '约谈时间', '{{约谈时间}}'],
      ['约谈地点', '{{约谈地点}}'],
      ['主持人', '{{主持人}}'],
    ]),
    gap(),
    heading('三、有关要求'),
    body('{{要求}}', { keep: true }),
    signature(),
    imprint(),
  ].join('');

const minutes = (): string =>
  [
    redHead(280),
    title('关于{{事项名称}}的约谈纪要'),
    sheet([
      ['约谈编号', '{{措施编号}}', '通知文号', '{{约谈文号}}'],
      ['约谈日期', '{{约谈日期}}', '约谈时间', '{{约谈时间}}'],
      ['约谈地点', '{{约谈地点}}'],
      ['主持人', '{{主持人}}'],
      ['被约谈单位', '{{被约谈单位}}'],
    ]),
    gap(),
    heading('一、参加人员'),
    gap('keep'),
    table(
      ['序号', '姓名', '单位', '职务', '身份', '签名'],
      [['{{人员.序号}}', '{{人员.姓名}}', '{{人员.单位}}', '{{人员.职务}}', '{{人员.身份}}', '']],
      [8, 15, 26, 18, 15, 18],
      [0, 1, 4],
    ),
    gap(),
    heading('二、约谈情况'),
    body('{{纪要}}'),
    heading('三、整改承诺'),
    body('{{承诺}}', { keep: true }),
    signature(),
    imprint(),
  ].join('');

const circular = (): string =>
  [
    redHead(),
    title('关于对{{被通报单位}}予以通报批评的通报'),
    addressee('{{主送单位}}：'),
    body('现就{{措施编号}}号事项，将{{被通报单位}}{{事项名称}}的有关情况通报如下：'),
    heading('一、基本情况'),
    body('{{缘由}}'),
    body('{{事项清单}}'),
    heading('二、处理意见和要求'),
    body('对{{被通报单位}}予以通报批评。', { keep: true }),
    body('{{要求}}', { keep: true }),
    signature(),
    imprint(),
  ].join('');

const accountability = (): string =>
  letter(
    '关于{{事项名称}}的问责建议书',
    '现就{{措施编号}}号事项提出问责建议。我们在工作中发现{{有关单位}}存在以下情况。',
    '根据有关规定，建议：',
    '请于{{回复时限}}前反馈处理结果。',
  );
const transfer = (): string =>
  letter(
    '关于移交{{事项名称}}问题线索的函',
    '现将{{措施编号}}号问题线索移交你们，线索涉及{{有关单位}}。本函及所附材料请妥善保管，注意保密。',
    '请按照有关规定办理：',
    '请在收到后予以回执，并于{{回复时限}}前反馈办理情况。',
  );

const reminding = (): string =>
  [
    number(),
    title('关于{{事项名称}}的催办函', 560),
    addressee('{{主送单位}}：'),
    body(
      '{{送达日期}}送达的{{原文号}}，要求于{{回复时限}}前回复。目前已逾期{{逾期天数}}天，尚未收到回复。请立即办理并书面回复，说明逾期原因。',
      { keep: true },
    ),
    signature(),
    letterImprint(),
  ].join('');

const lifting = (): string =>
  [
    number(),
    title('关于{{事项名称}}的解除通知', 560),
    addressee('{{主送单位}}：'),
    body('{{原文号}}送达的{{措施名称}}，现予解除。'),
    body('{{解除意见}}'),
    body('请巩固整改成果，防止问题反弹。', { keep: true }),
    signature(),
    letterImprint(),
  ].join('');

/** Every template by its document. */
export const templates = (): Readonly<Record<keyof typeof pressureForms, Uint8Array>> => ({
  reminder: officialDocx(reminder(), 'letter'),
  warning: officialDocx(warning(), 'letter'),
  urging: officialDocx(urging(), 'letter'),
  interview: officialDocx(interview()),
  minutes: officialDocx(minutes()),
  circular: officialDocx(circular()),
  accountability: officialDocx(accountability(), 'letter'),
  transfer: officialDocx(transfer(), 'letter'),
  reminding: officialDocx(reminding(), 'letter'),
  lifting: officialDocx(lifting(), 'letter'),
});

writeTemplates(import.meta.url, pressureForms, templates);

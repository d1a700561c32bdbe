import { randomBytes } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const fields = ['危险化学品', '建筑施工', '道路运输', '城镇燃气', '消防安全', '特种设备', '工贸企业', '烟花爆竹'];
const works = ['开展专项检查', '组织隐患排查', '推进标准化建设', '完善应急预案', '落实教育培训', '严格联合执法'];
const units = ['区应急局', '区住建局', '区交通局', '区市场监管局', '区消防救援大队', '区工信局', '各镇（街道）'];
const ends = ['3月底前完成', '6月30日前完成', '9月底前完成', '年底前完成', '持续推进', '每季度不少于1次'];

/** Paragraphs of a plan as offices draft it: chapters, sections, tasks with units and deadlines in brackets. */
export function planLines(signs: number): string[] {
  const lines = ['演示区2026年安全生产重点任务实施方案', '为做好全区安全生产工作，制定本方案。'];
  let length = 0;
  for (let at = 0; length < signs; at++) {
    const field = fields[at % fields.length] ?? '';
    const [first = '', second = ''] = [units[at % 7], units[(at * 3 + 1) % 7]];
    const line =
      at % 60 === 0
        ? `${numerals[(at / 60) % 10]}、${field}领域重点任务`
        : at % 6 === 0
          ? `（${numerals[(at / 6) % 10]}）强化${field}安全监管`
          : `${(at % 6) + 1}.${works[at % 6]}。围绕${field}重点企业、人员密集场所和在建工地，全面摸清底数，建立问题清单、责任清单和整改清单，` +
            `对重大隐患挂牌督办，做到整改措施、责任、资金、时限和预案“五落实”，${ends[at % 6]}。（牵头单位：${first}；责任单位：${second}）`;
    lines.push(line);
    length += line.length;
  }
  return lines;
}

const xmlOf = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const paragraph = (text: string): string => `<w:p><w:r><w:t xml:space="preserve">${xmlOf(text)}</w:t></w:r></w:p>`;
const row = (cells: readonly string[]): string =>
  `<w:tr>${cells.map((cell) => `<w:tc>${paragraph(cell)}</w:tc>`).join('')}</w:tr>`;

/** A .docx with the given paragraphs and, at the end, a table; `pictures` bytes of pictures that cannot be packed smaller. */
export function docxOf(lines: readonly string[], pictures = 0): Uint8Array {
  const cells = fields.map((field, at) => [
    String(at + 1),
    `${field}专项检查`,
    units[at % 7] ?? '',
    ends[at % 4] ?? '',
  ]);
  const table = `<w:tbl>${[['序号', '工作任务', '责任单位', '完成时限'], ...cells].map(row).join('')}</w:tbl>`;
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="${main}"/></Types>`,
    ),
    '_rels/.rels': strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${relation}" Target="word/document.xml"/></Relationships>`,
    ),
    'word/document.xml': strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${lines.map(paragraph).join('')}${table}<w:sectPr/></w:body></w:document>`,
    ),
  };
  const size = 1_000_000;
  for (let at = 0; at * size < pictures; at++)
    files[`word/media/image${at + 1}.png`] = randomBytes(Math.min(size, pictures - at * size));
  return zipSync(files);
}

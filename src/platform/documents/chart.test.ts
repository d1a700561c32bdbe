import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { officialDocx, paragraph, run } from '../../../tools/templates/official.ts';
import { blanks, type Chart } from '../../kernel/blanks.ts';
import { checkTemplate, fillTemplate } from './fill.ts';
import { officePdf } from './office-pdf.ts';
import { readDocument } from './read.ts';
import { officeInstalled } from './soffice.ts';

const of = blanks({
  新增图: { kind: 'chart', means: '新增和销号', optional: true },
  逾期图: { kind: 'chart', means: '逾期的单位', optional: true },
  结尾: { kind: 'text', means: '结尾' },
});
const line = (words: string): string => paragraph(run(words), { first: 2 });
const template = officialDocx([line('{{新增图}}'), line('{{逾期图}}'), line('完：{{结尾}}')].join(''));
const flow: Chart = {
  form: 'columns',
  names: ['11月16日', '17日'],
  series: [
    { name: '新增', values: [31, 1048] },
    { name: '销号', values: [26, 55] },
  ],
};
const overdue: Chart = {
  form: 'bars',
  names: ['“南区”<公司>', '青石镇'],
  series: [
    { name: '逾期问题隐患（件）', values: [12, 3] },
    { name: '逾期任务（项）', values: [0, 4] },
  ],
};
const partsOf = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, content]) => [name, new TextDecoder().decode(content)]),
  );

describe('公文里的图', () => {
  it('图画在空所在的段落，数字写在图里，后面没有可以改数的工作表', () => {
    const parts = partsOf(fillTemplate(template, of, { 新增图: flow, 逾期图: overdue, 结尾: '好' }));
    const body = parts['word/document.xml'] ?? '';
    for (const id of ['rIdChart1', 'rIdChart2']) {
      expect(body).toContain(`r:id="${id}"`);
      expect(parts['word/_rels/document.xml.rels']).toContain(`Id="${id}"`);
    }
    expect(parts['[Content_Types].xml']).toContain('/word/charts/chart2.xml');
    const chart = parts['word/charts/chart1.xml'] ?? '';
    expect([...chart.matchAll(/<c:pt idx="\d+"><c:v>(\d+)<\/c:v>/g)].map(([, value]) => Number(value))).toEqual([
      31, 1048, 26, 55,
    ]);
    expect(chart).not.toContain('externalData');
    expect(Object.keys(parts).some((name) => name.includes('embeddings'))).toBe(false);
    // a picture in a line of fixed height would be cut
    expect(body).toMatch(/<w:pPr>(?:(?!lineRule|<w:ind).)*<\/w:pPr><w:r><w:drawing>/);
    expect(parts['word/charts/chart2.xml']).toContain('“南区”&lt;公司&gt;');
  });

  it('同样的数字得到逐字节相同的文件', () => {
    const made = () => fillTemplate(template, of, { 新增图: flow, 逾期图: overdue, 结尾: '好' });
    expect(Buffer.from(made()).equals(Buffer.from(made()))).toBe(true);
  });

  it('没有可画的，连段落一起去掉；图不能和别的字写在一段', async () => {
    const bytes = fillTemplate(template, of, { 新增图: null, 逾期图: null, 结尾: '好' });
    expect((await readDocument(bytes, '公文.docx')).text.trim()).toBe('完：好');
    expect(Object.keys(partsOf(bytes)).some((name) => name.includes('charts'))).toBe(false);
    const mixed = officialDocx([line('见{{新增图}}'), line('完：{{结尾}}')].join(''));
    expect(checkTemplate(mixed, of).map((flaw) => flaw.says)).toEqual([
      '{{新增图}} 是一幅图，应当放在正文里，独占一段，前后不写别的字。',
    ]);
  });

  it.skipIf(!officeInstalled())(
    'LibreOffice 打得开，名称和数字都看得见',
    async () => {
      const pdf = await officePdf(
        fillTemplate(template, of, { 新增图: flow, 逾期图: overdue, 结尾: '好' }),
        'chart-test',
      );
      if (!pdf) throw new Error('no PDF');
      const text = (await readDocument(pdf, '公文.pdf')).text.replace(/\s/g, '');
      for (const seen of ['1048', '55', '新增', '逾期任务（项）', '“南区”<公司>', '青石镇'])
        expect(text).toContain(seen);
    },
    60_000,
  );
});

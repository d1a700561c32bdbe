import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { blanks } from '../../kernel/blanks.ts';
import { day } from '../../kernel/day.ts';
import { titleBreaks } from './balance.ts';
import { checkTemplate, fillTemplate, fillTemplateBySteps, TemplateFlawed } from './fill.ts';
import { readDocument } from './read.ts';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const run = (text: string, form = ''): string =>
  `<w:r>${form === '' ? '' : `<w:rPr>${form}</w:rPr>`}<w:t xml:space="preserve">${text}</w:t></w:r>`;
const p = (...runs: string[]): string => `<w:p w14:paraId="1">${runs.join('')}</w:p>`;
const cell = (text: string): string => `<w:tc>${p(run(text))}</w:tc>`;

/** A small .docx with this body; `parts` adds or replaces entries of the container. */
function docx(body: string, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const files: Record<string, string> = {
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<?xml version="1.0"?><w:document ${W} xmlns:w14="x"><w:body>${body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:left="1587" w:right="1474"/></w:sectPr></w:body></w:document>`,
    ...parts,
  };
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, new TextEncoder().encode(text)])),
  );
}
const xmlOf = (bytes: Uint8Array): string => new TextDecoder().decode(unzipSync(bytes)['word/document.xml']);
const textOf = async (bytes: Uint8Array): Promise<string> => (await readDocument(bytes, '公文.docx')).text;
const flaws = (body: string, of: Parameters<typeof checkTemplate>[1]): string[] =>
  checkTemplate(docx(body), of).map((flaw) => `${flaw.where}：${flaw.says}`);

const simple = blanks({
  文号: { kind: 'text', means: '发文字号' },
  日期: { kind: 'day', means: '成文日期' },
  抄送: { kind: 'text', means: '抄送单位', optional: true },
});
const values = { 文号: '督〔2026〕3号', 日期: day('2026-03-02'), 抄送: null };
const list = blanks({
  清单: {
    kind: 'rows',
    means: '事项',
    fields: { 序号: { kind: 'number', means: '序号' }, 内容: { kind: 'text', means: '内容' } },
  },
});

describe('填写公文模板', () => {
  it('填上的字保留空所在处的字体，日期写成汉字格式', async () => {
    const filled = fillTemplate(docx(p(run('文号：'), run('{{文号}}', '<w:b/>')) + p(run('{{日期}}'))), simple, values);
    expect(await textOf(filled)).toBe('文号：督〔2026〕3号\n2026年3月2日');
    expect(xmlOf(filled)).toContain('<w:rPr><w:b/></w:rPr><w:t xml:space="preserve">督〔2026〕3号</w:t>');
  });

  it('被办公软件拆成几截的空也能找到，前后的字不丢', async () => {
    const split = p(
      run('关于{'),
      run('{文', '<w:b/>'),
      '<w:proofErr w:type="spellStart"/>',
      run('号'),
      run('}}的通知'),
    );
    expect(await textOf(fillTemplate(docx(split + p(run('{{ 日期 }}'))), simple, values))).toBe(
      '关于督〔2026〕3号的通知\n2026年3月2日',
    );
  });

  it('可以没有的内容为空时，整段去掉', async () => {
    const body = p(run('{{文号}}{{日期}}')) + p(run('抄送：{{抄送}}。')) + p(run('完'));
    expect(await textOf(fillTemplate(docx(body), simple, values))).toBe('督〔2026〕3号2026年3月2日\n完');
    expect(await textOf(fillTemplate(docx(body), simple, { ...values, 抄送: '甲局' }))).toContain('抄送：甲局。');
  });

  it('表格中的行按清单重复，空清单写“无”，重复的段落不带重复的编号', async () => {
    const table = `<w:tbl><w:tr>${cell('序号')}${cell('内容')}</w:tr><w:tr>${cell('{{清单.序号}}')}${cell('{{清单.内容}}')}</w:tr></w:tbl>${p(run('完'))}`;
    const rows = [1, 2, 3].map((序号) => ({ 序号, 内容: `第${序号}项` }));
    const filled = fillTemplate(docx(table), list, { 清单: rows });
    expect(await textOf(filled)).toBe('序号\t内容\n1\t第1项\n2\t第2项\n3\t第3项\n完');
    const ids = xmlOf(filled).match(/paraId/g)?.length ?? 0;
    expect(ids).toBe(5);
    expect(await textOf(fillTemplate(docx(table), list, { 清单: [] }))).toContain('无\t');
  });

  it('内容里的尖括号、换行、控制字符都不会弄坏文件', async () => {
    const nasty = { ...values, 文号: 'a<b>&"\u0001\ud800c\n第二行' };
    const filled = fillTemplate(docx(p(run('{{文号}}{{日期}}'))), simple, nasty);
    expect(xmlOf(filled)).toContain('a&lt;b&gt;&amp;"c</w:t><w:br/><w:t xml:space="preserve">第二行');
    expect(await textOf(filled)).toContain('a<b>&"c');
  });

  it('内容里写成空的样子也只是文字，不会再被填写', async () => {
    const filled = fillTemplate(docx(p(run('{{文号}}{{日期}}'))), simple, { ...values, 文号: '{{日期}}' });
    expect(await textOf(filled)).toBe('{{日期}}2026年3月2日');
    const both = blanks({ ...list, ...simple });
    const body = p(run('{{清单.序号}}.{{清单.内容}}')) + p(run('{{文号}}{{日期}}'));
    const rows = [{ 序号: 1, 内容: '{{文号}}{{清单.序号}}' }];
    expect(await textOf(fillTemplate(docx(body), both, { ...values, 清单: rows }))).toContain(
      '1.{{文号}}{{清单.序号}}',
    );
  });

  it('同样的模板和数据得到逐字节相同的文件', () => {
    const template = docx(p(run('{{文号}}{{日期}}')));
    expect(Buffer.from(fillTemplate(template, simple, values))).toEqual(
      Buffer.from(fillTemplate(template, simple, values)),
    );
  });

  it('分步填写的长文件，与一次填写的逐字节相同', async () => {
    const table = `<w:tbl><w:tr>${cell('{{清单.序号}}')}${cell('{{清单.内容}}')}</w:tr></w:tbl>`;
    const rows = Array.from({ length: 3000 }, (_, at) => ({
      序号: at + 1,
      内容: `第${at}项：<整改>&“要求”${at * 7919}`,
    }));
    const template = docx(table + p(run('完')));
    const atOnce = fillTemplate(template, list, { 清单: rows });
    expect(Buffer.from(await fillTemplateBySteps(template, list, { 清单: rows })).equals(atOnce)).toBe(true);
  });

  it('过长的红头先压窄再缩小，始终一行', () => {
    const of = blanks({ 红头: { kind: 'headline', means: '红头' } });
    const body = p(run('{{红头}}', '<w:color w:val="FF0000"/><w:sz w:val="84"/>'));
    const at = (words: string): string => xmlOf(fillTemplate(docx(body), of, { 红头: words }));
    expect(at('某区文件')).not.toContain('<w:w ');
    expect(at('某某某区安全生产委员会办公室文件')).toMatch(/<w:w w:val="6\d"\/><w:sz w:val="8\d"\/>/);
    expect(at('某某某区'.repeat(8))).toMatch(/<w:w w:val="66"\/><w:sz w:val="[34]\d"\/>/);
  });

  it('标题分行长短均匀，不在词中间断，不以“的”开头', () => {
    const title = '关于对某某商业广场消防设施损坏重大火灾隐患实施挂牌督办的通知';
    const [at = 0] = titleBreaks(title, 20, (text) => text.length);
    expect(title.slice(0, at).length).toBeLessThanOrEqual(20);
    expect(title.slice(at).length).toBeLessThanOrEqual(20);
    expect(title.slice(at)).not.toMatch(/^的/);
    expect(titleBreaks('短标题', 20, (text) => text.length)).toEqual([]);
  });
});

describe('模板有问题时说明哪一处、怎么改', () => {
  it('写错的空指出在第几段，并猜出原意', () => {
    expect(flaws(p(run('第一段')) + p(run('编号{{文好}}，{{日期}}')), simple)).toEqual([
      '第2段「编号{{文好}}，{{日期}}」：{{文好}} 不认识，是不是 {{文号}}？',
      '全文：模板里缺少 {{文号}}（发文字号）。',
    ]);
  });
  it('表格里的问题指出第几个表格第几行第几格', () => {
    const table = `<w:tbl><w:tr>${cell('甲')}${cell('乙')}</w:tr><w:tr>${cell('{{清单.序号}}')}${cell('{{清单.內容}}')}</w:tr></w:tbl>`;
    expect(flaws(table, list)[0]).toBe(
      '第1个表格第2行第2格「{{清单.內容}}」：{{清单.內容}} 不认识：清单里没有「內容」这一列，是不是 {{清单.内容}}？',
    );
  });
  it('没有合上的、用了全角括号的、只用一重括号的都指出来', () => {
    const said = flaws(p(run('{{文号')) + p(run('｛｛日期｝｝')) + p(run('{日期}')), simple).join('\n');
    expect(said).toContain('没有对应的「}}」');
    expect(said).toContain('全角的花括号');
    expect(said).toContain('两重花括号');
  });
  it('表没有写列、普通的空写了列、一行里两张表，都指出来', () => {
    const two = blanks({
      ...list,
      名单: { kind: 'rows', means: '人员', fields: { 姓名: { kind: 'text', means: '姓名' } } },
    });
    expect(flaws(p(run('{{清单}}')), list)[0]).toContain('要写明哪一列');
    expect(flaws(p(run('{{文号.一}}{{日期}}')), simple)[0]).toContain('不是表');
    const row = `<w:tbl><w:tr>${cell('{{清单.序号}}{{清单.内容}}')}${cell('{{名单.姓名}}')}</w:tr></w:tbl>`;
    expect(flaws(row, two)).toEqual([expect.stringContaining('同一行里不能用两张表')]);
  });
  it('有问题的模板不会被填写', () => {
    expect(() => fillTemplate(docx(p(run('没有空'))), simple, values)).toThrow(TemplateFlawed);
  });
  it('不是 Word 文档、带宏的、引用外部内容的都不收', () => {
    const good = p(run('{{文号}}{{日期}}'));
    expect(() => checkTemplate(new TextEncoder().encode('不是压缩包'), simple)).toThrow('已损坏');
    expect(() => checkTemplate(docx(good, { 'word/vbaProject.bin': 'x' }), simple)).toThrow('宏');
    const outside =
      '<Relationships><Relationship Id="r9" Type="http://x/image" Target="http://example.invalid/a.png" TargetMode="External"/></Relationships>';
    expect(() => checkTemplate(docx(good, { 'word/_rels/document.xml.rels': outside }), simple)).toThrow('外部');
    const field = p('<w:r><w:instrText> INCLUDETEXT "c:/a.docx" </w:instrText></w:r>');
    expect(() => checkTemplate(docx(good + field), simple)).toThrow('自动引入外部内容');
    const entities = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "b">]><w:document/>';
    expect(() => checkTemplate(docx('', { 'word/document.xml': `${entities}${W}` }), simple)).toThrow();
  });
});

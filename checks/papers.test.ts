import { unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { documentForms } from '../src/app/house.ts';
import { convertAllWithSoffice, officeInstalled } from '../src/platform/documents/soffice.ts';
import { allPapers, type Paper } from '../tools/papers/issue.ts';
import { flawsOfEnds, flawsOfPages, flawsOfTables, flawsOfText, type Looked } from '../tools/papers/layout.ts';
import { pagesOf, pagesReadable, saidIn } from '../tools/papers/pages.ts';

const papers = allPapers();
/** The same document with something spoiled in its layout. */
function spoiled(name: string, spoil: (xml: string) => string): Paper {
  const paper = papers.find((one) => one.name === name);
  if (!paper) throw new Error(`没有${name}`);
  const parts = unzipSync(paper.docx);
  const xml = new TextDecoder().decode(parts['word/document.xml']);
  return { ...paper, docx: zipSync({ ...parts, 'word/document.xml': new TextEncoder().encode(spoil(xml)) }) };
}
const planted = [
  spoiled('约谈通知书（一般）', (xml) =>
    xml.replace(/<w:widowControl w:val="0"\/>((?:(?!<\/w:pPr>).)*w:jc w:val="right")/, '<w:pageBreakBefore/>$&'),
  ),
  spoiled('周通报（一般）', (xml) => xml.replaceAll('w:jc w:val="right"', 'w:jc w:val="left"')),
  spoiled('通报（一般）', (xml) => xml.replace(/w:left="\d+" w:header/, 'w:left="900" w:header')),
  spoiled('提示函（一般）', (xml) => xml.replace('w:jc w:val="center"', 'w:jc w:val="left"')),
  spoiled('考核结果通报（一般）', (xml) =>
    xml.replace(/(<w:tblHeader\/>[\s\S]*?<\/w:tr>)(<w:tr>[\s\S]*?<\/w:tr>)+/, '$1'),
  ),
];
let looked: readonly Looked[] = [];

const missing = !officeInstalled() ? '没有安装 LibreOffice' : !pagesReadable() ? '没有安装 poppler-utils' : null;

describe.skipIf(missing !== null)(`印发的公文转成页面后的样子${missing === null ? '' : `（${missing}，跳过）`}`, () => {
  beforeAll(async () => {
    const all = [...papers, ...planted];
    const pdfs = await convertAllWithSoffice(
      all.map((one) => one.docx),
      'docx',
      'pdf',
      240_000,
    );
    looked = all.map((paper, at) => {
      const pdf = pdfs[at];
      if (!pdf) throw new Error(`${paper.name}没有转成 PDF`);
      return { ...paper, pages: pagesOf(pdf), said: saidIn(paper.docx) };
    });
  }, 300_000);
  const flaws = (of: readonly Looked[], check: (one: Looked, say: (page: number, what: string) => void) => void) =>
    of.flatMap((one) => {
      const wrong: string[] = [];
      check(one, (page, what) => wrong.push(`${one.name}${page === 0 ? '' : `第${page}页`}：${what}`));
      return wrong;
    });

  it('每一种公文都在其中，内容有多有少', () => {
    for (const form of documentForms)
      expect([form.word, papers.filter((one) => one.form.kind === form.kind).length >= 3]).toEqual([form.word, true]);
    expect(looked.filter((one) => one.pages.length >= 3).length).toBeGreaterThan(20);
  });

  for (const form of documentForms) {
    const of = (): readonly Looked[] => looked.slice(0, papers.length).filter((one) => one.form.kind === form.kind);
    it(`${form.word}：A4纸，字都在版心里，标题居中，页码单页居右、双页居左`, () =>
      expect(flaws(of(), flawsOfPages)).toEqual([]));
    it(`${form.word}：没有只剩落款、版记或页码的页，落款靠右，版记在最后一页的底部`, () =>
      expect(flaws(of(), flawsOfEnds)).toEqual([]));
    it(`${form.word}：表格都有内容，表头跨页重复，行不断开，数字靠右`, () =>
      expect(flaws(of(), flawsOfTables)).toEqual([]));
    it(`${form.word}：没有字丢失，没有空没填好，编号和标点不断行`, () => expect(flaws(of(), flawsOfText)).toEqual([]));
  }

  it('弄坏的版面查得出来：落款单独成页、数字靠左、超出版心、标题不居中、空表格', () => {
    const [alone, left, wide, aside, empty] = looked.slice(papers.length);
    const of = (one: Looked | undefined): Looked[] => (one ? [one] : []);
    expect(flaws(of(alone), flawsOfEnds).join()).toContain('只有');
    expect(flaws(of(left), flawsOfTables).join()).toContain('数字没有靠右');
    expect(flaws(of(left), flawsOfTables).join()).toContain('没有对齐右边');
    expect(flaws(of(wide), flawsOfPages).join()).toContain('超出版心');
    expect(flaws(of(aside), flawsOfPages).join()).toContain('标题没有居中');
    expect(flaws(of(empty), flawsOfTables).join()).toContain('有空表格');
  });
});
